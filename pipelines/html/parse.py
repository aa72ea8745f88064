"""From text to tree: one lxml parse a page, bounded against hostile markup before libxml2 sees it."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

from pipelines.charsets import has_controls
from pipelines.model import Removed

MAX_CHARS = 12_000_000
"""Longer pages are cut: libxml2 builds about 1 s of tree from 12 MB of dense tags, and no article is near it."""
MAX_ATTRIBUTES = 500
"""Per tag. libxml2 compares each attribute with all before it: 100,000 on one tag take 16 s, 500 take nothing."""
_SUSPECT_CHARS = 100_000
"""Below this a page cannot hold enough attributes on one tag to cost more than 0.2 s, so the scan is spared."""
_LONG_TAG_CHARS = 4_000
MAX_TAGS = 100_000
"""Tags on a page; the densest page of 533 public ones has 11,808. Taking 100,000 elements apart takes about 1 s."""

# Possessive quantifiers: no backtracking, so the scans are linear in the page whatever is in it.
# A quote opens a value only behind "=": stray quotes, and "<" in scripts, would else swallow half the page.
_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>?""")
_CROWDED = re.compile(r"""<[a-zA-Z](?:\s*+(?:[^\s"'<>=]++|=|"[^"]*+"|'[^']*+')){501,}+""")
"""A tag of more pieces (names, signs, values) than ``MAX_ATTRIBUTES`` attributes without values have."""
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NONCHARACTERS = ("\ufffe", "\uffff")


def parse(text: str) -> lxml.html.HtmlElement | None:
    """Return the root of the page's tree without comments and processing instructions; None for an empty page."""
    text = text[:MAX_CHARS]
    cleaned = _bounded(text)
    if not text or text.isspace() or not cleaned or cleaned.isspace():
        return None
    # Bytes with a named encoding: a charset that the page declares can no longer mislead the parser.
    # huge_tree lifts the depth limit from 256 (unclosed <font> tags of old pages reach it) to 2,048.
    # Plain etree elements: the classes of lxml.html cost a look-up each time an element is touched.
    parser = lxml.etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        root = lxml.html.document_fromstring(cleaned, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None
    return root


def _bounded(text: str) -> bytes:
    """Return text as UTF-8 with control characters, an XML declaration and hostile tags taken away."""
    declaration = _XML_DECLARATION.match(text)
    if declaration:
        text = text[declaration.end() :]
    try:
        plain = text.encode()
    except UnicodeEncodeError:  # lone surrogates
        plain = text.encode("utf-8", "ignore")
        text = plain.decode()
    controlled = has_controls(plain) or b"\x0b" in plain or b"\x0c" in plain
    cleaned = plain.translate(None, _CONTROLS) if controlled else plain
    for mark in _NONCHARACTERS:
        if mark in text:  # text is faster to search than bytes: it knows its widest character
            cleaned = cleaned.replace(mark.encode(), b"")
    if len(text) <= _SUSPECT_CHARS:
        return cleaned
    if len(cleaned) != len(plain):
        text = cleaned.decode()
    # The two searches that most pages end with, on characters: on bytes they would take other blanks for blanks.
    bounded = _cut_after_tags(_TAG.sub(_tame, text) if _CROWDED.search(text) else text)
    return cleaned if bounded is text else bounded.encode()


def _tame(match: re.Match[str]) -> str:
    """Return the tag as it is, or bare where it carries more than ``MAX_ATTRIBUTES`` attributes."""
    tag = match.group()
    if len(tag) < _LONG_TAG_CHARS:
        return tag
    names = _QUOTED.sub("", tag)
    if len(names.split()) + names.count("=") <= 2 * MAX_ATTRIBUTES:
        return tag
    name = re.match(r"<[a-zA-Z][a-zA-Z0-9]{0,30}", tag)
    return f"{name.group() if name else '<div'}>"


def _cut_after_tags(text: str) -> str:
    """Return text up to its ``MAX_TAGS``-th tag."""
    if text.count("<") <= MAX_TAGS:
        return text
    position = -1
    for _ in range(MAX_TAGS):
        position = text.find("<", position + 1)
    return text[:position]


def left_out(text: str, blocks: int | None = None) -> tuple[Removed, ...]:
    """Return a note of what the limits on hostile pages left unread: nothing but for such a page.

    ``blocks`` is how many blocks were taken where more would have followed.
    """
    if len(text) > _SUSPECT_CHARS:
        read = len(_cut_after_tags(text[:MAX_CHARS]))
        if read < len(text):
            return (Removed(reason="too_long", text=f"{len(text) - read} of {len(text)} characters were not read"),)
    return (Removed(reason="too_long", text=f"no more than {blocks} blocks were read"),) if blocks else ()
