"""Why a block is cut: by its words, by the heading of its list, by the name of its element, by its form."""

from datetime import UTC, datetime

import pytest

from pipelines import html
from pipelines.config import Config
from pipelines.html.blocks import Page
from pipelines.html.heads import Heads
from pipelines.html.parse import parse
from pipelines.html.reasons import reasons
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

TITLE = "Ferry fares rise in spring"
TEXT = "".join(
    f"<p>The council decided on paragraph {n} of the plan, and the ferries will follow it.</p>" for n in "123"
)
ARTICLE = f"<article><h1>{TITLE}</h1>{TEXT}</article>"


def why(body: str, kept: str = "The council decided") -> dict[str, str]:
    """Return the reason for each block of a page of which the blocks with ``kept`` in them are the article."""
    root = parse(f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>")
    assert root is not None
    page: Page = Walker().walk(root)
    keep = [kept in leaf.text for leaf in page.leaves]
    found = reasons(page, keep, compute(page, Hints(Heads(root))))
    assert all(bool(reason) != taken for reason, taken in zip(found, keep, strict=True))
    return {leaf.text: reason for leaf, reason in zip(page.leaves, found, strict=True) if reason}


def links(*texts: str) -> str:
    """Return a list of links."""
    return "<ul>" + "".join(f"<li><a href='/{at}'>{text}</a></li>" for at, text in enumerate(texts)) + "</ul>"


HEADLINES = ("The harbour gets a new pier next summer", "A second bridge is planned over the river")


@pytest.mark.parametrize(
    "heading", ["<h3>Related articles</h3>", "<p>相关阅读</p>", "<div><span>Lesen Sie auch</span></div>"]
)
def test_a_list_below_a_heading_is_what_the_heading_says(heading: str) -> None:
    found = why(f"{ARTICLE}<div>{heading}{links(*HEADLINES)}</div>")
    assert {found[text] for text in HEADLINES} == {"related_links"}
    assert found.pop(TITLE) == "repeated_title" and set(found.values()) == {"related_links"}


def test_the_next_heading_ends_a_list() -> None:
    found = why(
        f"{ARTICLE}<div><h3>Related</h3>{links(HEADLINES[0])}<h3>Our crew</h3><p>We are a daily paper.</p></div>"
    )
    assert found[HEADLINES[0]] == "related_links"
    assert found["We are a daily paper."] == "outside_article"


def test_a_heading_amid_the_article_governs_the_links_right_below_it_only() -> None:
    inside = f"<p>Read also</p><p><a href='/a'>{HEADLINES[0]}</a></p><p>Weather: rain, 12 degrees.</p>"
    found = why(f"<article>{TEXT}{inside}{TEXT}</article>")
    assert found == {
        "Read also": "related_links",
        HEADLINES[0]: "related_links",
        "Weather: rain, 12 degrees.": "outside_article",
    }


def test_headlines_without_a_heading_are_a_list_of_headlines_with_the_lines_between_them() -> None:
    items = "".join(
        f"<div><b>Politics</b><a href='/{at}'><h4>{text}</h4></a></div>" for at, text in enumerate(HEADLINES)
    )
    found = why(f"{ARTICLE}<div>{items}</div>")
    assert [found[text] for text in HEADLINES] == ["headline_list"] * 2


def test_short_links_are_navigation_and_a_short_line_over_links_goes_with_them() -> None:
    found = why(f"<div><p>Sections</p>{links('Home', 'Sport', 'Culture')}</div>{ARTICLE}")
    assert {found[text] for text in ("Sections", "Home", "Sport", "Culture")} == {"navigation"}


def test_an_element_that_holds_the_article_says_nothing() -> None:
    found = why(
        f"<div class='sidebar comments ad'>{ARTICLE}<p>Weather: rain, 12 degrees, wind from the north.</p></div>"
    )
    assert found["Weather: rain, 12 degrees, wind from the north."] == "outside_article"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ad-box", "advert"),
        ("comments", "comment"),
        ("newsletter", "subscription"),
        ("footer", "footer"),
        ("right", "sidebar"),
    ],
)
def test_an_element_beside_the_article_tells_what_it_is(name: str, reason: str) -> None:
    line = "The paper cup was invented a hundred years ago by a man who sold water on trains."
    assert why(f"{ARTICLE}<div class='{name}'><p>{line}</p></div>")[line] == reason


