"""Small convolutions over the lines of a capture, as plain data: what stands around a line tells what it is.

Boosted trees see a line's neighbours through columns that were thought of; a convolution learns what to look for, and
is trained for the F1 of whole pages: F1 of hosts not seen is .015 higher. ``benchmarks/captures/networks.py`` trains
them, in another environment; numpy alone evaluates them here.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.capture.stats import Array
from pipelines.products import times

CLIP = 4.0
"""Standard deviations a column may lie from its mean: a page that is unlike any other asks for no extremes."""
GIST_AT = 2
"""The layer before which every line is told what the page as a whole is like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A gated convolution over three lines, ``step`` apart; ``weights`` are (3 * width) × (2 * width)."""

    step: int
    weights: Array
    bias: Array

    def through(self, state: Array) -> Array:
        """Return the state (lines × width) after this layer."""
        above, below = np.zeros_like(state), np.zeros_like(state)
        above[self.step :], below[: -self.step] = state[: -self.step], state[self.step :]
        both = times(np.concatenate([above, state, below], axis=1), self.weights) + self.bias
        width = state.shape[1]
        found: Array = state + np.tanh(both[:, :width]) * (0.5 + 0.5 * np.tanh(0.5 * both[:, width:]))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A layer a line, gated convolutions, the gist of the page, and what a line's columns say at once."""

    first: Array
    first_bias: Array
    layers: tuple[Layer, ...]
    look: Array
    gist: Array
    last: Array
    direct: Array
    bias: float

    def log_odds(self, rows: Array) -> Array:
        """Return the log odds of each of ``rows`` (lines × columns, standardised)."""
        state = np.maximum(times(rows, self.first) + self.first_bias, 0)
        for index, layer in enumerate(self.layers):
            if index == GIST_AT:
                state = state + self._gist(state)
            state = layer.through(state)
        found: Array = state @ self.last + rows @ self.direct + self.bias
        return found

    def _gist(self, state: Array) -> Array:
        """Return what the lines that are looked at most are like: one row for all lines."""
        looks = times(state, self.look)
        shares = np.exp(looks - looks.max(axis=0))
        shares /= shares.sum(axis=0)
        found: Array = np.tanh((shares.T @ state).ravel() @ self.gist)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """Networks of the same columns whose log odds are averaged: alike but for chance, each errs in its own way."""

    names: tuple[str, ...]
    mean: Array
    scale: Array
    members: tuple[Network, ...]

    def log_odds(self, names: Sequence[str], matrix: Array) -> Array:
        """Return the mean log odds of each row of ``matrix`` (lines × ``names``)."""
        if not len(matrix):
            return np.zeros(0)
        place = {name: index for index, name in enumerate(names)}
        columns = matrix[:, [place[name] for name in self.names]]
        rows = np.clip((columns - self.mean) / self.scale, -CLIP, CLIP).astype(np.float32)
        found: Array = np.mean([member.log_odds(rows) for member in self.members], axis=0)
        return found


def build(data: dict[str, Any]) -> Networks:
    """Build networks from their JSON: ``names``, ``mean``, ``scale``, ``steps``, and ``members`` as packed arrays."""
    return Networks(
        names=tuple(data["names"]),
        mean=np.array(data["mean"], np.float32),
        scale=np.array(data["scale"], np.float32),
        members=tuple(_network(item, data["steps"]) for item in data["members"]),
    )


def _network(data: dict[str, Any], steps: Sequence[int]) -> Network:
    arrays = {name: unpack(item) for name, item in data.items()}
    layers = [
        Layer(step=step, weights=arrays[f"layer{index}"], bias=arrays[f"layer{index}_bias"])
        for index, step in enumerate(steps)
    ]
    names = ("first", "first_bias", "look", "gist", "last", "direct")
    return Network(layers=tuple(layers), bias=float(arrays["bias"][0]), **{name: arrays[name] for name in names})


def pack(array: Array) -> dict[str, Any]:
    """Return an array as JSON: its shape, and its numbers as 16-bit floats in base64."""
    return {"shape": list(array.shape), "data": base64.b64encode(array.astype("<f2").tobytes()).decode("ascii")}


def unpack(item: dict[str, Any]) -> Array:
    """Return the array that was packed."""
    numbers = np.frombuffer(base64.b64decode(item["data"]), "<f2").astype(np.float32)
    return numbers.reshape(item["shape"])
