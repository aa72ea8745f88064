"""Paragraphs that end in the mark of a footnote are running text, and bring nothing else in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from pipelines import capture, forms
from pipelines.capture import noted
from pipelines.capture.lines import Line, read
from pipelines.capture.stats import Array
from pipelines.config import Config
from pipelines.pruning.shapes import Shape, shape
from pipelines.spaced import paragraphs

PARAGRAPHS = [
    "The quay was built in 1871 by a company that went bankrupt before the last stone was laid, and the town has argued"
    " about it ever since with the patience of people who have long winters.",
    "In the archive on Church Street there are forty boxes of letters about the warehouses. Most of them complain about"
    " rats; a few, in a careful hand, complain about the complaints.",
    "The engineers’ report puts the cost of repairs at 14.2 million euros, almost twice the figure given in 2019, and"
    " warns that two of the five roofs could collapse under heavy snow.",
    "Supporters of demolition argue that the money would be better spent on the ferry terminal, which handles 800,000"
    " passengers a year and still has only one working lift.",
    "“We are not against change,” said Margit Olsen, who has run a chandlery there since 1988. “We are against change"
    " that is decided by people who have never carried a rope in their lives.”",
    "By midnight the board had agreed on one thing only: to meet again in April, when a second opinion on the"
    " foundations is due from the technical university in the capital.",
]
HEAD = "Skip to content\nHome\nWorld\nSign in\nHarbour board puts off decision on warehouses\nBy Helen Marsh\n12 March 2024"
MARKS = ["[1]", "[2][3]", "[4-6]", " [7]", "[a]", "[note 1]", "¹", "12", "3,4"]


@pytest.mark.parametrize("mark", MARKS)
def test_a_capture_keeps_the_paragraphs_that_end_in_one(mark: str) -> None:
    marked = [text + mark for text in PARAGRAPHS]
    text = "\n\n".join([HEAD, *marked])
    draft = capture.extract(text, url="", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), config=Config())
    assert [block.text for block in draft.blocks] == marked


@pytest.mark.parametrize("mark", MARKS)
def test_they_are_sentences_and_running_text(mark: str) -> None:
    for text in PARAGRAPHS:
        assert forms.ends_sentence(text + mark) and forms.is_sentence(text + mark) and forms.is_prose(text + mark)


@pytest.mark.parametrize(
    "line",
    [
        "Who pays for the new roofs of the east quay? [82]",
        "页: [1]",
        "Harbour Tycoon Ver.2",
        "The lamps on the breakwater, part.3",
        "Repairs cost 14.2",
        "The board met again. [more]",
        "Warehouses of the east quay[1]",
    ],
)
def test_counts_versions_and_buttons_are_no_marks(line: str) -> None:
    assert not forms.ends_sentence(line) and not forms.is_sentence(line) and not forms.is_prose(line)


class Greedy:
    """A model that takes sentences, and where most lines are sentences all the others as well."""

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        told = np.array([shape.sentence for shape in shapes])
        found: Array = np.where(told, 0.9, 0.6 if told.mean() > 0.5 else 0.1)
        return found


def test_what_stands_beside_them_is_taken_among_them_alone() -> None:
    table, source = "Length 340 m", "Church Street archive, box 12"
    marked = [text + "[3]" for text in PARAGRAPHS[:-1]]
    article = [*marked[:3], "The second plan", *marked[3:], PARAGRAPHS[-1]]
    lines = read("\n\n".join([table, *article, source]))
    chosen, _ = noted.weigh(lines, [shape(line.text) for line in lines], Greedy())
    assert [line.text for line, taken in zip(lines, chosen, strict=True) if taken] == article


def test_paragraphs_that_blank_lines_part_may_end_in_them() -> None:
    marked = [text + "[1]" for text in PARAGRAPHS]
    assert paragraphs("\n\n".join(marked)) == marked
