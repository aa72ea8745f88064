"""The store: articles in, committed Parquet out; ``kill -9`` at any moment loses no committed row and doubles none.

The order that makes it so stands in ``pipelines.store.commit``; what a killed run leaves is cleared by
``pipelines.store.recovery`` at the next start.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from pipelines import schema
from pipelines.errors import StoreError, UsageError
from pipelines.model import Article, Rejected
from pipelines.store import compaction, durable, manifest, nearest, recovery
from pipelines.store.catalogue import Entry, address_of, page_of
from pipelines.store.commit import Batch, CommitHeader, commit
from pipelines.store.manifest import Manifest

CHECKPOINT_ROWS = 10_000
"""One full row group; also what a crash can cost."""

CHECKPOINT_BYTES = 96 * 1024 * 1024
"""Text held in memory before a commit, so that a million pages need no more memory than this allows: a news article
with its translation is about 20 kB of row, 5,000 of them are one commit."""


class Store:
    """One run's right to write into an output folder. Every method may be called from any thread.

    ``again`` lets ``add`` put a record in the place of the stored one with the same id, or of the one that was made of
    the same page by other rules, and ``reject`` withdraw the latter. ``signer`` makes a text's MinHash signature and
    is only used to restore the catalogue. ``on_commit`` hears of each commit after it is safe. ``checkpoint_seconds``
    bounds, for crawls that take hours, what a crash costs in time as the other two do in rows.
    All errors are StoreError (or OutputLocked, its subclass); after one the store takes nothing any more.
    """

    def __init__(
        self,
        root: Path | str,
        *,
        run_id: str,
        started_at: datetime,
        config_digest: str,
        again: bool = False,
        signer: recovery.Signer | None = None,
        on_commit: Callable[[Manifest, Sequence[Entry]], None] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        checkpoint_rows: int = CHECKPOINT_ROWS,
        checkpoint_bytes: int = CHECKPOINT_BYTES,
        checkpoint_seconds: float = math.inf,
    ) -> None:
        if not manifest.RUN_ID.fullmatch(run_id):
            raise UsageError(f"run id {run_id!r} cannot be part of a file name")
        self.root, self.run_id = Path(root), run_id
        self._started_at, self._config, self._clock = started_at, config_digest, clock
        self._again, self._on_commit = again, on_commit
        self._limits = (checkpoint_rows, checkpoint_bytes, checkpoint_seconds)
        self._since = time.monotonic()
        self._guard = threading.RLock()
        self._batch, self._extra = Batch(), dict[str, Any]()
        self._manifests: list[Manifest] = []
        self._failed: StoreError | None = None
        with durable.plain_errors(self.root):
            for name in (recovery.ARTICLES, recovery.RUNS, recovery.STAGING):
                durable.make_folder(self.root / name)
            self._lock = durable.FolderLock(self.root / ".lock")
            try:
                self._lock.sign()
                self.catalogue, self._sequence = recovery.open_catalogue(self.root, signer)
                self._part = manifest.last_part(self.root / recovery.RUNS, run_id)
            except BaseException:
                self._lock.release()
                raise

    def known(self, record_id: str) -> bool:
        """Tell whether the record is stored already, or was added in this run."""
        with self._guard, durable.plain_errors(self.root):
            return self.catalogue.known(record_id)

    def add(self, article: Article, signature: Sequence[int] | None = None) -> bool:
        """Take an article; False if the store has it already. Commits by itself when enough has come together.

        ``signature`` is the text's MinHash; with it ``near_duplicate_of`` and ``story_id`` are filled in, in the
        order of the calls. ``version`` and ``supersedes`` count the texts that were stored for one address.
        """
        with self._guard, self._usable():
            own = self.catalogue.entry(article.record_id)
            page = page_of(article.url, article.raw_sha256)
            former = self._former(page)
            if own and not (self._again and own.run_id != self.run_id):
                if former and former.record_id != own.record_id:
                    self._withdraw(former)
                self._batch.counts["known"] += 1
                return False
            packed = nearest.pack(signature) if signature is not None else None
            settled = self._place(article, packed, own or former)
            row = schema.to_row(settled, self.run_id)
            # What cannot be made into a row has raised by now: the stored one is still there.
            if own and former and former.record_id != own.record_id:
                self._withdraw(former)
            own = own or former
            if own:
                self._batch.replaced.add(own.record_id)
                self._batch.counts["replaced"] += 1
            self.catalogue.remember(
                Entry(
                    record_id=settled.record_id,
                    address=address_of(settled.url, settled.canonical_url),
                    page=page,
                    run_id=self.run_id,
                    version=settled.version,
                    story_id=settled.story_id,
                    signature=packed,
                    order=own.order if own else None,
                )
            )
            self._batch.add(row)
            self._checkpoint(row)
            return True

    def reject(self, rejected: Rejected) -> None:
        """Take a page that gave no article; it is listed in ``runs/<run>-<n>-rejected.parquet``.

        With ``again`` the record goes that other rules had made of the very same page.
        """
        with self._guard, self._usable():
            row = schema.rejected_row(rejected, self.run_id)
            if rejected.raw_sha256 and (former := self._former(page_of(rejected.url, rejected.raw_sha256))):
                self._withdraw(former)
            self._batch.reject(row)
            self._checkpoint(row)

    def annotate(self, name: str, value: Any) -> None:
        """Put a JSON value under ``extra`` in the manifest of the next commit (archive files, health figures)."""
        with self._guard:
            self._extra[name] = value

    def commit(self) -> Manifest | None:
        """Make everything added so far durable; None where nothing has come since the last commit."""
        with self._guard, self._usable():
            if not self._batch.pages and not self._extra:
                return None
            return self._commit()

    def compact(self) -> int:
        """Merge small files of the same folder into larger ones; return by how many there are fewer.

        No row changes. A reader that lists the folder in the very moment between the new file and the old ones' going
        may see rows twice, or miss a file that it had listed: read again then.
        """
        with self._guard, self._usable():
            if self._batch.pages:
                self._commit()
            before = len(self.catalogue.files())
            while merged := compaction.choose(self.root, self.catalogue.files()):
                self._batch.merged = merged
                self._commit()
            return before - len(self.catalogue.files())

    def close(self) -> list[Manifest]:
        """Commit what is left, let the next run in, and return the manifests of this run (at least one)."""
        with self._guard:
            try:
                with self._usable():
                    if self._batch.pages or self._batch.counts or self._extra or not self._manifests:
                        self._commit()
            finally:
                self.abandon()
            return list(self._manifests)

    def abandon(self) -> None:
        """Let go of the folder without a commit; harmless when called twice."""
        with self._guard:
            self._failed = self._failed or StoreError(f"the store at {self.root} is closed")
            self._batch = Batch()
            self.catalogue.close()
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.abandon()

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Refuse a failed or closed store, and remember a failure.

        A Ctrl-C may come between any two steps, of a commit too: what was under way may be half noted, or committed
        already, and must not be committed with the next.
        """
        if self._failed:
            raise self._failed
        try:
            with durable.plain_errors(self.root):
                yield
        except Exception as error:
            if isinstance(error, StoreError):
                self._fail(error)
            raise
        except BaseException:
            self._fail(StoreError(f"writing to {self.root} was interrupted; what was committed before is intact"))
            raise

    def _fail(self, error: StoreError) -> None:
        """Take nothing any more."""
        self._failed = error
        self.catalogue.forget()

    def _former(self, page: str) -> Entry | None:
        """Return the record that an earlier run stored of a page which is being made again."""
        former = self.catalogue.from_page(page) if self._again else None
        return former if former and former.run_id != self.run_id else None

    def _withdraw(self, stale: Entry) -> None:
        """Let a stored record go that its page does not give any more."""
        self._batch.replaced.add(stale.record_id)
        self._batch.counts["withdrawn"] += 1
        self.catalogue.drop(stale)

    def _place(self, article: Article, packed: bytes | None, own: Entry | None) -> Article:
        """Return the article with its version, its story and the record it nearly repeats; ``own`` as stored before."""
        address = address_of(article.url, article.canonical_url)
        former = self.catalogue.latest(address, below=own.version) if own else self.catalogue.latest(address)
        version = own.version if own else former.version + 1 if former else 1
        article = replace(article, version=version, supersedes=former.record_id if former else None)
        if packed is None:
            return article
        similar = self.catalogue.nearest_entry(packed, before=own.order if own else None)
        if similar is None:
            return replace(article, story_id=article.story_id or article.record_id)
        # A former version of the same page is the same story, but no near-duplicate an analyst should drop.
        twin = None if similar.address == address else similar.record_id
        return replace(article, near_duplicate_of=twin, story_id=similar.story_id or similar.record_id)

    def _checkpoint(self, row: schema.Row) -> None:
        """Count the row's size; commit when the buffer is full."""
        self._batch.pages += 1
        self._batch.size += _size(row)
        rows, size, seconds = self._limits
        late = time.monotonic() - self._since >= seconds
        if self._batch.pages >= rows or self._batch.size >= size or late:
            self._commit()

    def _commit(self) -> Manifest:
        """Make the buffer one commit and start a new one."""
        self._part += 1
        header = CommitHeader(
            sequence=self._sequence + 1,
            run_id=self.run_id,
            part=self._part,
            started_at=self._started_at.isoformat(),
            committed_at=self._clock().isoformat(),
            config=self._config,
            extra=self._extra,
        )
        entries = self.catalogue.waiting()
        try:
            made = commit(self.root, self._batch, header, self.catalogue)
        except (pa.ArrowException, ValueError, TypeError, OverflowError) as error:
            cause = str(error).splitlines()[0]
            raise StoreError(f"cannot write to {self.root}: {cause}; what was committed before is intact") from error
        self._sequence = made.sequence
        self._manifests.append(made)
        self._batch, self._extra, self._since = Batch(), {}, time.monotonic()
        if self._on_commit:
            self._on_commit(made, entries)
        return made


def _size(value: Any) -> int:
    """Return about how many bytes of memory a row holds: text at two bytes a character, and what carries it."""
    if isinstance(value, str):
        return 50 + 2 * len(value)
    if isinstance(value, dict):
        return 200 + sum(_size(one) for one in value.values())
    if isinstance(value, list):
        return 60 + sum(_size(one) for one in value)
    return 32
