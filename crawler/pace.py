"""How fast each host is asked: delays, jitter, pauses a server asks for, and a queue that is fair across hosts."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import IgnoreRequest
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sources import Source

logger = logging.getLogger(__name__)

MAX_DELAY = 60.0
"""Seconds AutoThrottle may go up to; a slower host times out instead."""
MAX_CRAWL_DELAY = 300.0
"""A longer crawl-delay is a mistake or a refusal; at 300 s a site still gives twelve pages an hour."""
_KEPT = (1.04, 0.035)
"""Factor and jitter where robots.txt names a delay: 1.00 to 1.08 of it, never below."""
_LOOSE = (1.1, 0.09)
"""Everywhere else: 1.00 to 1.20, so that requests do not come to the beat of a clock."""


class Pace:
    """Scrapy extension: keeps each host's slot at the slowest of source delay, crawl-delay and AutoThrottle."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._least: dict[str, float] = {}
        self._named: set[str] = set()
        self._until: dict[str, float] = {}
        crawler.signals.connect(self._downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the extension."""
        return cls(crawler)

    def prepare(self, host: str, source: Source | None) -> None:
        """Set a host's slot up by its source, before its first request."""
        if host in self._least:
            return
        delay = source.delay if source else self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._least[host] = max(delay, 0.001)  # never 0: a pause works through the delay
        self._apply(host, self._least[host], source.concurrency if source else 1)

    def crawl_delay(self, host: str, seconds: float) -> None:
        """Keep the delay that robots.txt names, one request at a time."""
        seconds = min(seconds, MAX_CRAWL_DELAY)
        if seconds > self._least.get(host, 0.0):
            self._least[host] = seconds
            self._named.add(host)
            self._apply(host, seconds, 1)

    def pause(self, host: str, seconds: float) -> None:
        """Ask a host nothing for a while."""
        until = time.monotonic() + seconds
        if until > self._until.get(host, 0.0):
            self._until[host] = until
            logger.info("%s: pausing for %.0f s", host, seconds)
            slot = self._slots().get(host)
            if slot is not None:
                slot.lastseen = max(slot.lastseen, until - slot.delay)

    def paused(self, host: str) -> bool:
        """Tell whether a host is being left alone."""
        return self._until.get(host, 0.0) > time.monotonic()

    def drop_waiting(self) -> int:
        """Give up requests that wait for their turn inside the downloader, so that a stop need not wait for them."""
        dropped = 0
        for slot in self._slots().values():
            while slot.queue:
                _, deferred = slot.queue.popleft()
                deferred.errback(IgnoreRequest("the crawl is stopping"))
                dropped += 1
        return dropped

    def _apply(self, host: str, seconds: float, concurrency: int) -> None:
        factor, jitter = _KEPT if host in self._named else _LOOSE
        settings = {"delay": seconds * factor, "jitter": jitter, "concurrency": concurrency}
        # Slots are forgotten after a quiet minute; these settings are what a new one starts with.
        self._crawler.engine.downloader.per_slot_settings[host] = settings
        slot = self._slots().get(host)
        if slot is not None:
            slot.delay, slot.jitter, slot.concurrency = seconds * factor, jitter, concurrency

    def _slots(self) -> dict[str, Slot]:
        return self._crawler.engine.downloader.slots

    def _downloaded(self, response: Response, request: Request) -> None:
        """AutoThrottle: one request's latency between two requests, but never faster than the host's least delay."""
        host = str(request.meta.get("download_slot") or "")
        slot, latency = self._slots().get(host), request.meta.get("download_latency")
        least = self._least.get(host)
        if slot is None or latency is None or least is None:
            return
        factor, _ = _KEPT if host in self._named else _LOOSE
        goal = max(latency, (slot.delay / factor + latency) / 2)
        goal = min(max(goal, least), max(MAX_DELAY, least)) * factor
        if response.status == 200 or goal > slot.delay:  # errors come fast; they must not speed a crawl up
            slot.delay = goal


def backoff(tries: int) -> float:
    """Return the seconds before try number ``tries`` + 1: 2, 4, 8 … with a quarter of jitter, at most two minutes."""
    return min(120.0, 2.0**tries) * random.uniform(0.75, 1.25)  # noqa: S311 (no secret)


class FairQueue(DownloaderAwarePriorityQueue):
    """Scrapy's queue of queues, one a host, but it hands out nothing for a host that is busy or paused.

    Without that, requests for one slow host would fill the downloader and every other host would wait behind it.
    """

    def pop(self) -> Request | None:
        """Return the next request of the least busy host that can take one, or None."""
        if getattr(self.crawler.spider, "full", False):
            return None
        engine = self.crawler.engine
        pace = self.crawler.get_extension(Pace)
        busy: Counter[str] = Counter(engine.downloader.get_slot_key(request) for request in engine.downloader.active)
        ready = [
            (busy[host], host)
            for host in self.pqueues
            if busy[host] < self._room(host) and not (pace and pace.paused(host))
        ]
        if not ready:
            return None
        host = self._next_slot(ready, update_state=True)
        queue = self.pqueues[host]
        request = queue.pop()
        if len(queue) == 0:
            del self.pqueues[host]
            queue.close()
        return request

    def _room(self, host: str) -> int:
        slots: dict[str, dict[str, Any]] = self.crawler.engine.downloader.per_slot_settings
        return int(slots.get(host, {}).get("concurrency", 1))


def host_of(request: Request) -> str:
    """Return the key of a request's download slot."""
    return str(request.meta.get("download_slot") or urlparse_cached(request).hostname or "")
