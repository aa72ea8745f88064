"""Finds full dates, with their times and zones, in a line of any of some sixty languages.

A moment is what the characters say, nothing more: no date without a year, no order of day and month where both orders
are possible and nothing tells which.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.metadata import days, words

MAX_LINE = 1000
"""Characters of a line that are looked at: datelines of the 533 benchmark pages end before 300."""

_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?:[T\s]?(?P<hms>[0-2]\d[0-5]\d(?:[0-5]\d)?))?(?!\d)"
)
_TIME = re.compile(
    r"(?P<am>上午|凌晨|早上|午前|오전|清晨|早晨|下午|晚上|午後|오후|晚间|中午|傍晚)?\s?"
    r"(?<!\d)(?P<h>\d{1,2})\s?(?:(?P<colon>[:h時时点點시])\s?|(?P<dot>\.))(?P<min>\d\d|\d(?=\s?[分분]))(?!\d)"
    r"(?:(?::|m|\s?[분分])\s?(?P<sec>\d\d|\d(?=\s?[秒초]))(?:[.,]\d{1,9})?(?!\d)(?:\s?[秒초])?|\s?[分분])?"
    r"(?:\s?(?P<ap>[apπμ]\.?\s?[mμ]\b\.?|[صم](?!\w)|(?-i:CH|SA)\b)|(?P<glued>[ap])\b(?!\.))?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<!\d)(?P<h>\d{1,2})\s?(?P<ap>[ap]\.?\s?m\b\.?)", re.IGNORECASE)
_ZONE = re.compile(r"\s?[(\[]?\s?(?:(?P<name>[^\W\d_]{1,5})\b)?\s?(?P<off>[+\-−]\s?\d{1,2}(?::?\d\d)?(?!\d))?")
_REGION = re.compile(
    r"\s?(?P<b>[(\[])?(?P<name>(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)"
    r"(?:/[A-Za-z][\w+-]{1,30}){1,2})(?(b)[)\]])"
)
"""A zone as programs write it: "2024-01-19 10:08:22 Europe/Berlin", "2024-01-19T10:08[Asia/Tokyo]"."""
_MAYBE = re.compile(r"\d{4}|\d[./]\d|年|\d\s?[\u0e01-\u0e4e]|\d-\d\d?-\d|\d-[A-Za-z]{3,4}-\d|[A-Za-z\d],?\s'\d\d")
"""What every line with a full date has; it spares the rest the work."""
_ASCII_DIGIT, _DIGIT = re.compile("[0-9]"), re.compile(r"[\d年]")
"""What ``_MAYBE`` asks for at least, found in a fifth of its time; most lines have no digit."""
_YEAR_LAST = re.compile(r"\b([A-Z][a-z]{2} [ \d]\d) (\d\d:\d\d:\d\d [A-Z+:\d-]{1,9}) (20\d\d)\b")
"""The form of the C library and of Java, "Jan 19 10:08:00 EST 2024"; the year moves, the length stays."""
_LETTERS_ONLY = re.compile(r"[\W\d_]+")
_UNDOTTED = re.compile("[/\u2010-\u2015]")
_BARE_BEFORE = re.compile(r"\d{4}\.?[,|•·\s]{0,2}\s(?:(?P<word>[^\W\d_]{2,12})[,\s]{1,2})?$")
_BARE_AFTER = re.compile(r"\s*(?:$|[|•·,()])")
_GAP_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_GAP = 26
"""Most characters between a day and its time ("Donnerstag, 19. Januar 2024, um 10:08 Uhr")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A full date found in a line: ``[start, end)`` of it, local wall time, and the zone if it says one."""

    start: int
    end: int
    day: date
    hour: int | None = None
    minute: int = 0
    second: int | None = None
    zone: tzinfo | None = None

    def letters_beside(self, text: str) -> int:
        """Return how many letters its line has besides it: few on a dateline."""
        return len(_LETTERS_ONLY.sub("", text[: self.start] + text[self.end :]))

    @property
    def precision(self) -> str:
        """Return ``second``, ``minute`` or ``day``."""
        if self.hour is None:
            return "day"
        return "minute" if self.second is None else "second"

    def instant(self, default: tzinfo | None) -> datetime:
        """Return the instant in UTC; ``default`` is the zone of a wall time that names none (None: UTC)."""
        if self.hour is None:
            return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        wall = datetime(self.day.year, self.day.month, self.day.day, self.hour, self.minute, self.second or 0)  # noqa: DTZ001
        return wall.replace(tzinfo=self.zone or default or UTC).astimezone(UTC)


@cache
def _folds() -> dict[int, str]:
    """Return one-to-one replacements below U+20000: digits and full-width marks to ASCII, spaces to one."""
    out: dict[int, str] = {}
    for point in range(0x80, 0x20000):
        char = chr(point)
        kind = unicodedata.category(char)
        if kind == "Nd":
            out[point] = str(unicodedata.decimal(char))
        elif kind == "Zs" or char in "\u200b\u200e\u200f\ufeff":
            out[point] = " "
        elif 0xFF01 <= point <= 0xFF5E:
            out[point] = chr(point - 0xFEE0)
    # The Arabic comma, and the apostrophes of "d’abril" and "п’ятниця".
    return out | {0x060C: ",", 0x2019: "'", 0x02BC: "'"}


def fold(line: str) -> str:
    """Return ``line`` with other scripts' digits and full-width marks as ASCII, character for character."""
    line = line[:MAX_LINE]
    return line if line.isascii() else line.translate(_folds())


