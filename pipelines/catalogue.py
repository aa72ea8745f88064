"""The catalogue: which records are stored, where, and what resembles what; SQLite, rebuildable from the Parquet.

New records wait in memory until their commit: a crash or a failed commit leaves nothing half in the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines import nearest
from pipelines.manifest import Manifest

# The names carry a prefix because the file is shared with the crawler's own tables.
_TABLES = """
CREATE TABLE IF NOT EXISTS catalogue_commits (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL, schema TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS catalogue_files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS catalogue_records (
  id INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, address TEXT NOT NULL, content_sha256 TEXT NOT NULL,
  run_id TEXT NOT NULL, file INTEGER NOT NULL, version INTEGER NOT NULL, story_id TEXT, signature BLOB);
CREATE INDEX IF NOT EXISTS catalogue_address ON catalogue_records (address, version);
CREATE INDEX IF NOT EXISTS catalogue_file ON catalogue_records (file);
CREATE TABLE IF NOT EXISTS catalogue_bands (
  band INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (band, record)) WITHOUT ROWID;
"""

_COLUMNS = "record_id, address, content_sha256, run_id, version, story_id, signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue knows of a record. ``signature`` is packed; ``address`` as ``address_of`` gives it."""

    record_id: str
    address: str
    content_sha256: str
    run_id: str
    version: int = 1
    story_id: str | None = None
    signature: bytes | None = None


def address_of(url: str, canonical_url: str | None) -> str:
    """Return the address whose changes are versions of one article.

    The canonical one, unless it is a site's front page: some sites name that as the canonical address of each
    of their pages, and all of their articles would be versions of one another.
    """
    if canonical_url and (urlsplit(canonical_url).path.strip("/") or urlsplit(canonical_url).query):
        return canonical_url
    return url


class Catalogue:
    """One connection to the catalogue, with the records that wait for their commit on top."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        # A commit lost in a power cut is made again from its manifest, so a sync for each is not needed.
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.executescript(_TABLES)
        self._waiting: dict[str, Entry] = {}
        self._order: dict[str, int] = {}
        self._waiting_address: dict[str, list[Entry]] = {}
        self._waiting_bands: dict[int, list[Entry]] = {}

    def close(self) -> None:
        """Close the connection; waiting records are forgotten."""
        self.forget()
        self._base.close()

    def known(self, record_id: str) -> bool:
        """Tell whether the record is stored or waits to be."""
        query = "SELECT 1 FROM catalogue_records WHERE record_id = ?"
        return record_id in self._waiting or self._base.execute(query, (record_id,)).fetchone() is not None

    def entry(self, record_id: str) -> Entry | None:
        """Return what is known of a stored or waiting record."""
        query = f"SELECT {_COLUMNS} FROM catalogue_records WHERE record_id = ?"  # noqa: S608
        row = None if record_id in self._waiting else self._base.execute(query, (record_id,)).fetchone()
        return _entry(row) if row else self._waiting.get(record_id)

    def latest(self, address: str, below: int = 2**31) -> Entry | None:
        """Return the newest version, under ``below``, of the article at an address (see ``address_of``)."""
        waiting = [one for one in self._waiting_address.get(address, ()) if one.version < below]
        query = (
            f"SELECT {_COLUMNS} FROM catalogue_records WHERE address = ? AND version < ? "  # noqa: S608
            "ORDER BY version DESC, id DESC LIMIT 1"
        )
        row = self._base.execute(query, (address, below)).fetchone()
        return max([*([_entry(row)] if row else []), *waiting], key=lambda one: one.version, default=None)

    def nearest(self, signature: Sequence[int]) -> str | None:
        """Return the id of the record whose text is most like the signature's, None below ``nearest.THRESHOLD``."""
        found = self.nearest_entry(nearest.pack(signature))
        return found.record_id if found else None

    def nearest_entry(self, packed: bytes, *, besides: str = "") -> Entry | None:
        """Return the most similar record, the oldest of equals, that has not the record id ``besides``."""
        best, found = nearest.THRESHOLD, None
        for candidate in self._candidates(nearest.band_keys(packed)):
            share = nearest.similarity(packed, candidate.signature or b"")
            if candidate.record_id != besides and (share > best or (share == best and found is None)):
                best, found = share, candidate
        return found

    def remember(self, entry: Entry) -> None:
        """Let a record wait for its commit; from here on it is known and can be found as the nearest."""
        self._waiting[entry.record_id] = entry
        self._order[entry.record_id] = len(self._order)
        self._waiting_address.setdefault(entry.address, []).append(entry)
        if entry.signature:
            for key in nearest.band_keys(entry.signature):
                self._waiting_bands.setdefault(key, []).append(entry)

    def waiting(self) -> list[Entry]:
        """Return the records that wait, in the order in which they came."""
        return list(self._waiting.values())

    def forget(self) -> None:
        """Drop the waiting records."""
        self._waiting.clear()
        self._order.clear()
        self._waiting_address.clear()
        self._waiting_bands.clear()

    def record(self, manifest: Manifest, paths: Mapping[str, str], entries: Iterable[Entry] | None = None) -> None:
        """Store a commit: its entries (by default those that wait), and for each record of ``paths`` its file.

        ``paths`` also names the records that moved here from files which the manifest retires.
        """
        self._base.execute("BEGIN IMMEDIATE")
        try:
            for entry in self._waiting.values() if entries is None else entries:
                self._store(entry)
            files = {path: self._file(path) for path in sorted(set(paths.values()))}
            self._base.executemany(
                "UPDATE catalogue_records SET file = ? WHERE record_id = ?",
                ((files[path], record_id) for record_id, path in paths.items()),
            )
            self._base.executemany("DELETE FROM catalogue_files WHERE path = ?", ((path,) for path in manifest.retired))
            self._base.execute(
                "INSERT INTO catalogue_commits VALUES (?, ?, ?)", (manifest.name, manifest.sequence, manifest.schema)
            )
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise
        self.forget()

    def commits(self) -> dict[str, int]:
        """Return the catalogued manifests: file name to sequence number."""
        return dict(self._base.execute("SELECT name, sequence FROM catalogue_commits"))

    def schemas(self) -> set[str]:
        """Return the schema fingerprints of the catalogued commits."""
        return {schema for (schema,) in self._base.execute("SELECT DISTINCT schema FROM catalogue_commits")}

    def files(self) -> set[str]:
        """Return the paths, relative to the output root, of all files that hold rows."""
        return {path for (path,) in self._base.execute("SELECT path FROM catalogue_files")}

    def paths_of(self, record_ids: Iterable[str]) -> dict[str, str]:
        """Return the file of each stored record among ``record_ids``."""
        query = (
            "SELECT path FROM catalogue_records JOIN catalogue_files ON catalogue_files.id = file WHERE record_id = ?"
        )
        found = ((record_id, self._base.execute(query, (record_id,)).fetchone()) for record_id in record_ids)
        return {record_id: row[0] for record_id, row in found if row}

    def records(self) -> int:
        """Return how many records are stored."""
        return int(self._base.execute("SELECT count(*) FROM catalogue_records").fetchone()[0])

    def _candidates(self, keys: Sequence[int]) -> list[Entry]:
        """Return stored, then waiting records that share a band, in the order in which they came."""
        marks = ",".join("?" * len(keys))
        query = (
            f"SELECT {_COLUMNS} FROM catalogue_records WHERE id IN (SELECT DISTINCT record FROM catalogue_bands "  # noqa: S608
            f"WHERE band IN ({marks}) ORDER BY record LIMIT {nearest.CANDIDATES}) ORDER BY id"
        )
        stored = [_entry(row) for row in self._base.execute(query, tuple(keys))]
        waiting = {one.record_id: one for key in keys for one in self._waiting_bands.get(key, ())}
        order = sorted(waiting, key=self._order.__getitem__)[: nearest.CANDIDATES]
        return [one for one in stored if one.record_id not in waiting] + [waiting[one] for one in order]

    def _store(self, entry: Entry) -> None:
        """Insert the entry, or put it in the place of the one with its record id."""
        old = self._base.execute("SELECT id FROM catalogue_records WHERE record_id = ?", (entry.record_id,)).fetchone()
        if old:
            self._base.execute("DELETE FROM catalogue_bands WHERE record = ?", old)
            self._base.execute("DELETE FROM catalogue_records WHERE id = ?", old)
        record = self._base.execute(
            "INSERT INTO catalogue_records VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
            (
                old[0] if old else None,
                entry.record_id,
                entry.address,
                entry.content_sha256,
                entry.run_id,
                entry.version,
                entry.story_id,
                entry.signature,
            ),
        ).lastrowid
        if entry.signature:
            bands = ((key, record) for key in nearest.band_keys(entry.signature))
            self._base.executemany("INSERT OR IGNORE INTO catalogue_bands VALUES (?, ?)", bands)

    def _file(self, path: str) -> int:
        """Return the number of a file, new or known."""
        self._base.execute("INSERT OR IGNORE INTO catalogue_files (path) VALUES (?)", (path,))
        return int(self._base.execute("SELECT id FROM catalogue_files WHERE path = ?", (path,)).fetchone()[0])


def _entry(row: tuple[str, str, str, str, int, str | None, bytes | None]) -> Entry:
    """Return the entry that a row of ``_COLUMNS`` describes."""
    names = ("record_id", "address", "content_sha256", "run_id", "version", "story_id", "signature")
    return Entry(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
