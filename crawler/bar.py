"""The bar that shows how far a replay is; apart from the command, because rich takes its time to load."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from scrapy import signals

from crawler.console import Screen

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Bar:
    """A progress bar on a terminal; nothing in a pipe."""

    def __init__(self, total: int | None, crawler: Crawler, *, shown: bool) -> None:
        """``total`` None: the number of pages is not known before the end."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Screen(stderr=True), transient=True, disable=not shown)
        self._task = self._progress.add_task("pages", total=total)
        crawler.signals.connect(self._advance, signal=signals.item_scraped)

    def _advance(self) -> None:
        self._progress.advance(self._task)

    def __enter__(self) -> Bar:
        """Show the bar."""
        self._progress.start()
        return self

    def __exit__(self, *_: Any) -> None:
        """Take it away."""
        self._progress.stop()
