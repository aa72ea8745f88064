"""Texts of printed documents: headers and footers of pages, numbers, divided words."""

from __future__ import annotations

import pytest

from pipelines import capture
from pipelines.capture.headline import whole
from pipelines.capture.joins import join
from pipelines.capture.lines import read
from pipelines.config import Config
from pipelines.pruning.shapes import shape
from tests.metadata_pages import FETCHED

FIRST = """Harbour Post                                   14 March 2026

Ferry crews vote to strike

Ferry crews on the southern routes have voted by a large majo-
rity to strike from next Thursday, after talks over new ros-
ters collapsed. It is the first strike on the well-known rou-
tes in eleven years, said the union, which has asked for a

Page 1 / 3
"""
SECOND = """Harbour Post                                   14 March 2026

rest of two days in a row. The routes are well-
known for their late boats, and the company runs them with

2
"""
THIRD = """Harbour Post                                   14 March 2026

managers. Rosters are made by hand.

What passengers should know

Tickets stay valid.

- 3 -
"""


def texts(capture: str) -> list[str]:
    return [line.text for line in join(read(capture))]


def test_pages_run_on_without_their_headers_footers_and_numbers() -> None:
    assert texts("\f".join((FIRST, SECOND, THIRD))) == [
        "Harbour Post 14 March 2026",
        "Ferry crews vote to strike",
        "Ferry crews on the southern routes have voted by a large majority to strike from next Thursday, after talks over"
        " new rosters collapsed. It is the first strike on the well-known routes in eleven years, said the union, which"
        " has asked for a rest of two days in a row. The routes are well-known for their late boats, and the company runs"
        " them with managers. Rosters are made by hand.",
        "What passengers should know",
        "Tickets stay valid.",
    ]


def test_lines_are_found_where_they_were() -> None:
    text = "\f".join((FIRST, SECOND, THIRD))
    lines = text.replace("\f", "\n").split("\n")
    assert all(lines[line.number].split()[0] == line.text.split()[0] for line in read(text))


def test_one_page_is_as_it_is() -> None:
    assert texts(FIRST + "\f")[-1] == "Page 1 / 3"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("A large majo\u00ad\nrity has voted.", "A large majority has voted."),
        ("The majority was a large, a very large and rather loud majo-\nrity.", "loud majority."),
        ("It is a well-known, a very and in all respects quite well-\nknown boat.", "quite well-known boat."),
        ("Nobody has heard of this rather strange and long-winded mid-\ntown boat.", "long-winded mid-town boat."),
    ],
    ids=["soft", "stands whole elsewhere", "stands with a hyphen", "stands nowhere"],
)
def test_hyphens_at_the_ends_of_lines(lines: str, expected: str) -> None:
    filling = "We have asked for one thing, two days off in a row, said Maria\nHolt, who leads the union, on Friday night, and has been at it for\nyears now, as the company knows, which runs the boats in the bay.\n\n"
    assert texts(filling + lines + "\n\n" + filling)[1].endswith(expected)


def test_an_address_under_the_title_is_a_line_of_its_own() -> None:
    title = "A title of a page that is longer than sixty columns, as many of them are"
    assert texts(f"{title}\nhttps://www.example.org/a")[0] == title


PRINTED = """11/22/26, 4:14 PM            How to begin a practice: a guide for beginners - Harbour Post

How to begin a practice: a
guide for beginners

By Ann Lee

Ferry crews on the southern routes have voted by a large majority
to strike from next Thursday, after talks over new rosters ended.
https://www.example.org/practice                              1/3

Behind the footer stands what floats on the page of a browser.
"""


def test_what_a_browser_prints_on_every_page() -> None:
    more = PRINTED.replace("1/3", "2/3").replace("Thursday", "Friday")
    found = texts(f"{PRINTED}\f{more}\f{more}")
    assert found[0] == "How to begin a practice: a guide for beginners - Harbour Post"
    assert not any("example.org" in line for line in found)
    assert sum("Harbour Post" in line for line in found) == 1


def test_a_headline_in_large_letters_is_one() -> None:
    found = capture.extract(PRINTED + "\f" + PRINTED, url="", fetched_at=FETCHED, config=Config())
    assert found.meta.title == "How to begin a practice: a guide for beginners"
    assert found.meta.published is None
    assert found.meta.authors == ("Ann Lee",)


def test_a_line_under_the_title_that_no_other_line_has_there_is_none_of_it() -> None:
    lines = read("Home\n\nBridge closed\n\nFor three weeks\n\nBridge closed again")
    assert whole(lines, [shape(line.text) for line in lines], 1) == [1]
