"""The item pipelines: the only file under ``pipelines`` that knows Scrapy.

A spider yields ``RawPage`` (or ``Rejected``, for a page that could not even be read). ``CleanStage`` turns each into a
numbered ``PageItem`` and cleans it in a process pool, ``TranslateStage`` translates many at once in a thread pool, and
``StoreStage`` writes them in the order in which the spider yielded them, so that a run's rows do not depend on which
worker was quicker. No CPU work and no disk write happens on the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from scrapy.exceptions import CloseSpider

from pipelines import identity
from pipelines.config import Config
from pipelines.configure import config_from as config_from  # part of this module for its users
from pipelines.errors import PolygleanError, StoreError
from pipelines.items import Further, PageItem, Turns, host_of, unforeseen
from pipelines.model import Article, Part, RawPage, Rejected
from pipelines.parts import Joiner, follows, goes_on
from pipelines.pool import CleanPool
from pipelines.process import finish, without_templates
from pipelines.store.catalogue import Entry
from pipelines.store.manifest import Manifest
from pipelines.store.sink import Store
from pipelines.templates import TemplateIndex
from pipelines.translate import Translator
from pipelines.translate.batcher import Batcher
from pipelines.writer import Writer

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)
T = TypeVar("T")

records_committed = object()
"""Signal, sent on the event loop after every commit with ``manifest``, ``entries`` (what was stored for which address),
``below``, the number below which every item is in a commit: only now may a crawl call those pages seen, and ``rows``,
the numbers of their articles with whether the row is new: an equal page of the same run is known before it is stored.
"""


def _stats(crawler: Crawler) -> StatsCollector:
    assert crawler.stats is not None
    return crawler.stats


class CleanStage:
    """RawPage → PageItem with an Article, or with the reason why there is none."""

    def __init__(self, crawler: Crawler, config: Config, *, workers: int | None, timeout: float) -> None:
        self._crawler = crawler
        self._pool_options: dict[str, Any] = {"workers": workers, "timeout": timeout}
        self._config = config
        self._pool: CleanPool | None = None
        self._templates: TemplateIndex | None = None
        self.strip: Callable[[Article, str], Awaitable[Article]] | None = None
        """Cuts from an article what recurs on other pages of its host. ``learn`` puts in what a replay has read
        already, a crawl what earlier runs have left.
        """
        self._joiner = Joiner(partial(finish, config=config))
        self._turns = Turns()
        self._next = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read ``CLEAN_WORKERS`` (0: one a core) and ``PAGE_TIMEOUT`` (seconds)."""
        settings = crawler.settings
        workers = settings.getint("CLEAN_WORKERS") or None
        return cls(crawler, config_from(settings), workers=workers, timeout=settings.getfloat("PAGE_TIMEOUT"))

    async def open_spider(self) -> None:
        """Start the worker processes."""
        self._pool = CleanPool(self._config, **self._pool_options)
        await self._pool.warm()

    async def process_item(self, item: Any) -> Any:
        """Give the page its number in the order of arrival, then clean it."""
        if not isinstance(item, RawPage | Rejected | Further):
            return item
        number, self._next = self._next, self._next + 1
        try:
            return await self._cleaned(number, item)
        except PolygleanError:
            raise  # the run ends
        except Exception as error:  # a number that never came would hold back all that follow
            page = item.parts[0].page if isinstance(item, Further) else item
            lost = unforeseen(page, error)
            return PageItem(number=number, page=page if isinstance(page, RawPage) else None, outcome=lost)
        finally:
            self._turns.done(number)

    async def _cleaned(self, number: int, item: RawPage | Rejected | Further) -> PageItem:
        if isinstance(item, Rejected):
            return PageItem(number=number, page=None, outcome=item)
        if isinstance(item, Further):
            return await self._go_on(number, item)
        assert self._pool is not None
        outcome = await self._pool.clean(item)
        if not isinstance(outcome, Part):
            return PageItem(number=number, page=item, outcome=await self._stripped(outcome))
        follow: Callable[[tuple[Part, ...]], Rejected | None] | None = getattr(self._crawler.spider, "follow", None)
        if follow is not None:  # a crawl fetches the further pages
            refused = follow((outcome,))
            return PageItem(number=number, page=item if refused else None, outcome=refused)
        await self._turns.wait(number)  # joined in the pages' own order, whichever worker was quicker
        made = await asyncio.to_thread(self._joiner.put, outcome)
        return PageItem(number=number, page=item, outcome=made and await self._stripped(made))

    async def _go_on(self, number: int, item: Further) -> PageItem:
        """Clean the next page of an article in a crawl; ask for the one after it, or make the article."""
        assert self._pool is not None
        parts = item.parts
        if item.page is not None and follows(parts, part := await self._pool.clean(item.page)):
            assert isinstance(part, Part)
            parts = (*parts, part)
            if goes_on(parts):
                self._crawler.spider.follow(parts)  # type: ignore[union-attr]
                return PageItem(number=number, page=None, outcome=None)
        made = await self._stripped(await asyncio.to_thread(finish, parts, self._config))
        return PageItem(number=number, page=parts[0].page, outcome=made, pages=int(item.page is not None))

    async def rest(self) -> AsyncIterator[PageItem]:
        """Yield the articles of whose pages some are missing, when all pages of a replay have been cleaned."""
        made = self._joiner.rest()
        while (outcome := await asyncio.to_thread(next, made, None)) is not None:
            number, self._next = self._next, self._next + 1
            yield PageItem(number=number, page=None, outcome=await self._stripped(outcome), pages=0)

    async def _stripped(self, outcome: Article | Rejected) -> Article | Rejected:
        if self.strip is None or not isinstance(outcome, Article) or not (host := host_of(outcome.url)):
            return outcome
        return await self.strip(outcome, host)

    async def learn(self, page: RawPage) -> None:
        """Count a page's blocks before the run proper: what recurs on a host's pages is cut from all of them."""
        assert self._pool is not None
        if self._templates is None:
            self._templates = index = TemplateIndex()

            async def strip(article: Article, host: str) -> Article:
                return without_templates(article, host, index)

            self.strip = strip
        outcome = await self._pool.clean(page)
        host = host_of(page.url)
        if host and not isinstance(outcome, Rejected):
            blocks = outcome.draft.blocks if isinstance(outcome, Part) else outcome.blocks
            self._templates.observe(host, page.url, blocks)

    async def close_spider(self) -> None:
        """End the worker processes."""
        self._joiner.close()
        if self._pool is not None:
            await asyncio.to_thread(self._pool.close)


