"""Who wrote the article of a capture, by the lines round its title: a byline, or names that no word introduces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from pipelines import lexicon
from pipelines.capture.headline import is_menu, shows_picture
from pipelines.capture.lines import Line
from pipelines.metadata import bylines, moments, people, tidying
from pipelines.metadata.authors import from_byline
from pipelines.metadata.bare_names import READING, begins_biography
from pipelines.metadata.text import key
from pipelines.pruning.shapes import Shape

UNDER, BELOW = 10, 4
"""Lines under the title, and below the first running text (a standfirst is one), in which the author may stand."""
UNTITLED, WINDOW, OVER = 8, 20, 4
"""Lines above the text where there is no title; those above it in which a byline counts however far it is from the
title; and those above the title in which one does. Authors found in the public pages, hosts unseen, with those that
``credits`` reads behind the text: en .58 and .56 → .63 and .58, de .56 → .62, zh .60 and .56 → .62 and .58 (Chromium,
inscriptis).
"""
NEXT = 3
"""Lines right under the title that are read however many stand between them and the text: the buttons of a gallery."""
WIDTH = 140
"""Columns of the widest byline."""
LONGEST = 300
"""Columns of the widest byline that begins with the word for it: several authors, each with a house."""
BESIDE = 2
"""Lines to either side of bare names in which a date vouches for them."""
_LETTERS = re.compile(r"[^\W\d_]+")
_HOUSES = re.compile(r"[(（\[][^()（）\[\]]*/[^()（）\[\]]*[)）\]]")
"""Who took a picture and for whom, behind what it shows: "Jane Doe (ANTARA/Harbour)"."""
_ARTICLES = frozenset({"De", "Di", "Da", "Do"})
"""Words for the author in one language that begin names and titles of papers in others: "De Gazeta Portului"."""
_PARTS = re.compile(r"\s*(?:[|•·–—]|\s-\s|@)\s*")


def find(
    lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool], title: int | None, start: int
) -> tuple[int, tuple[str, ...]] | None:
    """Return the line of the authors and their names; ``start`` is the article's first running text."""
    top = max(0, start - UNTITLED) if title is None else title + 1
    end = min(len(lines), max(start, min(top + UNDER, max(start, top) + BELOW)))
    within = (at for at in range(top, end) if at < top + NEXT or at >= start - WINDOW)
    loose = {at for at in within if (at < start or not chosen[at]) and _is_fit(shapes[at])}
    below = [at for at in range(top, end) if at in loose or _is_signature(lines[at].text, shapes[at])]
    # Under a caption that was taken for the text, however far its title is.
    far = range(end, min(len(lines), start + BELOW))
    below += [at for at in far if not chosen[at] and _is_fit(shapes[at]) and bylines.begins(lines[at].text)]
    above = [at for at in range(top - 1, max(-1, top - 1 - OVER), -1) if at != title and _is_fit(shapes[at])]
    labelled = ((at, _credited(lines, at)) for at in below)
    over = ((at, from_byline(lines[at].text)) for at in above if not is_menu(lines[at].text))
    if title is None:
        found = chain(labelled, over)
    else:
        dated = (at for at in above if _is_dated(lines, shapes, at))
        told = ((at, _with_biography(lines, at, title)) for at in dated)
        found = chain(labelled, _bare_names(lines, shapes, chosen, title, start, below), over, told)
    return next(((at, names) for at, names in found if names), None)


def _is_fit(shape: Shape) -> bool:
    """Tell whether a line is short enough for a byline, and no running text."""
    return shape.columns <= WIDTH and not shape.prose


def _is_signature(text: str, shape: Shape) -> bool:
    """Tell whether a line begins with a word for the author and ends like no sentence, however many it names."""
    return shape.columns <= LONGEST and shape.prose and not shape.sentence and bylines.begins(text)


