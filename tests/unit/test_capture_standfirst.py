"""The wide line right under the title of a capture, which the line model half believes."""

from __future__ import annotations

import pytest

from pipelines.capture import standfirst
from pipelines.capture.lines import read
from pipelines.pruning.shapes import shape

TITLE = "Harbour bridge closes for three weeks"
STANDFIRST = "Buses go round by the market and ferries run twice as often, but the council has not found the money yet"
TEXT = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said after a long night."
)


def find(*between: str, odds: float = 0.2, title: int | None = 0, chosen: bool = False) -> int | None:
    lines = read("\n".join([TITLE, *between, TEXT]))
    start = len(lines) - 1
    own = [at == start or (chosen and at == 1) for at in range(len(lines))]
    return standfirst.find(lines, [shape(line.text) for line in lines], own, [odds] * len(lines), title, start)


def test_a_wide_line_under_the_title() -> None:
    assert find(STANDFIRST) == 1
    assert find(STANDFIRST, "By Jane Doe", "5 May 2024", "Share") == 1
    assert find(f"{STANDFIRST}. Ferries are full.") == 1


@pytest.mark.parametrize(
    "line",
    [
        "Ferries run twice as often",
        "Repairs that are made for you and your family, every day of the year, by us.",
        f"{STANDFIRST} (Photo: Jane Doe)",
        "By Jane Doe, John Smith, and Mary Major, with Amanda Miller in the harbour and Robert Brown in the market hall",
        "Home > News of the city > News of the harbour > Bridges > Harbour bridge closes for three weeks on Monday",
        f"{STANDFIRST}, 5 May 2024",
    ],
    ids=["narrow", "slogan", "caption", "byline", "breadcrumb", "dated"],
)
def test_other_lines_under_the_title(line: str) -> None:
    assert find(line) is None


def test_what_the_model_does_not_believe_or_has_taken() -> None:
    assert find(STANDFIRST, odds=0.05) is None
    assert find(STANDFIRST, chosen=True) is None


def test_without_a_title_or_far_from_the_text() -> None:
    assert find(STANDFIRST, title=None) is None
    assert find(STANDFIRST, *["Section"] * 20) is None
    assert find() is None
