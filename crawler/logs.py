"""Log lines without the articles: Scrapy's own formatter prints every item whole."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from pipelines.errors import PolygleanError

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure


def _name(item: Any) -> str:
    outcome = getattr(item, "outcome", item)
    return str(getattr(outcome, "source", None) or getattr(outcome, "url", None) or type(item).__name__)


class QuietLogFormatter(LogFormatter):
    """Names an item by where it came from."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Say which page went through."""
        return {"level": logging.DEBUG, "msg": "processed %(name)s", "args": {"name": _name(item)}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say which page met an unforeseen error."""
        level = logging.DEBUG if isinstance(exception, PolygleanError) else logging.ERROR  # the run ends, and says why
        return {"level": level, "msg": "error processing %(name)s", "args": {"name": _name(item)}}
