"""Where neither the page's data nor a line by the title states a date: a named one anywhere, the head of the lede.

Encyclopaedias state at their foot alone when a page was changed last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.metadata import datelines, moments
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import Line

TRUST = 3.0
MAX_NAMED = 80
"""Characters of the longest line that is nothing but a named date and its neighbours (place, source)."""
FARTHEST = 2000
"""Lines that are looked at."""
LEDES = 3
"""Paragraphs from the title on that may open with a place and a date."""
FOOT = 80
"""Last lines among which that of a page's last change stands."""
_LAST_CHANGE = re.compile(r"last[-_]?mod(?:ified)?(?:$|[\s_-])", re.IGNORECASE)
_HEAD = 140
_BEGINS = re.compile(r"[\[(（]?")
_NAME = re.compile(r"[^\W\d_][\w'’&]*")
_SENTENCE = re.compile(r"[!?:;\d\"“”«»]")
_ENDS = re.compile(r"(?:[.,(（|/–—-]|[,.]\s(?:le|den))\s*$")
_SMALL = frozenset({"de", "la", "le", "den", "del", "of", "am", "im", "the", "y", "do", "da", "and"})
MAX_PLACE = 60
MAX_WORDS = 8
_DASH = re.compile(r"\s*[)\]）]?\s*(?:/[^/]{2,40}/|\([^()]{2,50}\))?\s*(?:--+|[—–]|-\s|\.[-–—])")
_WIRE = re.compile(r"\s?(?:电|電|讯|訊)")
_WIRED = re.compile(r"[^\W\d_]{2,14}\s?(?:[（(][^）)]{2,16}[）)])?")


def find(lines: Sequence[Line], context: Context) -> Found | None:
    """Return the date of a page that no other place states, None where nothing dependable does."""
    return _named(lines, context) or _led(lines, context)


def changed(lines: Sequence[Line], context: Context) -> Found | None:
    """Return the date of the last change in an element of the foot that names it ("footer-info-lastmod")."""
    for line in lines[-FOOT:]:
        names = f"{line.element.get('id') or ''} {line.element.get('class') or ''}"[:200]
        if len(names) < len("lastmod") or not _LAST_CHANGE.search(names):
            continue
        for moment in moments.find(line.text, day_first=context.day_first)[:1]:
            return _made(line.text, moment, context)
    return None


def _named(lines: Sequence[Line], context: Context) -> Found | None:
    """Return the one day that short lines of the page's own call that of its publication ("Publié le 29/10/2024")."""
    found: list[Found] = []
    for line in lines[: min(FARTHEST, context.comments)]:
        if len(line.text) > MAX_NAMED or line.foreign is not None or line.linked * 2 > len(line.text):
            continue
        for moment in moments.find(line.text, day_first=context.day_first)[:1]:
            if moment.start > 30 or datelines.label(line.text, moment) != "published":
                continue
            if made := _made(line.text, moment, context):
                found.append(made)
    return found[0] if len({each.moment.day for each in found}) == 1 else None


def _led(lines: Sequence[Line], context: Context) -> Found | None:
    """Return the date that the first paragraphs open with: "DUBLIN, July 2, 2024 — The company …"."""
    start = context.title_line or 0
    for index in [each for each in context.prose if each >= start][:LEDES]:
        text = lines[index].text[:_HEAD]
        for moment in moments.find(text, day_first=context.day_first)[:1]:
            before, after = text[: moment.start], text[moment.end :]
            dash = _DASH.match(after) and (_BEGINS.fullmatch(before) or _is_place(before))
            if dash or (_WIRE.match(after) and _WIRED.fullmatch(before)):
                return _made(text, moment, context)
    return None


def _is_place(before: str) -> bool:
    """Tell whether what stands before a date is a place, and perhaps an agency: "NEW YORK, NY--(Wire - "."""
    if len(before) > MAX_PLACE or not _ENDS.search(before) or _SENTENCE.search(before):
        return False
    names = _NAME.findall(before)
    return 0 < len(names) <= MAX_WORDS and all(not name[0].islower() or name in _SMALL for name in names)


def _made(text: str, moment: Moment, context: Context) -> Found | None:
    """Return the date of a moment, None where it cannot be the page's own."""
    made = datelines.stamp(moment, text, fetched_at=context.fetched_at, timezone=context.timezone)
    return Found(made, moment, TRUST) if made else None
