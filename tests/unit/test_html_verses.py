"""A body of short lines (a poem, a blog with a line a paragraph) is taken with the lines that the vote is unsure of."""

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

LINES = [
    *("In the harbour lay", "a boat with no name", "and no oars", "its rope was green", "its boards were grey"),
    *("a gull stood on it", "every day", "looking at the sea", "nobody came", "nobody asked", "until the spring"),
    *("a child with bread", "sat down by the gull", "and they ate", "without a word", "as if they had", "an hour left"),
]
UNSURE = {2, 6, 7, 9, 14}
PROSE = "A paragraph of an ordinary article, which is long enough to be told for what it is by anybody who looks at it."


def taken(lines: list[str], *, low: float = 0.2) -> list[str]:
    """Return the lines taken where those in ``UNSURE`` have a low vote and the others a high one."""
    body = "".join(line if line.startswith("<div") else f"<p>{line}</p>" for line in lines)
    root = parse(f"<html><body><div>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    votes = np.array([low if place in UNSURE else 0.9 for place in range(len(page.leaves))])
    keep = choose(compute(page, Hints(root)), votes)
    return [leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept]


def test_the_unsure_lines_of_a_poem_are_taken() -> None:
    assert taken(LINES) == LINES


@pytest.mark.parametrize(
    "line", ['<a href="/next">looking at the sea</a>', "Follow us on Facebook and Twitter"], ids=["link", "lexicon"]
)
def test_a_link_or_a_line_of_the_frame_among_them_is_not(line: str) -> None:
    found = taken([*LINES[:7], line, *LINES[8:]])
    assert "looking at the sea" not in found and "Follow us on Facebook and Twitter" not in found


def test_lines_with_next_to_no_vote_are_not() -> None:
    assert taken(LINES, low=0.02) == [line for place, line in enumerate(LINES) if place not in UNSURE]


def test_short_lines_among_paragraphs_are_labels_as_often_as_text() -> None:
    mixed = [f"<div>{line}</div>" if place in UNSURE else f"{PROSE} {line}" for place, line in enumerate(LINES)]
    assert taken(mixed) == [line for place, line in enumerate(mixed) if place not in UNSURE]


def test_a_few_short_lines_are_no_poem() -> None:
    few = LINES[:8]
    assert taken(few) == [line for place, line in enumerate(few) if place not in UNSURE]
