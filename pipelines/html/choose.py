"""The choice at the end: which blocks are taken, given a probability a block."""

from __future__ import annotations

import numpy as np

from pipelines.html.features import Array


def choose(vote: Array, weight: Array) -> Array:
    """Return the choice of blocks (bool) with the best expected F1 over characters, given a probability a block.

    Taking blocks in the order of their probability, F1 = 2·hits / (taken + true); the true length is expected to be
    the sum of probability × length. So a page on which nothing is sure still gives its most likely text.
    """
    order = np.argsort(-vote, kind="stable")
    length = weight[order]
    hits = np.cumsum(vote[order] * length)
    expected = 2 * hits / (np.cumsum(length) + max(1e-9, float(hits[-1])))
    best = int(np.argmax(expected))
    return vote >= vote[order][best]
