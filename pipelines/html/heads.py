"""The elements that speak of the page rather than show it, found in one pass over the tree and asked for many times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import lxml.html

_TAGS = ("base", "link", "meta", "script", "title")


class Tree(Protocol):
    """What can be asked for its elements of some tags: the root of a tree, or ``Heads``."""

    def iter(self, tag: str, /) -> Iterator[lxml.html.HtmlElement]:
        """Yield the elements of a tag in the order of the page."""


class Heads:
    """The ``base``, ``link``, ``meta``, ``script`` and ``title`` elements of a tree, wherever they stand in it."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._found: dict[str, list[lxml.html.HtmlElement]] = {tag: [] for tag in _TAGS}
        for element in root.iter(*_TAGS):
            self._found[element.tag].append(element)

    def iter(self, tag: str, /) -> Iterator[lxml.html.HtmlElement]:
        """Yield the elements of one of the tags in the order of the page."""
        return iter(self._found[tag])
