"""Containers of a page as arrays, and what the ones above a block hold.

Everything over a container is a difference of prefix sums, because each covers one contiguous range of blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.html.blocks import Page
from pipelines.html.votes import words

Array = npt.NDArray[Any]
Table = dict[str, Array]
"""Named columns over the blocks of a page."""
_TAGS = ("p", "div", "li", "td", "section", "article", "span", "body", "figcaption", "button", "a", "dd")
_TAG_PLACE = {tag: place for place, tag in enumerate(_TAGS)}
FAR = 30
"""Steps counted for "there is none"; more than any page nests."""
_LEVELS = 4


@dataclass(slots=True)
class Sums:
    """Prefix sums of a column: the sum over blocks a..b is ``total[b] - total[a]``."""

    total: Array

    @classmethod
    def of(cls, column: Array) -> Sums:
        """Return the prefix sums of a column."""
        total = np.zeros(len(column) + 1)
        np.cumsum(column, out=total[1:])
        return cls(total)

    @classmethod
    def of_all(cls, columns: list[Array]) -> Sums:
        """Return the prefix sums of several columns, a row each, to be taken over the same ranges."""
        total = np.zeros((len(columns), len(columns[0]) + 1))
        for row, column in enumerate(columns):
            np.cumsum(column, out=total[row, 1:])
        return cls(total)

    def over(self, start: Array, end: Array) -> Array:
        """Return the sums over ranges of blocks (start included, end not)."""
        sums: Array = self.total[..., end] - self.total[..., start]
        return sums


@dataclass(slots=True)
class Where:
    """Containers as arrays, and for each block its chain of containers that each hold more blocks than the last."""

    parent: Array
    start: Array
    end: Array
    depth: Array
    tags: list[str]
    own: Array
    home: Array
    wider: Array
    """For each container the nearest one above with a larger range; itself at the top."""

    @classmethod
    def of(cls, page: Page) -> Where:
        """Return the containers of a page as arrays."""
        found = page.containers
        above = [container.parent for container in found]
        start = np.array([container.start for container in found], dtype=np.int64)
        end = np.array([container.end for container in found], dtype=np.int64)
        size = (end - start).tolist()
        wider = list(range(len(found)))
        for index, up in enumerate(above):
            if up >= 0:
                wider[index] = up if size[up] > size[index] else wider[up]
        return cls(
            parent=np.array(above, dtype=np.int64),
            start=start,
            end=end,
            depth=np.array([container.depth for container in found], dtype=np.float64),
            tags=[container.tag for container in found],
            own=np.array([container.own for container in found], dtype=np.int64),
            home=np.array([leaf.container for leaf in page.leaves], dtype=np.int64),
            wider=np.array(wider, dtype=np.int64),
        )


def _bits(flags: Array) -> Array:
    """Return the bits of numbers below 2⁶³ as small integers, a row a number."""
    octets = flags.astype("<i8").view(np.uint8).reshape(len(flags), 8)
    bits: Array = np.unpackbits(octets, axis=1, bitorder="little")[:, : words.COUNT].view(np.int8)
    return bits


def groups(table: Table, page: Page, where: Where) -> None:
    """Add the steps up to the nearest element of each word group, by levels of the tree from the top down."""
    order = np.argsort(where.depth, kind="stable")
    place_of = np.empty_like(order)
    place_of[order] = np.arange(len(order))
    above = place_of[where.parent[order]]
    # Small integers, level by level: an element of the group itself is no step away, another one more than its parent.
    other = 1 - _bits(where.own[order])
    steps = other * np.int8(FAR)
    bounds = np.searchsorted(where.depth[order], np.arange(where.depth.max() + 2)).tolist()
    for low, high in pairwise(bounds[1:]):
        steps[low:high] = np.minimum(steps[above[low:high]] + 1, FAR) * other[low:high]
    rows = steps[place_of[where.home]]
    rows[_bits(np.array([leaf.inner for leaf in page.leaves], dtype=np.int64)) == 1] = -1
    columns = np.ascontiguousarray(rows.T, dtype=np.float64)
    for place, name in enumerate(words.GROUPS):
        table[f"g_{name}"] = columns[place]
    table["depth"] = where.depth[where.home]
    tags = np.array([_TAG_PLACE.get(tag, -1) for tag in where.tags])[where.home]
    for place, tag in enumerate(_TAGS):
        table[f"tag_{tag}"] = (tags == place).astype(np.float64)


def containers(table: Table, where: Where) -> list[tuple[Array, Array]]:
    """Add what the next containers above, each wider than the last, hold; return their ranges."""
    n = len(where.home)
    held = {
        "weight": table["weight"],
        "link": table["weight"] * table["link_density"],
        "mass": table["good_mass"],
        "good": table["good"],
        "item": table["k_list_item"],
        "stop": table["end_stop"],
        "head": table["level"] > 0,
        "lex": table["x_any"] > 0,
        "img": table["images"],
    }
    sums = Sums.of_all(list(held.values()))
    weights, links, masses = sums.total[:3]
    total_weight = max(1.0, float(weights[-1]))
    total_mass = max(1.0, float(masses[-1]))
    current = where.home
    ranges = []
    for level in range(_LEVELS):
        first, last = where.start[current], where.end[current]
        ranges.append((first, last))
        count = np.maximum(1, last - first).astype(np.float64)
        weight, link, mass, *others = sums.over(first, last)
        good, item, stop, head, lexicon, image = np.array(others) / count
        table[f"c{level}_blocks"] = np.log1p(count)
        table[f"c{level}_weight"] = np.log1p(weight)
        table[f"c{level}_share"] = weight / total_weight
        table[f"c{level}_link"] = link / np.maximum(1.0, weight)
        table[f"c{level}_good"] = good
        table[f"c{level}_mass"] = mass / total_mass
        table[f"c{level}_item"] = item
        table[f"c{level}_stop"] = stop
        table[f"c{level}_mean"] = weight / count
        table[f"c{level}_head"] = head
        table[f"c{level}_lex"] = lexicon
        table[f"c{level}_img"] = image
        table[f"c{level}_place"] = (np.arange(n) - first) / count
        current = where.wider[current]
    table["page_weight"] = np.full(n, np.log1p(total_weight))
    table["page_mass"] = np.full(n, np.log1p(total_mass))
    table["page_blocks"] = np.full(n, np.log1p(n))
    table["page_link"] = np.full(n, links[-1] / total_weight)
    before = (weights[:-1] + table["weight"] / 2) / total_weight
    table["place_blocks"] = (np.arange(n) + 0.5) / n
    table["place_weight"] = before
    table["place_mass"] = (masses[:-1] + table["good_mass"] / 2) / total_mass
    return ranges
