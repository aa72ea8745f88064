"""Puts the pages of one article together, in whatever order they come.

A page that is part of an article waits until the others are there; what is never whole is made of what there is, at
the end of the run. Waiting pages lie in a temporary file once they are many, so that memory stays small.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines import identity
from pipelines.model import Article, Part, Rejected

MAX_PAGES = 20
"""Pages of one article that are joined; a pager that goes on is a list, a forum or a trap. The longest of the pagers
on the 533 public pages names 7."""
MAX_BYTES = 32 * 1024 * 1024
"""Pages behind so many bytes are not joined: it bounds what one article may hold in memory."""
SPILL_BYTES = 64 * 1024 * 1024

FURTHER_PAGE = "further_page"
"""Why a later page that was found by itself gives no record: it belongs to that of the first."""

Finish = Callable[[Sequence[Part]], Article | Rejected]


def adds(parts: Sequence[Part]) -> bool:
    """Say whether the last of these pages has text that those before it have not: a pager of comments has none."""
    seen = {block.text for part in parts[:-1] for block in part.draft.blocks}
    return any(block.text not in seen for block in parts[-1].draft.blocks)


def goes_on(parts: Sequence[Part]) -> str | None:
    """Return the address of the page to fetch next to these; None where the article ends, or has enough pages."""
    if len(parts) >= MAX_PAGES or sum(part.size for part in parts) >= MAX_BYTES or not adds(parts):
        return None
    return parts[-1].draft.next_page


def follows(parts: Sequence[Part], part: object) -> bool:
    """Say whether a cleaned page is the very next one of these pages' article."""
    return isinstance(part, Part) and part.key == parts[-1].key and part.number == parts[-1].number + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What is kept in memory of a waiting page; ``content`` is the hash of its text, ``order`` its place in the run."""

    number: int
    at: datetime
    order: int
    content: str
    ends: bool
    size: int
    offset: int
    length: int


class Joiner:
    """Pages in, whole articles out; the rest at the end. Calls block: use it from one thread at a time."""

    def __init__(self, finish: Finish) -> None:
        self._finish = finish
        self._groups: dict[str, list[_Held]] = {}
        self._made: dict[str, set[str]] = {}
        self._file = tempfile.SpooledTemporaryFile(max_size=SPILL_BYTES)  # noqa: SIM115 (closed with the joiner)
        self._end = self._order = 0

    def put(self, part: Part) -> Article | Rejected | None:
        """Take a page; return its article if that is whole now, else None."""
        group = self._groups.setdefault(part.key, [])
        group.append(self._hold(part))
        for edition in _editions(group):
            chain = _chain(edition)
            if edition.get(1) and (chain[-1].ends or _is_full(chain)):
                return self._make(part.key, chain)
        return None

    def rest(self) -> Iterator[Article | Rejected]:
        """Yield what the waiting pages make as they are, by address; the pages that were only a beginning are left out.

        A crawl that was cut short may have archived the first pages of an article that the next run fetched whole.
        """
        for key in sorted(self._groups):
            group = self._groups[key]
            chains = [_chain(edition) for edition in _editions(group)]
            made = self._made.get(key, set())
            texts = [[held.content for held in chain] for chain in chains]
            for index, (chain, text) in enumerate(zip(chains, texts, strict=True)):
                longer = any(
                    other[: len(text)] == text and (len(other) > len(text) or place < index)
                    for place, other in enumerate(texts)
                    if place != index
                )
                if longer or text[0] in made or (made and chain[0].number > 1):
                    continue
                yield self._make(key, chain)
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self._groups.clear()
        self._file.close()

    def _hold(self, part: Part) -> _Held:
        data = pickle.dumps(part, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(data)
        offset, self._end, self._order = self._end, self._end + len(data), self._order + 1
        return _Held(
            number=part.number,
            at=part.page.fetched_at,
            order=self._order,
            content=identity.content_sha256(part.draft.meta.title, part.draft.blocks),
            ends=part.draft.next_page is None,
            size=part.size,
            offset=offset,
            length=len(data),
        )

    def _make(self, key: str, chain: Sequence[_Held]) -> Article | Rejected:
        parts: list[Part] = []
        for held in chain:
            self._file.seek(held.offset)
            parts.append(pickle.loads(self._file.read(held.length)))  # noqa: S301 (written above, by this process)
        used = {held.order for held in chain}
        left = [held for held in self._groups[key] if held.order not in used]
        if left:
            self._groups[key] = left
        else:
            del self._groups[key]
        self._made.setdefault(key, set()).add(chain[0].content)
        return self._finish(parts)


def _editions(group: Sequence[_Held]) -> list[dict[int, _Held]]:
    """Return the pages by number, apart for each time the article was fetched: each begins with its first page.

    A page belongs to the first page fetched last before it; those from before any first page count where that one
    has no page of that number itself.
    """
    ordered = sorted(group, key=lambda held: (held.at, held.order))
    early: list[_Held] = []
    editions: list[dict[int, _Held]] = []
    for held in ordered:
        if held.number == 1:
            editions.append({1: held})
        elif editions:
            editions[-1].setdefault(held.number, held)
        else:
            early.append(held)
    first = editions[0] if editions else {}
    for held in early:
        first.setdefault(held.number, held)
    return editions or [first]


def _chain(edition: dict[int, _Held]) -> list[_Held]:
    """Return the pages from the first that is there up to the first gap, at most as many as are joined."""
    chain: list[_Held] = []
    number = min(edition)
    while number in edition and not _is_full(chain):
        chain.append(edition[number])
        number += 1
    return chain


def _is_full(chain: Sequence[_Held]) -> bool:
    return len(chain) >= MAX_PAGES or sum(held.size for held in chain) >= MAX_BYTES
