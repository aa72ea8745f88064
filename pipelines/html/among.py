"""What stands among the paragraphs of a text and looks like a way out of it: sentences in links, names of the quoted.

The vote takes a sentence that is mostly a link for a line that leads elsewhere, and a name behind a dash for a byline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipelines import lexicon
from pipelines.html.blocks import Container, Page
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features
from pipelines.model import Kind

LINK_VOTE, LINKED, LINK_LETTERS = 0.35, 0.95, 30.0
"""Vote, share of link text and letters of a sentence, in a link or not, that is one of its neighbours'. On 533 public
pages and 150 others such are nine, all of them the text's; lines that are a link from end to end lead elsewhere as
often."""
ALIKE, NEAR = 3, 3
"""Taken paragraphs beside it, of its own element and tag, and blocks above it within which one of them stands."""
SOURCE_LETTERS = 120
"""Characters of the longest line that says whose words a quotation was; seven in seven are the text's there."""
SOURCE_VOTE = 0.15
_SOURCE = re.compile(r"(?:[—–―]|--)\s*(?=[^\W\d_a-z])")
"""A dash and a capital letter, or one of a script without them."""


def with_among(page: Page, features: Features, vote: Array, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with sentences in links added that stand with taken ones, and names of the quoted."""
    out = list(keep)
    share, new = features.column("link_density"), features.column("earlier") == 0
    fit = new & (vote >= LINK_VOTE) & (share < LINKED) & (features.weight >= LINK_LETTERS)
    fit &= (features.column("end_stop") > 0) & (features.column("x_any") == 0)
    fit &= ~np.array(out, dtype=bool)
    rows = np.flatnonzero(fit).tolist()
    kept = (page.containers[page.leaves[at].container] for at in np.flatnonzero(out).tolist()) if rows else ()
    makes = Counter(map(_make, kept))
    for row in rows:
        out[row] = _is_beside(page, out, row, makes) and not lexicon.points(page.leaves[row].text)
    quoted = features.column("k_quote")[:-1] > 0
    for row in (1 + np.flatnonzero(quoted & new[1:] & (vote[1:] >= SOURCE_VOTE))).tolist():
        out[row] = out[row] or (out[row - 1] and _is_source(page, row))
    return out


def _is_beside(page: Page, keep: Sequence[bool], row: int, makes: Counter[tuple[int, str, str]]) -> bool:
    """Say whether a paragraph stands in one element with taken ones made like it, and right below one of them."""
    leaf = page.leaves[row]
    own = page.containers[leaf.container]
    if leaf.kind is not Kind.PARAGRAPH or own.parent < 0 or not any(keep[max(0, row - NEAR) : row]):
        return False
    return makes[_make(own)] >= ALIKE


def _make(container: Container) -> tuple[int, str, str]:
    """Return where an element stands, its tag and first name: what others it has may say that it is the last one."""
    return container.parent, container.tag, (container.element.get("class") or "").split(" ", 1)[0]


def _is_source(page: Page, row: int) -> bool:
    """Say whether a line right below a quotation names who said it: in its element or beside it, behind a dash."""
    leaf, quote = page.leaves[row], page.leaves[row - 1]
    if len(leaf.text) > SOURCE_LETTERS or not _SOURCE.match(leaf.text):
        return False
    home, around = page.containers[leaf.container], quote.container
    while around >= 0 and page.containers[around].tag != "blockquote":
        around = page.containers[around].parent
    if around < 0:
        return False
    inside = page.containers[around].start <= row < page.containers[around].end
    return inside or home.parent == page.containers[around].parent
