"""Cards of other articles below a short body are left out, by their headings' addresses; lists of things to buy are not."""

import numpy as np
import pytest

from pipelines.html import outline
from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

URL = "https://news.example.com/money/confidence-of-firms-stays-firm-002104675.html"
OWN = "<p>Confidence of the country's firms stayed firm in May, a monthly survey says, but the weak currency hurts.</p>"
TEASER = "The town wants to rebuild the old quarter as a park, and the film that plays there fills the cinemas again."


def river(href: str) -> str:
    each = "<li><a href='" + href + "'><h3>What the town plans for quarter {0}</h3></a><p>" + TEASER + "</p></li>"
    return "<ul>" + "".join(each.format(n) for n in range(7)) + "</ul>"


def read(body: str, vote: float) -> str:
    root = parse(f"<html><body><div><h1>Confidence stays firm</h1>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    features = compute(page, Hints(root))
    votes = np.array([0.9 if leaf.text.startswith("Confidence") else vote for leaf in page.leaves])
    keep = choose(features, votes, outline.stories(outline.linked(page, URL, URL)))
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


@pytest.mark.parametrize("href", ["/town/quarter-{0}-as-a-park.html", "https://www.news.example.com/a/123456{0}"])
def test_cards_of_other_articles_of_the_site_are_left_out(href: str) -> None:
    text = read(OWN * 2 + river(href), 0.6)
    assert "survey" in text and "quarter" not in text


@pytest.mark.parametrize(
    "href", ["https://shop.example.org/town/quarter-{0}-as-a-park", "#part-{0}-of-the-list-below", "/town/"]
)
def test_headings_that_link_elsewhere_or_to_a_section_are_no_cards(href: str) -> None:
    assert "quarter 3" in read(OWN * 2 + river(href), 0.6)


def test_cards_with_a_sure_vote_stay() -> None:
    assert "quarter 3" in read(OWN * 2 + river("/town/quarter-{0}-as-a-park.html"), 0.9)


def test_cards_with_nothing_beside_them_are_the_page() -> None:
    assert "quarter 3" in read(river("/town/quarter-{0}-as-a-park.html"), 0.6)


def test_a_link_around_a_block_belongs_to_that_block() -> None:
    root = parse("<body><p>One.</p><a href='/x'><h3>Two</h3><p>Three</p></a><p>Four <a href='/y'>five</a></p></body>")
    assert root is not None
    page = Walker().walk(root)
    assert [(anchor.url, page.leaves[anchor.block].text) for anchor in page.links] == [
        ("/x", "Two"),
        ("/y", "Four five"),
    ]
