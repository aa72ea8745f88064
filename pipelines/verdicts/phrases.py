"""What pages that are no article say, and what their parts are called: the words of ``data/verdict.toml``."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipelines.forms import key

_PHRASES = (
    "paywall", "offer", "consent", "missing", "login", "robot", "secret", "account", "tracking", "agreement", "absent",
    "document", "house", "house_cjk", "bare",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The lists that are not phrases, as sets; ``phrases`` holds the others."""

    phrases: dict[str, tuple[str, ...]]
    comment: frozenset[str]
    caption: frozenset[str]
    video: frozenset[str]
    gallery: frozenset[str]
    listing: frozenset[str]
    titles: dict[str, str]
    """What pages with nothing but these words as their title are; the words as keys."""


@cache
def words() -> Words:
    """Return the words, read once."""
    data = tomllib.loads(resources.files("pipelines").joinpath("data/verdict.toml").read_text("utf-8"))
    return Words(
        phrases={name: tuple(data[name]) for name in _PHRASES},
        comment=frozenset(data["comment_class"]),
        caption=frozenset(data["caption_class"]),
        video=frozenset(data["video"]),
        gallery=frozenset(data["gallery"]),
        listing=frozenset(data["listing"]),
        titles={key(title): reason for reason, titles in data["titles"].items() for title in titles},
    )


def says(lines: Iterable[str], name: str) -> bool:
    """Say whether one of some folded lines holds a phrase of a list."""
    phrases = words().phrases[name]
    return any(phrase in line for line in lines for phrase in phrases)


def fold(text: str) -> str:
    """Return a text as the phrases are written: no capitals, compatibility forms folded, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
