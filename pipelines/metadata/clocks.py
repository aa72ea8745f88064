"""The time of a day that is known: of the line by the title that says it without the year ("March 18 at 3:57 PM")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipelines.metadata import apart, datelines, moments, words
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.tree import Line

BEFORE, BEHIND = 6, 20
"""Lines around the title that are looked at, those behind it up to the second paragraph."""
MAX_LINE = 120
MAX_REST = 60
"""Letters besides the date and its time that such a line may have."""
_TIME = re.compile(r"\d\s?[:.h時时点點시]\s?\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAME_DAY = re.compile(r"(?P<n>[^\W\d_]{3,12})\.?\s(?P<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:.h])")
_DAY_NAME = re.compile(r"(?<![\d:.])(?P<d>\d{1,2})\.?(?:st|nd|rd|th)?\s(?:de\s|d['’])?(?P<n>[^\W\d_]{3,12})\b\.?")
_MONTH_DAY = re.compile(r"(?<![\d./-])(?P<m>\d{1,2})(?:[-/]|月|월\s?)(?P<d>\d{1,2})(?:日|일)?(?![\d./-])")


def timed(first: Found, lines: Sequence[Line], context: Context) -> Found:
    """Return a date without a time with that of the line by the title that says its day and the hour, not the year.

    A line with the whole date would say the hour as well: where there is one, nothing is looked for.
    """
    if context.title_line is None:
        return first
    # A caption may stand above the line.
    last = min([context.title_line + BEHIND, *[each for each in context.prose if each > context.title_line][1:2]])
    near = lines[max(0, context.title_line - BEFORE) : last]
    days = (moment.day for line in near for moment in moments.find(line.text, day_first=context.day_first))
    if first.moment.day in days:
        return first
    for line in near:
        text = line.text
        if len(text) > MAX_LINE or line.foreign is not None or not _TIME.search(text) or _YEAR.search(text):
            continue
        if made := _made(text, first, context):
            return made
    return first


def _made(text: str, first: Found, context: Context) -> Found | None:
    """Return the date with the time that a line says of its day, None where it says none or of another date."""
    day = first.moment.day
    text = moments.fold(text)
    for start, end in _places(text, day):
        spelled = f"{text[:start]}{day.isoformat()}{text[end:]}"
        found = moments.find(spelled)
        if len(found) != 1 or found[0].hour is None or found[0].day != day:
            continue
        moment = replace(found[0], start=min(found[0].start, start), end=max(end, found[0].end - 10 + end - start))
        rest = moment.letters_beside(text)
        name = datelines.label(text, moment)
        if rest > MAX_REST or name not in ("", "published") or not (name or apart.is_free(text, moment)):
            continue
        made = datelines.stamp(moment, text, fetched_at=context.fetched_at, timezone=context.timezone)
        if made and made.precision != "day":
            return Found(made, moment, first.trust, first.distance)
    return None


def _places(text: str, day: date) -> Iterator[tuple[int, int]]:
    """Yield where a text says the month and the day of a date."""
    for pattern in (_NAME_DAY, _DAY_NAME, _MONTH_DAY):
        for match in pattern.finditer(text):
            group = match.groupdict()
            month = int(group["m"]) if "m" in group else words.month(group["n"])
            if month == day.month and int(group["d"]) == day.day:
                yield match.span()
