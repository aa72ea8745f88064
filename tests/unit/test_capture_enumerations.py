"""An enumeration of which the article holds a part is the article's to its end."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipelines.capture.enumerations import complete
from pipelines.capture.lines import read
from pipelines.pruning.shapes import shape

STEPS = [
    "Step 1",
    "Measure the pot and cut the foam, so that it is a little higher than the rim.",
    "Step 2",
    "Put the plant into the hole.",
    "Step 3",
    "Moss hides the foam",
    "Step 4",
    "Put the glass over it, and press until no foam is to be seen.",
]


def taken(lines: Sequence[str], chosen: Sequence[str], faint: float = 0.1) -> list[str]:
    page = read("\n".join(lines))
    shapes, own = [shape(line.text) for line in page], [line.text in chosen for line in page]
    done = complete(page, shapes, [faint] * len(page), own)
    return [line.text for line, is_taken in zip(page, done, strict=True) if is_taken]


def test_the_steps_that_follow() -> None:
    assert taken(["Home", *STEPS, "More like this", "Terrariums"], STEPS[:4]) == STEPS


@pytest.mark.parametrize(
    "form", ["{0}. Camera number {0}", "{0}、博物馆{1}", "第{0}章", "{0}) A camera", "Tip {0}: A camera"]
)
def test_forms_of_numbers(form: str) -> None:
    lines = [line for number in range(1, 6) for line in (form.format(number, "一"), f"What it costs: {number}0 euros")]
    assert taken(lines, lines[:4])[::2] == lines[::2]


def test_ideographs_and_a_countdown() -> None:
    lines = [line for number in ("九", "十", "十一", "十二") for line in (f"{number}、游览", f"{number}号馆票价三十元")]
    assert taken(lines, lines[:3]) == lines[:-1]
    down = [line for number in range(5, 0, -1) for line in (f"{number}. Camera", f"Its price is {number}0 euros")]
    assert taken(down, down[:3]) == down[:-1]


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        (STEPS, STEPS[:1]),
        (
            [f"{number}. Headline of a story" for number in range(1, 6)],
            ["1. Headline of a story", "2. Headline of a story"],
        ),
        (["1", "Boats", "2", "Buses", "3", "Trains"], ["1", "Boats", "2"]),
        (["1. Boats", "a", "2. Buses", "b", "4. Trains", "c", "6. Bikes"], ["1. Boats", "a", "2. Buses"]),
        (["1. Boats", "a", "2. Buses", *["Headline"] * 45, "3. Trains"], ["1. Boats", "a", "2. Buses"]),
    ],
    ids=["one number", "a list without text", "bare numbers", "gaps", "far apart"],
)
def test_what_is_no_enumeration_of_the_article(lines: list[str], chosen: list[str]) -> None:
    assert taken(lines, chosen) == chosen


def test_buttons_stamps_and_the_unlikely_stay_out() -> None:
    lines = [*STEPS[:5], "Share this", "5 May 2024, 10:45", *STEPS[5:]]
    assert taken(lines, STEPS[:4]) == STEPS
    assert taken(lines, STEPS[:4], faint=0.01) == STEPS[:4]
