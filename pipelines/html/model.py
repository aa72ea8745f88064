"""The vote on every block: gradient-boosted trees, kept as plain data and evaluated with bit masks.

Each tree has at most 16 leaves. A node whose test fails clears the leaves of its left branch from the tree's mask; the
lowest leaf that is left is the answer (QuickScorer, Lucchese et al. 2015). All blocks and trees go through a few numpy
calls, a few milliseconds a page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pipelines.html.containers import Array
from pipelines.html.features import Features

_CHUNK = 1_000
"""Blocks voted on at once: bounds memory to some 10 MB whatever the page."""


@dataclass(frozen=True, slots=True)
class Model:
    """Trees as arrays: tests (trees × 15), masks and leaf values (trees × 16)."""

    names: tuple[str, ...]
    feature: Array
    threshold: Array
    mask: Array
    value: Array

    def vote(self, features: Features) -> Array:
        """Return the probability that a block belongs to the body, one a block."""
        place = {name: index for index, name in enumerate(features.names)}
        columns = np.ascontiguousarray(features.matrix[:, [place[name] for name in self.names]])
        parts = [self._raw(columns[at : at + _CHUNK]) for at in range(0, len(columns), _CHUNK)]
        raw = np.concatenate(parts) if parts else np.zeros(0)
        probability: Array = 1 / (1 + np.exp(-raw))
        return probability

    def _raw(self, columns: Array) -> Array:
        trees, tests = self.feature.shape
        failed = np.take(columns, self.feature.ravel(), axis=1) > self.threshold.ravel()
        masks = np.where(failed, self.mask.ravel(), np.uint16(0xFFFF)).reshape(len(columns), trees, tests)
        left = np.bitwise_and.reduce(masks, axis=2)
        leaf = _lowest_bit()[left]
        raw: Array = self.value[np.arange(trees), leaf].sum(axis=1)
        return raw


@cache
def _lowest_bit() -> Array:
    numbers = np.arange(1 << 16, dtype=np.int64)
    lowest = np.zeros(1 << 16, dtype=np.uint8)
    for bit in range(15, -1, -1):
        lowest[(numbers >> bit) & 1 == 1] = bit
    return lowest


@cache
def load() -> Model:
    """Return the model of the package, read once in a process."""
    return from_data(json.loads(resources.files("pipelines").joinpath("data/body.json").read_text("utf-8")))


def from_data(data: dict[str, Any]) -> Model:
    """Return a model from its stored form: ``features`` (names) and ``trees`` (tests and leaf values each)."""
    trees = data["trees"]
    feature = np.zeros((len(trees), 15), dtype=np.int64)
    threshold = np.full((len(trees), 15), np.inf, dtype=np.float32)
    mask = np.full((len(trees), 15), 0xFFFF, dtype=np.uint16)
    value = np.zeros((len(trees), 16))
    for row, tree in enumerate(trees):
        n = len(tree["feature"])
        feature[row, :n] = tree["feature"]
        threshold[row, :n] = tree["threshold"]
        mask[row, :n] = tree["mask"]
        value[row, : len(tree["value"])] = tree["value"]
    return Model(tuple(data["features"]), feature, threshold, mask, value)
