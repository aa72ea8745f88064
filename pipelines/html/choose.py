"""The choice at the end: which blocks are taken, given a probability a block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.html.containers import Array
from pipelines.html.features import Features

COMMENT_STEPS, COMMENT_TRUST, DISTRUST = 3, 0.3, 0.02
"""Comments can be many times the article, so a doubtful vote there costs most; a sure one too, where there is a body
of ``BODY_OUTSIDE`` letters without them. Cross-validated F1 in zh .926 → .935 on the public pages, elsewhere the
same; it is there for long comment sections, which are few."""
BODY_OUTSIDE = 200.0
HEAD_BLOCKS, FEW_BLOCKS = 5, 3
"""Blocks within which the headline of another article stands in its element, and fewest blocks such an element has."""
FILL_WEIGHT = 40.0
"""Letters from which a block can be filled in; shorter ones are labels as often as text."""
FILL_LINKS = 0.3
GAP = 6
"""Blocks between two taken ones of the same make across which a doubtful one of that make is filled in."""
GAP_VOTE, BOX_VOTE, BOX_TAKEN = 0.05, 0.1, 3
"""A doubtful block is filled in with one vote in twenty inside a gap, one in ten beside three taken ones of its box.

Set on the 373 public pages with a body by host-wise cross-validation: F1 .9238 without filling, .9256 with; any vote
from .03 to .2 gives .9243 to .9256.
"""
CARDS, CARD_BLOCKS, CARD_VOTE, CARD_TRUST = 3, 3, 0.8, 0.1
"""Linked headings in boxes from which they are a list of other articles, blocks that belong to each, vote from which a
block stays what it is, and what is left of a lower one. Cross-validated it changes one page of 373, .14 to 1.0: a short
article over a long river of cards with half of their texts. Without looking at addresses three lists of things to buy,
whose headings link to shops, would lose up to .6."""
CARD_BOXES = 5.0
HOLE_ENDS, HOLE_BLOCKS, HOLE_LINKS, HOLE_PROSE, HOLE_VOTE = 0.6, 80, 0.1, 0.5, 0.06
"""A hole in the body is filled between two blocks of a sure vote, no more than so many blocks apart, if no more than a
tenth of its text is links, half is running text, and that has a vote of some six in a hundred.

