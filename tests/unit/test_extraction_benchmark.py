"""The models of the cross-validation that the benchmark of article extraction reads unseen hosts with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from benchmarks.extraction import folds
from pipelines.config import Config
from pipelines.html import extract
from pipelines.html.votes import advice, model, network

HTML = (
    "<html><body><nav><a href='/'>Home</a> <a href='/news'>News</a></nav><article><h1>The hall stays open</h1>"
    + "".join(
        f"<p>On day {n} the council heard {n + 3} speakers about the hall, and none of them wanted it closed.</p>"
        for n in range(9)
    )
    + "</article><footer>Imprint</footer></body></html>"
)


@pytest.fixture
def restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the shipped models back when the test is done."""
    for place in (model, advice, network):
        monkeypatch.setattr(place, "load", place.load)


def body() -> str:
    draft = extract(HTML, url="https://a.org/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    return "\n".join(block.text for block in draft.blocks)


def test_there_are_models_for_every_fold_and_each_is_another() -> None:
    fold_of, models = folds.read()
    assert len(fold_of) == 533 and sorted(set(fold_of.values())) == sorted(models) == [0, 1, 2, 3, 4]
    assert len({str(each.trees["body.json"]) for each in models.values()}) == 5
    assert len({each.network["enter"].tobytes() for each in models.values()}) == 5


def test_it_covers_the_public_pages_and_no_others() -> None:
    fold_of, _ = folds.read()
    assert not folds.covers([*fold_of, "a page that nobody has"]) and folds.covers(fold_of)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    _, models = folds.read()
    folds.write(tmp_path / "folds.npz", {"one": 0, "two": 3}, {fold: models[fold] for fold in (0, 3)})
    again, read = folds.read(tmp_path / "folds.npz")
    assert again == {"one": 0, "two": 3} and sorted(read) == [0, 3]
    assert read[3].trees == models[3].trees
    assert all(np.array_equal(read[3].network[name], value) for name, value in models[3].network.items())


@pytest.mark.usefixtures("restored")
def test_a_page_is_read_by_the_models_of_its_fold_alone(tmp_path: Path) -> None:
    _, models = folds.read()
    nothing = {**models[1].trees, "body.json": {**models[1].trees["body.json"], "trees": []}}
    biased = {**models[1].network, "answer_bias": np.array(-60.0)}
    folds.write(tmp_path / "folds.npz", {"good": 0, "bad": 1}, {0: models[0], 1: folds.Models(nothing, biased)})
    unseen = folds.Unseen(tmp_path / "folds.npz")
    unseen.use("good")
    assert "On day 8" in body() and model.load().names == tuple(models[0].trees["body.json"]["features"])
    unseen.use("bad")
    assert len(model.load().value) == 0 and network.load().weights["answer_bias"] == -60
    with pytest.raises(KeyError):
        unseen.use("a page that nobody has")
