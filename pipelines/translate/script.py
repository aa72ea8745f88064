"""Chinese as it is written: Traditional to Simplified, and sentences that are no Mandarin."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable
from typing import Any

# Characters and words of written Cantonese that Mandarin does not have, or not in running text. Set on the rule that
# two different ones in a sentence, or one in every ten characters, are no accident (a name may hold one).
_CANTONESE = re.compile(r"[嘅咗喺冇啲嘢哋咁嚟佢攞瞓乜嗰噉嗌唔係]|邊度|點解|而家|唔該|俾人|同埋")
_SHARED = frozenset("係")  # 關係 and 係數 are Mandarin in Traditional script
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
# Of wmt21, ntrex and flores turned into Traditional script 99 % of the sentences have 11 % of such characters or
# more; as they are, with single Traditional characters that slipped in, 5.3 % at most.
_TRADITIONAL_SHARE = 0.08
# Written so in names on the mainland too (昇腾), though elsewhere they are Traditional.
_IN_NAMES = frozenset("昇陞")
_lock = threading.Lock()


@functools.cache
def _converter(name: str) -> Any:
    import opencc  # its dictionaries take 0.3 s to read; only Traditional pages need them

    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """Return Traditional Chinese in Simplified characters and mainland words (軟體 → 软件)."""
    with _lock:
        simplified: str = _converter("tw2sp").convert(text)
    return simplified


def has_traditional(text: str) -> bool:
    """Tell whether a Chinese sentence is in Traditional script; a few such characters do not make it so."""
    found = [c for c in _outside_gb2312(text) if _simplified_character(c) != c]
    return len(set(found)) > 1 and len(found) >= _TRADITIONAL_SHARE * len(_HAN.findall(text))


def conversion(text: str) -> Callable[[str], str]:
    """Return what makes a sentence of a Simplified page wholly Simplified: for the sentence, and for its terms.

    A quotation in Traditional script gets mainland words too. In any other sentence no character and no word changes
    but for the single Traditional character in it, and none that is rare and nothing else (喆, 镕).
    """
    if has_traditional(text):
        return to_simplified
    return _by_character if _outside_gb2312(text) else str


def _by_character(text: str) -> str:
    return "".join(c if ord(c) < 0x3400 or _in_gb2312(c) else _simplified_character(c) for c in text)


def _outside_gb2312(text: str) -> list[str]:
    """Return the Han characters that the mainland's basic set lacks: Traditional ones, and rare ones of names."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return [c for c in _HAN.findall(text) if not _in_gb2312(c)]
    return []


@functools.lru_cache(maxsize=8_192)
def _simplified_character(character: str) -> str:
    if character in _IN_NAMES:
        return character
    with _lock:
        simplified: str = _converter("t2s").convert(character)
    return simplified


@functools.lru_cache(maxsize=8_192)
def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def is_cantonese(text: str) -> bool:
    """Tell whether a Chinese sentence is written Cantonese."""
    found = [hit for hit in _CANTONESE.findall(text) if hit not in _SHARED]
    return len(set(found)) >= 2 or (bool(found) and len(found) * 10 >= len(_HAN.findall(text)))


def is_foreign(text: str, language: str) -> bool:
    """Tell whether a sentence of a Chinese page is Japanese or Korean: 20 % of its letters are kana or Hangul."""
    if language not in ("zh", "zt"):
        return False
    other = len(_KANA.findall(text)) + len(_HANGUL.findall(text))
    return other > 0 and other * 5 >= other + len(_HAN.findall(text))


def has_source_letters(text: str, language: str) -> bool:
    """Tell whether a sentence of a Chinese, Japanese or Korean page has any of that language's own characters."""
    if language in ("zh", "zt"):
        return bool(_HAN.search(text) or _KANA.search(text) or _HANGUL.search(text))
    if language == "ja":
        return bool(_HAN.search(text) or _KANA.search(text))
    if language == "ko":
        return bool(_HANGUL.search(text) or _HAN.search(text))
    return True


def left_over(text: str) -> int:
    """Return how many Han, kana and Hangul characters a text has."""
    return len(_HAN.findall(text)) + len(_KANA.findall(text)) + len(_HANGUL.findall(text))
