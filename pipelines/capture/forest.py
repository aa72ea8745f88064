"""Boosted trees as plain data: loaded once from JSON, all lines and trees walked at once, a level at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pipelines.capture.stats import Array

CHUNK = 2_000
"""Lines that are walked at once: bounds memory to some 10 MB whatever the capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees, their nodes one after the other; a leaf is a node that leads to itself. ``roots`` are the first nodes.

    ``names`` are the columns the tests speak of; ``depth`` is the longest way to a leaf.
    """

    names: tuple[str, ...]
    base: float
    roots: Array
    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    depth: int

    def shares(self, names: Sequence[str], matrix: Array) -> Array:
        """Return the probability of each row of ``matrix`` (rows × ``names``)."""
        place = {name: index for index, name in enumerate(names)}
        columns = matrix[:, [place[name] for name in self.names]]
        parts = [self._log_odds(columns[at : at + CHUNK]) for at in range(0, len(columns), CHUNK)]
        found: Array = 1 / (1 + np.exp(-np.concatenate(parts))) if parts else np.zeros(0)
        return found

    def _log_odds(self, columns: Array) -> Array:
        flat, width = np.ascontiguousarray(columns).ravel(), columns.shape[1]
        starts = (np.arange(len(columns)) * width)[:, None]
        node = np.broadcast_to(self.roots, (len(columns), len(self.roots)))
        for _ in range(self.depth):
            low = flat[starts + self.feature[node]] <= self.threshold[node]
            node = np.where(low, self.left[node], self.right[node])
        found: Array = self.base + self.value[node].sum(axis=1)
        return found


def build(data: dict[str, Any]) -> Forest:
    """Build a forest from its JSON: ``names``, ``base``, ``trees`` as lists of rows ``[value]`` or ``[f, t, l, r]``.

    A row ``[f, t, l, r]`` leads to the tree's row ``l`` where column ``f`` is at most ``t``, else to row ``r``.
    """
    roots: list[int] = []
    rows: list[tuple[int, float, int, int, float]] = []
    for tree in data["trees"]:
        roots.append(len(rows))
        for row in tree:
            leaf = len(row) == 1
            own = len(rows)
            steps = (own, own) if leaf else (roots[-1] + int(row[2]), roots[-1] + int(row[3]))
            rows.append((0 if leaf else int(row[0]), 0.0 if leaf else row[1], *steps, row[0] if leaf else 0.0))
    feature, threshold, left, right, value = (np.array(column) for column in zip(*rows, strict=True))
    return Forest(
        names=tuple(data["names"]),
        base=float(data["base"]),
        roots=np.array(roots),
        feature=feature.astype(np.int64),
        threshold=threshold.astype(np.float32),
        left=left.astype(np.int64),
        right=right.astype(np.int64),
        value=value.astype(np.float64),
        depth=max(_depth(tree, 0) for tree in data["trees"]),
    )


def _depth(tree: list[list[float]], index: int) -> int:
    row = tree[index]
    return 0 if len(row) == 1 else 1 + max(_depth(tree, int(row[2])), _depth(tree, int(row[3])))


@cache
def load() -> Forest:
    """Return the forest of the package, built once in a process."""
    text = resources.files("pipelines").joinpath("data/capture_lines.json").read_text("utf-8")
    return build(json.loads(text))
