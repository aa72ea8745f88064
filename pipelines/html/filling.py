"""What is added to a choice of blocks: parts of the body that look like something else, by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipelines.html.alike import with_headings, with_rest
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features

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
WORDED_VOTE = 0.4
"""Vote from which a block with a word of the lexicon ("By cutting costs …") is filled in inside a gap."""
HOLE_ENDS, HOLE_BLOCKS, HOLE_LINKS, HOLE_PROSE, HOLE_VOTE = 0.6, 80, 0.1, 0.5, 0.06
"""A hole in the body is filled between two blocks of a sure vote, no more than so many blocks apart, if no more than a
tenth of its text is links, half is running text, and that has a vote of some six in a hundred.

Cross-validated by host it changes 3 of 373 public pages: .54 to .99, .52 to .61 and .989 to .979; votes from .03 to .1
change none by more than .08 the wrong way.
"""
HOLE_STORIES = 2
"""Links to other articles of the site that a hole may have: more are a river of cards, whose teasers are prose too."""
HOLE_LETTERS, HOLE_FEWEST = 300.0, 3
"""Letters of running text and blocks from which it is a hole: a list of boxes with prices, dates or stars."""
HOLE_APART = ("g_t_figcaption", "g_caption", "g_share", "g_media")
"""What is left out of a hole: captions, share bars, and what a player shows with its video (its transcript)."""
SET_KINDS = ("k_list_item", "k_table_row", "k_quote", "k_code")
SET_BLOCKS, SET_ENDS, SET_VOTE, SET_STORIES = (2, 80), 0.35, 0.03, 0.5
"""A list, table, quotation or listing of so many blocks is taken whole if it is the one element between two taken ones
that stand beside it, both with such a vote, if its own vote is not next to nothing and no more than half of it links to
other articles of the site.

Cross-validated by host on the 373 public pages it changes 14 of them, 13 for the better (.02 in the mean, .15 at most;
-.017 the other): F1 .9483 to .9492, en .9509 to .9525.
"""
LINES_TAKEN, LINES_SHARE = 12, 0.5
"""Blocks from which a body is one of lines (a poem, a blog with a line a paragraph), and the share of short ones."""
LINES_APART, LINES_PLAIN, LINES_VOTE = 40, 0.9, 0.1
"""In a body of lines what stands between two taken blocks, no more than so many apart, is filled in if so much of it is
without links and words of the lexicon, and that has one vote in ten.

Cross-validated by host on the 373 public pages with a body it changes 5 of them: .79 to .97, .61 to .66, .922 to .930,
.991 to .996 and .682 to .681. Where fewer than half of the blocks are short, as many pages lose by it as gain.
"""
LINES_ELSEWHERE = ("g_t_figcaption", "g_caption", "g_share")
"""What stands between the lines of a body and is none of them: the captions of a recipe's steps."""
END_LIST_VOTE = 0.25
"""Items without links that stand right above or below the body (what it is about, in three points; what to remember)
are taken with one vote in four.

Cross-validated by host on the 373 public pages with a body it changes 5 of them, 4 for the better; of paragraphs and
other blocks that stand there, as many pages lose by it as gain.
"""
SIBLING_REACH, SIBLING_VOTE = 3, 0.15
"""Blocks to either side within which taken siblings vouch for a sub-heading or a listing that has such a vote.

On the public pages, hosts unseen, it changes 18 bodies, 12 for the better (.012 at most, -.003 the others): en .9579 to
.9581. Votes from .15 to .25 do the same.
"""


HEAD_VOTE, BOLD_VOTE, HEAD_ABOVE, HEAD_REACH = 0.11, 0.2, 0.55, 3
HEAD_BOXES = 3
"""Votes from which a heading, or a line all in bold, is taken that stands right above a taken block of a surer vote, or
above another such line, and no more than so many blocks below another taken one, if the element around it holds taken
ones too; so many boxes around it with nothing but such lines are passed over.

Systems that put each block in a box of its own leave the vote on a heading ("Pros", "FAQs", "Step 6") nothing to go by.
On the public pages, hosts unseen, it changes 13 bodies, all for the better: F1 .9529 to .9531, en .9581 to .9584; the
boxes and what stands above another change five more, three for the better (.018 at most, -.003 the others).
"""

GLYPH_LETTERS = 3.0
"""Letters below which a text that stood on the page before is the glyph of an icon."""
BOLD_SHARE, BOLD_LETTERS = 0.9, 80.0
"""Share of bold letters from which a line is all in bold, and letters of the longest such line."""


