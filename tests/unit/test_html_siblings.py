"""Sub-headings and listings among taken blocks of one element are the article's, whatever the vote makes of their names."""

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

PROSE = "<p>Passage {}: many patches were sent for review, and those who read them were quick to answer them all.</p>"
TEXT = [PROSE.format(number) for number in range(4)]
LISTING = "<pre>git send-email --to=patches@example.org 0001.patch</pre>"


def taken(body: str, *, low: float = 0.3) -> str:
    root = parse(f"<html><body><div>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    votes = np.array([0.95 if leaf.text.startswith("Passage") else low for leaf in page.leaves])
    keep = choose(compute(page, Hints(root)), votes, [])
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


@pytest.mark.parametrize("inside", ["<h2>The ceiling</h2>", LISTING])
def test_between_siblings_it_is_taken(inside: str) -> None:
    found = taken("".join(TEXT[:2]) + inside + "".join(TEXT[2:]))
    assert "The ceiling" in found or "git send-email" in found


@pytest.mark.parametrize(
    "body",
    [
        "<h2>The ceiling</h2>" + "".join(TEXT),
        "".join(TEXT) + "<h2>The ceiling</h2>",
        "".join(TEXT[:2]) + "<div><span>Offers</span><h2>The ceiling</h2></div>" + "".join(TEXT[2:]),
        "".join(TEXT[:2]) + "<h2><a href='/other'>The ceiling</a></h2>" + "".join(TEXT[2:]),
        "".join(TEXT[:2]) + "<h2>The ceiling</h2><div>Buy one now</div>" + "".join(TEXT[2:]),
    ],
    ids=["above", "below", "in a box", "a link", "over what is left out"],
)
def test_elsewhere_it_is_not(body: str) -> None:
    assert "The ceiling" not in taken(body)


def test_with_next_to_no_vote_it_is_not() -> None:
    assert "The ceiling" not in taken("".join(TEXT[:2]) + "<h2>The ceiling</h2>" + "".join(TEXT[2:]), low=0.1)


def test_an_entry_of_the_contents_is_no_copy_of_its_heading() -> None:
    contents = "<ul><li><a href='#ceiling'>The ceiling</a></li><li><a href='#floor'>The floor</a></li></ul>"
    headed = "".join(f"<h2 id='{name}'>The {name}</h2>{''.join(TEXT)}" for name in ("ceiling", "floor"))
    root = parse(f"<html><body><div>{contents}{headed}<h2>The floor</h2></div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    features = compute(page, Hints(root))
    texts = [leaf.text for leaf in page.leaves]
    rows = [row for row, text in enumerate(texts) if text.startswith("The ")]
    assert [features.column("repeats")[row] for row in rows] == [1, 2, 1, 2, 2]
    assert [features.column("earlier")[row] for row in rows] == [0, 0, 0, 0, 1]


def test_a_letter_that_stands_again_and_again_is_not() -> None:
    sections = "".join(
        f"<h3 class='pic'><span class='icon'>S</span></h3><h3>Part {at}</h3>{TEXT[at]}" for at in range(4)
    )
    found = taken(sections).split("\n")
    assert "Part 2" in found
    assert found.count("S") <= 1
