"""A Scrapy extension that measures how late the event loop is, for the benchmark alone."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import time
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

_STEP = 0.05


class Lag:
    """Sleeps 50 ms at a time and keeps how much later than that it woke."""

    def __init__(self, crawler: Crawler) -> None:
        self._late: list[float] = []
        self._task: asyncio.Task[None] | None = None
        self._started = time.monotonic()
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension."""
        return cls(crawler)

    async def opened(self) -> None:
        """Start to measure."""
        self._started = time.monotonic()
        self._task = asyncio.create_task(self._measure())

    async def _measure(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_STEP)
            self._late.append(time.monotonic() - before - _STEP)

    async def closed(self) -> None:
        """Write the figures down, in milliseconds."""
        assert self._task is not None
        self._task.cancel()
        late = sorted(1000 * one for one in self._late)
        figures = {
            "seconds": time.monotonic() - self._started,
            "median": round(statistics.median(late), 1),
            "p99": round(late[int(0.99 * len(late))], 1),
            "max": round(late[-1], 1),
        }
        Path(os.environ["POLYGLEAN_LAG_FILE"]).write_text(json.dumps(figures))
