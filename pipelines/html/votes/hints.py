"""What a page says of its own text: the title, the description and the article body in JSON-LD."""

from __future__ import annotations

import json
import re
from typing import Any

from pipelines.html.heads import Tree
from pipelines.html.votes.textstats import fold

_TAGS = re.compile(r"<[^<>]{0,2000}>")
_MAX_SCRIPT = 2_000_000
_MAX_FOLDED = 60_000
"""Letters of the JSON-LD body that blocks are compared with: more is no article."""
_GRAM = 12
"""Letters of the pieces that are looked up in the JSON-LD body."""


_MAX_SEARCHES = 600
"""Pieces that are searched for in the body before a table of all its pieces is made; 40 are a block's most."""


class Hints:
    """Title, description and JSON-LD body of a page, ready to be compared with blocks."""

    NAMES = ("title", "described", "body_share")

    def __init__(self, root: Tree) -> None:
        self.body = _json_body(root)
        self._folded = fold(self.body)[:_MAX_FOLDED]
        self.has_body = len(self._folded) > 100
        self._grams: set[str] = set()
        self._searches = 0
        self._titles = _titles(root)
        self._description = _description(root)

    def of(self, text: str) -> tuple[float, float, float]:
        """Return how far a block is in the title, in the description and in the JSON-LD body (each 0–1)."""
        if len(text) > 20_000:
            text = text[:20_000]
        short = len(text) < 400
        if not short and not self.has_body:
            return 0.0, 0.0, 0.0
        folded = fold(text)
        if not folded:
            return 0.0, 0.0, 0.0
        title = 0.0
        if short and len(folded) > 3:
            for other in self._titles:
                if folded in other or other in folded:
                    title = max(title, min(len(folded), len(other)) / max(len(folded), len(other)), 0.5)
                    if len(folded) > 12 and folded in other:
                        title = max(title, 0.9)
        described = 0.0
        if short and len(folded) > 15 and self._description:
            described = float(folded in self._description or self._description in folded)
        return title, described, self._share(folded)

    def _share(self, folded: str) -> float:
        if not self.has_body:
            return 0.0
        if len(folded) <= _GRAM:
            return float(folded in self._folded)
        pieces = [folded[at : at + _GRAM] for at in range(0, len(folded) - _GRAM + 1, _GRAM)][:40]
        # A search through the text is dearer than a look-up, but most pages ask for less than the table costs.
        self._searches += len(pieces)
        if self._searches > _MAX_SEARCHES and not self._grams:
            self._grams = {self._folded[at : at + _GRAM] for at in range(len(self._folded) - _GRAM + 1)}
        known = self._grams or self._folded
        return sum(piece in known for piece in pieces) / len(pieces)


def _titles(root: Tree) -> list[str]:
    found = []
    if (element := next(iter(root.iter("title")), None)) is not None:
        found.append(fold((element.text or "")[:500]))
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name in ("og:title", "twitter:title"):
            found.append(fold((meta.get("content") or "")[:500]))
    return [title for title in dict.fromkeys(found) if len(title) > 3]


def _description(root: Tree) -> str:
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name in ("og:description", "description"):
            value = fold((meta.get("content") or "")[:2_000])
            if len(value) > 15:
                return value
    return ""


def _json_body(root: Tree) -> str:
    """Return the longest articleBody of the JSON-LD scripts, tags taken out; empty where there is none."""
    best = ""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        content = script.text or ""
        if "rticleBody" not in content or len(content) > _MAX_SCRIPT:
            continue
        for body in _bodies(content):
            if len(body) > len(best):
                best = body
    return _TAGS.sub(" ", best)


def _bodies(content: str) -> list[str]:
    try:
        data = json.loads(content, strict=False)
    except (ValueError, RecursionError):
        return []
    found: list[str] = []
    stack: list[Any] = [data]
    seen = 0
    while stack and seen < 5_000:
        seen += 1
        value = stack.pop()
        if isinstance(value, dict):
            body = value.get("articleBody")
            if isinstance(body, str):
                found.append(body)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return found
