"""What each line of a capture says by itself: its form, its marks, its words; one row of numbers a line."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines import forms
from pipelines.capture.lines import Line
from pipelines.model import Kind
from pipelines.pruning.shapes import Shape

Array = npt.NDArray[Any]

NAMES = (
    "log_columns", "prose", "sentence", "sentences", "closed", "colon", "more", "marks", "digits", "small", "capital",
    "latin", "function", "wide", "list", "after_blank", "blank_after", "separators", "dated", "stamp", "reason",
    "copies", "upper", "numbered", "word_len", "contained",
    "topic_cookie", "topic_letter", "topic_author", "topic_legal", "topic_photo", "topic_you", "topic_said",
)  # fmt: skip
"""Columns of the rows, in order."""
READ = 600
"""Characters of a line that are looked at: what a longer one is, its beginning says."""
BLANK_AFTER, COPIES, CONTAINED = (NAMES.index(name) for name in ("blank_after", "copies", "contained"))
STRONG = ("section", "whole", "label")
"""Forms of a lexicon match that are the line itself."""
LONG = 60
"""Columns of the lines that a shorter one may be quoted from (a pull quote, a caption, a teaser)."""
WHOLE, LONGEST = 40, 20
"""Letters of the longest line that is taken as a whole, and of the longest word: what is longer is of one page."""
CACHED = 1024
"""Lines whose words are kept: those of the article are asked for again, for its title."""
QUOTED = 12
"""Letters a line needs to count as contained in another: shorter ones are in one by chance."""
_HAN_FUNCTION = frozenset(
    "的了是在和有不这這那他她也就与與及等着著被把对對为為以并並而但其从從将將让讓所又还還很都会會可说說"
)
_COMMAS, _SEPARATORS = frozenset(",，、;；"), frozenset("|｜·•/>»›→")
_WORD = re.compile("[aA]+")
_CAPITAL = re.compile("(?<![aA])A")
_LETTERS = re.compile(r"[^\W\d_]+")
_WIDE_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,}")
_TOPICS = (
    ("cookie cookies gdpr", "クッキー"),
    (
        "newsletter newsletters subscribe subscribed subscriber subscribers subscription sign inbox email abonnieren"
        " abonnement abo suscríbete inscription",
        "订阅 訂閱 メルマガ",
    ),
    (
        "writer reporter journalist editor author correspondent freelance graduate bio autor autorin redakteur"
        " redaktion redakteurin columnist he she contributor журналист автор",
        "作者 记者 記者 編輯 编辑",
    ),
    ("privacy terms policy consent rights reserved datenschutz copyright", "隐私 声明 版权 转载"),
    (
        "photo photos image images getty credit pictured courtesy reuters ap afp foto bild фото",
        "图为 摄影 供图 图片 写真 撮影",
    ),
    ("you your we our us my i me", "你 您 我们"),
    ("said says told according sagte dijo sagt заявил сказал", "表示 认为 指出 介绍 述べ 話し"),
)
"""Words of the things that stand near articles and read like one (in letters, in ideographs), a pair a topic; the line
model weighs them, no rule does."""


class _Classes(dict[int, str]):
    """Characters to one letter each: a/A letters, h ideographs (f: those of grammar), k kana, d digits, and marks."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _COMMAS:
            found = ","
        elif char in _SEPARATORS:
            found = "|"
        elif char in _HAN_FUNCTION:
            found = "f"
        elif "\u3040" <= char <= "\u309f":
            found = "k"
        elif forms.is_wide(char):
            found = "h" if char.isalnum() else "w"
        elif char.isdigit():
            found = "d"
        elif char.isalpha():
            found = "A" if char.isupper() or char.istitle() else "a"
        else:
            found = "."
        self[code] = found
        return found


_CLASSES = _Classes()


@cache
def _topics() -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    words = {word: at for at, (latin, _) in enumerate(_TOPICS) for word in latin.split()}
    return words, tuple((word, at) for at, (_, wide) in enumerate(_TOPICS) for word in wide.split())


