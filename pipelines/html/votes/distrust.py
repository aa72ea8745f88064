"""Votes distrusted however sure they are: comments beside a body, the next article below, cards of other articles.

Each stands in few pages but can be many times the article.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features

COMMENT_STEPS, COMMENT_TRUST, DISTRUST = 3, 0.3, 0.02
"""Comments can be many times the article, so a doubtful vote there costs most; a sure one too, where there is a body
of ``BODY_OUTSIDE`` letters without them. Cross-validated F1 in zh .926 → .935 on the public pages, elsewhere the
same; it is there for long comment sections, which are few."""
BODY_OUTSIDE = 200.0
HEAD_BLOCKS, FEW_BLOCKS = 5, 3
"""Blocks within which the headline of another article stands in its element, and fewest blocks such an element has."""
CARDS, CARD_BLOCKS, CARD_VOTE, CARD_TRUST = 3, 3, 0.8, 0.1
"""Linked headings in boxes from which they are a list of other articles, blocks that belong to each, vote from which a
block stays what it is, and what is left of a lower one. Cross-validated it changes one page of 373, .14 to 1.0: a short
article over a long river of cards with half of their texts. Without looking at addresses three lists of things to buy,
whose headings link to shops, would lose up to .6."""
CARD_BOXES = 5.0


def distrusted(features: Features, vote: Array, stories: Sequence[int]) -> Array:
    """Return the votes, lowered where they are not to be trusted; ``stories`` link to other articles of the site."""
    return _carded(features, _next_articles(features, _comments(features, vote)), stories)


def _comments(features: Features, vote: Array) -> Array:
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


def _carded(features: Features, vote: Array, stories: Sequence[int]) -> Array:
    """Return the votes, lowered in a list of cards of other articles beside a body."""
    boxed = features.column("l_most") >= CARD_BOXES
    level = features.column("level")
    heads = [at for at in stories if level[at] and boxed[at]]
    if len(heads) < CARDS:
        return vote
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
