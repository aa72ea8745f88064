"""Running one spider from a command: one line for each error, the right exit code."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import signals

from crawler import room
from crawler.outcome import Collector, Line, exit_code
from pipelines.errors import StoreError
from pipelines.processes import start_server

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a finished run leaves for its command."""

    stats: Mapping[str, Any]
    lines: tuple[Line, ...]
    seconds: float
    exit_code: int


def run_spider(process: CrawlerProcessBase, crawler: Crawler, arguments: Mapping[str, Any]) -> Run:
    """Run the crawler to its end (a first Ctrl-C or SIGTERM ends it in order) and say what came of it."""
    settings = crawler.settings
    connections = settings.getint("CONCURRENT_REQUESTS") if getattr(crawler.spidercls, "fetches", True) else 0
    try:
        room.check_run(settings.getint("CLEAN_WORKERS"), connections)
    except StoreError as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return Run(stats={}, lines=(), seconds=0.0, exit_code=refusal.exit_code)
    start_server()
    collector = Collector()
    crawler.signals.connect(collector.item_scraped, signal=signals.item_scraped)
    started = time.monotonic()
    process.crawl(crawler, **arguments)
    process.start()
    stats = crawler.stats.get_stats() if crawler.stats is not None else {}
    code = exit_code(stats, strict=crawler.settings.getbool("STRICT"))
    if process.bootstrap_failed and not code:
        code = 1
    if error := stats.get("polyglean/error"):
        print(f"error: {error}", file=sys.stderr)
    # What could not be written is not there to be shown; the figures are of what was committed.
    lines = () if code == 3 else tuple(line for _, line in sorted(collector.lines, key=lambda pair: pair[0]))
    return Run(stats=stats, lines=lines, seconds=time.monotonic() - started, exit_code=code)
