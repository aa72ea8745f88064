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
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_CURRENCY = "(?:yuan|RMB|dollars?|euros?|pounds?|yen|USD|HKD)"
_SUM = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DAY = re.compile(rf"\b{_MONTH} (\d{{1,2}})(?!\d|:)|(?<![\d:.,])(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}\b")
_YEAR = re.compile(r"(?<![\d,.$-])((?:19|20)\d\d)(?![\ds,]|\.\d|-\d)")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):\d\d|(?<![\d:.])(\d{1,2}) ?[ap]\.?m\b")
_MONEY = re.compile(
    rf"[$€£¥] ?({_SUM})|(?<![\d.,])({_SUM})(?: (?:thousand|million|billion|trillion))? {_CURRENCY}\b", re.IGNORECASE
)
_SHARE = re.compile(rf"(?<![\d.,])({_SUM}) ?(?:%|per ?cent\b)")
_RANGE = re.compile(rf"(?<![\d.,-])(?:{_SUM})(?:-|–| to )(?=\d+(?:\.\d+)?(?![\d-]))")
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z]{2,}(?![A-Za-z0-9])")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_NEXT_SCALE = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}


Damaging = Callable[[str, random.Random, str], str | None]
"""Damages a good translation: text, source of chance, and its source sentence; None where it gives no hold."""


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


def _scaled(factor: Decimal) -> Damaging:
    def damage(text: str, rng: random.Random, source: str) -> str | None:
        found = [m for m in _NUMBER.finditer(text) if Decimal(m[0].replace(",", "")) > 0]
        if not found:
            return None
        match = rng.choice(found)
        value = Decimal(match[0].replace(",", "")) * factor
        return text[: match.start()] + _shown(value, match[0]) + text[match.end() :]

    return damage


def _other_scale(text: str, rng: random.Random, source: str) -> str | None:
    found = list(_SCALE.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + _NEXT_SCALE[match[1]] + text[match.end() :]


def _cut_out(pattern: re.Pattern[str]) -> Damaging:
    def damage(text: str, rng: random.Random, source: str) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        return re.sub(r"\s+([,.;:])", r"\1", text[: match.start()] + text[match.end() :]).strip()

    return damage


def _negation(text: str, rng: random.Random, source: str) -> str | None:
    found = [(m, by) for pattern, by in _NEGATIONS for m in pattern.finditer(text)]
    if not found:
        return None
    match, by = rng.choice(found)
    return text[: match.start()] + match.expand(by) + text[match.end() :]


def _other_number(pattern: re.Pattern[str], change: Callable[[str], str]) -> Damaging:
    """Replace the number in one of the pattern's groups."""

    def damage(text: str, rng: random.Random, source: str) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        match = rng.choice(found)
        start, end = match.span(match.lastindex or 0)
        return text[:start] + change(text[start:end]) + text[end:]

    return damage


def _next(number: str) -> str:
    """Return the number beside: the 25th for the 24th, and no 13th month or 32nd day."""
    value = int(number)
    return str(value - 1 if value in (12, 30, 31) else value + 1)


def _first_digit(number: str) -> str:
    return str(int(number[0]) % 9 + 1) + number[1:]


def _tenfold(number: str) -> str:
    return _shown(Decimal(number.replace(",", "")) * 10, number)


def _half_range(text: str, rng: random.Random, source: str) -> str | None:
    found = list(_RANGE.finditer(text))
    match = rng.choice(found) if found else None
    return text[: match.start()] + text[match.end() :] if match else None


def _name(text: str, rng: random.Random, source: str) -> str | None:
    """Replace a name that stands in Latin letters on both sides with a made-up one."""
    found = [m for m in _LATIN.finditer(text) if text.count(m[0]) == 1 and m[0] in _LATIN.findall(source)]
    match = rng.choice(found) if found else None
    made_up = "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3)).capitalize()
    return text[: match.start()] + made_up + text[match.end() :] if match else None


def _left_over(text: str, rng: random.Random, source: str) -> str | None:
    """Leave a piece of the source in the place of a word."""
    words, pieces = text.split(), _HAN.findall(source)
    if len(words) < 4 or not pieces:
        return None
    words[rng.randrange(len(words))] = rng.choice(pieces)[:4]
    return " ".join(words)


def _clause(text: str, rng: random.Random, source: str) -> str | None:
    """Leave out a clause of at least five words."""
    parts = text.split(", ")
    long = [at for at, part in enumerate(parts) if len(part.split()) >= 5]
    if len(parts) < 2 or not long:
        return None
    gone = rng.choice(long)
    return ", ".join(part for at, part in enumerate(parts) if at != gone)


def _truncated(text: str, rng: random.Random, source: str) -> str | None:
    words = text.split()
    return " ".join(words[: max(1, len(words) // 5)]) if len(words) >= 15 else None


def _looped(text: str, rng: random.Random, source: str) -> str | None:
    words = text.split()
    if len(words) < 8:
        return None
    at, size = rng.randrange(3, len(words) - 3), rng.randint(1, 4)
    return " ".join(words[: at + size] + words[at : at + size] * rng.randint(8, 20))


def _emptied(text: str, rng: random.Random, source: str) -> str | None:
    return ""


KINDS: dict[str, Damaging] = {
    "number_x10": _scaled(Decimal(10)),
    "number_d10": _scaled(Decimal("0.1")),
    "number_scale": _other_scale,
    "number_dropped": _cut_out(_NUMBER_WITH_SCALE),
    "day_wrong": _other_number(_DAY, _next),
    "year_wrong": _other_number(_YEAR, _next),
    "time_wrong": _other_number(_CLOCK, _next),
    "money_x10": _other_number(_MONEY, _tenfold),
    "percent_wrong": _other_number(_SHARE, _first_digit),
    "range_halved": _half_range,
    "code_dropped": _cut_out(_CODE),
    "name_replaced": _name,
    "negation_dropped": _negation,
    "untranslated": _left_over,
    "clause_dropped": _clause,
    "truncated": _truncated,
    "loop": _looped,
    "empty": _emptied,
}
NUMBER_KINDS = ("number_x10", "number_d10", "number_scale", "number_dropped")
"""What is summed up as wrong numbers; the kinds below look at some of the same numbers again."""
SOME_NUMBERS = ("day_wrong", "year_wrong", "time_wrong", "money_x10", "percent_wrong", "range_halved")


def damages(kind: str, source: str, good: str, rng: random.Random) -> Damage | None:
    """Damage one sentence in one way; None where it gives no hold for it."""
    bad = KINDS[kind](good, rng, source)
    return None if bad is None or bad == good else Damage(kind=kind, source=source, good=good, bad=bad)
