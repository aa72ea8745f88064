"""Puts a Draft together: blocks kept, blocks removed with reasons, links and images of the body, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import lxml.html

from pipelines.config import Config
from pipelines.html import outline, pictures
from pipelines.html.accordions import unfold_accordions
from pipelines.html.addresses import absolute, base_of, is_share
from pipelines.html.among import with_among
from pipelines.html.blocks import Anchor, Leaf, Page, path_of
from pipelines.html.boxes import without_boxes, without_buttons, without_islands
from pipelines.html.captions import with_essay, without_captions
from pipelines.html.collapsed import with_rest
from pipelines.html.declared import declared
from pipelines.html.embedded import is_scarce, rescue, with_facts
from pipelines.html.flow import with_flow
from pipelines.html.formulas import write_formulas
from pipelines.html.heads import Heads
from pipelines.html.inline import mend_sentences
from pipelines.html.labels import without_labels
from pipelines.html.marks import without_edit_links
from pipelines.html.misnamed import unname
from pipelines.html.pages import address_of, first_page, next_page
from pipelines.html.parse import left_out, parse
from pipelines.html.posts import whole_posts
from pipelines.html.reasons import reasons
from pipelines.html.screen import screen
from pipelines.html.set_apart import part_captions
from pipelines.html.standfirst import with_standfirst
from pipelines.html.subjects import with_subjects
from pipelines.html.unfold import unfold
from pipelines.html.votes.advice import advised
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import Features, compute
from pipelines.html.votes.hints import Hints
from pipelines.html.votes.second import second_opinion
from pipelines.html.votes.vote import vote
from pipelines.html.walk import Walker
from pipelines.metadata import from_tree, sites
from pipelines.model import Block, Draft, Kind, Link, Metadata, Removed
from pipelines.verdicts import remnant

MAX_REMOVED_CHARS = 100_000
"""What is cut beyond this is not kept for audit: it would outweigh the article many times."""


def extract(text: str, *, url: str, fetched_at: datetime, config: Config) -> Draft:
    """Take an HTML page apart. Never raises for bad markup; a page without text gives a Draft without blocks."""
    root = parse(text)
    if root is None:
        return Draft(url=url, meta=Metadata(), blocks=())
    without_edit_links(root, text)
    part_captions(root)
    unfold_accordions(root, text)
    write_formulas(root, text)
    mend_sentences(root, text)
    heads = Heads(root)
    reading = _read(root, heads, text, url)
    if is_scarce(blocks := _kept(reading.page, reading.keep)) and unfold(root):
        heads = Heads(root)
        reading = _read(root, heads, text, url)
        blocks = _kept(reading.page, reading.keep)
    page, keep = reading.page, reading.keep
    why = reasons(page, keep, reading.features) if reading.features else [""] * len(keep)
    blocks = _from_json(reading.hints, blocks)
    meta = from_tree(root, url=url, fetched_at=fetched_at, config=config, body=blocks)
    blocks, facts = rescue(root, blocks, meta.title)
    meta = with_facts(meta, facts, sites.zone(url, config))
    base = base_of(heads, url)
    lists = outline.headlines(page, keep, reading.places)
    little = _is_little(blocks)
    around = outline.surroundings(page, keep, meta.title) if little else outline.Surroundings()
    own = address_of(url, meta.canonical_url)
    near = base if own == url else base_of(heads, own)
    first = first_page(heads, page.links, near, own, meta.canonical_url)
    return Draft(
        url=url,
        meta=meta,
        blocks=blocks,
        removed=_removed(page, why) + left_out(text, len(page.leaves) if page.is_cut else None),
        links=_links(pictures.within(page.links, keep), base, (url, own)),
        images=_absolute(pictures.of_article(page, keep, why, heads), base),
        next_page=next_page(heads, page.links, near, own, first=first),
        first_page=first,
        headlines=lists.among,
        teasers=lists.teased,
        headlines_above=lists.above,
        opened=lists.opened and outline.is_story(url),
        whole_posts=whole_posts(text, page, keep, base, own),
        linked_lines=around.linked_lines,
        linked_columns=around.linked_columns,
        gap=around.gap,
        declared=declared(heads),
        screen=screen(root, heads, page, keep, meta, little=little),
        after=outline.after(page, keep),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A page's blocks with their features, what it says of itself, where it links within its site, which are the body.

    ``features`` is None for a page without blocks.
    """

    page: Page
    hints: Hints
    features: Features | None
    places: dict[str, int]
    keep: list[bool]


