"""The live crawl: feeds, sitemaps and section pages to articles, all through Scrapy's own downloader."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import links, reading, sources
from crawler.archive import Place
from crawler.discovery import Candidate
from crawler.guard import POLICY, install_hook, refuse_changes
from crawler.javascript import browser_path
from crawler.lists import ListReader, UnderWay
from crawler.live import Live
from crawler.paged import PagedArticles
from crawler.sources import Source
from crawler.state import Due, Fetched, Validators
from crawler.warc import TAKEN, Exchange
from pipelines import stages
from pipelines.errors import StoreError, UsageError
from pipelines.model import RawPage

logger = logging.getLogger(__name__)

_FRESH = ((1, 90), (6, 80), (24, 70), (72, 60), (168, 40))
"""Hours since an article was written → its priority; unknown is 50, older 30, a known one asked again 20."""
_NOT_TRIED = ("guard:", "the crawl is stopping", "parked", "budget", "taken", "robots.txt is unreachable")
"""Refusals that say nothing of the page itself: it waits for the next run."""


class NewsSpider(ListReader, PagedArticles, scrapy.Spider):
    """``scrapy crawl news -a sources=seeds/sources.toml``: the new and changed articles of every source."""

    name = "news"
    live: Live

    def __init__(self, sources: str = "seeds/sources.toml", only: str = "", **kwargs: Any) -> None:
        """Take the sources file; ``only`` names some of its sources, separated by commas."""
        super().__init__(**kwargs)
        self._path, self._only = Path(sources), [name for name in only.split(",") if name]
        self.sources: dict[str, Source] = {}
        self._everything: tuple[Source, ...] = ()
        self._error: UsageError | None = None
        self._taken: set[str] = set()
        self._queued: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked: dict[str, set[str]] = {}
        self._left: Counter[str] = Counter()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put the contact into the User-Agent."""
        super().update_settings(settings)
        if contact := settings.get("CONTACT"):
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Read the sources and connect to what the run tells."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        try:
            spider.sources = {one.name: one for one in spider._chosen()}
            if any(one.javascript for one in spider.sources.values()):
                browser_path()
        except UsageError as error:
            spider._error = error
        spider._asked = {name: set() for name in spider.sources}
        spider._under_way = UnderWay(spider.sources)
        spider._left = Counter({name: one.max_pages for name, one in spider.sources.items()})
        install_hook()
        POLICY.grant(spider.sources.values())
        spider.live = Live(crawler, spider.sources)
        crawler.signals.connect(spider._opened, signal=signals.spider_opened)
        crawler.signals.connect(spider._closed, signal=signals.spider_closed)
        crawler.signals.connect(spider.live.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(spider.live.item_lost, signal=signals.item_error)
        crawler.signals.connect(spider.live.item_lost, signal=signals.item_dropped)
        crawler.signals.connect(spider.live.records_committed, signal=stages.records_committed)
        return spider

    def _chosen(self) -> Iterable[Source]:
        self._everything = everything = sources.load(self._path)
        names = {one.name for one in everything}
        for name in self._only:
            if name not in names:
                raise UsageError(f"{self._path} has no source named {name!r}; it has {', '.join(sorted(names))}")
        return [one for one in everything if not self._only or one.name in self._only]

    async def _opened(self) -> None:
        stats = self.crawler.stats
        try:
            refuse_changes(self.crawler)  # once more: with another resolver, nobody has asked yet
        except ScrapyUsageError as error:
            self._error = UsageError(str(error))
        if self._error is not None:
            stats.set_value("polyglean/error", str(self._error))
            stats.set_value("polyglean/exit_code", self._error.exit_code)
            raise CloseSpider("bad_sources")
        if stats.get_value("polyglean/exit_code"):
            return  # the store is locked by another run: this one ends, having written nothing
        if not self.settings.get("CONTACT"):
            logger.warning("set CONTACT (-s CONTACT=…), so that a site's owner can reach you")
        try:
            await self.live.open(self._everything)
        except StoreError as error:
            raise CloseSpider("cannot_write") from error

    async def _closed(self) -> None:
        for line in await self.live.close():
            print(line)

    # --- what middlewares ask

    async def archive(self, exchange: Exchange) -> Place:
        """Write an exchange down; called by the archive middleware for every response."""
        return await self.live.archive(exchange)

    @property
    def full(self) -> bool:
        """Tell the queue to hand nothing out while the pipelines are behind."""
        return self.live.full

    def park(self, name: str, why: str) -> None:
        """Leave a source alone for the rest of the run."""
        self.live.park(name, why)

    def admit(self, request: Request) -> str | None:
        """Say why a request should not go out: the run is ending, its source is parked, its article is taken."""
        if self.live.stopping:
            return "the crawl is stopping"
        figures = self.live.figures.get(str(request.meta.get("source")))
        if figures is not None and figures.parked:
            return "parked"
        key = request.meta.get("key")
        if key is None or request.meta.get("mine"):
            return None  # a retry or a redirect of one that was let through
        if key in self._taken:
            return "taken"
        self._taken.add(key)
        request.meta["mine"] = True
        return None

    async def same_as(self, request: Request, url: str) -> str | None:
        """Return the identity of the article that a redirected request has come to, if that is known by itself."""
        own, target = request.meta.get("key"), links.key(links.clean(url) or url)
        if own is None or target == own or target == request.meta.get("target"):
            return None
        if target in self._taken or await self.live.on_disk(self.live.state.holds, target):
            return target
        self._taken.add(target)
        request.meta["target"] = target
        return None

    # --- requests

    async def start(self) -> AsyncIterator[Any]:
        """Ask every source's lists; then, source by source as these are read, the newest articles that are due."""
        for source in self.sources.values():
            async for request in self._lists(source):
                yield request
        async for name in self._under_way.sources(lambda: self.live.stopping):
            source = self.sources[name]
            due = await self.live.on_disk(self.live.state.due, source, time.time(), 2 * source.max_pages)
            for request in self._articles(source, due):
                yield request

    def _articles(self, source: Source, due: Iterable[Due]) -> Iterator[Request]:
        """Yield requests for articles while the source's pages for this run last; the rest stays written down."""
        for one in due:
            if one.key in self._taken or one.key in self._queued:
                continue
            # Known ones may take up at most half of what is left, so that they never crowd out the new.
            if self._left[source.name] <= (source.max_pages // 2 if one.seen else 0):
                continue
            self._left[source.name] -= 1
            self._queued.add(one.key)
            yield self._article(source, one.url, one.key, one.validators, at=one.at, seen=one.seen)

    def _article(
        self, source: Source, url: str, key: str, validators: Validators, *, at: float | None, seen: bool
    ) -> Request:
        hours = (time.time() - at) / 3600 if at is not None else None
        fresh = 50 if hours is None else next((rank for limit, rank in _FRESH if hours < limit), 30)
        return Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            headers=reading.conditions(validators),
            meta={"source": source.name, "role": "article", "key": key, "old": validators.body_sha256},
            priority=20 if seen else fresh,
        )

    # --- responses

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        """Hand an article page to the pipelines, unless it is the same as before, gone, or only a twin."""
        source, key, now = self._source(response), str(response.meta["key"]), time.time()
        figures, new = self.live.figures[source.name], reading.validators_of(response)
        if response.status not in TAKEN and not (response.status == 304 and reading.was_asked_with(response)):
            self.live.strike(source.name, f"http_{response.status}", failed=True)
            if response.status in (404, 410):
                await self.live.on_disk(self.live.state.failed, key, now, gone=True)
            else:
                await self.live.failed(source.name, key, now)
            return
        if response.meta.get("gate"):
            self.live.strike(source.name, "gate", failed=True)
            await self.live.failed(source.name, key, now)
            return
        if response.status != 304 and not response.body.strip():  # a wall, or a program that died
            self.live.strike(source.name, "empty_page", failed=True)
            await self.live.failed(source.name, key, now)
            return
        await self.live.gave(source.name)
        if response.status == 304 or new.body_sha256 == response.meta["old"]:
            figures.unchanged += 1
            await self.live.on_disk(self.live.state.unchanged, source, key, now, new if new.etag else None)
            return
        if target := response.meta.get("same_as"):
            known = await self.live.on_disk(self.live.state.holds, target)
            await self.live.on_disk(self.live.state.failed, key, now, gone=known)
            return
        if full := response.meta.get("twin_of"):
            await self.live.on_disk(self.live.state.failed, key, now, gone=True)
            place = {links.key(full)}  # where both have one identity, the full page takes the place
            self._taken -= place
            self._queued -= place
            found = await self.live.on_disk(self.live.state.discover, source, [Candidate(url=full)], now, revive=True)
            for request in self._articles(source, found):
                request.meta["full"] = True  # one step: it is taken as it is, even where it names the twin in turn
                yield request
            return
        page = self._page(response, source)
        self.live.track(page, source, Fetched(key=key, fetched=page.fetched_at.timestamp(), validators=new))
        yield page

    def _page(self, response: Response, source: Source) -> RawPage:
        self.live.figures[source.name].pages += 1
        at, file, offset = response.meta["archived"]
        path = (self.live.root / "archive" / file).as_posix()
        return RawPage(
            url=links.clean(response.url) or response.url,  # a redirect may lead to an address with trackers
            fetched_at=at,
            body=response.body,
            source=path,
            content_type=reading.content_type(response),
            status=response.status,
            warc_file=path,
            warc_offset=offset,
            timezone=source.timezone,
            language=source.language,
        )

    async def failed(self, failure: Failure) -> None:
        """Count what could not be fetched; a page that is refused or fails itself is tried again, more seldom."""
        request: Request = failure.request  # type: ignore[attr-defined]
        name, error = str(request.meta.get("source")), failure.value
        key, why = request.meta.get("key"), str(error)
        if isinstance(error, IgnoreRequest):
            self.live.figures[name].refused[reading.why_not(error)] += 1
            # A page that leads where nobody may follow says something of itself: it would come first at every run.
            if why.startswith(_NOT_TRIED) and not (why.startswith("guard:") and request.meta.get("redirect_urls")):
                return
            if key is not None:
                await self.live.on_disk(self.live.state.failed, key, time.time())
            return
        self.live.strike(name, type(error).__name__, failed=True)
        if key is not None:
            await self.live.failed(name, key, time.time())

    def _source(self, response: Response) -> Source:
        return self.sources[str(response.meta["source"])]
