"""One walk over the parsed page that collects all the other metadata rules look at, in bounded work."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from pipelines import spaced
from pipelines.metadata.tree import INLINE, MAX_LINE, SKIPPED, Line, Page, Sighting, roles_of, squeeze

MAX_ELEMENTS = 40_000
"""Elements that are walked; the largest of the 533 benchmark pages has 5,971."""
MAX_LINES = 6000
MAX_TEXT = 50_000
"""Characters of one text in which lines are looked for that only blank lines part."""
MAX_ATTRIBUTE = 2000
MAX_VALUES = 200
"""Values kept of the meta elements of one name; 79 (a page's tags) are the most on 533 public pages."""
MAX_CRUMBS = 12
"""Elements kept that are called paths, the steps of one among them; a page has one path, rarely two."""
MAX_SCRIPTS = 1_000_000
"""Characters of JSON-LD that are read, all scripts of a page together."""
_HEAD = frozenset({"meta", "title", "link", "base"})
_CLOSED = SKIPPED | _HEAD
_BLOCK, _INLINE, _LINK, _SHUT = range(4)
_PLACE = {**dict.fromkeys(INLINE, _INLINE), "a": _LINK, **dict.fromkeys(_CLOSED, _SHUT)}
"""What an element does to the line it stands in, by its tag; ``_BLOCK`` ends it."""
_FOREIGN_TAGS = frozenset({"nav", "footer", "aside"})
_NEVER_FOREIGN = frozenset({"html", "body", "main", "article", "h1", "a"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_SIGHTS = _HEADINGS | _FOREIGN_TAGS | {"time"}
_NAMING = frozenset({"class", "id", "itemprop", "rel", "property"})
_WANTED = frozenset({"author", "date", "title", "poster"})
AUTHOR_PAGE = re.compile(
    r"/(?:auth?ors?|autor(?:en|es)|auteurs?|autor[ei]|writers?|reporters?|columnists?|contributors?|staff|journalists?|by)/[^/?#]{3,}"
)
USER_PAGE = re.compile(
    r"/(?:(?:u|users?|people|members?|profiles?|space|homepage)/[^/?#]+/?(?:$|[?#])|u_?\d|space-u|c/user/|/space\.|home\.php\?mod=space)"
)
"""Where sites on which anybody writes keep what is known of a user. With one first character for all it is searched in
a third of the time."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_EDITS = frozenset({"del", "ins"})
"""Elements whose ``datetime`` is that of an edit; on others (``relative-time``) it is the date shown."""
_NO_ROLES: frozenset[str] = frozenset()
_AUTHOR, _POSTER, _CATEGORY = frozenset({"author"}), frozenset({"poster"}), frozenset({"category"})


def read(tree: HtmlElement) -> Page:
    """Walk the tree once and return what was found; the tree is not changed."""
    return _Walk().run(tree)


def _by_style(last: str, first: str) -> bool:
    """Tell whether only style parts the texts of two elements: "14 May 2026|15:42", "Jane Doe|Published: 14 May"."""
    if first.isdigit():
        return last.isdigit()
    return first.isupper() and (last.islower() or last.isdigit() or last in ".:)")


def _of_page(href: str) -> frozenset[str]:
    """Return the role of a link by what it leads to: an author's page, a user's."""
    if AUTHOR_PAGE.search(href):
        return _AUTHOR
    return _POSTER if USER_PAGE.search(href) else _NO_ROLES


class _Walk:
    """The state of the walk: the line that is being put together, and the frames around it."""

    __slots__ = ("block", "foreign", "frame", "linked", "links", "page", "parts", "script_room")

    def __init__(self) -> None:
        self.page = Page()
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.block: HtmlElement | None = None
        self.foreign: list[HtmlElement] = []
        self.frame: HtmlElement | None = None  # around the beginning of the line: a counter of comments may end it
        self.script_room = MAX_SCRIPTS

    def run(self, tree: HtmlElement) -> Page:
        """Walk until the end or the limits."""
        page = self.page
        page.language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:20]
        walk = etree.iterwalk(tree, events=("start", "end", "comment"))
        left = MAX_ELEMENTS * 2
        lines, parts, foreign = page.lines, self.parts, self.foreign
        place_of = _PLACE.get
        for event, element in walk:
            tag = element.tag
            place = place_of(tag, _BLOCK)
            if event == "start":
                left -= 1
                if self.enter(element, tag, place):
                    walk.skip_subtree()
                elif (text := element.text) and (parts or not text.isspace()):
                    self.add(text)
                if left < 0 or len(lines) >= MAX_LINES:
                    break
                continue
            if event == "end":
                if foreign and foreign[-1] is element:
                    self.flush()
                    foreign.pop()
                if place == _LINK:
                    self.links -= 1
                elif place == _BLOCK:
                    if parts:
                        self.flush()
                    self.block = element.getparent()
            # White space begins no line: most of it is the indentation between two tags.
            if (tail := element.tail) and (parts or not tail.isspace()):
                self.add(tail, apart=event == "end")
        self.flush()
        self.settle()
        return page

    def enter(self, element: HtmlElement, tag: str, place: int) -> bool:
        """Take in an element's start; tell whether its inside is to be skipped."""
        if place == _SHUT:
            self.head(element, tag)
            return True
        if place == _BLOCK:
            if self.parts:
                self.flush()
            self.block = element
        elif place == _LINK:
            self.links += 1
        hidden = False
        roles = _NO_ROLES
        # Not items(): its time grows with the square of the number of attributes.
        for name in element.keys():  # noqa: SIM118
            if name in _NAMING:
                value = element.get(name)
                roles = roles | roles_of(value) if roles else roles_of(value)
                if name == "rel" and place == _LINK and "tag" in value.split() and len(self.page.tagged) < MAX_VALUES:
                    kind = _CATEGORY if "category" in value else _NO_ROLES
                    self.page.tagged.append(Sighting(element, len(self.page.lines), kind, self.around()))
            elif name == "href" and place == _LINK:
                roles = roles | _of_page(element.get(name)[:300])
            elif name == "style" and tag != "body":
                value = element.get(name)
                hidden = "display" in value and bool(_HIDDEN.search(value[:200]))
            elif name == "datetime" and tag not in _EDITS:
                roles = roles | {"date"}
        if roles or tag in _SIGHTS:
            self.sight(element, tag, roles)
        return hidden

    def sight(self, element: HtmlElement, tag: str, roles: frozenset[str]) -> None:
        """Note headings, times, frames and elements whose attributes name a role."""
        sighting = Sighting(element, len(self.page.lines), roles, self.around())
        if tag in _HEADINGS:
            self.page.headings.append(sighting)
        elif tag == "time":
            self.page.times.append(sighting)
        elif roles & _WANTED:
            self.page.hints.append(sighting)
        if "crumb" in roles and len(self.page.crumbs) < MAX_CRUMBS:
            self.page.crumbs.append(sighting)
        if ("foreign" in roles or tag in _FOREIGN_TAGS) and tag not in _NEVER_FOREIGN:
            self.foreign.append(element)

    def around(self) -> HtmlElement | None:
        """Return the innermost frame, None outside of frames."""
        return self.foreign[-1] if self.foreign else None

    def add(self, text: str, *, apart: bool = True) -> None:
        """Put text at the end of the current line; ``apart``: an element begins or ends before it."""
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        if apart and self.parts and _by_style(self.parts[-1][-1], text[0]):
            self.parts.append(" ")
        if not self.parts:
            self.frame = self.around()
        self.parts.append(text if len(text) <= MAX_LINE else text[: MAX_TEXT if "\n" in text else MAX_LINE])
        if self.links > 0:
            self.linked += len(text.strip())

    def flush(self) -> None:
        """End the current line."""
        if self.parts:
            raw = "".join(self.parts)
            texts = spaced.paragraphs(raw) if len(raw) >= spaced.MIN_CHARS else None
            for each in texts or (raw[: 4 * MAX_LINE],):
                text = squeeze(each)[:MAX_LINE]
                if text and self.block is not None:
                    lines = self.page.lines
                    lines.append(Line(text, self.block, min(self.linked, len(text)), self.frame, len(lines)))
            self.parts.clear()
        self.linked = 0

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
            page = self.page
            seen: list[Line | Sighting] = [
                *page.lines,
                *page.headings,
                *page.times,
                *page.hints,
                *page.tagged,
                *page.crumbs,
            ]
            for item in seen:
                if item.foreign is not None and id(item.foreign) in wrong:
                    item.foreign = None

    def head(self, element: HtmlElement, tag: str) -> None:
        """Read meta, title, link and JSON-LD elements, wherever they stand."""
        page = self.page
        if tag == "meta":
            content = squeeze((element.get("content") or element.get("value") or "")[:MAX_ATTRIBUTE])
            if content:
                for key in ("property", "name", "itemprop", "http-equiv"):
                    name = element.get(key)
                    if name and len(name) < 80:
                        values = page.metas.setdefault(name.strip().lower(), [])
                        if len(values) < MAX_VALUES:
                            values.append(content)
        elif tag == "title":
            page.title = page.title or squeeze("".join(element.itertext())[:MAX_ATTRIBUTE])
        elif tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split() and not page.canonical:
                page.canonical = (element.get("href") or "").strip()[:MAX_ATTRIBUTE]
        elif tag == "script" and "ld+json" in (element.get("type") or "").lower():
            text = element.text or ""
            if 0 < len(text) <= self.script_room:
                self.script_room -= len(text)
                page.scripts.append(text)
