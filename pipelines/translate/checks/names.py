"""Codes (H100, GPT-5) and names in Latin letters that stand in a Chinese sentence, and whether they came through."""

from __future__ import annotations

import re
import unicodedata

from pipelines.translate.checks import words

# A run of Latin letters, digits and the marks inside codes; a word with a letter in it.
_RUN = re.compile(r"[A-Za-zÀ-ɏ0-9][A-Za-zÀ-ɏ0-9'’.&+/_-]*")
# Every repetition has a bound or a fixed beginning: a Chinese page may be one run without a space.
_URL = re.compile(
    r"(?:https?://|www\.)\S+|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}|"
    r"(?<![A-Za-z0-9-])[A-Za-z0-9-]{1,63}\.(?:com|cn|org|net|gov|edu|hk|tw)\b[A-Za-z0-9./?&=_%-]*"
)
_ROMAN = re.compile(r"[IVX]+")
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
_UNITS = words.words("latin", "units")
_OTHERWISE = words.others("latin", "otherwise")
# 192KB, 16kHz, 5G: the unit may be written out, the figure may not go.
_MEASURE = re.compile(r"(\d+(?:\.\d+)?)([A-Za-z]+)")
# 10w and 10W are watts, or 100,000 in Chinese shorthand: nothing is sure about their digits.
_UNSURE_UNITS = frozenset({"w"})
# 15 in IP15周年 and 7 in 08H00-7月 are numbers of their own that only stand close.
_OWN_NUMBER = re.compile(r"[-.]?\d+$")
_COUNTED = "年月日周岁届期元万亿"
_CURRENCY_SIGNS = frozenset("$¥€£")
_ORDINALS = ("one|first", "two|second", "three|third", "four", "five|fifth", "six", "seven", "eight", "nine", "ten")
_FIGURES = {str(number): rf"\b(?:{words_})" for number, words_ in enumerate(_ORDINALS, 1)}
# Q3, 2024Q1 and 24H1: the year is a number of its own.
_PART_OF_YEAR = re.compile(r"(?:(?:19|20)?\d\d)?([QqHh][1-4])")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "a", "an", "at", "by"})


def _plain(text: str) -> str:
    """Return a text in lower-case ASCII letters and digits alone."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_ALNUM.sub("", bare.lower())


def wanted(source: str) -> list[str]:
    """Return the codes and names of a source sentence that a translation must have, each once."""
    text = unicodedata.normalize("NFKC", source)
    text = _URL.sub(" ", text)
    found = []
    for match in _RUN.finditer(text):
        run = match[0].strip("'’.&+/_-")
        if text[match.end() : match.end() + 1] in _COUNTED and text[match.end() :]:
            run = _OWN_NUMBER.sub("", run) or run
        if part := _PART_OF_YEAR.fullmatch(run):
            run = part[1]
        letters = re.sub(r"[^A-Za-zÀ-ɏ]", "", run)
        if _ROMAN.fullmatch(run):
            continue  # a number: the translator may write Arabic digits
        if not letters or (len(letters) < 2 and not re.search(r"\d", run)):
            continue
        if run == letters and text[match.end() : match.end() + 1] in _CURRENCY_SIGNS:
            continue  # US$100 may be $100
        if letters.lower() in _UNSURE_UNITS and re.fullmatch(r"[\d.,]+[A-Za-z]+", run):
            continue
        if letters.lower() in _UNITS and run == letters:
            continue
        found.append(run)
    return list(dict.fromkeys(found))


def is_code(run: str) -> bool:
    """Tell a code (letters and digits, or capitals alone) from a word or name."""
    return bool(re.search(r"\d", run)) or (len(run) >= 2 and run.isupper())


def _stands(run: str, lower: str) -> bool:
    """Tell whether a code stands in a text as a word of its own, however its letters and digits are kept apart.

    GPT-5 may be written "GPT 5" and H100 "H100s"; H1 is not in H100.
    """
    groups = [_plain(group) for group in re.findall(r"[A-Za-zÀ-ɏ]+|\d+", run)]
    pattern = r"[\s\-–—_./·&+'’:]{0,3}".join(groups)
    return bool(re.search(rf"(?<![a-z0-9]){pattern}(?:['’]?s)?(?![a-z0-9])", lower))


def _came_through(run: str, target: str, plain: str) -> bool:
    if any(word in target for word in _OTHERWISE.get(run.lower(), ())):
        return True
    if any(c.isdigit() for c in run):
        return _code_came_through(run, target)
    folded = _plain(run)
    # io is in "installation", and iOS is not.
    if folded in plain if len(folded) > 3 else _stands(run, target):
        return True
    parts = [part for part in re.split(r"[\s/&+_-]+", run) if _plain(part)]
    if len(parts) > 1 and all(_plain(part) in plain for part in parts):
        return True
    if len(folded) > 4 and folded.endswith("s") and folded[:-1] in plain:
        return True
    # An abbreviation may be written out: IMF, International Monetary Fund.
    if run.isupper() and run.isalpha() and 2 <= len(run) <= 6:
        initials = "".join(word[0] for word in re.findall(r"[a-z]+", target) if word not in _SMALL_WORDS)
        return run.lower() in initials
    return False


def _code_came_through(run: str, target: str) -> bool:
    if _stands(run, target):
        return True
    measure = _MEASURE.fullmatch(run)
    if measure and measure[2].lower() in _UNITS:
        figure = rf"(?<![\d.]){re.escape(measure[1])}(?!\d|\.\d)"
        return bool(re.search(figure, target) or re.search(_FIGURES.get(measure[1], "(?!)"), target))
    parts = [part for part in re.split(r"[\s/&+_-]+", run) if _plain(part)]
    return len(parts) > 1 and all(_stands(part, target) for part in parts)


def lost(source: str, target: str) -> tuple[list[str], list[str]]:
    """Return the codes and the names of a source sentence that its translation has not."""
    lower = target.lower()
    plain = _plain(target)
    missing = [run for run in wanted(source) if not _came_through(run, lower, plain)]
    codes = [run for run in missing if is_code(run)]
    # A word in small letters (battle, vlog) is English lent to a Chinese sentence: a translator may take another.
    return codes, [run for run in missing if not is_code(run) and not run.islower()]
