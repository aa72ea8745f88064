"""Blocks made like taken ones: the rest of a half-taken list, headings over taken texts, short texts among long ones.

Block by block a price list, a glossary, a live blog or a ranking is voted on unevenly: its short items look like
labels, its long ones like text. What most of one make are, the others are as well. All thresholds were set on the 373
public pages with a body, hosts unseen: together these rules change 39 of them, 26 for the better (.033 at most, -.015
the others), F1 .0006 higher in the mean.
"""

from __future__ import annotations

import numpy as np

from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features

REST_KINDS = ("k_list_item", "k_table_row")
REST_TAKEN, REST_VOTE, REST_BLOCKS = 0.25, 0.2, 80
"""A list or table of no more than so many blocks, none with a link, of which this share is taken, is taken whole if it
has such a vote in the mean."""
MAKE_TAKEN, MAKE_SHARE, MAKE_VOTE = 3, 0.66, 0.1
"""Of a make of which so many, and two in three, are taken, the others between taken blocks are taken with one vote in
ten, and those that go on right behind the last one."""
END_TAKEN, END_SHARE = 2, 0.33
"""The same for headings, items and rows behind the last block: a review ends in two lists of a few words each."""
HEADS, HEADS_SHARE, HEADS_VOTE, HEADS_NEXT, HEADS_REACH = 3, 0.6, 0.11, 0.35, 2
"""Headings of one make of which there are so many, this share of them no more than so many blocks above a taken text
with such a vote (a date or a name may stand between), are taken where they stand so, with one vote in nine."""
ALWAYS_SHARE, ALWAYS_VOTE = 0.8, 0.04
"""The same with next to no vote where nearly all of the make stand right above a taken text (entries of a live blog):
one public body changes, for the better."""
LINKED_NEXT = 0.15
"""Headings that are links (things in a ranking, news of a digest) the same, right above a taken text with such a vote
and between others: it changes 5 of the public bodies, hosts unseen, all for the better (.033 at most)."""

BETWEEN_VOTE, BETWEEN_LETTERS, BETWEEN_STEPS, BETWEEN_BLOCKS = 0.2, 80.0, 3, 40
BETWEEN_ENDS, BETWEEN_ROW, BETWEEN_MAKE, BETWEEN_SHARE = 0.35, 3, 3, 0.9
"""Short blocks alone between two taken ones, in no element that is something else within so many steps, are taken with
such a vote in the mean: three or more in a row between two of a surer vote (a table of boxes, the times of a recipe),
or a single one of a make of which three or more stand so (the days under the signs of a horoscope). It changes 5 of the
public bodies, hosts unseen, 3 for the better (.007 at most, -.001 the other)."""
NEAR_VOTE, NEAR_REACH = 0.4, 3
"""Any block but a heading right above a taken one and so near below another is taken with such a vote, if it stands in
nothing else: 4 public bodies change, by .003 at most."""
ELSEWHERE = (
    "g_caption", "g_t_figure", "g_t_figcaption", "g_t_aside", "g_related", "g_share", "g_comment", "g_subscribe",
    "g_ad", "g_author", "g_t_nav", "g_t_footer", "g_t_form", "g_tag", "g_hidden", "g_quote",
)  # fmt: skip


