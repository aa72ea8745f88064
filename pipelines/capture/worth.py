"""What the words of a line say: some stand in articles, some in menus, notices and lists. A table of words as data.

The table is made by ``benchmarks/captures/vocabulary.py`` from the public pages: a word's worth is the share of hosts,
as log odds, where it stands in articles rather than outside; words of few hosts are left out. A language that the table
does not know gets nothing from it, and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from pipelines.capture.reach import sums_of
from pipelines.capture.stats import Array

NAMES = ("worth", "worth_least", "worth_most", "worth_known", "worth_against", "worth_2", "worth_6", "worth_above",
         "worth_below")  # fmt: skip
UNIT = 0.01
"""Log odds that worths are counted in: a table holds whole numbers."""
FEW = 2
"""Words added to a line's own, worth nothing: one word alone says little."""
MANY = 30
"""Known words from which a line counts no more for its neighbours."""


def worths(flat: Array, known: Array) -> Array:
    """Return the columns (lines × ``NAMES``), given all worths (in ``UNIT``), and how many each line has."""
    size = len(known)
    found = np.zeros((size, len(NAMES)), np.float32)
    if not known.any():
        return found
    edges = np.concatenate([[0], np.cumsum(known)])
    some = np.flatnonzero(known)
    totals, against = sums_of(flat), sums_of(np.minimum(flat, 0))
    mean = UNIT * (totals[edges[1:]] - totals[edges[:-1]]) / (known + FEW)
    found[:, 0] = mean
    found[some, 1] = UNIT * np.minimum.reduceat(flat, edges[some])
    found[some, 2] = UNIT * np.maximum.reduceat(flat, edges[some])
    found[:, 3] = np.log1p(known)
    found[:, 4] = UNIT * (against[edges[1:]] - against[edges[:-1]])
    rows, counts = np.arange(size), np.minimum(known, MANY)
    masses, worth = sums_of(counts), sums_of(mean * counts)
    spans = (
        (np.maximum(0, rows - 2), np.minimum(size, rows + 3)),
        (np.maximum(0, rows - 6), np.minimum(size, rows + 7)),
        (np.maximum(0, rows - 4), rows),
        (rows + 1, np.minimum(size, rows + 5)),
    )
    for column, (low, high) in enumerate(spans, 5):
        found[:, column] = (worth[high] - worth[low]) / (masses[high] - masses[low] + FEW + 1)
    return found


def known(tokens: Sequence[set[str]], table: Mapping[str, int]) -> tuple[Array, Array]:
    """Return the worths of all words that the table (in ``UNIT``) knows, and their number a line.

    Whole numbers have one sum in whatever order a set gives its words.
    """
    worth_of = table.get
    lines = [[worth for worth in map(worth_of, own) if worth is not None] for own in tokens]
    counts = np.array([len(line) for line in lines], np.int64)
    return np.fromiter(chain.from_iterable(lines), np.int64, int(counts.sum())), counts
