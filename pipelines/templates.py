"""Junk seen across pages: a block that recurs on other pages of its host is template, not article.

Two passes: ``observe`` every page of a batch first, then ask ``is_template`` or ``strip`` each. Counts are sums, so the
order of the pages makes no difference. Memory is fixed: counts live in a count-min sketch (Cormode and Muthukrishnan
2005), which may count too high where hashes meet, never too low, and of four rows the lowest is taken.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

import numpy as np

from pipelines.forms import key, width
from pipelines.model import Block, Draft, Removed

_ROWS = 4
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


class TemplateIndex:
    """On how many pages of a host each block stands; memory is fixed when it is made (16 MiB by default)."""

    def __init__(self, *, slots: int = 1 << 20) -> None:
        self._slots = slots
        self._counts = np.zeros((_ROWS, slots), dtype=np.uint32)

    def observe(self, host: str, blocks: Iterable[Block]) -> None:
        """Count the blocks of one page, each text once; call it exactly once a page."""
        names = {f"{host}\n{key(block.text)}" for block in blocks}
        for name in [*names, host]:
            self._counts[np.arange(_ROWS), self._places(name)] += np.uint32(1)

    def pages(self, host: str) -> int:
        """Return how many pages of a host were counted."""
        return self._count(host)

    def is_template(self, host: str, block: Block) -> bool:
        """Say whether a block recurs on so many pages of its host that it belongs to none of them."""
        seen = self._count(f"{host}\n{key(block.text)}")
        is_long = width(block.text) >= LONG_WIDTH
        pages, share = (LONG_PAGES, LONG_SHARE) if is_long else (SHORT_PAGES, SHORT_SHARE)
        if block.line >= 0:
            pages = CAPTURE_PAGES
        return seen >= max(pages, math.ceil(share * self.pages(host)))

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

    def _places(self, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
        digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8 * _ROWS).digest()
        return np.frombuffer(digest, dtype="<u8") % np.uint64(self._slots)

    def _count(self, name: str) -> int:
        return int(self._counts[np.arange(_ROWS), self._places(name)].min())
