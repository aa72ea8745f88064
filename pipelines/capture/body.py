"""Where in a capture the article lies: the run of lines with the most running text and the least list."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.capture.lines import Line
from pipelines.model import Kind
from pipelines.pruning.shapes import Shape

REACH = 3
"""Lines between an opening sentence and the rest of the article: a caption and a sub-heading or two."""


def locate(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[int, int]:
    """Return ``[start, end)`` of the article's lines: the stretch whose worths have the greatest sum."""
    best, best_span = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, worth in enumerate(worths(lines, shapes)):
        total += worth
        if total > best:
            best, best_span = total, (start, index + 1)
        if total <= 0:
            total, start = 0.0, index + 1
    return (_reach_up(shapes, best_span[0]), best_span[1])


def _reach_up(shapes: Sequence[Shape], start: int) -> int:
    """Return the start moved up to a short opening sentence that a sub-heading or caption parts from the rest."""
    while True:
        above = [i for i in range(max(0, start - REACH), start) if shapes[i].sentence and shapes[i].found is None]
        if not above:
            return start
        start = above[0]


def worths(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[float]:
    """Return what each line says for (+) or against (-) the article being here."""
    seen: dict[str, int] = {}
    for shape in shapes:
        seen[shape.key] = seen.get(shape.key, 0) + 1
    found = [_worth(line, shape, seen[shape.key]) for line, shape in zip(lines, shapes, strict=True)]
    for index, shape in enumerate(shapes):
        if shape.stamp_only and not shape.prose:  # a dated list: the headline stands before or after its stamp
            for near in (index - 2, index - 1, index + 1):
                if 0 <= near < len(found) and not shapes[near].sentence:
                    found[near] = min(found[near], -0.4)
    return found


def _worth(line: Line, shape: Shape, copies: int) -> float:
    if line.kind is Kind.CODE:
        return 0.5
    if shape.form in ("section", "whole", "label") and not shape.prose:
        return -2.0 if shape.form == "section" else -0.7
    if shape.prose:
        worth = min(shape.columns, 500) / 150
        return worth if copies == 1 else -0.5
    if shape.sentence and copies == 1:
        return min(shape.columns, 120) / 150
    if shape.stamp_only:
        return -0.8
    return -0.35 if copies == 1 else -0.8
