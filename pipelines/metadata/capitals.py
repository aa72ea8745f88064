"""Names set in capitals: how they are written otherwise, and several of them in one credit."""

from __future__ import annotations

import re

from pipelines.metadata import words

_TURKISH, _ROMANIAN = frozenset("ĞİŞ"), frozenset("ŢĂÂÎ")
"""Capitals that tell the language of a name: Ş is old Romanian as well, where I is the capital of i."""
OWN_LETTERS = ("tr", "az", "ro")
"""Languages of pages that tell how I and Ş are meant."""
_WORD = re.compile(r"[^\W\d_]+")
_LOWER = str.maketrans("Iİ", "ıi")


def titled(name: str) -> str:
    """Return a name in capitals as it is written otherwise: I is the capital of ı in a Turkish one, İ that of i."""
    letters = set(name)
    if not letters & _TURKISH or letters & _ROMANIAN:
        return name.title()
    return _turkish(name)


def _turkish(name: str) -> str:
    """Return a Turkish name in capitals as it is written otherwise."""
    return _WORD.sub(lambda word: word[0][0] + word[0][1:].translate(_LOWER).lower(), name)


def in_language(name: str, language: str, text: str) -> str:
    """Return a name with the letters of its page's language, which ``titled`` does not know; ``text``: the page's.

    A Turkish page writes MICHAEL as well as IŞIK: only a name that has another Turkish letter is known to be Turkish.
    """
    if language.startswith("ro"):
        return name.replace("ı", "i")
    if language.startswith(("tr", "az")) and "i" in name and not name.isascii():
        shouted = name.upper()
        if shouted in text and name not in text:
            return _turkish(shouted)
    return name


def parted(text: str) -> list[str]:
    """Return the credits that an "and" in capitals joins: "CLAIRE DUMAS ET JEAN PETIT".

    Two words before and behind it have to be in capitals, too: the E of "JANE E DOE" is an initial.
    """
    tokens = text.split() if len(text) >= 13 else []  # "JO DOE E AL ROE"
    joints = words.words("people", "joints")
    for place in range(2, len(tokens) - 2):
        joint = tokens[place]
        if joint.isupper() and joint.casefold() in joints and all(map(str.isupper, tokens[place - 2 : place + 3])):
            return [" ".join(tokens[:place]), *parted(" ".join(tokens[place + 1 :]))]
    return [text]
