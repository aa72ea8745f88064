"""The date that stands under the first running text of a capture: below a standfirst, above the paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pytest

from pipelines.capture import extract
from pipelines.capture.lines import Line
from pipelines.capture.stats import Array
from pipelines.config import Config
from pipelines.model import Draft
from pipelines.pruning.shapes import Shape

STANDFIRST = "The council has voted to close the swimming hall for good, and hardly anybody had expected that."
TEXT = "A repair would cost more than all schools of the town do in a year. Nobody on the council wanted that."


class Wide:
    """Takes wide lines for the article's."""

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""
        return np.array([0.9 if shape.columns >= 60 else 0.05 for shape in shapes])


def read(*lines: str) -> Draft:
    fetched_at = datetime(2026, 1, 1, tzinfo=UTC)
    return extract("\n\n".join(lines), url="", fetched_at=fetched_at, config=Config(), model=Wide())


@pytest.mark.parametrize(
    "line", ["January 5, 2025", "Published Jan 05, 2025", "By Ann Moor January 5, 2025", "05.01.2025 · 6 min read"]
)
def test_a_date_under_the_standfirst_is_the_articles(line: str) -> None:
    draft = read("Council closes the hall", STANDFIRST, "Share", line, TEXT, TEXT.replace("year", "month"))
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)
    assert line not in [block.text for block in draft.blocks]
    assert ("date_line", line) in [(gone.reason, gone.text) for gone in draft.removed]


def test_a_date_above_the_text_goes_first() -> None:
    draft = read("Council closes the hall", "January 7, 2025", STANDFIRST, "January 5, 2025", TEXT)
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 7)


@pytest.mark.parametrize(
    ("above", "between"),
    [
        (("Sunday, January 7, 2025", "The town's paper"), ()),
        (("The hall as it was on January 7, 2025, when the storm was over", "Share"), ()),
        ((), ("The swimming hall in the storm that broke its roof, January 7, 2025", "Share")),
    ],
    ids=["today over the title", "a headline over it", "a caption under it"],
)
def test_the_date_that_says_nothing_else_under_the_title_goes_first(
    above: tuple[str, ...], between: tuple[str, ...]
) -> None:
    draft = read(*above, "Council closes the hall", *between, "January 5, 2025", STANDFIRST, TEXT)
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)


@pytest.mark.parametrize(
    "line",
    ["Posted on 5 January 2025 at 10:30", "发表于：2025-01-05 10:30", "作者:青山 阅读(160) 发表于2025年01月05日 10:30"],
)
def test_behind_the_article_a_date_counts_that_says_what_it_is(line: str) -> None:
    draft = read("Council closes the hall", STANDFIRST, TEXT, "Share", line, "About us")
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)


def test_a_bare_date_behind_the_article_may_be_another_articles() -> None:
    more = [TEXT.replace("year", word) for word in ("week", "month", "day", "decade")]
    assert read("Council closes the hall", STANDFIRST, *more, "January 5, 2025").meta.published is None


def test_a_date_far_below_is_of_something_else() -> None:
    more = [TEXT.replace("year", word) for word in ("week", "month", "day", "decade")]
    assert read("Council closes the hall", STANDFIRST, *more, "January 5, 2025", TEXT).meta.published is None


def test_a_date_in_the_running_text_is_no_date_line() -> None:
    told = "On January 5, 2025 the council met for the first time since the summer, and it was not for long."
    assert read("Council closes the hall", STANDFIRST, told, TEXT).meta.published is None
