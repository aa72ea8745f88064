"""Boxes that are called what they are, beside a body, are not the text; an article under such a name is."""

import pytest

from pipelines.html.boxes import without_boxes, without_buttons, without_islands
from pipelines.html.parse import parse
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

TEXT = "".join(
    f"<p>Passage {at}: the till says one thing at night and the bank another, and somebody has to find out why.</p>"
    for at in range(4)
)


def kept(body: str) -> list[str]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    keep = without_boxes(page, [True] * len(page.leaves))
    return [leaf.text for leaf, taken in zip(page.leaves, keep, strict=True) if taken]


def test_links_that_post_the_page_somewhere_go_whatever_their_words() -> None:
    post = "https://api.whatsapp.com/send?text=https%3A%2F%2Fexample.org%2Fa"
    root = parse(
        f"<html><body>{TEXT}<ul><li><a href='{post}'>Compartilhe esta notícia no mensageiro</a></li>"
        f"<li>Siga <a href='{post}'>o canal</a> da prefeitura para saber quando a ponte abre.</li>"
        "<li><a href='https://example.org/plan'>O plano da ponte</a></li></ul></body></html>"
    )
    assert root is not None
    page = Walker().walk(root)
    keep = without_buttons(page, [True] * len(page.leaves))
    gone = [leaf.text for leaf, taken in zip(page.leaves, keep, strict=True) if not taken]
    assert gone == ["Compartilhe esta notícia no mensageiro"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-card"><p class="author-card__name">Joelle Tan</p><p>Joelle kept the books.</p></div>',
        '<section class="newsletter"><div><p>Monthly tips for people who would rather be selling.</p></div></section>',
        '<div class="about-the-author"><p>Joelle kept the books.</p></div>',
    ],
)
def test_such_a_box_goes(box: str) -> None:
    assert [text[:7] for text in kept(f"<main>{TEXT}{box}</main>")] == ["Passage"] * 4


def test_an_article_of_such_a_name_stays() -> None:
    assert len(kept(f'<article class="newsletter-post post">{TEXT}</article>')) == 4
    assert len(kept(f'<div class="author-note">{TEXT}</div>')) == 4


def test_an_article_on_authors_stays() -> None:
    assert kept(f'<main>{TEXT}<h2 class="author">Joelle Tan</h2></main>')[-1] == "Joelle Tan"


ASKED = '<form action="/join"><label>Address</label><input type="text" name="EMAIL"><button>Go</button></form>'
CALL = "<h2>Your inbox, upgraded.</h2><p>Weekly insights for people who lead others.</p>"


@pytest.mark.parametrize(
    "box",
    [f"<div>{CALL}<div>{ASKED}</div></div>", f"<div>{CALL}</div>{ASKED}"],
    ids=["one box", "beside the form"],
)
def test_a_call_around_a_form_for_an_address_goes(box: str) -> None:
    texts = kept(f"<main>{TEXT}{TEXT.replace('Passage', 'Page')}<section>{box}</section></main>")
    assert [text for text in texts if "insights" in text or "inbox" in text] == []
    assert sum(text.startswith(("Passage", "Page ")) for text in texts) == 8


def test_text_beside_a_form_and_forms_of_other_kinds_stay() -> None:
    flat = f"<main>{TEXT}{CALL}{ASKED}</main>"
    search = f"<main>{TEXT}{TEXT}<section>{CALL}<form><input name='q'></form></section></main>"
    assert all("Your inbox, upgraded." in kept(body) for body in (flat, search))


COOKIES = "<div><p>Advertising and content can be measured on this device.</p></div>"
LINKS = "".join(f"<li><a href='/{at}'>Section {at}</a></li>" for at in range(25))
PAGE = "<html><head><title>How tills are counted</title></head><body>{}<h1>How tills are counted</h1>{}</body></html>"


def around(page: str) -> list[str]:
    root = parse(page)
    assert root is not None
    found = Walker().walk(root)
    keep = [leaf.links == 0 for leaf in found.leaves]
    keep = without_islands(compute(found, Hints(root)), keep)
    return [leaf.text[:11] for leaf, taken in zip(found.leaves, keep, strict=True) if taken]


def test_a_line_far_above_the_headline_goes() -> None:
    assert around(PAGE.format(COOKIES + f"<ul>{LINKS}</ul>", TEXT * 2)) == [
        "How tills a",
        *["Passage 0: ", "Passage 1: ", "Passage 2: ", "Passage 3: "] * 2,
    ]


def test_a_line_near_the_headline_and_a_body_above_another_one_stay() -> None:
    assert around(PAGE.format(COOKIES, TEXT * 2))[0] == "Advertising"
    assert around(PAGE.format(TEXT + f"<ul>{LINKS}</ul>", TEXT))[0] == "Passage 0: "
