"""Damages good translations in the ways engines do, so that what the checks find can be counted.

The places to damage are found by plain patterns of this file's own, not by the checks' parser: what that parser
overlooks counts as missed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?(?!\w|[,.-]\w)")
_SCALE = re.compile(r"(?<=\d )(million|billion|trillion|thousand)\b")
_NUMBER_WITH_SCALE = re.compile(
    r"(?<![\w.,-])[$€£¥]?\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?: ?%| percent| (?:thousand|million|billion|trillion))?(?!\w|[,.-]\w) ?"
)
_CODE = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![\w-]) ?")
_NEGATIONS = (
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|could|would|should|must|may|might) not\b"), r"\1"),
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|could|would|should)n['’]t\b"), r"\1"),
    (re.compile(r"\b(will|can) not\b"), r"\1"),
    (re.compile(r"\bcannot\b|\bcan['’]t\b"), "can"),
    (re.compile(r"\bwon['’]t\b"), "will"),
    (re.compile(r"\bnever "), ""),
    (re.compile(r"\bno longer "), "still "),
)
_NEXT_SCALE = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A damaged translation: what was done, and the sentence before and after."""

    kind: str
    source: str
    good: str
    bad: str


def _shown(value: Decimal, like: str) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    whole, _, rest = text.partition(".")
    if "," in like or len(whole) > 4:
        whole = f"{int(whole):,}"
    return f"{whole}.{rest}" if rest else whole


def _scaled(factor: Decimal) -> Callable[[str, random.Random], str | None]:
    def damage(text: str, rng: random.Random) -> str | None:
        found = [m for m in _NUMBER.finditer(text) if Decimal(m[0].replace(",", "")) > 0]
        if not found:
            return None
        match = rng.choice(found)
        value = Decimal(match[0].replace(",", "")) * factor
        return text[: match.start()] + _shown(value, match[0]) + text[match.end() :]

    return damage


def _other_scale(text: str, rng: random.Random) -> str | None:
    found = list(_SCALE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + _NEXT_SCALE[match[1]] + text[match.end() :]


def _cut_out(pattern: re.Pattern[str]) -> Callable[[str, random.Random], str | None]:
    def damage(text: str, rng: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        return re.sub(r"\s+([,.;:])", r"\1", text[: match.start()] + text[match.end() :]).strip()

    return damage


def _negation(text: str, rng: random.Random) -> str | None:
    found = [(m, by) for pattern, by in _NEGATIONS for m in pattern.finditer(text)]
    if not found:
        return None
    match, by = rng.choice(found)
    return text[: match.start()] + match.expand(by) + text[match.end() :]


def _truncated(text: str, rng: random.Random) -> str | None:
    words = text.split()
    return " ".join(words[: max(1, len(words) // 5)]) if len(words) >= 15 else None


def _looped(text: str, rng: random.Random) -> str | None:
    words = text.split()
    if len(words) < 8:
        return None
    at, size = rng.randrange(3, len(words) - 3), rng.randint(1, 4)
    return " ".join(words[: at + size] + words[at : at + size] * rng.randint(8, 20))


def _emptied(text: str, rng: random.Random) -> str | None:
    return ""


KINDS: dict[str, Callable[[str, random.Random], str | None]] = {
    "number_x10": _scaled(Decimal(10)),
    "number_d10": _scaled(Decimal("0.1")),
    "number_scale": _other_scale,
    "number_dropped": _cut_out(_NUMBER_WITH_SCALE),
    "code_dropped": _cut_out(_CODE),
    "negation_dropped": _negation,
    "truncated": _truncated,
    "loop": _looped,
    "empty": _emptied,
}
NUMBER_KINDS = ("number_x10", "number_d10", "number_scale", "number_dropped")


def damages(kind: str, source: str, good: str, rng: random.Random) -> Damage | None:
    """Damage one sentence in one way; None where it gives no hold for it."""
    bad = KINDS[kind](good, rng)
    return None if bad is None or bad == good else Damage(kind=kind, source=source, good=good, bad=bad)
