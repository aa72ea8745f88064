"""What prune and the capture reader need to know of one block, computed once: its form, never its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines import forms, lexicon
from pipelines.metadata import moments

_CLOCK = re.compile(r"(?:\bat\s)?(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?[ap]\.?m\b\.?)?", re.IGNORECASE)
_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_AGO = re.compile(
    rf"^(?:about |an? )?\d{{0,3}}\s?{_UNIT}?\s?ago$"
    r"|^\d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|天|周|个月|個月|年)\s?前$|^\d{1,3}\s?(?:分|時間|日)前$|^\d{1,3}\s?(?:분|시간|일)\s?전$"
    r"|^(?:vor|il y a|hace|há)\s\d{1,3}\s\w+$",
    re.IGNORECASE,
)
_DAY = r"(?:0?[1-9]|1[0-2])(?:[-/]|月)(?:[12]\d|3[01]|0?[1-9])日?"
_DAY_MONTH = re.compile(rf"^[(\[]?{_DAY}[)\]]?(?:\s|$)|\s[(\[]?{_DAY}[)\]]?$")
_SEPARATORS = re.compile(r"\s*(?:[>»›＞→]+|&gt;|\s/\s|\s\|\s|::)\s*")
_ARROWS = re.compile(r"[>»›＞→]")
CLOCK_WIDTH = 30
"""Columns of the widest line whose clock time alone makes it a stamp ("Today, 10:45")."""
CLOCK_REST = 12
"""Columns that may stand beside that clock time ("Today," has 6): wider ones are rows of a programme or of results. Of
526 public pages with a known body 22 such lines are the article's, and the 57 of the template fall without them."""
LABEL_REST = 16
"""Columns of a bare label: "Published: Dec. 22, 2016, 6:47 p.m." ends in a full stop and is a stamp."""
_NUMBERED = re.compile(
    r"(?:fig\.|figur\w{0,3})\s?\d{1,3}[a-z]?\s?[.:–—|-]\s*\S|\s*([▲△▼▽])[^▲△▼▽]{2,80}\1\s*$", re.IGNORECASE
)
"""A figure with a number, of which the text speaks: the fifteen in the blocks of 526 public pages are an article's. Or
a sub-heading between two marks, the first of which begins captions elsewhere ("▼ 상장은 2년 후 ▼")."""
STAMP_REST = 40
"""Columns that may stand beside the date of a date line (a source, a name): wider lines are about something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The form of one line: ``columns`` wide, running text or not, dated or not, and what the lexicon says.

    ``timed``: a time of day stands beside more than belongs to it, in a programme or in results.
    """

    key: str
    columns: int
    prose: bool
    sentence: bool
    open_end: bool
    dated: bool
    stamp_only: bool
    timed: bool
    found: lexicon.Match | None

    @property
    def seems_dated(self) -> bool:
        """Tell what the models of lines take for dated: a row of a programme too, which readers of a list skip."""
        return self.dated or self.timed

    @property
    def seems_stamp(self) -> bool:
        """Tell what the models of lines take for a stamp."""
        return self.stamp_only or (self.timed and not self.sentence)

    @property
    def reason(self) -> str | None:
        """Return the lexicon's reason, None where it knows nothing."""
        return self.found.reason if self.found else None

    @property
    def form(self) -> str | None:
        """Return the form of the lexicon's match."""
        return self.found.form if self.found else None


def shape(text: str) -> Shape:
    """Return the shape of one block's text."""
    columns = forms.width(text)
    dated, only, timed = _dated(text, columns)
    return Shape(
        key=forms.key(text),
        columns=columns,
        prose=forms.is_prose(text),
        sentence=forms.is_sentence(text),
        open_end=not forms.ends_sentence(text),
        dated=dated,
        stamp_only=only,
        timed=timed,
        found=None if (found := lexicon.match(text)) and found.reason == "caption" and _NUMBERED.match(text) else found,
    )


def _dated(text: str, columns: int) -> tuple[bool, bool, bool]:
    """Say whether a short line carries a date or a time of day, whether that is nearly all, or a time amid more."""
    if columns > 140:
        return False, False, False
    if columns < 24 and (_AGO.match(text) or _DAY_MONTH.search(text)):
        return True, True, False
    spans = [(moment.start, moment.end) for moment in moments.find(text)]
    if not spans and columns <= CLOCK_WIDTH:  # in a wider line 5:17 may be a verse or a score
        spans = _clock(text, columns)
    if not spans:
        return False, False, False
    rest = _beside(text, columns, spans)
    return True, rest <= STAMP_REST and (rest <= LABEL_REST or not forms.is_sentence(text)), False


def _clock(text: str, columns: int) -> list[tuple[int, int]]:
    """Return where the clock time of a line is that says little else; a span of time is a row of a programme."""
    clocks = [hit.span() for hit in _CLOCK.finditer(text)]
    if len(clocks) != 1:
        return []
    (start, end) = clocks[0]
    return (
        clocks
        if _beside(text, columns, clocks) <= CLOCK_REST or _AGO.match(f"{text[:start]}{text[end:]}".strip())
        else []
    )


def _beside(text: str, columns: int, spans: list[tuple[int, int]]) -> int:
    """Return the columns of a line that are in none of these spans."""
    return columns - sum(forms.width(text[start:end]) for start, end in spans)


def crumbs(text: str) -> tuple[str, ...]:
    """Return the steps of a breadcrumb line ("Home > News > Text"), nothing for another line."""
    if forms.width(text) > 140 or not _ARROWS.search(text):
        return ()
    steps = [step.strip(" -:：") for step in _SEPARATORS.split(text)]
    named = tuple(step for step in steps if step)
    if len(named) < 2 or any(forms.width(step) > 48 for step in named[:-1]) or forms.is_prose(text):
        return ()
    return named


def is_teaser(text: str, own: Shape, following: Sequence[Shape]) -> bool:
    """Tell whether a line is how one of the next ones begins, cut: templates put it over the text as its summary.

    Of the blocks of 526 public pages 46 such lines are the template's, one is the text's.
    """
    if own.columns < 28 or not text.endswith(("...", "…")):
        return False
    return any(other.key.startswith(own.key) for other in following)
