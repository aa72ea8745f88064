"""Articles of a running crawl gathered into batches for the translator, off the event loop.

Pure asyncio and one thread: CTranslate2 uses the cores by itself and releases the GIL. A batch starts when enough
sentences wait or the oldest has waited long enough; while one is being decoded the next one gathers. No more articles
than ``max_pending`` are held: further callers wait in ``translate``, which is what keeps a large crawl's memory flat.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from pipelines.model import Article, Status, Translation

logger = logging.getLogger(__name__)

_SENTENCE_ENDS = "。！？!?.…\n"


class Translates(Protocol):
    """What the batcher needs of a translator."""

    def translate(self, articles: Sequence[Article]) -> list[Translation]:
        """Return one translation for each article, in order."""


def sentence_estimate(article: Article) -> int:
    """Return about how many sentences an article has, cheaply: it only sizes batches."""
    return 1 + sum(1 + sum(block.text.count(mark) for mark in _SENTENCE_ENDS) for block in article.blocks)


class Batcher:
    """``await batcher.translate(article)`` from any number of tasks; ``await close()`` finishes what waits."""

    def __init__(
        self,
        translator: Translates,
        *,
        max_sentences: int = 512,
        max_wait_ms: float = 200.0,
        max_pending: int = 256,
    ) -> None:
        """Set a batch's size in sentences, the longest wait for it to fill, and the articles held at once.

        512 sentences fill both cores several times over at 1,536 tokens a decoding batch; more only adds waiting.
        """
        self._translator = translator
        self._max_sentences = max_sentences
        self._max_wait = max_wait_ms / 1000
        self._places = asyncio.Semaphore(max_pending)
        self.held = 0
        self._waiting: list[tuple[Article, asyncio.Future[Translation]]] = []
        self._sentences = 0
        self._arrived = asyncio.Event()
        self._full = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._draining = 0
        self._closed = False
        self._task: asyncio.Task[None] | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="translate")

    async def translate(self, article: Article) -> Translation:
        """Return an article's translation once its batch is done; wait first while too many are held."""
        async with self._places:
            if self._closed:
                raise RuntimeError("the batcher is closed")
            future: asyncio.Future[Translation] = asyncio.get_running_loop().create_future()
            self._waiting.append((article, future))
            self._sentences += sentence_estimate(article)
            self._idle.clear()
            self._arrived.set()
            if self._sentences >= self._max_sentences:
                self._full.set()
            if self._task is None:
                # What is imported by now stays: without this every full collection walks through it, 30 to 60 ms in
                # which the loop stands still.
                gc.freeze()
                self._task = asyncio.create_task(self._run())
            self.held += 1
            try:
                return await future
            finally:
                self.held -= 1

    async def drain(self) -> None:
        """Translate at once what waits, and return when nothing is left."""
        self._draining += 1
        self._full.set()
        try:
            await self._idle.wait()
        finally:
            self._draining -= 1

    async def close(self) -> None:
        """Finish everything that was handed in, then stop the thread. May be called twice."""
        await self.drain()
        self._closed = True
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        self._pool.shutdown(wait=False)

    def _take(self) -> list[tuple[Article, asyncio.Future[Translation]]]:
        """Take the next batch from the front: whole articles, at least one."""
        taken = 0
        sentences = 0
        for article, _ in self._waiting:
            size = sentence_estimate(article)
            if taken and sentences + size > self._max_sentences:
                break
            taken, sentences = taken + 1, sentences + size
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        self._sentences -= sentences
        return batch

    async def _gather(self) -> None:
        """Return when a batch is full, its oldest article has waited long enough, or somebody drains."""
        await self._arrived.wait()
        if self._sentences < self._max_sentences and not self._draining:
            self._full.clear()
            try:
                async with asyncio.timeout(self._max_wait):
                    await self._full.wait()
            except TimeoutError:
                pass

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._gather()
            batch = [(article, future) for article, future in self._take() if not future.done()]
            articles = [article for article, _ in batch]
            logger.debug("translating %d articles in one batch", len(articles))
            try:
                done = await loop.run_in_executor(self._pool, self._translator.translate, articles) if batch else []
            except Exception:
                # The translator handles its own failures; should one come through, no record may be lost by it.
                logger.exception("translation failed for %d articles", len(articles))
                done = [Translation(status=Status.FAILED)] * len(articles)
            for (_, future), translation in zip(batch, done, strict=True):
                if not future.done():
                    future.set_result(translation)
            if not self._waiting:
                self._arrived.clear()
                self._idle.set()
