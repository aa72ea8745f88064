import errno
import os
import random
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipelines import schema
from pipelines.errors import OutputLocked, StoreError, UsageError
from pipelines.model import Article, Language, Rejected
from pipelines.store import compaction, durable, manifest, parquet, recovery
from pipelines.store.catalogue import Catalogue, address_of
from tests.store_samples import NOON, article, store


def rows(root: Path) -> list[dict[str, Any]]:
    found = ds.dataset(root / "articles", format="parquet", partitioning="hive", schema=schema.SCHEMA).to_table()
    return sorted(found.to_pylist(), key=lambda row: row["url"])


def parts(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "articles").rglob("*") if path.is_file())


def fill(root: Path, numbers: range, run_id: str = "run-a", **options: Any) -> list[Article]:
    made = [article(number) for number in numbers]
    with store(root, run_id, **options) as target:
        for one in made:
            assert target.add(one)
    return made


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


# --- no doubles


def test_a_record_is_stored_once_within_a_run_and_across_runs(tmp_path: Path):
    with store(tmp_path) as target:
        assert target.add(article(1)) and not target.add(article(1))
        assert target.known(article(1).record_id) and not target.known(article(2).record_id)
        target.commit()
        assert not target.add(article(1))
    with store(tmp_path, "run-b") as target:
        assert target.known(article(1).record_id)
        assert not target.add(article(1)) and target.add(article(2))
    assert len(rows(tmp_path)) == 2


def test_the_same_run_id_can_go_on(tmp_path: Path):
    fill(tmp_path, range(2))
    fill(tmp_path, range(2, 4))
    assert [one.name for one in manifest.read_all(tmp_path / "runs")] == ["run-a-0001.json", "run-a-0002.json"]
    assert len(rows(tmp_path)) == 4


def test_many_threads_store_each_record_once(tmp_path: Path):
    stored: list[bool] = []
    with store(tmp_path, checkpoint_rows=30) as target:

        def work(seed: int) -> None:
            for number in random.Random(seed).sample(range(100), 100):
                stored.append(target.add(article(number)))

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert stored.count(True) == 100
    assert len({row["record_id"] for row in rows(tmp_path)}) == len(rows(tmp_path)) == 100


# --- versions


def test_a_changed_text_at_one_address_is_the_next_version(tmp_path: Path):
    first, second, third = (article(1, text=text) for text in ("甲", "乙", "丙"))
    with store(tmp_path) as target:
        target.add(first)
        target.add(second)
    with store(tmp_path, "run-b") as target:
        target.add(third)
        assert not target.add(second), "a text that was there before is no new version"
    found = {row["record_id"]: (row["version"], row["supersedes"]) for row in rows(tmp_path)}
    assert found == {
        first.record_id: (1, None),
        second.record_id: (2, first.record_id),
        third.record_id: (3, second.record_id),
    }


def test_what_has_no_address_of_its_own_has_no_versions(tmp_path: Path):
    assert address_of("https://a.example/1?x=2", "https://a.example/1") == "https://a.example/1"
    assert address_of("https://a.example/1", "https://a.example/") == "https://a.example/1"
    assert address_of("https://a.example/1", None) == "https://a.example/1"
    assert address_of("file:///tmp/1.html", None) == ""
    for page in ("2026/11/20/a-story-of-the-bridge", "t20261120_55.html", "a-story-of-the-long-winter/"):
        assert (
            address_of(f"https://a.example/news/{page}", "https://a.example/news/") == f"https://a.example/news/{page}"
        )
    for form in ("amp", "print.html", "page/2", "2", "comments/", "index.html"):
        assert address_of(f"https://a.example/story/{form}", "https://a.example/story") == "https://a.example/story"
    with store(tmp_path) as target:
        for text in ("甲", "乙"):
            target.add(article(1, url="file:///tmp/page.html", canonical_url=None, text=text))
    assert [row["version"] for row in rows(tmp_path)] == [1, 1]


# --- storing again


def test_again_puts_new_rows_in_the_place_of_old_ones(tmp_path: Path):
    made = fill(tmp_path, range(10))
    better = replace(made[3], translation=None)
    with store(tmp_path, "run-b", again=True) as target:
        assert target.add(better) and not target.add(better)
    found = {row["record_id"]: row for row in rows(tmp_path)}
    assert len(found) == len(rows(tmp_path)) == 10
    assert found[better.record_id]["translation_status"] == "no_package"
    assert found[better.record_id]["run_id"] == "run-b"
    assert {row["run_id"] for key, row in found.items() if key != better.record_id} == {"run-a"}
    assert parts(tmp_path) == ["articles/fetch_date=2026-03-01/lang=zh/part-run-b-0001.parquet"]
    last = manifest.read_all(tmp_path / "runs")[-1]
    assert last.retired == ("articles/fetch_date=2026-03-01/lang=zh/part-run-a-0001.parquet",)
    assert last.counts["replaced"] == 1


