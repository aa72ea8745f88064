"""The word lists of the metadata rules, read once from ``pipelines/data/metadata_*.toml``."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_SPELLING_MARKS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0326\u0327\u0328\u0653\u0654\u0655\u093c\u09bc"
)
"""Accents of Latin, Greek and Cyrillic letters, hamza and madda, and the dot of Indic letters; no vowel signs."""


@cache
def table(name: str) -> dict[str, Any]:
    """Return the data file ``metadata_<name>.toml``."""
    return tomllib.loads((files("pipelines") / "data" / f"metadata_{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return one list of a data file, case-folded."""
    return frozenset(word.casefold() for word in table(name)[key])


@cache
def months() -> dict[str, int]:
    """Return month name (case-folded, no final full stop, plain apostrophe) → 1–12."""
    rows = table("months")["months"].items()
    return {word.casefold().replace("’", "'"): int(number) for number, row in rows for word in row}


@cache
def _plain_months() -> dict[str, int]:
    """Return month name without accents → 1–12, the first in the table where two names become one."""
    out: dict[str, int] = {}
    for word, number in months().items():
        out.setdefault(plain(word), number)
    return out


def month(name: str) -> int | None:
    """Return the number of a month by its name in any language, None where it is none.

    Capitals lose their accents (ΙΑΝΟΥΑΡΙΟΥ) or dots (KASIM), Arabic and Indic spellings vary in marks of the same
    kind, and Hebrew sets "in" before the name.
    """
    word = name.casefold().rstrip(".")
    found = months().get(word)
    if found is None and not (word.isascii() and name.islower()):
        found = _plain_months().get(plain(word)) or _plain_months().get(plain(word.removeprefix("ב")))
    return found


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Return a case-folded word without accents, dots and other marks that spellings of one word differ in."""
    if word.isascii():
        return word
    marks = (char for char in unicodedata.normalize("NFD", word.replace("ı", "i")) if char not in _SPELLING_MARKS)
    return "".join(marks)


@cache
def zones() -> dict[str, int]:
    """Return zone abbreviation (case-folded) → minutes east of UTC."""
    return {name.casefold(): int(minutes) for name, minutes in table("dates")["zones"].items()}


@cache
def countries() -> dict[str, str]:
    """Return country domain → IANA zone."""
    return dict(table("dates")["countries"])


@cache
def places() -> dict[str, str]:
    """Return names of a place's wall time, summer or winter (ET) → IANA zone."""
    return dict(table("dates")["places"])
