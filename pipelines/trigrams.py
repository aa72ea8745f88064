"""langdetect's answer, number for number, without its loop over every character: a tenth of its time.

The profiles are langdetect's, and so are the normalisation, the order of the n-grams and the draws from the seeded
generator; only the n-grams come from slices of one string, and the 55 languages of a draw are one numpy product. The
tests hold both to the same answers.
"""

from __future__ import annotations

import json
import random
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from langdetect import PROFILES_DIRECTORY
from langdetect.detector import Detector
from langdetect.utils.ngram import NGram
from langdetect.utils.unicode_block import unicode_block

Numbers = npt.NDArray[np.int64]
_TRIALS = 7
_MAX_CHARS = 10_000
_BLANKS = re.compile(" +")
_LATIN = re.compile("[A-z]")
_MARKS = frozenset(NGram.DMARK_CLASS)
"""Accents of their own (U+0300 …) that langdetect joins to Vietnamese letters: hardly any text has one."""
_BLANK = 32
_KANA_END = 0x3200
_HANGUL = slice(0xAC00, 0xD7B0)
_SLOTS = 1 << 19
"""Slots for 87,598 n-grams: a look-up meets another's slot one time in eight."""


@cache
def _normal() -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Return, for each character below U+10000, the one that langdetect counts instead, and whether it is a capital."""
    normal = np.arange(0x10000)
    # Above the kana only Han and Hangul stand for others: langdetect is asked for a fifth of the characters.
    normal[:_KANA_END] = [ord(NGram.normalize(chr(point))) for point in range(_KANA_END)]
    for char, stands_for in NGram.CJK_MAP.items():
        normal[ord(char)] = ord(stands_for)
    normal[_HANGUL] = ord(NGram.normalize(chr(_HANGUL.start)))
    return normal, np.array([chr(point).isupper() for point in normal.tolist()])


class _Foreign(dict[int, str]):
    """``x`` for each character that langdetect holds against Latin letters being the text's own, else nothing."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        counts = char >= "\u0300" and unicode_block(char) != "Latin Extended Additional"
        self[point] = "x" if counts else ""
        return self[point]


_FOREIGN = _Foreign()


@dataclass(frozen=True, slots=True)
class _Profiles:
    """Probability of each n-gram in each language, a row an n-gram, and a hash table from n-grams to rows.

    An n-gram's key is its characters as one number, 16 bits each; ``keys`` and ``rows`` are the slots (0: empty).
    """

    languages: tuple[str, ...]
    table: npt.NDArray[np.float64]
    keys: Numbers
    rows: Numbers

    def find(self, wanted: Numbers) -> Numbers:
        """Return the rows of keys, -1 for unknown ones."""
        slots = _slots(wanted)
        held = self.keys[slots]
        hit = held == wanted
        found = np.where(hit, self.rows[slots], -1)
        missed = np.flatnonzero(~hit & (held != 0))
        slots, wanted = slots[missed], wanted[missed]
        while len(missed):
            slots = (slots + 1) & (_SLOTS - 1)
            held = self.keys[slots]
            hit = held == wanted
            found[missed[hit]] = self.rows[slots[hit]]
            left = ~hit & (held != 0)
            missed, slots, wanted = missed[left], slots[left], wanted[left]
        return found


def _slots(keys: Numbers) -> Numbers:
    # "&" is the remainder of a division by a power of two in a tenth of its time.
    return ((keys * 0x2545F4914F6CDD1D) >> 40) & (_SLOTS - 1)


@cache
def _profiles() -> _Profiles:
    languages, table, wanted = _read()
    keys, rows = np.zeros(_SLOTS, dtype=np.int64), np.zeros(_SLOTS, dtype=np.int64)
    slots, left = _slots(wanted), np.arange(len(wanted))
    while len(left):
        free = left[keys[slots[left]] == 0]
        _, first = np.unique(slots[free], return_index=True)
        placed = free[first]
        keys[slots[placed]], rows[slots[placed]] = wanted[placed], placed
        left = left[keys[slots[left]] != wanted[left]]
        slots[left] = (slots[left] + 1) & (_SLOTS - 1)
    return _Profiles(languages, table, keys, rows)


def _read() -> tuple[tuple[str, ...], npt.NDArray[np.float64], Numbers]:
    """Return langdetect's languages, in its order, their probabilities (n-grams x languages), and the n-grams' keys."""
    files = [file for file in Path(PROFILES_DIRECTORY).iterdir() if file.is_file() and not file.name.startswith(".")]
    profiles = [json.loads(file.read_bytes()) for file in files]
    places: dict[str, int] = {}
    for profile in profiles:
        for gram in profile["freq"]:
            places.setdefault(gram, len(places))
    points = np.array(list(places), dtype="U3").view(np.uint32).reshape(-1, 3).astype(np.int64)
    sizes = np.count_nonzero(points, axis=1)
    table = np.zeros((len(places), len(profiles)))
    for column, profile in enumerate(profiles):
        rows = np.array([places[gram] for gram in profile["freq"]])
        counts = np.array(list(profile["freq"].values()), dtype=np.float64)
        table[rows, column] = counts / np.array(profile["n_words"])[sizes[rows] - 1]
    keys = (points[:, 0] << 32 | points[:, 1] << 16 | points[:, 2]) >> 16 * (3 - sizes)
    return tuple(profile["name"] for profile in profiles), table, keys