def test_again_replaces_the_record_of_the_same_page_when_new_rules_give_another_text(tmp_path: Path):
    old = article(1, raw_sha256="a" * 64, text="旧规则的正文")
    new = article(1, raw_sha256="a" * 64, text="新规则的正文")
    assert old.record_id != new.record_id
    with store(tmp_path) as target:
        target.add(old)
        target.add(article(2, raw_sha256="b" * 64))
    with store(tmp_path, "run-b", again=True) as target:
        target.add(new)
        assert target.catalogue.known(new.record_id)
    found = rows(tmp_path)
    assert sorted(row["record_id"] for row in found) == sorted([new.record_id, article(2).record_id])
    assert all(row["version"] == 1 and row["supersedes"] is None for row in found)
    with store(tmp_path, "run-c") as target:
        assert not target.known(old.record_id) and target.known(new.record_id)


def test_again_over_everything_in_small_checkpoints_keeps_each_record_once(tmp_path: Path):
    made = fill(tmp_path, range(30), checkpoint_rows=7)
    with store(tmp_path, "run-b", again=True, checkpoint_rows=4) as target:
        assert all(target.add(one) for one in made)
    found = rows(tmp_path)
    assert len(found) == 30 and {row["run_id"] for row in found} == {"run-b"}
    live = manifest.live_files(manifest.read_all(tmp_path / "runs"))
    assert sorted(live) == parts(tmp_path)


def test_again_keeps_versions_and_stories_as_they_were(tmp_path: Path):
    chain = [article(1, text=text, raw_sha256=text * 64) for text in "甲乙丙"]
    twins = [article(number, raw_sha256=str(number) * 64) for number in (5, 6)]
    marks = {one.record_id: [mark] * 128 for one, mark in zip([*chain, *twins], [1, 2, 3, 4, 4], strict=True)}

    def run(name: str, order: list[Article]) -> dict[str, Any]:
        with store(tmp_path, name, again=True) as target:
            for one in order:
                target.add(one, marks[one.record_id])
        keys = ("version", "supersedes", "near_duplicate_of", "story_id")
        return {row["record_id"]: [row[key] for key in keys] for row in rows(tmp_path)}

    first = run("run-a", [*chain, *twins])
    assert first[twins[1].record_id] == [1, None, twins[0].record_id, twins[0].record_id]
    assert first[chain[2].record_id][:2] == [3, chain[1].record_id]
    assert run("run-b", [*chain, *twins]) == first
    assert run("run-c", [chain[1], twins[0]]) == first


# --- fewer files


def test_compact_merges_small_files_and_changes_no_row(tmp_path: Path):
    for run in range(6):
        with store(tmp_path, f"run-{run}") as target:
            for number in range(3):
                code = ("zh", "en", "ja")[number]
                target.add(article(10 * run + number, language=Language(code=code, score=1.0)))
    before = rows(tmp_path)
    target = store(tmp_path, "run-c")
    assert target.compact() == 15
    assert target.compact() == 0
    assert len(target.close()) == 1, "a commit for the merge and none after it"
    assert len(parts(tmp_path)) == 3 and rows(tmp_path) == before
    assert manifest.live_files(manifest.read_all(tmp_path / "runs")).keys() == set(parts(tmp_path))
    (tmp_path / "state.sqlite").unlink()
    with store(tmp_path, "run-d") as target:
        assert not target.add(article(11, language=Language(code="en", score=1.0)))


def test_compact_leaves_large_files_and_stops_at_a_row_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "ROW_GROUP", 10)
    for run in range(6):
        fill(tmp_path, range(4 * run, 4 * run + 4), f"run-{run}")
    target = store(tmp_path, "run-c")
    assert target.compact() == 3
    target.abandon()
    assert sorted(pq.read_metadata(tmp_path / part).num_rows for part in parts(tmp_path)) == [8, 8, 8]
    monkeypatch.setattr(compaction, "SMALL", 1)
    fill(tmp_path, range(100, 104), "run-d")
    target = store(tmp_path, "run-e")
    assert target.compact() == 0
    target.abandon()


def test_seconds_make_a_checkpoint(tmp_path: Path):
    with store(tmp_path, checkpoint_seconds=0) as target:
        target.add(article(1))
        assert len(rows(tmp_path)) == 1
    assert len(manifest.read_all(tmp_path / "runs")) == 1


# --- near-duplicates


def near(base: list[int], changed: int) -> list[int]:
    return [number + 1 if place < changed else number for place, number in enumerate(base)]


