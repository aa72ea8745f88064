"""A short line alone with its picture is a caption, wherever no element says so."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract
from pipelines.html.captions import with_essay
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

PROSE = (
    "<p>On day {} the council heard {} speakers about the hall, and none of them wanted it closed for the winter.</p>"
)
IMAGE = "<img src='/i/hall.jpg'>"
LINE = "The hall seen from the harbour"


def body(inside: str) -> str:
    text = [PROSE.format(day, day + 3) for day in range(8)]
    page = (
        "<html><head><title>The hall stays open</title></head><body><nav><a href='/'>Home</a></nav><article>"
        f"<h1>The hall stays open</h1>{''.join(text[:4])}{inside}{''.join(text[4:])}</article></body></html>"
    )
    draft = extract(page, url="https://a.org/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    assert sum("speakers" in block.text for block in draft.blocks) == 8
    return "\n".join(block.text for block in draft.blocks)


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>{IMAGE}<br>{LINE}</p>",
        f"<div>{IMAGE}<p>{LINE}</p></div>",
        f"<div><div>{IMAGE}</div><div><p>{LINE}</p></div></div>",
        f"<div><a href='/big'>{IMAGE}</a><span>{LINE}</span></div>",
    ],
)
def test_a_line_alone_with_a_picture_is_a_caption(inside: str) -> None:
    assert LINE not in body(inside)


@pytest.mark.parametrize(
    "inside",
    [
        f"<p>{LINE} is as red as ever, and nobody has said so yet.</p>",
        f"<div>{IMAGE}<p>{LINE} is as red as ever.</p></div>",
        f"<div>{IMAGE}<p>{LINE}, says the mayor:</p></div>",
    ],
    ids=["no picture", "a sentence", "a colon"],
)
def test_other_lines_stay(inside: str) -> None:
    assert LINE in body(inside)


def test_a_blog_of_short_lines_with_pictures_stays() -> None:
    lines = "".join(f"<div>{IMAGE}<p>So nice, day {day}</p></div><p>Day {day} at the hall</p>" for day in range(20))
    assert "So nice, day 7" in body(f"<div>{lines}</div>") or "Day 7 at the hall" not in body(f"<div>{lines}</div>")


OPENING = "For six months the photographer lived with the last fishermen of the northern coast."
TOLD = [f"At dawn the men drag boat number {n} into the water by hand, for there is no harbour left." for n in range(6)]
LONG = "".join(PROSE.format(day, day + 3) for day in range(12))


def essay(captions: list[str], *, opening: str = OPENING, around: str = "", below: str = "") -> int:
    """Return how many captions are taken where everything but them is."""
    figures = "".join(f"<figure>{IMAGE}<figcaption>{text}</figcaption></figure>" for text in captions)
    root = parse(f"<html><body><p>{opening}</p><div class='{around}'>{figures}</div>{below}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    keep = with_essay(page, [leaf.text not in captions for leaf in page.leaves])
    return sum(kept and leaf.text in captions for leaf, kept in zip(page.leaves, keep, strict=True))


def test_the_captions_of_an_essay_in_pictures_are_its_text() -> None:
    assert essay(TOLD) == 6


def test_other_captions_are_not() -> None:
    assert essay(TOLD[:3]) == 0
    assert essay(TOLD, below=LONG) == 0  # beside a text
    assert essay([text.replace(", for there is no harbour left.", " (Photo: Ines Castro)") for text in TOLD]) == 0
    assert essay(TOLD, opening="Pictures") == 0  # without an opening
    assert essay(TOLD, around="slick-track") == 0  # a slider shows one at a time
