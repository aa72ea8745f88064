"""Dates whose parts stand on lines of their own, as a leaf of a calendar has them: 19 / JAN / 2026, 19 / 2026-01."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.metadata import words
from pipelines.metadata.tree import Line

LONGEST = 12
"""Characters of the longest part: a month's name, a month of a year."""
_DAY_NAME_YEAR = re.compile(r"(?P<d>\d\d?)\.? (?P<n>[^\W\d_]{3,10})\.?,? (?P<y>20\d\d)")
_NAME_DAY_YEAR = re.compile(r"(?P<n>[^\W\d_]{3,10})\.? (?P<d>\d\d?),? (?P<y>20\d\d)")
_DAY_MONTH = re.compile(r"(?P<d>\d\d?)日? (?P<y>20\d\d)[-./年] ?(?P<m>\d\d?)月?")
_MONTH_DAY = re.compile(r"(?P<y>20\d\d)[-./年] ?(?P<m>\d\d?)月? (?P<d>\d\d?)日?")
_LAST_YEAR = re.compile(r"(?P<m>\d\d?)[-/] ?(?P<d>\d\d?) (?P<y>20\d\d)")
_FORMS = (
    (3, _DAY_NAME_YEAR),
    (3, _NAME_DAY_YEAR),
    (3, re.compile(r"(?P<d>\d\d?)\.? (?P<m>\d\d?)\.? (?P<y>20\d\d)")),
    (3, re.compile(r"(?P<y>20\d\d)年? (?P<m>\d\d?)月? (?P<d>\d\d?)日?")),
    (2, _DAY_NAME_YEAR),
    (2, _NAME_DAY_YEAR),
    (2, _DAY_MONTH),
    (2, _MONTH_DAY),
    (2, re.compile(r"(?P<y>20\d\d)年? (?P<m>\d\d?)[-./月] ?(?P<d>\d\d?)日?")),
    (2, _LAST_YEAR),
    (1, _DAY_MONTH),
    (1, _MONTH_DAY),
)
"""How many lines make a date, and what they say; one line where its elements stand side by side."""


def line(lines: Sequence[Line], index: int, day_first: bool | None) -> Line | None:
    """Return the line that the parts of a date from ``index`` on would make, its date written 2026-01-19."""
    if len(lines[index].text) > LONGEST:  # most lines
        return None
    texts = [each.text for each in lines[index : index + 3]]
    if not any(text[0].isdigit() for text in texts[:2]):
        return None
    for size, pattern in _FORMS:
        if len(texts) < size or len(texts[size - 1]) > LONGEST:
            continue
        match = pattern.fullmatch(" ".join(texts[:size]))
        if match and (made := _made(match, day_first if pattern is _LAST_YEAR else None)):
            first, linked = lines[index], sum(each.linked for each in lines[index : index + size])
            return Line(made, first.element, linked, first.foreign, index)
    return None


def _made(match: re.Match[str], day_first: bool | None) -> str:
    """Return the date, nothing where its month is none."""
    group = match.groupdict()
    month = int(group["m"]) if "m" in group else words.month(group["n"]) or 0
    day = int(group["d"])
    if day_first or month > 12:
        month, day = day, month
    return f"{group['y']}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
