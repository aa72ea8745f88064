"""What a number is to the checks: where it stands, the values it may be read as, and how far it binds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text.

    ``values`` are its readings in digits, the plainest first; ``loose`` are readings that only a word may answer for
    (七成 is 70 in digits, and seven in "seven out of ten"). A ``hard`` quantity of the source must be in the target and
    a hard one of the target must come from the source; a soft one (一, 几十, "a", "second", digits inside a code)
    may answer for a hard one on the other side but is not asked for.
    """

    start: int
    end: int
    values: tuple[Fraction, ...]
    loose: tuple[Fraction, ...] = ()
    hard: bool = True
    percent: bool = False

    @property
    def value(self) -> Fraction:
        """Return the plainest reading."""
        return self.values[0]


# Nobody counts further; a longer heap of digits is no number, and computing with it could take for ever.
LIMIT = Fraction(10**30)
MAX_CHARACTERS = 40


def fraction(text: str) -> Fraction:
    """Return the value of plain digits with an optional point and commas; past the limit for a heap of them."""
    if len(text) > MAX_CHARACTERS:
        return LIMIT + 1
    return Fraction(text.replace(",", "").replace("½", ".5"))