def _credited(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """Return the names of a byline, or those in the line under the word for it."""
    text = lines[at].text
    if bylines.is_label(text) and at + 1 < len(lines):
        return _bare(lines[at + 1].text)
    return from_byline(text)


def _bare_names(
    lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool], title: int, start: int, near: Sequence[int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the names that no word introduces, right under the title or vouched for."""
    told = (line.text for line, taken in zip(lines, chosen, strict=True) if taken)
    said = {word for text in told for word in _LETTERS.findall(text) if word.islower()}
    menu = {key(line.text) for line in lines[: title + 1]}
    for at in near:
        text = lines[at].text
        if chosen[at] or at > title + UNDER or lexicon.match(text) or shows_picture(text):
            continue
        names = _bare(text)
        if (
            not names
            or _is_said(names, said)
            or any(map(_are_buttons, names))
            or not all(_is_own(name, lines[title].text, menu) for name in names)
        ):
            continue
        known = at == title + 1 or _is_dated(lines, shapes, at)
        if known or all(_is_known(lines, at, start, name) for name in names):
            yield at, names


def _with_biography(lines: Sequence[Line], at: int, title: int) -> tuple[str, ...]:
    """Return the name over the title's line that is not in it and has a biography below: "Jane Doe is a …"."""
    names = _bare(lines[at].text)
    if len(names) != 1 or key(names[0]) in key(lines[title].text):
        return ()
    below = (line.text for line in lines[title + 1 :] if line.text[:1] == names[0][:1])
    return names if any(begins_biography(text, names[0]) for text in below) else ()


def _is_own(name: str, title: str, menu: Collection[str]) -> bool:
    """Say whether a name is neither in the title nor a section of the site, which its menu over the title names."""
    return key(name) not in menu and key(name) not in key(title)


def _are_buttons(name: str) -> bool:
    """Say whether half of the words of a name are buttons by themselves ("Facebook Pinterest Linked")."""
    words = name.split()
    return 2 * sum((found := lexicon.match(word)) is not None and found.form == "whole" for word in words) >= len(words)


def _is_said(names: Sequence[str], said: Collection[str]) -> bool:
    """Say whether half of the words of names are in the text in small letters ("Camera Settings")."""
    small = [word.lower() in said for name in names for word in _LETTERS.findall(name) if len(word) > 2]
    return bool(small) and 2 * sum(small) >= len(small)


def _bare(text: str) -> tuple[str, ...]:
    """Return the names that a line begins with or consists of: "Ann Lee and Bo Ek", "Ann Lee | Published today".

    Behind them may stand whom they write for ("Ann Lee, Harbour News"), before them the date alone.
    """
    if _HOUSES.search(text) or text.endswith(":"):
        return ()
    found = moments.find(text, day_first=True)  # in which order day and month stand matters not here
    before = bylines.undated(text[: found[0].start]) if found else text
    if found and not before.strip():
        before = bylines.without_unit(text[found[-1].end :]).lstrip(" |•·–—-")
    first = _PARTS.split(before, maxsplit=1)[0]
    author, *behind = people.split(first) or [""]
    names = [tidying.tidy(part) for part in (author, *(part for part in behind if not _is_house(part, author)))]
    fit = all(people.is_spaced_name(name) and people.is_person(name) and not people.is_group(name) for name in names)
    fit = fit and all(len(name.split()) <= 4 and name.split()[0] not in _ARTICLES for name in names)
    return tuple(names) if fit else ()


def _is_house(part: str, author: str) -> bool:
    """Tell whether what stands behind an author is whom they write for: "Harbour News", "HBC" where they are no HBC."""
    head = part.split(" ", 1)[0]
    capitals = len(head) > 2 and head.isupper() and not author.isupper()
    return capitals or people.is_group(tidying.tidy(part)) or people.is_house(part)


def _is_dated(lines: Sequence[Line], shapes: Sequence[Shape], at: int) -> bool:
    """Say whether the line, or one beside it, tells when the article was out or how long it takes to read."""
    if moments.find(lines[at].text[:WIDTH], day_first=True):  # in either order of day and month
        return True
    beside = range(max(0, at - BESIDE), min(len(lines), at + BESIDE + 1))
    return any(
        (shapes[each].dated and not shapes[each].prose) or READING.search(lines[each].text[:WIDTH]) for each in beside
    )


def _is_known(lines: Sequence[Line], at: int, start: int, name: str) -> bool:
    """Say whether one line below the text's ``start`` is that name again, or one is its biography ("Ann Lee is a …").

    What stands again more often, or among the lines by the title, is an entry of a menu.
    """
    others = [(index, line.text) for index, line in enumerate(lines) if index != at and line.text[:1] == name[:1]]
    copies = [index for index, text in others if key(text) == key(name)]
    return (len(copies) == 1 and copies[0] > start) or any(begins_biography(text, name) for _, text in others)
