"""What the bare characters of a line say of its job on the page: width, prose or label, and where a sentence ends."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TERMINAL = ".!?…。！？؟।۔։።;；:：\u0964"
"""Characters that end a sentence or announce what follows."""
CLOSING = "\"'”’»)）」』】》〉]］›\u2019*"
"""Marks that may stand after the end of a sentence."""
_FINIS = re.compile(r"\s*[（(\[【](?:完|끝|[Ee]nd)[)）\]】]$")
"""What an agency writes where its text is at an end, behind the last full stop."""
_FIGURES = "0123456789"
_MARKED = frozenset("]⁰¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩" + _FIGURES)
"""What the mark of a footnote ends in."""
_BRACKETED = r"\[(?:\d{1,3}(?:\s?[-–,，]\s?\d{1,3}){0,9}|[a-z]{1,2}|[^\W\d_]{1,8}\.?\s?\d{1,3})\]"
_MARK = rf"(?:{_BRACKETED}|[⁰¹²³⁴-⁹①-⑩])"
_ENDED = r"(?<=[.!?…。！？।۔\"'”’»)）」』】])"
_NOTE_MARKS = re.compile(
    rf"(?:{_ENDED}|(?<=[.。])\s|(?<=[.。][\"'”’»)）」』】])\s){_MARK}(?:\s?{_MARK}){{0,19}}$"
    r"|(?:(?<=[a-zà-ÿ]{4}[.!?])|(?<=[.!?][\"'”’»)]))\d{1,3}(?:[,–]\d{1,3}){0,9}$"
)
"""Marks of footnotes: "[1][2-4]", "[a]", "[note 1]", "¹"; a blank before them stands behind a full stop alone, since
lists count the comments on a headline so ("Who pays? [82]"). Bare figures stand behind a word or a closing mark:
"Ver.2" and "14.2" are something else."""
_SENTENCE_END = re.compile(
    rf"[.!?…。！？؟।۔։።][\"'”’»)）」』】\]]*(?:{_BRACKETED}){{0,9}}(?:\s|$)|[。！？]|[”』」][。！？]?$"
)
NOTES = 60
"""Characters at the end of a text in which the marks of its footnotes stand."""
_QUOTED = re.compile(r"\W*?[\"'“”„«»「『]")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\xad]")
_JOINING = "\u0610-\u061a\u0620-\u06d3\u06d5-\u0963\u0966-\u109f\u1780-\u17d3\u17db-\u18af\ufb50-\ufdfd\ufe70-\ufefc"
_IDLE = re.compile(
    rf"(?<![\w{_JOINING}\u200c])\u200c+|\u200c+(?![\w{_JOINING}])|(?<![{_JOINING}])\u200c+(?![{_JOINING}\u200c])"
)
"""Non-joiners that part nothing: beside blanks and marks, or between letters of other scripts. In those from Arabic to
Mongolian they spell words, Persian ones without them are others; joiners, which emoji are made of too, all stay."""
_WIDE_RUNS = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0010ffff]+"
)
_CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
MAX_COUNTED = 100_000
"""Characters of a text whose width and sentences are counted, the rest is taken for narrow: the longest block of 533
public pages has 6,787."""
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_OTHER_MARKS = re.compile(r"\W+")
"""What is no letter or digit where no underscore is: a quarter of the time of asking character by character."""

PROSE_WIDTH = 90
"""Columns from which a line with a sentence end is running text; headlines of the 533 benchmark pages are mostly
shorter (95 % under 88 columns)."""


def visible(text: str) -> str:
    """Return ``text`` on one line with single blanks and without invisible characters."""
    return _SPACES.sub(" ", text if text.isascii() else seen(text).replace("\ufffc", "")).strip()


def seen(text: str) -> str:
    """Return ``text`` without invisible characters, those aside that say how letters of a word are written."""
    text = _INVISIBLE.sub("", text)
    return _IDLE.sub("", text) if "\u200c" in text else text


def squeeze(text: str) -> str:
    """Return ``text`` without any white space: lines that differ in blanks alone are one line."""
    return "".join(text.split())


_PUNCTUATION = re.compile(
    "[\xa0«»\u2010-\u2016\u2018-\u2027\u2030-\u203d\u3000-\u3003\u3008-\u3011\u3014-\u301b"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
"""Marks and blanks that are no letters in any form: most lines have no others beyond ASCII that NFKC would change."""


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return letters and digits only, NFKC, lower case: two lines that look the same are the same.

    Remembered, as the rules about a page's body, titles and names ask about the same lines.
    """
    return alnum((text if text.isascii() else _composed(text)).lower())


