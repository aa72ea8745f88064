"""Trafilatura is asked where the model keeps next to nothing, and may only point at our own blocks."""

from __future__ import annotations

from pipelines.html.parse import parse
from pipelines.html.votes.second import second_opinion
from pipelines.html.walk import Walker

LINE = "The ferry company said on Friday that the night crossing would return in spring after two years without one. "
PAGE = (
    "<html><body><nav><a href='/'>Home page</a> <a href='/sport'>All the sport</a></nav>"
    f"<article><h1>Night ferry returns</h1><p>{LINE * 3}</p><p>{LINE * 2}</p></article>"
    "<footer>Copyright 2026 by the company and its partners</footer></body></html>"
)


def leaves_of(page: str):
    root = parse(page)
    assert root is not None
    return Walker().walk(root).leaves


def test_nothing_kept_asks_and_takes_the_article_alone() -> None:
    leaves = leaves_of(PAGE)
    marks = second_opinion(PAGE, leaves, [False] * len(leaves))
    kept = [leaf.text for leaf, mark in zip(leaves, marks, strict=True) if mark]
    assert sum(text.startswith("The ferry company") for text in kept) == 2
    assert not any("Home" in text or "Copyright" in text for text in kept)


def test_enough_kept_is_never_asked_about() -> None:
    leaves = leaves_of(PAGE)
    keep = [leaf.text.startswith("The ferry") for leaf in leaves]
    assert second_opinion(PAGE, leaves, keep) == keep


def test_a_short_article_stays_short() -> None:
    page = "<html><body><article><h1>Brief</h1><p>The bridge is open again.</p></article></body></html>"
    leaves = leaves_of(page)
    keep = [leaf.text.startswith("The bridge") for leaf in leaves]
    assert second_opinion(page, leaves, keep) == keep


def test_a_page_without_text_has_no_opinion() -> None:
    assert second_opinion("<html></html>", [], []) == []
