"""Words that a typesetter divided at the end of a line, told from those that are written with a hyphen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SOFT = "\u00ad"
DIVIDED = "\u2010"
"""What stands for a soft hyphen at the end of a line, and for any in a document: what goes on there is one word, unless
it stands with a hyphen elsewhere."""
MANY, SHARE = 4, 0.03
"""Lines, and share of all lines, that end in a word that stands nowhere else, from which they are divided: a browser
breaks at hyphens only where an author set one, in fewer lines."""
_END = re.compile(r"(?:[^\W\d_]+-)*[^\W\d_]{2,}[-\u2010]$")
_START = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def is_divided(left: str, right: str) -> bool:
    """Say whether a line may end in the middle of a word."""
    return left[-1:] in ("-", DIVIDED) and right[:1].islower() and _END.search(left) is not None


class Hyphens:
    """Which hyphens at the ends of a text's lines belong to it: a word that stands whole elsewhere was divided."""

    def __init__(self, lines: Sequence[str]) -> None:
        """``lines`` are all of the text, as they were broken."""
        pairs = [(a, b) for a, b in pairwise(lines) if is_divided(a, b)]
        self._words: set[str] = set()
        self._default = False
        if pairs:
            self._words = {word for line in lines for word in _WORD.findall(line.lower())}
            known = [found for a, b in pairs if (found := self._known(a, b)) is not None]
            unknown = len(pairs) - len(known)
            often = unknown >= max(MANY, SHARE * len(lines))
            self._default = sum(known) * 2 > len(known) or (often and not known)

    def are_divisions(self, left: str, right: str) -> bool:
        """Say whether the hyphen between two pieces of a broken line goes."""
        if not is_divided(left, right):
            return False
        known = self._known(left, right)
        return (left.endswith(DIVIDED) or self._default) if known is None else known

    def _known(self, left: str, right: str) -> bool | None:
        """Return whether the two halves stand elsewhere as one word (True) or with a hyphen; None for neither."""
        end, start = _END.search(left.lower()), _START.match(right.lower())
        if end is None or start is None:
            return None
        whole = end.group()[:-1] + start.group()
        return True if whole in self._words else False if f"{end.group()[:-1]}-{start.group()}" in self._words else None
