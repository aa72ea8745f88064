"""Sub-headings and items that are words of menus and share bars as well: what tells them is what they stand over.

A budget has parts on health and on culture, a report ends in recommendations, and the names of messengers head the
parts of a comparison. Only for pages whose markup is known: in a capture nothing tells such a line from a button.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipelines import forms, lexicon
from pipelines.html.votes import words
from pipelines.lexicon import LISTS, MENU
from pipelines.model import Block, Kind
from pipelines.pruning.shapes import Shape

HEAD_WIDTH = 60
"""Columns of the widest sub-heading that counts as one of a group."""
ALIKE, SHARED = 2, 3
"""Sub-headings made alike, each over text of its own, from which they are the article's; and from which one of them may
be a word of share bars ("4. Deel"), if no other is. Of the lines that the body model leaves inside the running text of
533 public pages four are such words: a button, an arrow, the label of a table of contents and one sub-heading."""
LINKED = 0.5
"""Share of link text from which an item leads elsewhere."""
_TEXT = (Kind.LIST_ITEM, Kind.QUOTE, Kind.CODE, Kind.TABLE_ROW)
_ELSEWHERE = words.bits(("share", "related", "comment", "subscribe", "ad", "nav"))
_STEPS = 2
"""Steps of a path that name a list: its own and its items'."""
Make = tuple[Kind, int, str]


def find(
    blocks: Sequence[Block],
    shapes: Sequence[Shape],
    reasons: Sequence[str | None],
    known: Sequence[int],
    inside: range,
) -> set[int]:
    """Return those of the lines that the lexicon knows that are the article's; ``inside``: its running text."""
    found = {at for at in known if shapes[at].form == "section" and shapes[at].reason in LISTS and _heads(blocks, at)}
    if any(_is_menu(blocks[at], shapes[at]) for at in known):  # few pages
        found.update(_sub_headings(blocks, shapes, reasons, inside))
        found.update(_items(blocks, shapes, reasons, inside))
    return found


def _is_menu(block: Block, own: Shape) -> bool:
    """Say whether a line is nothing but a word of menus, no link, and no label of a bar or a form ("E-mail: *")."""
    is_label = own.reason == "share_bar" and block.text.rstrip(" *").endswith((":", "："))
    return own.form == "whole" and own.reason in MENU and block.link_density == 0 and not is_label


def _heads(blocks: Sequence[Block], at: int) -> bool:
    """Say whether a line stands over a plain list, or a heading over sub-headings: no links, and no box of others.

    Its words are those of an article's part: lists without links below "Related articles" are made of links by scripts.
    """
    head, below = blocks[at], blocks[at + 1 : at + 3]
    if head.kind not in (Kind.HEADING, Kind.PARAGRAPH) or head.link_density or len(below) < 2:
        return False
    if not lexicon.is_topic(head.text) or _is_elsewhere(head):
        return False
    if below[0].level > head.level > 0:
        return below[0].link_density == 0 and below[1].link_density < LINKED and forms.is_prose(below[1].text)
    if not all(each.kind is Kind.LIST_ITEM for each in below):
        return False
    items = list(_run(blocks, at + 1))
    linked = sum(each.link_density >= LINKED for each in items)
    return 2 * linked < len(items) and not _is_elsewhere(below[0])


def _run(blocks: Sequence[Block], start: int) -> Iterator[Block]:
    """Yield the items of a list from its first."""
    for at in range(start, len(blocks)):
        if blocks[at].kind is not Kind.LIST_ITEM:
            return
        yield blocks[at]


def _is_elsewhere(block: Block) -> bool:
    """Say whether the list that an item stands in has a name of something else than text."""
    return any(words.named(step) & _ELSEWHERE for step in block.path.split("/")[-_STEPS:])


def make(block: Block) -> Make:
    """Return what blocks made alike share: kind, level and the tags and classes around; an id is a block's own."""
    above, _, own = block.path.rpartition("/")
    return block.kind, block.level, f"{above}/{own.partition('#')[0]}"


def _sub_headings(
    blocks: Sequence[Block], shapes: Sequence[Shape], reasons: Sequence[str | None], inside: range
) -> Iterator[int]:
    """Yield the words of menus that are sub-headings among others made like them."""
    groups: dict[Make, list[int]] = defaultdict(list)
    heads = list(_over_text(blocks, shapes, reasons))
    often = Counter(shapes[at].key for at in heads)
    for at in heads:
        if often[shapes[at].key] == 1:  # a button comes again and again
            groups[make(blocks[at])].append(at)
    for group in groups.values():
        within = [at for at in group if at in inside]
        named = [at for at in within if _is_menu(blocks[at], shapes[at])]
        # A paragraph is made like any other: what else is short and stands over text may be a line of the page.
        sure = blocks[group[0]].kind is Kind.HEADING or len(named) >= ALIKE
        if len(within) < (ALIKE if sure else SHARED):
            continue
        shared = sum(shapes[at].reason == "share_bar" for at in named)
        bar = shared >= ALIKE or (sure and len(within) >= SHARED)
        for at in group:
            fits = (sure or at in inside) and (bar or shapes[at].reason != "share_bar")
            if fits and _is_menu(blocks[at], shapes[at]):
                yield at


def _over_text(blocks: Sequence[Block], shapes: Sequence[Shape], reasons: Sequence[str | None]) -> Iterator[int]:
    """Yield the short open lines without links that stand right over running text, an item, a row or a listing."""
    below = -1
    for at in range(len(blocks) - 1, -1, -1):
        if reasons[at]:
            continue
        block, own = blocks[at], shapes[at]
        if below >= 0 and own.columns <= HEAD_WIDTH and not (own.prose or own.sentence or block.link_density):
            is_text = shapes[below].prose or shapes[below].sentence or blocks[below].kind in _TEXT
            known = own.found is None or _is_menu(block, own)
            if known and is_text and block.kind in (Kind.HEADING, Kind.PARAGRAPH):
                yield at
        below = at


def _items(
    blocks: Sequence[Block], shapes: Sequence[Shape], reasons: Sequence[str | None], inside: range
) -> Iterator[int]:
    """Yield the words of menus in lists of the text: a line with a colon announces them, or other items are no such."""
    at = 0
    while at < len(blocks):
        end, own = at, make(blocks[at])
        while end < len(blocks) and blocks[end].kind is Kind.LIST_ITEM and make(blocks[end]) == own:
            end += 1
        run = [row for row in range(at, end) if not reasons[row]]
        named = [row for row in run if _is_menu(blocks[row], shapes[row])]
        if named and not any(blocks[row].link_density for row in run):
            plain = sum(shapes[row].found is None for row in run)
            announced = at > 0 and not reasons[at - 1] and _announces(blocks[at - 1], shapes[at - 1])
            if all(shapes[row].reason == "share_bar" for row in run):  # "Follow the Courier on:"
                announced = announced and at in inside and not _is_elsewhere(blocks[at])
            if announced or (2 * plain >= len(run) and at in inside):
                yield from named
        at = max(end, at + 1)


def _announces(block: Block, own: Shape) -> bool:
    """Say whether a line with a colon announces a list, and is no label of the page ("Share:")."""
    return own.found is None and not block.link_density and block.text.rstrip().endswith((":", "："))
