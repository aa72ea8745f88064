"""Settings and arguments as people mistype them: refused before anything runs, with one line that says what fits."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import SETTINGS_PRIORITIES, default_settings

from crawler import settings as ours
from crawler import spiders

if TYPE_CHECKING:
    from scrapy import Spider
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
    language = settings.get("TARGET_LANGUAGE")
    if not re.fullmatch(r"[a-z]{2,3}", str(language)):
        raise _unusable(f"TARGET_LANGUAGE must be a code of two or three small letters, as en, not {language!r}")
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
    own = {name for name in dir(ours) if name.isupper()} | _WHOLE.keys() | _NUMBERS.keys() | set(_SWITCHES)
    known = own | {name for name in dir(default_settings) if name.isupper()}
    for name in map(str, settings):
        if name in known or settings.getpriority(name) != SETTINGS_PRIORITIES["cmdline"]:
            continue
        if meant := _meant(name, own, known):
            raise _unusable(f"{name} is not known; did you mean {meant}?")


def _meant(name: str, own: set[str], known: set[str]) -> str | None:
    """Return the setting that a name comes near to; nearer for Scrapy's, as its extensions have names like them."""
    written = re.sub(r"\W", "_", name.upper())
    if written in known:
        return written
    parts = sorted(each for each in own if each.startswith(f"{written}_") or each.endswith(f"_{written}"))
    close = difflib.get_close_matches(written, own, n=1, cutoff=0.8)
    close = close or difflib.get_close_matches(written, known, n=1, cutoff=0.9)
    return next(iter([*close, *parts]), None)


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
