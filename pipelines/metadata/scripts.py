"""Reads the JSON of a page's data, mended where templates usually break it."""

from __future__ import annotations

import html
import json
import re
from typing import Any

_TRAILING = re.compile(r",\s*(?=[}\]])")
_SLASHES = re.compile(r"^[ \t]*//[^\n]*$", re.MULTILINE)
_CDATA = re.compile(r"(?://|/\*)?\s{0,9}(?:<!\[CDATA\[|\]\]>)(?:\s{0,9}\*/)?")
_COMMENTS_FIRST = re.compile(r"(?:/\*[^*]{0,400}\*/\s*)+")
_COMMENT_LAST = re.compile(r"\s*/\*[^*]{0,400}\*/$")
_ESCAPED = re.compile(r"[\[{\s]{0,40}&(?:quot|#34|#x22);", re.IGNORECASE)
"""How data begins that a template escaped as if it were text."""
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_KNOWN_ESCAPES = frozenset('"\\/bfnrtu')
_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_KEY = re.compile(r'\s*,\s*"[^"\n]{1,60}"\s*:')
_CLOSED = re.compile(r"\s*[}\]]\s*(?:[,}\]]|$)")
_COLON = re.compile(r"\s*:")
_NEXT = re.compile(r'\s*(?::|\]|,\s*["\[{])')
_BETWEEN = frozenset(" \t\r\n,;")
_BEHIND = re.compile(r"[\s,;}\]]*$")
_STRING = r'"((?:[^"\\\n]|\\.|"(?!\s*(?:[}\]]|,\s*["}\]]))){1,400})"'
"""A string that may hold bare quotes: it ends where a bracket follows, or a comma and the next key."""
_PAIR = re.compile(rf'"(headline|datePublished|dateModified|articleSection)"\s*:\s*{_STRING}')
_GROUP = re.compile(r'"(author|publisher)"\s*:\s*(\[[^\[\]]{0,2000}\]|\{[^{}]{0,600})')
_NODE = re.compile(r"\{[^{}]{0,600}")
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{1,40})"')
_NAME = re.compile(rf'"name"\s*:\s*{_STRING}')


def parse(script: str) -> Any:
    """Return the value of one script, a list where it holds several; None where nothing helps."""
    text = _bare(script)
    for mend in (str, _without_breaks, _without_commas, _without_escapes, _with_quotes):
        try:
            return _values(mend(text))
        except (ValueError, RecursionError):
            continue
    return _pairs(text)


def _bare(script: str) -> str:
    """Return a script without what hides it from old browsers, and unescaped where a template escaped all of it."""
    text = script.strip().lstrip("\ufeff").removeprefix("<!--").removesuffix("-->").strip()
    if "CDATA[" in text:
        text = _CDATA.sub("", text).strip()
    if _ESCAPED.match(text):
        text = html.unescape(text)
    if first := _COMMENTS_FIRST.match(text):
        text = text[first.end() :]
    if text.endswith("*/"):
        start = max(0, len(text) - 420)
        text = text[:start] + _COMMENT_LAST.sub("", text[start:])
    return text.rstrip().rstrip(";")


def _values(text: str) -> Any:
    """Return the one value of a text, or all of several; closing brackets too many behind them say nothing."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = _skipped(text, 0)
    while not values or not _BEHIND.match(text, position):
        value, position = decoder.raw_decode(text, position)
        values.append(value)
        position = _skipped(text, position)
    return values[0] if len(values) == 1 else values


def _skipped(text: str, position: int) -> int:
    """Return where the next value begins."""
    while position < len(text) and text[position] in _BETWEEN:
        position += 1
    return position


def _without_breaks(text: str) -> str:
    """Return text without line comments and with control characters as spaces."""
    return re.sub(r"[\x00-\x1f]", " ", _SLASHES.sub("", text))


def _without_commas(text: str) -> str:
    """Return text without commas before a closing bracket."""
    return _TRAILING.sub("", _without_breaks(text))


def _without_escapes(text: str) -> str:
    r"""Return text without the escapes of other languages: ``\'`` is a mark of its own in JSON."""
    return _BACKSLASH.sub(lambda each: each[0] if each[1] in _KNOWN_ESCAPES else each[1], _without_commas(text))


def _with_quotes(text: str) -> str:
    """Return text whose bare quotes inside strings are escaped: ``"He said "no" to it"``."""
    text = _without_escapes(text)
    parts: list[str] = []
    done, opened = 0, ""
    for match in _QUOTE.finditer(text):
        at, end = match.span()
        if match[0] != '"':
            continue
        if not opened:
            opened = _last(text, at)
        elif _closes(text, end, opened):
            opened = ""
        else:
            parts += (text[done:at], '\\"')
            done = end
    return "".join((*parts, text[done:]))


def _last(text: str, end: int) -> str:
    """Return the last character before a place that is no space."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return text[end - 1] if end else "["


def _closes(text: str, end: int, opened: str) -> bool:
    """Tell whether a quote ends its string, by what follows; ``opened`` is the character before the string.

    Behind a value come a bracket or the next key, behind a key a colon; what follows a bracket or a comma may be both.
    """
    if opened == ":":
        return bool(_KEY.match(text, end) or _CLOSED.match(text, end))
    return bool((_COLON if opened == "{" else _NEXT).match(text, end))


def _pairs(text: str) -> dict[str, Any] | None:
    """Return what the pairs of a text say that is no JSON; of an article alone also who wrote and published it."""
    pairs: dict[str, Any] = {key: _unescape(value) for key, value in reversed(_PAIR.findall(text))}
    if text.count('"headline"') == 1:
        for key, group in reversed(_GROUP.findall(text)):
            named = [
                {"@type": kind[1] if (kind := _TYPE.search(each)) else "", "name": _unescape(name[1])}
                for each in _NODE.findall(group)
                if (name := _NAME.search(f"{each}}}"))
            ]
            pairs |= {key: named} if named else {}
    return {"@type": "Article", **pairs} if pairs else None


def _unescape(text: str) -> str:
    """Return a string literal's value, the literal itself where it is no valid one."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text
