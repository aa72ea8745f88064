"""Whether an article of the page's data is the page's own: by its headline, else by its address.

Pages list others in their data, and some carry the node of another article alone. What such a node says of its author
and date is another article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

MAX_SHARED = 0.2
"""Share of words up to which a headline is another article's; 1 of 3 is the least of 533 pages' own where the address
of the node is another than the page's."""
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f\uac00-\ud7a3]+")
"""Runs of scripts that set few spaces, and of Korean, whose particles hang on its words."""
_NUMBER = re.compile(r"\d{5,}")
_PAGE = re.compile(r"/(?:index|default)\.\w{3,5}$|/$")
MIN_SEGMENT = 12
"""Characters of the last part of a path from which it is of one page: the paths of two hosts may share it."""


def is_foreign(headline: str, titles: Sequence[str], named: Sequence[str], addresses: Sequence[str]) -> bool:
    """Tell whether a headline is that of another article than the page with these titles.

    ``named`` are the addresses that its node gives itself, ``addresses`` those of the page: one that is both is proof.
    Headlines written for search engines share some words with a title; those in another script cannot be compared.
    """
    own = _words(headline)
    seen = [words for title in titles if (words := _words(title))]
    if not own or not seen or {_script(words) for words in seen} != {_script(own)}:
        return False
    if max(len(own & words) / min(len(own), len(words)) for words in seen) > MAX_SHARED:
        return False
    return not any(_same(first, second) for first in named for second in addresses)


def _words(text: str) -> set[str]:
    """Return the words of a text that say something: of four letters, of dense scripts every two characters."""
    text = text[:500].lower()
    runs = _DENSE.findall(text)
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return pairs | set(_WORD.findall(_DENSE.sub(" ", text) if runs else text))


def _script(found: set[str]) -> str:
    """Return the kind of script that most words are in."""
    kinds = [_kind(max(map(ord, word))) for word in sorted(found)]
    return max(sorted(set(kinds)), key=kinds.count)


def _kind(point: int) -> str:
    """Return the kind of script of a character, roughly: Latin, dense, or its two hundred and fifty-six."""
    if point < 0x370 or 0x1E00 <= point < 0x1F00:
        return "latin"
    return "dense" if _DENSE.match(chr(point)) else str(point >> 8)


def _path(address: str) -> str:
    """Return the path of an address without the name of an index; nothing of an address that is none."""
    try:
        return _PAGE.sub("", unquote(urlsplit(address[:500]).path)).lower()
    except ValueError:
        return ""


def _same(first: str, second: str) -> bool:
    """Tell whether two addresses are of one page: of the same path, its last part, or its number."""
    left, right = _path(first), _path(second)
    if not left or not right:
        return False
    ends = left.rpartition("/")[2], right.rpartition("/")[2]
    if left == right or (ends[0] == ends[1] and len(ends[0]) >= MIN_SEGMENT):
        return True
    return not set(_NUMBER.findall(left)).isdisjoint(_NUMBER.findall(right))
