"""The feeds, sitemaps and section pages of a live crawl: all that are due of a source are read before its articles.

Only then is it known which articles are the newest, and only the newest ``max_pages`` are fetched in one run.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request

from crawler import links, reading
from crawler.health import OURS
from crawler.robots import RobotsMiddleware
from crawler.state import Resource
from pipelines.errors import BrokenPage, StoreError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.live import Live
    from crawler.sources import Source
    from crawler.state import Due

logger = logging.getLogger(__name__)

_PRIORITY = {"feed": 1000, "sitemap": 900, "section": 800}
MAX_RESOURCES = 200
"""Feeds, sitemaps and section pages that one run reads of a source beside those that the file names; beyond it an index
names decades, and a home page a section a town."""
_AS_NAMED = MAX_RESOURCES // 2
"""So many of these at most are asked in the order in which an index or a page names them: of a sitemap index the newest
are read in every run. The other half is for those whose turn it is, or the rest would never be read."""
_FILE, _ROBOTS = "the file", "robots.txt"
_LOOK = 0.5
"""Seconds between two looks at whether the crawl is being stopped."""


class UnderWay:
    """What of each source is still to be read in this run."""

    def __init__(self, names: Iterable[str]) -> None:
        self._open: dict[str, set[str]] = {name: set() for name in names}
        self._changed = asyncio.Event()
        self.over: set[str] = set()

    def begin(self, name: str, what: str) -> None:
        """Note that something of a source was asked for."""
        self._open[name].add(what)

    def is_last(self, name: str, what: str) -> bool:
        """Tell whether nothing else of a source is open."""
        return self._open[name] == {what}

    def end(self, name: str, what: str) -> None:
        """Note that it was read, or that it cannot be."""
        self._open[name].discard(what)
        self._changed.set()

    async def sources(self, stopping: Callable[[], bool]) -> AsyncIterator[str]:
        """Yield each source's name once, as soon as nothing of it is open; end early when the crawl is stopping."""
        while len(self.over) < len(self._open) and not stopping():
            self._changed.clear()
            for name in [name for name, what in self._open.items() if not what and name not in self.over]:
                self.over.add(name)
                yield name
            if len(self.over) < len(self._open) and not self._changed.is_set():
                try:
                    await asyncio.wait_for(self._changed.wait(), _LOOK)
                except TimeoutError:
                    continue