Cross-validated by host it changes 3 of 373 public pages: .54 to .99, .52 to .61 and .989 to .979; votes from .03 to .1
change none by more than .08 the wrong way.
"""
HOLE_LETTERS, HOLE_FEWEST = 300.0, 3
"""Letters of running text and blocks from which it is a hole: a list of boxes with prices, dates or stars."""


def choose(features: Features, vote: Array, cards: Sequence[int] = ()) -> Array:
    """Return which blocks are taken (bool); ``cards`` are the headings that link to other articles of the site."""
    vote = _carded(features, _next_articles(features, _distrusted(features, vote)), cards)
    taken = _filled(features, vote, best_expected(vote, features.weight))
    return _without_holes(features, vote, taken)


def _distrusted(features: Features, vote: Array) -> Array:
    """Return the votes, lowered inside an element named as comments (unless a body stands inside that)."""
    own = features.column("g_comment")
    # -1: the word is in the block itself (a link to its comments, an anchor); such a block goes with the one before.
    last = np.maximum.accumulate(np.where(own >= 0, np.arange(len(own)), 0))
    steps = np.where(own[last] >= 0, own[last], COMMENT_STEPS + 1)
    body = np.minimum(features.column("g_strong"), features.column("g_s_body"))
    inside = (steps <= COMMENT_STEPS) & (body > steps)
    outside = float((vote * features.weight)[~inside].sum())
    lowered: Array = np.where(inside, vote * (DISTRUST if outside >= BODY_OUTSIDE else COMMENT_TRUST), vote)
    return lowered


def _next_articles(features: Features, vote: Array) -> Array:
    """Return the votes, lowered inside elements below the article that begin like another one.

    Pages that scroll on without end load the next article under the first: a headline of the first level that is not
    the page's, with a date beside it. An article's own sections have no dates. Cross-validated on the public pages it
    changes one page of 373, from F1 .24 to .89; without the date one more would lose .14.
    """
    alike, level, clock = features.column("i_title"), features.column("level"), features.column("clock")
    own = np.flatnonzero((alike >= 0.9) & (level == 1))
    if not len(own):
        return vote
    place = int(own[0])
    lowered = vote.copy()
    for row in (place + np.flatnonzero((level[place:] == 1) & (alike[place:] < 0.5))).tolist():
        spans = [(int(first[row]), int(past[row])) for first, past in features.ranges if first[row] > place]
        if not spans:
            continue
        first, past = spans[-1]
        dated = clock[first : row + HEAD_BLOCKS + 2].any()
        begins = row - first <= HEAD_BLOCKS and past - row >= FEW_BLOCKS
        above = float((vote * features.weight)[place:first].sum())
        if dated and begins and above >= BODY_OUTSIDE:
            lowered[first:past] = vote[first:past] * DISTRUST
    return lowered


def _carded(features: Features, vote: Array, cards: Sequence[int]) -> Array:
    """Return the votes, lowered in a list of cards of other articles beside a body."""
    boxed = features.column("l_most") >= CARD_BOXES
    heads = [at for at in cards if boxed[at]]
    if len(heads) < CARDS:
        return vote
    level = features.column("level")
    inside = np.zeros(len(vote), dtype=bool)
    for at in heads:
        past = at + 1
        while past < len(vote) and past <= at + CARD_BLOCKS and boxed[past] and not level[past]:
            past += 1
        inside[at:past] = True
    if float((vote * features.weight)[~inside].sum()) < BODY_OUTSIDE:
        return vote
    lowered: Array = np.where(inside & (vote < CARD_VOTE), vote * CARD_TRUST, vote)
    return lowered


def best_expected(vote: Array, weight: Array) -> Array:
    """Return the choice of blocks (bool) with the best expected F1 over characters, given a probability a block."""
    chosen: Array = vote >= best_cut(vote, weight)[0]
    return chosen


def best_cut(vote: Array, weight: Array) -> tuple[float, float]:
    """Return the vote from which blocks are taken for the best expected F1 over characters, and that F1.

    Taking blocks in the order of their probability, F1 = 2·hits / (taken + true); the true length is expected to be
    the sum of probability × length. So a page on which nothing is sure still gives its most likely text.
    """
    order = np.argsort(-vote, kind="stable")
    length = weight[order]
    hits = np.cumsum(vote[order] * length)
    expected = 2 * hits / (np.cumsum(length) + max(1e-9, float(hits[-1])))
    best = int(np.argmax(expected))
    return float(vote[order][best]), float(expected[best])


def _filled(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with doubtful paragraphs added that are made like taken ones and stand between or beside."""
    link = features.column("link_density")
    plain = (features.weight >= FILL_WEIGHT) & (link < FILL_LINKS) & (features.column("level") == 0)
    plain &= (features.column("x_any") == 0) & (features.column("earlier") == 0)
    doubtful = np.flatnonzero(plain & ~taken & (vote >= min(GAP_VOTE, BOX_VOTE)))
    if not len(doubtful):
        return taken
    n = len(vote)
    rows = np.arange(n)
    last = np.maximum.accumulate(np.where(taken, rows, -1))
    following = np.minimum.accumulate(np.where(taken, rows, n)[::-1])[::-1]
    make, box = features.signature, features.ranges[1][0]
    sure = taken & plain
    result = taken.copy()
    for row in doubtful.tolist():
        before, after = int(last[row]), int(following[row])
        if before >= 0 and after < n and after - before <= GAP and make[before] == make[row] == make[after]:
            result[row] = vote[row] >= GAP_VOTE
        elif vote[row] >= BOX_VOTE:
            result[row] = np.count_nonzero(sure & (make == make[row]) & (box == box[row])) >= BOX_TAKEN
    return result


def _without_holes(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with long runs of link-free prose added that stand between two sure parts of the body."""
    weight, link, good = features.weight, features.column("link_density"), features.column("good") > 0
    ends = np.flatnonzero(taken & (vote >= HOLE_ENDS) & (weight >= FILL_WEIGHT))
    result = taken.copy()
    for at in np.flatnonzero((np.diff(ends) > HOLE_FEWEST) & (np.diff(ends) <= HOLE_BLOCKS)).tolist():
        rows = np.arange(ends[at] + 1, ends[at + 1])
        hole = rows[~taken[rows]]
        letters = float(weight[hole].sum())
        if len(hole) < HOLE_FEWEST or float((link[hole] * weight[hole]).sum()) > HOLE_LINKS * letters:
            continue
        prose = hole[good[hole] & (link[hole] < HOLE_LINKS * 2)]
        mass = float(weight[prose].sum())
        if mass < max(HOLE_LETTERS, HOLE_PROSE * letters):
            continue
        if float((vote[prose] * weight[prose]).sum()) >= HOLE_VOTE * mass:
            result[hole[link[hole] < 0.5]] = True
    return result
