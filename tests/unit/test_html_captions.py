"""A short line alone with its picture is a caption, wherever no element says so."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract

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
