"""Which lines of a capture are the article: the line model's odds, and the small gaps between its answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipelines.capture import consent, doubts, entries, enumerations, pictures, topics, votes
from pipelines.capture.body import locate
from pipelines.capture.lines import Line
from pipelines.pruning.shapes import Shape

CLEAR = 0.5
"""Probability from which a line is taken for the article's. Set, as all here, by host-wise cross-validation on 373
public pages in two renderings each. Prices on a change of mind from line to line (Viterbi) did worse than none, the
best expected F1 and a second pass of trees over the neighbours' votes no better (body F1 of all pages within .002)."""
RELATIVE = 0.8
"""On a page where no line is certain, a line counts from this share of the surest line's probability."""
WITNESS_WIDTH = 40
"""Columns of the lines that may set a page's own measure: shorter ones are never sure."""
MODEL_LINES = 10_000
"""Longer captures are chosen from by plain rules: the longest of 1066 rendered pages has 1,500 lines, and a book of
this size takes the model 3 s."""
FILLED_GAP = 4
FILLED_SHARE = 0.1
"""In a gap of so few lines between lines of the article, a line is a sub-heading unless the model is surer than this,
or the line is one of the lexicon's or a stamp."""

NOTICE_REACH = 4
NOTICED = 0.9
"""So many lines below the heading of a legal notice, and below each line of one there, a line needs this probability:
the notice is running text about nothing else on the page. All 387 such headings of the public pages stand outside the
body, and their F1 on hosts not seen is the same with the rule and without."""


def choose(lines: Sequence[Line], shapes: Sequence[Shape], model: votes.Model | None = None) -> list[bool]:
    """Return for each line whether it belongs to the article. ``model`` stands in for the package's own."""
    return weigh(lines, shapes, model)[0]


def weigh(
    lines: Sequence[Line], shapes: Sequence[Shape], model: votes.Model | None = None
) -> tuple[list[bool], list[float]]:
    """Return for each line whether it belongs to the article, and how likely that is (0 in a very long capture)."""
    if len(lines) > MODEL_LINES:
        start, end = locate(lines, shapes)
        return [start <= index < end for index in range(len(lines))], [0.0] * len(lines)
    if not lines:
        return [], []
    model = model or votes.load()
    found = model.votes(lines, shapes).tolist()
    witnesses = [value for value, shape in zip(found, shapes, strict=True) if shape.columns >= WITNESS_WIDTH]
    if not witnesses:
        return [False] * len(lines), found
    bar = min(CLEAR, RELATIVE * max(witnesses))
    _doubt_notices(found, shapes)
    consent.silence(lines, found)
    pictures.silence(lines, found)
    chosen = _over(bar, found, shapes)
    if doubts.settle(lines, shapes, found, chosen, model):
        chosen = _over(bar, found, shapes)
    chosen = enumerations.complete(lines, shapes, found, chosen)
    chosen = entries.complete(lines, shapes, found, chosen)
    return topics.complete(lines, shapes, chosen), found


def _over(bar: float, found: Sequence[float], shapes: Sequence[Shape]) -> list[bool]:
    """Return which lines have that probability or stand in a short gap between such."""
    chosen = [value >= bar for value in found]
    _fill(chosen, found, shapes)
    return chosen


def _doubt_notices(found: list[float], shapes: Sequence[Shape]) -> None:
    """Put lines below the heading of a legal notice out of the question, unless the model is sure of them."""
    left = 0
    for index, shape in enumerate(shapes):
        if left and found[index] < NOTICED:
            found[index] = 0.0
        if shape.reason == "legal_notice" and (shape.form == "section" or left):
            left = NOTICE_REACH
        else:
            left = max(0, left - 1)


def _fill(chosen: list[bool], found: Sequence[float], shapes: Sequence[Shape]) -> None:
    """Take the lines of short gaps in as well: a sub-heading has little to show for itself but its neighbours."""
    inside = [index for index, taken in enumerate(chosen) if taken]
    for before, after in pairwise(inside):
        if after - before - 1 > FILLED_GAP:
            continue
        for index in range(before + 1, after):
            own = shapes[index]
            chosen[index] = found[index] >= FILLED_SHARE and own.found is None and not own.stamp_only
