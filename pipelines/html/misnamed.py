"""Elements that are named as comments and hold the article: a "Kommentar", "tone-comment", "discussion" is an opinion.

Readers' comments stand below an article, each in an element of its own that says so again. Running text right in such
an element, with next to none before it, is what the page is about.
"""

from __future__ import annotations

from collections import Counter

import lxml.html

from pipelines.forms import is_prose, width
from pipelines.html.blocks import Container, Leaf, Page
from pipelines.html.votes.words import GROUPS, named
from pipelines.model import Kind

_COMMENT = GROUPS["comment"]
ALL = 0.8
"""Share of the page's blocks from which an element with a headline of the first level is what holds the page."""
STANDFIRST = 400
"""Columns of running text that may stand between the headline and the article."""
MIN_BLOCKS = 3
"""Blocks of running text from which an element can be the article's."""
OWN, BEFORE, MOST, TOGETHER = 0.7, 0.2, 0.25, 0.3
"""Of an element's running text the share that stands in no further element of such a name, at least; beside it that
of the text between it and the headline above, at most; its share of the page's; and the share of it that one element
holds as its own paragraphs: comments have an element each.

Of 62 public pages whose article was put into an element of such a name 17 lost the text, and 50 were rejected as
comments; now five lose some of it, and one is rejected. None of the public pages as they are changes.
"""


def unname(page: Page) -> None:
    """Take the name of comments from the elements that hold the article."""
    named = [container for container in page.containers if container.own & _COMMENT]
    if not named:
        return
    prose = [width(leaf.text) if _is_text(page, index) else 0 for index, leaf in enumerate(page.leaves)]
    whole = sum(prose)
    for container in reversed(named):  # the innermost first: they come in document order
        if _holds_article(page, container, prose, whole):
            container.own &= ~_COMMENT
            _rename(container.element)


def _rename(element: lxml.html.HtmlElement) -> None:
    """Take the names away in the tree as well: metadata, paths and the verdict read them there."""
    for attribute in ("class", "id"):
        names = (element.get(attribute) or "").split()
        if any(named(name) & _COMMENT for name in names):
            element.set(attribute, " ".join(name for name in names if not named(name) & _COMMENT))


def _is_text(page: Page, index: int) -> bool:
    leaf = page.leaves[index]
    return 3 * leaf.link_chars <= len(leaf.text) and is_prose(leaf.text)


def _holds_article(page: Page, container: Container, prose: list[int], whole: int) -> bool:
    """Tell whether an element holds running text that begins below the headline and is no list of comments."""
    leaves = page.leaves[container.start : container.end]
    if len(leaves) >= ALL * len(page.leaves) and any(map(_is_title, leaves)):
        return True
    texts = [index for index in range(container.start, container.end) if prose[index]]
    inside = sum(prose[container.start : container.end])
    if len(texts) < MIN_BLOCKS or inside < MOST * whole:
        return False
    above = sum(prose[_headline(page, container.start) : container.start])
    if above > min(STANDFIRST, BEFORE * inside):
        return False
    together: Counter[int] = Counter()
    own = 0
    for index in texts:
        together[page.containers[page.leaves[index].container].parent] += prose[index]
        own += prose[index] * (not _is_in_another(page, index, container))
    return own >= OWN * inside and max(together.values()) >= TOGETHER * inside


def _headline(page: Page, end: int) -> int:
    """Return the last block above a place that is a heading of the first level; the first block where there is none."""
    return next((at for at in range(end - 1, -1, -1) if _is_title(page.leaves[at])), 0)


def _is_title(leaf: Leaf) -> bool:
    return leaf.kind is Kind.HEADING and leaf.level == 1


def _is_in_another(page: Page, index: int, container: Container) -> bool:
    """Tell whether a block stands in a further element that is named as comments, inside of this one."""
    home = page.leaves[index].container
    while home >= 0 and page.containers[home] is not container:
        if page.containers[home].own & _COMMENT:
            return True
        home = page.containers[home].parent
    return False
