"""Captions that no element names, short lines alone with a picture, and captions that carry the story themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.forms import ends_sentence, is_prose, is_sentence, width
from pipelines.html.blocks import Page, path_of
from pipelines.html.filling import FILL_WEIGHT, LINES_SHARE, LINES_TAKEN
from pipelines.html.set_apart import set_apart
from pipelines.model import Kind

CAPTION_WIDTH = 100
"""Columns of the widest such line. On the public pages, hosts unseen, 8 bodies change by it, all for the better
(.976 to .998 at most, de .9656 to .967); lines with a full stop are the article's as often as a caption."""
LEVELS = 3
"""Elements above a line that may hold it and its picture alone."""

GALLERY_SHARE = 0.34
"""Share of the columns kept from which captions that only their type tells are a gallery's text and stay."""

ESSAY, ESSAY_WIDTH, ESSAY_TIMES = 4, 60, 1.0
"""Captions in whole sentences, and columns of the shortest, from which they are the story of an essay in pictures if
they are at least so many times as long as the rest of the text. No public page changes by it; of the captions of a
slider, which shows one at a time, the truth of the only one holds the first."""
_SLIDES = re.compile(r"slick|slide|swiper|carousel|splide|flickity|gallery|galeri|lightbox", re.IGNORECASE)


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
    rest = list(keep)
    if len(texts) < LINES_TAKEN or sum(width(text) < FILL_WEIGHT for text in texts) < LINES_SHARE * len(texts):
        rest = [kept and not is_caption(page, index) for index, kept in enumerate(keep)]
    apart = [index for index in set_apart(page, rest) if rest[index]]
    total = sum(width(leaf.text) for leaf, kept in zip(page.leaves, rest, strict=True) if kept)
    if sum(width(page.leaves[index].text) for index in apart) <= GALLERY_SHARE * total:
        for index in apart:
            rest[index] = False
    return rest if any(rest) else list(keep)


def with_essay(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with the captions of an essay in pictures: below an opening of its own."""
    out = list(keep)
    if [container.tag for container in page.containers].count("figcaption") < ESSAY:  # most pages
        return out
    told = [index for index, leaf in enumerate(page.leaves) if _tells(page, index) and not leaf.links]
    if len(told) < ESSAY:
        return out
    named = set(told)
    rest = [leaf.text for index, leaf in enumerate(page.leaves) if keep[index] and index not in named]
    opening = next((index for index, kept in enumerate(keep) if kept), len(out))
    if not any(is_prose(text) or is_sentence(text) for text in rest):
        return out
    if sum(width(page.leaves[index].text) for index in told) < ESSAY_TIMES * sum(map(width, rest)):
        return out
    for index in told:
        out[index] = index > opening or out[index]
    return out


def _tells(page: Page, index: int) -> bool:
    """Say whether a block is a caption in its element, in whole sentences."""
    leaf = page.leaves[index]
    home = page.containers[leaf.container] if leaf.container >= 0 else None
    above = page.containers[home.parent] if home is not None and home.parent >= 0 else None
    if not any(each is not None and each.tag == "figcaption" for each in (home, above)):
        return False
    if width(leaf.text) < ESSAY_WIDTH or not is_sentence(leaf.text):
        return False
    return _SLIDES.search(path_of(page.containers, leaf.container)) is None
