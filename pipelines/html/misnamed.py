"""Elements that are named as comments and hold the article: a "Kommentar", "tone-comment", "discussion" is an opinion.

Readers' comments stand below an article, each in an element of its own that says so again. Running text right in such
an element, with next to none before it, is what the page is about.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, islice, takewhile

import lxml.html

from pipelines.forms import is_prose, width
from pipelines.html.blocks import Container, Leaf, Page
from pipelines.html.votes.words import GROUPS, named
from pipelines.model import Kind

_COMMENT = GROUPS["comment"]
ALL = 0.8
"""Share of the page's blocks from which an element with a headline of the first level is what holds the page."""
LOOKED_AT, TEXTS = 8, 200
"""Elements of such names that are looked at, and blocks of running text in each: no page of any depth takes long."""
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
    places = [at for at, container in enumerate(page.containers) if container.own & _COMMENT]
    if not places:
        return
    prose = [width(leaf.text) if _is_text(leaf) else 0 for leaf in page.leaves]
    sums, texts = [0, *accumulate(prose)], [0, *accumulate(map(bool, prose))]

    def is_large(container: Container) -> bool:
        blocks = container.end - container.start
        large = sums[container.end] - sums[container.start] >= MOST * sums[-1]
        return (large and texts[container.end] - texts[container.start] >= MIN_BLOCKS) or blocks >= ALL * len(prose)

    # The innermost first: they come in document order.
    large = (page.containers[at] for at in reversed(places) if is_large(page.containers[at]))
    for container in islice(large, LOOKED_AT):
        if _holds_page(page, container) or _holds_article(page, container, prose):
            container.own &= ~_COMMENT
            _rename(container.element)


def _rename(element: lxml.html.HtmlElement) -> None:
    """Take the names away in the tree as well: metadata, paths and the verdict read them there."""
    for attribute in ("class", "id"):
        names = (element.get(attribute) or "").split()
        if any(named(name) & _COMMENT for name in names):
            element.set(attribute, " ".join(name for name in names if not named(name) & _COMMENT))


def _is_text(leaf: Leaf) -> bool:
    return 3 * leaf.link_chars <= len(leaf.text) and is_prose(leaf.text)


def _holds_page(page: Page, container: Container) -> bool:
    """Tell whether an element holds nearly all of the page, its headline too."""
    leaves = page.leaves[container.start : container.end]
    return len(leaves) >= ALL * len(page.leaves) and any(map(_is_title, leaves))


def _holds_article(page: Page, container: Container, prose: list[int]) -> bool:
    """Tell whether an element holds running text that begins below the headline and is no list of comments."""
    inside = sum(prose[container.start : container.end])
    above = sum(prose[_headline(page, container.start) : container.start])
    if above > min(STANDFIRST, BEFORE * inside):
        return False
    texts = [index for index in range(container.start, container.end) if prose[index]][:TEXTS]
    if len(texts) < MIN_BLOCKS:
        return False
    seen = sum(prose[index] for index in texts)
    together: Counter[int] = Counter()
    for index in texts:
        together[page.containers[page.leaves[index].container].parent] += prose[index]
    own = sum(prose[index] for index in texts if not _is_in_another(page, index, container))
    return own >= OWN * seen and max(together.values()) >= TOGETHER * seen


def _headline(page: Page, end: int) -> int:
    """Return the last block above a place that is a heading of the first level; the first block where there is none."""
    return next((at for at in range(end - 1, -1, -1) if _is_title(page.leaves[at])), 0)


def _is_title(leaf: Leaf) -> bool:
    return leaf.kind is Kind.HEADING and leaf.level == 1


def _is_in_another(page: Page, index: int, container: Container) -> bool:
    """Tell whether a block stands in a further element that is named as comments, inside of this one."""
    inside = takewhile(lambda at: page.containers[at] is not container, page.around(page.leaves[index].container))
    return any(page.containers[at].own & _COMMENT for at in inside)
