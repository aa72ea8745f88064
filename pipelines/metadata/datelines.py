"""Visible datelines: which lines by the title or at the article's end state when it was out or changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from lxml.html import HtmlElement

from pipelines.metadata import apart, marks, mastheads, moments, others, stacked, words
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Line, first_prose
from pipelines.model import Stamp

SLACK = timedelta(days=1)
"""A stamp may lie this far after the fetch: a day without a zone can be tomorrow's in UTC."""
EARLIEST_YEAR = 1990
"""No web page is older; an earlier date on a page is about its subject."""
FAR = 999
LEAST_TRUST = 3.0
"""A date that is trusted less stands in a frame or far from the article: it is another article's or a comment's."""
_SHORT_YEAR = re.compile(r"(?:19|2\d|3\d)\.\s?\d\d?\.\s?\d\d(?![\d.])")
_NOTES = frozenset("^↑")
"""What the notes of an encyclopaedia begin with: their dates are of other pages."""
BESIDE_TITLE = 6
"""Lines from the title within which a time belongs to the article; the datelines of 533 public pages stand there."""
_EPOCH = re.compile(r"^\s*(1[0-9]{9}|[89]\d{8})(\d{3})?\s*$")
_DIGITS = re.compile(r"\d")
_ALONE = re.compile(r"^[^\w]+|[^\w]+$")
_COUNT = re.compile(r"[\W\d_]+$|^[\W\d_]+")
_ACCENTED = re.compile(r"[\u0370-\u03ff\u1f00-\u1fffı]")
_UPDATED_AFTER = re.compile(r"\s*(?:更新|修改|수정)(?!\s*[:：于於])")
_PARTED = re.compile(r"[:：|｜;；。]")
_BEFORE_TIME = re.compile(r"[^\d]{3,30}(?=\d)")
_GLUED_TIME = re.compile(r"^([01]\d|2[0-3])([0-5]\d)(?=\s?[A-Z]{2,4}\b)")


@dataclass(frozen=True, slots=True)
class Found:
    """A stamp with its local day, how far to trust it, and how many lines from the title it stands."""

    stamp: Stamp
    moment: Moment
    trust: float
    distance: int = FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reading a page's dates needs to know of it. ``title_line`` and ``body_end`` are indices of lines."""

    url: str
    fetched_at: datetime
    timezone: tzinfo | None
    day_first: bool | None = None
    year_first: bool = False
    """26.01.19 is a day of 2026, as Chinese, Japanese and Korean pages write it."""
    title_line: int | None = None
    body_end: int | None = None
    prose: Sequence[int] = ()
    """Indices of the lines that are prose of the page's own."""
    comments: int = 1_000_000
    """Index of the line behind the article that heads its comments."""

    def read(self, value: str) -> tuple[Stamp, Moment] | None:
        """Return the stamp of a value on this page."""
        value = self.in_full(value)
        return from_value(value, fetched_at=self.fetched_at, timezone=self.timezone, day_first=self.day_first)

    def in_full(self, text: str) -> str:
        """Return a text that begins with a year of two digits with its century, where the page puts years first."""
        return f"20{text}" if self.year_first and _SHORT_YEAR.match(text) else text

    def distance(self, line: int) -> int:
        """Return how many lines a line is from the title."""
        return FAR if self.title_line is None else abs(line - self.title_line)

    def framed(self, line: int, frame: object | None) -> float:
        """Return what a line in a frame loses: little right at the title, whose header may sound like a frame."""
        if frame is None:
            return 0.0
        behind = self.body_end is not None and line > self.body_end
        return 0.8 if self.distance(line) <= 4 and not behind else 3.0

    def amid(self, line: int) -> float:
        """Return what an unnamed date loses amid the article's paragraphs or far behind them: it is another page's."""
        end = self.body_end
        if line >= self.comments:
            return 3.0
        if end is not None and end - 4 <= line <= end + 10:
            return 0.0
        before = bisect_left(self.prose, line) - bisect_left(self.prose, self.title_line or 0)
        # A standfirst or two stand above many datelines; where three do, the title is not far.
        return 3.0 if before >= 3 and self.distance(line) > BESIDE_TITLE else 0.0

    def near(self, line: int) -> float:
        """Return 0–2: how near a line is to the title (after it rather than before)."""
        if self.title_line is None:
            return 1.0 if line < 40 else 0.0
        away = line - self.title_line
        return max(0.0, 2.0 - away / 10) if away >= 0 else max(0.0, 1.5 + away / 8)


