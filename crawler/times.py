"""The times that feeds, sitemaps and addresses state, in the many forms in which sites write them. Pure, no clock."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from pipelines.metadata import moments

_MAX = 80
"""Characters of the longest stamp; what is longer is a text that has a date somewhere."""
_YEARS = range(1990, 2100)
"""Years that a time may be of. Programs write the year 1, 1900 or 1970 for none at all, and feedparser reads the year
1794 in a number of seconds."""
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")
"""Seconds or milliseconds since 1970, of the years 2001 to 2033."""
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_MONTH, _DAY = "(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_FOLDERS = re.compile(rf"/((?:19|20)\d\d)(?:/?{_MONTH}/?{_DAY}(?=/)|/{_MONTH}(?=/)|([-_]){_MONTH}(?:\5|/){_DAY}(?!\d))")
"""A day or month that is folders of its own or written with dashes: what no number of an article looks like."""


def read(text: str) -> datetime | None:
    """Read a date or time in UTC; None if it is none. A time without zone is taken as UTC."""
    text = text.strip()
    at = _read(text) if text and len(text) <= _MAX else None
    return at if at and at.year in _YEARS else None


def _read(text: str) -> datetime | None:
    """Read seconds since 1970 before ISO 8601, which finds the year 1753 in 1753082550143."""
    if match := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC)
    if re.fullmatch(r"\d{4}-\d\d", text):
        text += "-01"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _loosely(text)
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:
        return None


def _loosely(text: str) -> datetime | None:
    """Read what is no ISO 8601: RFC 822, slashes and dots, 2026年11月20日."""
    found = next(iter(moments.find(text)), None)
    try:
        return found.instant(None) if found else None
    except (OverflowError, ValueError):
        return None


def of_entry(entry: Any, name: str) -> datetime | None:
    """Return a feed entry's time as it is written, else as feedparser reads it, if that can be."""
    # dict.get: feedparser's own warns that it gives the publication for a missing update.
    if at := read(str(dict.get(entry, name) or "")):
        return at
    stamp = dict.get(entry, f"{name}_parsed")
    try:
        at = datetime.fromtimestamp(calendar.timegm(stamp), UTC) if stamp else None
    except (ValueError, OverflowError, TypeError, OSError):
        return None
    return at if at and at.year in _YEARS and at.timetuple().tm_yday > 1 else None


def latest_by_address(url: str) -> float | None:
    """Return the last instant (seconds since 1970) of the day or month that an address names, or None.

    ``/2026/11/20/``, ``/n1/2026/1120/``, ``/20261120/`` name a day, ``/2026/11/`` and ``sitemap-2026-11.xml`` a month.
    """
    for year, month, day in _IN_ADDRESS.findall(urlsplit(url).path):
        if (last := _last_instant(year, month, day)) is not None:
            return last
    return None


def latest_by_folders(url: str) -> float | None:
    """Return the same where the address leaves no doubt, as what is left alone for it would be missed.

    ``/2026/11/20/``, ``/2026/1120/``, ``/20261120/``, ``/2026-11/20/``, ``/2026-11-20-title`` and ``/2026/11/``.
    """
    match = _FOLDERS.search(urlsplit(url).path)
    if match is None:
        return None
    year, month, day, only_month, _, dashed_month, dashed_day = match.groups()
    return _last_instant(year, month or only_month or dashed_month, day or dashed_day)


def _last_instant(year: str, month: str, day: str | None) -> float | None:
    """Return when a day ends, or a month; None for a day that there is not."""
    last = calendar.monthrange(int(year), int(month))[1]
    if day and int(day) > last:
        return None
    return float(calendar.timegm((int(year), int(month), int(day or last), 23, 59, 59)))