def test_near_duplicates_and_stories_within_a_run_and_across_runs(tmp_path: Path):
    base = random.Random(3).sample(range(2**31), 128)
    with store(tmp_path) as target:
        target.add(article(1), base)
        target.add(article(2), near(base, 10))
        target.add(article(3), [7] * 128)
    with store(tmp_path, "run-b") as target:
        target.add(article(4), near(base, 20))
        target.add(article(5), near(base, 100))
        assert target.catalogue.nearest(base) == article(1).record_id
        assert target.catalogue.nearest([9] * 128) is None
    first = article(1).record_id
    found = {row["record_id"]: (row["near_duplicate_of"], row["story_id"]) for row in rows(tmp_path)}
    assert found[first] == (None, first)
    assert found[article(2).record_id] == (first, first)
    assert found[article(3).record_id] == (None, article(3).record_id)
    assert found[article(4).record_id] == (article(2).record_id, first), "the most similar, but one story"
    assert found[article(5).record_id] == (None, article(5).record_id), "below the threshold"


def test_a_new_version_is_the_same_story_and_no_near_duplicate(tmp_path: Path):
    with store(tmp_path) as target:
        target.add(article(1, text="甲"), [5] * 128)
        target.add(article(1, text="乙"), [5] * 128)
    found = rows(tmp_path)
    assert [row["near_duplicate_of"] for row in found] == [None, None]
    assert {row["story_id"] for row in found} == {article(1, text="甲").record_id}


def test_a_signature_of_the_wrong_length_is_refused(tmp_path: Path):
    with store(tmp_path) as target, pytest.raises(ValueError, match="128"):
        target.add(article(1), [1, 2, 3])


# --- two runs at once


def test_a_second_run_is_told_at_once_and_writes_nothing(tmp_path: Path):
    with store(tmp_path):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(OutputLocked) as caught:
            store(tmp_path, "run-b")
        assert caught.value.exit_code == 75 and "\n" not in str(caught.value)
        script = (
            "import sys; from tests.store_samples import *; from pipelines.errors import OutputLocked\n"
            "try: store(Path(sys.argv[1]), 'run-c')\n"
            "except OutputLocked as error: print(error); sys.exit(error.exit_code)"
        )
        child = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True)
        assert child.returncode == 75, child.stderr
        assert str(os.getpid()) in child.stdout
        assert sorted(tmp_path.rglob("*")) == before
    fill(tmp_path, range(1), "run-d")


def test_an_orphaned_worker_does_not_keep_the_folder_locked(tmp_path: Path):
    script = (
        "import os, sys, time; from tests.store_samples import *\n"
        "store(Path(sys.argv[1]))\n"
        "if os.fork() == 0: print(os.getpid(), flush=True); time.sleep(60)\n"
        "time.sleep(0.3); os.kill(os.getpid(), 9)"
    )
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        worker = int(child.stdout.readline())
        child.wait()
        try:
            fill(tmp_path, range(1), "run-b")
        finally:
            os.kill(worker, 9)


# --- recovery and damage


