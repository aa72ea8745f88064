"""Lines with a label in the text that are the article's: the fields of an announcement, the questions of an interview.

"Date: 12 April", "Author: Margit Olsen" beside "Venue: Town Hall" are of what the text is about, as no page calls any
line of its own a venue. Lines of which one names the page's author, site or day are the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines import forms
from pipelines.model import Block, Draft
from pipelines.pruning import signatures
from pipelines.pruning.shapes import Shape
from pipelines.pruning.stamps import Stamps
from pipelines.pruning.topics import make

FIELDS = frozenset({"byline", "date_line", "source_line", "category"})
"""Reasons of labels that announcements and descriptions have as well."""
SPOKEN = frozenset({"byline", "editor_credit"})
"""Reasons of labels that name who asks in an interview."""
_FIELD = re.compile(r"[^:：]{1,30}[:：]\s*(\S.*)")
_COUNT = re.compile(r"\d[\d.,]*\s?\D{0,8}|@\S+|\S+@\S+|https?:\S+")
"""What a page says of itself below labels that nobody knows: readers, minutes, addresses."""
WIDTH = 100
"""Columns of the widest field."""


def spoken(shapes: Sequence[Shape], blocks: Sequence[Block], known: Sequence[int]) -> frozenset[int]:
    """Return those of the lines that the lexicon knows that are what the bearer of their label says."""
    lines = {at: blocks[at].text for at in known if shapes[at].form == "label" and shapes[at].reason in SPOKEN}
    if not lines:
        return frozenset()
    told = (at for at in range(len(shapes) - 1, -1, -1) if at not in lines)
    last = next((at for at in told if shapes[at].sentence or shapes[at].columns >= forms.PROSE_WIDTH), -1)
    return signatures.spoken(lines, last)


def find(
    draft: Draft, shapes: Sequence[Shape], reasons: Sequence[str | None], known: Sequence[int], inside: range
) -> Iterator[int]:
    """Yield the labelled lines inside the running text that are fields of what the text is about."""
    if not any(at in inside and shapes[at].form == "label" and shapes[at].reason in FIELDS for at in known):
        return  # most pages
    at, last, blocks, stamps = inside.start, inside.stop, draft.blocks, Stamps(draft, shapes)
    while at < last:
        end = at
        while end < last and not reasons[end] and _is_field(blocks[end], shapes[end]) and _is_beside(blocks, at, end):
            end += 1
        run = range(at, end)
        if _has_other(blocks, shapes, run) and not any(_is_own(draft, blocks[row].text, stamps) for row in run):
            yield from (row for row in run if shapes[row].form == "label" and shapes[row].reason in FIELDS)
        at = max(end, at + 1)


def _is_field(block: Block, own: Shape) -> bool:
    """Say whether a line is a label, a colon and little behind it."""
    return own.columns <= WIDTH and not own.prose and not block.link_density and _FIELD.match(block.text) is not None


def _is_beside(blocks: Sequence[Block], start: int, at: int) -> bool:
    return make(blocks[start]) == make(blocks[at])


def _has_other(blocks: Sequence[Block], shapes: Sequence[Shape], run: range) -> bool:
    """Say whether a run holds a label of the page beside one that no page has, and none that only a page has."""
    own = [shapes[row].reason for row in run]
    other = any(shapes[row].found is None and not _COUNT.fullmatch(_said(blocks[row].text)) for row in run)
    return other and not FIELDS.isdisjoint(own) and FIELDS.issuperset(filter(None, own))


def _is_own(draft: Draft, text: str, stamps: Stamps) -> bool:
    """Say whether what a label has behind it is the page's author, its site or its day."""
    said = _said(text).casefold()
    named = any(name.casefold() in said for name in draft.meta.authors)
    return named or forms.key(said) in stamps.names or stamps.has_own_day(text)


def _said(text: str) -> str:
    """Return what stands behind the label of a line."""
    found = _FIELD.match(text)
    return found[1].strip() if found else ""
