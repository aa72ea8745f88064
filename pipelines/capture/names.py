"""Who wrote the article of a capture, by the lines under its title: a byline, or names that no word introduces."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipelines.capture.lines import Line
from pipelines.metadata import bylines, moments, people
from pipelines.metadata.authors import from_byline
from pipelines.metadata.bare_names import READING, begins_biography
from pipelines.metadata.text import key
from pipelines.shapes import Shape

UNDER, BELOW = 10, 4
"""Lines under the title, and below the first running text (a standfirst is one), in which the author may stand."""
WIDTH = 120
"""Columns of the widest byline."""
BESIDE = 2
"""Lines to either side of bare names in which a date vouches for them."""
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"\s*(?:[|•·–—]|\s-\s|@)\s*")


def find(
    lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool], title: int, start: int
) -> tuple[int, tuple[str, ...]] | None:
    """Return the line of the authors and their names; ``start`` is the article's first running text."""
    end = min(len(lines), title + 1 + UNDER, max(start, title + 1) + BELOW)
    under = (at for at in range(title + 1, end) if not chosen[at])
    near = [at for at in under if shapes[at].columns <= WIDTH and not shapes[at].prose]
    for at in near:
        if names := from_byline(lines[at].text):
            return at, names
    said = {word for line, taken in zip(lines, chosen, strict=True) if taken for word in _LETTERS.findall(line.text)}
    above = {key(line.text) for line in lines[: title + 1]}
    for at in near:
        names = _bare(lines[at].text)
        if not names or not all(_is_own(name, lines[title].text, above, said) for name in names):
            continue
        if _is_dated(lines, shapes, at) or all(_is_known(lines, at, name) for name in names):
            return at, names
    return None


def _is_own(name: str, title: str, above: Collection[str], said: Collection[str]) -> bool:
    """Say whether a name is not a section of the site, which its menu names, nor made of words that the text uses.

    ``above`` are the lines over the title, ``said`` the words of the text: "Camera Settings" is in it in small letters.
    """
    small = [word.lower() in said for word in _LETTERS.findall(name) if len(word) > 2]
    return key(name) not in above and key(name) not in key(title) and not (small and all(small))


def _bare(text: str) -> tuple[str, ...]:
    """Return the names that a line begins with or consists of: "Ann Lee and Bo Ek", "Ann Lee | Published today"."""
    found = moments.find(text)
    before = bylines.undated(text[: found[0].start]) if found else text
    first = _PARTS.split(before, maxsplit=1)[0]
    names = [people.tidy(part) for part in people.split(first)]
    fit = all(people.is_spaced_name(name) and people.is_person(name) and not people.is_group(name) for name in names)
    fit = fit and all(len(name.split()) <= 4 for name in names)
    return tuple(names) if names and fit else ()


def _is_dated(lines: Sequence[Line], shapes: Sequence[Shape], at: int) -> bool:
    """Say whether the line, or one beside it, tells when the article was out or how long it takes to read."""
    beside = range(max(0, at - BESIDE), min(len(lines), at + BESIDE + 1))
    return any(
        (shapes[each].dated and not shapes[each].prose) or READING.search(lines[each].text[:WIDTH]) for each in beside
    )


def _is_known(lines: Sequence[Line], at: int, name: str) -> bool:
    """Say whether another line is that name again, or begins a biography with it ("Ann Lee is a …")."""
    others = (line.text for index, line in enumerate(lines) if index != at)
    return any(key(text) == key(name) or begins_biography(text, name) for text in others if text[:1] == name[:1])
