"""Saved pages into the pipelines: files, folders, MHTML, WARC, manifests. No network is touched."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider

from crawler.pages import read_pages
from pipelines.errors import UsageError
from pipelines.items import host_of
from pipelines.model import RawPage, Rejected
from pipelines.stages import CleanStage

LEARNING = 16
"""Pages in memory at once during the first of two passes."""


def _split(pages: str) -> list[str]:
    """Return the paths of a text quoted as in a shell; one that is there, or is not quoted so, is a path itself.

    ``L'Express/`` is none a shell would read, ``saved pages/`` two paths unless there is a folder of that name.
    """
    if os.path.lexists(pages):
        return [pages]
    try:
        return shlex.split(pages)
    except ValueError:
        return [pages]


LOOK_AGAIN = 0.05
"""Seconds from the last page inside to the look whether the run was asked to end."""


class ReplaySpider(scrapy.Spider):
    """Yields one RawPage (or Rejected) for every saved page, never more than PAGES_IN_FLIGHT ahead of the store."""

    name = "replay"
    fetches = False
    _places: asyncio.Semaphore
    _inside = 0
    _empty: asyncio.Event

    def __init__(self, pages: str | Sequence[str] = "seeds/", **kwargs: Any) -> None:
        """Take ``pages``: one path, glob or ``-``, several quoted as in a shell, or a sequence of them."""
        super().__init__(**kwargs)
        self.pages = _split(pages) if isinstance(pages, str) else list(pages)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Count every page that leaves the pipelines, however it leaves them, so that the next may enter."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._places = asyncio.Semaphore(crawler.settings.getint("PAGES_IN_FLIGHT"))
        spider._empty = asyncio.Event()
        spider._empty.set()
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            crawler.signals.connect(spider._leave, signal=signal)
        return spider

    def _enter(self, item: Any) -> Any:
        self._inside += 1
        self._empty.clear()
        return item

    def _leave(self) -> None:
        self._places.release()
        self._inside -= 1
        if not self._inside:
            self._empty.set()
            self._look_again()

    def _look_again(self) -> None:
        asyncio.get_running_loop().call_later(LOOK_AGAIN, self._end_if_asked)

    def _closing(self) -> Any:
        """Return what Scrapy waits for once a run is to end before its last page (a signal, a full disk), else None."""
        engine = self.crawler.engine
        slot = engine.scraper.slot if engine is not None else None
        return slot.closing if slot is not None else None

    def _end_if_asked(self) -> None:
        """Let a run that is to end do so as soon as no page is inside.

        Scrapy looks for that when a response has been worked off, of which a replay has none.
        """
        closing = self._closing()
        if closing is None or closing.called or self._inside:
            return
        assert self.crawler.engine is not None
        self.crawler.engine.scraper._check_if_closing()
        if not closing.called:  # the last page is counted out a moment after it is through
            self._look_again()

    def _read(self) -> Iterator[RawPage | Rejected]:
        return iter(read_pages(self.pages, max_bytes=self.settings.getint("MAX_PAGE_BYTES")))

    async def _next(self, pages: Iterator[RawPage | Rejected]) -> RawPage | Rejected | None:
        """Return the next page, None at the end; nothing to read at all ends the run with one line."""
        try:
            return await asyncio.to_thread(next, pages, None)
        except UsageError as error:
            assert self.crawler.stats is not None
            self.crawler.stats.set_value("polyglean/error", str(error))
            self.crawler.stats.set_value("polyglean/exit_code", error.exit_code)
            raise CloseSpider("nothing_to_replay") from error

    async def _learn(self) -> None:
        """Read everything once before, for the blocks that the pages of one host share."""
        stage = self.crawler.get_item_pipeline(CleanStage)
        if stage is None or "-" in self.pages:
            return  # a list on standard input can be read only once
        pages = self._read()
        under_way: set[asyncio.Task[None]] = set()
        while (page := await self._next(pages)) is not None:
            if isinstance(page, Rejected) or not host_of(page.url):
                continue
            under_way.add(asyncio.create_task(stage.learn(page)))
            if len(under_way) >= LEARNING:
                _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*under_way)

    async def start(self) -> AsyncIterator[Any]:
        """Read on in a thread (disks are slow, archives need CPU) whenever there is a place free."""
        if self.settings.getbool("TEMPLATES"):
            await self._learn()
        pages = self._read()
        while True:
            await self._places.acquire()
            page = await self._next(pages)
            if self._closing() is not None:
                return
            if page is None:
                break
            yield self._enter(page)
        self._places.release()
        await self._empty.wait()
        if (stage := self.crawler.get_item_pipeline(CleanStage)) is not None:
            async for item in stage.rest():  # articles of which some pages are missing
                await self._places.acquire()
                yield self._enter(item)
        # Scrapy looks for an idle spider when start() ends and every 5 seconds from then on: end with the last page.
        await self._empty.wait()
