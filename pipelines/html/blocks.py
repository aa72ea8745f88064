"""The values of the block model: a page's leaf blocks, its containers, links and images.

A leaf block is the run of text between two block-level boundaries. Containers are the block-level elements above
them; as blocks come in document order, each container covers one contiguous range of blocks, so that any sum over a
container is the difference of two prefix sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import lxml.html

from pipelines.model import Kind


@dataclass(slots=True)
class Container:
    """A block-level element: its place in the tree and the range of blocks it covers."""

    element: lxml.html.HtmlElement
    tag: str
    parent: int
    depth: int
    own: int
    """Word groups of the element's own class, id and the like (bits of ``words.GROUPS``)."""
    kind: Kind
    level: int
    start: int
    end: int = -1
    steps: tuple[str, ...] | None = None
    """The steps of its tag path, once it has been asked for."""


@dataclass(slots=True)
class Leaf:
    """A leaf block as found: its text and what the walk knows of it."""

    text: str
    container: int
    kind: Kind
    level: int
    inner: int
    """Word groups of the inline elements inside the run."""
    link_chars: int
    links: int
    bold_chars: int
    breaks: int
    images_before: int
    lines: tuple[str, ...] = ()
    """The lines of the text that are none if they are joined; the model reads them as one."""

    def parted(self, texts: Sequence[str]) -> list[Leaf]:
        """Return a block for each of its texts; links, bold letters and pictures of the whole count for the first."""
        out = [replace(self, text=text, lines=()) for text in texts]
        for each in out[1:]:
            each.link_chars = each.links = each.bold_chars = each.images_before = 0
        return out


@dataclass(slots=True)
class Anchor:
    """A link or image and the index of the block that is open or comes next where it stands."""

    url: str
    text: str
    block: int
    is_picture: bool = False
    """Whether it is a link around a picture, without a word."""
    place: int = -1
    """Of an image, the container that it stands in."""
    is_linked: bool = False
    """Whether an image stands in a link to something else than a larger copy."""


@dataclass(slots=True)
class Page:
    """All that one walk finds."""

    leaves: list[Leaf] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    links: list[Anchor] = field(default_factory=list)
    images: list[Anchor] = field(default_factory=list)
    is_cut: bool = False
    """The walk ended at its limit of blocks."""

    def around(self, index: int) -> Iterator[int]:
        """Yield a container and all above it, innermost first; nothing for -1."""
        while index >= 0:
            yield index
            index = self.containers[index].parent


LAYOUT_PARAGRAPHS, LAYOUT_CHARS = 4, 40
"""Paragraphs of so many characters from which an element ``li`` is no item: it holds a column of the page."""


def unlist(page: Page, item: Container) -> None:
    """Make paragraphs of the blocks of an item that is a column of the page, those of lists in it aside."""
    leaves = page.leaves[item.start : item.end]
    listed = [leaf for leaf in leaves if leaf.kind is Kind.LIST_ITEM and page.containers[leaf.container].tag == "p"]
    if sum(len(leaf.text) >= LAYOUT_CHARS for leaf in listed) < LAYOUT_PARAGRAPHS:
        return
    for leaf in listed:
        home = page.containers[leaf.container]
        while home is not item and home.tag not in ("li", "dd", "dt") and home.parent >= 0:
            home = page.containers[home.parent]
        if home is item:
            leaf.kind = Kind.PARAGRAPH


_STEPS = 12
"""Steps of a tag path, the innermost ones."""


def path_of(containers: list[Container], index: int) -> str:
    """Return the tag path with classes and ids of a container, outermost first, at most 12 steps."""
    fresh = []
    while index >= 0 and containers[index].steps is None:
        fresh.append(containers[index])
        index = containers[index].parent
    steps = (containers[index].steps if index >= 0 else None) or ()
    for container in reversed(fresh):
        if container.tag not in ("html", "body"):
            steps = (*steps, _step(container))[-_STEPS:]
        container.steps = steps
    return "/".join(steps)


def _step(container: Container) -> str:
    step = container.tag
    names = (container.element.get("class") or "")[:200].split()[:4]
    if names:
        step += "." + ".".join(name.replace("/", "_") for name in names)
    identity = (container.element.get("id") or "")[:80].strip()
    if identity:
        step += "#" + identity.replace("/", "_").replace(" ", "_")
    return step
