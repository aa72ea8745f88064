"""Which pictures are the article's: those before its blocks, and those whose captions are cut from the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipelines.html.blocks import Leaf, Page, path_of
from pipelines.model import Kind

MAX_CAPTION = 300
"""Characters of the longest line below a picture that no element calls its caption."""
LINKED = 0.34
"""Share of links from which a line below a picture is the teaser of another article."""
NEAR = 3
"""Blocks from such a line to the next one of the text, before it and behind it."""
_OTHERS = frozenset({"related_links", "navigation"})
"""Of what is cut by a picture so, hardly anything else is not its caption: of 227 such lines on 700 pages, 12."""
_CAPTION = re.compile(r"figcaption|[^/]*caption[^/]*(?:/[^/]*)?$", re.IGNORECASE)


def shown(page: Page, keep: Sequence[bool], reason_of: Callable[[Page, Leaf], str]) -> list[bool]:
    """Return which leaves an image may stand before: those kept, and captions by them, which are cut from the text.

    ``reason_of`` tells why a leaf was cut.
    """
    kept = [index for index, flag in enumerate(keep) if flag]
    out = list(keep)
    # The lead image and its caption stand right above the first paragraph.
    for index in {anchor.block for anchor in page.images if kept and kept[0] - 2 <= anchor.block <= kept[-1]}:
        if not keep[index]:
            path = path_of(page.containers, page.leaves[index].container)
            # Asked for first: the pattern takes time that grows with the square of a step of the path.
            named = "caption" in path.lower() and _CAPTION.search(path) is not None
            below = not named and index > kept[0] and _is_below(page, keep, index)
            out[index] = named or (below and reason_of(page, page.leaves[index]) not in _OTHERS)
    return out


def _is_below(page: Page, keep: Sequence[bool], index: int) -> bool:
    """Tell whether a block that was cut amid the text has the form of a caption: a short line without a link."""
    leaf = page.leaves[index]
    if leaf.kind is not Kind.PARAGRAPH or len(leaf.text) > MAX_CAPTION or leaf.link_chars > LINKED * len(leaf.text):
        return False
    return any(keep[max(0, index - NEAR) : index]) and any(keep[index + 1 : index + 1 + NEAR])
