"""Marks that programs put into a text and no reader reads: permanent links and edit links, ways back, line numbers."""

from __future__ import annotations

import re

import lxml.html

_MARKS = frozenset("#¶§↩↑↥⇑⇧⤴^∞⚓🔗⁋")
_VARIANTS = str.maketrans("", "", "\ufe0e\ufe0f\u200b\xa0 \t\r\n")
LONGEST = 8
"""Characters of the longest such link, blanks and all."""
_NUMBERS = re.compile(r"\s*1(?:\s+\d+)+\s*")


def is_mark(href: str, text: str) -> bool:
    """Tell whether a link is a mark for a place of a page: "#" behind a heading, "↩" behind a footnote."""
    if "#" not in href or not 0 < len(text) <= LONGEST:
        return False
    bare = text.translate(_VARIANTS)
    return bare != "" and _MARKS.issuperset(bare)


def is_numbers(text: str) -> bool:
    """Tell whether a listing holds nothing but the numbers of the lines beside it."""
    if _NUMBERS.fullmatch(text) is None:
        return False
    return [int(number) for number in text.split()] == list(range(1, len(text.split()) + 1))


EDIT = "mw-editsection"
"""What MediaWiki calls the links behind its headings."""


def without_edit_links(root: lxml.html.HtmlElement, text: str) -> None:
    """Take the links that wikis put behind each heading ("[edit | edit source]") out of a page's tree."""
    if EDIT not in text:
        return
    for element in root.xpath(f"//*[contains(@class, '{EDIT}')]"):
        above = element.getparent()
        if above is not None:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + (element.tail or "")
            else:
                above.text = (above.text or "") + (element.tail or "")
            above.remove(element)
