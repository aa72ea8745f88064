"""Damage in ``state.sqlite`` that a store meets at its start or at work: marked, set aside, made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.errors import StoreError
from pipelines.store import damage
from pipelines.store.sink import Store
from tests.store_samples import article, store


def filled(root: Path, count: int = 20) -> None:
    with store(root, "run-a") as target:
        for number in range(count):
            target.add(article(number), list(range(number, number + 128)))


def overwrite(root: Path, table: str) -> None:
    """Overwrite the first page of one table, in the very file that others may have open."""
    path = root / damage.STATE
    with closing(sqlite3.connect(path)) as base:
        page = base.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        size = base.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\x99" * size)


def aside(root: Path) -> list[Path]:
    return [path for path in root.glob(f"{damage.MARK}-*") if not path.name.endswith(("-wal", "-shm"))]


def whole(root: Path, count: int) -> bool:
    """Tell whether a run finds every record stored, and nothing to set aside."""
    before = len(aside(root))
    with store(root, "run-z") as target:
        known = [not target.add(article(number)) for number in range(count)]
    return all(known) and len(aside(root)) == before and not (root / damage.MARK).exists()


def work(target: Store, how: str) -> None:
    if how == "add":
        target.add(article(99))
    elif how == "known":
        target.known(article(5).record_id)
    elif how == "near":
        target.add(article(98), list(range(5, 133)))
    else:
        target.compact()


@pytest.mark.parametrize(
    ("table", "how"),
    [
        ("sqlite_autoindex_catalogue_records_1", "add"),
        ("sqlite_autoindex_catalogue_records_1", "known"),
        ("catalogue_bands", "near"),
        ("catalogue_files", "compact"),
    ],
)
def test_damage_met_at_work_ends_the_run_and_is_healed_by_the_next(tmp_path: Path, table: str, how: str):
    filled(tmp_path)
    target = store(tmp_path, "run-b")
    with closing(sqlite3.connect(tmp_path / damage.STATE)) as other:  # what a connection keeps of the file is dropped
        other.execute("CREATE TABLE other (x)")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(tmp_path, table)
    with pytest.raises(StoreError, match="the next run sets it aside and makes it again") as raised:
        work(target, how)
    assert raised.value.exit_code == 3 and (tmp_path / damage.MARK).exists()
    target.abandon()
    store(tmp_path, "run-c").abandon()
    assert len(aside(tmp_path)) == 1 and whole(tmp_path, 20)


@pytest.mark.parametrize("table", ["catalogue_commits", "catalogue_files", "catalogue_bands", "catalogue_format"])
def test_damage_at_the_start_is_healed_at_once(tmp_path: Path, table: str, caplog: pytest.LogCaptureFixture):
    filled(tmp_path)
    overwrite(tmp_path, table)
    store(tmp_path, "run-b").abandon()
    [record] = [one for one in caplog.records if one.levelname == "WARNING"]
    assert aside(tmp_path)[0].name in record.getMessage()
    assert whole(tmp_path, 20)


def test_a_file_cut_short_or_empty_is_healed(tmp_path: Path):
    filled(tmp_path)
    path = tmp_path / damage.STATE
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    assert not aside(tmp_path)
    store(tmp_path, "run-b").abandon()
    assert len(aside(tmp_path)) == 1 and whole(tmp_path, 20)
    path.write_bytes(b"")  # an empty file is a new one to SQLite
    assert whole(tmp_path, 20)


def test_what_is_no_damage_sets_nothing_aside(tmp_path: Path):
    for error in (
        sqlite3.OperationalError("database is locked"),
        sqlite3.OperationalError("database or disk is full"),
        sqlite3.IntegrityError("UNIQUE constraint failed"),
        OSError("no"),
    ):
        assert not damage.note(tmp_path, error)
    assert list(tmp_path.iterdir()) == []
    assert damage.note(tmp_path, sqlite3.DatabaseError("database disk image is malformed"))


def test_a_mark_that_cannot_be_written_is_no_second_error(tmp_path: Path):
    assert damage.note(tmp_path / "missing", sqlite3.DatabaseError("database disk image is malformed"))
