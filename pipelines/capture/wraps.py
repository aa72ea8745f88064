"""Hard wraps: the column in which a renderer, a mailer or an old page broke all lines of a capture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipelines import forms
from pipelines.capture import hyphens
from pipelines.capture.lines import Line
from pipelines.model import Kind

_MARKS = frozenset(",.，。、;；")
_FIRST_WORD = re.compile(r"\S+")
_RUNNING = re.compile(r"[,;.](?:\s|$)|[，。、；]")
"""A mark inside running text: lists of headlines, menus and bylines have none."""
_NO_START = frozenset("，。、；：？！”’」』）》】〉…—·,.;:?!)")
"""Marks that may not begin a line: the character before them comes down with them."""

MAX_COLUMN = 160
"""Widest fixed column: old Chinese pages are set in 72 characters, renderers and mailers stop at 130 columns."""
MIN_COLUMN = 24
CENTRED, MARGIN = 8, 4
"""Columns of white space before a line that is centred: less is an indent; and by how much it may be wider than others.
"""
SHORT, FEW_WIDER = 150, 10
"""In a text of fewer lines one in so many may be wider than the column: a line of a footer that is not wrapped."""
COMMON_TIMES = 8
"""Lines of one width (in steps of four columns) from which that width may be a fixed column."""
FULL_SHARE = 0.8
"""Share of the breaks that must fall where the next word had no room, for a page to count as wrapped."""
WIDE_COLUMN, MANY, MANY_SHARE = 60, 10, 0.7
"""Of ten and more such breaks at a column that no menu has, a smaller share: of 1066 renderings of public pages that
are not wrapped none has more than .67, of 500 dumps of text browsers eight, with long menus, have .7 to .8."""
EXACT = 6
"""Lines of ideographs that end in mid-sentence in the very last column: no list has so many, whatever else is there.
On 110 public pages as text, wrapped at 72 columns, it takes F1 from .76 to .99 in Japanese, .925 to .932 in Chinese."""
MARKED_SHARE = 0.4
"""Share of a wrapped page's lines that hold a comma or full stop; menus and lists of headlines have 0.1 or less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """A fixed column, and what is counted up to it: columns or characters."""

    column: int
    measure: Callable[[str], int]

    def holds(self, line: Line) -> bool:
        """Say whether a line is more than half full and no longer than the column."""
        size = self.size(line)
        # A line with an address in it may be longer than any: programs do not break one.
        return self.column // 2 < size and (size <= self.column or line.hidden > 0)

    def size(self, line: Line) -> int:
        """Return how much of the column a line takes."""
        return self.measure(line.whole) + line.hidden

    def is_centred(self, line: Line) -> bool:
        """Say whether a line stands in the middle of the column, as the rest of a headline does."""
        lead = self.measure(line.lead)
        return lead >= CENTRED and abs(lead - (self.column - self.measure(line.text)) // 2) <= 3

    def is_full(self, line: Line, following: Line) -> bool:
        """Say whether the next line's first word had no room on the line."""
        if hyphens.is_divided(line.text, following.text):
            return True
        size, first = self.size(line), following.text[:1]
        if first and is_ideograph(first):
            # Full-width marks may not start a line, so lines end up to two short; after a full stop only for a mark.
            ends = forms.ends_sentence(line.text) and following.text[1:2] not in _NO_START
            return size + (self.measure(first) if ends else 6) > self.column
        match = _FIRST_WORD.match(following.text)
        return size + 1 + (self.measure(match.group()) if match else 0) + following.opening > self.column

    def is_cut(self, line: Line, following: Line) -> bool:
        """Say whether the line ends in the last column between two ideographs: not with the dots of a teaser.

        Below a headline that was cut to so many characters stands something short.
        """
        last, first = line.text[-1:], following.text[:1]
        if 2 * self.size(following) < self.column:
            return False
        return 0 <= self.column - self.size(line) < 2 and all(map(str.isalpha, last + first)) and is_ideograph(last)


def is_ideograph(char: str) -> bool:
    """Say whether a character is written without blanks round it (Hangul is not)."""
    return forms.is_wide(char) and not ("\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u115f")


def pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the neighbours that could be one broken line."""
    return [(a, b) for a, b in pairwise(lines) if is_joinable(a, b)]


def is_joinable(line: Line, following: Line) -> bool:
    """Say whether two neighbours could be one broken line by their kinds: no blank line, bullet or heading between."""
    plain = following.kind is Kind.PARAGRAPH or (following.kind is Kind.LIST_ITEM and following.text[:1].isdigit())
    if line.kind is Kind.CODE or following.after_blank or following.kind is Kind.CODE:
        return False
    if line.kind is Kind.QUOTE and following.kind is Kind.QUOTE:
        return True
    return plain and not following.tabbed


def find(lines: Sequence[Line]) -> Wrap | None:
    """Return how the whole capture is wrapped, None where lines are as long as their paragraphs.

    Renderers count columns; plain text tools count characters, which differ where ideographs and letters mix.
    """
    beside = pairs(lines)
    spans = [line for line in lines if line.kind is not Kind.CODE]
    for measure in (forms.width, len):
        sizes = [measure(line.whole) + line.hidden for line in spans]
        found: dict[Wrap, int] = {}
        for column in _candidates([size for a, _ in beside if (size := measure(a.whole) + a.hidden) >= MIN_COLUMN]):
            wrap = Wrap(column=column, measure=measure)
            fits = sum(size for size in sizes if column // 2 < size <= column)
            over = [line for line, size in zip(spans, sizes, strict=True) if size > column]
            if column >= WIDE_COLUMN:
                over = [line for line in over if forms.is_prose(line.text)]  # code and addresses are never broken
            if fits > sum(wrap.size(line) for line in over) and (full := _full_breaks(wrap, beside)):
                found[wrap] = full
        if found:
            return max(found, key=lambda wrap: found[wrap])
    return None


def _candidates(sizes: list[int]) -> list[int]:
    """Return the columns to try: one that nearly every line fits (a longer one is a URL), and those of the most."""
    if len(sizes) < 3:
        return []
    sizes = sorted(sizes)
    common, times = Counter(size // 4 for size in sizes).most_common(1)[0]
    found = [sizes[-1 - len(sizes) // 50]]
    if len(sizes) < SHORT:
        found = [size for size in dict.fromkeys(reversed(sizes)) if sizes[-1 - len(sizes) // FEW_WIDER] <= size]
    if times >= COMMON_TIMES:
        found += sorted({size for size in sizes if 0 <= size - common * 4 < 8} | {common * 4 + 3}, reverse=True)
    return [column for column in found if MIN_COLUMN <= column <= MAX_COLUMN]


def _full_breaks(wrap: Wrap, beside: Sequence[tuple[Line, Line]]) -> int:
    """Return how many lines end in mid-sentence because the next word had no room; 0 where the page is not wrapped.

    A break between two headlines, or a byline and a date, says nothing: it stands where its author put it.
    """
    within = [(a, b) for a, b in beside if wrap.holds(a)]
    open_breaks = [(a, b) for a, b in within if not forms.ends_sentence(a.text) and _is_running(a, b)]
    full = sum(wrap.is_full(a, b) for a, b in open_breaks)
    marked = sum(not _MARKS.isdisjoint(a.text) for a, _ in within)
    if sum(wrap.is_cut(a, b) for a, b in open_breaks) >= EXACT:
        return full
    is_many = wrap.column >= WIDE_COLUMN and full >= MANY
    is_wrapped = len(open_breaks) >= 3 and full >= (MANY_SHARE if is_many else FULL_SHARE) * len(open_breaks)
    return full if is_wrapped and marked >= MARKED_SHARE * len(within) else 0


def _is_running(line: Line, following: Line) -> bool:
    """Say whether one of two neighbours carries a mark of running text."""
    return _RUNNING.search(line.text) is not None or _RUNNING.search(following.text) is not None
