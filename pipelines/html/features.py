"""The feature matrix of a page: one row a block, one column a feature.

Everything over a container is a difference of prefix sums, everything over neighbours a shifted column, so that a
page costs a few hundred numpy calls whatever its size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.html import textstats, words
from pipelines.html.blocks import Page
from pipelines.html.hints import Hints

Array = npt.NDArray[Any]
_TAGS = ("p", "div", "li", "td", "section", "article", "span", "body", "figcaption", "button", "a", "dd")
FAR = 30.0
"""Steps counted for "there is none"; more than any page nests."""
_LEVELS = 4
_SHIFTS = (-2, -1, 1, 2)
_SHIFTED = ("weight", "link_density", "end_stop", "good", "level", "clock", "x_any")


@dataclass(slots=True)
class _Sums:
    """Prefix sums of a column: the sum over blocks a..b is ``total[b] - total[a]``."""

    total: Array

    @classmethod
    def of(cls, column: Array) -> _Sums:
        return cls(np.concatenate(([0.0], np.cumsum(column, dtype=np.float64))))

    def over(self, start: Array, end: Array) -> Array:
        return self.total[end] - self.total[start]


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


def compute(page: Page, hints: Hints) -> Features:
    """Return the features of all blocks of a page that has any."""
    table: dict[str, Array] = dict(textstats.stats(page.leaves))
    _prose(table)
    where = _Where.of(page)
    _groups(table, page, where)
    ranges = _containers(table, where)
    _repeated(table, page)
    _lists(table, page, where)
    _cluster(table, page, where)
    _hints(table, page, hints)
    signature = _signatures(table, page, where)
    _neighbours(table)
    weight = table["weight"].copy()
    for name in ("chars", "weight", "words"):
        table[name] = np.log1p(table[name])
    names = list(table)
    return Features(
        matrix=np.stack([table[name] for name in names], axis=1).astype(np.float32),
        names=names,
        weight=weight,
        ranges=ranges,
        signature=signature,
    )


def _prose(table: dict[str, Array]) -> None:
    """Mark the blocks that look like running text, by length, links and sentence ends."""
    weight, density = table["weight"], table["link_density"]
    comma = table["comma_rate"] * weight / 100
    prose = (weight >= 80) & (density < 0.35) & ((table["sentences"] >= 1) | (comma >= 2)) & (table["level"] == 0)
    table["good"] = prose.astype(np.float64)
    table["good_mass"] = np.where(prose, np.minimum(weight, 2_000.0) * (1 - density), 0.0)


@dataclass(slots=True)
class _Where:
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
    def of(cls, page: Page) -> _Where:
        containers = page.containers
        parent = np.array([container.parent for container in containers], dtype=np.int64)
        start = np.array([container.start for container in containers], dtype=np.int64)
        end = np.array([container.end for container in containers], dtype=np.int64)
        size = (end - start).tolist()
        wider = list(range(len(containers)))
        above = parent.tolist()
        for index, up in enumerate(above):
            if up >= 0:
                wider[index] = up if size[up] > size[index] else wider[up]
        return cls(
            parent=parent,
            start=start,
            end=end,
            depth=np.array([container.depth for container in containers], dtype=np.float64),
            tags=[container.tag for container in containers],
            own=np.array([container.own for container in containers], dtype=np.int64),
            home=np.array([leaf.container for leaf in page.leaves], dtype=np.int64),
            wider=np.array(wider, dtype=np.int64),
        )


def _bits(flags: Array) -> Array:
    return (flags[:, None] >> np.arange(words.COUNT, dtype=np.int64)) & 1


def _groups(table: dict[str, Array], page: Page, where: _Where) -> None:
    """Add the steps up to the nearest element of each word group, by levels of the tree from the top down."""
    own = _bits(where.own).astype(bool)
    steps = np.where(own, 0.0, FAR)
    order = np.argsort(where.depth, kind="stable")
    bounds = np.searchsorted(where.depth[order], np.arange(where.depth.max() + 2))
    for low, high in zip(bounds[1:-1], bounds[2:], strict=True):
        level = order[low:high]
        inherited = np.minimum(steps[where.parent[level]] + 1, FAR)
        steps[level] = np.where(own[level], 0.0, inherited)
    inner = _bits(np.array([leaf.inner for leaf in page.leaves], dtype=np.int64)).astype(bool)
    rows = np.where(inner, -1.0, steps[where.home])
    for place, name in enumerate(words.GROUPS):
        table[f"g_{name}"] = rows[:, place]
    table["depth"] = where.depth[where.home]
    tags = np.array([_TAGS.index(tag) if tag in _TAGS else -1 for tag in where.tags])[where.home]
    for place, tag in enumerate(_TAGS):
        table[f"tag_{tag}"] = (tags == place).astype(np.float64)


def _containers(table: dict[str, Array], where: _Where) -> list[tuple[Array, Array]]:
    """Add what the next containers above, each wider than the last, hold; return their ranges."""
    n = len(where.home)
    sums = {
        name: _Sums.of(column)
        for name, column in (
            ("weight", table["weight"]),
            ("link", table["weight"] * table["link_density"]),
            ("good", table["good"]),
            ("mass", table["good_mass"]),
            ("item", table["k_list_item"]),
            ("stop", table["end_stop"]),
            ("head", (table["level"] > 0).astype(np.float64)),
            ("lex", (table["x_any"] > 0).astype(np.float64)),
            ("img", table["images"]),
        )
    }
    total_weight = max(1.0, float(sums["weight"].total[-1]))
    total_mass = max(1.0, float(sums["mass"].total[-1]))
    current = where.home
    ranges = []
    for level in range(_LEVELS):
        first, last = where.start[current], where.end[current]
        ranges.append((first, last))
        count = np.maximum(1, last - first).astype(np.float64)
        weight = sums["weight"].over(first, last)
        table[f"c{level}_blocks"] = np.log1p(count)
        table[f"c{level}_weight"] = np.log1p(weight)
        table[f"c{level}_share"] = weight / total_weight
        table[f"c{level}_link"] = sums["link"].over(first, last) / np.maximum(1.0, weight)
        table[f"c{level}_good"] = sums["good"].over(first, last) / count
        table[f"c{level}_mass"] = sums["mass"].over(first, last) / total_mass
        table[f"c{level}_item"] = sums["item"].over(first, last) / count
        table[f"c{level}_stop"] = sums["stop"].over(first, last) / count
        table[f"c{level}_mean"] = weight / count
        table[f"c{level}_head"] = sums["head"].over(first, last) / count
        table[f"c{level}_lex"] = sums["lex"].over(first, last) / count
        table[f"c{level}_img"] = sums["img"].over(first, last) / count
        table[f"c{level}_place"] = (np.arange(n) - first) / count
        current = where.wider[current]
    table["page_weight"] = np.full(n, np.log1p(total_weight))
    table["page_mass"] = np.full(n, np.log1p(total_mass))
    table["page_blocks"] = np.full(n, np.log1p(n))
    table["page_link"] = np.full(n, sums["link"].total[-1] / total_weight)
    before = (sums["weight"].total[:-1] + table["weight"] / 2) / total_weight
    table["place_blocks"] = (np.arange(n) + 0.5) / n
    table["place_weight"] = before
    table["place_mass"] = (sums["mass"].total[:-1] + table["good_mass"] / 2) / total_mass
    return ranges


def _lists(table: dict[str, Array], page: Page, where: _Where) -> None:
    """Add whether a block is in one of many alike boxes: cards, comments, teasers, listings.

    Only boxes of two blocks and more count, so that the paragraphs of an article are no list.
    """
    masses = _Sums.of(table["good_mass"])
    held = masses.over(where.start, where.end)
    size = where.end - where.start
    boxes: dict[tuple[int, str, str], list[int]] = {}
    for place, container in enumerate(page.containers):
        if size[place] >= 2 and container.parent >= 0:
            name = (container.element.get("class") or "").split(None, 1)
            boxes.setdefault((container.parent, container.tag, name[0][:8] if name else ""), []).append(place)
    count = np.zeros(len(where.parent))
    order = np.zeros(len(where.parent))
    full = np.zeros(len(where.parent))
    for members in boxes.values():
        if len(members) > 1:
            count[members] = len(members)
            order[members] = np.arange(len(members))
            full[members] = float(np.mean(held[members] > 40))
    most, first, near, filled = count.copy(), order.copy(), count.copy(), full.copy()
    for place, up in enumerate(where.parent.tolist()):
        if up >= 0:
            if count[place] <= most[up]:
                most[place], first[place], filled[place] = most[up], first[up], filled[up]
            if not count[place]:
                near[place] = near[up]
    home = where.home
    table["l_most"], table["l_order"] = np.minimum(most[home], 50.0), np.minimum(first[home], 50.0)
    table["l_near"], table["l_full"] = np.minimum(near[home], 50.0), filled[home]


_UNLIKELY = ("comment", "related", "share", "nav", "footer", "side", "ad", "subscribe", "consent", "t_nav", "t_footer")


def _cluster(table: dict[str, Array], page: Page, where: _Where) -> None:
    """Find the container of the main text, by two measures of mass, and add where each block stands to it."""
    _about(table, where, "m", table["good_mass"])
    # The other measure needs no sentences (verse, lists, dialogue) and mistrusts lists of boxes and telling names.
    plain = np.minimum(table["weight"], 600.0) * (1 - table["link_density"]) ** 2
    for group in _UNLIKELY:
        plain = np.where(table[f"g_{group}"] < FAR, plain * 0.5, plain)
    plain = np.where(table["g_s_hidden"] < FAR, plain * 0.3, plain)
    plain = plain / np.sqrt(np.maximum(1.0, table["l_most"]))
    plain = np.where(table["repeats"] > 1, plain * 0.5, plain)
    table["plain_mass"] = plain
    _about(table, where, "w", plain)
    rows = np.arange(len(where.home))
    _runs(table, rows, table["good_mass"])
    # The innermost <article> or <main>, and the innermost element named as a body, around each block: how much of the running text it holds.
    total = max(1.0, float(table["good_mass"].sum()))
    holds = _Sums.of(table["good_mass"]).over(where.start, where.end) / total
    groups = words.GROUPS
    for name, bits in (("s", groups["t_article"] | groups["t_main"]), ("b", groups["strong"] | groups["s_body"])):
        marked = (where.own & bits) != 0
        held = np.zeros(len(where.parent))
        for place, up in enumerate(where.parent.tolist()):
            held[place] = holds[place] if marked[place] else (held[up] if up >= 0 else -1.0)
        table[f"{name}_held"] = held[where.home]
        table[f"{name}_most"] = np.full(len(rows), float(holds[marked].max(initial=0.0)))


def _about(table: dict[str, Array], where: _Where, prefix: str, mass: Array) -> None:
    """Find the container that scores best by a mass of text, readability-wise, and add each block's relation to it."""
    n = len(where.home)
    score = np.zeros(len(where.parent))
    step = np.where(where.end[where.home] - where.start[where.home] > 1, where.home, where.wider[where.home])
    for share in (1.0, 0.5, 0.25):
        np.add.at(score, step, mass * share)
        step = where.wider[step]
    links = _Sums.of(table["weight"] * table["link_density"])
    weights = _Sums.of(table["weight"])
    density = links.over(where.start, where.end) / np.maximum(1.0, weights.over(where.start, where.end))
    score *= 1 - np.minimum(1.0, density)
    best = int(np.argmax(score))
    top = max(1.0, float(score[best]))
    first, last = int(where.start[best]), int(where.end[best])
    rows = np.arange(n)
    table[f"{prefix}_inside"] = ((rows >= first) & (rows < last)).astype(np.float64)
    table[f"{prefix}_before"] = np.minimum(np.maximum(0, first - rows), 200).astype(np.float64)
    table[f"{prefix}_after"] = np.minimum(np.maximum(0, rows - last + 1), 200).astype(np.float64)
    table[f"{prefix}_place"] = np.clip((rows - first) / max(1, last - first), -1.0, 2.0)
    table[f"{prefix}_share"] = np.full(n, float(mass[first:last].sum()) / max(1.0, float(mass.sum())))
    parent = where.wider[where.home]
    table[f"{prefix}_score"] = score[where.home] / top
    table[f"{prefix}_score1"] = score[parent] / top
    table[f"{prefix}_score2"] = score[where.wider[parent]] / top
    # Depth of the lowest container that a block has in common with the main one.
    chain = set()
    index = best
    while index >= 0:
        chain.add(index)
        index = int(where.parent[index])
    meet = np.zeros(len(where.parent))
    for place, up in enumerate(where.parent.tolist()):
        meet[place] = where.depth[place] if place in chain else (meet[up] if up >= 0 else 0.0)
    table[f"{prefix}_up"] = where.depth[best] - meet[where.home]
    table[f"{prefix}_down"] = where.depth[where.home] - meet[where.home]