def load() -> None:
    """Read the profiles now (a fifth of a second), not at the first text."""
    _profiles()


def _cleaned(text: str) -> str:
    """Return text without addresses and double blanks; without Latin letters where others are twice as many."""
    if "://" in text:
        text = Detector.URL_RE.sub(" ", text)
    if "@" in text:
        text = Detector.MAIL_RE.sub(" ", text)
    if not text.isascii() and not _MARKS.isdisjoint(text):
        text = NGram.normalize_vi(text)
    text = text[:_MAX_CHARS]
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if not text.isascii():
        points = _points(text)
        latin = 2 * np.count_nonzero((points >= ord("A")) & (points <= ord("z")))
        # Most texts need no look at each character: all above U+0300 are fewer.
        if latin < np.count_nonzero(points >= 0x300) and latin < len(text.translate(_FOREIGN)):
            text = _LATIN.sub("", text)
    return text


def _points(text: str) -> npt.NDArray[np.uint32]:
    order = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
    return np.frombuffer(text.encode(order, "surrogatepass"), dtype=np.uint32)


def _grams(text: str, profiles: _Profiles) -> Numbers:
    """Return the rows of the known n-grams (1 to 3 characters) in langdetect's order: by their last character.

    A run of capitals counts from its first one only: names in capitals are in no language.
    """
    normal, capital = _normal()
    # Above U+FFFF no profile has a letter: U+FFFF is in none either, and no capital.
    line = normal.take(_points(text), mode="clip")
    line = np.concatenate(([_BLANK], line))
    line = line[np.concatenate(([True], (line[1:] != _BLANK) | (line[:-1] != _BLANK)))]
    if len(line) < 2:
        return np.zeros(0, dtype=np.int64)
    keys = np.full((len(line) - 1, 3), -1, dtype=np.int64)
    keys[:, 0] = line[1:]
    keys[:, 1] = line[:-1] << 16 | line[1:]
    keys[1:, 2] = line[:-2] << 32 | keys[1:, 1]
    upper = capital[line]
    keys[upper[1:] & upper[:-1]] = -1
    rows = profiles.find(keys.ravel())
    found: Numbers = rows[rows >= 0]
    return found


def probabilities(text: str, seed: int) -> list[tuple[str, float]]:
    """Return (language, probability) of the languages above 0.1, the likeliest first; none for a text without n-grams.

    The same as ``Detector.get_probabilities`` of langdetect with its default settings.
    """
    profiles = _profiles()
    grams = _grams(_cleaned(text), profiles)
    if not len(grams):
        return []
    draw = random.Random(seed)  # noqa: S311
    total = np.zeros(len(profiles.languages))
    for _ in range(_TRIALS):
        weight = (Detector.ALPHA_DEFAULT + draw.gauss(0.0, 1.0) * Detector.ALPHA_WIDTH) / Detector.BASE_FREQ
        total += _trial(profiles, grams, draw, weight) / _TRIALS
    likely = [
        (probability, name)
        for name, probability in zip(profiles.languages, total.tolist(), strict=True)
        if probability > Detector.PROB_THRESHOLD
    ]
    return [(name, probability) for probability, name in sorted(likely, key=lambda item: item[0], reverse=True)]


def _trial(profiles: _Profiles, grams: Numbers, draw: random.Random, weight: float) -> npt.NDArray[np.float64]:
    """Return the languages' probabilities after as many drawn n-grams as make one of them sure."""
    chance: npt.NDArray[np.float64] = np.full(len(profiles.languages), 1.0 / len(profiles.languages))
    table, product = profiles.table, np.multiply.reduce
    size, bits, drawn_bits = len(grams), len(grams).bit_length(), draw.getrandbits
    # langdetect looks at the outcome after its first step, then after every fifth: the draws between are one product.
    step, steps = 0, 1
    while True:
        drawn: list[int] = []
        while len(drawn) < steps:  # as ``draw.choice`` draws, in half of its time
            if (number := drawn_bits(bits)) < size:
                drawn.append(number)
        factors = table.take(grams.take(drawn), axis=0)
        factors += weight
        factors[0] *= chance
        # Row by row, so in the order of the draws: the last digits depend on it.
        chance = product(factors, axis=0)
        # The plain sum, not numpy's: it adds in another order, and the last digits would differ.
        values = chance.tolist()
        total = sum(values)
        chance /= total
        if max(values) / total > Detector.CONV_THRESHOLD or step >= Detector.ITERATION_LIMIT:
            return chance
        step, steps = step + 5, 5
