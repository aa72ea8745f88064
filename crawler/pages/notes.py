"""What programs note in a page that they save: its address, and when they saved it.

Internet Explorer and Chromium, SingleFile, Save Page WE, WebScrapBook, monolith and HTTrack do so, each in its own
words. A file's own time is no match for it: it is that of the last copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JAVASCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d):(\d\d):(\d\d) GMT([+-])(\d\d)(\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """``url`` is the page's address, ``saved_at`` (UTC) the time it was saved; None where none is noted."""

    url: str | None = None
    saved_at: datetime | None = None


def read_note(body: bytes) -> Note:
    """Return what the program that saved a page noted in it, an empty note for a page as it was sent."""
    for program in _PROGRAMS:
        noted = program.mark.search(body, 0, program.within)
        if noted is None:
            continue
        when = program.time.search(body, noted.start(), noted.end() + _NEAR) if program.time else noted
        named = unescape(_text(noted["url"]))
        url = named if named.startswith(("http://", "https://")) else f"http://{named}"
        return Note(url=url, saved_at=_moment(program.read, _text(when["at"])) if when and program.read else None)
    return Note()


def compact(digits: str) -> datetime | None:
    """Return the time (UTC) of 4 to 14 digits or more, year first, as web archives write it: ``20240119100800``."""
    parts = [int(digits[at : at + 2]) for at in range(4, min(len(digits), 14) - 1, 2)]
    try:
        return datetime(int(digits[:4]), *[*parts, *(1, 1)[len(parts) :]], tzinfo=UTC)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _text(value: bytes) -> str:
    return " ".join(value.decode("utf-8", "replace").split())


def _moment(read: Callable[[str], datetime | None], text: str) -> datetime | None:
    """Return the time that a text stands for, None for one that is none or has no zone."""
    try:
        found = read(text)
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _javascript(text: str) -> datetime | None:
    """Read a time as JavaScript writes it: ``Fri Jan 19 2024 18:08:00 GMT+0800 (China Standard Time)``."""
    found = _JAVASCRIPT.match(text)
    if found is None:
        return None
    month, day, year, hour, minute, second, sign, hours, minutes = found.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    when = (int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second))
    return datetime(*when, tzinfo=timezone(ahead))


@dataclass(frozen=True, slots=True)
class _Program:
    """``mark`` finds the address in the first ``within`` bytes, ``time`` the time near it (else it is in the mark)."""

    mark: re.Pattern[bytes]
    within: int
    read: Callable[[str], datetime | None] | None = None
    time: re.Pattern[bytes] | None = None


_HEAD = 8_192
"""Bytes from the start in which a comment at the top of a page stands."""
_ANYWHERE = 16 * 2**20
"""Save Page WE writes at the end of the head, behind the styles that it has put into the page."""
_NEAR = 2_048
"""Bytes behind an address in which the same program's time stands."""
_PROGRAMS = (
    _Program(re.compile(rb"<!--\s*saved from url=\(\d+\)(?P<url>https?://[^\s>]+?)\s*-->"), _HEAD),
    _Program(
        re.compile(rb"<!--\s*(?:Page saved with|Archive processed by) SingleFile\s+url:\s*(?P<url>https?://\S+)"),
        _HEAD,
        _javascript,
        re.compile(rb"\n\s*saved date:\s*(?P<at>[^\n]+?)\s*(?:\n|-->)"),
    ),
    _Program(
        re.compile(rb"<!--\s*Saved from (?P<url>https?://\S+) at (?P<at>\d{4}-\S+) using monolith\b"),
        _HEAD,
        datetime.fromisoformat,
    ),
    _Program(
        re.compile(
            rb"<!--\s*Mirrored from (?P<url>[^\s<>]+) by HTTrack Website Copier/[^,<>]{0,60}, "
            rb"(?P<at>[^<>]{10,40}?)\s*-->"
        ),
        _HEAD,
        parsedate_to_datetime,
    ),
    _Program(
        re.compile(rb"<html\b[^>]{0,2000}?\sdata-scrapbook-source=\"(?P<url>https?://[^\"]+)\""),
        _HEAD,
        compact,
        re.compile(rb"\sdata-scrapbook-create=\"(?P<at>\d{14,17})\""),
    ),
    _Program(
        re.compile(rb"<meta name=\"savepage-url\" content=\"(?P<url>https?://[^\"]+)\""),
        _ANYWHERE,
        _javascript,
        re.compile(rb"<meta name=\"savepage-date\" content=\"(?P<at>[^\"]{20,120})\""),
    ),
)