def find(line: str, *, day_first: bool | None = None) -> list[Moment]:
    """Return the full dates of a line in order. ``day_first`` settles 3/4/2024; None leaves such a date out."""
    if not (_ASCII_DIGIT if line.isascii() else _DIGIT).search(line):
        return []
    text = fold(line)
    if not _MAYBE.search(text):
        return []
    # Only between such marks does the order matter: else all who ask about a line share one answer.
    return list(_find(text, day_first if _UNDOTTED.search(text) else None))


@lru_cache(maxsize=1024)
def _find(text: str, day_first: bool | None) -> tuple[Moment, ...]:
    """Return the full dates of a folded line; several rules ask about the same lines."""
    found: list[Moment] = []
    if ":" in text and " 20" in text:
        text = _YEAR_LAST.sub(r"\1 \3 \2", text)
    for start, end, day in sorted(days.find(text, day_first), key=lambda item: (item[0], -item[1])):
        if found and start < found[-1].end:
            continue
        found.append(_with_time(text, start, end, day))
    return tuple(found)


def _with_time(text: str, start: int, end: int, day: date) -> Moment:
    """Return the moment of the day at ``[start, end)`` with the time that stands after or before it."""
    after = _TIME.search(text, end, end + _GAP + 24) or _HOUR.search(text, end, end + _GAP)
    if after and after.start() - end <= _GAP and _joins(text[end : after.start()]) and (wall := _wall(after, text)):
        zone, stop = _zone(text, after.end())
        between, ends = _zone(text, end)  # "2024-01-19 HKT 07:45"
        zone = zone or (between if ends <= after.start() else None)
        return Moment(start=start, end=stop, day=day, hour=wall[0], minute=wall[1], second=wall[2], zone=zone)
    left = max(0, start - _GAP - 12)
    for before in _TIME.finditer(text, left, start):
        zone, stop = _zone(text, before.end())
        if before["colon"] and _joins(text[min(stop, start) : start]) and (wall := _wall(before, text)):
            return Moment(
                start=before.start(), end=end, day=day, hour=wall[0], minute=wall[1], second=wall[2], zone=zone
            )
    return Moment(start=start, end=end, day=day)


def _joins(gap: str) -> bool:
    """Tell whether what stands between a day and a time only joins them: marks, weekdays, "um", "at", "Uhr"."""
    if "©" in gap or gap.count("\n") > 2:
        return False
    known, weekdays = words.words("dates", "joiners"), words.words("dates", "weekdays")
    # Folding parts the dot from a Turkish capital İ.
    folded = (word.casefold().replace("\u0307", "") for word in _GAP_WORD.findall(gap))
    return all(word in known or word in weekdays or word in words.zones() for word in folded)


