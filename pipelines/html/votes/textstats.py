"""What the characters of a block say of its job: numbers a block, independent of any one language.

The texts of a page are laid end to end and looked up in one table of character classes, so that all counts of all
blocks come from a handful of numpy calls.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from pipelines import lexicon
from pipelines.forms import folded
from pipelines.html.blocks import Leaf
from pipelines.model import Kind

Array = npt.NDArray[np.float64]

_CLASSES = {
    "space": " \n\t",
    "digit": "",
    "upper": "",
    "letter": "",
    "cjk": "",
    "stop": ".!?…",
    "wide_stop": "。！？؟।۔｡",
    "comma": ",，、،;；",
    "quote": '"“”„»«「」『』',
    "close": "\"'”’»)）」』】]",
    "open": "(（[【〔",
    "mark": "•·●○◆◇■□▪►▶»›>→←↑↓★☆-–—*+#|/\\※✓✔©",
    "divider": "|»›>→·•/",
    "soft": "…»>›→",
    "colon": ":：",
    "question": "?？",
    "dot": ".",
}
_BIT = {name: np.uint32(1 << place) for place, name in enumerate(_CLASSES)}
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:h.]\d{2}\b|[./-]\d{1,2}[./-](?:19|20)?\d{2}\b|\.? [^\W\d]{3,12}\.?,? (?:19|20)\d{2}\b)"
    r"|\b(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]"
)
_MONTH_FIRST = re.compile(r"\b[^\W\d]{3,12}\.? \d{1,2}, (?:19|20)\d{2}\b")
_YEAR_LAST = re.compile(r"\d, (?:19|20)\d{2}\b")
REASONS = (
    "related_links", "share_bar", "comment_form", "legal_notice", "copyright", "advert", "subscription",
    "editor_credit", "byline", "source_line", "category", "date_line", "navigation", "caption",
)  # fmt: skip
_KINDS = tuple(Kind)
_SCANNED = 1_500
"""Characters of a block that are looked at: beyond it, the shares no longer change."""
_MAX_LINE = 320
"""Longer blocks are not looked up in the lexicon: it knows lines, not paragraphs."""


@cache
def _table() -> npt.NDArray[np.uint32]:
    """Return the classes of every character of the Basic Multilingual Plane, as bits."""
    every = [chr(point) for point in range(0x10000)]
    letter = np.array([character.isalpha() for character in every])
    upper = np.array([character.isupper() for character in every])
    digit = np.array([character.isdigit() for character in every])
    table: npt.NDArray[np.uint32] = (
        letter * _BIT["letter"] | (letter & upper) * _BIT["upper"] | (digit & ~letter) * _BIT["digit"]
    )
    for low, high in ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF)):
        table[low : high + 1] |= _BIT["cjk"]
    for name, characters in _CLASSES.items():
        for character in characters:
            table[ord(character)] |= _BIT[name]
    return table


def stats(leaves: Sequence[Leaf]) -> dict[str, Array]:
    """Return named columns over the blocks of a page that has any."""
    texts = [leaf.text[:_SCANNED] for leaf in leaves]
    length = np.array([len(text) for text in texts])
    whole = np.array([len(leaf.text) for leaf in leaves], dtype=np.float64)
    end = np.cumsum(length)
    start = end - length
    order = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
    points = np.frombuffer("".join(texts).encode(order, "replace"), dtype=np.uint32)
    bits = _table().take(points, mode="clip")  # beyond the table: its last, which is in no class

    def has(name: str) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = (bits & _BIT[name]) != 0
        return found

    def count(mask: npt.NDArray[np.bool_]) -> Array:
        return np.add.reduceat(mask.astype(np.int64), start).astype(np.float64)

    def at(place: npt.NDArray[np.int64], name: str) -> Array:
        found: Array = ((bits[place] & _BIT[name]) != 0).astype(np.float64)
        return found

    n = length.astype(np.float64)
    scale = whole / n
    space, upper, stop = has("space"), has("upper"), has("stop")
    begins = np.zeros(len(bits), dtype=np.bool_)
    begins[start] = True
    word_start = begins.copy()
    word_start[1:] |= space[:-1]
    ends = np.ones(len(bits), dtype=np.bool_)
    ends[:-1] = begins[1:] | space[1:] | has("close")[1:]
    wide = count(has("cjk"))
    weight = n + 1.5 * wide
    letters = count(has("letter"))
    words = count(word_start)
    sentences = count((stop & ends) | has("wide_stop"))
    last, before = end - 1, np.maximum(start, end - 2)
    third = np.maximum(start, end - 3)
    full = np.maximum(at(last, "stop"), at(last, "wide_stop"))
    inner = np.maximum(at(before, "stop"), at(before, "wide_stop"))
    ellipsis = at(last, "dot") * at(before, "dot") * at(third, "dot") * (n > 3)
    soft = np.maximum(at(last, "soft"), ellipsis)
    quoted = at(last, "quote")
    columns: dict[str, Array] = {
        "chars": whole,
        "weight": weight * scale,
        "words": words * scale,
        "word_len": n / words,
        "sentences": sentences * scale,
        "sentence_rate": sentences * 100.0 / weight,
        "comma_rate": count(has("comma")) * 100.0 / weight,
        "digit_share": count(has("digit")) / n,
        "upper_share": count(upper) / np.maximum(1.0, letters),
        "cap_share": count(upper & word_start) / words,
        "cjk_share": wide / n,
        "letter_share": letters / n,
        "mark_start": np.maximum(at(start, "mark"), at(start, "open")),
        "break_marks": count(has("divider")),
        "quotes": count(has("quote")),
        "end_stop": np.maximum(full * (1 - soft), np.maximum(at(last, "close") * inner, quoted)),
        "end_soft": soft,
        "end_colon": at(last, "colon"),
        "end_question": at(last, "question"),
        "brackets": at(start, "open") * at(last, "close"),
        "lower_start": at(start, "letter") * (1 - at(start, "upper")) * (1 - at(start, "cjk")),
        "digit_start": at(start, "digit"),
    }
    columns.update(_marked(leaves, texts, whole, (columns["digit_share"] * n).tolist()))
    return columns


def _marked(leaves: Sequence[Leaf], texts: Sequence[str], whole: Array, digits: Sequence[float]) -> dict[str, Array]:
    """Return what the walk knows of each block, and what its line is by the lexicon."""
    density = np.minimum(1.0, np.array([leaf.link_chars for leaf in leaves]) / whole)
    columns: dict[str, Array] = {
        "link_density": density,
        "links": np.array([leaf.links for leaf in leaves], dtype=np.float64),
        "bold": np.minimum(1.0, np.array([leaf.bold_chars for leaf in leaves]) / whole),
        "images": np.array([leaf.images_before for leaf in leaves], dtype=np.float64),
        "breaks": np.array([leaf.breaks for leaf in leaves], dtype=np.float64),
        "level": np.array([leaf.level for leaf in leaves], dtype=np.float64),
        "clock": np.array(
            [digits[row] >= 3 and len(text) < 400 and _is_dated(text) for row, text in enumerate(texts)],
            dtype=np.float64,
        ),
        "copyright": np.array(["©" in text for text in texts], dtype=np.float64),
        "address": np.array(["@" in text or "www." in text or "http" in text for text in texts], dtype=np.float64),
    }
    kinds = np.array([_KINDS.index(leaf.kind) for leaf in leaves])
    for place, kind in enumerate(_KINDS):
        columns[f"k_{kind}"] = (kinds == place).astype(np.float64)
    marks = np.zeros((len(leaves), len(REASONS) + 1))
    for row, leaf in enumerate(leaves):
        # A line that is one link is told by its surroundings; sparing it the lexicon saves a third of the look-ups.
        if len(leaf.text) < _MAX_LINE and density[row] < 0.95:
            found = lexicon.match(leaf.text)
            if found is not None:
                firm = lexicon.FIRM[found.form]
                marks[row, -1] = firm
                if found.reason in REASONS:
                    marks[row, REASONS.index(found.reason)] = firm
    for place, reason in enumerate(REASONS):
        columns[f"x_{reason}"] = marks[:, place]
    columns["x_any"] = marks[:, -1]
    return columns


def _is_dated(text: str) -> bool:
    """Tell whether a text holds a time of day or a date."""
    if _CLOCK.search(text):
        return True
    return _YEAR_LAST.search(text) is not None and _MONTH_FIRST.search(text) is not None


fold = folded
"""Letters and digits only, lower case: two lines that look the same are the same."""
