"""Cleaning in worker processes: extraction is CPU work and must never run on the event loop.

Measured on 40 items of 0.2 s: on the loop it stalls for 8 s, in a pool for 0.02 s. A page that kills its worker (out of
memory, a crash in C code) or does not come back in time costs itself, never its neighbours.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from pipelines import processes
from pipelines.config import Config
from pipelines.model import Article, Part, RawPage, Rejected
from pipelines.process import clean_part

Cleaned = Article | Rejected | Part
Work = Callable[[RawPage, Config], Cleaned]


def _ignore_interrupt() -> None:
    """Leave Ctrl-C to the parent, which lets the workers finish what they hold; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the parent's end and follow: the workers of a killed run would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _kill(pool: ProcessPoolExecutor) -> None:
    """End a pool with a worker that hangs; ``shutdown`` alone would wait for it for ever."""
    for process in list((getattr(pool, "_processes", None) or {}).values()):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    pool.shutdown(wait=False, cancel_futures=True)


class CleanPool:
    """``process.clean_part`` on ``workers`` processes; pages in, what they are out. Use inside one event loop."""

    def __init__(
        self, config: Config, *, workers: int | None = None, timeout: float = 60.0, work: Work = clean_part
    ) -> None:
        """Take the number of processes (None: one a core), seconds a page may take, and the function to run."""
        self._config = config
        self._work = work
        self._workers = workers or os.cpu_count() or 1
        self._timeout = timeout
        self._context = processes.context()
        self._pool = self._start(self._workers)
        # Twice the workers: none idles while its next page is on the way, and a page waits behind one other at most,
        # so that the time limit is about the page itself.
        self._places = asyncio.Semaphore(2 * self._workers)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=self._context, initializer=_ignore_interrupt)

    async def warm(self) -> None:
        """Start the workers before the first page: starting one takes half a second, in which the loop would stand."""
        pool = self._pool
        await asyncio.to_thread(lambda: [pool.submit(os.getpid) for _ in range(self._workers)])

    async def _run(self, page: RawPage, pool: ProcessPoolExecutor) -> Cleaned:
        job = asyncio.get_running_loop().run_in_executor(pool, self._work, page, self._config)
        return await asyncio.wait_for(job, self._timeout)

    async def clean(self, page: RawPage) -> Cleaned:
        """Clean one page; when a worker dies, each page that was in the pool is tried once more, alone."""
        async with self._places:
            pool = self._pool
            try:
                return await self._run(page, pool)
            except (TimeoutError, BrokenProcessPool):
                if pool is self._pool:  # the first of the pages that went down with it
                    _kill(pool)
                    self._pool = self._start(self._workers)
            return await self._alone(page)

    async def _alone(self, page: RawPage) -> Cleaned:
        pool = self._start(1)
        try:
            return await self._run(page, pool)
        except TimeoutError:
            reason, detail = "extractor_timeout", f"no result within {self._timeout:g} s (setting PAGE_TIMEOUT)"
        except BrokenProcessPool:
            reason, detail = "extractor_crashed", "the worker process died on this page"
        finally:
            _kill(pool)
        return Rejected(url=page.url, source=page.source, reason=reason, detail=detail, broken=True)

    def close(self) -> None:
        """End the workers; pages still inside are given up."""
        self._pool.shutdown(wait=True, cancel_futures=True)
