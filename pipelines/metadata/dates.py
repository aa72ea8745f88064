"""Dates of a page or of a line: published and modified stamps, never in the future of the fetch."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from pipelines.metadata import datelines, moments, sites, words
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.jsonld import Facts
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Page, Sighting, text_of
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
BESIDE_TITLE = 6
"""Lines from the title within which a time belongs to the article; the datelines of 533 public pages stand there."""
DATA_TRUST = 7.0
"""Trust from which a date is one of the page's data, not of its text."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?(\d\d)(?![\d/])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_FIRST = frozenset({"us", "gov", "mil", "edu", "ph"})
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_NOT_OURS = re.compile(r"expire|event|birth|comment|copyright")
_DATE_NAME = re.compile(r"(?<!up)date|time|_at$|_on$|updated?$|datum|fecha")
_NO_DATE_NAME = re.compile(
    r"expir|event|(?:^|[-_:.])(?:end|start)|timezone|valid|unpublish|birth|death|copyright|embargo|comment|image|video"
)
_CHANGED_NAME = re.compile(r"modif|updat|revis|chang|edit|aktualis")
_OUT_NAME = re.compile(
    r"publ|pub[-_:. ]?(?:date|time)|creat|issue|post|release|first|article|display|story|news|online"
)
_STACKED = re.compile(r"^\s*(20\d\d)\s{0,3}([01]\d)\s?/\s?([0-3]\d)\s?(?=\d\d:|$)")
"""A year above its month and day, each in an element of its own."""
_OUT = re.compile(r"datepublished|entry-date|post-date|(?:^|[\s_-])publish(?:ed)?(?:$|[\s_-])|pub-?date")
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
    stated = [*_read_all([facts.published], 9.0, context)]
    named = [*_read_all(page.meta(*_names("published")), 8.0, context)]
    named += _read_all(_alike(page, "published"), 7.5, context)
    times = sorted(page.times[:400], key=lambda each: context.distance(each.line))[:40]
    seen = [*datelines.visible(page.lines, context)]
    dated = [each for each in (*times, *page.hints[:600]) if each.element.tag == "time" or "date" in each.roles]
    seen += [found for each in dated for found in _marked(each, context)]
    shown = [found for kind, found in seen if kind == "published"]
    updates = [found for kind, found in seen if kind == "modified"]
    modified = [
        *_read_all([facts.modified], 9.0, context),
        *_read_all(page.meta(*_names("modified")), 8.0, context),
        *_read_all(_alike(page, "modified"), 7.5, context),
        *updates,
    ]
    # "2024-01-19 06:40 更新" under the title is often all a page says of its date.
    updated = [replace(found, trust=found.trust - 0.6) for found in updates]
    changed = {each.moment.day for each in modified}
    published = _agreed([stated, named, [*shown, *updated], [url_day] if url_day else []], changed)
    published = [each for each in published if each.trust >= LEAST_TRUST]
    # A page whose data states one date only, that of its last change, was out on that day.
    first = max(published or modified, key=lambda each: each.trust, default=None)
    if first is not None:
        changes = {each.stamp for each in updates}
        own = [each for each in published if each.stamp not in changes]
        first = _zoned(_timed(first, own, context), own)
    if first is not None and first.trust >= 7.0:
        first = _as_shown(first, shown)
    last = max(modified, key=lambda each: each.trust, default=None)
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
        and (each.distance <= BESIDE_TITLE or (each.distance == datelines.FAR and each.trust >= DATA_TRUST))
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
    return "modified" if _CHANGED_NAME.search(name) else "published" if _OUT_NAME.search(name) else ""


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


