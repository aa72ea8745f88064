"""Whom to ask: the names, numbers and addresses under a press release, and the marks with which its text ends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from pipelines import forms, lexicon

LATE = 0.5
"""Share of the text above from which such a line stands under it."""
LINE, LINES = 70, 10
"""Columns of the widest line of a name, a place or a number, and most of them without a number under one head."""
WIDTH = 240
"""Columns of the widest line that has a head and what it heads at once."""
_REACH = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\w-])\+?\(?\d[\d\s()/.+–-]{5,18}\d(?![\w-])")
"""An address for mail or a telephone number."""
_YEARS = re.compile(r"(?:1[89]|20)\d\d\s?[–/-]\s?(?:(?:1[89]|20)\d\d|\d\d)")
_END = re.compile(r"\s*(?:#(?:\s?#){2,}|[-–—\s]*30\s?[-–—]|[-–—*\s]*ENDS[-–—*\s.]*|[-–—*]\s?Ends?\s?[-–—*])\s*")
"""What ends a release: "###", "-30-", "ENDS"."""
_MARKS = frozenset("#-–—*3E")
_FIRST = 4
"""Characters of a line by which most lines are let go."""


def find(texts: Sequence[str]) -> Iterator[int]:
    """Yield the indices of such lines in the second half of a text; a head alone, without any number, is none."""
    if not any(_may_end(text) or _may_head(text) for text in texts):  # most pages
        return
    late = LATE * sum(map(forms.width, texts))
    above, index = 0, 0
    while index < len(texts):
        text = texts[index]
        if above >= late and text:
            if _may_end(text) and _END.fullmatch(text):
                yield index
            if _heads(text) and (past := _past(texts, index)) > index:
                yield from range(index, past)
                above += sum(map(forms.width, texts[index:past]))
                index = past
                continue
        above += forms.width(text)
        index += 1


def _may_end(text: str) -> bool:
    """Say whether a line may be the mark with which a text ends, by its length and its first character."""
    return len(text) <= 40 and text.lstrip()[:1] in _MARKS


def _may_head(text: str) -> bool:
    """Say whether a line begins as a head does, by its first characters."""
    begin = text[:_FIRST]
    return (begin.lower() if begin.isascii() else lexicon.fold(begin)) in _data()[2]


def _heads(text: str) -> bool:
    """Say whether a line is a head, or begins with one that a mark or, in one line, a number or address follows."""
    heads, alone, _ = _data()
    if not _may_head(text) or forms.width(text) > WIDTH:  # most lines
        return False
    line = lexicon.fold(text[:120])
    if line.rstrip(" :") in alone:
        return True
    for head in heads:
        if line.startswith(head):
            rest = line[len(head) :].lstrip()
            if (
                not rest
                or rest[0] in ":,–—-"
                or (line[len(head)] == " " and not forms.is_sentence(text) and is_reach(text))
            ):
                return True
    return False


def _past(texts: Sequence[str], index: int) -> int:
    """Return the index behind the lines that a head opens, its own where they give nobody to reach."""
    reached = is_reach(texts[index])
    past, last = index + 1, index + 1 if reached else index
    while past < len(texts) and past - max(index, last - 1) <= LINES and forms.width(texts[past]) <= WIDTH:
        if is_reach(texts[past]):
            last = past + 1
        elif forms.width(texts[past]) > LINE or forms.is_sentence(texts[past]) or not texts[past]:
            break
        past += 1
    return last


def is_reach(text: str) -> bool:
    """Tell whether a line holds an address for mail or a telephone number; two years are none."""
    return any(not _YEARS.fullmatch(hit.group()) for hit in _REACH.finditer(text))


@cache
def _data() -> tuple[tuple[str, ...], frozenset[str], frozenset[str]]:
    """Return the heads, the longest first, the words that are one as a line of their own, and how they all begin."""
    data = tomllib.loads(resources.files("pipelines").joinpath("data/contacts.toml").read_text("utf-8"))
    heads = sorted({lexicon.fold(head) for head in data["heads"]}, key=len, reverse=True)
    alone = frozenset(map(lexicon.fold, data["alone"]))
    return tuple(heads), alone, frozenset(head[:_FIRST] for head in (*heads, *alone))
