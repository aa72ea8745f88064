"""Dates of a page or of a line: published and modified stamps, never in the future of the fetch."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from pipelines.metadata import clocks, datelines, ledes, marks, moments, orders, words
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.jsonld import Facts
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Line, Page, Sighting, text_of
from pipelines.model import Stamp

find_stamp = datelines.find_stamp
LEAST_TRUST = datelines.LEAST_TRUST
_ANY_DAY = datetime(2024, 1, 1)  # noqa: DTZ001
MAX_DATELINE = 200
"""Characters of the longest line on which the words before a time say what it is."""
DATA_TRUST = 7.0
"""Trust from which a date is one of the page's data, not of its text."""
_NOT_OURS = re.compile(r"expire|event|birth|comment|copyright")
_DATE_NAME = re.compile(r"(?<!up)date|time|_at$|_on$|updated?$|datum|fecha")
_NO_DATE_NAME = re.compile(
    r"expir|event|(?:^|[-_:.])(?:end|start)|timezone|valid|unpublish|birth|death|copyright|embargo|comment|image|video"
)
_OUT_NAME = re.compile(
    r"publ|pub[-_:. ]?(?:date|time)|creat|issue|post|release|first|article|display|story|news|online"
)
_STACKED = re.compile(r"^\s*(20\d\d)\s{0,3}([01]\d)\s?/\s?([0-3]\d)\s?(?=\d\d:|$)")
"""A year above its month and day, each in an element of its own."""
_VALUES = (
    "datetime",
    "content",
    "data-time",
    "data-date",
    "data-timestamp",
    "data-datetime",
    "data-published",
    "data-publishtime",
    "data-publish-time",
    "data-utime",
    "publishtime",
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
    url_day = orders.from_url(context)
    stated = [*_read_all([facts.published], 9.0, context)]
    named = [*_read_all(page.meta(*_names("published")), 8.0, context)]
    named += _read_all(_alike(page, "published"), 7.5, context)
    times = sorted(page.times[:400], key=lambda each: context.distance(each.line))[:40]
    named_changes = marks.changes(times)
    seen = [*datelines.visible(page.lines, context, named_changes)]
    dated = [each for each in (*times, *page.hints[:600]) if each.element.tag == "time" or "date" in each.roles]
    seen += [found for each in dated for found in _marked(each, context, page.lines, named_changes)]
    shown = [found for kind, found in seen if kind == "published"]
    updates = [found for kind, found in seen if kind == "modified"]
    modified = [
        *_read_all([facts.modified], 9.0, context),
        *_read_all(page.meta(*_names("modified")), 8.0, context),
        *_read_all(_alike(page, "modified"), 7.5, context),
        *updates,
    ]
    # "2024-01-19 06:40 更新" under the title is often all a page says of its date.
    # But not where the same line states when it was out.
    lines = {found.distance for found in shown if found.trust >= LEAST_TRUST} - {datelines.FAR}
    # Nor where the address has an earlier day.
    last_day = url_day.moment.day if url_day else date.max
    updated = [replace(found, trust=found.trust - 0.6) for found in updates if found.distance not in lines]
    updated = [found for found in updated if found.moment.day <= last_day]
    changed = {each.moment.day for each in modified}
    published = _agreed([stated, named, [*shown, *updated], [url_day] if url_day else []], changed)
    published = [each for each in published if each.trust >= LEAST_TRUST]
    # A page whose data states one date only, that of its last change, was out on that day.
    first = max(published or modified, key=lambda each: each.trust, default=None)
    if first is not None:
        changes = {each.stamp for each in updates}
        own = [each for each in published if each.stamp not in changes]
        first = _zoned(_timed(first, own, context), own)
    last = max(modified, key=lambda each: each.trust, default=None)
    last = last and _timed(last, modified, context)
    if last is not None and last.moment.zone is None and (told := _zoned(last, shown)).moment.zone is not None:
        # "3:53 p.m. EST" by the title is the 15:53 of the page's data, whose other times are of the same zone.
        first, last = first and _in_zone_of(first, last, told), told
    if first is not None and first.trust >= 7.0:
        first = _as_shown(first, shown, last)
    if first is None:
        first = ledes.find(page.lines, context)
    last = last or ledes.changed(page.lines, context)
    if first is not None and first.stamp.precision == "day":
        first = clocks.timed(first, page.lines, context)
    if first and last and last.stamp.at < first.stamp.at:
        last = None
    return (first.stamp if first else None), (last.stamp if last else None)


def _agreed(groups: Sequence[Sequence[Found]], changed: Collection[date]) -> list[Found]:
    """Return the dates of all sources; one that other sources state too is trusted more.

    The last source is the address, which counts twice. Days of a change agree with one another, too, and win nothing;
    nor does the day of the printed edition or of another zone, next to the one that the first source states.
    """
    days = [{each.moment.day for each in group} for group in groups]
    beside = {day + timedelta(days=step) for day in days[0] for step in (-1, 1)}
    out = []
    for position, group in enumerate(groups):
        for each in group:
            day = each.moment.day
            others = sum(day in said for number, said in enumerate(days[:-1]) if number != position)
            bonus = 0.0 if day not in days[0] and (day in changed or day in beside) else 1.1 * others
            address = 2.0 if day in days[-1] and position < len(groups) - 1 else 0.0
            out.append(replace(each, trust=each.trust + bonus + address))
    return out


def _timed(first: Found, published: Sequence[Found], context: Context) -> Found:
    """Return the date, or for one without a time the most trusted of the same day that has one, a zoned one first.

    It stands in the page's data or by the title: farther off, the time may be another article's.
    """
    if first.stamp.precision != "day":
        return first
    day = first.moment.day
    timed = [
        each
        for each in published
        if each.moment.day == day
        and each.stamp.precision != "day"
        and (
            each.distance <= datelines.BESIDE_TITLE
            or each.distance == first.distance < datelines.FAR
            or (each.distance == datelines.FAR and each.trust >= DATA_TRUST)
        )
        and (not _in_utc(each.moment) or each.stamp.at.astimezone(context.timezone or UTC).date() == day)
    ]
    return max(timed, key=lambda each: (each.moment.zone is not None, each.trust), default=first)


def _zoned(first: Found, published: Sequence[Found]) -> Found:
    """Return the date in the zone that an attribute names: of the same wall time, or the same instant on its line."""
    moment = first.moment
    if moment.hour is None or moment.zone is not None:
        return first
    wall = (moment.day, moment.hour, moment.minute)
    others = [each for each in published if each.moment.zone is not None]
    for each in others:
        if (each.moment.day, each.moment.hour, each.moment.minute) == wall:
            return each
    beside = (each for each in others if each.distance == first.distance < datelines.FAR)
    return next((made for each in beside if (made := in_zone(first, each)) is not None), first)


def _in_zone_of(first: Found, last: Found, told: Found) -> Found:
    """Return a date of the page's data in the zone that its text gives another of them, which is ``told`` so."""
    zone = told.moment.zone
    if zone is None or first.moment.hour is None or first.moment.zone is not None or first.trust < DATA_TRUST:
        return first
    if first.stamp == last.stamp:
        return replace(told, trust=first.trust)
    moment = replace(first.moment, zone=zone)
    return replace(first, moment=moment, stamp=replace(first.stamp, at=moment.instant(zone)))


def _but(shown: Sequence[Found], last: Found | None) -> list[Found]:
    """Return the dates that are shown but those that say, to the minute, when the page was changed."""
    if last is None or last.moment.hour is None:
        return list(shown)
    return [
        each
        for each in shown
        if (each.moment.day, each.moment.hour, each.moment.minute)
        != (last.moment.day, last.moment.hour, last.moment.minute)
    ]


def in_zone(first: Found, other: Found) -> Found | None:
    """Return a wall time at the instant of another date if they differ as two zones do: by half hours, 14 h at most."""
    wall, zoned = first.moment, other.moment
    if wall.hour is None or zoned.hour is None or wall.zone is not None or zoned.zone is None:
        return None
    if wall.second is not None and zoned.second is not None and wall.second != zoned.second:
        return None
    apart = timedelta(
        days=(wall.day - zoned.day).days, hours=wall.hour - zoned.hour, minutes=wall.minute - zoned.minute
    )
    if abs(apart) > timedelta(hours=14) or apart % timedelta(minutes=30):
        return None
    return replace(first, stamp=replace(first.stamp, at=other.stamp.at))


def lacks_zone(published: Stamp, context: Context) -> bool:
    """Tell whether a stamp is a wall time that neither the page nor the site's country gives a zone."""
    if context.timezone is not None or published.precision == "day":
        return False
    wall = next(iter(moments.find(published.raw, day_first=context.day_first)), None)
    return wall is not None and wall.zone is None and wall.hour is not None and wall.instant(None) == published.at


def told(published: Stamp | None, stated: Found) -> Stamp:
    """Return the date that a script states, or the page's own wall time at the instant of the script's."""
    if published is None:
        return stated.stamp
    wall = moments.find(published.raw, day_first=True)[0]
    made = in_zone(Found(published, wall, 0.0), stated)
    return published if made is None else made.stamp


def _alike(page: Page, kind: str) -> Iterator[str]:
    """Yield the values of meta elements that no list names but whose own names say what they hold ("post-pub_date")."""
    listed = {name for names in ("published", "modified") for name in _names(names)}
    for name, values in page.metas.items():
        if name not in listed and _kind(name) == kind:
            yield from values


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    """Return which date a meta element of this name holds: published, modified, or neither."""
    if not _DATE_NAME.search(name) or _NO_DATE_NAME.search(name):
        return ""
    return "modified" if marks.CHANGED.search(name) else "published" if _OUT_NAME.search(name) else ""


def _in_utc(moment: Moment) -> bool:
    """Tell whether a moment has a time that is told in UTC: its day need not be the one that readers see."""
    return moment.hour is not None and moment.zone is not None and not moment.zone.utcoffset(_ANY_DAY)


def _as_shown(first: Found, shown: Sequence[Found], last: Found | None) -> Found:
    """Return the date of the data as the dateline by the title shows it, unless that is the page's ``last`` change.

    The data's instant in UTC can fall on another day than readers see; a content system that was moved or a page that
    was published again carries a later day in its data than under its title.
    """
    near = [each for each in shown if each.trust >= 5.0 and each.distance <= 6]
    if any(each.moment.day == first.moment.day for each in near):
        return first
    best = max(_but(near, last), key=lambda each: each.trust, default=None)
    if best is None:
        return first
    gap = (first.moment.day - best.moment.day).days
    if abs(gap) == 1 and first.stamp.precision == "day":
        return best
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


def _marked(
    sighting: Sighting, context: Context, lines: Sequence[Line], changes: Mapping[int, Sequence[str]]
) -> Iterator[tuple[str, Found]]:
    """Yield (published or modified, date) of a ``time`` element or of one whose class or itemprop says date."""
    element = sighting.element
    names = marks.names(element)
    if _NOT_OURS.search(names):
        return
    distance = context.distance(sighting.line)
    out = marks.is_out(element, names)
    end = context.body_end
    # The foot of an article is no frame where the element says that it holds the date of the entry.
    framed = 0.8 if out and end is not None and -4 <= sighting.line - end <= 4 else 3.0
    trust = 4.0 + context.near(sighting.line) - min(framed, context.framed(sighting.line, sighting.foreign))
    if "datepublished" in names or element.get("pubdate") is not None:
        trust += 2.0
    text = _STACKED.sub(r"\1-\2-\3 ", text_of(element, marks.MAX_TEXT))
    told = context.read(text) if len(text) <= 100 else None
    said = datelines.label(text, told[1]) if told else datelines.said(text[:40])
    if not said and text not in changes.get(sighting.line, ()):
        said = _before(text, sighting, context, lines)
    if said == "foreign":
        return
    if not out and said != "published":
        trust -= context.amid(sighting.line)
    kind = said or ("modified" if marks.is_change(element, names) else "published")
    values = (made for name in _VALUES if (value := element.get(name)) and (made := context.read(value)))
    value = next(values, None)
    found = Found(*value, trust + 0.2, distance) if value else Found(*told, trust, distance) if told else None
    if found and (said or out or not datelines.is_todays(lines, sighting.line, element, found, context)):
        yield kind, found


def _before(text: str, sighting: Sighting, context: Context, lines: Sequence[Line]) -> str:
    """Return what the words before an element on its line call it, where they say so: "Updated: <time>2 May</time>"."""
    line = lines[sighting.line].text if sighting.element.tag == "time" and sighting.line < len(lines) else ""
    place = line.find(text) if text and len(line) <= MAX_DATELINE else -1
    if place <= 0:
        return ""
    said = datelines.said(line[max(0, place - 40) : place])
    if said not in ("published", "modified"):
        return said
    # What stands before another date is said of that one: "Posted on <time>1 May</time> <time>2 May</time>".
    ends = [moment.end for moment in moments.find(line[:place], day_first=context.day_first)]
    return datelines.said(line[max(place - 40, *ends) : place]) if ends else said


def utc(moment: datetime) -> datetime:
    """Return an aware time in UTC; a naive one is taken for UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
