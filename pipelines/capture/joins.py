"""Lines that a renderer broke in a sentence, joined again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines import forms, lexicon
from pipelines.capture import hyphens, wraps
from pipelines.capture.lines import Line
from pipelines.capture.wraps import MARGIN, Wrap, is_ideograph, is_joinable, pairs
from pipelines.metadata import moments
from pipelines.model import Kind

SPACED_SHARE = 0.95
"""Share of the lines with a blank line before them from which the blank lines are the printer's, not the author's."""
TITLE = 40
"""Columns of the narrowest title that may be broken: in a list of headlines and days each belongs to the other."""
OPEN_WIDTH = 60
"""Columns from which a line without a sentence end, followed by a small letter, was broken by the renderer."""
_NOTES = frozenset({"byline", "date_line", "source_line", "caption", "share_bar", "category", "editor_credit"})
"""What stands under a title and is not the rest of it."""


def join(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with hard wraps undone; blank lines, bullets and headings always end a line."""
    lines = _single_spaced(lines)
    wrap = wraps.find(lines)
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
    return tight if wraps.find(tight) is not None else lines


def glue(left: str, right: str) -> str:
    """Join two halves of a broken line: no blank between ideographs, nor after the hyphen of a divided word."""
    if not left or not right:
        return left + right
    if is_ideograph(left[-1]) or is_ideograph(right[0]):
        return left + right
    if left[-1] == "-" and left[-2:-1].isalpha() and right[0].islower():
        return left + right
    return f"{left} {right}"


def _is_broken(lines: Sequence[Line]) -> bool:
    """Say whether running text is broken at odd places: before numbers or small letters, or between two names."""
    long = [(a, b) for a, b in pairs(lines) if forms.width(a.text) >= OPEN_WIDTH]
    odd = sum(forms.sentences(a.text) > 0 and _breaks_oddly(a.text, b.text) for a, b in long)
    return odd >= 3 and odd * 4 >= len(long)


def _breaks_oddly(left: str, right: str) -> bool:
    end, start = left[-1:], right[:1]
    if not end.isalnum() or forms.is_wide(end):
        return False
    return start.islower() or (start.isdigit() and end.isalpha())


def _continues(whole: Line, last: Line, line: Line, wrap: Wrap | None, broken: bool) -> bool:
    """Say whether ``line`` goes on where ``last``, the newest piece of ``whole``, was broken off."""
    if not is_joinable(whole, line):
        return False
    if whole.kind is Kind.HEADING and (wrap is None or line.lead or forms.is_prose(line.text)):
        return False
    if last.text.endswith(hyphens.DIVIDED) and hyphens.is_divided(last.text, line.text):
        return True
    if wrap is not None:
        if wrap.is_centred(line):
            return wrap.is_full(last, line) and wrap.size(last) <= wrap.column + MARGIN
        if whole.text == last.text and _is_note(whole.text, line.text, wrap.column):
            return False
        return wrap.holds(last) and wrap.is_full(last, line) and not (line.lead and not last.lead)
    if forms.ends_sentence(whole.text):
        return False
    return _goes_on(whole.text, line.text, broken)


def _is_note(title: str, line: str, column: int) -> bool:
    """Say whether a short line below one without a sentence is no part of it: a date, a byline, a credit."""
    if (
        forms.width(title) < TITLE
        or forms.width(line) > column // 2
        or forms.ends_sentence(line)
        or forms.sentences(title)
    ):
        return False
    found = lexicon.match(line)
    return (found is not None and found.reason in _NOTES) or bool(moments.find(line, day_first=True))


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
