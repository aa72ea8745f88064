"""Boxes around a text that say what they are: by their name, a form in them, their place far above the headline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from pipelines.forms import weight
from pipelines.html.addresses import is_share
from pipelines.html.blocks import Container, Page
from pipelines.html.votes.features import Features
from pipelines.html.votes.words import GROUPS

STEPS = 4
"""Elements above a block that may be such a box."""
SHARE = 0.3
"""Share of the kept letters up to which a box is one, and not the article under such a name ("newsletter-post").

Of the blocks chosen on the 373 public pages with a body, hosts unseen, none stands in one: they are what advice adds
on pages of other kinds.
"""
_NAME = re.compile(
    r"(?:^|[\s_-])(?:author[\s_-]{0,2}(?:box|card|bio|info|profile)|(?:about|bio)[\s_-]{1,2}(?:the[\s_-])?author|newsletter"
    r"|subscribe[\s_-](?:box|form|widget))(?:$|[\s_-])",
    re.IGNORECASE,
)
FORM_BLOCKS, FORM_LETTERS, FORM_SHARE = 5, 260.0, 0.1
"""Chosen blocks, their letters and their share of all that are chosen, up to which an element with a form for an
address is a box: a call to subscribe and what it promises."""
FAR_ABOVE, FAR_SHARE, NO_TITLE = 20, 0.1, -99
"""Blocks above the headline from which a chosen one is what a site says to every visitor (on cookies), if no more than
this share of the letters stands there. Of 690 pages one has such a block; where more is chosen above it, the headline
is another article's."""
BUTTON_SHARE = 0.8
"""Share of a block's letters that stand in links from which it is a button; the rest is a count, or "on"."""
_ADDRESS = re.compile(r"e-?mail|newsletter", re.IGNORECASE)
_BITS = GROUPS["author"] | GROUPS["subscribe"]


def without_boxes(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks less those in such boxes beside a body."""
    out, inside = list(keep), [index for index, kept in enumerate(keep) if kept and _box(page, index) >= 0]
    if inside:
        letters = {index: weight(leaf.text) for index, leaf in enumerate(page.leaves) if keep[index]}
        most = SHARE * sum(letters.values())
        for index in inside:
            box = page.containers[_box(page, index)]
            out[index] = sum(letters.get(at, 0.0) for at in range(box.start, box.end)) > most
    forms = [container for container in page.containers if container.tag == "form" and _asks(container)]
    if forms:
        taken = [index for index, kept in enumerate(out) if kept]
        most = min(FORM_LETTERS, FORM_SHARE * sum(len(page.leaves[index].text) for index in taken))
        for index in {index for form in forms for index in _called(page, form, taken, most)}:
            out[index] = False
    return out


def without_buttons(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks less those that are nothing but links to post the page somewhere, in any language."""
    out = list(keep)
    for anchor in page.links:
        if anchor.block < len(out) and out[anchor.block] and is_share(anchor.url):
            leaf = page.leaves[anchor.block]
            out[anchor.block] = leaf.link_chars < BUTTON_SHARE * len(leaf.text)
    return out


def _called(page: Page, form: Container, taken: list[int], most: float) -> list[int]:
    """Return the chosen blocks of the box around a form for an address; none where it stands in the text itself."""
    box, ends = form, (0, 0)
    while True:
        inside = bisect_left(taken, box.start), bisect_left(taken, box.end)
        if inside != ends:
            texts = [page.leaves[index].text for index in taken[slice(*inside)][: FORM_BLOCKS + 1]]
            # A text weighs what it has characters, or more: most need not be weighed.
            if len(texts) > FORM_BLOCKS or sum(map(len, texts)) > most or sum(map(weight, texts)) > most:
                break
            ends = inside
        if box.parent < 0:
            break
        box = page.containers[box.parent]
    return taken[slice(*ends)]


def _asks(form: Container) -> bool:
    """Say whether a form asks for an address."""
    return any(_ADDRESS.search(" ".join(field.values())[:300]) for field in form.element.iter("input"))


def without_islands(features: Features, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks less the few that stand far above the headline."""
    out, taken = list(keep), np.flatnonzero(np.array(keep, dtype=bool))
    below = features.column("i_from_title")
    if not len(taken) or below[taken[0]] > -FAR_ABOVE or below[0] <= NO_TITLE:
        return out
    far = taken[below[taken] <= -FAR_ABOVE]
    if features.weight[far].sum() <= FAR_SHARE * features.weight[taken].sum():
        for index in far.tolist():
            out[index] = False
    return out


def _box(page: Page, index: int) -> int:
    """Return the nearest such box around a block, -1 for none."""
    home = page.leaves[index].container
    for _ in range(STEPS):
        if home < 0:
            return -1
        container = page.containers[home]
        if container.own & _BITS and _NAME.search((container.element.get("class") or "")[:300]):
            return home
        home = container.parent
    return -1