def _runs(table: dict[str, Array], rows: Array, mass: Array) -> None:
    """Add distances to the running text before and after, and how dense it is around."""
    n = len(rows)
    good = table["good"] > 0
    last = np.maximum.accumulate(np.where(good, rows, -1_000))
    following = np.minimum.accumulate(np.where(good, rows, n + 1_000)[::-1])[::-1]
    behind = np.concatenate(([-1_000], last[:-1]))
    ahead = np.concatenate((following[1:], [n + 1_000]))
    table["r_behind"] = np.minimum(rows - behind, 60).astype(np.float64)
    table["r_ahead"] = np.minimum(ahead - rows, 60).astype(np.float64)
    sums, weights = _Sums.of(mass), _Sums.of(table["weight"])
    for reach in (3, 10, 25):
        low, high = np.maximum(0, rows - reach), np.minimum(n, rows + reach + 1)
        table[f"r_density{reach}"] = (sums.over(low, high) - mass) / np.maximum(
            1.0, weights.over(low, high) - table["weight"]
        )
        table[f"r_before{reach}"] = np.log1p(sums.over(low, rows))
        table[f"r_after{reach}"] = np.log1p(sums.over(np.minimum(rows + 1, n), high))
    heading = np.maximum.accumulate(np.where(table["level"] > 0, rows, -1))
    known = heading >= 0
    table["h_steps"] = np.where(known, np.minimum(rows - heading, 60), 60).astype(np.float64)
    table["h_link"] = np.where(known, table["link_density"][heading], -1.0)
    table["h_lex"] = np.where(known, table["x_any"][heading], -1.0)
    table["h_level"] = np.where(known, table["level"][heading], 0.0)
    told = np.maximum.accumulate(np.where(table["x_any"] >= 3, rows, -1))
    table["lex_steps"] = np.where(told >= 0, np.minimum(rows - told, 60), 60).astype(np.float64)


