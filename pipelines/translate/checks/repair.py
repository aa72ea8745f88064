"""Puts a number right that the engine got wrong by a power of ten, where there is no doubt which one it is.

34.5亿 is 3.45 billion, and engines write "34.5 billion". A number is changed only when it shares its digits with
exactly one number that the translation lacks, and the sentence passes the comparison afterwards. What stands behind it
must leave its value as it is: no 万 that was left over, no group of digits more, and nothing that may be a unit or a
scale of its own (200-megapixel, 500 kV, 50 cents, 10 lakh) but the unit the source has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from pipelines.translate.checks import numbers_en, numbers_zh, words
from pipelines.translate.checks.numbers import Comparison, compare
from pipelines.translate.checks.numbers_en import SHORT_SCALES
from pipelines.translate.checks.quantities import Quantity

_PARTS = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<gap>[\s-]?)"
    r"(?P<scale>thousand|million|billion|trillion|quadrillion|mln|mn|m|bn|b|trn|tn|k)?(?P<rest>s?)",
    re.IGNORECASE,
)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "quadrillion": 10**15}
_RANGE_BEFORE = re.compile(r"\d(?:\s*[-–—~]\s*|\s+to\s+|\s+and\s+|\s+or\s+)[$€£¥]?$", re.IGNORECASE)
_RANGE_AFTER = re.compile(
    r"-?(?:\s*[-–—~]\s*|\s+to\s+|\s+or\s+)[$€£¥]?\d[\d,.]*[\s-]?(?P<scale>thousand|million|billion|trillion|quadrillion)?",
    re.IGNORECASE,
)
_SCALE_WORD = r"(?:thousand|[a-z]{1,7}illion|crore|lakh)s?"
# 150亿 yuan, 20 wan, RMB 20 W, 1,500 ten thousand, 60 x 10,000, 3 000 000, 300-plus billion: the number goes on, right
# as it is.
_GOES_ON = re.compile(
    r"\s*-?\s*(?:[十百千万亿兆萬億]|(?:wan|yi|w|hundreds?|ten[\s-]thousands?)(?![A-Za-z])|[x×*]\s*10)"
    rf"|(?:[.,'’]|,?\s)\d{{3}}(?!\d)|[\s.)+-]*(?:(?:plus|odd|or\s(?:so|more))[\s-]+)?{_SCALE_WORD}\b",
    re.IGNORECASE,
)
# Revenue (in millions): 345.
_SCALE_BEFORE = re.compile(rf"\b{_SCALE_WORD}\W{{1,4}}\Z", re.IGNORECASE)
_METRES = re.compile(r"\d\s?m$")


def _unit(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s)\]-]*(?:{'|'.join(patterns)})(?![A-Za-zÀ-ɏ²³])(?![\s-]?hours?)", re.IGNORECASE)


def _units(name: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return a table of units: how Chinese says each, and how English does."""
    return tuple((re.compile(own), _unit(english)) for own, english in words.others("chinese", name).items())


_MEASURES, _SPANS = _units("measures"), _units("spans")
_UNIT_LIKE = _unit([words.any_of("english", "unit_like")])


def _same_digits(one: Fraction, other: Fraction) -> bool:
    """Tell whether two numbers differ by a power of ten, or not at all."""
    if one <= 0 or other <= 0:
        return False
    text = str(max(one / other, other / one))
    return text[0] == "1" and set(text[1:]) <= {"0"}


def _plain(value: Fraction, *, commas: bool) -> str | None:
    """Return a value in digits, or None where it has no end in decimals worth printing."""
    scaled = value * 1_000
    if scaled.denominator != 1:
        return None
    whole, thousandths = divmod(scaled.numerator, 1_000)
    text = f"{whole:,}" if commas else str(whole)
    return f"{text}.{thousandths:03d}".rstrip("0").rstrip(".") if thousandths else text


