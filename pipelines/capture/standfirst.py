"""The standfirst of a capture: the wide line right under its title that the line model half believes."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.capture.headline import shows_picture
from pipelines.capture.lines import Line
from pipelines.metadata.authors import from_byline
from pipelines.pruning import strays
from pipelines.pruning.shapes import Shape, crumbs

WIDTH, LEAST, REACH = 70, 0.1, 18
"""Columns of the narrowest, its least probability, and lines within which the text begins: of those of public pages
that no model took, blind to the host, 24 of 28 are the body's; of 241 other pages 11 of 12."""


def find(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    chosen: Sequence[bool],
    found: Sequence[float],
    title: int | None,
    start: int,
) -> int | None:
    """Return the line of the standfirst that was not ``chosen``, by the odds ``found`` of each line.

    ``title`` is the last line of the title, ``start`` the article's first running text.
    """
    at = len(lines) if title is None else title + 1
    if not start - REACH <= at < start or chosen[at] or found[at] < LEAST:
        return None
    own, text = shapes[at], lines[at].text
    is_short = own.sentence and not own.prose  # "Customized surgery designed to fit each patient's needs." is a slogan
    if is_short or own.columns < WIDTH or own.found is not None or own.dated or crumbs(text):
        return None
    return None if strays.is_caption(text) or shows_picture(text) or from_byline(text) else at
