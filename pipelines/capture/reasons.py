"""Why each line of a capture is cut: what it says, the heading it stands below, its form and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.lexicon import BELOW, FIRM, OF_ITEMS
from pipelines.pruning.shapes import Shape

SHORT = 24
"""Columns below which a line that nothing else is known of is a word of a menu."""
APART = 6
"""Lines from one date to the next in a list of headlines: picture, headline, section, site."""
TALK = 6
"""Lines within which a comment has a sentence or a date: where there is none, menus have begun."""
WIDE = 60
"""Columns from which a line below a legal notice goes on with it: "Privacy policy" also stands in menus."""
CLOSING = frozenset({"copyright", "legal_notice"})
"""Lines that end every list, as words of a menu do: the foot of the page begins."""
_LOOSE = frozenset({"navigation", "outside_article", "byline", "source_line", "category"})


def reasons(shapes: Sequence[Shape], chosen: Sequence[bool], used: Mapping[int, str], start: int) -> list[str]:
    """Return a reason a line; an empty one for lines of the article.

    ``used`` are the lines around the article that were read for its metadata, ``start`` is its first line.
    """
    found = [""] * len(shapes)
    below = ""
    for index, shape in enumerate(shapes):
        if index in used or chosen[index]:
            found[index], below = used.get(index, ""), ""
            continue
        own, below = _read(shape, below)
        if below == "comment" and (index < start or not _is_talk(shapes[index : index + TALK])):
            below = ""
        if below in CLOSING and not own and shape.columns < WIDE:
            below = ""
        # Above the article, words below "More" are those of a menu.
        is_word = index < start and shape.columns < SHORT
        found[index] = own or ("" if is_word else below) or _by_form(shape, above=index < start)
    _fill(found, shapes)
    return found


def _read(shape: Shape, below: str) -> tuple[str, str]:
    """Return what a line surely is by its words, and what it and the lines behind it are by the heading above them."""
    own, firm = shape.reason or "", FIRM[shape.form] if shape.form else 0.0
    if firm >= FIRM["section"]:
        return own, BELOW.get(own, "")
    if not below or not own or BELOW.get(own) == below:
        return own, below
    if firm < FIRM["label"] or own in OF_ITEMS:
        return (own, "") if own in CLOSING else ("", below)
    return own, "" if own in CLOSING or own == "navigation" or below in CLOSING else below


def _is_talk(ahead: Sequence[Shape]) -> bool:
    """Tell whether readers may be speaking in the next lines: whole sentences, or the dates of short ones."""
    return any(shape.sentence or shape.prose or shape.dated for shape in ahead)


def _by_form(shape: Shape, *, above: bool) -> str:
    if shape.stamp_only:
        return "headline_list"
    return "navigation" if above or shape.columns < SHORT else "outside_article"


def _fill(found: list[str], shapes: Sequence[Shape]) -> None:
    """Give the lines between two dates of a list to the list: in captures nothing but the dates tells it."""
    last = -1
    for index, shape in enumerate(shapes):
        if found[index] != "headline_list" or not shape.stamp_only:
            continue
        between = range(last + 1, index)
        if last >= 0 and len(between) < APART and all(found[each] for each in between):
            for each in between:
                if found[each] in _LOOSE:
                    found[each] = "headline_list"
        last = index
