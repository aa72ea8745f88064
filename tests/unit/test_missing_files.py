"""Files of the record that are deleted, moved away or put back: what they held is stored again, and never twice."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from pipelines.model import Rejected
from pipelines.store import audit, records
from tests.store_samples import article, store

DAY = Path("articles/fetch_date=2026-03-01")


def ids(root: Path) -> list[str]:
    """Return the record ids as a reader of the folder sees them."""
    table = ds.dataset(root / "articles", format="parquet", partitioning="hive").to_table(columns=["record_id"])
    return sorted(table["record_id"].to_pylist())


def fill(root: Path, run_id: str, numbers: range, **options: Any) -> list[bool]:
    with store(root, run_id, **options) as target:
        return [target.add(article(number), [number] * 128) for number in numbers]


def wanted(numbers: range) -> list[str]:
    return sorted(article(number).record_id for number in numbers)


def catalogue(root: Path) -> str:
    return next(f"{one.level}: {one.detail}" for one in audit.check(root) if one.subject == "catalogue")


@pytest.mark.parametrize("again", [False, True])
def test_what_was_deleted_is_stored_again(tmp_path: Path, caplog: pytest.LogCaptureFixture, again: bool):
    fill(tmp_path, "run-a", range(3))
    shutil.rmtree(tmp_path / DAY)
    assert catalogue(tmp_path).startswith("note: 3 records in it are of files that are gone")
    with caplog.at_level(logging.WARNING, logger="pipelines.store.recovery"):
        assert fill(tmp_path, "run-b", range(5), again=again) == [True] * 5
    assert "part-run-a-0001.parquet: not there any more" in caplog.text
    assert ids(tmp_path) == wanted(range(5))
    assert fill(tmp_path, "run-c", range(5)) == [False] * 5
    assert catalogue(tmp_path) == "fine: 5 records, as in the files"


@pytest.mark.parametrize("text", ["第1条新闻的正文。", "别的规则作出的正文。"])
def test_what_was_deleted_is_called_missing_until_all_of_it_is_stored_again(tmp_path: Path, text: str):
    fill(tmp_path, "run-a", range(3))
    shutil.rmtree(tmp_path / DAY)
    fill(tmp_path, "run-b", range(2, 6))
    [one] = [one for one in audit.check(tmp_path) if one.level is audit.Level.PROBLEM]
    assert "part-run-a-0001.parquet (missing)" in one.detail
    with store(tmp_path, "run-c") as target:
        assert target.add(article(0)) and target.add(article(1, text=text))
    found = {one.subject: f"{one.level}: {one.detail}" for one in audit.check(tmp_path, deep=True)}
    assert found["files"].startswith("fine")
    assert found["manifests"] == "fine: runs: 3, commits: 3, files: 2, records: 6"


def test_what_is_deleted_while_a_run_is_at_work_stops_nothing(tmp_path: Path):
    fill(tmp_path, "run-a", range(3))
    with store(tmp_path, "run-b", again=True) as target:
        assert target.add(article(1))
        shutil.rmtree(tmp_path / DAY)
    assert ids(tmp_path) == wanted(range(1, 2))
    assert fill(tmp_path, "run-c", range(3)) == [True, False, True]
    assert ids(tmp_path) == wanted(range(3))
    assert not any(one.level is audit.Level.PROBLEM for one in audit.check(tmp_path, deep=True))


def test_what_is_put_back_is_known_again(tmp_path: Path):
    fill(tmp_path, "run-a", range(3))
    (tmp_path / "articles").rename(tmp_path / "away")
    fill(tmp_path, "run-b", range(5, 6))
    shutil.copytree(tmp_path / "away", tmp_path / "articles", dirs_exist_ok=True)
    assert catalogue(tmp_path).startswith("note: 0 records in it are of files that are gone, 1 files are not in it")
    assert fill(tmp_path, "run-c", range(7)) == [False, False, False, True, True, False, True]
    assert ids(tmp_path) == wanted(range(7))
    assert not (tmp_path / "orphans").exists()
    assert not any(one.level is audit.Level.PROBLEM for one in audit.check(tmp_path, deep=True))


def test_what_is_put_back_after_it_was_stored_again_is_set_aside(tmp_path: Path):
    fill(tmp_path, "run-a", range(3))
    (tmp_path / DAY).rename(tmp_path / "away")
    fill(tmp_path, "run-b", range(1, 2))
    shutil.copytree(tmp_path / "away", tmp_path / DAY, dirs_exist_ok=True)
    fill(tmp_path, "run-c", range(8, 9))
    assert ids(tmp_path) == sorted(wanted(range(1, 2)) + wanted(range(8, 9)))
    assert [path.name for path in (tmp_path / "orphans").rglob("*.parquet")] == ["part-run-a-0001.parquet"]


def test_a_file_whose_rows_were_replaced_does_not_come_back(tmp_path: Path):
    fill(tmp_path, "run-a", range(3))
    shutil.copytree(tmp_path / DAY, tmp_path / "copy")
    fill(tmp_path, "run-b", range(3), again=True)
    shutil.copytree(tmp_path / "copy", tmp_path / DAY, dirs_exist_ok=True)
    with store(tmp_path, "run-c") as target:
        target.reject(Rejected(url="u", source="s", reason="r"))
    assert ids(tmp_path) == wanted(range(3))


@pytest.mark.parametrize("gone", ["run-a-0001.json", "run-b-0001.json", "run-*.json", ""])
def test_records_whose_manifest_was_deleted_stay(tmp_path: Path, gone: str):
    fill(tmp_path, "run-a", range(3))
    fill(tmp_path, "run-b", range(2, 5), again=True)  # takes the place of run-a's file
    fill(tmp_path, "run-c", range(5, 6))
    if gone:
        for path in (tmp_path / "runs").glob(gone):
            path.unlink()
    else:
        shutil.rmtree(tmp_path / "runs")
    assert fill(tmp_path, "run-d", range(7)) == [False] * 6 + [True]
    assert ids(tmp_path) == wanted(range(7)) == sorted(row["record_id"] for row in records.by_id(tmp_path, "", 99))
    assert [one for one in audit.check(tmp_path, deep=True) if one.level is not audit.Level.FINE] == []
    before = set((tmp_path / "runs").iterdir())
    assert fill(tmp_path, "run-e", range(7)) == [False] * 7
    assert {path.name for path in set((tmp_path / "runs").iterdir()) - before} == {"run-e-0001.json"}


def test_a_deleted_file_is_not_taken_for_one_whose_manifest_was_deleted(tmp_path: Path):
    fill(tmp_path, "run-a", range(3))
    fill(tmp_path, "run-b", range(3, 4))
    first = next(path for path in (tmp_path / DAY).rglob("part-run-a-*.parquet"))
    content = first.read_bytes()
    first.unlink()
    fill(tmp_path, "run-c", range(4, 5))
    (tmp_path / "runs" / "run-b-0001.json").unlink()
    fill(tmp_path, "run-d", range(5, 6))
    [one] = [one for one in audit.check(tmp_path) if one.level is audit.Level.PROBLEM]
    assert "part-run-a-0001.parquet (missing)" in one.detail
    first.write_bytes(content)
    fill(tmp_path, "run-e", range(6, 7))
    assert ids(tmp_path) == wanted(range(7))
    assert not any(one.level is audit.Level.PROBLEM for one in audit.check(tmp_path, deep=True))
