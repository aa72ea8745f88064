"""Boosted trees as plain data: loaded once from JSON, read in plain Python."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Node = tuple[int, float, "Node", "Node"] | float
"""A split (feature, threshold, branch for values up to it, branch for greater ones), or the worth of a leaf."""
MOST = 5.0
"""Log-odds beyond which one line's certainty says no more: a page is judged by many lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees whose leaves are summed on top of ``base`` to the log-odds of a line being article text."""

    base: float
    trees: tuple[Node, ...]

    def log_odds(self, row: Sequence[float]) -> float:
        """Return the log-odds (within ±``MOST``) of one row of features."""
        total = self.base
        for tree in self.trees:
            node = tree
            while isinstance(node, tuple):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return max(-MOST, min(MOST, total))


def build(data: dict[str, Any]) -> Forest:
    """Build a forest from its JSON: ``base``, and ``trees`` as lists of rows ``[value]`` or ``[f, t, left, right]``."""
    return Forest(base=float(data["base"]), trees=tuple(_node(tree, 0) for tree in data["trees"]))


def _node(rows: list[list[float]], index: int) -> Node:
    row = rows[index]
    if len(row) == 1:
        return row[0]
    return (int(row[0]), row[1], _node(rows, int(row[2])), _node(rows, int(row[3])))


@cache
def load() -> Forest:
    """Return the forest of the package, built once in a process."""
    text = resources.files("pipelines").joinpath("data/capture_lines.json").read_text("utf-8")
    return build(json.loads(text))


def share(log_odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-log_odds))


def odds(share: float) -> float:
    """Return the log-odds of a probability."""
    share = max(0.02, min(0.98, share))
    return math.log(share / (1 - share))
