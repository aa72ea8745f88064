"""What a crawl remembers of feeds, sitemaps and section pages: a part of its memory (``crawler.state``)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from w3lib.url import safe_url_string

from crawler.sources import Source
from pipelines.store.durable import transaction

_DOUBTED = 8
"""Of so many answers that a list is unchanged one is to a question for the whole list; by the pauses between them the
first of these comes within about two days, at one run an hour."""
MAX_SECTIONS = 1000
"""Section pages that are remembered of a source; a calendar, or links that carry the time, name new ones for ever."""
_TABLE = """CREATE TABLE crawl_resources (
  source TEXT NOT NULL, url TEXT NOT NULL, role TEXT NOT NULL, depth INTEGER NOT NULL, found REAL NOT NULL,
  etag TEXT, modified TEXT, body_sha256 TEXT, asked REAL, next REAL, quiet INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, url)) WITHOUT ROWID"""
"""By source and address: that a list is unchanged since one source read it says nothing of what another takes of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask again with, and the hash of the body it belonged to."""

    etag: str | None = None
    modified: str | None = None
    body_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A page that names articles: ``role`` is feed, sitemap or section, ``depth`` the steps it lies from a start.

    However its address is written (in Chinese or in capitals, with brackets or spaces), it is kept as a request spells
    it: what is remembered under one spelling is not found under another.
    """

    url: str
    role: str
    depth: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", safe_url_string(self.url))


def make_table(base: sqlite3.Connection) -> None:
    """Make the table of lists; another, of an earlier version, goes: lists can always be read anew."""
    made = base.execute("SELECT sql FROM sqlite_schema WHERE name = 'crawl_resources'").fetchone()
    if made is not None and made["sql"] == _TABLE:
        return
    with transaction(base):
        base.execute("DROP TABLE IF EXISTS crawl_resources")
        base.execute(_TABLE)


class ListMemory:
    """The table of lists; its owner opens the file and makes the tables."""

    _base: sqlite3.Connection

    def resource(self, source: Source, url: str) -> tuple[Validators, float]:
        """Return a feed's, sitemap's or section page's validators, and when it may be asked again (0: at once).

        One that had nothing new so often in a row is asked for the whole of it: some servers say so whatever happens.
        """
        row = self._row(source, url)
        if row is None:
            return Validators(), 0.0
        known = validators_of(row)
        if row["quiet"] % _DOUBTED == _DOUBTED - 1:
            known = Validators(body_sha256=known.body_sha256)
        return known, row["next"] or 0.0

    def resources(self, source: Source, now: float) -> list[Resource]:
        """Return the feeds, sitemaps and sections of a source that may be asked now, the longest unasked first.

        One that was never asked counts from when it was found, in the order it was named. One that had nothing new
        the last times comes up to three days later than another asked with it (its own pause is a day at most): where
        there are more than a run reads, those in which something happens are read the more often.
        """
        rows = self._base.execute(
            "SELECT url, role, depth FROM crawl_resources WHERE source = ? AND (next IS NULL OR next <= ?) "
            "ORDER BY coalesce(asked + 86400.0 * min(quiet, 3), found)",
            (source.name, now),
        )
        return [Resource(url=row["url"], role=row["role"], depth=row["depth"]) for row in rows]

    def forget_resource(self, source: Source, url: str) -> None:
        """Forget a resource that is gone."""
        with transaction(self._base):
            self._base.execute("DELETE FROM crawl_resources WHERE source = ? AND url = ?", (source.name, url))

    def resource_unread(self, source: Source, resource: Resource, now: float) -> None:
        """Note that a resource was asked in vain; it has had its turn, or what fails would come first for ever."""
        row = (source.name, resource.url, resource.role, resource.depth, now, now)
        with transaction(self._base):
            self._base.execute(
                "INSERT INTO crawl_resources (source, url, role, depth, found, asked) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (source, url) DO UPDATE SET asked = excluded.asked",
                row,
            )

    def resource_unchanged(self, source: Source, url: str, now: float) -> None:
        """Note that a resource has nothing new; after three times in a row it is asked ever more seldom."""
        with transaction(self._base):
            row = self._row(source, url)
            quiet = int(row["quiet"]) + 1 if row else 1
            self._base.execute(
                "UPDATE crawl_resources SET quiet = ?, next = ?, asked = ? WHERE source = ? AND url = ?",
                (quiet, now + _pause(source, quiet), now, source.name, url),
            )

    def add_resources(self, source: Source, found: Iterable[Resource], now: float) -> int:
        """Write down further lists, and forget the quietest sections where they are too many; return how many came.

        Call it and ``remember`` within a transaction: what names a list and the list itself go together.
        """
        rows = [
            (source.name, one.url, one.role, one.depth, now + number * 1e-6)  # keeps the order of an index
            for number, one in enumerate(found)
        ]
        self._base.executemany(
            "INSERT OR IGNORE INTO crawl_resources (source, url, role, depth, found) VALUES (?, ?, ?, ?, ?)", rows
        )
        if rows:
            self._base.execute(
                "DELETE FROM crawl_resources WHERE source = ?1 AND url IN (SELECT url FROM crawl_resources WHERE "
                "source = ?1 AND role = 'section' "
                "ORDER BY depth > 0, quiet, asked IS NOT NULL, asked DESC LIMIT -1 OFFSET ?2)",
                (source.name, MAX_SECTIONS),
            )
        return len(rows)

    def remember(self, source: Source, resource: Resource, new: Validators, now: float, *, barren: bool) -> None:
        """Keep the validators of a list that was read; a barren one, which named nothing, counts as quiet."""
        row = self._row(source, resource.url)
        quiet = int(row["quiet"]) + 1 if barren and row else int(barren)
        again = now + _pause(source, quiet) if barren else None
        known = (source.name, resource.url, resource.role, resource.depth, now, new.etag, new.modified, new.body_sha256)
        self._base.execute(
            "INSERT OR REPLACE INTO crawl_resources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*known, now, again, quiet),
        )

    def _row(self, source: Source, url: str) -> sqlite3.Row | None:
        query = "SELECT * FROM crawl_resources WHERE source = ? AND url = ?"
        row: sqlite3.Row | None = self._base.execute(query, (source.name, url)).fetchone()
        return row


def _pause(source: Source, quiet: int) -> float:
    """Return the seconds until a list is asked again that had nothing so many times in a row."""
    pause = 0.0 if quiet < 3 else source.revisit_min_minutes * 60 * 2.0 ** min(quiet - 3, 20)
    return 0.9 * min(pause, source.revisit_max_hours * 3600, 86_400)


def validators_of(row: sqlite3.Row) -> Validators:
    """Return the validators in a row of either table."""
    return Validators(etag=row["etag"], modified=row["modified"], body_sha256=row["body_sha256"])
