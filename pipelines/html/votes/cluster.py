"""Where the main text of a page is, and where each block stands to it."""

from __future__ import annotations

import numpy as np

from pipelines.html.blocks import Page
from pipelines.html.votes import words
from pipelines.html.votes.containers import FAR, Array, Sums, Table, Where


def lists(table: Table, page: Page, where: Where) -> None:
    """Add whether a block is in one of many alike boxes: cards, comments, teasers, listings.

    Only boxes of two blocks and more count, so that the paragraphs of an article are no list.
    """
    masses = Sums.of(table["good_mass"])
    held = masses.over(where.start, where.end)
    size = where.end - where.start
    boxes: dict[tuple[int, str, str], list[int]] = {}
    for place in np.flatnonzero(size >= 2).tolist():
        container = page.containers[place]
        if container.parent >= 0:
            name = (container.element.get("class") or "").split(None, 1)
            boxes.setdefault((container.parent, container.tag, name[0][:8] if name else ""), []).append(place)
    # Lists, not arrays, where one number is read at a time: four times as fast.
    count, order, full = ([0.0] * len(size) for _ in range(3))
    mass = held.tolist()
    for members in boxes.values():
        if len(members) > 1:
            share = sum(mass[member] > 40 for member in members) / len(members)
            for rank, member in enumerate(members):
                count[member], order[member], full[member] = float(len(members)), float(rank), share
    most, first, near, filled = count.copy(), order.copy(), count.copy(), full.copy()
    for place, up in enumerate(where.parent.tolist()):
        if up >= 0:
            if count[place] <= most[up]:
                most[place], first[place], filled[place] = most[up], first[up], filled[up]
            if not count[place]:
                near[place] = near[up]
    home = where.home
    table["l_most"], table["l_order"] = np.minimum(np.array(most)[home], 50.0), np.minimum(np.array(first)[home], 50.0)
    table["l_near"], table["l_full"] = np.minimum(np.array(near)[home], 50.0), np.array(filled)[home]


_UNLIKELY = ("comment", "related", "share", "nav", "footer", "side", "ad", "subscribe", "consent", "t_nav", "t_footer")

_HALVED = 0.5 ** np.arange(len(_UNLIKELY) + 1)
"""What is left of a mass in so many elements with unlikely names: half in one, a quarter in two."""


def cluster(table: Table, page: Page, where: Where) -> None:
    """Find the container of the main text, by two measures of mass, and add where each block stands to it."""
    _about(table, where, "m", table["good_mass"])
    # The other measure needs no sentences (verse, lists, dialogue) and mistrusts lists of boxes and telling names.
    plain = np.minimum(table["weight"], 600.0) * (1 - table["link_density"]) ** 2
    unlikely = np.array([table[f"g_{group}"] for group in _UNLIKELY]) < FAR
    plain = plain * _HALVED[unlikely.sum(axis=0)]
    plain = np.where(table["g_s_hidden"] < FAR, plain * 0.3, plain)
    plain = plain / np.sqrt(np.maximum(1.0, table["l_most"]))
    plain = np.where(table["repeats"] > 1, plain * 0.5, plain)
    table["plain_mass"] = plain
    _about(table, where, "w", plain)
    rows = np.arange(len(where.home))
    _runs(table, rows, table["good_mass"])
    # The innermost <article> or <main>, and the innermost element named as a body, around each block: how much
    # of the running text it holds.
    total = max(1.0, float(table["good_mass"].sum()))
    holds = Sums.of(table["good_mass"]).over(where.start, where.end) / total
    groups = words.GROUPS
    for name, bits in (("s", groups["t_article"] | groups["t_main"]), ("b", groups["strong"] | groups["s_body"])):
        marked = (where.own & bits) != 0
        own: list[float] = np.where(marked, holds, -2.0).tolist()
        held: list[float] = []
        for share, up in zip(own, where.parent.tolist(), strict=True):
            held.append(share if share > -2.0 else (held[up] if up >= 0 else -1.0))
        table[f"{name}_held"] = np.array(held)[where.home]
        table[f"{name}_most"] = np.full(len(rows), float(holds[marked].max(initial=0.0)))


def _about(table: Table, where: Where, prefix: str, mass: Array) -> None:
    """Find the container that scores best by a mass of text, readability-wise, and add each block's relation to it."""
    n = len(where.home)
    score = np.zeros(len(where.parent))
    step = np.where(where.end[where.home] - where.start[where.home] > 1, where.home, where.wider[where.home])
    for share in (1.0, 0.5, 0.25):
        np.add.at(score, step, mass * share)
        step = where.wider[step]
    links = Sums.of(table["weight"] * table["link_density"])
    weights = Sums.of(table["weight"])
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
    lowest: list[int] = []
    for place, up in enumerate(where.parent.tolist()):
        lowest.append(place if place in chain else (lowest[up] if up >= 0 else -1))
    shared = np.array(lowest)[where.home]
    meet = np.where(shared >= 0, where.depth[shared], 0.0)
    table[f"{prefix}_up"] = where.depth[best] - meet
    table[f"{prefix}_down"] = where.depth[where.home] - meet


def _runs(table: Table, rows: Array, mass: Array) -> None:
    """Add distances to the running text before and after, and how dense it is around."""
    n = len(rows)
    good = table["good"] > 0
    last = np.maximum.accumulate(np.where(good, rows, -1_000))
    following = np.minimum.accumulate(np.where(good, rows, n + 1_000)[::-1])[::-1]
    behind = np.concatenate(([-1_000], last[:-1]))
    ahead = np.concatenate((following[1:], [n + 1_000]))
    table["r_behind"] = np.minimum(rows - behind, 60).astype(np.float64)
    table["r_ahead"] = np.minimum(ahead - rows, 60).astype(np.float64)
    sums, weights = Sums.of(mass), Sums.of(table["weight"])
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
