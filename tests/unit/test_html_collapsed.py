"""The hidden rest of a text below a button that unfolds it is the text's; what else is hidden there is not."""

import pytest

from pipelines.html.collapsed import with_rest
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

LINES = [
    f"Passage {at}: the till says one thing at night and the bank another, and somebody has to find out why."
    for at in range(6)
]
ABOVE = "".join(f"<p>{line}</p>" for line in LINES[:3])
BELOW = "".join(f"<p>{line}</p>" for line in LINES[3:])
BUTTON = "<div class='lookall'><a href='javascript:;'><em>展开全文</em></a></div>"


def kept(body: str, first: int = 3) -> list[str]:
    """Return the text of a body of which the vote has taken the first blocks."""
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    keep = with_rest(page, [at < first for at in range(len(page.leaves))])
    return [leaf.text for leaf, taken in zip(page.leaves, keep, strict=True) if taken]


@pytest.mark.parametrize(
    "part",
    [
        'class="hidden-content control-hide"',
        'class="article-more hide"',
        'id="collapseText"',
        'style="display: none"',
        'style="max-height:0"',
        "hidden",
    ],
)
def test_the_rest_is_taken_however_it_is_hidden(part: str) -> None:
    assert kept(f"<article>{ABOVE}{BUTTON}<div {part}>{BELOW}</div></article>") == LINES


@pytest.mark.parametrize(
    "button",
    [
        "<button>Read more</button>",
        "<button>Read More »</button>",
        "<div>展開剩餘 60%</div>",
        "<a href='#rest'>Weiterlesen ...</a>",
        "<span>▼ 続きを読む</span>",
        "<a>Читать полностью</a>",
        "<div>더보기</div>",
        "<a href='#'>Διαβάστε περισσότερα</a>",
    ],
)
def test_whatever_the_button_says_and_in_whatever_language(button: str) -> None:
    assert kept(f"<article>{ABOVE}<div>{button}</div><div class='more hide'>{BELOW}</div></article>") == LINES


def test_the_button_may_stand_below_what_it_unfolds() -> None:
    one = f"<div class='collapsed'><p>{LINES[3]}</p></div>"
    assert kept(f"<article>{ABOVE}{one}<button>Show more</button></article>") == LINES[:4]


def test_paragraphs_that_are_hidden_one_by_one() -> None:
    rest = "".join(f"<p class='is-hidden'>{line}</p>" for line in LINES[3:])
    assert kept(f"<article>{ABOVE}{BUTTON}{rest}<p class='note is-hidden'>Write to us.</p></article>") == LINES


def test_lines_of_a_dialogue_are_of_the_text_above_them() -> None:
    rest = f"<p>{LINES[3]}</p>" + "<p>“Who?”</p><p>“The bank.”</p>" * 9
    assert len(kept(f"<article>{ABOVE}{BUTTON}<div class='hidden-content'>{rest}</div></article>")) == 4 + 18


def test_a_beginning_that_the_whole_text_repeats_goes() -> None:
    shown = f"<p>{LINES[0][:60]}…</p>"
    whole = "".join(f"<p>{line}</p>" for line in LINES)
    assert kept(f"<article>{shown}{BUTTON}<div class='full hide'>{whole}</div></article>", first=1) == LINES


def test_links_and_boxes_in_the_rest_stay_out() -> None:
    rest = f"{BELOW}<p><a href='/b'>The bank explains itself</a></p><div class='advert'><p>{LINES[0]} Buy.</p></div>"
    assert kept(f"<article>{ABOVE}{BUTTON}<div class='hidden-content'>{rest}</div></article>") == LINES


@pytest.mark.parametrize(
    "below",
    [
        f"{BUTTON}<div class='comments hide'>{BELOW}</div>",
        f"{BUTTON}<div class='author-bio hidden'>{BELOW}</div>",
        f"{BUTTON}<div class='hide'><form>{BELOW}</form></div>",
        f"<div><a href='/other-story.html'>Read more</a></div><div class='hide'>{BELOW}</div>",
        f"<div class='hide'>{BELOW}</div>",
        f"<div>Mehr aus der Region</div><div class='hide'>{BELOW}</div>",
        f"{BUTTON}<div class='more hide'><ul>" + "<li><a href='/c'>Bank and till: a story</a></li>" * 9 + "</ul></div>",
        f"{BUTTON}<div class='more hide'><pre>import till\ntill.count(), till.close()\n</pre></div>",
        "<ul><li>One</li><li>Two</li><li>Three</li></ul>" + f"{BUTTON}<div class='hide'>{BELOW}</div>",
    ],
    ids=["comments", "author", "form", "link away", "no button", "heading", "links", "listing", "far below"],
)
def test_what_else_is_hidden_below_a_text_stays_out(below: str) -> None:
    assert kept(f"<article>{ABOVE}{below}</article>") == LINES[:3]


def test_what_is_hidden_outside_of_the_texts_element_stays_out() -> None:
    assert kept(f"<article>{ABOVE}</article>{BUTTON}<div class='popup-more hide'>{BELOW}</div>") == LINES[:3]


def test_what_the_vote_has_taken_stays_taken() -> None:
    assert kept(f"<article>{ABOVE}{BUTTON}<div class='hide'>{BELOW}</div></article>", first=99)[-3:] == LINES[3:]
