"""What the store writes, and where: files, manifests, checkpoints, tables."""

import random
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines import schema
from pipelines.errors import UsageError
from pipelines.model import Language, Rejected
from pipelines.store import manifest
from tests.store_samples import article, fill, parts, rows, store

# --- what is written, and where


def test_files_lie_by_day_and_language_and_nothing_else_lies_there(tmp_path: Path):
    with store(tmp_path) as target:
        target.add(article(1))
        target.add(article(2, language=Language(code="en", score=1.0)))
        target.add(article(3, fetched_at=datetime(2026, 2, 28, 23, 59, 59, tzinfo=UTC)))
        target.reject(Rejected(url="u", source="s", reason="too_short"))
    assert parts(tmp_path) == [
        "articles/fetch_date=2026-02-28/lang=zh/part-run-a-0001.parquet",
        "articles/fetch_date=2026-03-01/lang=en/part-run-a-0001.parquet",
        "articles/fetch_date=2026-03-01/lang=zh/part-run-a-0001.parquet",
    ]
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == [
        "run-a-0001-rejected.parquet",
        "run-a-0001.json",
    ]
    assert list((tmp_path / ".staging").iterdir()) == []


@pytest.mark.parametrize("code", ["../../x", "zh-TW", "ZH", "", "a/b", "zhcn", "中文"])
def test_a_language_code_never_becomes_a_path(tmp_path: Path, code: str):
    with store(tmp_path) as target:
        target.add(article(1, language=Language(code=code, score=1.0)))
    assert parts(tmp_path) == ["articles/fetch_date=2026-03-01/lang=und/part-run-a-0001.parquet"]


def test_files_are_sorted_checked_indexed_and_compressed(tmp_path: Path):
    with store(tmp_path) as target:
        for number in random.Random(1).sample(range(50), 50):
            target.add(article(number, site=[None, "b.example", "a.example"][number % 3]))
    [path] = [tmp_path / part for part in parts(tmp_path)]
    meta = pq.ParquetFile(path).metadata
    column = meta.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.has_offset_index and column.has_column_index
    names = [meta.schema.column(one.column_index).path for one in meta.row_group(0).sorting_columns]
    assert names == ["site", "published_at", "record_id"]
    found = pq.read_table(path, columns=["site", "record_id"], page_checksum_verification=True).to_pylist()
    assert found == sorted(found, key=lambda row: (row["site"] or "~", row["record_id"]))
    assert pq.read_schema(path).equals(schema.SCHEMA, check_metadata=True)


def test_a_flipped_byte_is_noticed_by_the_page_checksum(tmp_path: Path):
    fill(tmp_path, range(20))
    [path] = [tmp_path / part for part in parts(tmp_path)]
    offset = pq.ParquetFile(path).metadata.row_group(0).column(0).data_page_offset + 40
    content = bytearray(path.read_bytes())
    content[offset] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(OSError, match="CRC"):
        pq.read_table(path, columns=["record_id"], page_checksum_verification=True, partitioning=None)


def test_the_manifest_tells_files_hashes_and_counts(tmp_path: Path):
    with store(tmp_path) as target:
        target.add(article(1))
        target.add(article(1))
        target.reject(Rejected(url="u", source="s", reason="empty_page", broken=True))
        target.annotate("archive", {"files": 2})
    [one] = manifest.read_all(tmp_path / "runs")
    assert (one.sequence, one.run_id, one.part, one.config, one.schema) == (
        1,
        "run-a",
        1,
        "c0ffee",
        schema.fingerprint(),
    )
    [file] = one.files
    path = tmp_path / file.path
    assert file.rows == 1 and file.bytes == path.stat().st_size
    assert file.sha256 == subprocess.check_output(["sha256sum", path], text=True).split()[0]
    assert one.rejected and one.rejected.rows == 1
    assert one.extra == {"archive": {"files": 2}}
    assert one.counts["articles"] == one.counts["rejected"] == one.counts["broken"] == one.counts["known"] == 1
    assert one.counts["sentences"] == 2 and one.counts["flagged"] == 1
    assert one.counts["removed_by_reason"] == {"share_bar": 1, "advert": 1}
    assert one.counts["rejected_by_reason"] == {"empty_page": 1}


def test_two_stores_fed_alike_write_the_same_bytes(tmp_path: Path):
    fill(tmp_path / "a", range(40))
    fill(tmp_path / "b", range(40))
    assert [(tmp_path / "a" / part).read_bytes() for part in parts(tmp_path / "a")] == [
        (tmp_path / "b" / part).read_bytes() for part in parts(tmp_path / "b")
    ]


def test_a_run_with_nothing_new_leaves_a_manifest_and_no_file(tmp_path: Path):
    fill(tmp_path, range(3))
    with store(tmp_path, "run-b") as target:
        assert not any(target.add(article(number)) for number in range(3))
    last = manifest.read_all(tmp_path / "runs")[-1]
    assert last.run_id == "run-b" and last.files == () and last.counts == {"known": 3}
    assert len(parts(tmp_path)) == 1


def test_rows_and_bytes_make_a_checkpoint(tmp_path: Path):
    with store(tmp_path / "rows", checkpoint_rows=10) as target:
        for number in range(25):
            target.add(article(number))
        assert len(rows(tmp_path / "rows")) == 20, "what a checkpoint wrote is there before the run ends"
    assert [one.part for one in manifest.read_all(tmp_path / "rows" / "runs")] == [1, 2, 3]
    with store(tmp_path / "bytes", checkpoint_bytes=100_000) as target:
        for number in range(10):
            target.add(article(number, text="长" * 10_000))
    assert len(manifest.read_all(tmp_path / "bytes" / "runs")) >= 5


def test_commit_says_nothing_where_nothing_came(tmp_path: Path):
    target = store(tmp_path)
    assert target.commit() is None
    target.add(article(1))
    made = target.commit()
    assert made is not None and made.counts["articles"] == 1
    assert target.commit() is None
    assert len(target.close()) == 1


def test_on_commit_hears_of_every_record_after_it_is_safe(tmp_path: Path):
    heard: list[tuple[int, list[str]]] = []

    def listen(made: manifest.Manifest, entries: Any) -> None:
        assert (tmp_path / "runs" / made.name).exists()
        heard.append((made.sequence, [entry.record_id for entry in entries]))

    made = [article(number) for number in range(5)]
    with store(tmp_path, checkpoint_rows=2, on_commit=listen) as target:
        for one in made:
            target.add(one)
    ids = [one.record_id for one in made]
    assert heard == [(1, ids[:2]), (2, ids[2:4]), (3, ids[4:])]


def test_rejected_pages_can_be_read_as_a_table(tmp_path: Path):
    with store(tmp_path) as target:
        target.reject(Rejected(url="u\ud800", source="s", reason="empty_page", detail="0 bytes", broken=True))
    [row] = pq.read_table(tmp_path / "runs" / "run-a-0001-rejected.parquet").to_pylist()
    assert row["reason"] == "empty_page" and row["broken"] is True and row["run_id"] == "run-a"


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", "a b", "-a", "ü"])
def test_a_run_id_that_is_no_file_name_is_refused(tmp_path: Path, run_id: str):
    with pytest.raises(UsageError):
        store(tmp_path, run_id)
