"""One walk over the tree, without recursion, finds the leaf blocks, containers, links and images of a page."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

from pipelines import spaced
from pipelines.forms import seen
from pipelines.html import images, marks, preformatted
from pipelines.html.addresses import is_share
from pipelines.html.blocks import LAYOUT_PARAGRAPHS, Anchor, Container, Leaf, Page, unlist
from pipelines.html.lines import apart, holds_cjk, join_lines, starts_paragraph
from pipelines.html.rows import join_row
from pipelines.html.votes import words
from pipelines.model import Kind

MAX_BLOCKS = 20_000
"""Blocks taken from one page; the largest of 533 public pages has 4,900."""
MAX_LINKS = 5_000
"""Links and images remembered for one page, each."""

SKIP = frozenset(
    re.split(
        r"\s+",
        "script style noscript template svg math iframe object embed select option optgroup textarea title canvas "
        "audio video map applet noframes frameset datalist progress meter rt rp rtc",
    )
)
"""Elements whose text a reader does not see as text, or not here, as the readings above Japanese and Chinese words. Not
``head``: broken pages have all text in it."""
BLOCK = frozenset(
    re.split(
        r"\s+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre section "
        "summary table tbody td tfoot th thead tr ul button",
    )
)
"""Elements that begin and end a block."""
_SKIPPED, _BLOCK, _LINK, _BREAK, _IMAGE, _BOLD, _PLAIN, _OTHER = range(8)
_JOBS = {
    **dict.fromkeys(("i", "em", "font", "u"), _PLAIN),
    **dict.fromkeys(("b", "strong"), _BOLD),
    "a": _LINK,
    "br": _BREAK,
    **dict.fromkeys(("img", "amp-img"), _IMAGE),
    **dict.fromkeys(BLOCK, _BLOCK),
    **dict.fromkeys(SKIP, _SKIPPED),
}
"""What the walk does at an element, by its tag; ``_OTHER`` for every other inline element."""
_ENDED = (_LINK, _BOLD)
_KIND: dict[str, tuple[Kind, int]] = {
    **{f"h{level}": (Kind.HEADING, level) for level in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd"), (Kind.LIST_ITEM, 0)),
    "blockquote": (Kind.QUOTE, 0),
    "pre": (Kind.CODE, 0),
    # In these, text is no longer the list item or quote around them.
    **dict.fromkeys(("table", "article", "section"), (Kind.PARAGRAPH, 0)),
}
"""What the text in an element is, and its level as a heading; that of the element around it for every other tag."""
_WRAPPED, _WRAPS = (Kind.LIST_ITEM, Kind.QUOTE), ("li", "blockquote", "section")
"""WeChat's editor wraps the text of an item or a quote in sections, one in another."""


class _Segment:
    """Text between two line breaks of one run."""

    __slots__ = ("bold", "breaks", "link_chars", "links", "parts")

    def __init__(self, breaks: int) -> None:
        self.parts: list[str] = []
        self.link_chars = 0
        self.links = 0
        self.bold = 0
        self.breaks = breaks


