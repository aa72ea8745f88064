"""Running text behind a box of links is asked for again without the box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipelines.capture.choice import choose
from pipelines.capture.lines import Line, read
from pipelines.capture.stats import Array
from pipelines.pruning.shapes import Shape, shape

FIRST = "The ferries of the northern line will run all winter, the port said on Monday after long talks with the crews."
TEXT = (
    "Two of the three boats are being fitted with heaters, and the third will follow before the end of November.",
    "Passengers who have bought a ticket for the summer may use it until March, but only on days without a storm.",
    "The islands had asked for a boat a day; they get five a week, and a bus to the railway station on the others.",
)
BOX = ("Related articles", "A harbour for all", "Bus lines cut again", "The oldest lighthouse", "Port strike ends")


class AtDistance:
    """A model that believes running text less, the more headlines stand above it."""

    def __init__(self, behind_a_box: float = 0.3) -> None:
        self.behind_a_box, self.asked = behind_a_box, 0

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""
        self.asked += 1
        found, short = [], 0
        for own in shapes:
            short += not own.prose
            found.append(0.0 if not own.prose else self.behind_a_box if short >= 4 else 0.9)
        return np.array(found)


def taken(*lines: str, model: AtDistance | None = None) -> list[str]:
    read_in = read("\n".join(lines))
    chosen = choose(read_in, [shape(line.text) for line in read_in], model or AtDistance())
    return [line.text for line, is_taken in zip(read_in, chosen, strict=True) if is_taken]


def test_text_behind_a_box_of_links_goes_on() -> None:
    assert taken(FIRST, *BOX, *TEXT) == [FIRST, *TEXT]


def test_a_page_without_doubts_is_asked_once() -> None:
    model = AtDistance()
    assert taken(FIRST, *TEXT, *BOX, model=model) == [FIRST, *TEXT]
    assert model.asked == 1


def test_of_a_text_without_a_box_is_no_second_question() -> None:
    model = AtDistance(behind_a_box=0.3)
    assert taken(*BOX, FIRST, *TEXT, model=model) == [FIRST, *TEXT]
    assert model.asked == 1


@pytest.mark.parametrize(
    "end", ["Comments", "© 2024 Harbour News. All rights reserved.", "Disclaimer", "Editor: Jo Li"]
)
def test_behind_the_end_of_an_article_nothing_goes_on(end: str) -> None:
    assert taken(FIRST, *BOX, end, *TEXT) == [FIRST]


def test_what_is_hardly_likely_is_not_asked_for() -> None:
    model = AtDistance(behind_a_box=0.1)
    assert taken(FIRST, *BOX, *TEXT, model=model) == [FIRST]
    assert model.asked == 1


def test_first_sentences_of_other_stories_are_single_lines() -> None:
    stories = [line for pair in zip(BOX[1:], TEXT, strict=False) for line in pair]
    assert taken(FIRST, *BOX, *stories) == [FIRST]


def test_what_stands_twice_is_a_teaser() -> None:
    assert taken(FIRST, *BOX, *TEXT, "Most read", *TEXT) == [FIRST]


def test_a_long_list_ends_the_article() -> None:
    assert taken(FIRST, *(f"Headline of story {number}" for number in range(45)), *TEXT) == [FIRST]
