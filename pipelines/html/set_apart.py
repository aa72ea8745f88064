"""Captions known by their type: set otherwise than the text, right below a picture, as no other line of the page is.

Editors without an element for captions set them in the middle, smaller or grey: ``<p align="center"><img></p>`` and
``<p align="center">The opening</p>``. A sub-heading stands below a picture as well, but in bold, or as others do that
no picture stands above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html

from pipelines.forms import ends_sentence, width
from pipelines.html.blocks import Container, Page
from pipelines.model import Kind

APART_WIDTH = 200
"""Columns of the widest caption of this form: the widest of 60 on real pages has 175, the next 144."""
LONG = 80
"""Columns from which a block is running text: what it is set in is the page's own type."""
LEVELS = 3
"""Elements above a line that may hold it alone."""
DENSE = 1.5
"""Columns a character from which a text is of a dense script; there, captions end in a full stop as well."""
PLAIN_LINES, PLAIN_SHARE, PLAIN_WIDTH = 3, 0.5, 44
"""Plain captions from which they are some, their share of the lines below pictures, columns of the widest. Of 774 real
pages two have so many, nine lines, and none of them is text; two short sentences below nine pictures are."""
BOLD_PAIRS = 2
"""Lines in bold that the next picture and its line follow at once, from which those of their style are captions."""
NEAR = 6
"""Elements before a line that are looked at for its picture; empty ones stand between."""

_CENTRED = re.compile(r"text-align\s{0,3}:\s{0,3}center", re.IGNORECASE)
_CENTRED_NAME = re.compile(r"(?:^|[\s_-])(?:f_|text-?|align|ql-align-)?-?cent(?:er|re)(?:$|[\s_-])", re.IGNORECASE)
_TYPE = re.compile(r"(?:^|;)\s{0,3}(?:font-size|color)\s{0,3}:\s{0,3}([^;!]{1,40})", re.IGNORECASE)
_MARKS = re.compile("[，！？：“”「」、；…,!?:]")
_SLANTED = frozenset({"em", "i", "small"})
_NAMED = re.compile(
    r"caption|(?:^|[\s_-])(?:image|img|photo|pic|picture|figure|media)[_-]?(?:desc|intro|note|legend|credit)",
    re.IGNORECASE,
)
_SHOWN = ("img", "picture", "video", "iframe", "svg", "amp-img")


def part_captions(root: lxml.html.HtmlElement) -> None:
    """Make blocks of captions that portals put into the run of a text: ``<em class="img_desc">`` between breaks."""
    for element in root.iter("em", "i", "small"):
        name = element.get("class")
        if name and _NAMED.search(name[:300]):
            element.tag = "figcaption"


def set_apart(page: Page, keep: Sequence[bool]) -> list[int]:
    """Return the kept blocks that are captions by their type alone, or by their name though the vote took them."""
    below = [
        index
        for index, leaf in enumerate(page.leaves)
        if keep[index] and leaf.images_before and leaf.kind is Kind.PARAGRAPH and _may_be(leaf.text)
    ]
    found = [index for index, kept in enumerate(keep) if kept and is_named(page, index)]
    found += _plain(page, keep, below)
    styles = {index: style for index in below if (style := _style(page, index)) and _is_below_picture(page, index)}
    if not styles:
        return found
    running = [index for index, kept in enumerate(keep) if kept and width(page.leaves[index].text) >= LONG]
    if not running:
        return found
    # Around the text there are calls and credits, as small and grey as captions: they are cut later, by their words.
    others = [index for index in range(running[0], running[-1] + 1) if keep[index] and index not in styles]
    shared = {_style(page, index) for index in others}
    text = [_style(page, index) for index in others if width(page.leaves[index].text) >= LONG]
    apart = {
        index: style for index, style in styles.items() if style not in shared and not any(map(style.__le__, text))
    }
    bold = {index for index in apart if page.leaves[index].bold_chars * 2 > len(page.leaves[index].text)}
    after = [apart[index] for index in bold if apart.get(_next(keep, index)) == apart[index]]
    found += [index for index, style in apart.items() if index not in bold or after.count(style) >= BOLD_PAIRS]
    return found


def _next(keep: Sequence[bool], index: int) -> int:
    """Return the next kept block, -1 where there is none."""
    return next((at for at in range(index + 1, len(keep)) if keep[at]), -1)


