"""Sub-headings that are a word of menus too ("Politics", "WhatsApp"), and plain lists below a word for lists of links.

The vote gives such a word a quarter of what another heading gets. What tells it is its place: others made like it stand
over text as it does; the list below it is the text's, and no item of it leads anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from pipelines import lexicon
from pipelines.html.blocks import Page
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features
from pipelines.lexicon import FIRM, LISTS, MENU
from pipelines.model import Kind

VOTE, ITEM_VOTE = 0.1, 0.2
"""Votes from which such a heading is taken, and an item below the text with its heading. On 533 public pages, hosts
unseen, no heading has this form; the 30 others with such words stand over links, over blocks that are not taken, or
alone of their make."""
ALIKE, ITEMS = 2, 2
"""Headings of one make over taken text, each with words of its own, and items of a list from which the place tells."""
WIDEST = 60
"""Characters of the longest of these headings."""


def with_subjects(page: Page, features: Features, vote: Array, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with such headings added, and with the list below the last taken block."""
    out = list(keep)
    firm = features.column("x_any") >= min(FIRM["section"], FIRM["whole"])
    fit = firm & (vote >= VOTE) & (features.column("i_title") < 0.5)
    rows = np.flatnonzero(fit & ~np.array(out, dtype=bool)).tolist()
    if not rows or True not in out:  # most pages
        return out
    last = len(out) - 1 - out[::-1].index(True)
    words = {row: found for row in rows if (found := _reason(page, row))}
    for row in sorted(_alike(page, features, out, [row for row in words if words[row] in MENU])):
        out[row] = row < last
    for row in words:
        items = _items(page, row) if words[row] in LISTS and features.column("earlier")[row] == 0 else range(0)
        if row < last and items and all(out[at] for at in items):
            out[row] = True
        elif row == last + 1 and _is_beside(page, last, row) and _fits(features, vote, items):
            for at in (row, *items):
                out[at] = True
    return out


def _is_head(page: Page, row: int) -> bool:
    """Say whether a block is a heading or a paragraph in bold letters, short and no link."""
    leaf = page.leaves[row]
    bold = leaf.kind is Kind.PARAGRAPH and 0 < len(leaf.text) <= leaf.bold_chars
    return (bold or (leaf.kind is Kind.HEADING and leaf.level > 1)) and len(leaf.text) <= WIDEST and not leaf.links


def _reason(page: Page, row: int) -> str | None:
    """Return what the lexicon makes of a heading that is all its words, None for other blocks."""
    found = lexicon.match(page.leaves[row].text) if _is_head(page, row) else None
    if found is None or (found.reason in LISTS and not lexicon.is_topic(page.leaves[row].text)):
        return None
    return found.reason if found.form in ("section", "whole") else None


def _alike(page: Page, features: Features, out: Sequence[bool], rows: Sequence[int]) -> Iterator[int]:
    """Yield those of the headings that stand over taken text as others made like them do."""
    if not rows:
        return
    wanted = {int(features.signature[row]) for row in rows}
    groups: dict[tuple[int, Kind], dict[str, int]] = defaultdict(dict)
    for row in np.flatnonzero(np.isin(features.signature, list(wanted))).tolist():
        if (
            row + 1 < len(out)
            and out[row + 1]
            and page.leaves[row + 1].kind is not Kind.HEADING
            and _is_head(page, row)
        ):
            # A menu has the word as well, so that it stands on the page before; a button comes again and again.
            leaf = page.leaves[row]
            groups[int(features.signature[row]), leaf.kind].setdefault(leaf.text, row)
    asked = set(rows)
    for group in groups.values():
        heads = [row for row in group.values() if out[row] or row in asked]
        if len(heads) >= ALIKE:
            yield from asked.intersection(heads)


def _items(page: Page, row: int) -> range:
    """Return the items right below a heading, none where one of them is a link in part or there are too few."""
    end = row + 1
    while end < len(page.leaves) and page.leaves[end].kind is Kind.LIST_ITEM:
        if page.leaves[end].links:
            return range(0)
        end += 1
    return range(row + 1, end) if end - row > ITEMS else range(0)


def _is_beside(page: Page, last: int, row: int) -> bool:
    """Say whether a heading stands in one element with the last taken block."""
    leaves, containers = page.leaves, page.containers
    return containers[leaves[last].container].parent == containers[leaves[row].container].parent


def _fits(features: Features, vote: Array, items: range) -> bool:
    """Say whether each item of a list has the vote of what may follow the text, and stands there for the first time."""
    rows = list(items)
    return bool(rows) and bool((vote[rows] >= ITEM_VOTE).all() and (features.column("earlier")[rows] == 0).all())
