"""The translation memory: a sentence is never translated twice by the same package with the same settings.

One SQLite file in WAL mode, shared by any number of processes and threads; a killed process leaves it sound. Two
tables: ``sentence`` holds what the engine made, keyed by a blake2b hash over package, settings and sentence, and is
evicted when the file outgrows its cap (least recently used first); ``correction`` holds what a person wrote, goes
before everything else, and is never evicted. A memory that cannot be used is a log line, never a lost record.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import PolygleanError, UsageError
from pipelines.model import Sentence
from pipelines.read_only import open_read_only

logger = logging.getLogger(__name__)

DEFAULT_MAX_BYTES = 512 << 20  # about two million sentences
_BUSY_MS = 30_000
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sentence (
  key BLOB PRIMARY KEY, from_code TEXT NOT NULL, to_code TEXT NOT NULL, translator TEXT NOT NULL,
  source TEXT NOT NULL, target TEXT NOT NULL, score REAL, flags TEXT NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sentence_used ON sentence (used);
CREATE TABLE IF NOT EXISTS correction (
  from_code TEXT NOT NULL, to_code TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  author TEXT NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (from_code, to_code, source)
) WITHOUT ROWID;
"""
_SUFFIXES = frozenset({".sqlite", ".sqlite3", ".db"})
_DAY = 86_400
_IN = 500  # SQLite takes at least 999 parameters in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One remembered sentence and what it belongs to; ``human`` marks a person's correction."""

    from_code: str
    to_code: str
    translator: str
    sentence: Sentence
    human: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What a memory holds."""

    path: Path
    bytes: int
    sentences: int
    flagged: int
    corrections: int
    pairs: tuple[tuple[str, str, int], ...]


def key_of(*parts: str) -> bytes:
    """Return the 16-byte key of a sentence with all that decides its translation."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(f"{len(part)}:".encode())
        digest.update(part.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # takes effect in a new file only
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # in WAL mode sound against kill and power loss alike
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _SCHEMA_VERSION:
            raise PolygleanError(f"{path}: a translation memory of a newer version of this program")
        connection.executescript(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection


def _check(path: Path) -> None:
    """Raise UsageError for a file that never was a memory: a wrong name must not cost somebody their file.

    One that begins as SQLite's do, or with nothing (after a power cut), or that is named as such was one.
    """
    if path.suffix in _SUFFIXES or not path.is_file():
        return
    with path.open("rb") as stream:
        begin = stream.read(16)
    if begin.strip(b"\0") and begin != b"SQLite format 3\0":
        raise UsageError(f"{path}: is no translation memory; name another file, which is made if it is not there")


class Memory:
    """An open memory. Every method may be called from any thread."""

    def __init__(self, path: Path, *, max_bytes: int = DEFAULT_MAX_BYTES, read_only: bool = False) -> None:
        """Open or create the file; a damaged one is set aside under another name.

        ``read_only`` is for looking: nothing is made, set aside or changed, and a method that writes fails. Raises
        UsageError for a file that is something else, PolygleanError for one that cannot be opened.
        """
        self.path = path
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._read_only = read_only
        try:
            _check(path)
            if read_only:
                self._connection = open_read_only(path)
                self._connection.execute("SELECT 1 FROM sentence, correction LIMIT 1")
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(path)
        except sqlite3.OperationalError as error:
            raise PolygleanError(f"{path}: cannot be opened ({error})") from None
        except sqlite3.DatabaseError as error:
            if read_only:
                raise PolygleanError(f"{path}: is damaged ({error}); the next run sets it aside") from None
            aside = path.with_name(f"{path.name}.damaged-{time.time_ns()}")
            path.rename(aside)
            logger.warning("%s was damaged (%s); set aside as %s", path, error, aside.name)
            self._connection = _connect(path)
        except OSError as error:
            raise PolygleanError(f"{path}: cannot be opened ({error.strerror})") from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the write lock for one transaction."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Sentence]:
        """Return the sentences known for the keys. Their time of last use is kept to the day, to spare writes."""
        found: dict[bytes, Sentence] = {}
        stale: list[bytes] = []
        today = int(time.time()) // _DAY
        with self._lock:
            for at in range(0, len(keys), _IN):
                some = keys[at : at + _IN]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(
                    f"SELECT key, source, target, score, flags, used FROM sentence WHERE key IN ({marks})",  # noqa: S608
                    some,
                )
                for key, source, target, score, flags, used in rows:
                    found[key] = Sentence(source=source, target=target, score=score, flags=tuple(json.loads(flags)))
                    if used < today:
                        stale.append(key)
        if stale:
            with self._writing() as connection:
                connection.executemany("UPDATE sentence SET used = ? WHERE key = ?", [(today, key) for key in stale])
        return found

    def put(self, entries: Mapping[bytes, Entry]) -> None:
        """Remember sentences; what another process wrote first stays, so that rows do not change between runs."""
        today = int(time.time()) // _DAY
        rows = [
            (key, e.from_code, e.to_code, e.translator, e.sentence.source, e.sentence.target, e.sentence.score,
             json.dumps(e.sentence.flags), today)
            for key, e in entries.items()
        ]  # fmt: skip
        with self._writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO sentence VALUES (?,?,?,?,?,?,?,?,?)", rows)
        self._evict()

    def size(self) -> int:
        """Return the bytes in use in the main file (free pages not counted)."""
        with self._lock:
            return self._size()

    def _size(self) -> int:
        values = [self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _PAGES]
        return int((values[0] - values[1]) * values[2])

    def _evict(self) -> None:
        """Bring the file back under nine tenths of its cap once it has outgrown it, least recently used first."""
        if self.size() <= self._max_bytes:
            return
        while self.size() > self._max_bytes * 0.9:
            with self._writing() as connection:
                gone = connection.execute(
                    "DELETE FROM sentence WHERE key IN (SELECT key FROM sentence ORDER BY used, key LIMIT 1000)"
                ).rowcount
            if not gone:
                break
        with self._lock:
            self._shrink()

    def _shrink(self) -> None:
        """Give free pages back to the file system."""
        # As a script, because execute() would take one step of it: one page.
        self._connection.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")

    def corrections(self, from_code: str, to_code: str, sources: Iterable[str]) -> dict[str, str]:
        """Return what a person wrote for the sources."""
        wanted = list(sources)
        found: dict[str, str] = {}
        with self._lock:
            for at in range(0, len(wanted), _IN):
                some = wanted[at : at + _IN]
                marks = ",".join("?" * len(some))
                found |= dict(
                    self._connection.execute(
                        f"SELECT source, target FROM correction WHERE from_code=? AND to_code=? AND source IN ({marks})",  # noqa: S608, E501
                        [from_code, to_code, *some],
                    ).fetchall()
                )
        return found

    def correct(self, entries: Iterable[Entry], author: str) -> int:
        """Store a person's translations, the newer over the older; return how many there were."""
        rows = [
            (e.from_code, e.to_code, e.sentence.source, e.sentence.target, author, int(time.time())) for e in entries
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO correction VALUES (?,?,?,?,?,?)", rows)
        return len(rows)

    def entries(self) -> Iterator[Entry]:
        """Yield everything, in a fixed order, corrections first; read from one snapshot of its own."""
        timeout = _BUSY_MS / 1000
        if self._read_only:
            connection = open_read_only(self.path, timeout=timeout)
        else:
            connection = sqlite3.connect(self.path, timeout=timeout, isolation_level=None)
        try:
            connection.execute("BEGIN")
            for from_code, to_code, source, target, author in connection.execute(
                "SELECT from_code, to_code, source, target, author FROM correction ORDER BY from_code, to_code, source"
            ):
                sentence = Sentence(source=source, target=target)
                yield Entry(from_code=from_code, to_code=to_code, translator=author, sentence=sentence, human=True)
            for from_code, to_code, translator, source, target, score, flags in connection.execute(
                "SELECT from_code, to_code, translator, source, target, score, flags FROM sentence ORDER BY key"
            ):
                sentence = Sentence(source=source, target=target, score=score, flags=tuple(json.loads(flags)))
                yield Entry(from_code=from_code, to_code=to_code, translator=translator, sentence=sentence)
        finally:
            connection.close()

    def stats(self) -> Stats:
        """Count what is there."""
        with self._lock:
            pairs = self._connection.execute(
                "SELECT from_code, to_code, COUNT(*) FROM sentence GROUP BY from_code, to_code ORDER BY 1, 2"
            ).fetchall()
            flagged = self._connection.execute("SELECT COUNT(*) FROM sentence WHERE flags != '[]'").fetchone()[0]
            corrections = self._connection.execute("SELECT COUNT(*) FROM correction").fetchone()[0]
            return Stats(
                path=self.path,
                bytes=self._size(),
                sentences=sum(count for _, _, count in pairs),
                flagged=flagged,
                corrections=corrections,
                pairs=tuple(pairs),
            )

    def clear(self, *, corrections: bool = False) -> int:
        """Forget every machine translation, and a person's corrections only when told; return how many went."""
        with self._writing() as connection:
            gone = connection.execute("DELETE FROM sentence").rowcount
            if corrections:
                gone += connection.execute("DELETE FROM correction").rowcount
        with self._lock:
            self._shrink()
        return gone

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


_PAGES = ("page_count", "freelist_count", "page_size")
