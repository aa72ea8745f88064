"""What a crawl's memory takes out of a damaged ``state.sqlite`` that was set aside: whatever can still be read.

Addresses found and seen, and the figures of earlier runs. Not the lists with their validators: a feed that answers
304 would never name again what is lost here, so all lists are read anew.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from crawler import links
from pipelines.store.damage import what_was_set_aside
from pipelines.store.durable import transaction

logger = logging.getLogger(__name__)

_KINDS: dict[str, tuple[type, ...]] = {"TEXT": (str,), "REAL": (float, int), "INTEGER": (int,)}
_STATES = ("new", "seen", "gone")


def _is_page(key: str, url: str, _source: str, state: str, *_: Any) -> bool:
    """Tell whether a row of ``crawl_pages`` holds an address under its own key."""
    return state in _STATES and links.key(url) == key


def _is_run(*row: Any) -> bool:
    """Tell whether a row of ``crawl_runs`` ends in an object of figures."""
    try:
        return isinstance(json.loads(row[-1]), dict)
    except (ValueError, RecursionError):
        return False


_TABLES: dict[str, tuple[str, Callable[..., bool]]] = {
    "crawl_pages": ("key", _is_page),
    "crawl_runs": ("source, started, run_id", _is_run),
}
"""Each table with what it is ordered by, and what tells that a row of the right types is whole."""


def rescue(root: Path, base: sqlite3.Connection) -> None:
    """Copy what can be read from files that were set aside since the last crawl, into tables that are there."""
    with what_was_set_aside(root, base) as files:
        for path in files:
            # Immutable: read without the helper files that would stay beside it; not where it has a journal.
            how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)) as damaged:
                kept = {table: _copy(damaged, base, table) for table in _TABLES}
            logger.warning("%s: %d addresses of it are known again", path, kept["crawl_pages"])


def _copy(damaged: sqlite3.Connection, base: sqlite3.Connection, table: str) -> int:
    """Copy the rows of a table that are whole; return how many."""
    columns = base.execute(f"PRAGMA table_info({table})").fetchall()
    kinds = [(*_KINDS[kind], *(() if needed else (type(None),))) for _, _, kind, needed, *_ in columns]
    names = ", ".join(name for _, name, *_ in columns)
    marks = ", ".join("?" * len(columns))
    before = base.total_changes
    with transaction(base):
        rows = (row for row in _rows(damaged, names, table) if _is_whole(row, kinds, table))
        base.executemany(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608
    return base.total_changes - before


def _rows(damaged: sqlite3.Connection, names: str, table: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows from the first up to the damage, then from the last back to it."""
    for order in ("", " DESC"):
        by = ", ".join(f"{key}{order}" for key in _TABLES[table][0].split(", "))
        try:
            yield from damaged.execute(f"SELECT {names} FROM {table} ORDER BY {by}")  # noqa: S608
            return
        except sqlite3.DatabaseError:
            continue


def _is_whole(row: tuple[Any, ...], kinds: list[tuple[type, ...]], table: str) -> bool:
    """Tell whether each value is what its column holds, and they go together: the rest was overwritten."""
    if not all(isinstance(value, kind) for value, kind in zip(row, kinds, strict=True)):
        return False
    return all(value.isprintable() for value in row if isinstance(value, str)) and _TABLES[table][1](*row)
