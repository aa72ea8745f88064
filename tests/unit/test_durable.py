"""What is written to ``state.sqlite`` within a transaction is there as a whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.store.durable import open_state, transaction


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    one = open_state(tmp_path / "new" / "state.sqlite")
    one.execute("CREATE TABLE pages (name TEXT)")
    yield one
    one.close()


def names(base: sqlite3.Connection) -> list[str]:
    return [name for (name,) in base.execute("SELECT name FROM pages ORDER BY name")]


def test_what_ends_well_is_there_for_another_connection(base: sqlite3.Connection, tmp_path: Path) -> None:
    with transaction(base):
        base.execute("INSERT INTO pages VALUES ('a'), ('b')")
    other = open_state(tmp_path / "new" / "state.sqlite")
    assert names(other) == ["a", "b"]
    other.close()


def test_what_fails_midway_leaves_nothing_and_the_next_may_begin(base: sqlite3.Connection) -> None:
    with pytest.raises(KeyError), transaction(base):
        base.execute("INSERT INTO pages VALUES ('a')")
        raise KeyError
    with transaction(base):
        base.execute("INSERT INTO pages VALUES ('b')")
    assert names(base) == ["b"]


def test_a_full_disk_is_the_error_that_is_told_and_the_next_may_begin(base: sqlite3.Connection) -> None:
    base.execute("PRAGMA max_page_count = 4")
    with pytest.raises(sqlite3.OperationalError, match="full"), transaction(base):
        base.executemany("INSERT INTO pages VALUES (?)", [("x" * 4_000,)] * 20)
    base.execute("PRAGMA max_page_count = 400")
    with transaction(base):
        base.execute("INSERT INTO pages VALUES ('b')")
    assert names(base) == ["b"]
