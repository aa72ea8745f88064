"""The same way of a page on many cores or a cluster, without Scrapy: for notebooks and large archives.

    from crawler.pages import read_pages
    from pipelines import bulk
    bulk.run(read_pages(["archive/"], max_bytes=16 << 20), "output", workers=8)

Pages are cleaned in shards by any executor in the manner of ``concurrent.futures`` (Dask: ``client.get_executor()``),
translated here while the next shards are cleaned, and stored in their own order: the rows do not depend on how many
workers there are. A script that calls this needs ``if __name__ == "__main__":``, as for any use of processes.
"""

from __future__ import annotations

import os
import secrets
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pipelines import identity, processes
from pipelines.config import Config
from pipelines.errors import StoreError
from pipelines.model import Article, Part, RawPage, Rejected, Translation
from pipelines.parts import Joiner
from pipelines.process import clean_part, finish
from pipelines.store import manifest
from pipelines.store.sink import Store

SHARD = 32
"""Pages a worker gets at once: some tenths of a second of work, against a millisecond for handing them over."""

Page = RawPage | Rejected
T = TypeVar("T")
Outcome = TypeVar("Outcome", bound=Article | Rejected | Part)
Stored = list[tuple[Article | Rejected, list[int] | None]]
Cleaned = list[tuple[Article | Rejected | Part, list[int] | None]]


class TranslatesArticles(Protocol):
    """What ``run`` needs of a translator; ``pipelines.translate.Translator`` is one."""

    def translate(self, articles: Sequence[Article]) -> list[Translation]:
        """Return one translation an article, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a bulk run came to; ``counts`` is the sum of its manifests' counts."""

    run_id: str
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """Return the number of records that were stored."""
        return int(self.counts.get("articles", 0))


def run(
    pages: Iterable[Page],
    output: Path | str,
    *,
    config: Config | None = None,
    workers: int | None = None,
    executor: Executor | None = None,
    translator: TranslatesArticles | None = None,
    again: bool = False,
    run_id: str | None = None,
    shard: int = SHARD,
    page_timeout: float = 60.0,
) -> Summary:
    """Clean, translate and store pages; raise StoreError where the output cannot be written.

    ``executor`` is left running for its owner; without one, ``workers`` processes (None: one a core) are started, and
    a page that kills its process or takes longer than ``page_timeout`` seconds is rejected (``extractor_crashed``,
    ``extractor_timeout``) while all others go on. ``pages`` is read only as fast as it is worked on. Ctrl-C commits
    what is done and is passed on.
    """
    config = config or Config()
    started = datetime.now(UTC)
    name = run_id or f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    store = Store(
        output,
        run_id=name,
        started_at=started,
        config_digest=config.digest(),
        again=again,
        signer=identity.signature,
    )
    joiner = Joiner(partial(finish, config=config))
    try:
        with _Cleaner(config, executor, workers, page_timeout) as cleaner:
            for cleaned in cleaner.clean(_shards(pages, shard)):
                _store(store, _joined(cleaned, joiner), translator, again=again)
            for rest in _shards(joiner.rest(), shard):
                _store(store, [_signed(outcome) for outcome in rest], translator, again=again)
    except KeyboardInterrupt as stop:
        try:
            store.close()
        except StoreError as error:  # it came within a commit, or the disk is full
            stop.add_note(str(error))
        raise
    except BaseException:
        store.abandon()
        raise
    return Summary(run_id=name, counts=manifest.total(store.close()))


def clean_shard(pages: Sequence[Page], config: Config) -> Cleaned:
    """Clean some pages; with each article its MinHash signature. This is what a worker runs."""
    cleaned: Cleaned = []
    for page in pages:
        cleaned.append(_signed(page if isinstance(page, Rejected) else clean_part(page, config)))
    return cleaned


def _signed(outcome: Outcome) -> tuple[Outcome, list[int] | None]:
    return outcome, identity.signature(outcome.text) if isinstance(outcome, Article) else None


