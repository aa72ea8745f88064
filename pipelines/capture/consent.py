"""The dialogue about cookies that lay over a page as somebody copied it: running text about nothing on the page."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from pipelines import lexicon
from pipelines.capture.lines import Line

LEAST = 2
"""Lines that begin as those of such a dialogue do: one alone may be an article's, about cookies."""
REACH = 4
"""Lines from one to the next: what stands between is its explanation or a button."""
HEAD = 4
"""Characters of a line's beginning that are looked at first."""
DOUBTED = 0.05
"""Probability from which a line is looked at: others are out already. Of 745 captures of public pages none changes."""


def silence(lines: Sequence[Line], found: list[float]) -> None:
    """Put the lines of a dialogue out of the question."""
    said = [at for at, line in enumerate(lines) if found[at] >= DOUBTED and _begins(line.text)]
    if len(said) < LEAST:
        return
    for above, below in pairwise(said):
        for at in range(above, below + 1 if below - above <= REACH else above + 1):
            found[at] = 0.0
    found[said[-1]] = 0.0


def _begins(text: str) -> bool:
    text = text.lstrip("•·-– ")
    # To fold a whole line is dear, and most begin otherwise.
    return lexicon.fold(text[: 2 * HEAD])[:HEAD] in _heads() and lexicon.fold(text[:120]).startswith(_phrases())


@cache
def _heads() -> frozenset[str]:
    return frozenset(phrase[:HEAD] for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    data = tomllib.loads(resources.files("pipelines").joinpath("data/consent.toml").read_text("utf-8"))
    return tuple(dict.fromkeys(lexicon.fold(phrase) for phrase in data["begin"]))
