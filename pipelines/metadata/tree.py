"""What the metadata rules look at of a parsed page: meta values, scripts, visible lines, named elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml.html import HtmlElement

from pipelines.metadata import words

MAX_LINE = 1000

INLINE = words.words("form", "inline")
SKIPPED = words.words("form", "skipped")
_BREAK = "\x1e"
_HINT_TOKENS = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(slots=True)
class Line:
    """One visible line: text with single spaces, the block it stands in, and how much of it is inside links.

    ``foreign`` is the innermost element around the line that looks like frame, comments or other articles.
    """

    text: str
    element: HtmlElement
    linked: int = 0
    foreign: HtmlElement | None = None
    index: int = 0


@dataclass(slots=True)
class Sighting:
    """An element of interest, the index of the line that it begins in, and its role words."""

    element: HtmlElement
    line: int
    roles: frozenset[str] = frozenset()
    foreign: HtmlElement | None = None


@dataclass(slots=True)
class Page:
    """What one walk found."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    language: str | None = None
    title: str = ""
    scripts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    headings: list[Sighting] = field(default_factory=list)
    times: list[Sighting] = field(default_factory=list)
    hints: list[Sighting] = field(default_factory=list)
    tagged: list[Sighting] = field(default_factory=list)
    """Links that say by ``rel`` that they lead to a tag of the page; those to a category have a role."""
    crumbs: list[Sighting] = field(default_factory=list)
    """Elements that are called paths to the page ("breadcrumb")."""

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the non-empty contents of the meta elements of these (lower-case) names, in the order of ``names``."""
        for name in names:
            yield from self.metas.get(name, ())


def first_prose(lines: Sequence[Line]) -> int:
    """Return the index of the first line that is prose of the page's own, 0 where there is none."""
    for line in lines:
        if len(line.text) >= 80 and line.linked * 5 < len(line.text) and line.foreign is None:
            return line.index
    return 0


def last_prose(lines: Sequence[Line], start: int) -> int | None:
    """Return the index of the last line from ``start`` on that is prose of the page's own, None where there is none."""
    found = None
    for line in lines[start:]:
        if len(line.text) >= 60 and line.linked * 3 < len(line.text) and line.foreign is None:
            found = line.index
    return found


def squeeze(text: str | None) -> str:
    """Return text with single spaces and without soft hyphens and zero-width marks."""
    if not text:
        return ""
    if not text.isascii():
        text = text.replace("\xad", "").replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")
    return " ".join(text.split())


def text_of(element: HtmlElement, limit: int = MAX_LINE) -> str:
    """Return the visible text of an element, at most about ``limit`` characters."""
    if not len(element):  # most are asked for a name or a time alone
        return squeeze((element.text or "")[:limit]) if element.tag not in SKIPPED else ""
    return squeeze("".join(_parts(element, limit, " ")))


def lines_of(element: HtmlElement, limit: int) -> list[str]:
    """Return the visible text of an element, a line for each block in it and at each break."""
    lines = "".join(_parts(element, limit, _BREAK)).split(_BREAK)
    return [line for each in lines if (line := squeeze(each))]


def _parts(element: HtmlElement, limit: int, apart: str) -> list[str]:
    """Return the pieces of an element's visible text, ``apart`` before each that a block begins with."""
    parts: list[str] = []
    size = 0
    hidden: set[HtmlElement] = set()
    opened: list[HtmlElement] = []  # the current element and those around it: a tail comes after what they hold
    for node in element.iter():
        around = node.getparent()
        while opened and opened[-1] is not around:
            size += _tail(opened, hidden, parts, limit)
        opened.append(node)
        if size > limit:
            break
        if around in hidden or not isinstance(node.tag, str) or node.tag in SKIPPED:
            hidden.add(node)  # an icon's own title as well, however deep it stands
            continue
        text = node.text or ""
        if node is not element and node.tag not in INLINE:
            text = apart + text
        if text:
            size += _add(parts, text, limit)
    while len(opened) > 1 and size <= limit:
        size += _tail(opened, hidden, parts, limit)
    return parts


def _add(parts: list[str], piece: str, limit: int, *, apart: bool = True) -> int:
    """Put a piece of text at the end of the parts and return its size; digits of two elements are two numbers."""
    if apart and piece[0].isdigit() and parts and parts[-1][-1].isdigit():
        parts.append(" ")
    parts.append(piece[:limit])
    return len(piece)


def _tail(opened: list[HtmlElement], hidden: set[HtmlElement], parts: list[str], limit: int) -> int:
    """Close the innermost element and add what stands behind it; nothing that a hidden element holds."""
    closed = opened.pop()
    tail = closed.tail
    if not tail or not opened or opened[-1] in hidden:
        return 0
    return _add(parts, tail, limit, apart=isinstance(closed.tag, str))


_ROLES = ("foreign", "author", "date", "title", "crumb", "poster", "others")
_SETS = tuple(
    frozenset(role for place, role in enumerate(_ROLES) if bits >> place & 1) for bits in range(1 << len(_ROLES))
)
"""Every set of roles, by the bits of its roles: one is looked up in less time than it is made."""


@cache
def _role_words() -> dict[str, int]:
    """Return class word → the bits of the roles it names."""
    table: dict[str, int] = {}
    for place, role in enumerate(_ROLES):
        for word in words.words("form", role):
            table[word] = table.get(word, 0) | 1 << place
    return table


_role_memory: dict[str, frozenset[str]] = {}
_name_memory: dict[str, int] = {}
_MAX_MEMORY = 50_000


def _roles_of_name(name: str) -> int:
    """Return the roles of one of the names in a value, remembered: sites share names (``row``) more than values."""
    roles = 0
    table = _role_words()
    for token in _HINT_TOKENS.findall(name if name.islower() else _CAMEL.sub("-", name).lower()):
        whole = token.replace("_", "-")
        roles |= table.get(whole, 0) or table.get(whole.rstrip("0123456789"), 0)  # "author2"
        if "-" in whole:
            for part in whole.split("-"):
                roles |= table.get(part, 0)
    if len(_name_memory) >= _MAX_MEMORY:
        _name_memory.clear()
    _name_memory[name] = roles
    return roles


def roles_of(value: str) -> frozenset[str]:
    """Return the roles of ``_ROLES`` that a class, id, itemprop or rel value names."""
    known = _role_memory.get(value)
    if known is None:
        roles = 0
        for name in value[:400].split():
            own = _name_memory.get(name)
            roles |= _roles_of_name(name) if own is None else own
        known = _SETS[roles]
        if len(_role_memory) >= _MAX_MEMORY:
            _role_memory.clear()
        _role_memory[value] = known
    return known
