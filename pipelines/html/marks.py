"""Marks that programs put into a text and no reader reads: permanent links and edit links, ways back, line numbers."""

from __future__ import annotations

import re

import lxml.html

_MARKS = frozenset("#¶§↩↑↥⇑⇧⤴^∞⚓🔗⁋")
_VARIANTS = str.maketrans("", "", "\ufe0e\ufe0f\u200b\xa0 \t\r\n")
LONGEST = 8
"""Characters of the longest such link, blanks and all."""
WAY, SENTENCE = 24, 20
"""Characters of the longest way back, and of the shortest text that it is no part of."""
WAYS = frozenset("返点點查阅")
"""What a way back begins with, asked of every link first."""
_WAY_BACK = re.compile(
    r"返回[^\s，。]{0,8}?(?:(?:首页|首頁|主页)\s?[>＞»]*|[，,]\s?查看更多|\s?[>＞»]+)|(?:点击|點擊)?(?:查看|阅读)(?:更多|全文)\s?[>＞»]+"
)
_NUMBERS = re.compile(r"\s*1(?:\s+\d+)+\s*")


def is_mark(href: str, text: str) -> bool:
    """Tell whether a link is a mark for a place of a page: "#" behind a heading, "↩" behind a footnote."""
    if "#" not in href or not 0 < len(text) <= LONGEST:
        return False
    bare = text.translate(_VARIANTS)
    return bare != "" and _MARKS.issuperset(bare)


def is_way_back(text: str, before: str) -> bool:
    """Tell whether a link leads from the end of a paragraph to the front page ("……。返回晨光网首页>>")."""
    return len(text) <= WAY and _WAY_BACK.fullmatch(text) is not None and len(before.strip()) >= SENTENCE


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
