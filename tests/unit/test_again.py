"""``--again``: what the present rules make of a page stands in the place of what earlier ones made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from pipelines.config import Config
from pipelines.model import Article, Rejected
from pipelines.process import clean
from pipelines.store import manifest
from tests.store_samples import article, store
from tests.unit.test_stages import page


def saved(file: str, text: str, number: int = 1) -> Article:
    """An article from a saved file without an address of its own."""
    made = article(number, text=text)
    return replace(made, url=f"file:///{file}", canonical_url=None, raw_sha256=file * 64, source=file)


def rejected(file: str, **changes: Any) -> Rejected:
    return Rejected(url=f"file:///{file}", source=file, reason="too_short", raw_sha256=file * 64, **changes)


def texts(root: Path) -> list[str]:
    """Return the end of each stored text, its source and its run, as a reader of the folder sees them."""
    rows = ds.dataset(root / "articles", format="parquet", partitioning="hive").to_table().to_pylist()
    return sorted(f"{row['text'].split()[-1]} {row['source']} {row['run_id']}" for row in rows)


def run(root: Path, run_id: str, *outcomes: Article | Rejected, again: bool = True, **options: Any) -> None:
    with store(root, run_id, again=again, **options) as target:
        for one in outcomes:
            if isinstance(one, Rejected):
                target.reject(one)
            else:
                target.add(one)


@pytest.mark.parametrize("rows", [1, 100])
@pytest.mark.parametrize("order", ["ab", "ba"])
def test_one_article_of_two_saved_pages_in_any_order(tmp_path: Path, order: str, rows: int):
    run(tmp_path, "run-a", saved("a", "old"), saved("b", "old"), saved("c", "other", 2))
    run(tmp_path, "run-b", *(saved(file, "new") for file in order), checkpoint_rows=rows)
    assert texts(tmp_path) == [f"new {order[0]} run-b", "other c run-a"]
    with store(tmp_path, "run-c") as target:
        assert not target.known(saved("a", "old").record_id)
        assert target.known(saved("a", "new").record_id)


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_two_records_of_two_pages_that_are_one_by_the_new_rules(tmp_path: Path, order: str):
    run(tmp_path, "run-a", saved("a", "one"), saved("b", "two"))
    run(tmp_path, "run-b", *(saved(file, "two") for file in order))
    assert texts(tmp_path) == [f"two {order[0]} run-b"]


@pytest.mark.parametrize("rows", [1, 100])
def test_a_page_that_the_new_rules_refuse_loses_its_record(tmp_path: Path, rows: int):
    run(tmp_path, "run-a", saved("a", "old"), saved("b", "other", 2))
    run(tmp_path, "run-b", rejected("a"), checkpoint_rows=rows)
    assert texts(tmp_path) == ["other b run-a"]
    assert manifest.total(manifest.read_all(tmp_path / "runs"))["withdrawn"] == 1
    run(tmp_path, "run-c", saved("a", "old"), again=False)
    assert texts(tmp_path) == ["old a run-c", "other b run-a"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_record_that_another_page_still_gives_is_kept(tmp_path: Path, first: int):
    run(tmp_path, "run-a", saved("a", "old"), saved("b", "old"))
    outcomes = [rejected("a"), saved("b", "old")]
    run(tmp_path, "run-b", outcomes[first], outcomes[1 - first])
    assert texts(tmp_path) == ["old b run-b"]


@pytest.mark.parametrize(
    ("refused", "again"), [(rejected("a"), False), (replace(rejected("a"), raw_sha256=""), True), (rejected("c"), True)]
)
def test_a_record_stays_unless_its_own_page_is_refused_anew(tmp_path: Path, refused: Rejected, again: bool):
    run(tmp_path, "run-a", saved("a", "old"))
    run(tmp_path, "run-b", refused, again=again)
    assert texts(tmp_path) == ["old a run-a"]


def test_a_page_that_the_rules_refuse_names_its_bytes_and_a_broken_one_does_not():
    good = page("https://a.example/1")
    made = clean(good, Config())
    refused = clean(good, Config(min_text_chars=100_000))
    assert isinstance(made, Article) and isinstance(refused, Rejected) and not refused.broken
    assert refused.raw_sha256 == made.raw_sha256
    broken = clean(replace(good, body=b""), Config())
    assert isinstance(broken, Rejected) and broken.broken and broken.raw_sha256 == ""


def test_what_cannot_be_made_into_a_row_leaves_the_stored_one(tmp_path: Path):
    run(tmp_path, "run-a", saved("a", "old"))
    with store(tmp_path, "run-b", again=True) as target:
        with pytest.raises(ValueError, match="128"):
            target.add(saved("a", "new"), [1, 2, 3])
        target.add(saved("b", "other", 2))
    assert texts(tmp_path) == ["old a run-a", "other b run-b"]