def own(lines: Sequence[Line], shapes: Sequence[Shape]) -> tuple[Array, list[set[str]], list[set[str]]]:
    """Return the matrix (lines × ``NAMES``), each line's longer words and pairs of ideographs, and all its words.

    Among all its words is, after a ``=``, a short line as a whole.
    """
    copies = Counter(shape.key for shape in shapes)
    longer = "\n".join({shape.key: None for shape in shapes if shape.columns >= LONG})
    rows: list[list[float]] = []
    words: list[set[str]] = []
    tokens: list[set[str]] = []
    for index, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        topics, own_words, own_tokens = _words(line.text[:READ])
        row = _marks(line, shape)
        row[BLANK_AFTER] = float(index + 1 == len(lines) or lines[index + 1].after_blank)
        row[COPIES] = float(min(copies[shape.key], 4))
        row[CONTAINED] = float(_is_contained(shape, longer))
        rows.append(row + topics)
        words.append(own_words)
        tokens.append(own_tokens | {"=" + shape.key} if len(shape.key) <= WHOLE else own_tokens)
    matrix = np.array(rows, np.float32).reshape(len(rows), len(NAMES))
    topics_from = len(NAMES) - len(_TOPICS)
    np.minimum(matrix[:, topics_from:], 3.0, out=matrix[:, topics_from:])
    return matrix, words, tokens


def _is_contained(shape: Shape, longer: str) -> bool:
    """Say whether a line's words are also part of a longer line, or stand there twice."""
    if len(shape.key) < QUOTED or shape.columns >= 400:
        return False
    return longer.count(shape.key) > (1 if shape.columns >= LONG else 0)


def _marks(line: Line, shape: Shape) -> list[float]:
    """Return the columns before the topics; those that need the other lines are left 0."""
    text, columns = line.text, max(1, shape.columns)
    head = text[:READ]
    kinds = head.translate(_CLASSES)
    low, capital = kinds.count("a"), kinds.count("A")
    words = _WORD.findall(kinds) if low or capital else []
    latin = max(1, len(words))
    grammar = kinds.count("f") + kinds.count("k")
    wide = kinds.count("h") + grammar + kinds.count("w")
    strong = 2.0 if shape.form in STRONG else 1.0
    return [
        math.log1p(columns),
        float(shape.prose),
        float(shape.sentence),
        float(min(forms.sentences(head), 8)),
        float(not shape.open_end),
        float(text[-1:] in ":："),
        float(text.endswith(("...", "…", "more", ">", "»"))),
        min(kinds.count(",") / columns * 60, 4.0),
        kinds.count("d") / columns,
        (words.count("a") + words.count("aa") + words.count("aaa")) / latin,
        (len(_CAPITAL.findall(kinds)) if capital else 0) / latin,
        float(len(words)),
        grammar / max(1, wide),
        wide / max(1, len(head)),
        float(line.kind is Kind.LIST_ITEM),
        float(line.after_blank),
        0.0,
        float(kinds.count("|", 0, 200)),
        float(shape.seems_dated),
        float(shape.seems_stamp),
        strong if shape.found is not None else 0.0,
        0.0,
        capital / max(1, low + capital),
        float(head[:1].isdigit()),
        (low + capital) / latin,
        0.0,
    ]


def words_of(text: str) -> set[str]:
    """Return the words that two lines about the same share: the longer ones, ideographs in pairs."""
    return _words(text[:READ])[1]


@lru_cache(maxsize=CACHED)
def _words(text: str) -> tuple[list[float], set[str], set[str]]:
    """Return how often each topic is named, the words that two lines may share, and all words of two letters on.

    All are kept for the next call: they are not to be changed.
    """
    topic_of, phrases = _topics()
    found = [0.0] * len(_TOPICS)
    letters = _LETTERS.findall(text.casefold())
    latin = set(letters)
    if not topic_of.keys().isdisjoint(latin):
        for word in letters:
            if word in topic_of:
                found[topic_of[word]] += 1.0
    if not text.isascii():
        latin = {word for word in latin if not forms.is_wide(word[0])}
    words = {word for word in latin if len(word) >= 5}
    tokens = {word for word in latin if 2 <= len(word) <= LONGEST}
    if not text.isascii():
        for phrase, topic in phrases:
            if phrase in text:
                found[topic] += 1.0
        for word in _WIDE_WORD.findall(text):
            pairs = {word[i : i + 2] for i in range(len(word) - 1)}
            words |= pairs
            tokens |= pairs
    return found, words, tokens
