"""The lines of a capture: cleaned, told apart by their marks, joined where a renderer broke them in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines import forms, lexicon
from pipelines.capture import hyphens, markup, sheets
from pipelines.model import Kind

_BREAKS = re.compile(r"\r*\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line ends; "\\r\\r\\n" is one, of a file that was converted twice."""
_BULLET = re.compile(r"^(?:[•●◦▪■□◆◇‣⁃∙·○▶►➤✓✔\u25fb\uf0b7]\s*|[*+\-–]\s+)(?=\S)")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+\S")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+#+)?$")
_QUOTE = re.compile(r"^>\s+(?=\S)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_MARKS = frozenset(",.，。、;；")
_FIRST_WORD = re.compile(r"\S+")
_RUNNING = re.compile(r"[,;.](?:\s|$)|[，。、；]")
"""A mark inside running text: lists of headlines, menus and bylines have none."""
_NO_START = frozenset("，。、；：？！”’」』）》】〉…—·,.;:?!)")
"""Marks that may not begin a line: the character before them comes down with them."""
_LEAD = re.compile(r"[ \t\u3000\xa0]*")

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
MARKED_SHARE = 0.4
"""Share of a wrapped page's lines that hold a comma or full stop; menus and lists of headlines have 0.1 or less."""
SPACED_SHARE = 0.95
"""Share of the lines with a blank line before them from which the blank lines are the printer's, not the author's."""
OPEN_WIDTH = 60
"""Columns from which a line without a sentence end, followed by a small letter, was broken by the renderer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source line: its 0-based number, visible text, and what stood before it.

    ``gap`` counts the blank lines above it, ``lead`` is the white space and the bullet before its text, ``hidden`` the
    columns of marks in it that a reader of the page did not see, ``opening`` those of them in its first word; ``row``
    is a line with tabs in it as the row of a table.
    """

    number: int
    text: str
    after_blank: bool
    lead: str = ""
    gap: int = 0
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    tabbed: bool = False
    hidden: int = 0
    opening: int = 0
    row: str = ""

    @property
    def whole(self) -> str:
        """Return the line as it stands in the capture, with what is before its text: renderers fill that."""
        return self.lead + self.text


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
        if first and _is_ideograph(first):
            # Full-width marks may not start a line, so lines end up to two short; after a full stop only for a mark.
            ends = forms.ends_sentence(line.text) and following.text[1:2] not in _NO_START
            return size + (self.measure(first) if ends else 6) > self.column
        match = _FIRST_WORD.match(following.text)
        return size + 1 + (self.measure(match.group()) if match else 0) + following.opening > self.column


def read(text: str) -> list[Line]:
    """Return the lines that hold text, cleaned of bullets and markdown marks. Fenced code keeps its lines together."""
    found: list[Line] = []
    gap, fenced = 1, False
    code: list[tuple[int, str]] = []
    for number, raw in enumerate(_BREAKS.split(markup.plain(sheets.joined(text)))):
        if raw == sheets.SKIPPED:
            continue
        if _FENCE.match(raw):
            if fenced and any(forms.visible(line) for _, line in code):
                found.append(_code(code, gap > 0))
            fenced, code, gap = not fenced, [], 1
        elif fenced:
            code.append((number, raw))
        elif shown := forms.visible(raw):
            found.append(_line(number, raw, shown, gap))
            gap = 0
        else:
            gap += 1
    # A fence that is never closed was no fence: its lines are lines like all others.
    found += [_line(number, raw, shown, 1) for number, raw in code if (shown := forms.visible(raw))]
    return found


def _code(code: Sequence[tuple[int, str]], blank: bool) -> Line:
    text = "\n".join(raw.rstrip() for _, raw in code).strip("\n")
    return Line(number=code[0][0], text=text, after_blank=blank, kind=Kind.CODE)


def _line(number: int, raw: str, shown: str, gap: int) -> Line:
    blank = gap > 0
    if raw.rstrip().endswith(hyphens.SOFT):
        shown += hyphens.DIVIDED
    hidden = raw.count(markup.FILL)
    opening = raw.split(maxsplit=1)[0].count(markup.FILL) if hidden else 0
    before = _LEAD.match(raw)
    lead = before.group().expandtabs(8) if before else ""
    if match := _MARKDOWN.match(shown):
        level, lead = len(match[1]), match[1] + " "
        found = Line(number=number, text=match[2], after_blank=True, lead=lead, kind=Kind.HEADING, level=level)
        return replace(found, hidden=hidden)
    kind = Kind.LIST_ITEM if _NUMBERED.match(shown) else Kind.PARAGRAPH
    found = Line(
        number=number, text=shown, after_blank=blank, lead=lead, gap=gap, kind=kind, hidden=hidden, opening=opening
    )
    for mark, kind in ((_BULLET, Kind.LIST_ITEM), (_QUOTE, Kind.QUOTE)):
        if match := mark.match(shown):
            return replace(found, text=shown[match.end() :], lead=lead + match.group(), kind=kind)
    if "\t" not in raw.strip():
        return found
    cells = [cell for part in raw.split("\t") if (cell := forms.visible(part))]
    return replace(found, tabbed=True, row=" | ".join(cells))


def join(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with hard wraps undone; blank lines, bullets and headings always end a line."""
    lines = _single_spaced(lines)
    wrap = _wrap(lines)
    broken = _is_broken(lines)
    divided = hyphens.Hyphens([line.text for line in lines])
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        if last is not None and joined and _continues(joined[-1], last, line, wrap, broken):
            before = joined[-1]
            whole = divided.are_divisions(last.text, line.text)
            left = before.text.replace(hyphens.DIVIDED, "-") if before.text.endswith(hyphens.DIVIDED) else before.text
            text = left[:-1] + line.text if whole else glue(left, line.text)
            joined[-1] = replace(before, text=text, tabbed=before.tabbed or line.tabbed)
        else:
            joined.append(line)
        last = line
    return joined


def _single_spaced(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a copy with a blank line after each of its wrapped lines as they were before.

    Where some gaps are wider than most, they are between paragraphs and stay.
    """
    gaps = Counter(line.gap for line in lines[1:])
    if not lines or gaps[0] > (1 - SPACED_SHARE) * len(lines):
        return lines
    usual = gaps.most_common(1)[0][0] if gaps else 0
    tight = [replace(line, after_blank=line.after_blank and line.gap > usual) for line in lines]
    return tight if _wrap(tight) is not None else lines


def glue(left: str, right: str) -> str:
    """Join two halves of a broken line: no blank between ideographs, nor after the hyphen of a divided word."""
    if not left or not right:
        return left + right
    if _is_ideograph(left[-1]) or _is_ideograph(right[0]):
        return left + right
    if left[-1] == "-" and left[-2:-1].isalpha() and right[0].islower():
        return left + right
    return f"{left} {right}"


def _is_ideograph(char: str) -> bool:
    """Say whether a character is written without blanks round it (Hangul is not)."""
    return forms.is_wide(char) and not ("\uac00" <= char <= "\ud7a3" or "\u1100" <= char <= "\u115f")


def _pairs(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the neighbours that could be one broken line."""
    return [(a, b) for a, b in pairwise(lines) if _joinable(a, b)]


def _joinable(line: Line, following: Line) -> bool:
    plain = following.kind is Kind.PARAGRAPH or (following.kind is Kind.LIST_ITEM and following.text[:1].isdigit())
    if line.kind is Kind.CODE or following.after_blank or following.kind is Kind.CODE:
        return False
    if line.kind is Kind.QUOTE and following.kind is Kind.QUOTE:
        return True
    return plain and not following.tabbed


def _wrap(lines: Sequence[Line]) -> Wrap | None:
    """Return how the whole capture is wrapped, None where lines are as long as their paragraphs.

    Renderers count columns; plain text tools count characters, which differ where ideographs and letters mix.
    """
    pairs = _pairs(lines)
    spans = [line for line in lines if line.kind is not Kind.CODE]
    for measure in (forms.width, len):
        sizes = [measure(line.whole) + line.hidden for line in spans]
        found: dict[Wrap, int] = {}
        for column in _candidates([size for a, _ in pairs if (size := measure(a.whole) + a.hidden) >= MIN_COLUMN]):
            wrap = Wrap(column=column, measure=measure)
            fits = sum(size for size in sizes if column // 2 < size <= column)
            over = [line for line, size in zip(spans, sizes, strict=True) if size > column]
            if column >= WIDE_COLUMN:
                over = [line for line in over if forms.is_prose(line.text)]  # code and addresses are never broken
            if fits > sum(wrap.size(line) for line in over) and (full := _full_breaks(wrap, pairs)):
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


def _full_breaks(wrap: Wrap, pairs: Sequence[tuple[Line, Line]]) -> int:
    """Return how many lines end in mid-sentence because the next word had no room; 0 where the page is not wrapped.

    A break between two headlines, or a byline and a date, says nothing: it stands where its author put it.
    """
    within = [(a, b) for a, b in pairs if wrap.holds(a)]
    open_breaks = [(a, b) for a, b in within if not forms.ends_sentence(a.text) and _is_running(a, b)]
    full = sum(wrap.is_full(a, b) for a, b in open_breaks)
    marked = sum(not _MARKS.isdisjoint(a.text) for a, _ in within)
    is_many = wrap.column >= WIDE_COLUMN and full >= MANY
    is_wrapped = len(open_breaks) >= 3 and full >= (MANY_SHARE if is_many else FULL_SHARE) * len(open_breaks)
    return full if is_wrapped and marked >= MARKED_SHARE * len(within) else 0


def _is_running(line: Line, following: Line) -> bool:
    """Say whether one of two neighbours carries a mark of running text."""
    return _RUNNING.search(line.text) is not None or _RUNNING.search(following.text) is not None


def _is_broken(lines: Sequence[Line]) -> bool:
    """Say whether running text is broken at odd places: before numbers or small letters, or between two names."""
    long = [(a, b) for a, b in _pairs(lines) if forms.width(a.text) >= OPEN_WIDTH]
    odd = sum(forms.sentences(a.text) > 0 and _breaks_oddly(a.text, b.text) for a, b in long)
    return odd >= 3 and odd * 4 >= len(long)


def _breaks_oddly(left: str, right: str) -> bool:
    end, start = left[-1:], right[:1]
    if not end.isalnum() or forms.is_wide(end):
        return False
    return start.islower() or (start.isdigit() and end.isalpha())


def _continues(whole: Line, last: Line, line: Line, wrap: Wrap | None, broken: bool) -> bool:
    """Say whether ``line`` goes on where ``last``, the newest piece of ``whole``, was broken off."""
    if not _joinable(whole, line):
        return False
    if whole.kind is Kind.HEADING and (wrap is None or line.lead or forms.is_prose(line.text)):
        return False
    if last.text.endswith(hyphens.DIVIDED) and hyphens.is_divided(last.text, line.text):
        return True
    if wrap is not None:
        if wrap.is_centred(line):
            return wrap.is_full(last, line) and wrap.size(last) <= wrap.column + MARGIN
        return wrap.holds(last) and wrap.is_full(last, line) and not (line.lead and not last.lead)
    if forms.ends_sentence(whole.text):
        return False
    return _goes_on(whole.text, line.text, broken)


def _goes_on(left: str, right: str, broken: bool) -> bool:
    if right.startswith(("http://", "https://")) and " " not in right:
        return False  # the address under the title of a saved page
    columns = forms.width(left)
    if columns >= OPEN_WIDTH and (right[:1].islower() or left[-1:] in ",，、"):
        return True
    if not broken:
        return False
    if _breaks_oddly(left, right) and (columns >= OPEN_WIDTH or forms.is_prose(right)):
        return True
    found = lexicon.match(right)
    if found is not None and found.form in ("section", "whole", "label"):
        return False
    return columns >= OPEN_WIDTH and (forms.sentences(left) > 0 or forms.is_prose(left) or forms.is_prose(right))
