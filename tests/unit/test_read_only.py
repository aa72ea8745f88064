"""Looking into an SQLite file changes nothing beside it, and what this user may not see is no damage."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pipelines.read_only import is_denied, open_read_only


def made(path: Path, rows: int = 3) -> Path:
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("CREATE TABLE t (n INTEGER)")
    base.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(rows)])
    base.close()
    return path


def test_a_reader_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    base = open_read_only(made(tmp_path / "a b%20c?.sqlite"))
    assert base.execute("SELECT count(*) FROM t").fetchone() == (3,)
    assert [each.name for each in tmp_path.iterdir()] == ["a b%20c?.sqlite"]
    with pytest.raises(sqlite3.OperationalError) as caught:
        base.execute("DELETE FROM t")
    assert is_denied(caught.value)
    base.close()


def test_what_is_being_written_is_read_with_its_log(tmp_path: Path) -> None:
    path = made(tmp_path / "m.sqlite")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("INSERT INTO t VALUES (9)")
    base = open_read_only(path)
    assert base.execute("SELECT count(*) FROM t").fetchone() == (4,)
    base.close()
    writer.close()


def test_a_file_that_is_not_there_is_not_made_and_damage_is_damage(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        open_read_only(tmp_path / "none.sqlite").execute("SELECT 1 FROM t")
    assert is_denied(caught.value) and not list(tmp_path.iterdir())
    (tmp_path / "bad.sqlite").write_bytes(b"no database at all, but long enough to be looked into" * 40)
    with pytest.raises(sqlite3.DatabaseError) as caught_bad:
        open_read_only(tmp_path / "bad.sqlite").execute("SELECT 1 FROM t")
    assert not is_denied(caught_bad.value)