def _joined(cleaned: Cleaned, joiner: Joiner) -> Stored:
    """Return what is whole: the pages of one article wait for each other."""
    whole: Stored = []
    for outcome, signature in cleaned:
        if not isinstance(outcome, Part):
            whole.append((outcome, signature))
        elif (made := joiner.put(outcome)) is not None:
            whole.append(_signed(made))
    return whole


def _shards(pages: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the pages in lists of ``size``."""
    rest = iter(pages)
    while shard := list(islice(rest, size)):
        yield shard


def _store(store: Store, cleaned: Stored, translator: TranslatesArticles | None, *, again: bool) -> None:
    """Translate what is new of a shard in one call, and store it."""
    new = [
        outcome
        for outcome, _ in cleaned
        if isinstance(outcome, Article) and (again or not store.known(outcome.record_id))
    ]
    made = dict(zip((one.record_id for one in new), translator.translate(new), strict=True)) if translator else {}
    with _uninterrupted():
        for outcome, signature in cleaned:
            if isinstance(outcome, Rejected):
                store.reject(outcome)
            else:
                store.add(replace(outcome, translation=made.get(outcome.record_id)), signature)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let a Ctrl-C wait until a shard is stored: in the midst of it, all since the last commit would be given up.

    A handler of the caller's own is left alone, and only the main thread is ever interrupted.
    """
    mine = threading.current_thread() is threading.main_thread()
    if not mine or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    came: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if came:
            raise KeyboardInterrupt


class _Cleaner:
    """Shards in, cleaned shards out, in order; keeps the workers busy and no more than that in memory."""

    def __init__(self, config: Config, executor: Executor | None, workers: int | None, timeout: float) -> None:
        self._config, self._timeout = config, timeout
        self._workers = workers or os.cpu_count() or 1
        self._own: ProcessPoolExecutor | None = None
        self._executor = executor or self._start()

    def __enter__(self) -> _Cleaner:
        return self

    def __exit__(self, *_: object) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)

    def clean(self, shards: Iterable[list[Page]]) -> Iterator[Cleaned]:
        """Yield each shard's outcome; two shards a worker are on their way, so that none waits for the next."""
        waiting: deque[tuple[list[Page], Future[Cleaned]]] = deque()
        for shard in shards:
            waiting.append((shard, self._submit(shard)))
            if len(waiting) > 2 * self._workers:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def _start(self) -> Executor:
        self._own = ProcessPoolExecutor(self._workers, mp_context=processes.context())
        return self._own

    def _submit(self, shard: list[Page]) -> Future[Cleaned]:
        try:
            return self._executor.submit(clean_shard, shard, self._config)
        except BrokenExecutor:
            if self._own is None:
                raise
            self._executor = self._start()
            return self._executor.submit(clean_shard, shard, self._config)

    def _result(self, shard: list[Page], future: Future[Cleaned]) -> Cleaned:
        """Wait for a shard; one that went down with a worker, or hangs, is done again, page by page."""
        if self._own is None:
            return future.result()
        try:
            # The shards before it are done; at worst it has waited behind one other for the same worker.
            return future.result(2 * len(shard) * self._timeout)
        except TimeoutError:
            self._kill()
            if len(shard) == 1:
                return [self._timed_out(shard[0])]
        except (BrokenExecutor, CancelledError):
            pass
        return [one for page in shard for one in self._alone(page)]

    def _alone(self, page: Page) -> Cleaned:
        """Clean one page; when it kills its worker or does not come back, it alone is rejected."""
        try:
            return self._submit([page]).result(self._timeout)
        except TimeoutError:
            self._kill()
            return [self._timed_out(page)]
        except BrokenExecutor:
            return [_broken(page, "extractor_crashed", "the worker process died on this page")]

    def _timed_out(self, page: Page) -> tuple[Rejected, None]:
        return _broken(page, "extractor_timeout", f"no result within {self._timeout:g} s")

    def _kill(self) -> None:
        """End all workers and start others: one that hangs cannot be stopped in any other way."""
        assert self._own is not None
        for process in list((getattr(self._own, "_processes", None) or {}).values()):
            process.kill()
        self._own.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()


def _broken(page: Page, reason: str, detail: str) -> tuple[Rejected, None]:
    return Rejected(url=page.url, source=page.source, reason=reason, detail=detail, broken=True), None