def prose(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that are prose of the page's own."""
    return [
        line.index
        for line in lines
        if len(line.text) >= 80 and line.linked * 5 < len(line.text) and line.foreign is None
    ]


def comments(lines: Sequence[Line], end: int | None) -> int:
    """Return the index of the first short line behind the article that heads comments; beyond all lines without one."""
    heads = words.words("dates", "comments")
    for line in lines[(end if end is not None else len(lines)) + 1 :]:
        if len(line.text) <= 30 and _COUNT.sub("", line.text).casefold() in heads:
            return line.index
    return len(lines)


def stamp(moment: Moment, line: str, *, fetched_at: datetime, timezone: tzinfo | None) -> Stamp | None:
    """Return the stamp of a moment found in ``line``, None where it cannot be the page's own date."""
    try:
        at = moment.instant(timezone)
        if at > fetched_at + SLACK or moment.day.year < EARLIEST_YEAR:
            return None
    except (OverflowError, ValueError):
        return None
    raw, precision = " ".join(line[moment.start : moment.end].split()), moment.precision
    if not moment.hour and not moment.minute and not moment.second:
        # Midnight is what content systems write for a day without a time; the day is that of the page's zone.
        at, precision = datetime(moment.day.year, moment.day.month, moment.day.day, tzinfo=UTC), "day"
    return Stamp(at=at, raw=raw, precision=precision)


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


def from_value(
    value: str, *, fetched_at: datetime, timezone: tzinfo | None, day_first: bool | None = None
) -> tuple[Stamp, Moment] | None:
    """Return the stamp of an attribute's value: ISO, any visible form, unpunctuated, or seconds of the epoch."""
    value = value[:200]
    if epoch := _EPOCH.match(value):
        at = datetime.fromtimestamp(int(epoch[1]), tz=UTC)
        wall = at.astimezone(timezone or UTC)
        clock = {"hour": wall.hour, "minute": wall.minute, "second": wall.second}
        moment = Moment(start=0, end=len(value), day=wall.date(), zone=timezone or UTC, **clock)
        return (Stamp(at=at, raw=value.strip(), precision="second"), moment) if at <= fetched_at + SLACK else None
    for moment in moments.find(value, day_first=day_first) or filter(None, [moments.compact(value)]):
        if found := stamp(moment, value, fetched_at=fetched_at, timezone=timezone):
            return found, moment
    return None


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words before a date: published, modified, not the article's."""
    made = []
    for name in ("published", "modified", "foreign"):
        spellings = words.words("dates", name)
        # Capitals of Greek and Turkish come without accents and dots.
        spellings |= {words.plain(word) for word in spellings if _ACCENTED.search(word)}
        every = sorted(spellings, key=len, reverse=True)
        made.append(_any_of(every))
    return made[0], made[1], made[2]


def _any_of(every: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of whole words; in scripts without spaces or with vowel signs at the end anything follows."""
    loose = [word for word in every if ord(word[0]) > 0x2E80 or 0x0900 <= ord(word[0]) < 0x10A0]
    marks = [word for word in every if not word[0].isalpha()]
    whole = [word for word in every if word not in loose and word not in marks]
    free, bound = ("|".join(map(re.escape, each)) for each in ((*loose, *marks), whole))
    return re.compile(rf"(?<![^\W\d_])(?:{bound})\b" + (f"|{free}" if free else ""))


def _is_event(before: str) -> bool:
    """Tell whether the last words before a date call it that of an event: "出发时间/2024-09-10"."""
    last = _DIGITS.split(before)[-1]
    return any(map(last.__contains__, words.words("dates", "events"))) if len(last) > 2 else False


def said(before: str) -> str:
    """Return what the words before a date call it: ``published``, ``modified``, ``foreign`` or nothing."""
    before = moments.fold(before).casefold()
    published, modified, foreign = _labels()
    last = max((match.end() for match in foreign.finditer(before)), default=-1)
    out = max((match.end() for match in published.finditer(before)), default=-1)
    changed = max((match.end() for match in modified.finditer(before)), default=-1)
    # "Copyright notice | Source: Harbour Echo | Published: 19 January 2024": what stands last says what the date is.
    parted = max(out, changed) > last and _PARTED.search(before, last, len(before) - 2) is not None
    if (last >= 0 and not parted) or _is_event(before):
        return "foreign"
    if changed >= max(out, 0):
        return "modified"
    return "published" if out >= 0 else ""


def label(line: str, moment: Moment) -> str:
    """Return what the words around a date call it: ``published``, ``modified``, ``foreign`` or nothing."""
    if before := said(line[max(0, moment.start - 40) : moment.start]):
        return before
    after = moments.fold(line[moment.end : moment.end + 30]).casefold()
    # "2024-01-19 更新", "19.01.2024 (aktualisiert)": the word behind the date is all that is left of the line.
    last = "modified" if _ALONE.sub("", after) in words.words("dates", "modified") else ""
    return "modified" if _UPDATED_AFTER.match(after) else last


def change(line: str, moment: Moment) -> Moment | None:
    """Return the change of the same day whose time stands behind a date: "19 January 2024 -- Updated 0203 GMT"."""
    after = moments.fold(line[moment.end : moment.end + 60])
    match = _BEFORE_TIME.match(after)
    if match is None or said(match.group()) != "modified":
        return None
    spelled = f"{moment.day.isoformat()} " + _GLUED_TIME.sub(r"\1:\2", after[match.end() :])
    made = next(iter(moments.find(spelled)), None)
    if made is None or made.hour is None or made.day != moment.day:
        return None
    added = len(spelled) - len(after) - moment.end
    return replace(made, start=moment.start, end=max(moment.end, made.end - added))


def visible(
    lines: Sequence[Line], context: Context, changes: Mapping[int, Sequence[str]]
) -> Iterator[tuple[str, Found]]:
    """Yield (published or modified, date) of visible datelines by the title, before the prose and at the end.

    ``changes``: line → the texts of its elements that are called changes.
    """
    end = context.body_end if context.body_end is not None else len(lines)
    found = [
        (index, "modified" if marks.is_in(changes.get(index, ()), lines[index].text, each.moment.start) else name, each)
        for index, name, each in _visible(lines, context)
    ]
    behind = {index for index, name, each in found if not name and index > end and each.trust >= LEAST_TRUST}
    for index, name, each in found:
        # Three unnamed dates behind the article are those of a list of others.
        if name or index <= end or len(behind) < others.LIST:
            yield (name or "published"), each


def _visible(lines: Sequence[Line], context: Context) -> Iterator[tuple[int, str, Found]]:
    """Yield (line, what the words around call it, date) of the visible datelines."""
    start, end = context.title_line, context.body_end
    first = (0, 120) if start is None else (start - 8, start + 40)
    last = (0, 0) if end is None else (end - 4, end + 10)
    prose = first_prose(lines)
    head = (prose - 8, prose + 1)
    indices = (index for low, high in (first, last, head) for index in range(max(0, low), min(len(lines), high)))
    for index in dict.fromkeys(indices):
        line = stacked.line(lines, index, context.day_first) or lines[index]
        if (text := context.in_full(line.text)) != line.text:
            line = replace(line, text=text)
        if (
            len(line.text) <= 300
            and line.text[0] not in _NOTES
            and (found := moments.find(line.text, day_first=context.day_first))
        ):
            for name, each in _of_line(line, found, context, lines[index - 1].text if index else ""):
                if name or not is_todays(lines, index, lines[index].element, each, context):
                    yield index, name, each


def is_todays(lines: Sequence[Line], index: int, element: HtmlElement, found: Found, context: Context) -> bool:
    """Tell whether a date that no word calls the article's is today's, which the site shows in its header."""
    fetched = context.fetched_at.astimezone(context.timezone or UTC).date() == found.moment.day
    title, prose = context.title_line, context.prose
    return mastheads.is_todays(lines, index, element, found.stamp.raw, title=title, prose=prose, fetched=fetched)


def _of_line(line: Line, found: Sequence[Moment], context: Context, above: str) -> Iterator[tuple[str, Found]]:
    """Yield the dates ``found`` on a line if it is a dateline: little else on it, or a word that says what the date is.

    With each comes what it is called, nothing where no word says it.
    ``above`` is the line above: a short one may say what the date is that this line consists of.
    """
    if len(found) > 2 or (len(found) == 2 and others.is_span(line.text, *found)):
        return
    distance = context.distance(line.index)
    for position, moment in enumerate(found):
        name = label(line.text, moment)
        changed = change(line.text, moment) if len(found) == 1 and name != "modified" else None
        if changed is not None and moment.hour is None:
            name, moment = "modified", changed
        rest = moment.letters_beside(line.text)
        free = moment.hour is not None or apart.is_free(line.text, moment)
        most = 60 if free else 25
        linked = line.linked > 20 or line.linked >= len(line.text) * 0.8
        if not name and rest <= 12 and len(found) == 1:
            name = said(above) if len(above) <= 24 else ""
        if not name and (heading := others.heading_of_row(line.element)) is not None:
            name = said(heading) or "foreign"
        if name == "foreign" or (not name and (rest > most or (linked and distance > 3))):
            continue
        made = stamp(moment, line.text, fetched_at=context.fetched_at, timezone=context.timezone)
        if made:
            trust = 4.5 + context.near(line.index) + 1.0 * (name == "published") + 0.5 * (moment.hour is not None)
            trust -= context.framed(line.index, line.foreign) + 0.1 * position + rest / 60
            trust -= 0.0 if name else context.amid(line.index)
            # Behind a short article stand the dates of what readers wrote about it.
            trust -= 0.8 * (context.body_end is not None and line.index > context.body_end)
            yield name, Found(made, moment, trust, distance)
            if changed is not None and name != "modified":
                last = stamp(changed, line.text, fetched_at=context.fetched_at, timezone=context.timezone)
                if last:
                    yield "modified", Found(last, changed, trust - 0.5, distance)
