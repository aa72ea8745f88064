"""The standfirst that the vote takes for the page's head: a named paragraph of prose right under the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html
import numpy as np

from pipelines.html.blocks import Page
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features

UNDER_TITLE, ABOVE_BODY = 3, 20
"""Blocks below the title and above the first taken one within which a standfirst stands."""
WEIGHT = 30.0
"""Letters of the shortest: shorter ones are labels. Of the short ones, and those without a full stop, truths hold as
many as they leave out; a reader finds each of them above the text."""
VOTE = 0.06
"""Vote from which it is believed: those of biographies, offers and captions of such names are lower.

Of the standfirsts on the 373 public pages with a body, hosts unseen, truths hold two in three, and most are taken
without this. It adds two, both of them in the truth. Of those that the description repeats, truths hold one in three,
and the record has them there: they are left out.
"""
_NAME = re.compile(
    r"(?<![a-z])(?<!with-)(?<!has-)(?:lead|lede|standfirst|excerpt|intro|introduction|deck|dek|summary|blurb|opener"
    r"|sub[-_]?title|sub[-_]?head(?:line|er|ing)?"
    r"|untertitel|unterzeile|ondertitel|alaotsikko|underrubrik|sub[-_]?titulo|copete|manchette"
    r"|vorspann|chapo|chapeau|entradilla|bajada|sumario|sommario|occhiello|catenaccio|sottotitolo"
    r"|zajawka|podtytul|perex|anons|podzagolovok|preamble|ingress|ingressi|manchet|spot|sapo)(?![a-z])",
    re.IGNORECASE,
)
"""What content systems call it in a class or id."""
_PICTURE = re.compile("capt|foto|photo|imag|figure|media|credit", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def with_standfirst(page: Page, features: Features, vote: Array, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with the standfirst added, if one stands above them and its name says so."""
    out = list(keep)
    taken = np.flatnonzero(np.array(out, dtype=bool))
    if not len(taken) or not taken[0]:
        return out
    first = int(taken[0])
    rows = np.arange(max(0, first - ABOVE_BODY), first)
    below = features.column("i_from_title")[rows]
    fit = (below >= 1) & (below <= UNDER_TITLE) & (features.weight[rows] >= WEIGHT) & (vote[rows] >= VOTE)
    for name in ("links", "x_any", "clock", "i_described", "earlier"):
        fit &= features.column(name)[rows] == 0
    for row in rows[fit].tolist():
        out[row] = _is_named(page, row)
    return out


def _is_named(page: Page, index: int) -> bool:
    """Tell whether a block's own element, the one above it or the inline one that holds it has a standfirst's name."""
    leaf = page.leaves[index]
    home = leaf.container
    own = page.containers[home].element if home >= 0 else None
    inline = [child for child in (own if own is not None else ())[:_CHILDREN] if child.get("class")]
    if any(_named(child) and " ".join("".join(child.itertext()).split()) == leaf.text for child in inline):
        return True
    for _ in range(2):
        if home < 0:
            return False
        container = page.containers[home]
        named = _named(container.element)
        if named is not None:
            return named
        home = container.parent
    return False


_CHILDREN = 12
"""Children of an element among which the inline one that holds a standfirst is looked for."""


def _named(element: lxml.html.HtmlElement) -> bool | None:
    """Tell whether an element is called a standfirst (True), a picture (False) or neither (None)."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if _PICTURE.search(names):
        return False
    return True if _NAME.search(_HUMP.sub("-", names)) else None
