"""Trafilatura's advice on pages where the vote is in doubt, weighed by a second small model.

Trafilatura looks for one container by its name and keeps what stands in it: lists, boxes and later parts of a long text
that block by block look like links. It is slow, so only a page on which the vote expects to do badly is asked about,
and it may only point at blocks of ours. See ``DOUBT`` for what it is worth on hosts not seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.html.blocks import Leaf
from pipelines.html.votes.choose import best_cut, best_expected
from pipelines.html.votes.containers import Array, Sums
from pipelines.html.votes.features import Features
from pipelines.html.votes.model import load
from pipelines.html.votes.second import ask, is_beyond, marked

DOUBT = 0.88
"""Expected F1 of the choice below which a page is asked about: 7 % of the public pages.

Cross-validated by host on the 373 public pages with a body, all models fitted on other hosts: F1 .948 to .954 (en .952
to .957, de .955 to .969). At .85 it is .952, at .9 and above .954 for more pages asked about.
"""
TOO_MUCH, SURE = 3.0, 0.7
"""Times the letters of the choice without advice, and its mean vote, from which advice is not taken. Of the 38 public
pages whose votes advice changes on hosts not seen, it makes at most 1.5 times as much of any."""
ENOUGH = 500.0
"""Expected letters of body below which a page is not asked about: short pages gain nothing by it (0 to .0009 lost)."""
WIDE = 0.2
"""Share of Chinese, Japanese and Korean characters from which a page is not asked about: trafilatura's body F1 on
Chinese pages is .07 under ours, and its advice there changed ours by -.008 to +.009 as hosts were shuffled."""
NAMES = (
    "vote", "over", "make_vote", "box_vote", "near_vote", "expected", "weight", "link_density", "level", "first",
    "last", "mark", "near_mark", "advised", "advised_vote", "vote_advised",
)  # fmt: skip
_NEAR_VOTES, _NEAR_MARKS = 5, 3
_CAPPED = 3_000.0
"""Letters from which a block counts no more for the votes around it."""


def advised(features: Features, vote: Array, text: str, leaves: Sequence[Leaf]) -> Array:
    """Return the votes of a page, weighed anew with trafilatura's advice if they are in doubt."""
    if not in_doubt(features, vote) or is_beyond(text, leaves):
        return vote
    answer = ask(text, tables=True)
    if not answer:
        return vote
    marks = np.array(marked(answer, leaves), dtype=np.float64)
    if not marks.any():
        return vote
    voted = load("body_advice.json").of(columns(features, vote, marks))
    return vote if is_too_much(features, vote, voted) else voted


def is_too_much(features: Features, vote: Array, voted: Array) -> bool:
    """Say whether advice makes many times as much of a text that the vote is sure of: teasers below a short one."""
    own, advised_ = best_expected(vote, features.weight), best_expected(voted, features.weight)
    letters = features.weight[own]
    if float(features.weight[advised_].sum()) <= TOO_MUCH * float(letters.sum()):
        return False
    return float((vote[own] * letters).sum()) >= SURE * float(letters.sum())


def in_doubt(features: Features, vote: Array) -> bool:
    """Say whether the choice by these votes expects to do badly on a page that trafilatura can read."""
    if float((vote * features.weight).sum()) < ENOUGH or is_wide(features):
        return False
    return best_cut(vote, features.weight)[1] < DOUBT


def is_wide(features: Features) -> bool:
    """Say whether a page is written in Chinese, Japanese or Korean characters."""
    return float(np.average(features.column("cjk_share"), weights=features.weight + 1e-9)) > WIDE


def columns(features: Features, vote: Array, marks: Array) -> Array:
    """Return what the second model looks at (blocks × ``NAMES``): the votes in their surroundings, and the advice."""
    n = len(vote)
    rows = np.arange(n)
    vote = np.clip(vote, 1e-4, 1 - 1e-4)
    weight = np.minimum(features.weight, _CAPPED)
    weights, votes, marked_ = Sums.of(weight), Sums.of(vote * weight), Sums.of(marks * weight)
    logit = np.log(vote / (1 - vote))
    cut, expected = best_cut(vote, features.weight)
    sure = np.flatnonzero(vote >= max(0.5 * float(vote.max()), min(0.6, float(vote.max()))))
    make = features.signature
    make_weight = np.bincount(make, weights=weight)[make]

    def around(sums: Sums, reach: int, own: Array | float = 0.0, own_weight: Array | float = 0.0) -> Array:
        low, high = np.maximum(0, rows - reach), np.minimum(n, rows + reach + 1)
        share: Array = (sums.over(low, high) - own) / np.maximum(1.0, weights.over(low, high) - own_weight)
        return share

    low, high = features.ranges[1]
    total, pointed = max(1.0, float(votes.total[-1])), max(1.0, float(marked_.total[-1]))
    both = float((marks * vote * weight).sum())
    found = (
        logit,
        logit - np.log(cut / (1 - cut)),
        np.bincount(make, weights=vote * weight)[make] / np.maximum(1.0, make_weight),
        votes.over(low, high) / np.maximum(1.0, weights.over(low, high)),
        around(votes, _NEAR_VOTES, vote * weight, weight),
        np.full(n, expected),
        np.log1p(features.weight),
        features.column("link_density"),
        features.column("level"),
        np.clip(rows - sure[0], -60, 200),
        np.clip(rows - sure[-1], -200, 60),
        marks,
        around(marked_, _NEAR_MARKS),
        np.full(n, pointed / total),
        np.full(n, both / pointed),
        np.full(n, both / total),
    )
    return np.stack(found, axis=1).astype(np.float32)
