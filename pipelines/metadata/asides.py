"""What stands behind each of several names in one credit, and parts the second from the first: a role, a place."""

from __future__ import annotations

import re
from functools import cache

from pipelines.metadata import capitals, people, words

_NAME = r"[A-ZÀ-Þ][\w.'’-]*(?:\s[a-z]{1,3}){0,2}(?:\s[A-ZÀ-Þ][\w.'’-]*){1,3}"
_PLACE = r"[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){0,3}"
_AT = r"(?:in|from|at|à|em|aus)"
"""What stands before the place where somebody writes; "en" is an "and" as well."""
_LAST = re.compile(rf"\s{_AT}\s{_PLACE}(?=[,;|]|$)")


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a role and of a place behind a name, before an "and" and the next name."""
    joint = "|".join(map(re.escape, sorted(words.words("people", "joints"))))
    behind = rf"(?=(?P<name>{_NAME})(?P<rest>,\s[^,:|•·]{{3,60}})?)"
    role = rf",\s(?P<role>[^,:|•·]{{3,60}}?)(?P<comma>,?)\s(?i:{joint})\s{behind}"
    place = rf"\s{_AT}\s{_PLACE}(?=(?:,|,?\s(?:{joint}))\s{_NAME}\s{_AT}\s[A-ZÀ-Þ])"
    return re.compile(role), re.compile(place)


def without(text: str) -> str:
    """Return a credit without roles and places between its names.

    "Jane Doe, Political Editor, and John Roe, Chief Reporter"; "Jane Doe in London and John Roe in Dover". Only where
    commas or the same behind the next name tell that a name follows: none does in "Staff Writer and Food Critic" or in
    "in London and Los Angeles".
    """
    if ", " not in text and text.count(" in ") < 2 and "à" not in text:
        return text
    role, place = _forms()
    shorter, places = place.subn("", role.sub(_unless_name, text))
    return _LAST.sub("", shorter) if places else shorter


def _unless_name(found: re.Match[str]) -> str:
    """Return what is left of a role and the "and" behind it, all of it where it is none or no name follows."""
    name, rest = found["name"], found["rest"] or ""
    told = (found["comma"] or _is_role(rest)) and _is_role(found["role"]) and not _is_role(name)
    if not told or not words.words("people", "pictures_by").isdisjoint(_words_of(rest)):
        return found[0]
    return ", " if people.is_spaced_name(capitals.titled(name) if name.isupper() else name) else found[0]


def _is_role(text: str) -> bool:
    """Tell whether a text says what somebody is: "Political Editor", "chief reporter for the north"."""
    known = words.words("people", "posts") | words.words("people", "trades") | words.words("people", "roles_inside")
    return not known.isdisjoint(_words_of(text))


def _words_of(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return text.casefold().strip(" ,").split()
