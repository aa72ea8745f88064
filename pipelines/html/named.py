"""Where a block stands to the element that the page itself names as its body.

The steps up to such an element do not say whether it is the right one: teasers and comments are articles by their tags
too. So the one counts that holds most of the running text, and blocks before and behind it know that they are.
"""

from __future__ import annotations

import numpy as np

from pipelines.html.containers import Array, Sums, Table

_REACH = 40.0
"""Blocks counted before and behind the element; further is far."""
_ENOUGH = 150.0
"""Letters less links that an element must hold to be believed; shorter ones are summaries and boxes."""


def named(table: Table) -> None:
    """Add the relation to the largest element with a body's name (b), and to the largest article or main (s).

    Reads the columns ``plain_mass``, ``b_held``, ``b_most``, ``s_held`` and ``s_most`` of the table. Where a page has
    no such element, the columns say so by values that nothing else has. The ``e_`` columns are about the first of the
    two that holds enough text.
    """
    n = len(table["plain_mass"])
    rows = np.arange(n)
    plain = Sums.of(table["plain_mass"])
    total = max(1.0, float(plain.total[-1]))
    believed: tuple[int, int] | None = None
    for name in ("b", "s"):
        held, most = table[f"{name}_held"], float(table[f"{name}_most"][0])
        table[f"{name}_rel"] = np.where(held >= 0, held / max(1e-6, most), -1.0)
        inside = np.flatnonzero(held >= most if most > 0 else held >= 0)
        if not len(inside):
            table[f"{name}_pos"], table[f"{name}_plain"] = np.full(n, -2.0), np.full(n, -1.0)
            table[f"{name}_gone"] = np.full(n, -_REACH - 10)
            continue
        first, last = int(inside[0]), int(inside[-1]) + 1
        mass = float(plain.total[last] - plain.total[first])
        table[f"{name}_pos"] = _side(rows, first, last)
        table[f"{name}_plain"] = np.full(n, mass / total)
        behind, ahead = np.maximum(0, rows - last + 1), np.maximum(0, first - rows)
        table[f"{name}_gone"] = np.minimum(behind, _REACH) - np.minimum(ahead, _REACH)
        if believed is None and mass > _ENOUGH:
            believed = first, last
    if believed is None:
        table["e_pos"], table["e_place"] = np.full(n, -2.0), np.full(n, -1.0)
        return
    first, last = believed
    table["e_pos"] = _side(rows, first, last)
    share = (plain.total[:-1] - plain.total[first]) / max(1.0, float(plain.total[last] - plain.total[first]))
    table["e_place"] = np.where((rows >= first) & (rows < last), share, -1.0)


def _side(rows: Array, first: int, last: int) -> Array:
    """Return -1 for blocks before a range, 0 in it, 1 behind it."""
    side: Array = (rows >= last).astype(np.float64) - (rows < first).astype(np.float64)
    return side
