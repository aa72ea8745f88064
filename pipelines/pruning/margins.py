"""The short lines of a capture above and below its running text, of which nothing says what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines import forms
from pipelines.model import Block, Kind
from pipelines.pruning.shapes import Shape

WIDTH = 60
"""Columns of the widest line that falls for standing outside the running text alone."""
MANY, SHARE = 8, 0.7
"""So many lines at one end, of which this share has figures, colons or ideographs, are a programme, a table of results
or a text in short lines: menus are cut before. Of 745 captures of public pages, by models blind to the host, 22 gain by
this and by ``_CLOSED`` and 6 lose (body F1 of Chinese ones .947 to .949), of 703 others 23 and 6."""
_CLOSED, _QUOTES = ("。", "！", "？", "；", "，"), "”』」’"
"""Ideographic marks at the end of a line that somebody says, also within quotation marks: no menu has them. Of the 38
lines of under 16 columns in the Chinese and Japanese captures that end in a full stop, 33 are the article's."""
_DATA = re.compile(r"\d|[:：]")


def find(
    blocks: Sequence[Block], shapes: Sequence[Shape], reasons: Sequence[str | None], bounds: tuple[int, int]
) -> list[int]:
    """Return the blocks to drop; ``bounds`` are the first and the last running text, ``reasons`` what fell before."""
    first, last = bounds
    # A wide line that announces what follows opens the text: "…，现将有关事项公告如下：".
    colons = (index for index in range(first) if blocks[index].text.endswith(("：", ":")))
    first = next((index for index in colons if shapes[index].columns > WIDTH), first)
    above = [index for index in range(first) if index + 1 < first or not _opens(blocks[index], shapes[index])]
    below = [
        index for index in range(last + 1, len(blocks)) if last >= 0 and not _is_item(blocks[index], shapes[index])
    ]
    found: list[int] = []
    for side in (above, below):
        loose = [index for index in side if shapes[index].columns <= WIDTH and reasons[index] is None]
        if not _is_text([blocks[index].text for index in loose]):
            found += [index for index in loose if not _is_said(blocks[index].text)]
    return found


def _opens(block: Block, own: Shape) -> bool:
    """Say whether a block right over the text heads it, or is whom a notice speaks to: "各县（市、区）人民政府："."""
    return block.kind is Kind.HEADING or (block.text.endswith("：") and own.columns > 16)


def _is_said(text: str) -> bool:
    return text.rstrip(_QUOTES).endswith(_CLOSED)


def _is_item(block: Block, own: Shape) -> bool:
    return block.kind is Kind.LIST_ITEM and own.columns > 30


def _is_text(lines: Sequence[str]) -> bool:
    """Say whether the lines of one end are so many, and so made, that they are the article's."""
    if len(lines) < MANY:
        return False
    told = sum(_DATA.search(line) is not None or forms.is_wide(line[0]) for line in lines)
    # "Free 8 Week Training Plan", "Free 9 Week Training Plan": links to one kind of page.
    alike = Counter(line.split()[-1] for line in lines).most_common(1)[0][1]
    return told >= SHARE * len(lines) and 2 * alike < len(lines)