def _hints(table: dict[str, Array], page: Page, hints: Hints) -> None:
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


def _repeated(table: dict[str, Array], page: Page) -> None:
    """Add how often a block's text stands on the page, and how often before this block."""
    seen: dict[str, int] = {}
    earlier = []
    for leaf in page.leaves:
        key = leaf.text[:200]
        earlier.append(seen.get(key, 0))
        seen[key] = earlier[-1] + 1
    table["repeats"] = np.array([seen[leaf.text[:200]] for leaf in page.leaves], dtype=np.float64)
    table["earlier"] = np.array(earlier, dtype=np.float64)


def _signatures(table: dict[str, Array], page: Page, where: _Where) -> Array:
    """Add what blocks of the same make (tag and class, own and above) look like, and how often a text stands."""
    codes: dict[tuple[Any, ...], int] = {}
    keys = []
    names = [(container.tag, container.element.get("class") or "") for container in page.containers]
    for leaf in page.leaves:
        home = leaf.container
        up = int(where.parent[home])
        above = names[up] if up >= 0 else ("", "")
        key = (names[home], above, leaf.links > 0 and leaf.link_chars * 2 > len(leaf.text))
        keys.append(codes.setdefault(key, len(codes)))
    signature = np.array(keys)
    _grouped(table, "q", signature)
    return signature


def _grouped(table: dict[str, Array], prefix: str, code: Array) -> None:
    count = np.bincount(code).astype(np.float64)
    weight = np.bincount(code, weights=table["weight"])
    table[f"{prefix}_count"] = np.log1p(count)[code]
    table[f"{prefix}_mean"] = (weight / count)[code]
    table[f"{prefix}_good"] = (np.bincount(code, weights=table["good"]) / count)[code]
    table[f"{prefix}_stop"] = (np.bincount(code, weights=table["end_stop"]) / count)[code]
    table[f"{prefix}_inside"] = (np.bincount(code, weights=table["m_inside"]) / count)[code]
    table[f"{prefix}_share"] = (weight / max(1.0, float(weight.sum())))[code]


def _neighbours(table: dict[str, Array]) -> None:
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
