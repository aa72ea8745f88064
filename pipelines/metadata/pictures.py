"""Who took a picture: a name beside a picture agency, a name in a caption; no author."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from pipelines.metadata import words
from pipelines.metadata.tree import Line

LONGEST = 120
"""Characters of the longest credit that is looked at."""
NEAR = 4
"""Elements around a line among which its figure is."""
_FIGURES = frozenset({"figure", "figcaption"})


@cache
def _agency() -> re.Pattern[str]:
    """Return the pattern of a picture agency that a stroke or "via" parts from what stands before it, at the end."""
    every = sorted(words.words("people", "picture_agencies"), key=len, reverse=True)
    return re.compile(rf"(?:[/|—–,•·]|\s-|\svia)\s?(?:{'|'.join(map(re.escape, every))})\W*$", re.IGNORECASE)


def is_credit(text: str) -> bool:
    """Tell whether a text credits a picture: "Sam Poe / Getty Images"."""
    return len(text) <= LONGEST and _agency().search(text) is not None


def captions(line: Line, title: Line | None) -> bool:
    """Tell whether a line is a picture's caption; a figure may hold the title and what stands under it, too."""
    around = (line.element, *islice(line.element.iterancestors(), NEAR))
    figure = next(
        (each for each in reversed(around) if each.tag in _FIGURES or "caption" in each.get("class", "")), None
    )
    return figure is not None and (title is None or figure not in {title.element, *title.element.iterancestors()})
