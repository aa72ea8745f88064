"""A product in pieces is the product, whatever the numbers of rows."""

import numpy as np
import pytest

from pipelines.products import ONE_CORE, times


@pytest.mark.parametrize("rows", [0, 1, 9, 10, 11, 25, 100])
def test_pieces_make_the_whole(rows: int) -> None:
    chance = np.random.default_rng(rows)
    weights = chance.normal(size=(ONE_CORE // 10 // 50, 50))
    matrix = chance.normal(size=(rows, len(weights)))
    assert times(matrix, weights).shape == (rows, 50)
    assert np.allclose(times(matrix, weights), matrix @ weights)


def test_a_matrix_beyond_one_core_s_share_goes_row_by_row() -> None:
    weights = np.ones((2, ONE_CORE))
    assert (times(np.ones((3, 2)), weights) == 2).all()
