"""A heading in the midst of the body is the article's, though each block stands in a box of its own."""

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

PROSE = "<div class='box'><p>Passage {}: many patches were sent for review, and those who read were quick to answer.</p></div>"
TEXT = [PROSE.format(number) for number in range(4)]
RELATED = "<div class='box'><div class='inset'><p>Read also:</p><a href='/2'>The floor, day by day</a></div></div>"


def taken(body: str, *, low: float, sure: float = 0.95) -> str:
    root = parse(f"<html><body><div class='boxes'>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    votes = []
    for leaf in page.leaves:
        votes.append(sure if leaf.text.startswith("Passage") else low if leaf.text == "The ceiling" else 0.01)
    keep = choose(compute(page, Hints(root)), np.array(votes), [])
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


@pytest.mark.parametrize(
    ("head", "low"),
    [
        ("<div class='box'><h2>The ceiling</h2></div>", 0.12),
        (f"{RELATED}<div class='box'><h2>The ceiling</h2></div>", 0.12),
        ("<div class='box'><p><strong>The ceiling</strong></p></div>", 0.25),
        ("<strong>The ceiling</strong><br>", 0.25),
        ("<div class='box'><section><section><p><b>The ceiling</b></p></section></section></div>", 0.25),
        (
            "<div class='box'><section><p><b>The ceiling</b></p></section><section><p><b>The ceiling</b></p></section></div>",
            0.25,
        ),
    ],
    ids=["boxed", "below related", "bold", "bare", "in boxes", "above another"],
)
def test_a_heading_above_sure_text_is_taken(head: str, low: float) -> None:
    assert "The ceiling" in taken("".join(TEXT[:2]) + head + "".join(TEXT[2:]), low=low).splitlines()


@pytest.mark.parametrize(
    ("body", "low"),
    [
        ("".join(TEXT) + "<div class='box'><h2>The ceiling</h2></div>", 0.3),
        ("<div class='box'><h2>The ceiling</h2></div>" + "".join(TEXT), 0.3),
        ("".join(TEXT[:2]) + "<div><h2>The ceiling</h2><p>Buy one</p></div>" + "".join(TEXT[2:]), 0.3),
        ("".join(TEXT[:2]) + "<div><p>Offers</p><h2>The ceiling</h2></div>" + "".join(TEXT[2:]), 0.3),
        ("".join(TEXT[:2]) + "<div class='note'><p>The ceiling</p></div>" + "".join(TEXT[2:]), 0.3),
        ("".join(TEXT[:2]) + "<div class='box'><h2>The ceiling</h2></div>" + "".join(TEXT[2:]), 0.05),
        (
            "".join(TEXT[:2])
            + "<div class='promo'><a href='/3'><img src='c.jpg'><h2>More</h2><h3>The ceiling</h3></a></div>"
            + "".join(TEXT[2:]),
            0.3,
        ),
    ],
    ids=["below", "above", "over other text", "in another box", "no heading", "no vote", "in a card"],
)
def test_elsewhere_it_is_not(body: str, low: float) -> None:
    assert "The ceiling" not in taken(body, low=low)


def test_above_doubtful_text_it_is_not() -> None:
    body = "".join(TEXT[:2]) + "<div class='box'><h2>The ceiling</h2></div>" + "".join(TEXT[2:])
    assert "The ceiling" not in taken(body, low=0.12, sure=0.5)
