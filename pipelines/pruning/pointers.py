"""Lines between paragraphs that lead to another article, by their form: a linked headline, a label before or above it.

The words of the label are no matter: "Read more:", "Przeczytaj:", "Ранее:", "Δείτε:", "Baca juga:".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.model import Block, Kind

_LABELLED = re.compile(r"\W*(?P<label>[^:：\n]{2,34})[:：]\s*(?P<rest>\S.{18,}?)\W*", re.DOTALL)
LABEL, LINE = 40, 160
"""Characters of the longest label that stands above its link, the colon among them, and of the longest line that is all
link: of the 11 such lines alone between paragraphs that the vote leaves in 373 public pages none is the article's."""
LINKED, PLAIN, AWAY = 0.95, 0.5, 0.05
"""Share of link text from which a line is all link, up to which its neighbours are text, and how far the share of a
line may be from that of what stands behind its label."""
WORDS = 4
"""Fewest words of a headline: fewer are an address, a name, the title of a book.

Of the blocks inside the running text of 526 public pages 33 have the form of one line; 31 are none of the article's,
and the other two say "Read More:".
"""


def within(blocks: Sequence[Block], first: int, last: int) -> Iterator[int]:
    """Yield the indices of such lines between two blocks of running text; neighbours that link as well are a list."""
    for index in range(first + 1, last):
        block = blocks[index]
        if block.link_density <= PLAIN / 2 or block.kind is not Kind.PARAGRAPH:  # most blocks
            continue
        before, after = blocks[index - 1], blocks[index + 1]
        if before.link_density >= PLAIN or after.link_density >= PLAIN:
            continue
        if is_labelled(block):
            yield index
        elif block.link_density >= LINKED and len(block.text) <= LINE and _is_headline(block.text):
            if _is_label(before) and index - 1 > first:
                yield index - 1
            yield index


def is_labelled(block: Block) -> bool:
    """Tell whether a paragraph is a label with a colon and a headline, and the headline alone is a link."""
    found = _LABELLED.fullmatch(block.text)
    if found is None or not (_is_headline(found["rest"]) and _is_headline(block.text)):
        return False
    return abs(block.link_density - len(found["rest"]) / len(block.text)) <= AWAY or block.link_density >= LINKED


def _is_headline(text: str) -> bool:
    return len(text.split()) >= WORDS and not text.rstrip().endswith((".", "!"))


def _is_label(block: Block) -> bool:
    """Tell whether a block is nothing but a short label with a colon."""
    text = block.text.rstrip()
    return block.link_density == 0 and len(text) <= LABEL and text.endswith((":", "：")) and block.kind is not Kind.CODE
