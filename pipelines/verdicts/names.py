"""What pages are called that are there to be filled in, bought from or left at once: ``data/unsigned.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipelines.forms import key, width

MAX_NAME = 44
"""Columns of the longest part of a title that names a form; headlines that speak of one are longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    form: tuple[str, ...]
    cart: tuple[str, ...]
    front: frozenset[str]
    contact: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("pipelines").joinpath("data/unsigned.toml").read_text("utf-8"))
    return _Words(
        form=tuple(data["form"]),
        cart=tuple(data["cart"]),
        front=frozenset(map(key, data["front"])),
        contact=frozenset(map(key, data["contact"])),
    )


def named(names: tuple[str, ...]) -> bool:
    """Say whether a part of a title names a form: to log in, to register, to get a new password."""
    return any(width(name) <= MAX_NAME and _holds(name, _words().form) for name in names)


def is_cart(label: str) -> bool:
    """Say whether a line or a button offers to buy."""
    return _holds(label, _words().cart)


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    # No pattern: hundreds of words at every letter take ten times as long as each of them once.
    folded = text.casefold()
    return any(stem in folded for stem in stems)


def is_called(names: tuple[str, ...], kind: str) -> bool:
    """Say whether a whole part of a title is the name of a ``front`` page or of one to make ``contact``."""
    words = _words().front if kind == "front" else _words().contact
    return not words.isdisjoint(map(key, names))
