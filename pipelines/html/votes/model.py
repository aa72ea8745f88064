"""The vote on every block: gradient-boosted trees, kept as plain data and evaluated with bit masks.

Each tree has at most 16 leaves. A node whose test fails clears the leaves of its left branch from the tree's mask; the
lowest leaf that is left is the answer (QuickScorer, Lucchese et al. 2015). All blocks and trees go through a few numpy
calls, half a millisecond for 300 blocks.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features

_CHUNK = 1_000
"""Blocks voted on at once: bounds memory to some 10 MB whatever the page."""
_LEAVES = 16


@dataclass(frozen=True, slots=True)
class Model:
    """Trees as arrays: tests (15 × trees), the leaves each failed test clears, and leaf values (trees × 16)."""

    names: tuple[str, ...]
    feature: Array
    threshold: Array
    cleared: Array
    value: Array

    def vote(self, features: Features) -> Array:
        """Return the probability that a block belongs to the body, one a block."""
        return self.of(features.columns(self.names))

    def of(self, columns: Array) -> Array:
        """Return the votes on rows of the model's own columns, in their order."""
        parts = [self._raw(columns[at : at + _CHUNK]) for at in range(0, len(columns), _CHUNK)]
        raw = np.concatenate(parts) if parts else np.zeros(0)
        probability: Array = 1 / (1 + np.exp(-raw))
        return probability

    def _raw(self, columns: Array) -> Array:
        """Return the sum of leaf values, one a block; test by test, so that every numpy call runs over whole rows."""
        rows = np.ascontiguousarray(columns.T)
        gone = np.zeros((self.feature.shape[1], len(columns)), dtype=np.uint16)
        for feature, threshold, cleared in zip(self.feature, self.threshold, self.cleared, strict=True):
            gone |= (rows.take(feature, axis=0) > threshold[:, None]) * cleared[:, None]
        # ``take`` is what an index in brackets does, in two thirds of its time.
        leaf = _lowest_bit().take(~gone) + (np.arange(len(gone)) * _LEAVES)[:, None]
        raw: Array = self.value.ravel().take(leaf).sum(axis=0)
        return raw


@cache
def _lowest_bit() -> Array:
    numbers = np.arange(1 << 16, dtype=np.int64)
    lowest = np.zeros(1 << 16, dtype=np.uint8)
    for bit in range(15, -1, -1):
        lowest[(numbers >> bit) & 1 == 1] = bit
    return lowest


@cache
def load(name: str = "body.json") -> Model:
    """Return a model of the package, read once in a process."""
    return from_data(json.loads(resources.files("pipelines").joinpath(f"data/{name}").read_text("utf-8")))


def from_data(data: dict[str, Any]) -> Model:
    """Return a model from its stored form: ``features`` (names) and ``trees`` (tests and leaf values each)."""
    trees = data["trees"]
    feature = np.zeros((_LEAVES - 1, len(trees)), dtype=np.int64)
    threshold = np.full((_LEAVES - 1, len(trees)), np.inf, dtype=np.float32)
    cleared = np.zeros((_LEAVES - 1, len(trees)), dtype=np.uint16)
    value = np.zeros((len(trees), _LEAVES))
    for column, tree in enumerate(trees):
        n = len(tree["feature"])
        feature[:n, column] = tree["feature"]
        threshold[:n, column] = tree["threshold"]
        cleared[:n, column] = np.invert(np.array(tree["mask"], dtype=np.uint16))
        value[column, : len(tree["value"])] = tree["value"]
    return Model(tuple(data["features"]), feature, threshold, cleared, value)
