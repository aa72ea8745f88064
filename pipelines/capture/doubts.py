"""Running text that the line model doubts because a box of links parts it from the article: asked again without it.

The model sees how far a line is from the headline, how long the last running text is past, and how many headlines
stand near: behind a list of related stories in mid-article all of that speaks against what goes on there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipelines.capture.lines import Line
from pipelines.capture.votes import Model
from pipelines.pruning.shapes import Shape

DOUBTED, OF_RUN = 0.05, 0.15
"""Probability from which a line of running text is in doubt, and that such lines have on average: a run with less is a
list of other stories' first sentences. Set on 373 public pages in two renderings each, by models blind to the host: of
16 that change 13 gain (.01 to .29 of F1) and 3 lose (.08 at most), body F1 of German pages .897 to .912 and .910 to
.923; of 241 other pages 15 renderings gain and none loses."""
BOX = 0.05
"""Probability below which a line that is no running text is left out when the model is asked again."""
LEAST, COLUMNS = 2, 200
"""Lines of running text in a row, and their columns together: one alone is a teaser more often than the article's."""
REACH = 40
"""Lines of the longest box."""
_ENDS = frozenset({"comment_form", "copyright", "legal_notice", "editor_credit"})
"""What ends an article: running text below is of readers, or of the house."""


def settle(
    lines: Sequence[Line], shapes: Sequence[Shape], found: list[float], chosen: Sequence[bool], model: Model
) -> bool:
    """Raise what was ``found`` of the lines in doubt to what the model says without the boxes; say whether any was."""
    doubted = _doubted(shapes, found, chosen)
    if not doubted:
        return False
    first, last = chosen.index(True), max(doubted[-1], len(chosen) - 1 - chosen[::-1].index(True))
    kept = [at for at in range(len(lines)) if not (first < at < last and found[at] < BOX and not shapes[at].prose)]
    if len(kept) == len(lines):
        return False
    again = model.votes([lines[at] for at in kept], [shapes[at] for at in kept]).tolist()
    said = dict(zip(kept, again, strict=True))
    for at in doubted:
        found[at] = max(found[at], said[at])
    return True


def _doubted(shapes: Sequence[Shape], found: Sequence[float], chosen: Sequence[bool]) -> list[int]:
    """Return the lines of the runs of running text below the article's first line that are worth a second question."""
    if True not in chosen or not any(DOUBTED <= value < 0.5 for value in found):
        return []
    copies = Counter(shape.key for shape in shapes)
    doubted: list[int] = []
    last, at, ended = chosen.index(True), chosen.index(True), False
    while at < len(shapes):
        end = at
        while end < len(shapes) and not chosen[end] and found[end] >= DOUBTED and _is_text(shapes[end], copies):
            end += 1
        if chosen[at]:
            last, ended = at, False
        elif shapes[at].reason in _ENDS and shapes[at].form != "part":
            ended = True
        elif not ended and at - last <= REACH and _are_many(shapes[at:end], found[at:end]):
            doubted += range(at, end)
            last = end - 1
        at = max(end, at + 1)
    return doubted


def _is_text(shape: Shape, copies: Counter[str]) -> bool:
    """Say whether a line is running text that stands on the page once and that the lexicon does not know."""
    return (shape.prose or shape.sentence) and shape.found is None and copies[shape.key] == 1


def _are_many(run: Sequence[Shape], found: Sequence[float]) -> bool:
    """Say whether running text in a row is long enough, and likely enough, to be the article's."""
    return len(run) >= LEAST and sum(shape.columns for shape in run) >= COLUMNS and sum(found) >= OF_RUN * len(run)
