"""The choice at the end: which blocks are taken, given a probability a block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.html.filling import filled
from pipelines.html.votes.containers import Array
from pipelines.html.votes.distrust import distrusted
from pipelines.html.votes.features import Features


def choose(features: Features, vote: Array, stories: Sequence[int] = ()) -> Array:
    """Return which blocks are taken (bool); ``stories`` are those that link to other articles of the site."""
    vote = distrusted(features, vote, stories)
    return filled(features, vote, best_expected(vote, features.weight), stories)


def best_expected(vote: Array, weight: Array) -> Array:
    """Return the choice of blocks (bool) with the best expected F1 over characters, given a probability a block."""
    chosen: Array = vote >= best_cut(vote, weight)[0]
    return chosen


def best_cut(vote: Array, weight: Array) -> tuple[float, float]:
    """Return the vote from which blocks are taken for the best expected F1 over characters, and that F1.

    Taking blocks in the order of their probability, F1 = 2·hits / (taken + true); the true length is expected to be
    the sum of probability × length. So a page on which nothing is sure still gives its most likely text.
    """
    order = np.argsort(-vote, kind="stable")
    length = weight[order]
    hits = np.cumsum(vote[order] * length)
    expected = 2 * hits / (np.cumsum(length) + max(1e-9, float(hits[-1])))
    best = int(np.argmax(expected))
    return float(vote[order][best]), float(expected[best])
