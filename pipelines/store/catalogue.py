"""The catalogue: which records are stored, where, and what resembles what; SQLite, rebuildable from the Parquet.

New records wait in memory until their commit: a crash or a failed commit leaves nothing half in the database.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipelines.store import nearest
from pipelines.store.durable import open_state, transaction
from pipelines.store.manifest import Manifest

# The names carry a prefix because the file is shared with the crawler's own tables.
_FORMAT = 2
"""Raised whenever the tables change: older ones are dropped and filled again from the Parquet."""

_TABLES = """
CREATE TABLE IF NOT EXISTS catalogue_format (number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS catalogue_commits (name TEXT PRIMARY KEY, sequence INTEGER NOT NULL, schema TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS catalogue_files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS catalogue_records (
  id INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, address TEXT NOT NULL, page TEXT NOT NULL,
  run_id TEXT NOT NULL, file INTEGER NOT NULL, version INTEGER NOT NULL, story_id TEXT, signature BLOB);
CREATE INDEX IF NOT EXISTS catalogue_address ON catalogue_records (address, version);
CREATE INDEX IF NOT EXISTS catalogue_page ON catalogue_records (page);
CREATE INDEX IF NOT EXISTS catalogue_file ON catalogue_records (file);
CREATE TABLE IF NOT EXISTS catalogue_bands (
  band INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (band, record)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS catalogue_lost (path TEXT NOT NULL, record_id TEXT NOT NULL, page TEXT NOT NULL);
"""

_OWN_NAME = 20
"""Characters from which what stands behind a folder is a page's own name; forms of one page are marked with fewer
(``amp``, ``print``, ``page/2``, ``comments``, ``index.html``), and with no number of four digits."""

_COLUMNS = "record_id, address, page, run_id, version, story_id, signature, id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue knows of a record. ``signature`` is packed.

    ``address`` is what ``address_of`` gives, ``page`` what ``page_of`` gives. ``order`` is the place of the record
    among all that came; one that waits has none yet, unless it takes the place of another.
    """

    record_id: str
    address: str
    page: str
    run_id: str
    version: int = 1
    story_id: str | None = None
    signature: bytes | None = None
    order: int | None = None


def address_of(url: str, canonical_url: str | None) -> str:
    """Return the address whose changes are versions of one article, or nothing for a page without one.

    The canonical one, unless it is a site's front page or a folder high above the page: some sites name that as the
    canonical address of each of their pages, and all of their articles would be versions of one another. A file's name
    is no address: another article may be saved under it tomorrow.
    """
    if canonical_url and _names_a_page(canonical_url) and not _is_above(canonical_url, url):
        return canonical_url
    return url if url.startswith(("http://", "https://")) else ""


def _names_a_page(address: str) -> bool:
    """Tell whether an address is that of more than a site's front page; False for ``http://[bad/``."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _is_above(canonical: str, url: str) -> bool:
    """Tell whether an address is the section in whose folder a page lies, and not the page less ``/amp`` or ``/2``."""
    try:
        above, own = urlsplit(canonical), urlsplit(url)
    except ValueError:
        return False
    folder = above.path.rstrip("/") + "/"
    if above.query or not own.path.startswith(folder):
        return False
    rest = own.path[len(folder) :].strip("/")
    return len(rest) >= _OWN_NAME or re.search(r"\d{4}", rest) is not None


def page_of(url: str, raw_sha256: str) -> str:
    """Return a key of the page itself: the same for the same bytes from the same place, however they are cleaned."""
    return hashlib.blake2b(f"{url}\n{raw_sha256}".encode(errors="replace"), digest_size=12).hexdigest()


class Catalogue:
    """One connection to the catalogue, with the records that wait for their commit on top."""

    def __init__(self, path: Path) -> None:
        self._base = open_state(path)
        try:
            self._make_tables()
        except BaseException:
            self._base.close()
            raise
        self._waiting: dict[str, Entry] = {}
        self._arrival: dict[str, int] = {}
        self._dropped: set[int] = set()
        self._waiting_address: dict[str, list[Entry]] = {}
        self._waiting_bands: dict[int, list[Entry]] = {}

    def close(self) -> None:
        """Close the connection; waiting records are forgotten."""
        self.forget()
        self._base.close()

    @property
    def base(self) -> sqlite3.Connection:
        """Return the connection, for a look at the file as a whole."""
        return self._base

    def known(self, record_id: str) -> bool:
        """Tell whether the record is stored or waits to be."""
        query = "SELECT 1 FROM catalogue_records WHERE record_id = ?"
        return record_id in self._waiting or self._base.execute(query, (record_id,)).fetchone() is not None

    def entry(self, record_id: str) -> Entry | None:
        """Return what is known of a waiting or stored record."""
        return self._waiting.get(record_id) or self._first("record_id = ?", record_id)

    def from_page(self, page: str) -> Entry | None:
        """Return the stored record that was made of the same page (see ``page_of``), the newest of several."""
        return self._first("page = ? ORDER BY id DESC", page)

    def latest(self, address: str, below: int = 2**31) -> Entry | None:
        """Return the newest version, under ``below``, of the article at an address (see ``address_of``)."""
        if not address:
            return None
        stored = self._first("address = ? AND version < ? ORDER BY version DESC, id DESC", address, below)
        waiting = [one for one in self._waiting_address.get(address, ()) if one.version < below]
        return max([*([stored] if stored else []), *waiting], key=lambda one: one.version, default=None)

    def nearest(self, signature: Sequence[int]) -> str | None:
        """Return the id of the record whose text is most like the signature's, None below ``nearest.THRESHOLD``."""
        found = self.nearest_entry(nearest.pack(signature))
        return found.record_id if found else None

    def nearest_entry(self, packed: bytes, before: int | None = None) -> Entry | None:
        """Return the most similar record, the first of equals; with ``before`` only among those of a lower order.

        A record that is made again must not be told to repeat one that came after it, and repeats it.
        """
        best, found = nearest.THRESHOLD, None
        for candidate in self._candidates(nearest.band_keys(packed)):
            if before is not None and (candidate.order is None or candidate.order >= before):
                continue
            share = nearest.similarity(packed, candidate.signature or b"")
            if share > best or (share == best and found is None):
                best, found = share, candidate
        return found

    def remember(self, entry: Entry) -> None:
        """Let a record wait for its commit; from here on it is known and can be found as the nearest.

        With an ``order``, the stored record of that order is as good as gone.
        """
        if entry.order is not None:
            self._dropped.add(entry.order)
        self._waiting[entry.record_id] = entry
        self._arrival[entry.record_id] = len(self._arrival)
        self._waiting_address.setdefault(entry.address, []).append(entry)
        if entry.signature:
            for key in nearest.band_keys(entry.signature):
                self._waiting_bands.setdefault(key, []).append(entry)

    def drop(self, entry: Entry) -> None:
        """Treat a stored record as gone, which the next commit lets go."""
        if entry.order is not None:
            self._dropped.add(entry.order)

    def lose(self, paths: Iterable[str]) -> None:
        """Forget stored files, each with its records; which they were is noted, to tell when all are stored again."""
        with transaction(self._base):
            for path in paths:
                self._base.execute(
                    "INSERT INTO catalogue_lost SELECT path, record_id, page FROM catalogue_records "
                    "JOIN catalogue_files ON catalogue_files.id = file WHERE path = ?",
                    (path,),
                )
                self._retire(path)

    def waiting(self) -> list[Entry]:
        """Return the records that wait, in the order in which they came."""
        return list(self._waiting.values())

    def forget(self) -> None:
        """Drop the waiting records."""
        self._waiting.clear()
        self._arrival.clear()
        self._dropped.clear()
        self._waiting_address.clear()
        self._waiting_bands.clear()

    def record(self, manifest: Manifest, paths: Mapping[str, str], entries: Iterable[Entry] | None = None) -> None:
        """Store a commit: its entries (by default those that wait), and for each record of ``paths`` its file.

        ``paths`` also names the records that moved here from files which the manifest retires; those that did not
        move were replaced, and go.
        """
        with transaction(self._base):
            self._enter(paths, self._waiting.values() if entries is None else entries)
            for path in manifest.retired:
                self._retire(path)
            self._base.execute(
                "INSERT INTO catalogue_commits VALUES (?, ?, ?)", (manifest.name, manifest.sequence, manifest.schema)
            )
        self.forget()

    def enter(self, path: str, entries: Sequence[Entry]) -> None:
        """Store the records of a file whose commit is catalogued already."""
        with transaction(self._base):
            self._base.execute("DELETE FROM catalogue_lost WHERE path = ?", (path,))
            self._enter({one.record_id: path for one in entries}, entries)

    def commits(self) -> dict[str, int]:
        """Return the catalogued manifests: file name to sequence number."""
        return dict(self._base.execute("SELECT name, sequence FROM catalogue_commits"))

    def forget_commits(self, names: Iterable[str]) -> None:
        """Forget catalogued manifests, but not their files."""
        with transaction(self._base):
            self._base.executemany("DELETE FROM catalogue_commits WHERE name = ?", ((name,) for name in names))

    def lost(self) -> set[str]:
        """Return the paths that ``lose`` was told of and that have not come back."""
        return {path for (path,) in self._base.execute("SELECT DISTINCT path FROM catalogue_lost")}

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

    def _make_tables(self) -> None:
        """Create the tables; tables of another format go first, and ``recovery.recover`` fills the new ones."""
        self._base.executescript(_TABLES)
        numbers = [number for (number,) in self._base.execute("SELECT number FROM catalogue_format")]
        if numbers != [_FORMAT]:
            for name in ("format", "commits", "files", "records", "bands"):
                self._base.execute(f"DROP TABLE catalogue_{name}")
            self._base.executescript(_TABLES)
            self._base.execute("INSERT INTO catalogue_format VALUES (?)", (_FORMAT,))

    def _enter(self, paths: Mapping[str, str], entries: Iterable[Entry]) -> None:
        """Store entries, and for each record of ``paths`` its file."""
        for entry in entries:
            self._store(entry)
        files = {path: self._file(path) for path in sorted(set(paths.values()))}
        self._base.executemany(
            "UPDATE catalogue_records SET file = ? WHERE record_id = ?",
            ((files[path], record_id) for record_id, path in paths.items()),
        )

    def _retire(self, path: str) -> None:
        """Forget a file, with the records that are still said to be in it."""
        row = self._base.execute("SELECT id FROM catalogue_files WHERE path = ?", (path,)).fetchone()
        if row:
            self._base.execute(
                "DELETE FROM catalogue_bands WHERE record IN (SELECT id FROM catalogue_records WHERE file = ?)", row
            )
            self._base.execute("DELETE FROM catalogue_records WHERE file = ?", row)
            self._base.execute("DELETE FROM catalogue_files WHERE id = ?", row)

    def _candidates(self, keys: Sequence[int]) -> list[Entry]:
        """Return stored, then waiting records that share a band, in the order in which they came."""
        marks = ",".join("?" * len(keys))
        query = (
            f"SELECT {_COLUMNS} FROM catalogue_records WHERE id IN (SELECT DISTINCT record FROM catalogue_bands "  # noqa: S608
            f"WHERE band IN ({marks}) ORDER BY record LIMIT {nearest.CANDIDATES}) ORDER BY id"
        )
        stored = [_entry(row) for row in self._base.execute(query, tuple(keys))]
        waiting = {one.record_id: one for key in keys for one in self._waiting_bands.get(key, ())}
        order = sorted(waiting, key=self._arrival.__getitem__)[: nearest.CANDIDATES]
        return [one for one in stored if one.order not in self._dropped] + [waiting[one] for one in order]

    def _first(self, condition: str, *values: str | int) -> Entry | None:
        """Return the first stored record under an SQL condition that nothing has taken the place of."""
        rows = self._base.execute(f"SELECT {_COLUMNS} FROM catalogue_records WHERE {condition}", values)  # noqa: S608
        return next((entry for entry in map(_entry, rows) if entry.order not in self._dropped), None)

    def _store(self, entry: Entry) -> None:
        """Insert the entry, in the place of the one with its order or its record id."""
        query = "SELECT id FROM catalogue_records WHERE record_id = ? OR id = ?"
        former = self._base.execute(query, (entry.record_id, entry.order)).fetchall()
        self._base.executemany("DELETE FROM catalogue_bands WHERE record = ?", former)
        self._base.executemany("DELETE FROM catalogue_records WHERE id = ?", former)
        record = self._base.execute(
            "INSERT INTO catalogue_records VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
            (
                min(former)[0] if former else None,
                entry.record_id,
                entry.address,
                entry.page,
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


def _entry(row: tuple[str, str, str, str, int, str | None, bytes | None, int]) -> Entry:
    """Return the entry that a row of ``_COLUMNS`` describes."""
    names = ("record_id", "address", "page", "run_id", "version", "story_id", "signature", "order")
    return Entry(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