def _wall(match: re.Match[str], text: str) -> tuple[int, int, int | None] | None:
    """Return (hour, minute, second) of a time match, None where it is no time of day."""
    group = match.groupdict()
    hour, minute = int(group["h"]), int(group.get("min") or 0)
    if group.get("dot") and not group.get("ap") and not _spoken(text, match) and not _bare(text, match):
        return None
    second = int(group["sec"]) if group.get("sec") else None
    half = re.sub(r"[.\s]", "", group.get("ap") or group.get("am") or "").casefold()
    if group.get("glued"):  # "at 5:30p"
        half = f"{group['glued'].casefold()}m"
    if half in words.words("dates", "pm") and hour < 12:
        hour += 12
    elif half in words.words("dates", "am") and hour == 12:
        hour = 0
    return (hour % 24, minute, second) if hour <= 24 and minute < 60 and (second or 0) < 60 else None


def _bare(text: str, match: re.Match[str]) -> bool:
    """Tell whether 10.08 stands right behind a numeric day and before a mark or the line's end: "19. 1. 2024 10.08"."""
    before = _BARE_BEFORE.search(text[max(0, match.start("h") - 24) : match.start("h")])
    weekday = (
        before["word"] is None or before["word"].casefold() in words.words("dates", "weekdays") if before else False
    )
    return weekday and bool(_BARE_AFTER.match(text, match.end()))


def _spoken(text: str, match: re.Match[str]) -> bool:
    """Tell whether 10.08 is a time: "10.08 Uhr", "kl. 10.08", "pukul 10.08 WIB", "ore 10.08"."""
    after = _GAP_WORD.match(text[match.end() : match.end() + 8].lstrip())
    before = _GAP_WORD.findall(text[max(0, match.start() - 10) : match.start()])
    word = after.group().casefold() if after else ""
    known = words.words("dates", "after_hour") | words.zones().keys()
    return word in known or bool(before and before[-1].casefold() in words.words("dates", "before_hour"))


@cache
def _spelled_zone() -> re.Pattern[str]:
    """Return the pattern of a zone's name in words."""
    names = "|".join(sorted(words.table("dates")["spelled_zones"], key=len, reverse=True))
    return re.compile(rf"\s?[(\[]?({names})(?:\s(?:standard|daylight|summer))? time\b", re.IGNORECASE)


def _zone(text: str, position: int) -> tuple[tzinfo | None, int]:
    """Return the zone that is named at ``position`` and where its name ends."""
    if " time" in text[position : position + 36].casefold() and (spelled := _spelled_zone().match(text, position)):
        return ZoneInfo(words.table("dates")["spelled_zones"][spelled[1].casefold()]), spelled.end()
    if (
        "/" in text[position : position + 20]
        and (region := _REGION.match(text, position))
        and (zone := _of(region["name"]))
    ):
        return zone, region.end()
    match = _ZONE.match(text, position)
    if not match:
        return None, position
    name, offset = (match["name"] or "").casefold(), match["off"]
    known = words.zones().get(name)
    if name in words.places():
        return ZoneInfo(words.places()[name]), match.end("name")
    if offset and (not name or known == 0):
        digits = re.sub(r"\D", "", offset)
        minutes = int(digits[:-2] or 0) * 60 + int(digits[-2:]) if len(digits) > 2 else int(digits) * 60
        # "10:08 - 12 Kommentare": a bare hyphen and two digits is a zone only when glued to the time.
        if minutes <= 14 * 60 and (name or (len(digits) == 4 or text[position : position + 1] in "+-")):
            sign = -1 if offset[0] in "-−" else 1
            return timezone(sign * timedelta(minutes=minutes)), match.end()
    if known is not None:
        return timezone(timedelta(minutes=known)), match.end("name")
    return None, position


@lru_cache(maxsize=256)
def _of(name: str) -> ZoneInfo | None:
    """Return the zone of a name of the IANA database, None where it has none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def compact(text: str) -> Moment | None:
    """Return the moment of an unpunctuated stamp as attributes and addresses hold it (20240119, 20240119T100800)."""
    match = _COMPACT.search(text[:MAX_LINE])
    made = list(days.made(match, int(match["y"]), int(match["m"]), int(match["d"]))) if match else []
    if not match or not made:
        return None
    clock = match["hms"]
    if not clock or int(clock[:2]) > 23:
        return Moment(start=match.start(), end=made[0][1], day=made[0][2])
    second = int(clock[4:6]) if len(clock) == 6 else None
    zone, stop = _zone(text, match.end())
    return Moment(
        start=match.start(),
        end=stop,
        day=made[0][2],
        hour=int(clock[:2]),
        minute=int(clock[2:4]),
        second=second,
        zone=zone,
    )
