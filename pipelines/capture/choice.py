"""Which lines of a capture are the article: the line model's odds, read together so that the answer hangs together."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.capture import forest
from pipelines.capture.body import locate
from pipelines.capture.features import features
from pipelines.capture.lines import Line
from pipelines.shapes import Shape

SWITCH = 1.0
"""Log-odds that going from article to not, or back, must be worth. Set, as the two below, by host-wise
cross-validation on 373 public pages in two renderings each."""
CLEAR = 0.5
"""Probability from which a line is taken for the article's."""
RELATIVE = 0.6
"""On a page where no line is certain, a line counts from this share of the surest line's probability."""
WITNESS_WIDTH = 40
"""Columns of the lines that may set a page's own measure: shorter ones are never sure."""


def choose(lines: Sequence[Line], shapes: Sequence[Shape], model: forest.Forest | None = None) -> list[bool]:
    """Return for each line whether it belongs to the article. ``model`` stands in for the package's own forest."""
    if model is None:
        start, end = locate(lines, shapes)
        return [start <= i < end for i in range(len(lines))]
    found = [model.log_odds(row) for row in features(lines, shapes)]
    witnesses = [value for value, shape in zip(found, shapes, strict=True) if shape.columns >= WITNESS_WIDTH]
    if not witnesses:
        return [False] * len(lines)
    bar = forest.odds(min(CLEAR, RELATIVE * forest.share(max(witnesses))))
    gains = [(value - bar) * min(1.0, 0.35 + shape.columns / 120) for value, shape in zip(found, shapes, strict=True)]
    return _smooth(gains)


def _smooth(gains: Sequence[float]) -> list[bool]:
    """Return the two-valued path of the greatest total gain, each switch at its price (Viterbi's algorithm)."""
    out, inside = 0.0, -SWITCH
    trace: list[tuple[bool, bool]] = []
    for gain in gains:
        from_inside = inside - SWITCH > out
        from_outside = out - SWITCH > inside
        trace.append((from_inside, not from_outside))
        out, inside = max(out, inside - SWITCH), max(inside, out - SWITCH) + gain
    state = inside - SWITCH > out
    path = [False] * len(gains)
    for index in range(len(gains) - 1, -1, -1):
        path[index] = state
        state = trace[index][1 if state else 0]
    return path
