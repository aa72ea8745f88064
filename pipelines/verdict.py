"""Is this an article at all? Says why not, so that a section page or a paywall stub is not stored as one.

Each test needs two signs at once, what the page says and how little running text it has, because an article about
cookies, paywalls or a missing page says the same words.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import unquote, urlsplit

from pipelines.config import Config
from pipelines.forms import is_prose
from pipelines.model import Block, Draft, Kind

_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_MAX_NOTICE = 400
"""Weight of the longest line that is read as a notice; an article's paragraph that speaks of one is mostly longer."""
STUB_WEIGHT = 900
"""Below this a text with a paywall notice is its teaser: 95 % of 373 public articles with a body are longer."""
NOTICE_WEIGHT = 600
"""Below this a page that says it is missing, locked or a robot check is just that."""
CLIP_WEIGHT = 350
"""Below this a page under /video/ or /gallery/ is the caption of a clip or of pictures."""
LIST_BLOCKS = 8
"""Fewer linked headlines may be an article's list of sources."""


def weight(text: str) -> float:
    """Return the length of a text in characters, with CJK characters counted 2.5: one says what 2.5 letters say."""
    return len(text) if text.isascii() else len(text) + 1.5 * len(_CJK.findall(text))


def judge(draft: Draft, config: Config) -> str | None:
    """Return None for an article, else a short code for what the page is instead."""
    total = sum(weight(block.text) for block in draft.blocks)
    notice = _notice(draft, total)
    if notice is not None:
        return notice
    if total < config.min_text_chars:
        return "too_short"
    prose = sum(weight(block.text) for block in draft.blocks if _is_running(block))
    if _is_index(draft, total, prose):
        return "index_page"
    return _clip(draft, total)


def _is_running(block: Block) -> bool:
    return block.link_density < 0.5 and (is_prose(block.text) or block.kind is Kind.CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    phrases: dict[str, tuple[str, ...]]
    video: frozenset[str]
    gallery: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(resources.files("pipelines").joinpath("data/verdict.toml").read_text("utf-8"))
    return _Words(
        phrases={name: tuple(data[name]) for name in ("paywall", "consent", "missing", "login", "robot")},
        video=frozenset(data["video"]),
        gallery=frozenset(data["gallery"]),
    )


def _says(lines: list[str], name: str) -> bool:
    phrases = _words().phrases[name]
    return any(phrase in line for line in lines for phrase in phrases)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _notice(draft: Draft, total: float) -> str | None:
    """Return what a page with little text says of itself: missing, locked, behind a wall."""
    if total >= STUB_WEIGHT:
        return None
    kept = [_fold(block.text) for block in draft.blocks if weight(block.text) <= _MAX_NOTICE]
    title = [_fold(draft.meta.title)] if draft.meta.title else []
    cut = [_fold(line) for piece in draft.removed for line in piece.text.splitlines() if weight(line) <= _MAX_NOTICE]
    if total < NOTICE_WEIGHT:
        if _says(title + kept, "missing"):
            return "not_found"
        if _says(title + kept, "robot"):
            return "robot_check"
        if _says(kept, "login"):
            return "login_page"
        consent = sum(weight(block.text) for block in draft.blocks if _says([_fold(block.text)], "consent"))
        if consent * 2 > total > 0:
            return "consent_wall"
    if _says(kept, "paywall") or (_says(cut, "paywall") and _breaks_off(draft)):
        return "paywall_stub"
    return None


def _breaks_off(draft: Draft) -> bool:
    """Say whether the text ends in the middle, as a teaser does."""
    return not draft.blocks or draft.blocks[-1].text.rstrip().endswith(("…", "...", "［...］", "[…]", "[...]"))


def _is_index(draft: Draft, total: float, prose: float) -> bool:
    """Say whether the page lists other pages: many linked lines, hardly any running text."""
    linked = [block for block in draft.blocks if block.link_density >= 0.5]
    if len(linked) < LIST_BLOCKS:
        return False
    share = sum(weight(block.text) for block in linked) / max(1.0, total)
    return share > 0.5 and prose < 0.3 * total


def _clip(draft: Draft, total: float) -> str | None:
    """Return ``video_page`` or ``gallery`` for a caption under an address that says so."""
    if total >= CLIP_WEIGHT:
        return None
    steps = {step.lower() for step in unquote(urlsplit(draft.url).path).split("/")[:-1]}
    if steps & _words().video:
        return "video_page"
    if steps & _words().gallery and len(draft.images) >= 3:
        return "gallery"
    return None
