"""Paragraphs that end in the mark of a footnote ("… since 1871.[3]"), and what the line model may make of them.

With their marks read as such they are running text, and the model takes them. But where nearly all is running text it
takes more: the table beside an encyclopaedia's article and the list of its sources. So a line without a mark is taken
if the model takes it with these paragraphs passing for labels, as they did when it was trained, or right among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipelines import forms
from pipelines.capture import choice
from pipelines.capture.lines import Line
from pipelines.capture.votes import Model
from pipelines.pruning.shapes import Shape, shape

_OPEN = "·"
"""Behind the mark of a footnote it hides the end of the sentence."""


def weigh(lines: Sequence[Line], shapes: Sequence[Shape], model: Model | None) -> tuple[list[bool], list[float]]:
    """Return what ``choice.weigh`` does, with what stands among paragraphs that end in marks of footnotes."""
    wanted, odds = choice.weigh(lines, shapes, model)
    marked = [
        at
        for at, taken in enumerate(wanted)
        if taken and (shapes[at].prose or shapes[at].sentence) and forms.unnoted(lines[at].text) != lines[at].text
    ]
    if not marked:
        return wanted, odds
    opened, plain = list(lines), list(shapes)
    for at in marked:
        opened[at] = replace(lines[at], text=lines[at].text + _OPEN)
        plain[at] = shape(opened[at].text)
    chosen, _ = choice.weigh(opened, plain, model)
    for at in marked:
        chosen[at] = True
    _complete(chosen, wanted, shapes)
    return chosen, odds


def _complete(chosen: list[bool], wanted: Sequence[bool], shapes: Sequence[Shape]) -> None:
    """Add wanted lines in short gaps, and those that are running text right above the first line and below the last."""
    inside = [at for at, taken in enumerate(chosen) if taken]
    for before, after in pairwise(inside):
        if after - before - 1 <= choice.FILLED_GAP:
            chosen[before + 1 : after] = wanted[before + 1 : after]
    for way in (range(inside[0] - 1, -1, -1), range(inside[-1] + 1, len(chosen))):
        _reach(chosen, wanted, shapes, way)


def _reach(chosen: list[bool], wanted: Sequence[bool], shapes: Sequence[Shape], way: Iterable[int]) -> None:
    for at in way:
        if not (wanted[at] and (shapes[at].prose or shapes[at].sentence)):
            return
        chosen[at] = True