def test_the_words_of_a_line_go_before_the_name_of_its_element() -> None:
    found = why(
        f"{ARTICLE}<div class='ad'><p>© 2026 Harbour Post. All rights reserved.</p><p>Share this article</p></div>"
    )
    assert found["© 2026 Harbour Post. All rights reserved."] == "copyright"
    assert found["Share this article"] == "share_bar"


def test_a_layer_over_the_page_is_one_about_data_only_by_its_words() -> None:
    found = why(
        "<div class='modal'><p>Choose the region that you live in</p></div>"
        f"<div class='modal'><p>Your choice</p><p>This site uses cookies to count its readers.</p></div>{ARTICLE}"
    )
    assert found["Choose the region that you live in"] == "overlay"
    assert found["Your choice"] == found["This site uses cookies to count its readers."] == "consent"


def test_login_is_of_the_form_that_its_element_is_named_after() -> None:
    form = "<h3>Login</h3><label>Your name</label>"
    assert why(f"<div class='newsletter'>{form}</div>{ARTICLE}")["Your name"] == "subscription"


def test_dates_bylines_tags_and_captions_of_the_article() -> None:
    found = why(
        "<article><p>12 March 2026</p><p class='author'><a href='/a/1'>Anna Berg</a></p>"
        f"<p class='kicker'>Harbour</p>{TEXT}<img src='/a.jpg'><div>The old ferry at its pier</div>{TEXT}</article>"
    )
    assert found == {
        "12 March 2026": "date_line",
        "Anna Berg": "byline",
        "Harbour": "category",
        "The old ferry at its pier": "caption",
    }


def test_names_and_answers_between_two_buttons_reply_are_comments() -> None:
    talk = "<p><b>Anna of the harbour</b></p><p><a href='/c/1'>What a fine ferry, I was on it today</a></p><p>Reply</p>"
    found = why(f"{ARTICLE}<div><h3>Comments</h3></div>{talk * 2}")
    assert found["Reply"] == "comment_form"
    assert found["Anna of the harbour"] == found["What a fine ferry, I was on it today"] == "comment"


def test_a_byline_between_two_buttons_above_the_article_is_its_byline() -> None:
    bar = "<p>3 comments</p><p class='author'>Anna Berg</p><p>12 March 2026</p><p>Leave a comment</p>"
    found = why(f"<div>{bar}</div>{ARTICLE}")
    assert found["Anna Berg"] == "byline" and found["12 March 2026"] == "date_line"
    assert found["Leave a comment"] == "comment_form"


def test_a_lone_mark_goes_with_what_stands_before_it() -> None:
    found = why(f"{ARTICLE}<div class='share'><p>Tell your friends about it on every network</p></div><p>—</p>")
    assert found["—"] == "share_bar"


def test_a_record_names_the_reasons_and_joins_neighbours() -> None:
    page = f"<html><head><title>{TITLE}</title></head><body>{ARTICLE}<div><h3>Related</h3>{links(*HEADLINES)}</div></body></html>"
    draft = html.extract(page, url="https://a.example/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    cut = [piece for piece in draft.removed if piece.reason == "related_links"]
    assert [piece.text for piece in cut] == ["\n".join(("Related", *HEADLINES))]
    assert draft.cut_lines >= 3


def test_many_headings_cost_no_more_than_their_lines() -> None:
    found = why(ARTICLE + "<div>" + "<h2><a href='/x'>Related</a></h2>" * 3_000 + "</div>")
    assert set(found.values()) == {"repeated_title", "related_links"}
