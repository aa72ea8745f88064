"""Whether a date stands apart from the rest of its line."""

from __future__ import annotations

import re
from functools import cache

from pipelines.metadata import words
from pipelines.metadata.moments import Moment

_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?,\s*$")
_MARKS = frozenset("|•·–—-/>»()[]｜")


def _apart(line: str, moment: Moment) -> bool:
    """Tell whether marks set a date apart on its line: "Harbour • January 19, 2024", "Nina – 19.1.2024 – Harbour"."""
    before = _WEEKDAY.sub("", line[: moment.start]).rstrip()
    after = line[moment.end :].lstrip()
    return (not before or before[-1] in _MARKS) and (not after or after[0] in _MARKS)


@cache
def _credits() -> tuple[str, ...]:
    """Return the words that a visible byline begins with, each with the space behind it."""
    return tuple(f"{word} " for word in words.words("people", "by") if len(word) > 1 and ":" not in word)


def is_free(line: str, moment: Moment) -> bool:
    """Tell whether a date stands at the beginning of its line, apart from the rest of it, or in a byline."""
    return moment.start <= 3 or _apart(line, moment) or _is_credit(line)


def _is_credit(line: str) -> bool:
    """Tell whether a line begins like a byline: "Scritto da Marco Bruni il 19/01/2026 in Cronaca"."""
    return line[:24].casefold().startswith(_credits())
