"""What recurs along a capture: the lines that part the items of a list, the writer's name, and the tone of the text.

A comment, a teaser and a post of a list stand under lines like "Rating: 36 Votes" or "Agency · 21 minutes ago", alike
but for their numbers. An article has no such lines inside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from pipelines.capture.lines import Line
from pipelines.capture.reach import FAR, ahead, back, sums_of
from pipelines.capture.stats import Array
from pipelines.pruning.shapes import Shape

EDGE, EDGE_READ = 6, 24
"""Characters at either end of a line, numbers as one figure, that make two lines alike; and how many are looked at."""
WHOLE = 120
"""Characters up to which a line is compared as a whole."""
ALIKE = 3
"""Lines alike from which they are separators."""
SEPARATOR_WIDTH = 90
BYLINE_WIDTH = 120
HEADLINE_WIDTH = (25, 130)
_NUMBER = re.compile(r"\d+")
_ENDS = frozenset('.!?。！？"”」…')
_DASHES = frozenset("#@—–-~*")
TONES = ("asks", "exclaims", "quotes")


def repeats(lines: Sequence[Line], shapes: Sequence[Shape], words: Sequence[set[str]]) -> dict[str, Array]:
    """Return the columns by name. ``words`` are those of each line that two lines may share."""
    texts = [line.text for line in lines]
    widths = np.array([float(shape.columns) for shape in shapes])
    prose = np.array([shape.prose for shape in shapes], bool)
    return _separators(texts, widths, prose) | _names(shapes, words) | _tones(texts, widths, prose)


def _separators(texts: Sequence[str], widths: Array, prose: Array) -> dict[str, Array]:
    fold = _NUMBER.sub
    whole = [fold("0", text) if len(text) <= WHOLE else text for text in texts]
    heads = [text[:EDGE] if len(text) <= WHOLE else fold("0", text[:EDGE_READ])[:EDGE] for text in whole]
    tails = [text[-EDGE:] if len(text) <= WHOLE else fold("0", text[-EDGE_READ:])[-EDGE:] for text in whole]
    by_head, by_tail, by_whole = Counter(heads), Counter(tails), Counter(whole)
    alike = np.array([max(by_head[head], by_tail[tail]) for head, tail in zip(heads, tails, strict=True)])
    numbered = np.array([folded != text for folded, text in zip(whole, texts, strict=True)], bool)
    parts = (alike >= ALIKE) & (widths < SEPARATOR_WIDTH) & ~prose
    found = {
        "alike": np.minimum(alike, FAR),
        "alike_whole": np.minimum([by_whole[text] for text in whole], FAR),
    }
    for name, flags in (("part", parts), ("numbered", parts & numbered)):
        rows, sums = np.arange(len(flags)), sums_of(flags)
        near = np.minimum(len(flags), rows + 9), np.maximum(0, rows - 8)
        found[f"{name}_back"] = back(flags)
        found[f"{name}_ahead"] = ahead(flags)
        found[f"{name}_near"] = sums[near[0]] - sums[near[1]]
        found[f"{name}_seen"] = np.minimum(sums[rows], 20)
        found[f"{name}_left"] = np.minimum(sums[-1] - sums[rows + 1], 20)
    return found


def _names(shapes: Sequence[Shape], words: Sequence[set[str]]) -> dict[str, Array]:
    """Return how far a line speaks of whoever is named in a byline: notes on the author do."""
    named: set[str] = set()
    for shape, own in zip(shapes, words, strict=True):
        if shape.reason == "byline" and not shape.prose and shape.columns < BYLINE_WIDTH:
            named |= own
    hits = np.array([len(own & named) for own in words])
    return {"named": np.minimum(hits, 4), "named_share": hits / np.maximum(1, [len(own) for own in words])}


def _tones(texts: Sequence[str], widths: Array, prose: Array) -> dict[str, Array]:
    """Return what a line says for its tone, and the running text and the headlines around it."""
    ends = np.array([text[-1:] in _ENDS for text in texts], bool)
    found = {
        "asks": np.array([text.count("?") + text.count("？") for text in texts]),
        "exclaims": np.array([text.count("!") + text.count("！") for text in texts]),
        "quotes": np.array([min(6, text.count('"') + text.count("“") + text.count("「")) for text in texts]),
        "address": np.array([("http" in text) + ("@" in text) + ("www." in text) for text in texts]),
        "dashed": np.array([text[:1] in _DASHES for text in texts]),
    }
    size, rows, told = len(texts), np.arange(len(texts)), sums_of(prose)
    low, high = np.maximum(0, rows - 6), np.minimum(size, rows + 7)
    around = np.maximum(1, told[high] - told[low])
    for name, values in [(name, found[name]) for name in TONES] + [("closed", ends)]:
        sums = sums_of(values * prose)
        found[f"{name}_around"] = (sums[high] - sums[low]) / around
    least, most = HEADLINE_WIDTH
    heads = sums_of((widths >= least) & (widths <= most) & ~ends & ~prose)
    for reach in (5, 15):
        low, high = np.maximum(0, rows - reach), np.minimum(size, rows + reach + 1)
        found[f"heads{reach}"] = (heads[high] - heads[low]) / (high - low)
    return found