class ListReader:
    """What a spider adds to read its sources' feeds, sitemaps and section pages."""

    crawler: Crawler
    live: Live
    sources: dict[str, Source]
    _under_way: UnderWay
    _asked: dict[str, set[str]]
    _tasks: set[asyncio.Task[None]]

    if TYPE_CHECKING:

        def _source(self, response: Response) -> Source: ...

        def _articles(self, source: Source, due: Iterable[Due]) -> Iterator[Request]: ...

        async def failed(self, failure: Failure) -> None:
            """Count what could not be fetched."""

    async def _lists(self, source: Source) -> AsyncIterator[Request]:
        """Ask for what the file names; what robots.txt names follows when that is read, what was found earlier last."""
        self._under_way.begin(source.name, _FILE)
        if source.robots_sitemaps:
            self._under_way.begin(source.name, _ROBOTS)  # one slow host must not keep the others waiting
            task = asyncio.create_task(self._robots_sitemaps(source))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        for resource in _in_file(source):
            if request := await self._ask(source, resource):
                yield request
        await self._ended(source, _FILE)

    async def _ended(self, source: Source, what: str) -> None:
        """Note that a list was read, or cannot be. After the last one that is open those are asked whose turn it is.

        Not before: what an index names now is more than what it named when it was read before.
        """
        try:
            while self._under_way.is_last(source.name, what) and await self._take_turns(source):
                pass
        finally:
            self._under_way.end(source.name, what)

    async def _take_turns(self, source: Source) -> bool:
        """Ask for what earlier runs found and this one has not asked, the longest unasked first; tell if there was any.

        Those that no other names stood in the file or in robots.txt, which say themselves whether they still do.
        """
        if self.live.stopping or self.live.figures[source.name].parked:
            return False
        asked = self._asked[source.name]
        due = await self.live.on_disk(self.live.state.resources, source, time.time())
        found = [one for one in due if one.depth and (one.role != "section" or one.depth <= source.depth)]
        waiting = [one for one in found if one.url not in asked]
        room = max(0, MAX_RESOURCES - self._beside_the_file(source))
        if waiting and not room:
            logger.info("%s: %d of its lists are left for the next run", source.name, len(waiting))
        some = False
        for resource in waiting[:room]:
            request = await self._ask(source, resource)
            if request is not None and not self.live.stopping:
                self.crawler.engine.crawl(request)
                some = True
        return some

    def _beside_the_file(self, source: Source) -> int:
        """Return how many lists were asked, less those that the file names."""
        return len(self._asked[source.name]) - len(source.feeds) - len(source.sitemaps) - len(source.start)

    async def _robots_sitemaps(self, source: Source) -> None:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        with contextlib.suppress(StoreError):  # the run is ending, and says why
            try:
                if robots is None:
                    return
                rules = await robots.rules(Request(source.site, meta={"source": source.name, "role": "section"}))
                for resource in await self._in_turn(source, rules.sitemaps):
                    request = await self._ask(source, resource, MAX_RESOURCES)
                    if request is not None and not self.live.stopping:
                        self.crawler.engine.crawl(request)
            finally:
                await self._ended(source, _ROBOTS)

    async def _in_turn(self, source: Source, sitemaps: Iterable[str]) -> list[Resource]:
        """Order what robots.txt names: the longest unasked first, before them what was never asked."""
        known = await self.live.on_disk(self.live.state.resources, source, time.time())
        turn = {one.url: number for number, one in enumerate(known)}
        return sorted((Resource(url=url, role="sitemap") for url in sitemaps), key=lambda one: turn.get(one.url, -1))

    async def _ask(self, source: Source, resource: Resource, most: int | None = None) -> Request | None:
        """Return the request for a feed, sitemap or section, unless it was asked in this run or is not due.

        With ``most``, none if so many were asked beside those that the file names.
        """
        asked = self._asked[source.name]
        validators, again = await self.live.on_disk(self.live.state.resource, source, resource.url)
        if resource.url in asked or again > time.time():
            return None
        if most is not None and self._beside_the_file(source) >= most:
            return None
        if len(resource.url) > links.MAX_URL:  # Scrapy would drop it without a word
            logger.warning("%s: an address of %d signs is not asked", source.name, len(resource.url))
            return None
        asked.add(resource.url)
        self._under_way.begin(source.name, resource.url)
        return Request(
            resource.url,
            callback=self.parse_section if resource.role == "section" else self.parse_list,
            errback=self.list_failed,
            headers=reading.conditions(validators),
            meta={
                "source": source.name,
                "role": resource.role,
                "depth": resource.depth,
                "old": validators.body_sha256,
                "list": resource.url,
            },
            priority=_PRIORITY[resource.role] - resource.depth,
        )

    async def parse_list(self, response: Response) -> AsyncIterator[Request]:
        """Read a feed or a sitemap."""
        async for request in self._parse_resource(response, reading.read_list):
            yield request

    async def parse_section(self, response: Response) -> AsyncIterator[Request]:
        """Read a section page."""
        async for request in self._parse_resource(response, reading.read_section):
            yield request

    async def list_failed(self, failure: Failure) -> None:
        """Count what could not be fetched, and go on without it."""
        request: Request = failure.request  # type: ignore[attr-defined]
        source, resource = self.sources[str(request.meta["source"])], reading.resource_of(request)
        try:
            if (why := reading.why_not(failure.value)) not in OURS:
                # The guard names the host: a feed that has moved to one that the file does not know.
                said = str(failure.value)[:160] if why == "guard" else why
                self.live.figures[source.name].unread[said] += 1
                await self.live.on_disk(self.live.state.resource_unread, source, resource, time.time())
            await self.failed(failure)
        finally:
            await self._ended(source, resource.url)

    async def _parse_resource(self, response: Response, read: reading.Reader) -> AsyncIterator[Request]:
        source = self._source(response)
        try:
            for child in await self._read(source, response, read):
                if request := await self._ask(source, child, _AS_NAMED):
                    yield request
        finally:
            await self._ended(source, reading.resource_of(response).url)
        if source.name in self._under_way.over:  # a request that lay in JOBDIR: the articles were chosen without it
            due = await self.live.on_disk(self.live.state.due, source, time.time(), 2 * source.max_pages)
            for request in self._articles(source, due):
                yield request

    async def _read(self, source: Source, response: Response, read: reading.Reader) -> list[Resource]:
        """Write down what a resource names; return the further ones to read."""
        resource, now, new = reading.resource_of(response), time.time(), reading.validators_of(response)
        figures = self.live.figures[source.name]
        same = response.status == 304 and reading.was_asked_with(response)
        old = response.meta["old"]
        if same or (response.status == 200 and old is not None and new.body_sha256 == old):
            figures.unchanged += 1
            figures.lists += 1
            self.live.strike(source.name, "", failed=False)
            await self.live.on_disk(self.live.state.resource_unchanged, source, resource.url, now)
            return []
        if response.status != 200:
            await self._unread(source, resource, f"http_{response.status}")
            if response.status in (404, 410):
                logger.warning("%s: %s is gone (%d)", source.name, resource.url, response.status)
                await self.live.on_disk(self.live.state.forget_resource, source, resource.url)
            return []
        try:
            if not response.body.strip():
                raise BrokenPage("empty_page", "the answer has no body")
            found = await asyncio.to_thread(read, response.body, response.url, reading.content_type(response))
        except BrokenPage as error:
            logger.warning("%s: %s cannot be read: %s", source.name, resource.url, error)
            await self._unread(source, resource, error.reason)
            return []
        self.live.strike(source.name, "", failed=False)
        children = reading.children(source, resource, found, now)
        candidates = list(reading.candidates(source, resource, found))
        figures.lists += 1
        figures.named += len(found.articles)
        figures.wanted += len(candidates)
        if found.feeds and not candidates and not children:
            logger.warning("%s: %s names no article, but a feed: %s", source.name, resource.url, found.feeds[0])
        if found.articles and not candidates:
            hosts = Counter(urlsplit(one.url).hostname for one in found.articles if not reading.inside(source, one.url))
            logger.warning(
                "%s: none of the %d addresses in %s is taken (%d on other hosts%s)",
                source.name,
                len(found.articles),
                resource.url,
                hosts.total(),
                "".join(f", most on {host}" for host, _ in hosts.most_common(1)),
            )
        await self.live.on_disk(
            self.live.state.discover, source, candidates, now, resource=resource, validators=new, children=children
        )
        figures.elsewhere += await self.live.on_disk(self.live.state.elsewhere.pop, source.name, 0)
        return children

    async def _unread(self, source: Source, resource: Resource, why: str) -> None:
        """Count a list whose answer cannot be read."""
        self.live.figures[source.name].unread[why] += 1
        self.live.strike(source.name, why, failed=True)
        await self.live.on_disk(self.live.state.resource_unread, source, resource, time.time())


def _in_file(source: Source) -> Iterable[Resource]:
    """Return the lists that the file names of a source, each once."""
    named = (("feed", source.feeds), ("sitemap", source.sitemaps), ("section", source.start))
    found = [Resource(url=url, role=role) for role, urls in named for url in urls]
    return {one.url: one for one in found}.values()
