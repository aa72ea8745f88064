"""Comparing short texts: keys without case, marks and spaces, and the writing systems that need no spaces."""

from __future__ import annotations

import re

from pipelines.forms import folded

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")


key = folded
"""Letters and digits only, NFKC, lower case: equal keys are equal titles or names."""


def dense(text: str) -> bool:
    """Tell whether a text is mostly in a script without spaces between words (Chinese, Japanese, Thai)."""
    if text.isascii() or not (found := _DENSE.findall(text[:300])):
        return False
    return sum(map(len, found)) * 2 > len(key(text[:300]))


def weight(text: str) -> float:
    """Return how much a short text says, in about words: a character of a dense script counts for half a word."""
    if dense(text):
        return len(key(text)) / 2
    return float(len(text.split()))