class Walker:
    """Walks a tree once, without recursion, and fills a ``Page``."""

    def __init__(self) -> None:
        self.page = Page()
        self._current = -1
        self._segments: list[_Segment] = [_Segment(0)]
        self._segment = self._segments[0]
        self._inner = 0
        self._in_link = 0
        self._pictured = False  # since the last link began
        self._in_bold = 0
        self._in_pre = 0
        self._images = 0
        self._open_link: list[tuple[str, list[str], int]] = []

    def walk(self, root: lxml.html.HtmlElement) -> Page:
        """Return the page under ``root``."""
        events = lxml.etree.iterwalk(root, events=("start", "end"))
        leaves = self.page.leaves
        job_of = _JOBS.get
        for event, element in events:
            tag = element.tag
            job = job_of(tag, _OTHER)
            if event == "start":
                if job == _BLOCK:
                    self._flush()
                    self._open(tag, element)
                elif job == _SKIPPED:
                    self._skip(tag, element)
                    events.skip_subtree()
                    continue
                elif job != _PLAIN:
                    self._start(job, tag, element)
                text = element.text
            else:
                if job == _BLOCK:
                    self._flush()
                    self._close(tag)
                elif job in _ENDED:
                    self._end(job)
                text = element.tail
            # Most texts are the indentation between two tags: nothing, unless a line or a link has begun.
            if text and (
                self._segment.parts or self._in_link or self._in_pre or not (text.isspace() and text.isascii())
            ):
                self._segment.parts.append(text)
                if self._in_link or self._in_bold:
                    self._mark(text)
            if job == _BLOCK and len(leaves) >= MAX_BLOCKS:
                self.page.is_cut = True
                break
        return self._finished()

    def _finished(self) -> Page:
        """Return the page, with the containers closed that the walk left open."""
        self._flush()
        for container in self.page.containers:
            if container.end < 0:
                container.end = len(self.page.leaves)
        return self.page

    def _skip(self, tag: str, element: lxml.html.HtmlElement) -> None:
        """Take in an element whose inside is no text: readers without scripts see a lazy picture in one."""
        if tag == "noscript":
            for picture in images.beside_script(element):
                self._picture(picture)

    def _start(self, job: int, tag: str, element: lxml.html.HtmlElement) -> None:
        """Take in the start of an inline element."""
        if job == _OTHER:
            self._inner |= words.flags_of(element, tag)
        elif job == _LINK:
            self._in_link += 1
            self._pictured = False
            self._segment.links += 1
            # Where the link begins: one around a heading or a card ends after that block has been closed.
            self._open_link.append((element.get("href") or "", [], len(self.page.leaves)))
            self._inner |= words.flags_of(element, "a")
        elif job == _BREAK:
            self._break()
        elif job == _IMAGE:
            self._image(element)
        elif job == _BOLD:
            self._in_bold += 1

    def _end(self, job: int) -> None:
        """Take in the end of a link or of bold text."""
        if job == _BOLD:
            self._in_bold = max(0, self._in_bold - 1)
            return
        self._in_link = max(0, self._in_link - 1)
        if self._open_link:
            href, parts, block = self._open_link.pop()
            if "#" in href and marks.is_mark(href, "".join(parts)):
                self._take_back(parts)
            elif href and len(self.page.links) < MAX_LINKS:
                text = " ".join("".join(parts).split())
                self.page.links.append(Anchor(href, text, block, is_picture=self._pictured and not text))
                if text[:1] in marks.WAYS and marks.is_way_back(text, "".join(self._segment.parts[: -len(parts)])):
                    self._take_back(parts)

    def _take_back(self, parts: list[str]) -> None:
        """Take the text of a link out of the segment that ends in it."""
        segment = self._segment
        if segment.parts[-len(parts) :] == parts:
            del segment.parts[-len(parts) :]
            segment.links = max(0, segment.links - 1)
            segment.link_chars = max(0, segment.link_chars - sum(len(part.strip()) for part in parts))

    def _open(self, tag: str, element: lxml.html.HtmlElement) -> None:
        page = self.page
        own = words.flags_of(element, tag)
        above = self._current
        if above < 0:
            depth, kind, level = 0, Kind.PARAGRAPH, 0
        else:
            parent = page.containers[above]
            depth, kind, level = parent.depth + 1, parent.kind, parent.level
        # An item or a quote in a heading is a heading still, a numbered line of a listing code.
        if (told := _KIND.get(tag)) and (kind is not Kind.HEADING or told[0] in (Kind.HEADING, Kind.PARAGRAPH)):
            kind, level = told if not self._in_pre or told[0] is not Kind.LIST_ITEM else (kind, level)
            if tag == "section" and above >= 0 and parent.kind in _WRAPPED and parent.tag in _WRAPS:
                kind, level = parent.kind, parent.level
        if tag == "pre":
            self._in_pre += 1
        self._current = len(page.containers)
        page.containers.append(Container(element, tag, above, depth, own, kind, level, len(page.leaves)))

    def _close(self, tag: str) -> None:
        if self._current < 0:
            return
        container = self.page.containers[self._current]
        container.end = len(self.page.leaves)
        if tag == "pre":
            self._in_pre = max(0, self._in_pre - 1)
        elif tag == "tr":
            join_row(self.page, container, self._current)
        elif tag == "li" and container.end - container.start >= LAYOUT_PARAGRAPHS:
            unlist(self.page, container)
        self._current = container.parent

    def _image(self, element: lxml.html.HtmlElement) -> None:
        if element.tag == "img":
            self._images += 1
        else:  # the model has learnt to tell text by pictures without these
            self._inner |= words.flags_of(element, element.tag)
        self._pictured = True
        self._picture(element)

    def _picture(self, element: lxml.html.HtmlElement) -> None:
        """Note an image that has an address, unless it is a button that shares the page."""
        source = images.source(element)
        href = self._open_link[-1][0] if self._open_link else ""
        if source and len(self.page.images) < MAX_LINKS and not (href and is_share(href)):
            alt = " ".join((element.get("alt") or "").split())[:500]
            linked = bool(href) and not images.is_copy(href)
            self.page.images.append(Anchor(source, alt, len(self.page.leaves), place=self._current, is_linked=linked))

    def _mark(self, text: str) -> None:
        """Note text that stands in a link or is bold."""
        segment = self._segment
        if self._in_link:
            segment.link_chars += len(text.strip())
            if self._open_link:
                self._open_link[-1][1].append(text)
        if self._in_bold:
            segment.bold += len(text.strip())

    def _break(self) -> None:
        if self._in_pre:
            self._segment.parts.append("\n")
        elif any(part and not part.isspace() for part in self._segment.parts):
            self._segment = _Segment(1)
            self._segments.append(self._segment)
        else:
            self._segment.breaks += 1
            self._segment.parts.clear()

    def _flush(self) -> None:
        """Close the run of text: one block, or several where line breaks mark paragraphs."""
        segments = self._segments
        if len(segments) == 1 and not segments[0].parts:
            segments[0].breaks = segments[0].links = self._inner = 0
            return
        if self._current >= 0:
            group: list[tuple[_Segment, str]] = []
            for segment in segments:
                raw = "".join(segment.parts)
                if not raw or raw.isspace():
                    continue
                if len(self.page.leaves) >= MAX_BLOCKS:
                    self.page.is_cut, group = True, []
                    break
                if group and (segment.breaks > 1 or starts_paragraph(group[-1][1], raw)):
                    self._emit(group)
                    group = []
                group.append((segment, raw))
            if group:
                self._emit(group)
        self._segment = _Segment(0)
        self._segments = [self._segment]
        self._inner = 0

    def _emit(self, group: list[tuple[_Segment, str]]) -> None:
        """Add a block of the segments of a run, each with its text as it stands in the page."""
        container = self.page.containers[self._current]
        segment, raw = group[0]
        if container.kind is Kind.CODE:
            text = "\n".join([each for _, each in group]).strip("\n").rstrip()
            if marks.is_numbers(text):
                return
        elif len(group) == 1:
            text = " ".join(raw.split())
        else:
            text = join_lines([" ".join(each.split()) for _, each in group])
        if not text.isascii() and len(bare := seen(text)) < len(text):
            text = bare if container.kind is Kind.CODE else bare.strip()
        if not text or text.isspace():
            return
        link_chars, links, bold = segment.link_chars, segment.links, segment.bold
        for other, _ in group[1:]:
            link_chars += other.link_chars
            links += other.links
            bold += other.bold
        # By position: a block with its fields named takes half as long again.
        kind, level, before = container.kind, container.level, self._images
        leaf = Leaf(text, self._current, kind, level, self._inner, link_chars, links, bold, segment.breaks, before)
        if len(group) > 1 and not text.isascii() and kind is not Kind.CODE:
            leaf.lines = _lines_of(text, group)
        room = MAX_BLOCKS - len(self.page.leaves)
        if kind is Kind.CODE and len(text) >= preformatted.MIN_CHARS:
            self.page.leaves += preformatted.set_out(leaf, container.element)[:room]
        elif len(text) >= spaced.MIN_CHARS and kind is Kind.PARAGRAPH and (parts := spaced.paragraphs(raw)):
            self.page.leaves += leaf.parted(parts)[:room]
        else:
            self.page.leaves.append(leaf)
        self._images = 0


def _lines_of(text: str, group: list[tuple[_Segment, str]]) -> tuple[str, ...]:
    """Return the lines of a block's text where it is not one that was broken by hand, none else."""
    lines = [line for _, raw in group if (line := " ".join(seen(raw).split()))] if holds_cjk(text) else []
    parts = apart(lines) if len(lines) > 1 else []
    return tuple(parts) if len(parts) > 1 else ()