class TranslateStage:
    """Translates articles in batches gathered across pages; those already stored are passed on untouched."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._batcher: Batcher | None = None
        self._translator: Translator | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Keep the crawler: the store, which knows what is stored, opens later."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Find the translation packages; the models themselves load at the first sentence."""
        settings = self._crawler.settings
        store = self._crawler.get_item_pipeline(StoreStage)
        if store is not None and not await store.opened():
            return  # nothing can be written: one error is enough
        output = Path(settings["OUTPUT_DIR"])
        memory = settings.get("TRANSLATION_MEMORY") or output / "memory.sqlite"
        glossary = settings.get("GLOSSARY")
        try:
            self._translator = await asyncio.to_thread(
                Translator.open,
                config_from(settings),
                memory_path=Path(memory),
                glossary_path=Path(glossary) if glossary else None,
                device=settings.get("TRANSLATE_DEVICE", "auto"),
            )
        except PolygleanError as error:
            raise _failed(self._crawler, error) from error
        self._batcher = Batcher(
            self._translator,
            max_sentences=settings.getint("TRANSLATE_BATCH_SENTENCES"),
            max_wait_ms=settings.getint("TRANSLATE_MAX_WAIT_MS"),
        )

    async def process_item(self, item: Any) -> Any:
        """Attach the translation. A failing engine gives status ``failed``, never a lost record."""
        if not isinstance(item, PageItem) or not isinstance(item.outcome, Article):
            return item
        assert self._batcher is not None
        article = item.outcome
        store = self._crawler.get_item_pipeline(StoreStage)
        if store is not None and await store.knows(article):
            item.known = True
            return item
        translation = await self._batcher.translate(article)
        item.outcome = replace(article, translation=translation)
        return item

    async def close_spider(self) -> None:
        """Translate what still waits, then let go of the models."""
        if self._batcher is not None:
            await self._batcher.close()
        if self._translator is not None:
            await asyncio.to_thread(self._translator.close)


