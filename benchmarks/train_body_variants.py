"""Variants of the training pages: shortened, without names, with another page's comments grafted in.

Few public pages are short articles over long comment sections, or have no telling class names; variants make the model
see the form. A graft comes from a page of the same fold, so that nothing of a held-out host is trained on.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from pipelines.html.blocks import Container, Page
from pipelines.html.walk import Walker

KEPT = (1, 2, 3, 5, 8)
KEPT_BEFORE_GRAFT = (2, 5, 12, 500, 500)
SEMANTIC = frozenset(["article", "main", "section", "aside", "nav", "header", "footer", "figure", "figcaption"])


def relabel(texts: Sequence[str], labels: Sequence[int], page: Page) -> list[int]:
    """Return the labels of a variant's blocks: those of the original's blocks with the same text, in order."""
    known: dict[str, list[int]] = defaultdict(list)
    for text, mark in zip(texts, labels, strict=True):
        known[text].append(mark)
    marks = []
    for leaf in page.leaves:
        found = known.get(leaf.text)
        marks.append((found.pop(0) if len(found) > 1 else found[0]) if found else 0)
    return marks


def graft_of(page: Page, labels: Sequence[int], good: Sequence[float]) -> str | None:
    """Return the markup of the container with most running text that is no body, if it has three such blocks."""
    best: tuple[float, Container] | None = None
    for container in page.containers:
        size = container.end - container.start
        if not 6 <= size <= 250 or any(labels[container.start : container.end]):
            continue
        mass = sum(good[container.start : container.end])
        if (
            container.tag not in ("body", "html", "tr", "td", "tbody")
            and mass >= 3
            and (best is None or mass > best[0])
        ):
            best = mass, container
    if best is None:
        return None
    return str(lxml.etree.tostring(best[1].element, encoding="unicode", with_tail=False, method="html"))


def _units(page: Page, labels: Sequence[int]) -> list[Container]:
    """Return the outermost containers that hold nothing but body, of at most twelve blocks each."""
    units, covered = [], -1
    for container in page.containers:
        size = container.end - container.start
        if size <= 0 or container.end <= covered or container.tag in ("body", "html") or size > 12:
            continue
        if all(labels[container.start : container.end]):
            units.append(container)
            covered = max(covered, container.end)
    return units


def _remove(element: HtmlElement) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def shorten(page: Page, labels: Sequence[int], keep: int) -> bool:
    """Remove the body after its first ``keep`` pieces of text; return whether there was more than that."""
    units = _units(page, labels)
    prose = [u for u in units if sum(len(leaf.text) for leaf in page.leaves[u.start : u.end]) > 30]
    if len(prose) < 3 or len(prose) <= keep:
        return False
    for unit in units:
        if unit.start >= prose[keep - 1].end:
            _remove(unit.element)
    return True


def insert(page: Page, labels: Sequence[int], markup: str, rand: random.Random) -> bool:
    """Put a graft after the body, one to three levels above its first piece."""
    units = _units(page, labels)
    if not units:
        return False
    shorten(page, labels, rand.choice(KEPT_BEFORE_GRAFT))
    place = units[0].element
    for _ in range(rand.choice((1, 1, 2, 2, 3))):
        above = place.getparent()
        if above is not None and above.tag not in ("body", "html"):
            place = above
    above = place.getparent()
    if above is None:
        return False
    graft = lxml.html.fragment_fromstring(markup, create_parent="div")
    graft.tail = None
    if rand.random() < 0.3:
        above.append(graft)
    else:
        place.addnext(graft)
    return True


def strip_names(root: HtmlElement, rand: random.Random) -> None:
    """Take away classes, ids and roles, and in half of the pages the telling tags too."""
    plain = rand.random() < 0.5
    for element in root.iter():
        for name in ("class", "id", "role", "itemprop"):
            element.attrib.pop(name, None)
        if plain and element.tag in SEMANTIC:
            element.tag = "div"


def walk(root: HtmlElement) -> Page:
    """Return the blocks of a tree."""
    return Walker().walk(root)
