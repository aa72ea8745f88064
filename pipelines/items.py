"""What travels through the item pipelines, the order in which it is written, and what is counted of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.model import Article, RawPage, Rejected, Status
from pipelines.translate.checks import NOTES


@dataclass(slots=True, kw_only=True)
class PageItem:
    """What travels through the pipelines: the page's place in the run, and what has become of it so far.

    ``signature`` is the MinHash of the text; ``known`` tells that the very same record was stored by an earlier run.
    """

    number: int
    page: RawPage | None
    outcome: Article | Rejected
    signature: list[int] | None = None
    known: bool = False


class InOrder:
    """Hands items on by their number: whatever came early waits for those before it."""

    def __init__(self, write: Callable[[PageItem], None]) -> None:
        self._write = write
        self._waiting: dict[int, PageItem] = {}
        self._next = 0

    def put(self, item: PageItem) -> None:
        """Take one item; write it and all that waited for it."""
        self._waiting[item.number] = item
        while (ready := self._waiting.pop(self._next, None)) is not None:
            self._next += 1
            self._write(ready)

    def flush(self) -> None:
        """Write what still waits, in order; a number is missing only when a run was cut short."""
        for number in sorted(self._waiting):
            self._write(self._waiting.pop(number))


def tally(article: Article) -> Iterator[tuple[str, int]]:
    """Yield the statistics that one stored article adds to: name and by how much."""
    yield "polyglean/articles", 1
    yield f"polyglean/language/{article.language.code}", 1
    for removed in article.removed:
        yield f"polyglean/removed/{removed.reason}", 1
    translation = article.translation
    if translation is None:
        return
    yield f"polyglean/translation/{translation.status}", 1
    if translation.status is Status.NO_PACKAGE:
        yield f"polyglean/no_package/{article.language.code}", 1
    if translation.status in (Status.TRANSLATED, Status.TRANSLATED_WITH_FLAGS):
        yield "polyglean/sentences", len(translation.sentences)
        yield "polyglean/sentences_flagged", sum(not NOTES.issuperset(one.flags) for one in translation.sentences)