def _marked(sighting: Sighting, context: Context) -> Iterator[tuple[str, Found]]:
    """Yield (published or modified, date) of a ``time`` element or of one whose class or itemprop says date."""
    element = sighting.element
    names = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id", "property")).lower()
    if _NOT_OURS.search(names):
        return
    distance = context.distance(sighting.line)
    out = _OUT.search(names) is not None or element.get("pubdate") is not None
    end = context.body_end
    # The foot of an article is no frame where the element says that it holds the date of the entry.
    framed = 0.8 if out and end is not None and -4 <= sighting.line - end <= 4 else 3.0
    trust = 4.0 + context.near(sighting.line) - min(framed, context.framed(sighting.line, sighting.foreign))
    if "datepublished" in names or element.get("pubdate") is not None:
        trust += 2.0
    text = _STACKED.sub(r"\1-\2-\3 ", text_of(element, 120))
    told = context.read(text) if len(text) <= 100 else None
    said = datelines.label(text, told[1]) if told else datelines.said(text[:40])
    if said == "foreign":
        return
    if not out and said != "published":
        trust -= context.amid(sighting.line)
    # Themes call the date of an entry "published updated" as long as nobody has changed it.
    kind = said or ("modified" if not out and _CHANGED_NAME.search(names) else "published")
    values = (made for name in _VALUES if (value := element.get(name)) and (made := context.read(value)))
    if made := next(values, None):
        yield kind, Found(*made, trust + 0.2, distance)
    elif told:
        yield kind, Found(*told, trust, distance)


def from_url(context: Context) -> Found | None:
    """Return the day that the address itself states (/2024/01/19/, /2023/october/03/, t20240119_)."""
    found = _url_day(context.url)
    if found and (made := context.read("-".join(found[:3]))):
        stamp = Stamp(at=made[0].at, raw=found[3], precision="day")
        return Found(stamp, made[1], found[4])
    return None


def _url_day(url: str) -> tuple[str, str, str, str, float] | None:
    """Return (year, month, day, its characters, trust) of the day that an address states."""
    for match in _URL_DAY.finditer(_ARCHIVE.sub("", url[:500])):
        year, parted_month, parted_day, glued_month, glued_day, name, named_day = match.groups()
        month = parted_month or glued_month or words.months().get((name or "").lower())
        day = parted_day or glued_day or named_day
        if month:
            return year, str(month), day, match.group(), 5.0 if glued_month else 5.5
    return None


def order(page: Page, language: str | None, url: str) -> bool | None:
    """Return whether 3/4/2024 is the 3rd of April: as the page's clear dates have it, else as its language does."""
    address = _url_day(url)
    known = {f"{address[0]}-{int(address[1]):02}-{int(address[2]):02}"} if address else set()
    for kind in ("published", "modified"):
        known.update(value[:10] for value in page.meta(*_names(kind)) if _ISO.match(value))
    texts = (*(line.text for line in page.lines[:2000]), *page.meta(*_names("published")))
    shown = order_on(texts, known)
    return day_first(language, sites.host(url).rpartition(".")[2]) if shown is None else shown


def day_first(language: str | None, suffix: str) -> bool | None:
    """Return whether the day comes first, by the page's language and country domain; None where nothing tells.

    English that names no country is American, by Unicode's likely subtags (en is en-Latn-US).
    """
    tag = (language or "").lower()
    if tag.startswith("en"):
        if suffix in _MONTH_FIRST or tag in ("en-us", "en-ph"):
            return False
        if tag in ("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za") or suffix in words.countries():
            return True
        return None if tag == "en-ca" or suffix == "ca" else False
    if tag.startswith(("zh", "ja", "ko", "hu", "lt")):
        return None
    return True if tag else None


def order_on(texts: Iterable[str], known: Collection[str] = ()) -> bool | None:
    """Return whether the page itself writes the day first, by its unambiguous dates (1/19/2024 or 19/1/2024).

    One that is a ``known`` day (YYYY-MM-DD) in one order only is unambiguous too.
    """
    seen = set()
    for text in texts:
        if "/" in text:
            for left, right, year in _SLASHED.findall(text[:300]):
                first, second = int(left), int(right)
                if max(first, second) <= 31 and (first > 12) != (second > 12):
                    seen.add(first > 12)
                elif first != second and known:
                    readings = f"20{year}-{second:02}-{first:02}", f"20{year}-{first:02}-{second:02}"
                    if (readings[0] in known) != (readings[1] in known):
                        seen.add(readings[0] in known)
    return seen.pop() if len(seen) == 1 else None


def utc(moment: datetime) -> datetime:
    """Return an aware time in UTC; a naive one is taken for UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
