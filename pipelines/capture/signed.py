"""Where the head of a capture says who wrote its article: the title stands above it, however far the text is."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.capture.lines import Line
from pipelines.metadata import bylines
from pipelines.metadata.authors import from_byline
from pipelines.pruning.shapes import Shape

FAR = 150
"""Lines above the first running text within which a byline counts: a player with its list of films may take ninety."""
BYLINE = 200
"""Columns of the widest byline."""
NEAR, BUTTONS = 3, 18
"""Lines above a byline within which its title stands, and those with the buttons that may stand between."""
LEAST = 24
"""Columns of a line that is more than a button or a section."""


def find(lines: Sequence[Line], shapes: Sequence[Shape], start: int) -> list[int]:
    """Return the lines above ``start`` that credit an author in words, or are the word for it, in order."""
    return [at for at in range(max(0, start - FAR), start) if _is_byline(lines[at].text, shapes[at])]


def above(shapes: Sequence[Shape], byline: int) -> range:
    """Return the lines above a byline within which its title stands, buttons and short lines not counted."""
    counted, at = 0, byline
    while at > max(0, byline - BUTTONS) and counted < NEAR:
        at -= 1
        counted += shapes[at].columns >= LEAST and shapes[at].found is None
    return range(byline - 1, at - 1, -1)


def is_signature(text: str, shape: Shape) -> bool:
    """Tell whether a line is a byline and nothing else: it is no title."""
    return _is_byline(text, shape) and not bylines.is_label(text)


def _is_byline(text: str, shape: Shape) -> bool:
    if shape.columns > BYLINE or (shape.prose and shape.sentence):
        return False
    if bylines.is_label(text):
        return True
    # "By industry" is a menu's.
    return bylines.begins(text) and any(not name.islower() for name in from_byline(text))