def _read(root: lxml.html.HtmlElement, heads: Heads, text: str, url: str) -> _Reading:
    page = Walker().walk(root)
    unname(page)
    hints = Hints(heads)
    places = outline.linked(page, base_of(heads, url), url)
    features = compute(page, hints) if page.leaves else None
    keep = select(text, page, features, outline.stories(places)) if features else []
    keep = second_opinion(text, page.leaves, keep)
    return _Reading(page=page, hints=hints, features=features, places=places, keep=keep)


def _kept(page: Page, keep: list[bool]) -> tuple[Block, ...]:
    kept = (leaf for leaf, taken in zip(page.leaves, keep, strict=True) if taken)
    return tuple(block for leaf in kept for block in _blocks(page, leaf))


def select(text: str, page: Page, features: Features, stories: Sequence[int]) -> list[bool]:
    """Return which leaves belong to the body: the vote of the model, with advice in doubt, and no long text twice."""
    voted = advised(features, vote(features), text, page.leaves)
    keep: list[bool] = choose(features, voted, stories).tolist()
    seen: set[str] = set()
    for index, leaf in enumerate(page.leaves):
        if keep[index] and len(leaf.text) >= _REPEATED_CHARS:
            keep[index] = leaf.text not in seen
            seen.add(leaf.text)
    keep = with_among(page, features, voted, with_flow(page, features, voted, with_rest(page, keep)))
    keep = with_subjects(page, features, voted, keep)
    keep = without_islands(features, without_boxes(page, without_buttons(page, keep)))
    keep = with_essay(page, without_captions(page, keep))
    return with_standfirst(page, features, voted, without_labels(page, keep))


_REPEATED_CHARS = 40
"""A longer text that stands twice is a print or mobile version, not a refrain."""


def _is_little(blocks: tuple[Block, ...]) -> bool:
    """Say whether so little was kept that it matters what stands around it."""
    return sum(len(block.text) for block in blocks) < remnant.MAX_WEIGHT


def _from_json(hints: Hints, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the JSON-LD body as paragraphs where the tree shows only a small part of it (built by a script)."""
    shown = sum(len(block.text) for block in blocks)
    if not hints.has_body or shown * 4 > len(hints.body):
        return blocks
    lines = [" ".join(line.split()) for line in hints.body.splitlines()]
    return tuple(Block(kind=Kind.PARAGRAPH, text=line) for line in lines if line)


def _blocks(page: Page, leaf: Leaf) -> list[Block]:
    """Return the block of a leaf, or those of its lines; an item or a heading is one whatever its lines are."""
    density = min(1.0, leaf.link_chars / max(1, len(leaf.text)))
    texts = leaf.lines or (leaf.text,)
    if leaf.lines and leaf.kind not in (Kind.PARAGRAPH, Kind.QUOTE):
        texts = (" ".join(leaf.lines),)
    path = path_of(page.containers, leaf.container)
    return [
        Block(kind=leaf.kind, text=text, level=leaf.level, link_density=round(density, 3), path=path) for text in texts
    ]


def _removed(page: Page, why: Sequence[str]) -> tuple[Removed, ...]:
    """Return what was cut; neighbours cut for one reason are one piece, a line each."""
    out: list[tuple[str, list[str]]] = []
    budget = MAX_REMOVED_CHARS
    last = -2
    for index, (leaf, reason) in enumerate(zip(page.leaves, why, strict=True)):
        if not reason or budget <= 0:
            continue
        if out and out[-1][0] == reason and last == index - 1:
            out[-1][1].append(leaf.text)
        else:
            out.append((reason, [leaf.text]))
        last = index
        budget -= len(leaf.text)
    return tuple(Removed(reason=reason, text="\n".join(lines)) for reason, lines in out)


def _links(anchors: Sequence[Anchor], base: str, own: Sequence[str]) -> tuple[Link, ...]:
    """Return what the text links to: neither a picture's large copy nor a place on the page itself (``own``)."""
    here = {address.partition("#")[0] for address in own}
    said = [anchor for anchor in anchors if not anchor.is_picture]
    return tuple(link for link in _absolute(said, base) if link.url.partition("#")[0] not in here)


def _absolute(anchors: Sequence[Anchor], base: str) -> tuple[Link, ...]:
    """Return links or pictures with absolute addresses, each address once, no buttons to share."""
    found: dict[str, Link] = {}
    for anchor in anchors:
        address = absolute(base, anchor.url)
        if address and address not in found and not is_share(address):
            found[address] = Link(url=address, text=anchor.text[:500])
    return tuple(found.values())
