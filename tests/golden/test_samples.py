"""The five sample captures against what a person read in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from pipelines import capture
from pipelines.config import Config
from pipelines.model import Draft
from pipelines.pruning.prune import prune

SAMPLES = json.loads(Path(__file__).with_name("expected.json").read_text("utf-8"))["seeds"]
PAGES = Path(__file__).parents[2] / "seeds"
FETCHED = datetime(2024, 10, 1, 12, 0, tzinfo=UTC)


def read(sample: dict[str, Any]) -> Draft:
    text = (PAGES / sample["file"]).read_text("utf-8")
    draft = capture.extract(text, url=f"file:{sample['file']}", fetched_at=FETCHED, config=Config())
    return prune(draft, Config())


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample["file"][:3])
def sample(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param  # type: ignore[no-any-return]


def test_body(sample: dict[str, Any]) -> None:
    got = folded(" ".join(block.text for block in read(sample).blocks))
    want = folded(" ".join(sample["paragraphs"]))
    assert SequenceMatcher(None, got, want, autojunk=False).ratio() >= 0.995


def test_paragraphs_are_whole(sample: dict[str, Any]) -> None:
    got = [folded(block.text) for block in read(sample).blocks]
    assert got == [folded(paragraph) for paragraph in sample["paragraphs"]]


def test_nothing_of_the_page_round_it(sample: dict[str, Any]) -> None:
    draft = read(sample)
    text = "\n".join(block.text for block in draft.blocks)
    assert [phrase for phrase in sample["must_not_contain"] if phrase in text] == []
    removed = folded(" ".join(item.text for item in draft.removed))
    assert [phrase for phrase in sample["must_not_contain"] if folded(phrase) not in removed] == []


def test_title_date_site(sample: dict[str, Any]) -> None:
    meta = read(sample).meta
    assert meta.title in sample["title"]
    assert (meta.published.at.date().isoformat() if meta.published else None) in sample["date"]
    assert meta.site in sample["site"]
    assert meta.authors == ()