def _plain(page: Page, keep: Sequence[bool], below: Sequence[int]) -> list[int]:
    """Return the captions set as the text is: a name and a full stop ("搜救现场。"), no other line so short."""
    short = [index for index in below if _is_short(page, index)]
    if len(short) < PLAIN_LINES or any(
        kept and index not in short and _is_short(page, index) for index, kept in enumerate(keep)
    ):
        return []
    short = [index for index in short if _is_below_picture(page, index)]
    pictured = sum(kept and leaf.images_before > 0 for leaf, kept in zip(page.leaves, keep, strict=True))
    return short if len(short) >= max(PLAIN_LINES, PLAIN_SHARE * pictured) else []


def _is_short(page: Page, index: int) -> bool:
    """Say whether a block is a short sentence of a dense script with no other mark than its full stop."""
    text = page.leaves[index].text
    if len(text) * 2 > PLAIN_WIDTH or not text.endswith("。") or _MARKS.search(text):
        return False
    return page.leaves[index].kind is Kind.PARAGRAPH and width(text) > DENSE * len(text)


def is_named(page: Page, index: int) -> bool:
    """Say whether a block is called a caption by its element, with what it tells of beside it.

    Of 23 such blocks that the vote took on 533 public pages, 21 are none of the body.
    """
    home = page.containers[page.leaves[index].container]
    names = f"{home.element.get('class') or ''} {home.element.get('id') or ''}"
    if home.tag != "figcaption" and not (len(names) > 1 and _NAMED.search(names[:300])):
        return False
    if page.leaves[index].kind is not Kind.PARAGRAPH:
        return False
    if page.leaves[index].images_before:
        return True
    above: Container | None = home
    for _ in range(LEVELS):
        above = page.containers[above.parent] if above is not None and above.parent >= 0 else None
        if above is not None and next(above.element.iter(*_SHOWN), None) is not None:
            return True
    return False


def _may_be(text: str) -> bool:
    """Say whether a text may be such a caption: not too wide, and outside the dense scripts no whole sentence."""
    columns = width(text) if len(text) <= APART_WIDTH else APART_WIDTH + 1
    if columns > APART_WIDTH or text.endswith((":", "：")):
        return False
    return columns > DENSE * len(text) or not ends_sentence(text)


def _alone(page: Page, index: int) -> list[lxml.html.HtmlElement]:
    """Return the elements around a block that hold nothing but it, innermost first."""
    out: list[lxml.html.HtmlElement] = []
    home = page.leaves[index].container
    while home >= 0 and len(out) < LEVELS:
        container = page.containers[home]
        if container.start != index or container.end != index + 1:
            break
        out.append(container.element)
        home = container.parent
    return out


def _is_below_picture(page: Page, index: int) -> bool:
    """Say whether what stands right before a block is a picture and nothing else."""
    for element in _alone(page, index):
        before = element.getprevious()
        for _ in range(NEAR):
            if before is None or (isinstance(before.tag, str) and _holds(before)):
                break
            before = before.getprevious()
        if before is not None:
            has_picture = isinstance(before.tag, str) and next(before.iter("img"), None) is not None
            return has_picture and not "".join(before.itertext()).strip()
        if next(element.iter("img"), None) is not None:
            return True
    return False


def _holds(element: lxml.html.HtmlElement) -> bool:
    """Say whether an element shows anything: a picture or a text."""
    return next(element.iter("img"), None) is not None or bool("".join(element.itertext()).strip())


def _style(page: Page, index: int) -> frozenset[str]:
    """Return how a block is set: in the middle, in which size, colour and slant, where its whole text is."""
    out: set[str] = set()
    around = _alone(page, index)
    for element in around:
        _take(element, out)
    inner = around[0] if around else None
    while inner is not None and not (inner.text or "").strip():
        parts = [each for each in inner if isinstance(each.tag, str) and "".join(each.itertext()).strip()]
        if len(parts) != 1 or any((each.tail or "").strip() for each in inner):
            break
        inner = parts[0]
        _take(inner, out)
    return frozenset(out)


def _take(element: lxml.html.HtmlElement, out: set[str]) -> None:
    """Add how an element sets its text."""
    if element.tag in _SLANTED:
        out.add("slanted")
    style, align = element.get("style") or "", (element.get("align") or "").lower()
    told = element.tag == "center" or align in ("center", "middle") or _CENTRED.search(style[:500])
    if told or _CENTRED_NAME.search(element.get("class") or ""):
        out.add("centred")
    out.update("".join(value.lower().split()) for value in _TYPE.findall(style[:500]))
    out.update(value.lower() for name in ("color", "size") if (value := element.get(name)))