def _written(text: str, value: Fraction, *, keep_scale: bool) -> str | None:
    """Return a value the way the wrong number was written: in digits, or with the scale word that fits it."""
    match = _PARTS.fullmatch(text)
    if not match or match["rest"]:
        return None
    scale = (match["scale"] or "").lower()
    if not scale:
        return _plain(value, commas="," in match["digits"] or value >= 10_000)
    if scale not in _SCALES:
        digits = _plain(value / SHORT_SCALES[scale], commas=True)
        return digits and f"{digits}{match['gap']}{match['scale']}"
    if not keep_scale:
        fitting = [word for word, size in _SCALES.items() if size <= value]
        if not fitting or (fitting == ["thousand"] and (value < 10_000 or value.denominator == 1)):
            return _plain(value, commas=True)
        scale = fitting[-1]
    digits = _plain(value / _SCALES[scale], commas=True)
    return digits and f"{digits}{match['gap']}{scale}"


def _pairs(ours: list[Quantity], theirs: list[Quantity], found: Comparison) -> list[tuple[Quantity, Quantity]]:
    """Return lost and added numbers that belong together beyond doubt; empty where there is any.

    Another number of the same digits in the sentence (3亿 beside 30亿), right or wrong, is a doubt.
    """
    pairs = []
    for lost in found.lost:
        fitting = [q for q in theirs if q.hard and _same_digits(q.value, lost.value)]
        rivals = [q for q in ours if q.hard and _same_digits(q.value, lost.value)]
        if len(fitting) != 1 or len(rivals) != 1 or fitting[0] not in found.added:
            return []
        if fitting[0].percent != lost.percent:
            return []
        pairs.append((lost, fitting[0]))
    return pairs


def _is_open(source: str, lost: Quantity, target: str, added: Quantity) -> bool:
    """Tell whether what stands around a number may make it right: a scale unknown to us, or another unit.

    A measure on either side must be the other side's as well; what only looks like a unit must be the source's.
    """
    number, rest = target[added.start : added.end], target[added.end :]
    written, own = numbers_zh.around(source, lost)
    if onward := _RANGE_AFTER.match(rest):
        rest = rest[onward.end() :]  # 300 to 500 kg: both are of the second one's unit
    if "兆" in written or _GOES_ON.match(rest) or _SCALE_BEFORE.search(target[: added.start][-20:]):
        return True
    if number[:2].isdigit() and number[0] == "0":
        return True  # 0300 hours
    if _METRES.search(number) and own.startswith("米"):
        return True  # 500 m was read as 500 million
    if lost.percent and added.percent:
        return False
    asked = [english for chinese, english in _MEASURES if chinese.match(own)]
    if asked:
        return not any(english.match(rest) for english in asked)
    spans = [bool(chinese.match(own)) for chinese, english in _SPANS if english.match(rest)]
    if any(spans):
        return False
    return bool(spans) or bool(_UNIT_LIKE.match(rest)) or any(english.match(rest) for _, english in _MEASURES)


def numbers(source: str, target: str) -> str | None:
    """Return the translation with its numbers put right, or None where that is not certain."""
    ours = list(numbers_zh.find(source))
    theirs = list(numbers_en.find(target))
    found = compare(ours, theirs)
    if not found.lost or len(found.lost) != len(found.added):
        return None
    out = target
    for lost, added in sorted(_pairs(ours, theirs, found), key=lambda pair: -pair[1].start):
        if _is_open(source, lost, target, added):
            return None
        onward = _RANGE_AFTER.match(target[added.end :])
        in_range = bool(onward or _RANGE_BEFORE.search(target[: added.start]))
        value = lost.value
        if onward and onward["scale"] and target[added.start : added.end].replace(".", "").isdigit():
            value /= _SCALES[onward["scale"].lower()]  # "3-5 billion": the first one has the second one's scale
        piece = _written(target[added.start : added.end], value, keep_scale=in_range)
        if piece is None:
            return None
        out = out[: added.start] + piece + out[added.end :]
    after = compare(ours, numbers_en.find(out))
    return out if out != target and not after.lost and not after.added else None