class StoreStage:
    """Writes articles and rejections; all disk work happens in one thread, in the pages' own order."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stats = _stats(crawler)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._store: Store | None = None
        self._writer = Writer(self._stats.inc_value)
        self._failure: PolygleanError | None = None
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: asyncio.Task[None] | None = None
        self._tried = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read ``OUTPUT_DIR`` and ``REPROCESS`` when the spider opens."""
        return cls(crawler)

    async def _on_disk(self, call: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call, *args)

    def _open(self) -> Store:
        settings = self._crawler.settings
        return Store(
            Path(settings["OUTPUT_DIR"]),
            run_id=settings["RUN_ID"],
            started_at=datetime.now(UTC),
            config_digest=config_from(settings).digest(),
            again=settings.getbool("REPROCESS"),
            signer=identity.signature,
            on_commit=self._announce,
        )

    async def open_spider(self) -> None:
        """Take the output's lock and recover what an earlier, killed run left behind."""
        self._loop = asyncio.get_running_loop()
        try:
            self._store = self._writer.store = await self._on_disk(self._open)
        except PolygleanError as error:
            raise _failed(self._crawler, error) from error
        finally:
            self._tried.set()

    async def opened(self) -> bool:
        """Wait for the store to open; False if it could not."""
        await self._tried.wait()
        return self._store is not None

    async def process_item(self, item: Any) -> Any:
        """Queue the item for the disk thread."""
        if not isinstance(item, PageItem):
            return item
        if isinstance(item.outcome, Article) and item.signature is None:
            try:
                item.signature = await asyncio.to_thread(identity.signature, item.outcome.text)
            except Exception as error:
                item.outcome = unforeseen(item.outcome, error)
        if self._failure is None:
            await self._guarded(self._writer.put, item)
        return item

    async def commit(self) -> None:
        """Make durable and visible what has been stored so far; a live crawl calls it every few minutes."""
        if self._store is not None and self._failure is None and not self._closed:
            await self._guarded(self._store.commit)

    async def knows(self, article: Article) -> bool:
        """Tell whether an earlier run has stored this very record (never when reprocessing)."""
        if self._store is None or self._failure is not None or self._crawler.settings.getbool("REPROCESS"):
            return False
        return bool(await self._guarded(self._store.known, article.record_id))

    async def _guarded(self, call: Callable[..., T], *args: Any) -> T | None:
        """Run a disk call; the first failure ends the run, with what is committed left intact."""
        try:
            return await self._on_disk(call, *args)
        except PolygleanError as error:
            failed = error
        except OSError as error:
            failed = StoreError(f"cannot write the output: {error}")
        if self._failure is None:
            self._failure = failed
            reason = str(_failed(self._crawler, failed).reason)
            engine = self._crawler.engine
            assert engine is not None
            self._closing = asyncio.create_task(engine.close_spider_async(reason=reason))
        return None

    def _announce(self, manifest: Manifest, entries: Sequence[Entry]) -> None:
        """Tell the crawl what is safe now; called in the disk thread, which writes the items."""
        self._writer.settle()
        for name in ("replaced", "withdrawn"):
            self._stats.inc_value(f"polyglean/{name}", int(manifest.counts.get(name, 0)))
        told = {"manifest": manifest, "entries": entries, "below": self._writer.written, "rows": self._writer.rows()}
        if self._loop is not None:
            send = partial(self._crawler.signals.send_catch_log, records_committed, **told)
            self._loop.call_soon_threadsafe(send)

    async def close_spider(self) -> None:
        """Write what waits, commit, and let go of the lock."""
        self._closed = True
        if self._store is not None:
            if self._failure is None:
                await self._guarded(self._writer.flush)
            if self._failure is None:
                await self._guarded(self._store.close)
            if self._failure is not None:
                await self._on_disk(self._store.abandon)
        self._thread.shutdown()


def _failed(crawler: Crawler, error: PolygleanError) -> CloseSpider:
    """Note the error for the command's last line and exit code, and return the exception that closes the spider."""
    stats = _stats(crawler)
    stats.set_value("polyglean/error", str(error))
    stats.set_value("polyglean/exit_code", error.exit_code)
    return CloseSpider("cannot_write" if isinstance(error, StoreError) else "failed")
