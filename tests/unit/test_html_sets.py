"""A list, table or quotation set between two taken paragraphs is taken; one of other articles, or at the end, is not."""

import numpy as np
import pytest

from pipelines.html import outline
from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

URL = "https://blog.example.com/2025/report-number-39.html"
BEFORE = (
    "<p>Many patches were sent for review in the last months, and those who read them were quick to answer them.</p>"
)
AFTER = "<p>All the patches that were ready to be sent are sent, in the hope that they are taken before the freeze.</p>"
KEPT = ("Many patches", "All the patches")


def listed(href: str) -> str:
    return "<ul>" + "".join(f"<li><a href='{href}{n}'>Patch number {n}</a></li>" for n in range(1230, 1236)) + "</ul>"


def taken(body: str, *, low: float = 0.05) -> str:
    root = parse(f"<html><body><div><h1>Report</h1><div>{body}</div></div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    votes = np.array([0.95 if leaf.text.startswith(KEPT) else low for leaf in page.leaves])
    keep = choose(compute(page, Hints(root)), votes, outline.stories(outline.linked(page, URL, URL)))
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


TABLE = "<table>" + "".join(f"<tr><td>Patch number {n}</td><td>{n} %</td></tr>" for n in range(6)) + "</table>"
QUOTE = "<blockquote><p>Patch number 3, they said.</p><p>And one more.</p></blockquote>"


@pytest.mark.parametrize("inside", [listed("https://code.example.org/"), TABLE, QUOTE], ids=["list", "table", "quote"])
def test_what_is_set_between_two_paragraphs_is_taken(inside: str) -> None:
    assert "Patch number" in taken(BEFORE + inside + AFTER)


@pytest.mark.parametrize(
    "body",
    [
        BEFORE + listed("/2025/patch-number-") + AFTER,
        BEFORE + AFTER + TABLE,
        TABLE + BEFORE + AFTER,
        f"<div>{BEFORE * 2}</div><div>{TABLE}</div><div>{AFTER * 2}</div>",
        BEFORE + "<p>Read on</p>" + TABLE + AFTER,
    ],
    ids=["of other articles", "at the end", "at the start", "beside other boxes", "below a line that is not taken"],
)
def test_what_stands_elsewhere_is_not(body: str) -> None:
    assert "Patch number" not in taken(body)


def test_what_has_next_to_no_vote_is_not() -> None:
    assert "Patch number" not in taken(BEFORE + TABLE + AFTER, low=0.01)


POINTS = (
    "<ul><li>The first point of the report, in a few words of its own.</li>"
    "<li>The second point of the report, which is no longer than it.</li></ul>"
)


@pytest.mark.parametrize("body", [POINTS + BEFORE + AFTER, BEFORE + AFTER + POINTS], ids=["above", "below"])
def test_points_right_at_an_end_of_the_body_are_taken(body: str) -> None:
    assert taken(body, low=0.3).count("point of the report") == 2


@pytest.mark.parametrize(
    "body",
    [
        POINTS + "<p>Read on</p>" + BEFORE + AFTER,
        BEFORE + AFTER + POINTS.replace("The first point", '<a href="/x">The first point</a>'),
        POINTS.replace("li>", "p>").replace("ul>", "div>") + BEFORE + AFTER,
    ],
    ids=["apart", "with a link next to it", "paragraphs"],
)
def test_what_is_not_right_there_or_no_plain_list_is_not(body: str) -> None:
    assert "point of the report" not in taken(body, low=0.3)


def test_points_with_a_small_vote_are_not_taken() -> None:
    assert "point of the report" not in taken(POINTS + BEFORE + AFTER, low=0.2)
