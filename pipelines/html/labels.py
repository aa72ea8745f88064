"""Labels whose links were left out: "Read also:" above a list of other articles says nothing without it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.html.blocks import Leaf, Page

WIDTH = 60
"""Characters of the longest label. On the 373 public pages with a body, hosts unseen, six labels go, .0005 of a body at
most; three stand above links that are the article's and were not chosen. Of 42 lists of other articles in fifteen
languages whose label no lexicon knew, 37 lose it.
"""
_FIELD = re.compile(r"(?:^|\s)field(?:-|__)label(?:$|\s|-inline|-above)")
"""What Drupal calls the name of a field ("Episode Description:"), which it prints above what the field holds."""
LINKED = 0.9
"""Share of link text from which a block is a link."""


def without_labels(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice less short lines with a colon: right above links that are not chosen, a field's name on top."""
    out = list(keep)
    leaves = page.leaves
    for index, leaf in enumerate(leaves[:-1]):
        if keep[index] and not keep[index + 1] and _is_label(leaf):
            out[index] = leaves[index + 1].link_chars < LINKED * len(leaves[index + 1].text)
    first = out.index(True) if True in out else -1
    if first >= 0 and _is_label(leaves[first]):
        out[first] = not _FIELD.search(page.containers[leaves[first].container].element.get("class") or "")
    return out


def _is_label(leaf: Leaf) -> bool:
    """Tell whether a block is nothing but a short label with a colon, and no link itself."""
    return len(leaf.text) <= WIDTH and leaf.text.endswith((":", "：")) and leaf.link_chars == 0
