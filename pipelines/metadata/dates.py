"""Dates of a page or of a line: published and modified stamps, never in the future of the fetch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from pipelines.metadata import moments, words
from pipelines.metadata.jsonld import Facts
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Line, Page, Sighting, text_of
from pipelines.model import Stamp

SLACK = timedelta(days=1)
"""A stamp may lie this far after the fetch: a day without a zone can be tomorrow's in UTC."""
EARLIEST_YEAR = 1990
"""No web page is older; an earlier date on a page is about its subject."""
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published", "og:pubdate", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publicationdate",
    "pubtime", "publishtime", "published_time", "weibo:article:create_at", "bytedance:published_time", "citation_publication_date", "citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "dc.created",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "article.published", "rnews:datepublished", "cxenseparse:publishtime", "displaydate", "originalpublicationdate", "dat", "pdate", "ptime", "created", "date", "og:release_date", "datecreated", "shareaholic:article_published_time", "eprints.date", "article:create_at", "release_date", "video:release_date", "search.date", "search_date", "datetime", "pub_date", "firstcreate", "filedate", "catchtime", "hdate",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "bytedance:lrdate_time", "weibo:article:update_at", "bytedance:updated_time", "lastmod", "last-modified", "modified", "dcterms.modified", "dc.date.modified", "moddate", "revision_date", "article.updated", "updated_time", "last_updated_date", "og:modified_time",
)  # fmt: skip
_EPOCH = re.compile(r"^\s*(1[0-9]{9}|[89]\d{8})(\d{3})?\s*$")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_CLOCK_FREE = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A stamp with its local day, and how far to trust it."""

    stamp: Stamp
    moment: Moment
    trust: float


def stamp(moment: Moment, line: str, *, fetched_at: datetime, timezone: tzinfo | None) -> Stamp | None:
    """Return the stamp of a moment found in ``line``, None where it cannot be the page's own date."""
    try:
        at = moment.instant(timezone)
    except (OverflowError, ValueError):
        return None
    if at > fetched_at + SLACK or moment.day.year < EARLIEST_YEAR:
        return None
    return Stamp(at=at, raw=" ".join(line[moment.start : moment.end].split()), precision=moment.precision)


def find_stamp(
    line: str, *, fetched_at: datetime, timezone: tzinfo | None, day_first: bool | None = None
) -> Stamp | None:
    """Return the first date of one visible line, None where it states no full date that can be the page's.

    ``timezone`` is the zone of a time that names none (None: UTC); ``day_first`` settles 3/4/2024, which is left out
    without it. Whether the line is a dateline at all (and not a sentence or a headline) is the caller's to judge.
    """
    for moment in moments.find(line, day_first=day_first):
        found = stamp(moment, line, fetched_at=fetched_at, timezone=timezone)
        if found:
            return found
    return None


def local_day(found: Stamp, timezone: tzinfo | None) -> str:
    """Return the calendar day (YYYY-MM-DD) that the page's own characters state, else the stamp's in ``timezone``."""
    for moment in moments.find(found.raw, day_first=True):
        return moment.day.isoformat()
    return found.at.astimezone(timezone or UTC).date().isoformat()


def from_value(
    value: str, *, fetched_at: datetime, timezone: tzinfo | None, day_first: bool | None = None
) -> tuple[Stamp, Moment] | None:
    """Return the stamp of an attribute's value: ISO, any visible form, unpunctuated, or seconds of the epoch."""
    value = value[:200]
    if epoch := _EPOCH.match(value):
        at = datetime.fromtimestamp(int(epoch[1]), tz=UTC)
        wall = at.astimezone(timezone or UTC)
        moment = Moment(
            start=0,
            end=len(value),
            day=wall.date(),
            hour=wall.hour,
            minute=wall.minute,
            second=wall.second,
            zone=timezone or UTC,
        )
        return (Stamp(at=at, raw=value.strip(), precision="second"), moment) if at <= fetched_at + SLACK else None
    for moment in moments.find(value, day_first=day_first) or filter(None, [moments.compact(value)]):
        if found := stamp(moment, value, fetched_at=fetched_at, timezone=timezone):
            return found, moment
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reading a page's dates needs to know of it. ``title_line`` and ``body_end`` are indices of lines."""

    url: str
    fetched_at: datetime
    timezone: tzinfo | None
    day_first: bool | None = None
    title_line: int | None = None
    body_end: int | None = None

    def read(self, value: str) -> tuple[Stamp, Moment] | None:
        """Return the stamp of a value on this page."""
        return from_value(value, fetched_at=self.fetched_at, timezone=self.timezone, day_first=self.day_first)


def find(page: Page, facts: Facts, context: Context) -> tuple[Stamp | None, Stamp | None]:
    """Return (published, modified); each the page's own or None."""
    published = list(_published(page, facts, context))
    modified = list(_modified(page, facts, context))
    for kind, found in _visible(page.lines, context):
        (modified if kind == "modified" else published).append(found)
    first = max(published, key=lambda each: each.trust, default=None)
    last = max(modified, key=lambda each: each.trust, default=None)
    if first is None:
        first = _from_url(context)
    if first is None and last is not None:
        # A page that states one date only, and calls it the update, was out on that day.
        return last.stamp, last.stamp
    if first and last and last.stamp.at < first.stamp.at and last.stamp.precision != "day":
        last = None
    return (first.stamp if first else None), (last.stamp if last else None)


