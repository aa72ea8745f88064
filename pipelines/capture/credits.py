"""Who wrote the article of a capture, where no byline stands between its title and its text.

The text itself credits its authors in writing without spaces and in Korean: in the dateline of the first paragraph, in
brackets behind the last one, in a line of its own. Elsewhere only a line that begins with the word for it counts, or a
name that its biography follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines import forms
from pipelines.metadata import bare_names, bylines, dense_bylines, moments, people
from pipelines.metadata.text import dense

LEADS, SIGNED, BEHIND, FAR = 3, 3, 6, 20
"""First and last lines of the article and lines behind it that are read, those in which a biography may stand."""
SHORT, WIDE, LONGEST = 80, 120, 24
"""Columns of the widest line that holds a credit and little else, and a word for it that is no preposition; characters
of the longest one of bare names."""
_HANGUL = re.compile("[가-힣]")
_LABEL = re.compile(
    r"[（(\[【]?\s?(?:本文|原文|文章)?作\s{0,4}者\s?[：:]|\W*(?:文|撰文|撰稿人?|执笔人?|采写|图文|執筆|取材)\s?[：:/｜|丨／]"
)
_SPACED_LABEL = re.compile(
    r"\W*[^\W\d_]{2,20}(?:(?:/|\s(?:and|und|et|y|e|i|и)\s)[^\W\d_]{2,20})?\s?:\s|Autorin/Autor\s"
    r"|\s?[-–—]{1,3}\s?(?:by|von|por|par)\s"
    r"|\W*(?:written|posted|text|story|article|words|recipe|review|verfasst|geschrieben|escrito|scritto)\s(?:by|von|por|da)\s",
    re.IGNORECASE,
)


def find(body: Sequence[str], behind: Sequence[str]) -> tuple[str, ...]:
    """Return the authors that the article's lines credit, or those right behind it; ``body`` are its lines in order."""
    edited = {name for line in behind[:BEHIND] for name in bylines.editors(line)}
    for names in _credited(body, behind[:BEHIND]):
        found = tuple(name for name in names if people.is_person(name) and name not in edited)
        if found:
            return found
    return ()


def beside_date(above: Sequence[str]) -> tuple[str, ...]:
    """Return the Chinese or Japanese names that stand alone within two lines of the date; ``above``: title to text."""
    found_in = [moments.find(line) for line in above]
    dated = [index for index, found in enumerate(found_in) if found]
    for index, line in enumerate(above):
        if found_in[index]:
            line = line[: found_in[index][0].start].strip()
        if forms.width(line) > 2 * LONGEST or not any(abs(index - day) <= 2 for day in dated):
            continue
        # "[佐藤由紀子，ITmedia]": a Japanese name and its house.
        names = people.split(line.strip(" []［］"))
        if not line.startswith("[") and not people.are_han_names(names):
            continue
        if found := tuple(name for name in names if people.is_han_name(name)):
            return found
    return ()


def with_biography(body: Sequence[str], behind: Sequence[str]) -> tuple[str, ...]:
    """Return the name that stands alone at the article's end and begins a sentence below it: "Jane Doe is a …"."""
    last = [*body[-SIGNED:], *behind]
    names = [(at, line) for at, line in enumerate(last) if len(line.split()) <= 3 and people.is_spaced_name(line)]
    told = {
        line for at, line in names if any(bare_names.begins_biography(text, line) for text in last[at + 1 : at + 3])
    }
    return tuple(told) if len(told) == 1 else ()


def _credited(body: Sequence[str], behind: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names of one credit after the other, the likelier ones first."""
    for line in body[:LEADS]:
        if "기자" in line[:60]:
            yield bylines.from_korean(line[:60])
        elif dense(line):
            yield dense_bylines.from_prose(line, signed=False)
    for line in body:
        if not line.isascii() and forms.width(line) <= SHORT and _LABEL.match(line):
            yield bylines.from_byline(line)
    for line in reversed(body[-SIGNED:]):
        if _HANGUL.search(line) and forms.width(line) <= SHORT:
            yield bylines.from_korean(line)
        elif dense(line):
            yield dense_bylines.from_prose(line)
            if forms.width(line) <= SHORT:
                yield dense_bylines.from_dense(line)
    yield from _signed([*reversed(body[-SIGNED:]), *behind])
    for line in behind:
        if forms.width(line) <= SHORT and (dense(line) or _HANGUL.search(line)):
            yield bylines.from_byline(line)
            yield dense_bylines.from_prose(line)


def _signed(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the names of lines that begin with a word for the author, in writing with spaces."""
    for line in lines:
        if not dense(line) and forms.width(line) <= WIDE and _SPACED_LABEL.match(line):
            yield bylines.from_byline(line)