def _composed(text: str) -> str:
    """Return the NFKC form of a text, or one that has the same letters and digits.

    To normalise is dear, to ask whether it is needed is not; mostly only marks (full-width commas, hard blanks) need
    it, and without them it is not. Not with a capital sigma, whose small form depends on what stands beside it.
    """
    if unicodedata.is_normalized("NFKC", text):
        return text
    plain = _PUNCTUATION.sub("", text)
    if plain.isascii() or (unicodedata.is_normalized("NFKC", plain) and "Σ" not in plain):
        return plain
    return unicodedata.normalize("NFKC", text)


def alnum(text: str) -> str:
    """Return the letters and digits of a text."""
    if text.isascii():  # most of all lines, in an eighth of the time
        return text.encode("ascii").translate(None, _ASCII_MARKS).decode("ascii")
    # What is left without the ASCII marks is mostly letters alone.
    text = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS).decode("utf-8", "surrogatepass")
    return text if text.isalnum() else _OTHER_MARKS.sub("", text)


def key(text: str) -> str:
    """Return what two appearances of one line share: no case, no marks, no blanks, compatibility forms folded."""
    return alnum(text.lower() if text.isascii() else _composed(text).casefold())


def bare(text: str) -> str:
    """Return ``text`` without the marks, bullets and blanks at its two ends."""
    if text and text[0].isalnum() and text[-1].isalnum():
        return text
    # No pattern: searching for the marks before the end, it would try at each mark inside the line.
    start, end = 0, len(text)
    while start < end and not (text[start].isalnum() or text[start] in "_+"):
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in "_+"):
        end -= 1
    return text[start:end]


def is_wide(char: str) -> bool:
    """Say whether a character takes two columns: ideographs, kana, Hangul and full-width forms."""
    return (
        "\u1100" <= char <= "\u115f"
        or "\u2e80" <= char <= "\ua4cf"
        or "\uac00" <= char <= "\ud7a3"
        or ("\uf900" <= char <= "\ufaff" or "\ufe30" <= char <= "\ufe4f" or "\uff00" <= char <= "\uff60")
        or char >= "\U00020000"
    )


def width(text: str) -> int:
    """Return the columns of a text: one a character, two for a wide one."""
    return len(text) if text.isascii() else _width(text)


@lru_cache(maxsize=2048)
def _width(text: str) -> int:
    """Return the columns of a text that may hold wide characters; several rules ask about the same lines."""
    return len(text) + len("".join(_WIDE_RUNS.findall(text[:MAX_COUNTED])))


def weight(text: str) -> float:
    """Return the length of a text in characters, with CJK characters counted 2.5: one says what 2.5 letters say."""
    return len(text) if text.isascii() else len(text) + 1.5 * sum(map(len, _CJK.findall(text[:MAX_COUNTED])))


def unnoted(text: str) -> str:
    """Return a text without the marks of footnotes at its end; bare figures behind a full stop in paragraphs alone."""
    if text[-1:] not in _MARKED:
        return text
    tail = text[-NOTES:]
    found = _NOTE_MARKS.search(tail)
    if found is None or (found[0][0] in _FIGURES and width(text) < PROSE_WIDTH):
        return text
    return text[: len(text) - len(tail) + found.start()]


def ends_sentence(text: str) -> bool:
    """Say whether a text ends as a sentence does: a full stop or its like, quotes and brackets after it aside."""
    end = unnoted(text.rstrip()).rstrip(CLOSING).rstrip()
    return bool(end) and end[-1] in TERMINAL


def sentences(text: str) -> int:
    """Count the sentence ends inside a text and at its end."""
    return len(_SENTENCE_END.findall(text[:MAX_COUNTED]))


def is_prose(text: str) -> bool:
    """Say whether a line is running text of an article rather than a headline, a label or a menu."""
    columns = width(text)
    text = unnoted(text)
    if columns >= 2 * PROSE_WIDTH:
        return (
            _SENTENCE_END.search(text[:MAX_COUNTED]) is not None
            or sum(text.count(mark) for mark in ",，、;；") * 60 > columns
        )
    if columns >= PROSE_WIDTH:
        return (ends_sentence(text) and text[-1] not in "?？!！") or sentences(text) >= 2
    return sentences(text) >= 2 and columns >= PROSE_WIDTH // 2


def is_sentence(text: str) -> bool:
    """Say whether a line is at least one full sentence: some width, and a full stop (a question is a headline too)."""
    if text[-2:-1] in "完끝d" and text[-1:] in ")）]】":
        text = _FINIS.sub("", text)
    text = unnoted(text)
    end = text.rstrip(CLOSING + " ")
    return width(text) >= 16 and bool(end) and end[-1] in ".。…।۔" and not end.endswith(("...", "…", " ."))


def begins_quotation(text: str) -> bool:
    """Say whether a line begins with somebody's words, behind marks or none."""
    return _QUOTED.match(text) is not None
