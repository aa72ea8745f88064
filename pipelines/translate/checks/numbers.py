"""Numbers of a sentence against those of its translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pipelines.translate.checks import numbers_en, numbers_zh
from pipelines.translate.checks.quantities import Quantity

# The most numbers in a sentence of wmt21 and ntrex are 21; past this it is a table, and comparing takes its square.
_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``lost``: numbers the translation should have and has not; ``added``: numbers that come from nowhere."""

    lost: tuple[Quantity, ...]
    added: tuple[Quantity, ...]


def _digits(value: Fraction) -> int:
    """Return how many significant digits a value is written with."""
    number = abs(value.numerator)
    while number and number % 10 == 0:
        number //= 10
    return len(str(number)) if value.denominator == 1 else 2


def _rounded(ours: Fraction, theirs: Fraction) -> bool:
    """Tell whether the translation's number is the source's, rounded to at least two digits as news writers do.

    What may be two years is not rounded: 2020 is not 2019.
    """
    if all(1800 <= value < 2100 and value.denominator == 1 for value in (ours, theirs)):
        return False
    return ours > 100 and theirs > 0 and abs(ours - theirs) * 200 < ours and 2 <= _digits(theirs) < _digits(ours)


def _same(ours: Quantity, theirs: Quantity) -> bool:
    """Tell whether two numbers can be the same one; readings in words count only where one side is soft."""
    if not set(ours.values).isdisjoint(theirs.values):
        return True
    if not (ours.hard and theirs.hard):
        return not {*ours.values, *ours.loose}.isdisjoint((*theirs.values, *theirs.loose))
    return _rounded(ours.value, theirs.value)


def _missing_again(ours: list[Quantity], theirs: list[Quantity]) -> list[Quantity]:
    """Return the numbers that the source gives several times and the translation fewer times."""
    missing = []
    for value in dict.fromkeys(q.value for q in ours):
        same = [q for q in ours if q.value == value]
        if len(same) > 1 and sum(_same(same[0], other) for other in theirs) < len(same):
            missing.append(same[-1])
    return missing


def compare(source: Iterable[Quantity], target: Iterable[Quantity]) -> Comparison:
    """Return what is lost and what is added, by value and whatever the order; nothing for a whole table."""
    ours, theirs = list(source), list(target)
    if max(len(ours), len(theirs)) > _MOST:
        return Comparison(lost=(), added=())
    lost = tuple(q for q in ours if q.hard and not any(_same(q, other) for other in theirs))
    lost += tuple(_missing_again([q for q in ours if q.hard and q not in lost], theirs))
    added = tuple(q for q in theirs if q.hard and not any(_same(other, q) for other in ours))
    return Comparison(lost=lost, added=added)


def compare_zh_en(source: str, target: str) -> Comparison:
    """Compare a Chinese sentence with its English translation."""
    return compare(numbers_zh.find(source), numbers_en.find(target))