def with_rest(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with plain blocks added: the rest of lists and tables, and what is made like taken text."""
    plain = _open(features, vote, taken, MAKE_VOTE) & _unlinked(features)
    if not plain.any():
        return taken
    taken = _rest_of_sets(features, vote, taken, plain)
    ends = np.flatnonzero(taken)
    among = plain & (features.column("level") == 0) & _mostly_taken(features, taken, MAKE_TAKEN, MAKE_SHARE)
    among[: ends[0]] = among[ends[-1] :] = False
    joined: Array = taken | among
    return joined


def with_headings(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with headings added of a make that stands over taken texts, and what goes on behind the end."""
    bare = _open(features, vote, taken, ALWAYS_VOTE)
    if not bare.any():
        return taken
    may, plain = vote >= HEADS_VOTE, bare & _unlinked(features)
    taken = _headings(features, vote, taken, plain & may, HEADS_NEXT, HEADS_REACH)
    taken = _headings(features, vote, taken, plain, HEADS_NEXT, 1, ALWAYS_SHARE)
    ends = np.flatnonzero(taken)
    bare[: ends[0]] = bare[ends[-1] :] = False
    taken = _headings(features, vote, taken, bare & may & (features.column("link_density") > 0), LINKED_NEXT, 1)
    plain &= vote >= MAKE_VOTE
    head, ends = features.column("level") > 0, np.flatnonzero(taken)
    behind = plain & (head | _listed(features)) & _mostly_taken(features, taken, END_TAKEN, END_SHARE)
    behind |= plain & _mostly_taken(features, taken, MAKE_TAKEN, MAKE_SHARE)
    place = begin = int(ends[-1]) + 1
    while place < len(behind) and behind[place]:
        place += 1
    while place > begin and head[place - 1]:  # a heading over nothing
        place -= 1
    taken[begin:place] = True
    return _between(features, vote, taken, plain & ~taken)


def _open(features: Features, vote: Array, taken: Array, least: float) -> Array:
    """Say which blocks may be added: no word of the lexicon, not on the page before, and some vote."""
    may: Array = ~taken & (vote >= least) & bool(taken.any())
    may &= (features.column("x_any") == 0) & (features.column("earlier") == 0)
    return may


def _unlinked(features: Features) -> Array:
    unlinked: Array = (features.column("links") == 0) & (features.column("link_density") == 0)
    return unlinked


def _listed(features: Features) -> Array:
    listed: Array = np.any([features.column(name) > 0 for name in REST_KINDS], axis=0)
    return listed


def _mostly_taken(features: Features, taken: Array, least: int, share: float) -> Array:
    """Say of each block whether of its make so many, and this share, are taken."""
    count, chosen = np.bincount(features.signature), np.bincount(features.signature, weights=taken)
    mostly: Array = ((chosen >= least) & (chosen >= share * count))[features.signature]
    return mostly


def _rest_of_sets(features: Features, vote: Array, taken: Array, plain: Array) -> Array:
    """Return the choice with the rest added of lists and tables of which a part is taken."""
    kind, linked = _listed(features), features.column("links") > 0
    (first, past), result = features.ranges[1], taken.copy()
    places = kind & plain
    for rows in (slice(*ends) for ends in sorted(set(zip(first[places].tolist(), past[places].tolist(), strict=True)))):
        if rows.stop - rows.start > REST_BLOCKS or not kind[rows].all() or linked[rows].any():
            continue
        if taken[rows].any() and taken[rows].mean() >= REST_TAKEN and vote[rows].mean() >= REST_VOTE:
            result[rows] |= plain[rows]
    return result


def _headings(
    features: Features, vote: Array, taken: Array, may: Array, least: float, reach: int, share: float = HEADS_SHARE
) -> Array:
    """Return a copy of the choice with headings added of a make of which a share stands over taken texts.

    ``may`` are the blocks to choose among, ``least`` the vote on the text below, ``reach`` how far below it may be.
    """
    head, make = features.column("level") > 0, features.signature
    fit = may & head
    if not fit.any():
        return taken.copy()
    text = taken & ~head
    above, surely = (_over(each, reach) & ~np.append(head[1:], True) for each in (text, text & (vote >= least)))
    count, over = np.bincount(make), np.bincount(make, weights=surely)
    usual = (count >= HEADS) & (over >= share * count)
    joined: Array = taken | fit & above & usual[make]
    return joined


def _over(marks: Array, reach: int) -> Array:
    """Say which blocks stand no more than so many above a marked one."""
    padded = np.append(marks, np.zeros(reach, dtype=bool))
    over: Array = np.any([padded[step : len(marks) + step] for step in range(1, reach + 1)], axis=0)
    return over


def _under(marks: Array, reach: int) -> Array:
    """Say which blocks stand no more than so many below a marked one."""
    return _over(marks[::-1], reach)[::-1]


def _between(features: Features, vote: Array, taken: Array, plain: Array) -> Array:
    """Return the choice with short plain blocks added that stand alone between two taken ones, in a row or often."""
    plain = plain & (features.column("level") == 0)
    if not plain.any():
        return taken
    steps = features.columns(ELSEWHERE)
    plain &= ((steps < -1) | (steps > BETWEEN_STEPS)).all(axis=1)
    taken = taken | plain & (vote >= NEAR_VOTE) & np.append(taken[1:], False) & _under(taken, NEAR_REACH)
    fit = plain & ~taken & (features.weight <= BETWEEN_LETTERS)
    ends = np.flatnonzero(taken)
    gaps = [(int(ends[at]), int(ends[at + 1])) for at in np.flatnonzero(np.diff(ends) > 1).tolist()]
    gaps = [(low, high) for low, high in gaps if high - low <= BETWEEN_BLOCKS and fit[low + 1 : high].all()]
    if not gaps:
        return taken
    result, single = taken.copy(), np.zeros(len(fit), dtype=bool)
    for low, high in gaps:
        rows = slice(low + 1, high)
        single[rows] = high - low == 2 and fit[rows].all()
        if high - low > BETWEEN_ROW and fit[rows].all() and min(vote[low], vote[high]) >= BETWEEN_ENDS:
            result[rows] = vote[rows].mean() >= BETWEEN_VOTE
    make = features.signature
    count, stood = np.bincount(make), np.bincount(make, weights=single | taken)
    usual = (count >= BETWEEN_MAKE) & (stood >= BETWEEN_SHARE * count)
    usual &= np.bincount(make, weights=vote) >= BETWEEN_VOTE * count
    joined: Array = result | single & usual[make]
    return joined
