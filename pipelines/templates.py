"""Junk seen across pages: a block that recurs on other pages of its host is template, not article.

Two passes: ``observe`` every page of a batch first, then ask ``is_template`` or ``strip`` each. (A crawl has one pass:
``pipelines.template_memory`` gives it what earlier runs have seen.) Of each host the pages with the lowest hashes of
their addresses are kept, so that what is kept, and so the result, is the same in whatever order the pages come, however
often one comes, and however many there are: 64 pages tell what stands on a twentieth of all.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b

from pipelines.forms import key, width
from pipelines.model import Block, Draft, Removed

LONG_WIDTH = 160
"""Columns from which a block is prose: syndicated texts repeat it, so it needs more pages to count as template."""
SHORT_PAGES, SHORT_SHARE = 3, 0.05
"""A short line is template on three pages and 5 % of the host's pages."""
LONG_PAGES, LONG_SHARE = 5, 0.2
"""A paragraph is template on five pages and 20 % of them: the parts of a series are fewer, a legal notice more."""
CAPTURE_PAGES = 2
"""In a text capture, where no box has a name, two pages are enough for either. On 120 public pages from hosts with two
and more, as plain text: body F1 .889 → .893 (half of the hosts .8596 → .8629, the others .9089 → .9128)."""
MOST_OF_BODY = 0.4
"""Where template would be more of a body than this, the page is a copy of another; a copy keeps its text."""
SAMPLE = 64
"""Pages kept of a host."""
ROOM = 200_000
"""Pages kept of all hosts: where more would be, fewer are kept of each, and none of so many hosts that one is too many.
40 blocks a page take 90 MB, the most 240."""
MAX_BLOCKS = 128
"""Blocks kept of a page, those with the lowest hashes: pages that share blocks keep the same ones of them."""


class TemplateIndex:
    """On how many pages of a host each block stands, counted on a sample of bounded size."""

    def __init__(self, *, sample: int = SAMPLE, room: int = ROOM) -> None:
        self._sample, self._room = sample, room
        self._hosts: dict[str, dict[int, bytes]] = {}
        self._held = 0
        self._recurring: dict[str, dict[int, int]] = {}

    def observe(self, host: str, page: str, blocks: Iterable[Block]) -> None:
        """Count the blocks of a page, each text once; ``page`` is its address, under which it counts once."""
        marks = sorted({number(key(block.text)) for block in blocks})[:MAX_BLOCKS]
        self.put(host, number(page), array("Q", marks).tobytes())

    def put(self, host: str, page: int, marks: bytes) -> None:
        """Take in a page as ``sampled`` gives it. Of two that differ under one address the same one stays always."""
        if not self._sample:
            return
        pages = self._hosts.setdefault(host, {})
        self._recurring.pop(host, None)
        if page in pages:
            pages[page] = max(pages[page], marks)
            return
        pages[page] = marks
        self._held += 1
        self._trim(pages)
        while self._held > self._room:
            self._sample //= 2
            self._recurring.clear()
            for each in self._hosts.values():
                self._trim(each)
        if not self._sample:
            self._hosts.clear()

    def _trim(self, pages: dict[int, bytes]) -> None:
        """Let go of the pages with the highest numbers where there are too many."""
        if len(pages) > self._sample:
            for page in sorted(pages)[self._sample :]:
                del pages[page]
                self._held -= 1

    def sampled(self, host: str) -> Mapping[int, bytes]:
        """Return the pages kept of a host: number of the address → numbers of its blocks, eight bytes each."""
        return self._hosts.get(host, {})

    def is_template(self, host: str, block: Block) -> bool:
        """Say whether a block recurs on so many pages of its host that it belongs to none of them."""
        seen = self._counts(host).get(number(key(block.text)), 0)
        is_long = width(block.text) >= LONG_WIDTH
        pages, share = (LONG_PAGES, LONG_SHARE) if is_long else (SHORT_PAGES, SHORT_SHARE)
        if block.line >= 0:
            pages = CAPTURE_PAGES
        return seen >= max(pages, math.ceil(share * len(self.sampled(host))))

    def strip(self, host: str, draft: Draft) -> Draft:
        """Return a draft without template blocks, each a ``Removed``; a copy of another page stays whole."""
        marks = [self.is_template(host, block) for block in draft.blocks]
        total = sum(width(block.text) for block in draft.blocks)
        cut = sum(width(block.text) for block, mark in zip(draft.blocks, marks, strict=True) if mark)
        if not cut or cut > MOST_OF_BODY * total:
            return draft
        return replace(
            draft,
            blocks=tuple(block for block, mark in zip(draft.blocks, marks, strict=True) if not mark),
            removed=draft.removed
            + tuple(
                Removed(reason="template", text=block.text)
                for block, mark in zip(draft.blocks, marks, strict=True)
                if mark
            ),
        )

    def _counts(self, host: str) -> dict[int, int]:
        """Return on how many pages of the host the blocks stand that are on more than one."""
        counts = self._recurring.get(host)
        if counts is None:
            every: Counter[int] = Counter()
            for marks in self.sampled(host).values():
                every.update(array("Q", marks))
            counts = self._recurring[host] = {mark: pages for mark, pages in every.items() if pages > 1}
        return counts


def number(text: str) -> int:
    """Return a hash of 63 bits (SQLite's integers have no more), the same in every process."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1
