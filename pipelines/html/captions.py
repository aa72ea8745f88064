"""Captions that no element names: a short line alone with its picture, the usual form where there is no figure."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.forms import ends_sentence, width
from pipelines.html.blocks import Page
from pipelines.html.filling import FILL_WEIGHT, LINES_SHARE, LINES_TAKEN
from pipelines.model import Kind

CAPTION_WIDTH = 100
"""Columns of the widest such line. On the public pages, hosts unseen, 8 bodies change by it, all for the better
(.976 to .998 at most, de .9656 to .967); lines with a full stop are the article's as often as a caption."""
LEVELS = 3
"""Elements above a line that may hold it and its picture alone."""


def is_caption(page: Page, index: int) -> bool:
    """Tell whether a block is a short line without a full stop, alone with a picture in the elements around it."""
    leaf = page.leaves[index]
    if leaf.kind is not Kind.PARAGRAPH or len(leaf.text) > CAPTION_WIDTH or leaf.text.endswith((":", "：")):
        return False
    if width(leaf.text) > CAPTION_WIDTH or ends_sentence(leaf.text):
        return False
    home = leaf.container
    for _ in range(LEVELS):
        container = page.containers[home] if home >= 0 else None
        if container is None or container.start != index or container.end != index + 1:
            return False
        if next(container.element.iter("img"), None) is not None:
            return True
        home = container.parent
    return False


def without_captions(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks less the captions in it; a body of short lines, or of captions alone, stays whole."""
    texts = [leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept]
    if len(texts) >= LINES_TAKEN and sum(width(text) < FILL_WEIGHT for text in texts) >= LINES_SHARE * len(texts):
        return list(keep)
    rest = [kept and not is_caption(page, index) for index, kept in enumerate(keep)]
    return rest if any(rest) else list(keep)
