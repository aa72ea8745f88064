"""Running one spider from a command: settings checked first, one line for each error, the right exit code."""

from __future__ import annotations

import difflib
import inspect
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from scrapy import Spider, signals
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import SETTINGS_PRIORITIES, default_settings

from crawler import room, spiders
from crawler import settings as ours
from crawler.outcome import Collector, Line, exit_code
from pipelines.errors import StoreError
from pipelines.processes import start_server

if TYPE_CHECKING:
    from scrapy.crawler import Crawler, CrawlerProcessBase
    from scrapy.settings import BaseSettings

_WHOLE: dict[str, tuple[int, int]] = {
    "MAX_PAGE_BYTES": (1024, 2**31),
    "MIN_TEXT_CHARS": (0, 10**6),
    "CLEAN_WORKERS": (0, 1024),
    "PAGES_IN_FLIGHT": (1, 10**6),
    "TRANSLATE_BEAM_SIZE": (1, 16),
    "TRANSLATE_HYPOTHESES": (1, 16),
    "TRANSLATE_BATCH_SENTENCES": (1, 10**5),
    "TRANSLATE_MAX_WAIT_MS": (0, 60_000),
    "CONCURRENT_REQUESTS": (1, 10**4),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (1, 10**4),
    "RETRY_TIMES": (0, 100),
}
_NUMBERS: dict[str, tuple[float, float]] = {
    "PAGE_TIMEOUT": (0.1, 3600),
    "COMMIT_SECONDS": (0.1, 86_400),
    "MAX_RUN_SECONDS": (0, 10**7),
    "MAX_RUN_PAGES": (0, 10**9),
    "MAX_RUN_BYTES": (0, 10**15),
    "HEALTH_MIN_SHARE": (0, 1),
    "HEALTH_MAX_ERRORS": (0, 1),
    "HEALTH_MAX_EMPTY": (0, 1),
    "DOWNLOAD_DELAY": (0, 86_400),
    "DOWNLOAD_TIMEOUT": (0.1, 86_400),
}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_SWITCHES = ("REPROCESS", "STRICT", "TEMPLATES", "ROBOTSTXT_OBEY")


def check_settings(settings: BaseSettings) -> None:
    """Raise Scrapy's UsageError (exit code 2) for a setting whose value cannot be used, naming what would be."""
    for name, (low, high) in (_NUMBERS | _WHOLE).items():
        read, kind = (int, "whole number") if name in _WHOLE else (float, "number")
        if not _fits(settings[name], read, low, high):
            raise _unusable(f"{name} must be a {kind} from {low:g} to {high:g}, not {settings[name]!r}")
    for name in _SWITCHES:
        if not _reads(settings.getbool, name):
            raise _unusable(f"{name} must be True or False, not {settings[name]!r}")
    _check_names(settings)
    zone, level = settings.get("DEFAULT_TIMEZONE"), settings.get("LOG_LEVEL")
    if zone and zone not in available_timezones():
        raise _unusable(f"DEFAULT_TIMEZONE: no time zone is named {zone!r}")
    if level not in _LEVELS:
        raise _unusable(f"LOG_LEVEL must be {', '.join(_LEVELS[:-1])} or {_LEVELS[-1]}, not {level!r}")
    if settings.get("TRANSLATE_DEVICE") not in ("auto", "cpu", "cuda"):
        raise _unusable("TRANSLATE_DEVICE must be auto, cpu or cuda")
    if not _reads(settings.getdict, "STATIC_HOSTS"):
        raise _unusable(
            'STATIC_HOSTS must be a JSON object of names and addresses, as {"www.example.org": "192.0.2.1"}'
        )
    if not str(settings.get("OUTPUT_DIR") or "").strip():
        raise _unusable("OUTPUT_DIR is empty: name the folder for the records")


def _check_names(settings: BaseSettings) -> None:
    """Refuse a name from the command line that is one of ours with a slip: it would silently change nothing."""
    known = {name for module in (default_settings, ours) for name in dir(module) if name.isupper()}
    for name in settings:
        if name in known or settings.getpriority(name) != SETTINGS_PRIORITIES["cmdline"]:
            continue
        if close := difflib.get_close_matches(str(name), known, n=1, cutoff=0.9):
            raise _unusable(f"{name} is not known; did you mean {close[0]}?")


def check_arguments(spider: type[Spider], given: Mapping[str, Any]) -> None:
    """Raise Scrapy's UsageError for an argument (``-a``) that a spider of ours does not take; ``_job`` is Scrapyd's."""
    takes = [name for name in inspect.signature(spider).parameters if name != "kwargs"]
    unknown = [name for name in given if name not in takes and not name.startswith("_")]
    if unknown and spider.__module__.startswith(f"{spiders.__name__}."):
        takes_what = " and ".join(f"-a {name}=…" for name in takes)
        raise ScrapyUsageError(f"{spider.name} has no argument {unknown[0]!r}; it takes {takes_what}", print_help=False)


def _fits(value: Any, read: Callable[[Any], float], low: float, high: float) -> bool:
    """Tell whether a value reads as a number within its bounds."""
    try:
        return low <= read(value) <= high
    except (TypeError, ValueError, OverflowError):
        return False


def _reads(read: Callable[[str], Any], name: str) -> bool:
    """Tell whether Scrapy can read a setting as what it is to be."""
    try:
        read(name)
    except (TypeError, ValueError):
        return False
    return True


def _unusable(what: str) -> ScrapyUsageError:
    return ScrapyUsageError(f"setting {what}", print_help=False)


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
