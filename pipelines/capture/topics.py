"""Sub-headings that are words of menus as well ("Politics", "文化"): a text has several in a row, each over prose."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from pipelines import forms
from pipelines.capture.lines import Line
from pipelines.model import Kind
from pipelines.pruning.shapes import Shape

WIDTH = 60
"""Columns of the widest sub-heading that counts as one of them."""
ALIKE = 2
"""Sub-headings made alike in a text, from which one may be a word of menus."""


def complete(lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool]) -> list[bool]:
    """Return ``chosen`` with the names of topics that stand alone inside the text, right over a paragraph of it."""
    taken = list(chosen)
    missed = [
        at for at, shape in enumerate(shapes) if shape.reason == "navigation" and not chosen[at] and _is_topic(shape)
    ]
    if not missed:  # most captures
        return taken
    makes: dict[tuple[Kind, int, str], set[str]] = defaultdict(set)
    for at in _heads(lines, shapes, chosen):
        makes[_make(lines[at])].add(shapes[at].key)
    copies = Counter(shape.key for shape in shapes)
    for at in missed:
        # What comes twice is a word of a menu or of the labels on headlines.
        alike = makes.get(_make(lines[at]), set())
        if shapes[at].key in alike and len(alike) >= ALIKE and copies[shapes[at].key] == 1:
            taken[at] = True
    return taken


def _is_topic(own: Shape) -> bool:
    return own.form == "whole" and own.key in _topics()


def _heads(lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool]) -> Iterator[int]:
    """Yield the short open lines between two lines of the article, blank ones around them, right over running text."""
    for at in range(1, len(lines) - 1):
        if chosen[at - 1] and chosen[at + 1] and lines[at].after_blank and lines[at + 1].after_blank:
            known = shapes[at].found is not None and not _is_topic(shapes[at])
            if not known and shapes[at + 1].prose and _may_head(lines[at], shapes[at]):
                yield at


def _may_head(line: Line, own: Shape) -> bool:
    is_open = own.open_end and not (own.prose or own.sentence or own.stamp_only)
    return is_open and own.columns <= WIDTH and line.kind in (Kind.PARAGRAPH, Kind.HEADING)


def _make(line: Line) -> tuple[Kind, int, str]:
    return line.kind, line.level, line.lead


@cache
def _topics() -> frozenset[str]:
    """Return the keys of the names of topics."""
    found = tomllib.loads(resources.files("pipelines").joinpath("data/capture_topics.toml").read_text("utf-8"))
    return frozenset(map(forms.key, found["topics"]))
