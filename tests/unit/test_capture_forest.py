"""The line model: trees as data, and the path they are read into."""

from __future__ import annotations

import json

import pytest

from pipelines.capture import forest
from pipelines.capture.features import features
from pipelines.capture.lines import join, read
from pipelines.shapes import shape

STUMPS = {
    "base": 0.5,
    "trees": [[[0, 2.0, 1, 2], [-1.0], [1.0]], [[1, 0.0, 1, 2], [0.25], [2, 3.0, 3, 4], [0.5], [9.0]]],
}


@pytest.mark.parametrize(
    ("row", "expected"),
    [([2.0, 0.0, 0.0], -0.25), ([2.1, 0.0, 0.0], 1.75), ([0.0, 1.0, 3.0], 0.0), ([3.0, 1.0, 3.1], forest.MOST)],
)
def test_trees_are_summed(row: list[float], expected: float) -> None:
    assert forest.build(STUMPS).log_odds(row) == expected


def test_a_forest_survives_json() -> None:
    assert forest.build(json.loads(json.dumps(STUMPS))) == forest.build(STUMPS)


def test_shares_and_odds_are_inverse() -> None:
    assert forest.share(forest.odds(0.3)) == pytest.approx(0.3)


def test_the_shipped_forest_fits_the_features() -> None:
    lines = join(read("Home\n\nA heading\n\nOne sentence here, and another one. It ends.\n\n2024-01-02"))
    rows = features(lines, [shape(line.text) for line in lines])
    widths = {len(row) for row in rows}
    assert len(widths) == 1

    def greatest(node: forest.Node) -> int:
        return max(node[0], greatest(node[2]), greatest(node[3])) if isinstance(node, tuple) else 0

    assert max(greatest(tree) for tree in forest.load().trees) < widths.pop()
    assert all(-forest.MOST <= forest.load().log_odds(row) <= forest.MOST for row in rows)
