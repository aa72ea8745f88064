"""Records of the store over several runs: stored once, versions, again, merged files, near-duplicates."""

import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.model import Article, Language
from pipelines.store import compaction, manifest, parquet
from pipelines.store.catalogue import address_of
from tests.store_samples import article, fill, parts, rows, store

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
