"""The feeds, sitemaps and section pages of a live crawl: all that are due of a source are read before its articles.

Only then is it known which articles are the newest, and only the newest ``max_pages`` are fetched in one run.
"""

from __future__ import annotations

import asyncio
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
"""Feeds, sitemaps and section pages that one run reads of a source; beyond it an index names decades."""
_ROBOTS = "robots.txt"
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
    _under_way: UnderWay
    _asked: dict[str, set[str]]
    _tasks: set[asyncio.Task[None]]

    if TYPE_CHECKING:

        def _source(self, response: Response) -> Source: ...

        def _articles(self, source: Source, due: Iterable[Due]) -> Iterator[Request]: ...

        async def failed(self, failure: Failure) -> None:
            """Count what could not be fetched."""

    async def _lists(self, source: Source) -> AsyncIterator[Request]:
        """Ask for what the file names and earlier runs found; what robots.txt names follows when that is read."""
        if source.robots_sitemaps:
            self._under_way.begin(source.name, _ROBOTS)  # one slow host must not keep the others waiting
            task = asyncio.create_task(self._robots_sitemaps(source))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        for resource in await self._known(source):
            if request := await self._ask(source, resource):
                yield request

    async def _known(self, source: Source) -> list[Resource]:
        found = {url: Resource(url=url, role="feed") for url in source.feeds}
        found |= {url: Resource(url=url, role="sitemap") for url in source.sitemaps}
        found |= {url: Resource(url=url, role="section") for url in source.start}
        for resource in await self.live.on_disk(self.live.state.resources, source):
            # One that no other names stood in the file or in robots.txt, which say themselves whether it still does.
            if resource.depth and (resource.role != "section" or resource.depth <= source.depth):
                found.setdefault(resource.url, resource)
        return list(found.values())

    async def _robots_sitemaps(self, source: Source) -> None:
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        try:
            if robots is None:
                return
            rules = await robots.rules(Request(source.site, meta={"source": source.name, "role": "section"}))
            for url in rules.sitemaps:
                request = await self._ask(source, Resource(url=url, role="sitemap"))
                if request is not None and not self.live.stopping:
                    self.crawler.engine.crawl(request)
        except StoreError:
            pass  # the run is ending, and says why
        finally:
            self._under_way.end(source.name, _ROBOTS)

    async def _ask(self, source: Source, resource: Resource) -> Request | None:
        """Return the request for a feed, sitemap or section, unless it was asked in this run or is not due."""
        asked = self._asked[source.name]
        validators, again = await self.live.on_disk(self.live.state.resource, source, resource.url)
        if resource.url in asked or len(asked) >= MAX_RESOURCES or again > time.time():
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
        meta = failure.request.meta  # type: ignore[attr-defined]
        try:
            if (why := reading.why_not(failure.value)) not in OURS:
                # The guard names the host: a feed that has moved to one that the file does not know.
                said = str(failure.value)[:160] if why == "guard" else why
                self.live.figures[str(meta["source"])].unread[said] += 1
            await self.failed(failure)
        finally:
            self._under_way.end(str(meta["source"]), str(meta["list"]))

    async def _parse_resource(self, response: Response, read: reading.Reader) -> AsyncIterator[Request]:
        source = self._source(response)
        try:
            for child in await self._read(source, response, read):
                if request := await self._ask(source, child):
                    yield request
        finally:
            self._under_way.end(source.name, str(response.meta["list"]))
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
            figures.unread[f"http_{response.status}"] += 1
            self.live.strike(source.name, f"http_{response.status}", failed=True)
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
            figures.unread[error.reason] += 1
            self.live.strike(source.name, error.reason, failed=True)
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
        return children
