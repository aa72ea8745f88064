"""A live blog of which the article holds some entries is the article's to its end; lists of news are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipelines.capture.entries import complete
from pipelines.capture.lines import read
from pipelines.pruning.shapes import shape

TIMES = ["21:45", "20:30", "19:10", "18:00", "17:20"]
HEADINGS = ["Board rises without a vote", "Olsen speaks", "Gallery is full", "Doors open", "What to expect"]
FIRST = (
    "The board rose at a quarter to ten without a vote on the {}, to whistles from the gallery and the yard outside."
)
SECOND = (
    "Residents who had queued there since five listened through loudspeakers that the fire brigade put up by the {}."
)
THINGS = ["quay", "ferry", "roof", "silo", "lamp"]
MORE = ["Related stories", "Storm closes the coast road for a night"]


def entries(zone: str = " GMT") -> list[list[str]]:
    return [
        [time + zone, heading, FIRST.format(thing), SECOND.format(thing)]
        for time, heading, thing in zip(TIMES, HEADINGS, THINGS, strict=True)
    ]


def flat(parts: Sequence[Sequence[str]]) -> list[str]:
    return [line for part in parts for line in part]


def taken(lines: Sequence[str], chosen: Sequence[str], odds: float = 0.01) -> list[str]:
    page = read("\n\n".join(lines))
    shapes, own = [shape(line.text) for line in page], [line.text in chosen for line in page]
    done = complete(page, shapes, [odds] * len(page), own)
    return [line.text for line, is_taken in zip(page, done, strict=True) if is_taken]


@pytest.mark.parametrize("zone", ["", " GMT", " Uhr", "pm ET"])
def test_texts_and_headings_of_all_entries(zone: str) -> None:
    parts = entries(zone)
    chosen = [parts[0][2], parts[1][2]]
    assert taken(["Harbour board meets", *flat(parts), *MORE], chosen) == flat([part[1:] for part in parts])


def test_a_name_above_each_text_is_no_heading_and_what_is_surely_something_else_is_no_text() -> None:
    parts = [[part[0], "Helen Marsh", *part[2:]] for part in entries()]
    chosen = [parts[0][2], parts[1][2]]
    assert taken(flat(parts), chosen) == flat([part[2:] for part in parts])
    assert taken(flat(parts), chosen, 0.0) == chosen


def test_one_entry_of_the_article_or_two_times_are_no_live_blog() -> None:
    parts = entries()
    assert taken(flat(parts), parts[0][2:]) == parts[0][2:]
    assert taken(flat(parts[:2]), [parts[0][2], parts[1][2]]) == [parts[0][2], parts[1][2]]


def test_lists_of_news_stay_out() -> None:
    teased = flat([part[:3] for part in entries()])
    chosen = [teased[2], teased[5]]
    assert taken(teased, chosen) == chosen
    above = flat([[part[1], part[0], *part[2:]] for part in entries()])
    chosen = [above[2], above[6]]
    assert taken(above, chosen) == chosen
    bare = flat([part[:2] for part in entries()])
    assert taken([FIRST.format("quay"), SECOND.format("quay"), *bare], [FIRST.format("quay")]) == [FIRST.format("quay")]


def test_comments_with_a_date_each_stay_out() -> None:
    parts = [[f"{day} March 2024 at 7:14 am", *part[2:]] for day, part in zip(range(1, 6), entries(), strict=True)]
    chosen = [parts[0][1], parts[1][1]]
    assert taken(flat(parts), chosen) == chosen
