"""One live run: archive, memory, budgets and figures, and when a page may be called seen."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import logging
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from scrapy.exceptions import CloseSpider

from crawler import health
from crawler.archive import Archive, ArchiveQueue, Place, salvage
from crawler.health import Figures, Limits
from crawler.pace import Pace
from crawler.state import Fetched, State
from pipelines.errors import StoreError
from pipelines.model import Article, RawPage, Rejected, Status
from pipelines.parts import FURTHER_PAGE
from pipelines.stages import CleanStage, StoreStage
from pipelines.store import damage
from pipelines.template_memory import TemplateMemory

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.sources import Source
    from crawler.warc import Exchange
    from pipelines.items import PageItem

logger = logging.getLogger(__name__)
T = TypeVar("T")

_Scraped: TypeAlias = "tuple[Source, Fetched, Status | None]"
"""What is kept of a page until its commit; the status is that of the article's translation."""
_TICK = 0.5
"""Seconds between two looks at budgets and at whether the crawl is being stopped."""


class MemoryLost(StoreError, CloseSpider):
    """What the crawl remembers cannot be used: the run ends, and says so in one line wherever it was met."""

    def __init__(self, message: str) -> None:
        CloseSpider.__init__(self, "cannot_write")
        self.args = (message,)


class Live:
    """What a crawl needs besides requests: opened under the output's lock, closed after the last fetch."""

    def __init__(self, crawler: Crawler, sources: Mapping[str, Source]) -> None:
        settings = crawler.settings
        self._crawler, self.sources = crawler, sources
        self.root, self.run_id = Path(settings["OUTPUT_DIR"]), str(settings["RUN_ID"])
        self.figures = {name: Figures() for name in sources}
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="crawl-state")
        self._state: State | None = None
        self._templates: TemplateMemory | None = None
        self._archive = ArchiveQueue(Archive(self.root, self.run_id))
        self._started, self._clock = time.time(), time.monotonic()
        self._tracked: dict[tuple[str | None, int | None], tuple[Source, Fetched]] = {}
        self._scraped: dict[int, _Scraped] = {}
        self._most = settings.getint("PAGES_IN_FLIGHT")
        self._settling: set[asyncio.Future[None]] = set()
        self._ticker: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._strikes = dict.fromkeys(sources, 0)
        self._giving: set[str] = set()
        self._doubtful: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)

    async def open(self, everything: Sequence[Source]) -> None:
        """Take up what earlier runs left; nothing is written before the output's lock is held.

        ``everything`` is all sources of the file, also those that this run leaves out.
        """
        await self.on_disk(salvage, self.root)
        self._state = await self.on_disk(State, self.root / "state.sqlite")
        await self.on_disk(self.state.adopt, everything)
        for source in self.sources.values():
            await self.on_disk(self.state.begin, source)
        stage = self._crawler.get_item_pipeline(CleanStage)
        if stage is not None and self._crawler.settings.getbool("TEMPLATES"):
            self._templates = await self.on_disk(TemplateMemory, self.root / "state.sqlite", self.run_id)
            stage.strip = functools.partial(self.on_disk, self._templates.strip)
        self._ticker = asyncio.create_task(self._tick())

    @property
    def state(self) -> State:
        """Return the crawl's memory; call it through ``on_disk`` only."""
        assert self._state is not None
        return self._state

    async def on_disk(self, call: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a call of the state in its thread; a state that cannot be written ends the run."""
        try:
            job = functools.partial(call, *args, **kwargs)
            return await asyncio.get_running_loop().run_in_executor(self._disk, job)
        except (sqlite3.Error, OSError) as error:
            hint = "; the next run sets the damaged file aside and makes a new one" * damage.note(self.root, error)
            failed = MemoryLost(
                f"cannot use the crawl's memory in {self.root}: {error}; what was committed is intact{hint}"
            )
            self._fail(failed)
            raise failed from error

    async def archive(self, exchange: Exchange) -> Place:
        """Write an exchange down; an archive that cannot be written ends the run."""
        if (figures := self.figures.get(exchange.facts.get("source", ""))) is not None:
            figures.fetched += 1
            figures.bytes += len(exchange.body)
        try:
            return await self._archive.write(exchange)
        except StoreError as error:
            self._fail(error)
            raise

    def _fail(self, error: StoreError) -> None:
        self._note(error)
        self.stop("cannot_write")

    def _note(self, error: StoreError) -> None:
        stats = self._crawler.stats
        if not stats.get_value("polyglean/exit_code"):
            stats.set_value("polyglean/error", str(error))
            stats.set_value("polyglean/exit_code", error.exit_code)

    def stop(self, reason: str) -> None:
        """End the crawl in order: what is under way is finished, what waits is left to the next run."""
        if self._stopping is None:
            logger.info("stopping: %s", reason)
            engine = self._crawler.engine
            if engine.running:  # else it is still opening, and whoever opens it hears the error
                self._stopping = asyncio.create_task(engine.close_spider_async(reason=reason))

    @property
    def stopping(self) -> bool:
        """Tell whether the crawl is ending, by itself or by a signal."""
        return self._stopping is not None or not self._crawler.crawling

    def strike(self, name: str, kind: str, *, failed: bool) -> None:
        """Count a success or a failure against a source's error budget; park it when that is used up."""
        figures, source = self.figures.get(name), self.sources.get(name)
        if figures is None or source is None:
            return
        if not failed:
            self._strikes[name] = max(0, self._strikes[name] - 1)
            return
        figures.errors[kind] += 1
        self._strikes[name] += 1
        if self._strikes[name] >= source.error_budget:
            self.park(name, f"its error budget of {source.error_budget} is used up, last: {kind}")

    async def gave(self, name: str) -> None:
        """Note that a source gives articles in this run: what failed of it meanwhile failed by itself."""
        self.strike(name, "", failed=False)
        self._giving.add(name)
        for key, at in self._doubtful.pop(name, ()):
            await self.on_disk(self.state.failed, key, at)

    async def failed(self, name: str, key: str, at: float) -> None:
        """Note a failed fetch of an article, or wait with it until its source has given one."""
        if name in self._giving:
            await self.on_disk(self.state.failed, key, at)
        else:
            self._doubtful[name].append((key, at))

    async def _excuse(self) -> None:
        """Leave the articles of sources that gave none at all to a later run: the site is down, or blocks the crawl."""
        for failed in self._doubtful.values():
            for key, at in failed:
                await self.on_disk(self.state.failed, key, at, excused=True)

    def park(self, name: str, why: str) -> None:
        """Leave a source alone for the rest of the run."""
        if (figures := self.figures.get(name)) is not None and not figures.parked:
            figures.parked = why
            logger.warning("%s is parked: %s", name, why)

    def track(self, page: RawPage, source: Source, fetched: Fetched) -> None:
        """Remember whose page is on its way through the pipelines."""
        self._tracked[(page.warc_file, page.warc_offset)] = (source, fetched)

    def untrack(self, page: RawPage) -> tuple[Source, Fetched] | None:
        """Take back a page that waits for the others of its article; its place is free until then."""
        return self._tracked.pop((page.warc_file, page.warc_offset), None)

    @property
    def full(self) -> bool:
        """Tell whether so many pages wait to be cleaned and stored that fetching should wait, or memory would grow."""
        return len(self._tracked) >= self._most

    def item_lost(self, item: object) -> None:
        """Forget a page that an error took out of the pipelines: it stays unseen, and the next run fetches it again."""
        page = getattr(item, "page", item)
        if isinstance(page, RawPage):
            self._tracked.pop((page.warc_file, page.warc_offset), None)

    def item_scraped(self, item: PageItem) -> None:
        """Note what became of a page; its number says with which commit it is safe."""
        page = getattr(item, "page", None)
        tracked = self._tracked.pop((page.warc_file, page.warc_offset), None) if page else None
        if tracked is None:
            return
        outcome, status = item.outcome, None
        if isinstance(outcome, Article):
            status = outcome.translation.status if outcome.translation else None
        elif not (isinstance(outcome, Rejected) and outcome.reason == FURTHER_PAGE):
            self.figures[tracked[0].name].empty += 1
        self._scraped[item.number] = (*tracked, status)

    def records_committed(self, below: int, rows: Mapping[int, bool]) -> None:
        """Count the articles that this commit made safe, and call their pages, and those of no article, seen.

        The store writes them in order, and alone knows which article is new: many pages of one run may be equal.
        """
        safe: list[tuple[Source, Fetched]] = []
        for number in sorted(number for number in self._scraped if number < below):
            source, fetched, status = self._scraped.pop(number)
            figures, new = self.figures[source.name], rows.get(number)
            figures.known += new is False
            if new:
                figures.articles += 1
                figures.translated += status in (Status.TRANSLATED, Status.TRANSLATED_WITH_FLAGS)
                figures.flagged += status == Status.TRANSLATED_WITH_FLAGS
            safe.append((source, replace(fetched, same=new is False)))
        if safe and self._state is not None:
            self._settle(self.on_disk(self.state.settle, safe))
            if self._templates is not None:
                self._settle(self.on_disk(self._templates.save))

    def _settle(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._settling.add(task)
        task.add_done_callback(self._settled)

    def _settled(self, task: asyncio.Future[None]) -> None:
        self._settling.discard(task)
        if not task.cancelled():
            task.exception()  # noted already, and looked at here: else asyncio would log it, with a traceback

    async def _tick(self) -> None:
        committed = time.monotonic()
        while True:
            await asyncio.sleep(_TICK)
            try:
                self._keep_budgets()
                if time.monotonic() - committed > self._crawler.settings.getfloat("COMMIT_SECONDS"):
                    committed = time.monotonic()
                    if (store := self._crawler.get_item_pipeline(StoreStage)) is not None:
                        await store.commit()
            except Exception:  # whatever it is, the next look at the budgets must come
                logger.exception("the look at budgets and commits failed")

    def _keep_budgets(self) -> None:
        """Stop when a budget is used up; when stopping, do not wait for requests that wait themselves."""
        if self.stopping:
            if (pace := self._crawler.get_extension(Pace)) is not None:
                pace.drop_waiting()
            return
        settings, figures = self._crawler.settings, self.figures.values()
        seconds, pages, size = (settings.getfloat(f"MAX_RUN_{name}") for name in ("SECONDS", "PAGES", "BYTES"))
        if seconds and time.monotonic() - self._clock > seconds:
            self.stop("time_budget")
        elif pages and sum(one.pages for one in figures) >= pages:
            self.stop("page_budget")
        elif size and sum(one.bytes for one in figures) >= size:
            self.stop("byte_budget")

    async def close(self) -> list[str]:
        """Finish the archive, write the run's health down, and return the summary's lines."""
        if self._ticker is not None:
            self._ticker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._ticker
        lines: list[str] = []
        if self._state is None:
            return lines
        try:
            await self._archive.close()
        except StoreError as error:
            self._fail(error)
        with contextlib.suppress(StoreError):  # noted already: the exit code says it
            await self._excuse()
            await asyncio.gather(*self._settling)
            lines = await self.on_disk(self._report)
            if self._templates is not None:
                await self.on_disk(self._templates.save)
                await self.on_disk(self._templates.close)
        await self.on_disk(self.state.close)
        self._disk.shutdown()
        return lines

    def _report(self) -> list[str]:
        settings, stats = self._crawler.settings, self._crawler.stats
        limits = Limits(
            min_share=settings.getfloat("HEALTH_MIN_SHARE"),
            max_errors=settings.getfloat("HEALTH_MAX_ERRORS"),
            max_empty=settings.getfloat("HEALTH_MAX_EMPTY"),
        )
        problems: dict[str, list[str]] = {}
        for name, one in self.figures.items():
            found = health.complaints(one, self.state.runs(name), limits, knows=bool(self.state.counts(name)))
            if not one.articles:
                found += health.silence(self._started, self.state.fruitful(name))
            if found:
                problems[name] = found
            self.state.add_run(self.run_id, name, self._started, one.dumps())
        if problems and not stats.get_value("polyglean/exit_code"):
            stats.set_value("polyglean/exit_code", health.UNHEALTHY)
        seconds = time.monotonic() - self._clock
        run = {"started": self._started, "seconds": seconds, "exit_code": stats.get_value("polyglean/exit_code", 0)}
        runs = self.root / "runs"
        runs.mkdir(parents=True, exist_ok=True)
        path = Path(settings["PROMETHEUS_FILE"] or runs / "health.prom")
        try:
            _replace(path, health.prometheus(self.figures, problems, run))
        except OSError as error:  # what was fetched is safe, and a person wants to read how it went
            self._note(StoreError(f"cannot write the metrics to {path}: {error.strerror or error}"))
        line = health.log_line(self.figures, problems, {"run_id": self.run_id, **run})
        _replace(runs / f"{self.run_id}.health.json", json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        return health.summary(self.figures, problems)


def _replace(path: Path, text: str) -> None:
    """Write a file so that nobody ever reads half of it."""
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_text(text, encoding="utf-8")
    draft.chmod(0o644)  # a service's umask would keep node_exporter from reading its file
    draft.replace(path)
