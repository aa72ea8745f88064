"""One walk over the parsed page that collects all the other metadata rules look at, in bounded work.

The walk keeps: meta values by name, the JSON-LD scripts, visible lines in document order with their element, headings,
``time`` elements, and elements whose class, id, itemprop or rel names an author, a date or a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from pipelines.metadata import words

MAX_ELEMENTS = 40_000
"""Elements that are walked; the largest of the 533 benchmark pages has about 20,000."""
MAX_LINE = 1000
MAX_LINES = 6000
MAX_ATTRIBUTE = 2000
MAX_SCRIPTS = 1_000_000
"""Characters of JSON-LD that are read, all scripts of a page together."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "center",
    ]
)
_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "textarea",
        "object",
        "canvas",
        "video",
        "audio",
        "math",
    ]
)
_FOREIGN_TAGS = frozenset({"nav", "footer", "aside"})
_NEVER_FOREIGN = frozenset({"html", "body", "main", "article", "h1", "a"})
_HINT_TOKENS = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*|[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WANTED = frozenset({"author", "date", "title"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


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

    def meta(self, *names: str) -> Iterator[str]:
        """Yield the non-empty contents of the meta elements of these (lower-case) names, in the order of ``names``."""
        for name in names:
            yield from self.metas.get(name, ())


def squeeze(text: str | None) -> str:
    """Return text with single spaces and without soft hyphens and zero-width marks."""
    if not text:
        return ""
    text = text.replace("\xad", "").replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")
    return " ".join(text.split())


def text_of(element: HtmlElement, limit: int = MAX_LINE) -> str:
    """Return the visible text of an element, at most about ``limit`` characters."""
    parts: list[str] = []
    size = 0
    for node in element.iter():
        if (
            not isinstance(node.tag, str)
            or node.tag in _SKIP
            or (node.getparent() is not None and node.getparent().tag in _SKIP)
        ):
            text = ""
        else:
            text = node.text or ""
            if node is not element and node.tag not in INLINE:
                text = " " + text
        for piece in (text, (node.tail or "") if node is not element else ""):
            if piece:
                parts.append(piece[:limit])
                size += len(piece)
        if size > limit:
            break
    return squeeze("".join(parts))


@cache
def _role_words() -> dict[str, str]:
    """Return class word → the role it names."""
    return {
        word: role for role in ("foreign", "author", "date", "title", "crumb") for word in words.words("form", role)
    }


_role_memory: dict[str, frozenset[str]] = {}


def roles_of(value: str) -> frozenset[str]:
    """Return the roles that a class, id, itemprop or rel value names: of foreign, author, date, title, crumb."""
    known = _role_memory.get(value)
    if known is None:
        roles: set[str] = set()
        table = _role_words()
        for token in _HINT_TOKENS.findall(_CAMEL.sub("-", value[:400]).lower()):
            whole = token.replace("_", "-")
            for part in {whole, *whole.split("-")}:
                if role := table.get(part):
                    roles.add(role)
        known = frozenset(roles)
        if len(_role_memory) > 50_000:
            _role_memory.clear()
        _role_memory[value] = known
    return known


def read(tree: HtmlElement) -> Page:
    """Walk the tree once and return what was found; the tree is not changed."""
    return _Walk().run(tree)


class _Walk:
    """The state of the walk: the line that is being put together, and the frames around it."""

    def __init__(self) -> None:
        self.page = Page()
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.block: HtmlElement | None = None
        self.foreign: list[HtmlElement] = []
        self.script_room = MAX_SCRIPTS

    def run(self, tree: HtmlElement) -> Page:
        """Walk until the end or the limits."""
        self.page.language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:20]
        walk = etree.iterwalk(tree, events=("start", "end", "comment"))
        left = MAX_ELEMENTS * 2
        for event, element in walk:
            left -= 1
            if left < 0 or len(self.page.lines) >= MAX_LINES:
                break
            tag = element.tag
            if event == "comment":
                if element.tail:
                    self.add(element.tail)
            elif event == "start":
                if self.enter(element, tag):
                    walk.skip_subtree()
            else:
                self.leave(element, tag)
        self.flush()
        self.settle()
        return self.page

    def settle(self) -> None:
        """Take back frames that hold most of the page's prose: their class ("no-sidebar") only sounds like a frame."""
        sizes: dict[int, int] = {}
        total = 1
        for line in self.page.lines:
            size = len(line.text) - line.linked
            if size >= 60:
                total += size
                if line.foreign is not None:
                    sizes[id(line.foreign)] = sizes.get(id(line.foreign), 0) + size
        wrong = {frame for frame, size in sizes.items() if size * 2 > total}
        if wrong:
            seen: list[Line | Sighting] = [*self.page.lines, *self.page.headings, *self.page.times, *self.page.hints]
            for item in seen:
                if item.foreign is not None and id(item.foreign) in wrong:
                    item.foreign = None

    def enter(self, element: HtmlElement, tag: str) -> bool:
        """Take in an element's start; tell whether its inside is to be skipped."""
        if tag in _SKIP or tag in _HEAD:
            self.head(element, tag)
            return True
        if tag not in INLINE:
            self.flush()
            self.block = element
        elif tag == "a":
            self.links += 1
        if element.attrib:
            style = element.get("style")
            if style and "display" in style and _HIDDEN.search(style[:200]) and tag != "body":
                self.page_sight(element, tag)
                return True
        self.page_sight(element, tag)
        if element.text:
            self.add(element.text)
        return False

    def page_sight(self, element: HtmlElement, tag: str) -> None:
        """Note headings, times and elements whose attributes name a role."""
        foreign = self.foreign[-1] if self.foreign else None
        line = len(self.page.lines)
        roles: set[str] = set()
        for name in ("class", "id", "itemprop", "rel"):
            value = element.get(name)
            if value:
                roles |= roles_of(value)
        if tag in _FOREIGN_TAGS:
            roles.add("foreign")
        if tag in ("h1", "h2", "h3"):
            self.page.headings.append(Sighting(element, line, frozenset(roles), foreign))
        elif tag == "time":
            self.page.times.append(Sighting(element, line, frozenset(roles), foreign))
        elif roles & _WANTED:
            self.page.hints.append(Sighting(element, line, frozenset(roles), foreign))
        if "foreign" in roles and tag not in _NEVER_FOREIGN:
            self.foreign.append(element)

    def leave(self, element: HtmlElement, tag: str) -> None:
        """Take in an element's end and the text after it."""
        if self.foreign and self.foreign[-1] is element:
            self.flush()
            self.foreign.pop()
        if tag not in INLINE and tag not in _SKIP and tag not in _HEAD:
            self.flush()
            self.block = element.getparent()
        elif tag == "a":
            self.links -= 1
        if element.tail:
            self.add(element.tail)

    def add(self, text: str) -> None:
        """Put text at the end of the current line."""
        self.parts.append(text if len(text) <= MAX_LINE else text[:MAX_LINE])
        if self.links > 0:
            self.linked += len(text.strip())

    def flush(self) -> None:
        """End the current line."""
        if self.parts:
            text = squeeze("".join(self.parts))[:MAX_LINE]
            if text and self.block is not None:
                lines = self.page.lines
                foreign = self.foreign[-1] if self.foreign else None
                lines.append(Line(text, self.block, min(self.linked, len(text)), foreign, len(lines)))
            self.parts.clear()
        self.linked = 0

    def head(self, element: HtmlElement, tag: str) -> None:
        """Read meta, title, link and JSON-LD elements, wherever they stand."""
        page = self.page
        if tag == "meta":
            content = squeeze((element.get("content") or element.get("value") or "")[:MAX_ATTRIBUTE])
            if content:
                for key in ("property", "name", "itemprop", "http-equiv"):
                    name = element.get(key)
                    if name and len(name) < 80:
                        page.metas.setdefault(name.strip().lower(), []).append(content)
        elif tag == "title":
            page.title = page.title or squeeze((element.text_content() or "")[:MAX_ATTRIBUTE])
        elif tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split() and not page.canonical:
                page.canonical = (element.get("href") or "").strip()[:MAX_ATTRIBUTE]
        elif tag == "script" and "ld+json" in (element.get("type") or "").lower():
            text = element.text or ""
            if 0 < len(text) <= self.script_room:
                self.script_room -= len(text)
                page.scripts.append(text)


_HEAD = frozenset({"meta", "title", "link", "base"})
