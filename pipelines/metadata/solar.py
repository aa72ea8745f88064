"""Dates of the Solar Hijri calendar, by which Iran and Afghanistan date their pages: ۲۹ دی ۱۴۰۴, 1404/10/29."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from pipelines.metadata import words

# Of 1981 to 2040: the years that Islamic countries count by the moon are in the 1440s now.
_YEAR = r"(?P<y>1(?:3[6-9]|4[01])\d)"
_NUMERIC = re.compile(rf"(?<![\d/.-]){_YEAR}(?P<s>[/-])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?![\d/]|-\d)")
_LATIN = re.compile("[A-Za-z]{2}")
_EPOCH = 226_894
"""Days of the common era before the year 1, one less than there were: the count of leap years begins with one."""
_LONG = 31 * 6


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_months(), key=len, reverse=True)))
    return re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})\s?(?:ام\s)?(?P<n>{names})[\s\u200c,]{{0,2}}(?:ماه\s)?(?:سال\s)?{_YEAR}(?!\d)"
    )


@cache
def _months() -> dict[str, int]:
    rows = words.table("months")["solar"]
    return {name: number for number, row in enumerate(rows, 1) for name in row}


def find(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield (start, end, day) of the dates of a folded text; numbers may stand alone, but not beside Latin words."""
    if not _LATIN.search(text):
        for match in _NUMERIC.finditer(text):
            yield from _made(match, int(match["m"]))
    if not text.isascii():
        for match in _named().finditer(text):
            yield from _made(match, _months()[match["n"]])


def _made(match: re.Match[str], month: int) -> Iterator[tuple[int, int, date]]:
    day = int(match["d"])
    if 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30):
        yield match.start(), match.end(), gregorian(int(match["y"]), month, day)


def gregorian(year: int, month: int, day: int) -> date:
    """Return a day of the Solar Hijri calendar in the common one; since 1375 eight of its 33 years are leap years."""
    before = (month - 1) * 31 if month <= 7 else _LONG + (month - 7) * 30
    leap = (8 * year + 21) // 33
    return date.fromordinal(_EPOCH + 365 * (year - 1) + leap + before + day)
