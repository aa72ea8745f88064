"""Entries of a live blog: where the article holds some texts under a time of day, it holds those under the others.

A line with a time parts a list of news as well, so the model leaves a live blog sooner or later. But a headline in a
list has one paragraph below it at most, and often its time too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipelines.capture.lines import Line
from pipelines.pruning.shapes import Shape

_TIME = re.compile(r"\W{0,2}\d{1,2}[:.：]\d\d(?:[:.：]\d\d)?(?:\s?[^\W\d_]{1,5}\b\.?){0,3}\W{0,2}")
"""A time of day alone, a zone or two behind it: with a date it stands above comments, too."""
_DIGITS = re.compile(r"\d+")
_HALF = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
LEAST, TAKEN, TELLING = 3, 2, 0.6
"""Times that a live blog has at least, texts below them that the article holds, and the share of times with a text that
ends right above the next one."""
LONG, MANY = 0.4, 2
"""Share of these texts that have so many paragraphs: the teasers of a list have one each."""
APART = 40
"""Lines between one time and the next."""
HEADING = 110
"""Columns of the widest heading of an entry."""
IDLE = 3
"""Lines in a row without running text that end the last entry."""


def complete(
    lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[float], chosen: Sequence[bool]
) -> list[bool]:
    """Return ``chosen`` with the texts and headings of all entries of a live blog that the article holds a part of."""
    taken = list(chosen)
    copies: Counter[str] | None = None
    for run in _runs(lines, shapes):
        entries = [(at, below) for at, below in zip(run, [*run[1:], _end(shapes, run)], strict=True)]
        told = [[at for at in range(*entry) if shapes[at].prose] for entry in entries]
        if not _is_live(entries, told, shapes, chosen):
            continue
        copies = copies or Counter(shape.key for shape in shapes)
        for above, below in entries:
            for at in _texts(shapes, above, below):
                taken[at] = taken[at] or (found[at] > 0 and copies[shapes[at].key] == 1)
    return taken


def _is_live(
    entries: Sequence[tuple[int, int]], told: Sequence[Sequence[int]], shapes: Sequence[Shape], chosen: Sequence[bool]
) -> bool:
    """Say whether these are entries of a live blog, some of them the article's; ``told`` is their running text."""
    held = sum(any(chosen[at] for at in texts) for texts in told)
    ended = sum(
        bool(texts) and (shapes[below - 1].prose or shapes[below - 1].sentence)
        for (_, below), texts in zip(entries, told, strict=True)
    )
    many = sum(len(texts) >= MANY for texts in told)
    return held >= TAKEN and ended >= max(LEAST, TELLING * len(entries)) and many >= LONG * sum(map(bool, told))


def _texts(shapes: Sequence[Shape], above: int, below: int) -> Iterator[int]:
    """Yield the lines of an entry that are its heading or running text, up to the heading of a list."""
    for at in range(above + 1, below):
        own = shapes[at]
        if own.form == "section":
            return
        is_heading = at == above + 1 and own.columns <= HEADING
        if own.found is None and not own.stamp_only and (own.prose or own.sentence or is_heading):
            yield at


def _end(shapes: Sequence[Shape], run: Sequence[int]) -> int:
    """Return where the last entry ends."""
    idle, last = 0, run[-1]
    for at in range(run[-1] + 1, min(len(shapes), run[-1] + APART)):
        own = shapes[at]
        if own.form == "section" or own.stamp_only or idle == IDLE:
            break
        idle = 0 if own.prose or own.sentence else idle + 1
        last = last if idle else at
    return last + 1


def _runs(lines: Sequence[Line], shapes: Sequence[Shape]) -> Iterator[list[int]]:
    """Yield the lines with times of one form that stand near each other."""
    forms: dict[str, list[int]] = defaultdict(list)
    for at, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        if shape.stamp_only and _TIME.fullmatch(line.text):
            forms[_DIGITS.sub("0", _HALF.sub("m", line.text))].append(at)
    for times in forms.values():
        run: list[int] = []
        for at in times:
            if run and at - run[-1] > APART:
                if len(run) >= LEAST:
                    yield run
                run = []
            run.append(at)
        if len(run) >= LEAST:
            yield run
