"""Products of matrices on one core: a run has a worker a core, and threads of one worker only take time from others."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

ONE_CORE = 250_000
"""Products of numbers in a matrix product up to which the library below numpy (OpenBLAS) keeps to one core."""


def times(rows: Array, weights: Array) -> Array:
    """Return the product of two matrices (n × m, m × k), so many rows at once that one core does it."""
    step = max(1, ONE_CORE // weights.size)
    if len(rows) <= step:
        product: Array = rows @ weights
        return product
    return np.concatenate([rows[at : at + step] @ weights for at in range(0, len(rows), step)])
