"""Boxes around a text that say by their name what they are: who its author is, how to get the newsletter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.forms import weight
from pipelines.html.blocks import Page
from pipelines.html.words import GROUPS

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
_BITS = GROUPS["author"] | GROUPS["subscribe"]


def without_boxes(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks less those in such boxes beside a body."""
    out, inside = list(keep), [index for index, kept in enumerate(keep) if kept and _box(page, index) >= 0]
    if not inside:
        return out
    letters = {index: weight(leaf.text) for index, leaf in enumerate(page.leaves) if keep[index]}
    most = SHARE * sum(letters.values())
    for index in inside:
        box = page.containers[_box(page, index)]
        out[index] = sum(letters.get(at, 0.0) for at in range(box.start, box.end)) > most
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