def test_the_catalogue_is_made_again_from_manifests_and_parquet(tmp_path: Path):
    def sign(text: str) -> list[int]:
        return [len(text)] * 128

    with store(tmp_path, signer=sign) as target:
        target.add(article(1, text="甲"), sign(article(1, text="甲").text))
        target.add(article(1, text="乙丙"), sign(article(1, text="乙丙").text))
    fill(tmp_path, range(2, 5), "run-b")
    with store(tmp_path, "run-c", again=True) as target:
        target.add(article(3))

    def known() -> list[Any]:
        catalogue = Catalogue(tmp_path / "state.sqlite")
        try:
            entries = [catalogue.entry(row["record_id"]) for row in rows(tmp_path)]
            near = catalogue.nearest(sign(article(1, text="甲").text))
            return [[replace(one, order=None, signature=None) for one in entries if one], near, catalogue.files()]
        finally:
            catalogue.close()

    before = known()
    assert len(before[0]) == 5 and before[1] == article(1, text="甲").record_id
    for name in ("state.sqlite", "state.sqlite-wal", "state.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    store(tmp_path, "run-d", signer=sign).abandon()
    assert known() == before


def test_a_damaged_catalogue_is_set_aside_and_made_again(tmp_path: Path):
    fill(tmp_path, range(3))
    (tmp_path / "state.sqlite").write_bytes(b"not a database" * 1000)
    with store(tmp_path, "run-b") as target:
        assert not any(target.add(article(number)) for number in range(3))
    assert len(list(tmp_path.glob("state.sqlite.damaged-*"))) == 1


def test_an_older_format_of_the_catalogue_is_filled_again(tmp_path: Path):
    fill(tmp_path, range(3))
    catalogue = Catalogue(tmp_path / "state.sqlite")
    catalogue._base.execute("UPDATE catalogue_format SET number = 0")
    catalogue.close()
    with store(tmp_path, "run-b") as target:
        assert not target.add(article(1))


def test_a_file_no_manifest_names_is_set_aside_and_other_files_are_left_alone(tmp_path: Path):
    fill(tmp_path, range(3))
    folder = tmp_path / "articles" / "fetch_date=2026-03-01" / "lang=zh"
    shutil.copy(folder / "part-run-a-0001.parquet", folder / "part-other-0001.parquet")
    (folder / "mine.parquet").write_bytes(b"the user's")
    store(tmp_path, "run-b").abandon()
    assert sorted(path.name for path in folder.iterdir()) == ["mine.parquet", "part-run-a-0001.parquet"]
    assert (tmp_path / "orphans" / "fetch_date=2026-03-01" / "lang=zh" / "part-other-0001.parquet").exists()


@pytest.mark.parametrize("catalogue", ["kept", "lost"])
def test_deleting_old_partitions_is_allowed(tmp_path: Path, catalogue: str):
    fill(tmp_path, range(3))
    shutil.rmtree(tmp_path / "articles" / "fetch_date=2026-03-01")
    if catalogue == "lost":
        (tmp_path / "state.sqlite").unlink()
    fill(tmp_path, range(5, 6), "run-b")
    assert len(rows(tmp_path)) == 1


def test_a_folder_of_another_schema_is_refused_with_advice(tmp_path: Path):
    fill(tmp_path, range(1))
    path = tmp_path / "runs" / "run-a-0001.json"
    path.write_text(path.read_text().replace(schema.fingerprint(), "0123456789abcdef"))
    (tmp_path / "state.sqlite").unlink()
    with pytest.raises(StoreError, match=r"another schema .*new output folder"):
        store(tmp_path, "run-b")
    durable.FolderLock(tmp_path / ".lock").release()  # the refused run has let go


def test_a_damaged_manifest_stops_the_run_before_it_removes_anything(tmp_path: Path):
    fill(tmp_path, range(1))
    (tmp_path / "runs" / "run-a-0001.json").write_text("{")
    (tmp_path / "state.sqlite").unlink()
    with pytest.raises(StoreError, match=r"run-a-0001\.json cannot be read"):
        store(tmp_path, "run-b")
    assert len(parts(tmp_path)) == 1


# --- what cannot be written


@pytest.mark.parametrize("call", ["rename", "fsync", "mkdir"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_an_error_of_the_system_is_one_line_and_leaves_what_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
):
    fill(tmp_path, range(3))
    before = parts(tmp_path)
    owner: Any = os if call == "fsync" else Path
    real = getattr(owner, call)
    # every single call in turn fails once
    for failing in range(1, 40):
        target = store(tmp_path, f"run-{failing}")
        target.add(article(100, fetched_at=datetime(2026, 4, 1, tzinfo=UTC)))
        target.reject(Rejected(url="u", source="s", reason="r"))
        calls = 0

        def fail(*args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == failing:  # noqa: B023
                raise OSError(code, os.strerror(code))
            return real(*args, **options)

        monkeypatch.setattr(owner, call, fail)
        try:
            target.close()
            break
        except StoreError as error:
            assert os.strerror(code) in str(error) and "\n" not in str(error) and error.exit_code == 3
            monkeypatch.setattr(owner, call, real)
            assert parts(tmp_path) == before
            assert list((tmp_path / ".staging").iterdir()) == []
            with pytest.raises(StoreError):
                target.add(article(101))
            store(tmp_path, "run-after").abandon()
            assert len(rows(tmp_path)) == 3
    else:
        pytest.fail("the commit never came through")
    assert failing > 2 and len(rows(tmp_path)) == 4


def test_a_file_in_the_place_of_the_output_folder_is_one_line(tmp_path: Path):
    (tmp_path / "output").write_text("a file")
    with pytest.raises(StoreError, match="cannot write to"):
        store(tmp_path / "output")


def test_leaving_by_an_exception_commits_nothing_and_lets_go(tmp_path: Path):
    with pytest.raises(RuntimeError), store(tmp_path) as target:
        target.add(article(1))
        raise RuntimeError
    assert parts(tmp_path) == []
    fill(tmp_path, range(1), "run-b")


def test_the_staging_names_cannot_be_mistaken_for_files_of_the_record(tmp_path: Path):
    assert recovery.STAGING.startswith("."), "readers skip folders that begin with a dot"
    assert not str(tmp_path / recovery.STAGING).startswith(str(tmp_path / recovery.ARTICLES))
    assert NOON.tzinfo is UTC
