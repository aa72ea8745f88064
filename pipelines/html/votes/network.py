"""Another vote on every block: a small convolutional network over the blocks of a page in the order they stand in.

Trees see a block and a few sums over its surroundings; the network sees the run of blocks around it and one summary of
the page. They err on different pages: their mean is better than either, see ``SHARE``. It is trained by
``benchmarks/train_body_network.py`` and evaluated here with numpy alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features
from pipelines.products import times

SPREADS = (1, 2, 5)
"""Distance of the blocks that a layer looks at, in blocks; each looks at two before and two after."""
CLIP = 5.0
"""Deviations from the mean beyond which a column says nothing more."""
SHARE = 0.25
"""Part of the network in the vote, the rest is the trees'.

Cross-validated by host on the 373 public pages with a body, F1 without and with it: .9454 and .9483 (en .948 and .952,
zh .951 and .954, ja .944 and .952, de .956 and .955), with advice on doubtful pages .9508 and .9521. From .2 to .5 it
changes by .001. Alone the network has .938: it is sure of too much, a list of headlines above an article among it, so
it may not have half of the vote.
"""


@dataclass(frozen=True, slots=True)
class Network:
    """The weights by name, and how a column becomes a number around nought: logarithm or not, mean, deviation."""

    names: tuple[str, ...]
    heavy: Array
    mean: Array
    deviation: Array
    weights: Mapping[str, Array]

    def vote(self, features: Features) -> Array:
        """Return the probability that a block belongs to the body, one a block."""
        scaled = self.scaled(features.columns(self.names))
        probability: Array = 1 / (1 + np.exp(-self.logit(scaled).astype(np.float64)))
        return probability

    def scaled(self, columns: Array) -> Array:
        """Return columns as the network takes them (float32): heavy-tailed ones by logarithm, all within ``CLIP``."""
        columns = columns.copy()
        columns[:, self.heavy] = np.log1p(np.maximum(columns[:, self.heavy], -0.5))
        scaled: Array = np.clip((columns - self.mean) / self.deviation, -CLIP, CLIP)
        return scaled

    def logit(self, scaled: Array) -> Array:
        """Return the logit of each block's vote."""
        weights = self.weights
        state = _gelu(times(scaled, weights["enter"]) + weights["enter_bias"])
        for layer, spread in enumerate(SPREADS):
            if layer == 1:
                state = state + self._gist(state)
            seen = _around(_normal(state), weights[f"around_{layer}"], spread) + weights[f"around_{layer}_bias"]
            state = state + _gelu(seen)
        last = _gelu(times(_normal(state), weights["leave"]) + weights["leave_bias"])
        logit: Array = last @ weights["answer"] + weights["answer_bias"] + scaled @ weights["direct"]
        return logit

    def _gist(self, state: Array) -> Array:
        """Return what two weighed means over all blocks say of the page."""
        attention = state @ self.weights["gist_share"]
        attention = np.exp(attention - attention.max(axis=0))
        means = (attention / attention.sum(axis=0)).T @ state
        gist: Array = means.ravel() @ self.weights["gist"]
        return gist


def _around(state: Array, taps: Array, spread: int) -> Array:
    """Return each block's view of itself and its neighbours at steps of ``spread`` (taps × width × width)."""
    n, half = len(state), len(taps) // 2 * spread
    padded = np.zeros((n + 2 * half, state.shape[1]), dtype=state.dtype)
    padded[half : half + n] = state
    views = [padded[tap * spread : tap * spread + n] for tap in range(len(taps))]
    return times(np.concatenate(views, axis=1), taps.reshape(-1, taps.shape[2]))


def _normal(state: Array) -> Array:
    # The means by hand: numpy's own ask the same questions of each of the eight arrays of a page.
    width = np.float32(state.shape[1])
    centred = state - np.add.reduce(state, axis=1, keepdims=True) / width
    squares = np.add.reduce(centred * centred, axis=1, keepdims=True) / width
    normal: Array = centred / np.sqrt(squares + np.float32(1e-5))
    return normal


def _gelu(x: Array) -> Array:
    bent: Array = x * x
    bent *= np.float32(0.0356774081)
    bent += np.float32(0.7978845608)
    bent *= x
    np.tanh(bent, out=bent)
    bent += 1
    bent *= x
    bent *= np.float32(0.5)
    return bent


def mixed(trees: Array, network: Array) -> Array:
    """Return the vote of both."""
    vote: Array = (1 - SHARE) * trees + SHARE * network
    return vote


@cache
def load(name: str = "body_network.npz") -> Network:
    """Return the network of the package, read once in a process."""
    with resources.files("pipelines").joinpath(f"data/{name}").open("rb") as file, np.load(file) as stored:
        return from_data({key: stored[key] for key in stored.files})


def from_data(data: Mapping[str, Array]) -> Network:
    """Return a network from its stored form: ``names``, ``heavy``, ``mean``, ``deviation`` and the weights."""
    apart = ("names", "heavy", "mean", "deviation")
    return Network(
        names=tuple(str(name) for name in data["names"]),
        heavy=data["heavy"],
        mean=data["mean"].astype(np.float32),
        deviation=data["deviation"].astype(np.float32),
        weights={key: value.astype(np.float32) for key, value in data.items() if key not in apart},
    )
