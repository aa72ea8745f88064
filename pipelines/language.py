"""The dependable language of a text: Unicode scripts counted first, langdetect (seeded) for the rest.

langdetect alone calls 132 of 178 Traditional Chinese articles Korean and draws random numbers besides. The script
of the letters settles Chinese, Japanese, Korean and every language with an alphabet of its own; langdetect decides
only between languages that share one.
"""

from __future__ import annotations

import re
import sys
import threading
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from pipelines import trigrams
from pipelines.model import Language

SAMPLE_CHARS = 6000
"""More text changes no answer: on 373 public article texts 2,000 characters give the same language as 6,000."""
MIN_LETTERS = 8
"""Fewer letters are no evidence: `und`, unless their script belongs to one language."""
CJK_WEIGHT = 2.5
"""One Han character says about as much as 2.5 Latin letters: names in Latin letters leave a Chinese text Chinese."""
KANA_SHARE = 0.06
"""Of all Han and kana. Over the public articles Japanese ones hold 43 % and more, Chinese ones 0.2 % at most."""
HANGUL_SHARE = 0.20

_SCRIPTS = re.compile(
    "(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f])"
    "|(?P<kana>[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d])"
    "|(?P<hangul>[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f])"
    "|(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff])"
    "|(?P<th>[\u0e00-\u0e7f])|(?P<el>[\u0370-\u03ff\u1f00-\u1fff])|(?P<he>[\u0590-\u05ff])|(?P<ka>[\u10a0-\u10ff])"
    "|(?P<hy>[\u0530-\u058f])|(?P<km>[\u1780-\u17ff])|(?P<lo>[\u0e80-\u0eff])|(?P<my>[\u1000-\u109f])"
    "|(?P<am>[\u1200-\u137f])|(?P<bo>[\u0f00-\u0fff])|(?P<ta>[\u0b80-\u0bff])|(?P<te>[\u0c00-\u0c7f])"
    "|(?P<kn>[\u0c80-\u0cff])|(?P<ml>[\u0d00-\u0d7f])|(?P<gu>[\u0a80-\u0aff])|(?P<pa>[\u0a00-\u0a7f])"
    "|(?P<si>[\u0d80-\u0dff])|(?P<or>[\u0b00-\u0b7f])|(?P<bn>[\u0980-\u09ff])"
    "|(?P<other>[^\\W\\d_])"
)
_SHARED = ("latin", "other")
"""Scripts of many languages (`other` holds Cyrillic, Arabic, Devanagari …): langdetect chooses among these."""
_lock = threading.Lock()


_NAMES = ("", *_SCRIPTS.groupindex)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@cache
def _table() -> npt.NDArray[np.uint8]:
    """Return for each character below U+10000 the place of its script in ``_NAMES``, 0 for what is no letter."""
    table = np.zeros(0x10000, dtype=np.uint8)
    for match in _SCRIPTS.finditer("".join(map(chr, range(0x10000)))):
        table[match.start()] = match.lastindex or 0
    return table


@cache
def _script_only() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that are Simplified only and Traditional only, from OpenCC's tables."""
    tables = resources.files("opencc") / "dictionary"
    found = []
    for name in ("STCharacters.txt", "TSCharacters.txt"):
        pairs = (line.split("\t") for line in (tables / name).read_text("utf-8").splitlines() if "\t" in line)
        # "后 → 后 後": a character that may stay as it is belongs to both scripts.
        found.append(frozenset(left for left, right in pairs if left not in right.split()))
    return found[0], found[1]


def chinese_script(text: str) -> str | None:
    """Return ``hans``, ``hant``, or None where the text has too few telling characters (or as many of both)."""
    simplified, traditional = _script_only()
    hans = sum(map(simplified.__contains__, text))
    hant = sum(map(traditional.__contains__, text))
    if hans == hant:
        return None
    return "hans" if hans > hant else "hant"


def _count_scripts(text: str) -> dict[str, int]:
    """Return how many letters of each script a text has, the script that comes first in it first."""
    order = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
    points = np.frombuffer(text.encode(order, "surrogatepass"), dtype=np.uint32)
    kinds = _table().take(points, mode="clip")
    found = np.bincount(kinds, minlength=len(_NAMES)).tolist()
    first = {name: int(np.argmax(kinds == place)) for place, name in enumerate(_NAMES) if place and found[place]}
    counts = {name: found[_NAMES.index(name)] for name in sorted(first, key=lambda name: first[name])}
    if not text.isascii():
        for match in _SCRIPTS.finditer("".join(_BEYOND.findall(text))):
            name = match.lastgroup or "other"
            counts[name] = counts.get(name, 0) + 1
    return counts


def _by_langdetect(text: str, seed: int) -> Language:
    with _lock:  # two threads that both need the profiles would read them twice
        trigrams.load()
    found = trigrams.probabilities(text, seed)
    if not found:
        return Language(code="und", score=0.0)
    name, probability = found[0]
    return Language(code=name.split("-")[0], score=round(min(probability, 1.0), 4))


def _east_asian(text: str, han: int, kana: int, hangul: int) -> Language:
    total = han + kana + hangul
    if hangul >= HANGUL_SHARE * total:
        return Language(code="ko", score=1.0)
    if kana >= KANA_SHARE * total:
        return Language(code="ja", score=1.0)
    return Language(code="zh", score=round(han / total, 4), script=chinese_script(text))


def detect(text: str, *, hint: str | None = None, seed: int = 0) -> Language:
    """Return the language of ``text`` (cleaned body, title included); ``hint`` is what the page declares.

    The hint decides only where the text itself is no evidence: too short, or rated below 0.5 by langdetect.
    """
    sample = text[:SAMPLE_CHARS]
    counts = _count_scripts(sample)
    letters = sum(counts.values())
    if not letters:
        return Language(code="und", score=0.0)
    han, kana, hangul = (counts.get(name, 0) for name in ("han", "kana", "hangul"))
    rest = letters - han - kana - hangul
    if (han + kana + hangul) * CJK_WEIGHT > rest:
        return _east_asian(sample, han, kana, hangul)
    own = {name: count for name, count in counts.items() if name not in (*_SHARED, "han", "kana", "hangul")}
    if own and max(own.values()) * 2 > rest:
        name = max(own, key=lambda key: own[key])
        return Language(code=name, score=round(own[name] / letters, 4))
    found = _by_langdetect(sample, seed) if letters >= MIN_LETTERS else Language(code="und", score=0.0)
    declared = (hint or "").strip().lower().replace("_", "-").split("-")[0]
    if found.score < 0.5 and re.fullmatch(r"[a-z]{2,3}", declared):
        return Language(code=declared, score=found.score)
    return found