def _read_all(values: Iterable[str], trust: float, context: Context) -> Iterator[_Found]:
    """Yield what values say, each a little less trusted than the one before."""
    for position, value in enumerate(values):
        if made := context.read(value):
            yield _Found(*made, trust - 0.01 * min(position, 20))


def _published(page: Page, facts: Facts, context: Context) -> Iterator[_Found]:
    """Yield the published dates of the page's data and of elements that are marked as such."""
    yield from _read_all([facts.published], 9.0, context)
    yield from _read_all(page.meta(*_PUBLISHED_META), 8.0, context)
    for sighting in [*page.times[:40], *page.hints[:600]]:
        if sighting.element.tag == "time" or "date" in sighting.roles:
            yield from _marked(sighting, context)


def _modified(page: Page, facts: Facts, context: Context) -> Iterator[_Found]:
    """Yield the modified dates of the page's data."""
    yield from _read_all([facts.modified], 9.0, context)
    yield from _read_all(page.meta(*_MODIFIED_META), 8.0, context)


def _marked(sighting: Sighting, context: Context) -> Iterator[_Found]:
    """Yield the date of a ``time`` element or of one whose class or itemprop says date."""
    element = sighting.element
    names = " ".join(element.get(name) or "" for name in ("itemprop", "class", "id")).lower()
    if re.search(r"modif|updat|expire|event|birth|comment", names):
        return
    near = _near(sighting.line, context)
    trust = 4.0 + near - 3.0 * (sighting.foreign is not None)
    if "datepublished" in names or element.get("pubdate") is not None:
        trust += 2.0
    for value in (
        element.get("datetime"),
        element.get("content"),
        element.get("data-time"),
        element.get("data-date"),
        element.get("data-timestamp"),
        element.get("title"),
    ):
        if value and (made := context.read(value)):
            yield _Found(*made, trust + 0.2)
            return
    text = text_of(element, 120)
    if len(text) <= 100 and (made := context.read(text)):
        yield _Found(*made, trust)


def _near(line: int, context: Context) -> float:
    """Return 0–2: how near a line is to the title (after it rather than before)."""
    if context.title_line is None:
        return 1.0 if line < 40 else 0.0
    distance = line - context.title_line
    return max(0.0, 2.0 - distance / 10) if distance >= 0 else max(0.0, 1.5 + distance / 8)


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words before a date: published, modified, not the article's."""
    made = []
    for name in ("published", "modified", "foreign"):
        every = sorted(words.words("dates", name), key=len, reverse=True)
        made.append(
            re.compile(
                "|".join(
                    re.escape(word) if ord(word[0]) > 0x2E80 or not word[0].isalpha() else rf"\b{re.escape(word)}\b"
                    for word in every
                )
            )
        )
    return made[0], made[1], made[2]


def label(line: str, moment: Moment) -> str:
    """Return what the words around a date call it: ``published``, ``modified``, ``foreign`` or nothing."""
    before = line[max(0, moment.start - 40) : moment.start].casefold()
    after = line[moment.end : moment.end + 6].casefold()
    published, modified, foreign = _labels()
    if foreign.search(before):
        return "foreign"
    ends = {
        name: max((match.end() for match in pattern.finditer(before)), default=-1)
        for name, pattern in (("published", published), ("modified", modified))
    }
    if ends["modified"] > ends["published"]:
        return "modified"
    if ends["published"] >= 0:
        return "published"
    return "modified" if re.match(r"\s*(?:更新|修改|updated)", after) else ""


def _visible(lines: Sequence[Line], context: Context) -> Iterator[tuple[str, _Found]]:
    """Yield (label, date) of visible datelines around the title and at the article's end."""
    start = context.title_line
    ranges = (
        [range(0, min(len(lines), 120))] if start is None else [range(max(0, start - 8), min(len(lines), start + 40))]
    )
    if context.body_end is not None:
        ranges.append(range(max(0, context.body_end - 4), min(len(lines), context.body_end + 10)))
    for index in dict.fromkeys(i for each in ranges for i in each):
        line = lines[index]
        if len(line.text) > 300:
            continue
        found = moments.find(line.text, day_first=context.day_first)
        for position, moment in enumerate(found[:4]):
            said = label(line.text, moment)
            rest = _CLOCK_FREE.sub("", line.text[: moment.start] + line.text[moment.end :])
            if said == "foreign" or (len(found) > 2) or (line.linked > 20 and not said):
                continue
            made = stamp(moment, line.text, fetched_at=context.fetched_at, timezone=context.timezone)
            if not made or (len(rest) > 60 and not said) or (len(rest) > 25 and moment.hour is None and not said):
                continue
            trust = (
                4.5
                + _near(index, context)
                + 1.0 * (said == "published")
                + 0.5 * (moment.hour is not None)
                - 2.5 * (line.foreign is not None)
                - 0.1 * position
                - len(rest) / 60
            )
            yield (said or "published"), _Found(made, moment, trust)


def _from_url(context: Context) -> _Found | None:
    """Return the day that the address itself states, the last resort."""
    for match in _URL_DAY.finditer(context.url[:500]):
        if made := context.read(f"{match[1]}-{match[3]}-{match[4]}"):
            return _Found(Stamp(at=made[0].at, raw=match.group(), precision="day"), made[1], 1.0)
    return None
