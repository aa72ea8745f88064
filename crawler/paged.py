"""Articles over several pages in a live crawl: the spider fetches what the pipelines find missing.

A page that goes on is held back with its pages so far, each cleaned once, while the next is fetched like any other
page: by the same queue, robots rules, pauses, guard and archive. The record is written once, from all of them, and
only then is the first page called seen: a crash in between fetches the article anew.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler import links
from crawler.discovery import Candidate
from crawler.state import Due, Validators
from crawler.warc import ARTICLE
from pipelines.items import Further
from pipelines.model import Part, RawPage, Rejected
from pipelines.parts import FURTHER_PAGE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.live import Live
    from crawler.sources import Source

PRIORITY = 2000
"""Before all else of its host: few articles are open at once."""
_ENDING = ("the crawl is stopping", "parked", "budget")
"""Those after which nothing more of a source is asked in this run."""
_TASKS: set[asyncio.Future[None]] = set()
"""Keeps what runs beside the queue from being collected."""


class PagedArticles:
    """What a spider adds to fetch the further pages of its articles."""

    crawler: Crawler
    live: Live
    _taken: set[str]
    _left: Counter[str]

    if TYPE_CHECKING:

        def _source(self, response: Response) -> Source: ...

        def _page(self, response: Response, source: Source) -> RawPage: ...

        def _articles(self, source: Source, due: Iterable[Due]) -> Iterator[Request]: ...

    def follow(self, parts: tuple[Part, ...]) -> Rejected | None:
        """Ask for the next page of an article; called by the pipelines, which hold the article back until then.

        A later page that was found by itself is refused, and the first page asked for in its place.
        """
        first, address = parts[0].page, parts[-1].draft.next_page
        tracked = self.live.untrack(first)
        if parts[0].number > 1 or address is None or tracked is None:
            if tracked is not None:
                self.live.track(first, *tracked)
                self._soon(self._find_first(tracked[0], parts[0].draft.first_page or ""))
            return Rejected(url=first.url, source=first.source, reason=FURTHER_PAGE, detail=parts[0].key)
        source = tracked[0]
        self._taken.add(links.key(address))
        self._left[source.name] -= 1  # it counts against the source's pages of this run
        request = Request(
            address,
            callback=self.parse_further,
            errback=self.further_failed,
            meta={"source": source.name, "role": ARTICLE, "parts": parts, "tracked": tracked},
            priority=PRIORITY,
        )
        self.crawler.engine.crawl(request)
        return None

    async def _find_first(self, source: Source, address: str) -> None:
        url = links.clean(address)
        if url is None or not source.wants(url):
            return
        found = await self.live.on_disk(self.live.state.discover, source, [Candidate(url=url)], time.time())
        for request in self._articles(source, found):
            self.crawler.engine.crawl(request)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        _TASKS.add(task)
        task.add_done_callback(_TASKS.discard)

    async def parse_further(self, response: Response) -> AsyncIterator[Further]:
        """Hand an article's next page to the pipelines, which know the pages before it."""
        source = self._source(response)
        if response.status == 200:
            self.live.strike(source.name, "", failed=False)
            yield self._further(response.meta, self._page(response, source))
        else:
            self.live.strike(source.name, f"http_{response.status}", failed=True)
            yield self._further(response.meta, None)

    async def further_failed(self, failure: Failure) -> AsyncIterator[Further]:
        """Let the article go as far as it goes; when the run is ending, leave it whole to the next run."""
        request: Request = failure.request  # type: ignore[attr-defined]
        name, why = str(request.meta["source"]), str(failure.value)
        if isinstance(failure.value, IgnoreRequest):
            self.live.figures[name].refused[why.partition(":")[0]] += 1
            if why.startswith(_ENDING):
                return
        else:
            self.live.strike(name, type(failure.value).__name__, failed=True)
        yield self._further(request.meta, None)

    def _further(self, meta: dict[str, Any], page: RawPage | None) -> Further:
        """Return the pages so far with the next one; without it, the first is asked for anew at the next visit."""
        parts, (source, fetched) = meta["parts"], meta["tracked"]
        if page is None:
            fetched = replace(fetched, validators=Validators())
        self.live.track(parts[0].page, source, fetched)
        return Further(parts=parts, page=page)
