"""Sums over the lines near a line, and distances to lines of a kind: what columns of the line model are made of."""

from __future__ import annotations

import numpy as np

from pipelines.capture.stats import Array

FAR = 30
"""Lines beyond which a distance says no more."""


def sums_of(values: Array) -> Array:
    """Return the sums of all values before each place, and of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def back(flags: Array) -> Array:
    """Return the lines back to the last flagged line above, ``FAR`` at most."""
    rows = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, rows, -FAR))
    found: Array = np.minimum(rows - np.concatenate([[-FAR], last[:-1]]), FAR)
    return found


def ahead(flags: Array) -> Array:
    """Return the lines ahead to the next flagged line below, ``FAR`` at most."""
    found: Array = back(flags[::-1])[::-1]
    return found