def filled(features: Features, vote: Array, taken: Array, stories: Sequence[int]) -> Array:
    """Return the choice with what belongs to it; ``stories`` are the blocks that link to other articles of the site."""
    linked = np.zeros(len(vote), dtype=bool)
    linked[list(stories)] = True
    taken = _without_holes(features, vote, _like_taken(features, vote, taken), linked)
    taken = with_rest(features, vote, _lines(features, vote, _set_in(features, vote, taken, linked)))
    taken = _headed(features, vote, _siblings(features, vote, taken))
    return with_headings(features, vote, _with_end_lists(features, vote, taken))


def _like_taken(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with doubtful paragraphs added that are made like taken ones and stand between or beside."""
    link = features.column("link_density")
    plain = (features.weight >= FILL_WEIGHT) & (link < FILL_LINKS) & (features.column("level") == 0)
    plain &= features.column("earlier") == 0
    worded = features.column("x_any") > 0
    doubtful = np.flatnonzero(plain & ~taken & (vote >= np.where(worded, WORDED_VOTE, min(GAP_VOTE, BOX_VOTE))))
    if not len(doubtful):
        return taken
    n = len(vote)
    rows = np.arange(n)
    last = np.maximum.accumulate(np.where(taken, rows, -1))
    following = np.minimum.accumulate(np.where(taken, rows, n)[::-1])[::-1]
    make, box = features.signature, features.ranges[1][0]
    sure = taken & plain & ~worded
    result = taken.copy()
    for row in doubtful.tolist():
        before, after = int(last[row]), int(following[row])
        alike = {int(make[at]) for at in (before, after) if 0 <= at < n}
        near = before >= 0 and after < n and after - before <= GAP
        if near and (alike == {int(make[row])} or (vote[row] >= WORDED_VOTE and int(make[row]) in alike)):
            result[row] = vote[row] >= GAP_VOTE
        elif vote[row] >= BOX_VOTE and not worded[row]:
            result[row] = np.count_nonzero(sure & (make == make[row]) & (box == box[row])) >= BOX_TAKEN
    return result


def _without_holes(features: Features, vote: Array, taken: Array, linked: Array) -> Array:
    """Return the choice with long runs of link-free prose added that stand between two sure parts of the body."""
    weight, link, good = features.weight, features.column("link_density"), features.column("good") > 0
    ends = np.flatnonzero(taken & (vote >= HOLE_ENDS) & (weight >= FILL_WEIGHT))
    gaps = np.flatnonzero((np.diff(ends) > HOLE_FEWEST) & (np.diff(ends) <= HOLE_BLOCKS)).tolist()
    if not gaps:
        return taken
    result, apart = taken.copy(), _apart(features, HOLE_APART)
    for at in gaps:
        rows = np.arange(ends[at] + 1, ends[at + 1])
        hole = rows[~taken[rows]]
        letters = float(weight[hole].sum())
        if len(hole) < HOLE_FEWEST or linked[hole].sum() > HOLE_STORIES:
            continue
        if float((link[hole] * weight[hole]).sum()) > HOLE_LINKS * letters:
            continue
        prose = hole[good[hole] & (link[hole] < HOLE_LINKS * 2)]
        mass = float(weight[prose].sum())
        if mass < max(HOLE_LETTERS, HOLE_PROSE * letters):
            continue
        if float((vote[prose] * weight[prose]).sum()) >= HOLE_VOTE * mass:
            result[hole[(link[hole] < 0.5) & ~apart[hole]]] = True
    return result


def _apart(features: Features, groups: tuple[str, ...]) -> Array:
    """Say of each block whether its element, or the one above, is of these groups by its tag or name."""
    steps = features.columns(groups)
    return np.array(np.any((steps >= -1) & (steps <= 1), axis=1))


def _set_in(features: Features, vote: Array, taken: Array, linked: Array) -> Array:
    """Return the choice with lists, tables, quotations and listings added that stand in the midst of taken blocks."""
    kind = np.any([features.column(name) > 0 for name in SET_KINDS], axis=0)
    result = taken.copy()
    for level in (1, 2):
        places = kind & ~taken & _stand_between(features, taken & (vote >= SET_ENDS), level)
        first, past = (ends[places].tolist() for ends in features.ranges[level])
        for rows in (slice(*ends) for ends in sorted(set(zip(first, past, strict=True)))):
            if kind[rows].all() and linked[rows].mean() <= SET_STORIES and vote[rows].mean() >= SET_VOTE:
                result[rows] = True
    return result


def _lines(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice of a body of short lines with those added that stand among them."""
    text = features.column("level") == 0
    body = taken & text
    if body.sum() < LINES_TAKEN or (features.weight[body] < FILL_WEIGHT).mean() < LINES_SHARE:
        return taken
    plain = text & (features.column("links") == 0) & (features.column("x_any") == 0)
    result, ends, apart = taken.copy(), np.flatnonzero(taken), _apart(features, LINES_ELSEWHERE)
    for at in np.flatnonzero((np.diff(ends) > 1) & (np.diff(ends) <= LINES_APART)).tolist():
        rows = np.arange(ends[at] + 1, ends[at + 1])
        rows = rows[~apart[rows]]
        if not len(rows):
            continue
        own = rows[plain[rows]]
        if len(own) >= LINES_PLAIN * len(rows) and vote[own].mean() >= LINES_VOTE:
            result[own] = True
    return result


def _siblings(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with sub-headings and listings added that stand among taken blocks of their own element.

    Their names ("pl" is "comment" to one site, "highlight" a teaser to another) mislead the vote on them. A heading
    counts only right above its text: what it heads may have been left out with it.
    """
    code = features.column("k_code") > 0
    fit = code | (features.column("level") > 0) & np.append(taken[1:], False)
    fit &= ~taken & (vote >= SIBLING_VOTE) & (features.column("links") == 0) & (features.column("x_any") == 0)
    fit &= ~_glyphs(features)
    result, (start, past) = taken.copy(), features.ranges[1]
    for row in np.flatnonzero(fit).tolist():
        low = max(0, row - SIBLING_REACH)
        low, high = max(low, int(start[row])), min(row + SIBLING_REACH + 1, int(past[row]))
        result[row] = bool(taken[low:row].any() and taken[row + 1 : high].any())
    return result


def _headed(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with the headings added that stand in its midst, right above a block that is surely taken."""
    head = (features.column("level") > 0) & (vote >= HEAD_VOTE)
    head |= (features.column("bold") > BOLD_SHARE) & (features.weight < BOLD_LETTERS) & (vote >= BOLD_VOTE)
    above = head | (features.column("level") > 0)
    head &= ~taken & (features.column("links") == 0) & (features.column("x_any") == 0) & ~_glyphs(features)
    head &= features.column("link_density") < FILL_LINKS  # a link around the heading: a card
    head[-1] = False
    result = taken.copy()
    # From below: a number may stand above its heading, each in a box of its own ("02", "Who is insured?").
    for row in np.flatnonzero(head).tolist()[::-1]:
        follows = result[row + 1] and (vote[row + 1] >= HEAD_ABOVE or above[row + 1])
        if follows and taken[max(0, row - HEAD_REACH) : row].any():
            result[row] = _stands_among(features, taken, above, row)
    return result


def _glyphs(features: Features) -> Array:
    """Say which blocks are a letter or two that stood on the page before: what a font of icons draws a picture for."""
    glyphs: Array = (features.weight < GLYPH_LETTERS) & (features.column("earlier") > 0)
    return glyphs


def _stands_among(features: Features, taken: Array, heads: Array, row: int) -> bool:
    """Say whether the element around a block holds taken ones, boxes with nothing but headings aside."""
    for first, past in features.ranges[1 : 1 + HEAD_BOXES]:
        start, end = int(first[row]), int(past[row])
        if taken[start:end].any():
            return True
        if not heads[start:end].all():
            return False
    return False


def _with_end_lists(features: Features, vote: Array, taken: Array) -> Array:
    """Return the choice with the list items added that stand right above its first block or below its last."""
    ends = np.flatnonzero(taken)
    if not len(ends):
        return taken
    fit = (features.column("k_list_item") > 0) & (features.weight >= FILL_WEIGHT) & (vote >= END_LIST_VOTE)
    fit &= (features.column("links") == 0) & (features.column("x_any") == 0)
    result = taken.copy()
    for place, step in ((int(ends[0]), -1), (int(ends[-1]), 1)):
        place += step
        while 0 <= place < len(fit) and fit[place]:
            result[place] = True
            place += step
    return result


def _stand_between(features: Features, ends: Array, level: int) -> Array:
    """Say of each block whether the element around it, at a level of containers, has one of ``ends`` on either side.

    The element is of a size that counts, and both ends stand in what it stands in.
    """
    around, above, beside = features.ranges[level], features.ranges[level + 1], features.ranges[1]
    size, last = around[1] - around[0], len(ends) - 1
    between: Array = (around[0] > 0) & (around[1] <= last) & (size >= SET_BLOCKS[0]) & (size <= SET_BLOCKS[1])
    for end in (np.maximum(around[0] - 1, 0), np.minimum(around[1], last)):
        between &= ends[end] & (beside[0][end] == above[0]) & (beside[1][end] == above[1])
    return between
