"""Dates that only a script states: the state a page is built from, or a variable that a script writes beside the title.

Read where the page says nothing else of its date. Such a state holds other articles as well: where it states several
days, the one by the page's title counts, and without that none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata.datelines import Context, Found

MAX_SCRIPT, MAX_SCRIPTS = 1_000_000, 2_000_000
MAX_PAIRS = 400
"""Pairs of a script that are looked at; a state with more is that of a whole site."""
NEAR_TITLE = 3_000
"""Characters between the title and a date of the same object: settings and tags stand between them."""
_BEFORE, _BEHIND = 48, 48
"""Characters around a day that hold the name of its pair and its time."""
MAX_PLACES = 20
TITLE_CHARS = 24
"""Characters of the title that are looked for: states cut long ones."""
_NAMES = r"(?:orig_?)?(?:first_?)?publi(?:sh|cation)(?:ed)?_?(?:time|date|at|on|timestamp|ts)?|date_?published"
_NAMES += (
    r"|pub_?(?:time|date)|display_?(?:date|time)|release_?(?:date|time)|post_?(?:date|time)|ptime|news_?(?:time|date)"
)
_NAMES += r"|issue_?(?:date|time)|article_?(?:date|time)|(?:ori_?)?create(?:d|_time|time|_date|date|d_at|dat|at)|ct"
_PAIR = re.compile(
    rf"(?:(?<=[\"'\s,{{;($])|^)({_NAMES})\\?[\"']?\s{{0,4}}[:=]\s{{0,4}}\\?[\"']?(\d{{4}}[^\"'\\,;}}\n]{{4,36}}|1\d{{9}}(?:\d{{3}})?)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[\[\]{}]")
_VARIABLE = re.compile(r"\bvar\s+$")


def published(
    root: HtmlElement,
    title: str | None,
    context: Context,
    *,
    near: datetime | None = None,
    day: date | None = None,
) -> Found | None:
    """Return the date that the scripts of a page state for the article of this title.

    ``near``: only an instant within a day's zones of this one is of interest; scripts without one are not read.
    ``day``: only a time of this day is; of several times that of the object which holds the title.
    """
    signs = _signs_of(day) if day else _signs(near) if near else ("",)
    room = MAX_SCRIPTS
    pairs: list[tuple[bool, int, Found]] = []
    for script in root.iter("script"):
        text = script.text or ""
        if not 16 <= len(text) <= min(MAX_SCRIPT, room):
            continue
        # Search engines of China have a vocabulary of their own, whose times serve where nothing shows one.
        if day is None and "ld+json" in (script.get("type") or ""):
            continue
        if not any(sign in text for sign in signs):
            continue
        room -= len(text)
        stated = list(_pairs(text, context, _around(text, signs) if day else [(0, len(text))]))
        places = _places(text, title) if stated else []
        for created, at, found in stated:
            away = (abs(at - place) for place in places if _is_one(text, *sorted((at, place))))
            pairs.append((created, min(away, default=NEAR_TITLE), found))
    # The day an article was begun serves where nothing says when it was out.
    pairs = [each for each in pairs if not each[0]] or pairs
    if day is not None:
        timed = (each for each in pairs if each[2].moment.day == day and each[2].stamp.precision != "day")
        pairs = [each for each in timed if not each[0]]
    several = {found.moment.day if day is None else found.stamp.at for _, _, found in pairs}
    if len(several) > 1:
        pairs = sorted((each for each in pairs if each[1] < NEAR_TITLE), key=lambda each: each[1])
    return pairs[0][2] if pairs else None


def _signs(near: datetime) -> set[str]:
    """Return what a script holds that states an instant some hours before or after another: its day, its epoch."""
    times = [near + timedelta(hours=hours) for hours in (-14, 0, 14)]
    # Five digits of an epoch stand for 28 hours.
    return {sign for each in times for sign in (each.strftime("%Y-%m-%d"), str(int(each.timestamp()))[:5])}


def _signs_of(day: date) -> set[str]:
    """Return what a script holds that states a time of one day of any zone."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return {day.isoformat(), *(str(int((noon + timedelta(hours=hours)).timestamp()))[:5] for hours in (-24, 0, 24))}


def _around(text: str, signs: Collection[str]) -> list[tuple[int, int]]:
    """Return the spans of a script that hold a sign and the name before it, in order and apart."""
    out: list[tuple[int, int]] = []
    for at in sorted(islice((place for sign in signs for place in _found(text, sign)), MAX_PAIRS)):
        start, end = max(0, at - _BEFORE), at + _BEHIND
        if out and start < out[-1][1]:
            start = out.pop()[0]
        out.append((start, end))
    return out


def _pairs(text: str, context: Context, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[bool, int, Found]]:
    """Yield (whether it is a day of creation, place, date) of the named dates in these spans of a script."""
    matches = (match for start, end in spans for match in _PAIR.finditer(text, start, end))
    for match in islice(matches, MAX_PAIRS):
        name = match[1].lower()
        # A name of two letters is one in a script that was written for its page, not made by a machine.
        if name == "ct" and not _VARIABLE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        if made := context.read(match[2].strip()):
            yield "create" in name, match.start(), Found(*made, 1.0)


def _is_one(text: str, first: int, last: int) -> bool:
    """Say whether two places of a script stand in one object: no list or object opens or ends between them for good."""
    if last - first > NEAR_TITLE:
        return False
    depth = lowest = 0
    for mark in _BRACKETS.findall(text, first, last):
        depth += 1 if mark in "{[" else -1
        lowest = min(lowest, depth)
    return depth == lowest == 0


def _places(text: str, title: str | None) -> list[int]:
    """Return where a script holds the beginning of the title, as it is or escaped."""
    start = (title or "").strip()[:TITLE_CHARS]
    if len(start) < 4:
        return []
    spellings = {start, json.dumps(start)[1:-1], json.dumps(start, ensure_ascii=False)[1:-1]}
    return [place for each in spellings for place in _found(text, each)][:MAX_PLACES]


def _found(text: str, start: str) -> Iterator[int]:
    """Yield where a text begins in another."""
    place = text.find(start)
    while place >= 0:
        yield place
        place = text.find(start, place + 1)
