"""The line model: trees as data, walked for all lines at once."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from pipelines.capture import forest
from pipelines.capture.features import features
from pipelines.capture.lines import join, read
from pipelines.shapes import shape

STUMPS = {
    "names": ["b", "a", "c"],
    "base": 0.5,
    "trees": [[[0, 2.0, 1, 2], [-1.0], [1.0]], [[1, 0.0, 1, 2], [0.25], [2, 3.0, 3, 4], [0.5], [9.0]]],
}
PAGE = "Home\n\nA heading\n\nOne sentence here, and another one. It ends.\n\n2024-01-02"


@pytest.mark.parametrize(
    ("row", "expected"),
    [([2.0, 0.0, 0.0], -0.25), ([2.1, 0.0, 0.0], 1.75), ([0.0, 1.0, 3.0], 0.0), ([3.0, 1.0, 3.1], 10.5)],
)
def test_trees_are_summed(row: list[float], expected: float) -> None:
    share = forest.build(STUMPS).shares(["b", "a", "c"], np.array([row], np.float32))
    assert share.tolist() == [pytest.approx(1 / (1 + math.exp(-expected)))]


def test_columns_are_found_by_name() -> None:
    matrix = np.array([[7.0, 0.0, 0.0, 2.1], [7.0, 1.0, 3.1, 3.0]], np.float32)
    found = forest.build(STUMPS).shares(["unused", "a", "c", "b"], matrix)
    assert found.tolist() == [pytest.approx(1 / (1 + math.exp(-odds))) for odds in (1.75, 10.5)]


def test_all_lines_at_once_or_in_chunks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.random.default_rng(1).normal(2, 2, (23, 3)).astype(np.float32)
    model = forest.build(STUMPS)
    whole = model.shares(STUMPS["names"], matrix)  # type: ignore[arg-type]
    monkeypatch.setattr(forest, "CHUNK", 5)
    assert model.shares(STUMPS["names"], matrix).tolist() == whole.tolist()  # type: ignore[arg-type]
    assert len(set(whole.tolist())) > 2


def test_no_lines_no_shares() -> None:
    assert forest.build(STUMPS).shares(["a", "b", "c"], np.zeros((0, 3), np.float32)).tolist() == []


def test_a_forest_survives_json() -> None:
    matrix = np.array([[2.0, 1.0, 4.0]], np.float32)
    again = forest.build(json.loads(json.dumps(STUMPS)))
    assert again.shares(again.names, matrix) == forest.build(STUMPS).shares(again.names, matrix)


def test_the_shipped_forest_fits_the_features() -> None:
    lines = join(read(PAGE))
    names, matrix = features(lines, [shape(line.text) for line in lines])
    assert matrix.shape == (len(lines), len(names)) and len(set(names)) == len(names)
    assert np.isfinite(matrix).all()
    assert set(forest.load().names) <= set(names)
    shares = forest.load().shares(names, matrix)
    assert ((shares > 0) & (shares < 1)).all()
