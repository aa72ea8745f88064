"""What a crawl remembers between runs: addresses found and seen, validators, content hashes, how often each changes.

Its tables stand in ``state.sqlite`` beside the catalogue's. An address found is written down at once, together with
the validators of the feed that named it, so that nothing a feed said is lost; it becomes *seen* only after the row of
its page is committed, so that a crash fetches again rather than loses. Methods block: call them from one thread.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler import links, times
from crawler.discovery import Candidate
from crawler.owners import Owners
from crawler.remembered import ListMemory, make_table, validators_of
from crawler.remembered import Resource as Resource
from crawler.remembered import Validators as Validators
from crawler.rescue import rescue
from crawler.sources import Source
from pipelines.store.durable import open_state, transaction

MAX_NEW = 100_000
"""Addresses of one source that may wait; a site that names more is a trap, or wants its patterns narrowed."""
MAX_TRIES = 5
"""Failed runs after which an address is given up; at one run an hour, with the pauses below, that is about two days."""

EXCUSED = 7 * 86_400.0
"""Seconds after an article was found in which failures of its whole site are not counted against it."""

_TABLES = """
CREATE TABLE IF NOT EXISTS crawl_pages (
  key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, announced REAL,
  found REAL NOT NULL, fetched REAL, changed REAL, next REAL, etag TEXT, modified TEXT, body_sha256 TEXT,
  tries INTEGER NOT NULL DEFAULT 0, checks INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS crawl_pages_due ON crawl_pages (source, state, next);
CREATE TABLE IF NOT EXISTS crawl_runs (
  run_id TEXT NOT NULL, source TEXT NOT NULL, started REAL NOT NULL, figures TEXT NOT NULL,
  PRIMARY KEY (source, started, run_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS crawl_sources (name TEXT PRIMARY KEY, takes TEXT NOT NULL) WITHOUT ROWID;
"""
_UNDATED = 96 * 3600.0
"""Seconds: an address without a date ranks like one four days old when it was found. Dated news comes first, but what
never has a date (section pages, most sitemaps) still comes before old articles; where its address names a day or month
further back, that is its rank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An article address to fetch now. ``at`` is when it was written or changed, in seconds since 1970."""

    key: str
    url: str
    at: float | None
    validators: Validators
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page whose outcome is committed: what to remember of it."""

    key: str
    fetched: float
    validators: Validators
    same: bool = False
    """Its record was stored before: the bytes differ, a counter in them say, but not the article."""


class State(ListMemory, Owners):
    """The crawl's tables in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._base = open_state(path)
        self._base.row_factory = sqlite3.Row
        self._base.create_function("latest", 1, times.latest_by_address, deterministic=True)
        self._base.executescript(_TABLES)
        make_table(self._base)
        rescue(path.parent, self._base)
        self._factors: dict[str, float] = {}
        self._file = {}
        self.elsewhere = Counter()

    def close(self) -> None:
        """Close the connection."""
        self._base.close()

    def discover(
        self,
        source: Source,
        candidates: Iterable[Candidate],
        now: float,
        *,
        resource: Resource | None = None,
        validators: Validators | None = None,
        children: Iterable[Resource] = (),
        revive: bool = False,
    ) -> list[Due]:
        """Write candidates down and return those to fetch: new ones, and known ones said to have changed since.

        ``due`` returns them too, until they are settled, so that none is lost when a run ends before its turn.

        With ``resource``, the validators of the feed, sitemap or page that named them are kept in the same
        transaction, and so are the further resources it names: were they kept first, a crash would leave a feed that
        answers 304 and articles nobody knows. ``revive`` takes up again what was given up: the full page of a twin.
        """
        due = []
        with transaction(self._base):
            query = "SELECT count(*) FROM crawl_pages WHERE source = ? AND state = 'new'"
            free = MAX_NEW - int(self._base.execute(query, (source.name,)).fetchone()[0])
            oldest = now - source.max_age_days * 86_400 if source.max_age_days else 0.0
            number = -1
            for number, candidate in enumerate(candidates):
                at = candidate.at.timestamp() if candidate.at else None
                # What dates all that it names alike dates nothing: there too the address knows better.
                told = times.latest_by_folders(candidate.url) if at is None or candidate.dated_with_all else None
                written = at if told is None else told
                if written is not None and written < oldest:
                    continue
                key = links.key(candidate.url)
                row = self._page(key)
                if row is not None:
                    due += self._known(source, candidate, row, at, now, revive=revive)
                    self.elsewhere[source.name] += resource is not None and self.is_anothers(row, source)
                elif free > 0:
                    free -= 1
                    self._base.execute(
                        "INSERT INTO crawl_pages (key, url, source, state, announced, found) "
                        "VALUES (?, ?, ?, 'new', ?, ?)",
                        (key, candidate.url, source.name, at, now - number * 1e-6),  # keeps the order of a page
                    )
                    due.append(Due(key=key, url=candidate.url, at=at, validators=Validators(), seen=False))
            parts = self.add_resources(source, children, now)
            if resource is not None:
                barren = resource.role == "section" and resource.depth > 0 and not parts and number < 0
                self.remember(source, resource, validators or Validators(), now, barren=barren)
        return due

    def _known(
        self, source: Source, candidate: Candidate, row: sqlite3.Row, at: float | None, now: float, *, revive: bool
    ) -> list[Due]:
        """Return a known address if there is something new of it to fetch, for the source that asks at least.

        To that it goes when its own source has left the file, or does not take it any more.
        """
        key = row["key"]
        if handed := self.hand_over(row, source, candidate.url):
            row = self._page(key) or row
        if revive and row["state"] == "gone":
            query = "UPDATE crawl_pages SET state = 'new', next = NULL, url = ? WHERE key = ?"
            self._base.execute(query, (candidate.url, key))
            return [Due(key=key, url=candidate.url, at=at, validators=Validators(), seen=False)]
        if not candidate.dated_with_all and _news(row, at):
            query = "UPDATE crawl_pages SET announced = ?, next = ?, state = iif(state = 'gone', 'new', state) "
            self._base.execute(query + "WHERE key = ?", (at, now, key))
            return [_due(row, at)]
        waits = handed and row["state"] == "new" and (row["next"] or 0.0) <= now
        return [_due(row, row["announced"])] if waits else []

    def due(self, source: Source, now: float, limit: int) -> list[Due]:
        """Return what is to be fetched: new addresses, newest first, then known articles whose time has come.

        What the source does not want any more is passed over; it waits for the day its patterns let it through.
        """
        rows = self._base.execute(
            "SELECT * FROM crawl_pages WHERE source = ? AND ((state = 'new' AND (next IS NULL OR next <= ?)) "
            "OR (state = 'seen' AND next <= ?)) "
            "ORDER BY state = 'seen', coalesce(announced, min(found - ?, coalesce(latest(url), found))) DESC, "
            "found DESC",
            (source.name, now, now, _UNDATED),
        )
        wanted = (_due(row, row["announced"]) for row in rows if source.takes(row["url"]))
        return list(itertools.islice(wanted, limit))

    def holds(self, key: str) -> bool:
        """Tell whether an identity is known as an article's, and not given up."""
        row = self._base.execute("SELECT state FROM crawl_pages WHERE key = ?", (key,)).fetchone()
        return row is not None and row["state"] != "gone"

    def settle(self, pages: Sequence[tuple[Source, Fetched]]) -> None:
        """Call pages seen, now that what came of them is committed."""
        with transaction(self._base):
            for source, page in pages:
                row = self._page(page.key)
                if row is None:
                    continue
                changed = (row["changed"] if page.same else None) or page.fetched
                again = self._next(source, row, changed=changed, now=page.fetched)
                new = page.validators
                self._base.execute(
                    "UPDATE crawl_pages SET state = 'seen', fetched = ?, changed = ?, next = ?, etag = ?, "
                    "modified = ?, body_sha256 = ?, tries = 0, checks = checks + (state = 'seen'), "
                    "changes = changes + (state = 'seen' AND NOT ?) WHERE key = ?",
                    (page.fetched, changed, again, new.etag, new.modified, new.body_sha256, page.same, page.key),
                )

    def unchanged(self, source: Source, key: str, now: float, validators: Validators | None = None) -> None:
        """Note that a known article is still the same; ``validators`` if the server gave new ones for it.

        It was stored before, whatever has been thought of it since: one that was gone for a run is seen again.
        """
        with transaction(self._base):
            row = self._page(key)
            if row is not None:
                again = self._next(source, row, changed=row["changed"] or now, now=now)
                self._base.execute(
                    "UPDATE crawl_pages SET state = 'seen', fetched = ?, next = ?, tries = 0, checks = checks + 1 "
                    "WHERE key = ?",
                    (now, again, key),
                )
                if validators is not None:
                    self._base.execute(
                        "UPDATE crawl_pages SET etag = ?, modified = ? WHERE key = ?",
                        (validators.etag, validators.modified, key),
                    )

    def failed(self, key: str, now: float, *, gone: bool = False, excused: bool = False) -> None:
        """Note a failed fetch: try again later, ever more seldom; give up after MAX_TRIES or when it is gone.

        ``excused`` is one where the whole site failed: for a week it does not count, so that a site that is down or
        blocks the crawl for a day loses nothing.
        """
        with transaction(self._base):
            row = self._base.execute("SELECT tries, found FROM crawl_pages WHERE key = ?", (key,)).fetchone()
            if row is not None:
                counts = not excused or now - row["found"] > EXCUSED
                tries = int(row["tries"]) + counts
                over = gone or tries >= MAX_TRIES
                self._base.execute(
                    "UPDATE crawl_pages SET tries = ?, state = CASE WHEN ? THEN 'gone' ELSE state END, next = ? "
                    "WHERE key = ?",
                    (tries, over, None if over else now + 1800 * 3 ** max(tries - 1, 0), key),
                )

    def add_run(self, run_id: str, source: str, started: float, figures: str) -> None:
        """Keep a run's figures (JSON) of one source."""
        with transaction(self._base):
            self._base.execute(
                "INSERT OR REPLACE INTO crawl_runs VALUES (?, ?, ?, ?)", (run_id, source, started, figures)
            )

    def runs(self, source: str, limit: int = 30) -> list[str]:
        """Return the figures of a source's last runs, newest first."""
        query = "SELECT figures FROM crawl_runs WHERE source = ? ORDER BY started DESC LIMIT ?"
        return [row["figures"] for row in self._base.execute(query, (source, limit))]

    def fruitful(self, source: str, limit: int = 500) -> list[float]:
        """Return when the last runs that brought new articles began, newest first."""
        query = "SELECT started FROM crawl_runs WHERE source = ? AND json_extract(figures, '$.articles') > 0"
        return [row[0] for row in self._base.execute(query + " ORDER BY started DESC LIMIT ?", (source, limit))]

    def _page(self, key: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._base.execute("SELECT * FROM crawl_pages WHERE key = ?", (key,)).fetchone()
        return row

    def counts(self, source: str) -> dict[str, int]:
        """Return how many addresses of a source stand in each state."""
        query = "SELECT state, count(*) FROM crawl_pages WHERE source = ? GROUP BY state"
        return {row[0]: row[1] for row in self._base.execute(query, (source,))}

    def _next(self, source: Source, row: sqlite3.Row, *, changed: float, now: float) -> float | None:
        """Return when to ask again: after half the time it has stayed the same, within the source's two bounds.

        The wait is halved for a source whose checks often (a fifth) find a change, doubled where fewer than one in
        fifty does; None when the article is older than ``revisit_days``.
        """
        if now - (row["announced"] or row["found"]) > source.revisit_days * 86_400:
            return None
        factor = self._factors.get(source.name)
        if factor is None:
            factor = self._factors[source.name] = self._pace(source.name)
        wait = max(source.revisit_min_minutes * 60, factor * 0.5 * (now - changed))
        return now + 0.9 * min(wait, source.revisit_max_hours * 3600)  # 0.9: a timer's runs are never quite on time

    def _pace(self, source: str) -> float:
        """Return the factor for a source's waits, from all checks so far; counted once a run."""
        query = "SELECT total(checks), total(changes) FROM crawl_pages WHERE source = ?"
        checks, changes = self._base.execute(query, (source,)).fetchone()
        if checks < 50:
            return 1.0
        return 0.5 if changes * 5 > checks else 2.0 if changes * 50 < checks else 1.0


def _due(row: sqlite3.Row, at: Any) -> Due:
    return Due(key=row["key"], url=row["url"], at=at, validators=validators_of(row), seen=row["state"] == "seen")


def _news(row: sqlite3.Row, at: float | None) -> bool:
    """Tell whether an announcement says more than is known: a seen or gone page that changed after it was fetched."""
    if at is None or row["state"] == "new":
        return False
    return bool(at > max(row["announced"] or 0.0, 0.0) and at > (row["fetched"] or 0.0) - 86_400)
