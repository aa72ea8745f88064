"""What shows that a translation is bad without reading it: too little, too much, the same again, not translated."""

from __future__ import annotations

import re
import unicodedata

from pipelines.translate import script

# Characters of a human English translation for each Chinese one, 0.1 and 99.9 % quantiles: 2.4–8.5 on wmt21, 1.3–7.1 on
# ntrex; half of it are 3.5–4.6. Sentences under 12 Chinese characters vary more and are not judged by length.
_ZH_EN_LOW, _ZH_EN_HIGH = 1.6, 9.0
_ZH_MIN = 12
# Between alphabets: characters for characters.
_LOW, _HIGH, _MIN = 0.35, 3.0, 40
# A number with its groups is one word, and so is a row of the same mark (......).
_WORD = re.compile(r"\d[\d,.]*\d|\w+(?:['’]\w+)*|([^\w\s])\1*")
# Rows of dots of up to twelve marks stand for an ellipsis or lead to a page number.
_MARKS = re.compile(r"([^\w\s])\1{15,}")
_ROW = re.compile(r"([^\w\s])\1*")
# "It rains, , he says": the clause between is gone.
_HOLLOW = re.compile(r"[,;，；、]\s*[,;.，；。、](?!\.)")


def weight(text: str) -> float:
    """Return a text's length with a Han, kana or Hangul character as 1 and four other letters or digits as 1."""
    wide = script.left_over(text)
    return wide + (sum(character.isalnum() for character in text) - wide) / 4


def length_flags(source: str, target: str) -> list[str]:
    """Return ``short`` or ``long`` where the translation cannot hold what the source says, or holds far more."""
    if _HOLLOW.search(target) and not _HOLLOW.search(source):
        return ["short"]
    wide_source, wide_target = script.left_over(source), script.left_over(target)
    if wide_source * 2 > len(source) and wide_target * 2 <= len(target):
        size = weight(source)
        if size < _ZH_MIN:
            return []
        ratio = len(target) / size
        return ["short"] if ratio < _ZH_EN_LOW else ["long"] if ratio > _ZH_EN_HIGH else []
    if wide_source * 2 <= len(source) and wide_target * 2 <= len(target) and len(source) >= _MIN:
        ratio = len(target) / len(source)
        return ["short"] if ratio < _LOW else ["long"] if ratio > _HIGH else []
    return []


def _runs(words: list[str]) -> tuple[int, int]:
    """Return the most words covered by one phrase (1–8 words) repeated back to back, and how often it repeats."""
    best = (0, 0)
    for size in range(1, 9):
        start, times = 0, 1
        for at in range(size, len(words) - size + 1):
            if words[at : at + size] == words[at - size : at]:
                times = (at + size - start) // size
                best = max(best, (times * size, times))
            else:
                start = at - size + 1
    return best


def loops(source: str, target: str) -> bool:
    """Tell whether the translation repeats itself where the source does not.

    A phrase three times back to back that fills eight words or more, or four times in any size, is a loop; people
    write "no, no, no" and "very, very", and they do so in the source as well.
    """
    rows = [len(match[0]) for match in _MARKS.finditer(target)]
    if rows and max(rows) > 2 * max(
        (len(m[0]) for m in _ROW.finditer(unicodedata.normalize("NFKC", source))), default=0
    ):
        return True
    words = [match[0].lower() for match in _WORD.finditer(target)]
    if len(words) < 4:
        return False
    covered, times = _runs(words)
    if times >= 4 or (times >= 3 and covered >= 8):
        own_covered, own_times = _runs([c for c in source if not c.isspace()])
        return own_times < times - 1 or own_covered * 3 < covered
    return False


def left_over(source: str, target: str, to_code: str) -> bool:
    """Tell whether characters of the source's script stayed in a target that is not written in it."""
    if to_code in ("zh", "zt", "ja", "ko", "yue"):
        return False
    return script.left_over(target) > 0 and script.left_over(source) > 0
