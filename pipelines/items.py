"""What travels through the item pipelines, the order in which it is written, and what is counted of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipelines.model import Article, Part, RawPage, Rejected, Status
from pipelines.translate.checks import NOTES

logger = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class PageItem:
    """What travels through the pipelines: the page's place in the run, and what has become of it so far.

    ``outcome`` is None for a page that waits for the others of its article, ``pages`` the number of pages that the
    item stands for. ``signature`` is the MinHash of the text; ``known`` tells that the very same record was stored by
    an earlier run.
    """

    number: int
    page: RawPage | None
    outcome: Article | Rejected | None
    signature: list[int] | None = None
    known: bool = False
    pages: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Pages of one article that a crawl has cleaned, and the next as it was fetched; None: it cannot be had."""

    parts: tuple[Part, ...]
    page: RawPage | None


class Turns:
    """Lets whoever asks wait until all with a lower number are done."""

    def __init__(self) -> None:
        self._done: set[int] = set()
        self._next = 0
        self._waiting: dict[int, asyncio.Future[None]] = {}

    async def wait(self, number: int) -> None:
        """Return when every number below this one is done."""
        if number > self._next:
            self._waiting[number] = asyncio.get_running_loop().create_future()
            await self._waiting[number]

    def done(self, number: int) -> None:
        """Call a number done; each has to be, once."""
        self._done.add(number)
        while self._next in self._done:
            self._done.discard(self._next)
            self._next += 1
            if (waiter := self._waiting.pop(self._next, None)) is not None and not waiter.done():
                waiter.set_result(None)


class InOrder:
    """Hands items on by their number: whatever came early waits for those before it."""

    def __init__(self, write: Callable[[PageItem], None]) -> None:
        self._write = write
        self._waiting: dict[int, PageItem] = {}
        self._next = 0

    @property
    def written(self) -> int:
        """Return the number below which every item has been written."""
        return self._next

    def put(self, item: PageItem) -> None:
        """Take one item; write it and all that waited for it."""
        self._waiting[item.number] = item
        while (ready := self._waiting.pop(self._next, None)) is not None:
            self._next += 1
            self._write(ready)

    def flush(self) -> None:
        """Write what still waits, in order; a number is missing only when a run was cut short."""
        for number in sorted(self._waiting):
            self._next = number + 1
            self._write(self._waiting.pop(number))


def unforeseen(page: RawPage | Article | Rejected, error: Exception) -> Rejected:
    """Return what stands for a page in whose work something broke: it keeps its name, and the run goes on."""
    logger.error("cannot work on %s", page.source, exc_info=error)
    detail = f"{type(error).__name__}: {error}"[:300]
    return Rejected(url=page.url, source=page.source, reason="extractor_error", detail=detail, broken=True)


def host_of(url: str) -> str | None:
    """Return the host of an address; None for one that cannot be taken apart (``http://[bad/``)."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def tally(article: Article | Rejected) -> Iterator[tuple[str, int]]:
    """Yield the statistics that one stored article, or rejected page, adds to: name and by how much."""
    if isinstance(article, Rejected):
        yield f"polyglean/rejected/{article.reason}", 1
        if article.broken:
            yield "polyglean/broken", 1
        return
    yield "polyglean/articles", 1
    yield f"polyglean/language/{article.language.code}", 1
    for removed in article.removed:
        yield f"polyglean/removed/{removed.reason}", 1
    translation = article.translation
    if translation is None:
        return
    yield f"polyglean/translation/{translation.status}", 1
    if translation.status is Status.NO_PACKAGE:
        yield f"polyglean/no_package/{article.language.code}", 1
    if translation.status in (Status.TRANSLATED, Status.TRANSLATED_WITH_FLAGS):
        yield "polyglean/sentences", len(translation.sentences)
        yield "polyglean/sentences_flagged", sum(not NOTES.issuperset(one.flags) for one in translation.sentences)
