"""Dates of a page or of a line: published and modified stamps, never in the future of the fetch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from pipelines.metadata import datelines, moments, words
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.jsonld import Facts
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Line, Page, Sighting, text_of
from pipelines.model import Stamp

find_stamp = datelines.find_stamp
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/_.](0?[1-9]|1[0-2])[-/_.](0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"|/([a-z]{3,9})/(\d\d?))(?!\d)",
    re.IGNORECASE,
)
_ANY_DAY = datetime(2024, 1, 1)  # noqa: DTZ001
LEAST_TRUST = 3.0
"""A date that is trusted less stands in a frame or far from the article: it is another article's or a comment's."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?\d\d(?![\d/])")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"modif|updat|expire|event|birth|comment|copyright")
_VALUES = (
    "datetime",
    "content",
    "data-time",
    "data-date",
    "data-timestamp",
    "data-datetime",
    "data-published",
    "title",
)


def local_day(found: Stamp, timezone: tzinfo | None) -> str:
    """Return the calendar day (YYYY-MM-DD) readers see: that of the characters, a UTC instant's day in ``timezone``."""
    readings = [*moments.find(found.raw, day_first=True), *moments.find(found.raw, day_first=False)]
    for moment in readings:
        # Of the two readings of 3/4/2024, the one that the stamp was made of.
        if abs((moment.day - found.at.date()).days) <= 1 and not _in_utc(moment):
            return moment.day.isoformat()
    if found.precision == "day":
        return found.at.date().isoformat()
    return found.at.astimezone(timezone or UTC).date().isoformat()


def find(page: Page, facts: Facts, context: Context) -> tuple[Stamp | None, Stamp | None]:
    """Return (published, modified); each the page's own or None."""
    url_day = from_url(context)
    data = [*_read_all([facts.published], 9.0, context), *_read_all(page.meta(*_names("published")), 8.0, context)]
    marked = [found for each in (*page.times[:40], *page.hints[:600]) for found in _marked(each, context)]
    seen = list(datelines.visible(page.lines, context))
    shown = [found for kind, found in seen if kind == "published"] + marked
    updates = [found for kind, found in seen if kind == "modified"]
    modified = [
        *_read_all([facts.modified], 9.0, context),
        *_read_all(page.meta(*_names("modified")), 8.0, context),
        *updates,
    ]
    # "2024-01-19 06:40 更新" under the title is often all a page says of its date.
    published = [*data, *shown, *(replace(found, trust=found.trust - 0.6) for found in updates)]
    if url_day:
        day = url_day.moment.day
        published = [replace(each, trust=each.trust + 2.0 * (each.moment.day == day)) for each in published]
        published.append(url_day)
    published = [each for each in published if each.trust >= LEAST_TRUST]
    # A page whose data states one date only, that of its last change, was out on that day.
    first = max(published or modified, key=lambda each: each.trust, default=None)
    if first is not None and first.trust >= 7.0:
        first = _as_shown(first, shown)
    last = max(modified, key=lambda each: each.trust, default=None)
    if first and last and last.stamp.at < first.stamp.at:
        last = None
    return (first.stamp if first else None), (last.stamp if last else None)


def _in_utc(moment: Moment) -> bool:
    """Tell whether a moment has a time that is told in UTC: its day need not be the one that readers see."""
    return moment.hour is not None and moment.zone is not None and not moment.zone.utcoffset(_ANY_DAY)


def _as_shown(first: Found, shown: Sequence[Found]) -> Found:
    """Return the date of the data as the dateline by the title shows it.

    The data's instant in UTC can fall on another day than readers see; a content system that was moved or a page that
    was published again carries a later day in its data than under its title.
    """
    near = [each for each in shown if each.trust >= 5.0 and each.distance <= 6]
    if any(each.moment.day == first.moment.day for each in near):
        return first
    best = max(near, key=lambda each: each.trust, default=None)
    if best is None:
        return first
    gap = (first.moment.day - best.moment.day).days
    local = first.moment.zone is not None and not _in_utc(first.moment)
    if abs(gap) == 1 and first.moment.hour is not None:
        if local:
            return first
        return replace(first, stamp=replace(first.stamp, raw=best.stamp.raw))
    return best if gap > 1 else first


def _names(kind: str) -> list[str]:
    """Return the names of the meta elements that hold dates of this kind."""
    return list(words.table("fields")[kind])


def _read_all(values: Sequence[str] | Iterator[str], trust: float, context: Context) -> Iterator[Found]:
    """Yield what values say, each a little less trusted than the one before."""
    for position, value in enumerate(values):
        if made := context.read(value):
            yield Found(*made, trust - 0.01 * min(position, 20))


def _marked(sighting: Sighting, context: Context) -> Iterator[Found]:
    """Yield the date of a ``time`` element or of one whose class or itemprop says date."""
    element = sighting.element
    if element.tag != "time" and "date" not in sighting.roles:
        return
    names = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id")).lower()
    if _NOT_PUBLISHED.search(names):
        return
    distance = context.distance(sighting.line)
    trust = 4.0 + context.near(sighting.line) - context.framed(sighting.line, sighting.foreign)
    if "datepublished" in names or element.get("pubdate") is not None:
        trust += 2.0
    for name in _VALUES:
        value = element.get(name)
        if value and (made := context.read(value)):
            yield Found(*made, trust + 0.2, distance)
            return
    text = text_of(element, 120)
    if len(text) <= 100 and (made := context.read(text)) and datelines.label(text, made[1]) in ("", "published"):
        yield Found(*made, trust, distance)


def from_url(context: Context) -> Found | None:
    """Return the day that the address itself states (/2024/01/19/, /2023/october/03/, t20240119_)."""
    url = _ARCHIVE.sub("", context.url[:500])
    for match in _URL_DAY.finditer(url):
        year, parted_month, parted_day, glued_month, glued_day, name, named_day = match.groups()
        month = parted_month or glued_month or words.months().get((name or "").lower())
        day = parted_day or glued_day or named_day
        if month and (made := context.read(f"{year}-{month}-{day}")):
            stamp = Stamp(at=made[0].at, raw=match.group(), precision="day")
            return Found(stamp, made[1], 5.0 if glued_month else 5.5)
    return None


def day_first(language: str | None, suffix: str) -> bool | None:
    """Return whether 3/4/2024 is the 3rd of April: by the page's language and country domain; None where unknown."""
    tag = (language or "").lower()
    if tag.startswith("en"):
        if tag == "en-us" or suffix in ("us", "gov", "mil", "edu"):
            return False
        return (
            True
            if tag in ("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za") or suffix in words.countries()
            else None
        )
    if tag.startswith(("zh", "ja", "ko", "hu", "lt")):
        return None
    return True if tag else None


def order_on(lines: Sequence[Line]) -> bool | None:
    """Return whether the page itself writes the day first, by its unambiguous dates (1/19/2024 or 19/1/2024)."""
    seen = set()
    for line in lines[:2000]:
        if "/" in line.text:
            for first, second in _SLASHED.findall(line.text[:300]):
                if max(int(first), int(second)) <= 31 and (int(first) > 12) != (int(second) > 12):
                    seen.add(int(first) > 12)
    return seen.pop() if len(seen) == 1 else None


def utc(moment: datetime) -> datetime:
    """Return an aware time in UTC; a naive one is taken for UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
