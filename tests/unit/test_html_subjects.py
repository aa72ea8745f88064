"""Headings with a word of menus over the text, and plain lists below a word for lists of links, are the article's."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.subjects import with_subjects
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

PROSE = "<p>Passage {}: the budget of the town is read aloud on Monday, and few of those who listen take notes.</p>"
TEXT = [PROSE.format(number) for number in range(4)]
MENU = "<ul><li><a href='/politics'>Politics</a></li><li><a href='/health'>Health</a></li></ul>"
ITEMS = "<ul><li>Repair the five roofs</li><li>Move the terminal</li></ul>"


def taken(body: str, *, low: float = 0.25, sure: tuple[str, ...] = ("Passage",)) -> list[str]:
    root = parse(f"<html><body>{MENU}<div class='text'>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    keep = [leaf.text.startswith(sure) for leaf in page.leaves]
    votes = np.array([0.95 if each else low for each in keep])
    out = with_subjects(page, compute(page, Hints(root)), votes, keep)
    return [leaf.text for leaf, kept in zip(page.leaves, out, strict=True) if kept and leaf.text[:7] != "Passage"]


def over(head: str, words: list[str]) -> str:
    return "".join(head.format(word) + text for word, text in zip(words, TEXT, strict=False))


HEADS = ["<h2>{}</h2>", "<h3 class='part'>{}</h3>", "<p><strong>{}</strong></p>", "<p><b>{}</b></p>"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(
    "words", [["Politics", "Business", "Health"], ["Facebook", "WhatsApp"], ["历史", "文化", "旅游"]]
)
def test_headings_made_alike_each_over_text_are_taken(head: str, words: list[str]) -> None:
    assert taken(TEXT[3] + over(head, words)) == words
    assert taken(over(head, words) + TEXT[3]) == words


def test_one_such_heading_beside_another_that_is_taken() -> None:
    body = TEXT[3] + over("<h2>{}</h2>", ["Passage money", "Health"])
    assert taken(body) == ["Health"]


@pytest.mark.parametrize(
    "body",
    [
        over("<h2>{}</h2>", ["Politics"]),
        over("<h2>{}</h2>", ["Share", "Share"]),
        over("<h2><a href='/x'>{}</a></h2>", ["Politics", "Health"]),
        over("<h2>{}</h2>", ["Advertisement", "Read more"]),
        over("<p>{}</p>", ["Politics", "Health"]),
        over("<h2>{}</h2><p>Offers of the week</p>", ["Politics", "Health"]),
        over("<h1>{}</h1>", ["Politics", "Health"]),
        "<h2>Politics</h2><h2>Health</h2>" + TEXT[0],
    ],
    ids=["alone", "again", "linked", "other words", "no heading", "over other text", "titles", "over headings"],
)
def test_other_headings_with_such_words_are_not(body: str) -> None:
    assert taken(TEXT[2] + body + TEXT[3]) == []


def test_headings_without_a_vote_are_not() -> None:
    assert taken(TEXT[3] + over("<h2>{}</h2>", ["Politics", "Health"]), low=0.05) == []


@pytest.mark.parametrize("head", HEADS)
def test_the_heading_of_a_plain_list_that_is_taken_is_taken(head: str) -> None:
    listed = head.format("Recommendations") + ITEMS
    sure = ("Passage", "Repair", "Move")
    assert taken("".join(TEXT[:2]) + listed + "".join(TEXT[2:]), sure=sure)[0] == "Recommendations"


@pytest.mark.parametrize("head", HEADS)
def test_a_plain_list_below_the_text_is_taken_with_its_heading(head: str) -> None:
    listed = head.format("Recommendations") + ITEMS
    wanted = ["Recommendations", "Repair the five roofs", "Move the terminal"]
    assert taken("".join(TEXT) + listed) == wanted
    assert taken("".join(TEXT) + listed, low=0.15) == []


@pytest.mark.parametrize(
    "below",
    [
        "<h2>Recommendations</h2><ul><li><a href='/1'>Sauna prices rise</a></li><li><a href='/2'>Tiles</a></li></ul>",
        "<h2>Recommendations</h2><ul><li>Repair the roofs</li><li>See <a href='/2'>the tiles</a></li></ul>",
        "<h2>Recommendations</h2><ul><li>Repair the five roofs</li></ul>",
        "<h2>Recommendations</h2><p>Subscribe to our letter.</p>",
        f"</div><div class='more'><h2>Recommendations</h2>{ITEMS}",
        f"<p>Kim</p><h2>Recommendations</h2>{ITEMS}",
        f"<h2>Subscribe</h2>{ITEMS}",
    ],
    ids=["links", "a link", "one item", "no list", "elsewhere", "further below", "another word"],
)
def test_other_lists_below_the_text_are_not(below: str) -> None:
    assert taken("".join(TEXT) + below) == []
