"""Which lines are taken, given what the line model says of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipelines.capture import votes
from pipelines.capture.choice import choose
from pipelines.capture.lines import Line, read
from pipelines.capture.stats import Array
from pipelines.pruning.shapes import Shape, shape

LONG = "A line that is wide enough to be a witness for the article, whatever it may say"


class Stump:
    """A model that goes by the width of a line alone: log odds of narrow lines, and of wide ones."""

    def __init__(self, narrow: float, wide: float) -> None:
        self.narrow, self.wide = narrow, wide

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""
        odds = np.array([self.wide if shape.columns >= 54 else self.narrow for shape in shapes])
        found: Array = 1 / (1 + np.exp(-odds))
        return found


BY_WIDTH = Stump(-1.5, 2.0)
"""Log-odds of 2 for wide lines (0.88), of -1.5 for narrow ones (0.18)."""
DOUBT = Stump(-9.0, -1.0)
"""0.27 for wide lines, next to nothing for narrow ones."""


def taken(text: str, model: votes.Model = BY_WIDTH) -> list[bool]:
    lines = read(text)
    return choose(lines, [shape(line.text) for line in lines], model)


@pytest.mark.parametrize(("gap", "filled"), [(1, True), (4, True), (5, False)])
def test_a_short_list_inside_the_article_is_kept(gap: int, filled: bool) -> None:
    names = ["Tent", "Rainfly", "Stakes", "Lamp", "Rope"][:gap]
    assert taken("\n".join([LONG, *names, LONG])) == [True, *[filled] * gap, True]


def test_lines_of_the_lexicon_and_stamps_stay_out_of_a_filled_gap() -> None:
    assert taken(f"{LONG}\nTent\nRelated articles\n12 March 2024\n{LONG}") == [True, True, False, False, True]


def test_lines_before_and_behind_the_article_are_no_gap() -> None:
    assert taken(f"Tent\n{LONG}\nRope") == [False, True, False]


def test_on_a_page_without_a_sure_line_the_surest_count() -> None:
    assert taken(f"Tent\n{LONG}\nRope", DOUBT) == [False, True, False]


def test_narrow_lines_alone_are_no_article() -> None:
    assert taken("Tent\nRope\n12 March 2024") == [False, False, False]


SURE = Stump(-9.0, 3.0)
"""0.95 for wide lines."""


@pytest.mark.parametrize(("model", "kept"), [(BY_WIDTH, False), (SURE, True)])
def test_below_the_heading_of_a_legal_notice_only_sure_lines_count(model: Stump, kept: bool) -> None:
    assert taken(f"{LONG}\n免责声明\n{LONG}\n{LONG}", model) == [True, False, kept, kept]
    assert taken(f"免责声明\n{LONG}\nTent\nRope\nLamp\n{LONG}", model)[1::4] == [kept, True]


def test_a_line_of_a_legal_notice_below_its_heading_makes_the_notice_longer() -> None:
    told = "本文不代表本站立场,且不构成投资建议,请谨慎对待。用户由此造成的损失由用户自行承担,与本站没有任何关系。"
    assert taken(f"免责声明\nTent\nRope\n{told}\nLamp\nStakes\n{LONG}")[-1] is False
    assert taken(f"{LONG}\nTent\nRope\n{told}\nLamp\nStakes\n{LONG}")[-1] is True


def test_no_lines() -> None:
    assert taken("") == []
