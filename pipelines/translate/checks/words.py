"""The words the checks know, read once from ``pipelines/data/translation_checks.toml``."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parents[2] / "data" / "translation_checks.toml"


@functools.cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def digest() -> str:
    """Return a short hash of the file: other words are other checks."""
    return hashlib.blake2b(_FILE.read_bytes(), digest_size=4).hexdigest()


def any_of(language: str, name: str) -> str:
    """Return a list of patterns as one alternation."""
    return "|".join(_tables()[language][name])


def words(language: str, name: str) -> frozenset[str]:
    """Return a list of plain words."""
    return frozenset(_tables()[language][name])


def others(language: str, name: str) -> dict[str, tuple[str, ...]]:
    """Return a table of words and what may stand in their place."""
    return {word: tuple(values) for word, values in _tables()[language][name].items()}


def values(language: str, name: str) -> dict[str, tuple[Fraction, ...]]:
    """Return a table of words or patterns and the numbers they hold."""
    return {word: tuple(map(Fraction, numbers)) for word, numbers in _tables()[language][name].items()}
