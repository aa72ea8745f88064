"""What writes the items of a run into its store, and counts what is safe there; no Scrapy, no event loop."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable

from pipelines.errors import PolygleanError
from pipelines.items import InOrder, PageItem, tally, unforeseen
from pipelines.model import Article, Rejected
from pipelines.store.sink import Store

logger = logging.getLogger(__name__)


class Ledger:
    """Keeps what is counted of the items until their commit: a run that fails must not boast of what it lost."""

    def __init__(self, tell: Callable[[str, int], None]) -> None:
        self._tell = tell
        self._open: Counter[str] = Counter()

    def add(self, counts: Iterable[tuple[str, int]]) -> None:
        """Note numbers that hold as soon as the next commit has happened."""
        for name, number in counts:
            self._open[name] += number

    def take_back(self, counts: Iterable[tuple[str, int]]) -> None:
        """Strike what was noted and did not come to pass."""
        self.add((name, -number) for name, number in counts)

    def settle(self) -> None:
        """Tell all that is noted: it is committed."""
        for name, number in self._open.items():
            if number:
                self._tell(name, number)
        self._open.clear()


class Writer:
    """Writes items in the order of their pages, whichever came first; all of it happens in one thread.

    ``tell`` hears a statistic's name and by how much it grows: of pages at once, of all else when it is committed.
    ``store`` is put in once it is open, and calls ``settle`` after each commit.
    """

    def __init__(self, tell: Callable[[str, int], None]) -> None:
        self.store: Store | None = None
        self._tell = tell
        self._ledger = Ledger(tell)
        self._rows: dict[int, bool] = {}
        self._order = InOrder(self._write)
        self.put, self.flush, self.settle = self._order.put, self._order.flush, self._ledger.settle

    @property
    def written(self) -> int:
        """Return the number below which every item has been written."""
        return self._order.written

    def rows(self) -> dict[int, bool]:
        """Return the articles' numbers since the last call, each with whether its row is new; False: it was known."""
        rows, self._rows = self._rows, {}
        return rows

    def _write(self, item: PageItem) -> None:
        self._tell("polyglean/pages", item.pages)
        outcome = item.outcome
        if isinstance(outcome, Article):
            try:
                self._add(item.number, outcome, item.signature)
            except PolygleanError:
                raise
            except Exception as error:  # this page's own: those that wait behind it are written all the same
                outcome = unforeseen(outcome, error)
        if isinstance(outcome, Rejected):
            self._reject(outcome)

    def _add(self, number: int, article: Article, signature: list[int] | None) -> None:
        assert self.store is not None
        counts = list(tally(article))
        self._ledger.add(counts)  # before the call, in which the commit may happen
        self._rows[number] = True
        new = False
        try:
            new = self.store.add(article, signature)
            self._ledger.add([("polyglean/known", int(not new))])
            if not new:
                self._rows[number] = False
        except BaseException:
            self._rows.pop(number, None)
            raise
        finally:
            if not new:
                self._ledger.take_back(counts)

    def _reject(self, rejected: Rejected) -> None:
        assert self.store is not None
        self._ledger.add(tally(rejected))
        self.store.reject(rejected)
        if rejected.broken:
            detail = f": {rejected.detail}" * bool(rejected.detail)
            logger.warning("%s: %s%s", rejected.source, rejected.reason, detail)
