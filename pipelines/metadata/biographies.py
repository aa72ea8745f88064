"""Names that a portrait behind the article tells: below "About the author", in italics, by an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.metadata import people, words
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Line, text_of

BEFORE, BEHIND = 3, 13
"""Lines before and behind the article's last one among which its author is portrayed."""
HEADING = 30
"""Characters of the longest heading of a portrait."""
_IS_A = re.compile(
    r"^((?:[^\W\d_][\w.'’-]*\s){1,3}?[^\W\d_][\w.'’-]*),?\s(?:is|was|has|works|writes|covers|reports|teaches|ist|arbeitet"
    r"|schreibt|est|écrit|es|escribe|é|escreve|è|scrive|jest|pisze)\s"
)
_WHO = re.compile(r"^([\u3400-\u9fff]{2,4})(?:[，,、（(：:]|\s|$)")
_REACHED = re.compile(r"^(.{4,40}?) can be reached (?:at|on|by|via)\s")
_ASKED = re.compile(r"^(?:Contact|E-?mail|Write to|Reach) (.{4,40}?) at ([\w.+-]{3,40})@")


def behind(lines: Sequence[Line], end: int, no: Sequence[str]) -> tuple[str, ...]:
    """Return the name of whom the lines about the article's end portray as its author; ``no`` are names of the site."""
    around = lines[max(0, end - BEFORE) : end + BEHIND]
    for heading, following in pairwise(around):
        if len(heading.text) <= HEADING and heading.text.strip(" :：").casefold() in words.words("people", "portraits"):
            name = _portrayed(following.text)
            return (name,) if people.is_person(name, no) else ()
    for line in around:
        name = _addressed(line.text) or (_is_somebody(line.text) if _in_italics(line) else "")
        if name and people.is_person(name, no):
            return (name,)
    return ()


def _portrayed(text: str) -> str:
    """Return the name that a portrait is or begins with."""
    if dense(text[:12]):
        whole = text.replace(" ", "").replace("\u3000", "")
        found = _WHO.match(whole)
        return found[1] if found and people.is_han_name(found[1]) else ""
    if len(text.split()) <= 3 and people.is_spaced_name(text):
        return text
    return _is_somebody(text)


def _is_somebody(text: str) -> str:
    """Return the name of a text that begins "Jane Doe is a …"."""
    match = _IS_A.match(text[:80])
    return match[1] if match and people.is_spaced_name(match[1]) else ""


def _addressed(text: str) -> str:
    """Return the name of whom readers can write to; behind "Contact", it is the address that tells it is a person."""
    if match := _REACHED.match(text):
        return match[1] if people.is_spaced_name(match[1]) else ""
    match = _ASKED.match(text)
    known = match and people.is_spaced_name(match[1]) and any(key(word) in key(match[2]) for word in match[1].split())
    return match[1] if match and known else ""


def _in_italics(line: Line) -> bool:
    """Tell whether a line is set in italics as a whole, as papers set who wrote what stands above."""
    faces = [child for child in line.element if child.tag in ("em", "i")]
    return len(faces) == 1 and key(text_of(faces[0])) == key(line.text)
