"""The feature matrix of a page: one row a block, one column a feature.

Everything over containers and neighbours is a few hundred numpy calls, whatever the size of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipelines.html.blocks import Page
from pipelines.html.votes import textstats
from pipelines.html.votes.cluster import cluster, lists
from pipelines.html.votes.containers import Array, Table, Where, containers, groups
from pipelines.html.votes.hints import Hints

_SHIFTS = (-2, -1, 1, 2)
_SHIFTED = ("weight", "link_density", "end_stop", "good", "level", "clock", "x_any")


@dataclass(slots=True)
class Features:
    """What the model looks at: the matrix (blocks × columns, float32) and what the context of a vote is made of."""

    matrix: Array
    names: list[str]
    weight: Array
    """Length of each block in letters, a CJK character counted 2.5."""
    ranges: list[tuple[Array, Array]]
    """For each level of containers the first block and the one past the last, for every block."""
    signature: Array
    """A number a make of block (tags and classes)."""

    def column(self, name: str) -> Array:
        """Return one column of the matrix by its name."""
        column: Array = self.matrix[:, self.names.index(name)]
        return column

    def columns(self, names: tuple[str, ...]) -> Array:
        """Return columns of the matrix in the order of ``names``, a column each; in memory, each is one piece."""
        columns: Array = self.matrix.T.take(_places(tuple(self.names), names), axis=0).T
        return columns


@lru_cache(maxsize=16)
def _places(names: tuple[str, ...], wanted: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return where names stand among others: the same on every page."""
    place = {name: index for index, name in enumerate(names)}
    return np.array([place[name] for name in wanted], dtype=np.int64)


def compute(page: Page, hints: Hints) -> Features:
    """Return the features of all blocks of a page that has any."""
    table: Table = dict(textstats.stats(page.leaves))
    _prose(table)
    where = Where.of(page)
    groups(table, page, where)
    ranges = containers(table, where)
    _repeated(table, page)
    lists(table, page, where)
    cluster(table, page, where)
    _hints(table, page, hints)
    signature = _signatures(table, page, where)
    _neighbours(table)
    weight = table["weight"].copy()
    for name in ("chars", "weight", "words"):
        table[name] = np.log1p(table[name])
    names = list(table)
    matrix = np.empty((len(names), len(weight)), dtype=np.float32)
    for row, name in enumerate(names):
        matrix[row] = table[name]
    return Features(
        matrix=matrix.T,
        names=names,
        weight=weight,
        ranges=ranges,
        signature=signature,
    )


def _prose(table: Table) -> None:
    """Mark the blocks that look like running text, by length, links and sentence ends."""
    weight, density = table["weight"], table["link_density"]
    comma = table["comma_rate"] * weight / 100
    prose = (weight >= 80) & (density < 0.35) & ((table["sentences"] >= 1) | (comma >= 2)) & (table["level"] == 0)
    table["good"] = prose.astype(np.float64)
    table["good_mass"] = np.where(prose, np.minimum(weight, 2_000.0) * (1 - density), 0.0)


def _hints(table: Table, page: Page, hints: Hints) -> None:
    """Add what the page says of itself: title, description, the body in JSON-LD."""
    rows = [hints.of(leaf.text) for leaf in page.leaves]
    columns = np.array(rows, dtype=np.float64)
    for place, name in enumerate(Hints.NAMES):
        table[f"i_{name}"] = columns[:, place]
    n = len(rows)
    titles = np.flatnonzero((columns[:, 0] >= 0.9) & (table["chars"] > 8))
    levels = table["level"][titles] if len(titles) else np.zeros(0)
    place = int(titles[np.argmax(levels == 1)]) if len(titles) else -1
    table["i_from_title"] = (
        np.clip(np.arange(n) - place, -60, 200).astype(np.float64) if place >= 0 else np.full(n, -99.0)
    )
    start = max(0, place)
    masses = np.concatenate(([0.0], np.cumsum(table["good_mass"])))
    table["i_mass_since"] = np.log1p(np.maximum(0.0, masses[:-1] - masses[start]))
    told = (table["x_related_links"] >= 3) | (table["x_comment_form"] >= 3)
    ends = np.concatenate(([0.0], np.cumsum(told)))
    table["i_ends_since"] = np.maximum(0.0, ends[1:] - ends[start])
    table["i_has_body"] = np.full(n, float(hints.has_body))


def _repeated(table: Table, page: Page) -> None:
    """Add how often a block's text stands on the page, and how often before this block.

    An entry of a table of contents is no copy of the heading that it leads to.
    """
    seen: dict[str, int] = {}
    earlier = []
    inner = {anchor.block for anchor in page.links if anchor.url.startswith("#")}
    keys = [leaf.text[:200] for leaf in page.leaves]
    for index, key in enumerate(keys):
        if index in inner and 2 * page.leaves[index].link_chars > len(page.leaves[index].text):
            earlier.append(0)
            continue
        earlier.append(seen.get(key, 0))
        seen[key] = earlier[-1] + 1
    table["repeats"] = np.array([seen.get(key, 1) for key in keys], dtype=np.float64)
    table["earlier"] = np.array(earlier, dtype=np.float64)


def _signatures(table: Table, page: Page, where: Where) -> Array:
    """Add what blocks of the same make (tag and class, own and above) look like, and how often a text stands."""
    codes: dict[int, int] = {}
    keys = []
    makes: dict[tuple[str, ...], int] = {}
    of_home: dict[int, int] = {}
    classes: dict[int, tuple[str, str]] = {-1: ("", "")}
    for leaf in page.leaves:
        make = of_home.get(leaf.container)
        if make is None:
            made = _make(page, leaf.container, classes)
            make = of_home[leaf.container] = makes.setdefault(made, 2 * len(makes))
        if leaf.links > 0 and leaf.link_chars * 2 > len(leaf.text):
            make += 1
        keys.append(codes.setdefault(make, len(codes)))
    signature = np.array(keys)
    _grouped(table, "q", signature)
    return signature


def _make(page: Page, home: int, classes: dict[int, tuple[str, str]]) -> tuple[str, ...]:
    """Return tag and class of a container and of the one above; ``classes`` holds those of the ones above so far."""
    container = page.containers[home]
    above = classes.get(container.parent)
    if above is None:
        upper = page.containers[container.parent]
        above = classes[container.parent] = upper.tag, upper.element.get("class") or ""
    return container.tag, container.element.get("class") or "", *above


def _grouped(table: Table, prefix: str, code: Array) -> None:
    count = np.bincount(code).astype(np.float64)
    weight = np.bincount(code, weights=table["weight"])
    table[f"{prefix}_count"] = np.log1p(count)[code]
    table[f"{prefix}_mean"] = (weight / count)[code]
    table[f"{prefix}_good"] = (np.bincount(code, weights=table["good"]) / count)[code]
    table[f"{prefix}_stop"] = (np.bincount(code, weights=table["end_stop"]) / count)[code]
    table[f"{prefix}_inside"] = (np.bincount(code, weights=table["m_inside"]) / count)[code]
    table[f"{prefix}_share"] = (weight / max(1.0, float(weight.sum())))[code]


def _neighbours(table: Table) -> None:
    """Add the columns that matter most of the blocks up to three before and after."""
    for name in _SHIFTED:
        column = np.log1p(table[name]) if name == "weight" else table[name]
        for shift in _SHIFTS:
            moved = np.full(len(column), -1.0)
            if shift < 0:
                moved[-shift:] = column[:shift]
            else:
                moved[:-shift] = column[shift:]
            table[f"n{shift:+d}_{name}"] = moved
