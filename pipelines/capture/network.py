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
LARGE = 1000
"""Numbers from which a matrix is packed in 8 bits each."""
WIDTHS = "log_columns"
"""The column that tells a line's columns of text."""
WIDE, HUNDRED = 600.0, 100.0
"""Columns from which a line counts no more for what the article is like; and the columns that masses are counted in."""


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
class Answer:
    """Log odds that a line's state and its columns give."""

    last: Array
    direct: Array
    bias: float

    def log_odds(self, state: Array, rows: Array) -> Array:
        """Return the log odds of each line."""
        found: Array = state @ self.last + rows @ self.direct + self.bias
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A second look: each line is told how much of the article lies above and below it, and what the article is like.

    Whatever reads like an article below the article is another one, or a comment: a line cannot know before a first
    answer has been given.
    """

    told: Array
    body: Array
    alike: Array
    layers: tuple[Layer, ...]

    def through(self, state: Array, odds: Array, widths: Array) -> Array:
        """Return the state (lines × width) after a second look, given the first ``odds`` and the lines' columns."""
        mass = np.minimum(widths, WIDE) / HUNDRED / (1 + np.exp(-odds))
        sums = np.cumsum(mass)
        total = sums[-1]
        above, below = np.maximum(sums - mass, 0), total - sums
        signs = [np.tanh(odds / 4), np.log1p(above), np.log1p(below), above / (total + 0.3)]
        told = np.stack([*signs, np.full(len(mass), np.log1p(total))], axis=1)
        usual = (mass @ state) / (total + 0.1)
        state = state + np.tanh(told @ self.told + usual @ self.body + times(state * usual, self.alike))
        for layer in self.layers:
            state = layer.through(state)
        return state


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A layer a line, gated convolutions, the gist of the page, what a line's columns say at once; and a review."""

    first: Array
    first_bias: Array
    layers: tuple[Layer, ...]
    look: Array
    gist: Array
    guess: Answer
    review: Review
    answer: Answer

    def log_odds(self, rows: Array, widths: Array) -> Array:
        """Return the log odds of each of ``rows`` (lines × columns, standardised); ``widths`` in columns of text."""
        state = np.maximum(times(rows, self.first) + self.first_bias, 0)
        for index, layer in enumerate(self.layers):
            if index == GIST_AT:
                state = state + self._gist(state)
            state = layer.through(state)
        guess = self.guess.log_odds(state, rows)
        return guess + self.answer.log_odds(self.review.through(state, guess, widths), rows)

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
        widths = np.expm1(matrix[:, place[WIDTHS]]).astype(np.float32)
        found: Array = np.mean([member.log_odds(rows, widths) for member in self.members], axis=0)
        return found


def build(data: dict[str, Any]) -> Networks:
    """Build networks from JSON: ``names``, ``mean``, ``scale``, ``steps``, ``again``, ``members`` as packed arrays."""
    return Networks(
        names=tuple(data["names"]),
        mean=np.array(data["mean"], np.float32),
        scale=np.array(data["scale"], np.float32),
        members=tuple(_network(item, data["steps"], data["again"]) for item in data["members"]),
    )


def _network(data: dict[str, Any], steps: Sequence[int], again: Sequence[int]) -> Network:
    arrays = {name: unpack(item) for name, item in data.items()}

    def layers(name: str, steps: Sequence[int]) -> tuple[Layer, ...]:
        parts = [(step, f"{name}{index}") for index, step in enumerate(steps)]
        return tuple(Layer(step=step, weights=arrays[own], bias=arrays[f"{own}_bias"]) for step, own in parts)

    def answer(name: str) -> Answer:
        last, direct, bias = (arrays[f"{name}_{part}"] for part in ("last", "direct", "bias"))
        return Answer(last=last, direct=direct, bias=float(bias[0]))

    return Network(
        layers=layers("layer", steps),
        guess=answer("guess"),
        review=Review(layers=layers("again", again), **{name: arrays[name] for name in ("told", "body", "alike")}),
        answer=answer("answer"),
        **{name: arrays[name] for name in ("first", "first_bias", "look", "gist")},
    )


def pack(array: Array) -> dict[str, Any]:
    """Return an array as JSON: its shape, and its numbers in base64.

    A large matrix is given as whole numbers from -127 to 127 and the unit of each column, other arrays as 16-bit
    floats: half the size, and body F1 of the public pages within .0003.
    """
    if array.ndim == 2 and array.size >= LARGE:
        units = (np.abs(array).max(axis=0) / 127 + 1e-9).astype(np.float32)
        whole = np.clip(np.round(array / units), -127, 127).astype(np.int8)
        return {"shape": list(array.shape), "units": _coded(units, "<f4"), "whole": _coded(whole, "i1")}
    return {"shape": list(array.shape), "data": _coded(array, "<f2")}


def unpack(item: dict[str, Any]) -> Array:
    """Return the array that was packed."""
    if "whole" in item:
        whole = _decoded(item["whole"], "i1").reshape(item["shape"])
        found: Array = whole * _decoded(item["units"], "<f4")
        return found
    return _decoded(item["data"], "<f2").reshape(item["shape"])


def _coded(array: Array, kind: str) -> str:
    return base64.b64encode(array.astype(kind).tobytes()).decode("ascii")


def _decoded(text: str, kind: str) -> Array:
    return np.frombuffer(base64.b64decode(text), kind).astype(np.float32)
