"""Which source of the file an address belongs to: a part of a crawl's memory (``crawler.state``)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from crawler.sources import Source
from pipelines.store.durable import transaction

_WHOLE_FILE = ""
"""What stands in ``crawl_sources`` for all sources together; no source has such a name."""


class Owners:
    """The sources, as the file has them and as the last run had; the owner of these opens the memory."""

    _base: sqlite3.Connection
    _file: dict[str, Source]
    elsewhere: Counter[str]
    """Of what the lists of each source named, the addresses that belong to another source, which takes them too."""

    def adopt(self, sources: Sequence[Source]) -> None:
        """Give each address that its own source does not take any more to another of the file: see ``_owner``.

        So a source can be renamed or split, and nothing that waits is lost; all that will be fetched again are looked
        through whenever the file has changed. Articles only: with the validators of another source, lists would not
        name what only the new one takes.
        """
        self._file = {one.name: one for one in sources}
        takes = hashlib.sha256(json.dumps([(one.name, one.what_it_takes()) for one in sources]).encode()).hexdigest()
        with transaction(self._base):
            if self._takes(_WHOLE_FILE) == takes:
                return
            rows = self._base.execute(
                "SELECT key, url, source FROM crawl_pages WHERE state = 'new' OR next IS NOT NULL "
                "OR source NOT IN (SELECT value FROM json_each(?))",
                (json.dumps(list(self._file)),),
            )
            owners = ((_owner(sources, self._file.get(row["source"]), row["url"]), row) for row in rows)
            moved = [(one.name, row["key"]) for one, row in owners if one is not None and one.name != row["source"]]
            self._base.executemany("UPDATE crawl_pages SET source = ? WHERE key = ?", moved)
            self._base.execute("INSERT OR REPLACE INTO crawl_sources VALUES (?, ?)", (_WHOLE_FILE, takes))

    def begin(self, source: Source) -> None:
        """Forget a source's lists, with their validators, when the file lets something else through than before.

        A feed that answers 304 would never name again what is taken only now, and a sitemap that left the file would
        be read for ever, with all those it named.
        """
        takes = source.what_it_takes()
        with transaction(self._base):
            if self._takes(source.name) != takes:
                self._base.execute("DELETE FROM crawl_resources WHERE source = ?", (source.name,))
                self._base.execute("INSERT OR REPLACE INTO crawl_sources VALUES (?, ?)", (source.name, takes))

    def is_anothers(self, row: sqlite3.Row, source: Source) -> bool:
        """Tell whether a row of ``crawl_pages`` belongs to another source of the file, which takes it."""
        owner = self._file.get(row["source"])
        return owner is not None and owner.name != source.name and owner.takes(row["url"])

    def hand_over(self, row: sqlite3.Row, source: Source, url: str) -> bool:
        """Give an address to the source whose list names it, if its own does not take it; call it in a transaction."""
        if row["source"] == source.name or self.is_anothers(row, source) or not source.takes(url):
            return False
        url = row["url"] if source.takes(row["url"]) else url
        query = "UPDATE crawl_pages SET source = ?, url = ? WHERE key = ?"
        self._base.execute(query, (source.name, url, row["key"]))
        return True

    def _takes(self, name: str) -> str | None:
        row = self._base.execute("SELECT takes FROM crawl_sources WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row["takes"])


def _owner(sources: Sequence[Source], own: Source | None, url: str) -> Source | None:
    """Return the source that an address belongs to: its own while that takes it.

    Else the first that takes it; where its own is still there, only one whose ``allow`` speaks for it. What a person
    denies to one source is not meant for another of that host which has no patterns at all.
    """
    if own is not None and own.takes(url):
        return own
    return next((one for one in sources if (own is None or one.allow) and one.takes(url)), None)
