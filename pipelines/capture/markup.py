"""What programs leave in the text that they make of a page: Markdown's marks, the numbers of links, drawn headings.

A reader of the page saw none of them. They are not cut out but filled with a character that is never seen: the line
was broken where it was with them in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

FILL = "\u2060"
"""The word joiner: ``forms.visible`` takes it out, ``Line.hidden`` has counted it."""
FEW = 3
"""Marks from which a text is said to come from a program that sets them: one or two may be the author's own."""

HEADING = 24
"""Characters of the longest heading of a list of addresses ("Visible links:")."""

OTHERS = 6
"""Lines of another kind among them: the text that an address for sharing holds may have several."""

_ADDRESS = r"<[^<>\n]{0,2000}>|(?:[^()\s]|(?<=[-/])\n|\((?:[^()\s]|(?<=[-/])\n){0,300}\)){0,2000}"
_TARGET = rf"\(\s{{0,3}}(?:{_ADDRESS})(?:\s+\"(?:[^\"\\]|\\.){{0,600}}\")?\s{{0,3}}\)"
# Each character begins one way only: with two, the ways to read a row of "\\[\\]" would double with each.
_INNER = r"(?:[^\[\]\\]|\\[\s\S]|\[[^\[\]]{0,80}\]){0,600}"
_IMAGE = re.compile(rf"!\[{_INNER}\](?:{_TARGET}|\[[^\[\]\n]{{0,80}}\])")
_LINK = re.compile(rf"(?<!\\)\[({_INNER})\]{_TARGET}")
_ADDRESSED = re.compile(r"\]\(\s?<?[^()\s]{0,60}?[/.#:]")
_DEFINITION = re.compile(
    r"^ {0,3}\[([^\[\]\n^]{1,80})\]:\s{1,4}<?[\w/#.][^\s>]*>?(?:[ \t]+[\"'(].{0,300})?$", re.MULTILINE
)
_BY_NAME = re.compile(r"\[([^\[\]]{1,300})\] ?\[([^\[\]\n]{0,80})\]")
_HEADING = re.compile(r"^#{1,6} +\S", re.MULTILINE)
_STRONG = re.compile(r"(\*\*)(?=[^\s*])((?:[^*\n]|\*(?!\*)|\n(?!\s*\n)){1,600}?)(?<=[^\s])\*\*")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*\\])(\*)(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*\\])\*(?![A-Za-z0-9*])")
_UNDERSCORED = re.compile(r"(?<![\w\\])(_)(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_\\])_(?!\w)")
_CODE = re.compile(r"(?<![`\\])(`)([^`\n]{1,300})`(?!`)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>~&<])|(?<=\S)\\$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|br|hr|sup|sub|div|span|font|small|strong|center|figure|figcaption|iframe|img)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_DELIMITERS = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*(?::?-{2,}:?[ \t]*)?$")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)

_REFERENCE = re.compile(r"^ {0,8}(\d{1,4})\.\s+[a-z][a-z+.-]{2,16}:", re.IGNORECASE)
_REST_OF_ADDRESS = re.compile(r"^ {5,12}\S+$|^ {0,12}\S*://\S+$")
_NUMBER = re.compile(r"\[(\d{1,4})\]")
_PICTURE = re.compile(
    r"\[(?:IMG|IMAGE|INLINE|EMBED|[^\[\]\n]{0,120}\.(?:jpe?g|png|gif|webp|svg|avif)"
    r"|[\w.-]{1,120}(?:\?\w{1,40}=|;base64,)[^\[\]]{0,20000})\]|\((?:BUTTON|TEXTAREA)\)",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"^(\*{3,6})[ _](\S.*?)[ _](\*{3,6})$", re.MULTILINE)
_JOINED = re.compile(r"(?<=[^\W_])_(?=[^\W_])|(?<=[,.:;!?])_(?=\w)")
_BESIDE = re.compile(r"[ \t]?(?:<https?://[^\s<>]{1,1000}>|\[https?://[^\s\[\]]{1,1000}\]|\( https?://\S{1,1000} \))")
"""An address behind the words that are linked to it, as mailers write it."""


def plain(text: str) -> str:
    """Return the text as a reader of its page saw it, every mark of a program filled, in as many lines."""
    text = _without_numbers(text)
    if is_markdown(text):
        text = _outside_fences(text, _unmarked)
    if text.count("***") >= 2 * FEW and len(_DRAWN.findall(text)) >= FEW:
        text = _JOINED.sub(" ", _DRAWN.sub(lambda match: f"## {match[2]}", text))
    if text.count("http") >= FEW and len(_BESIDE.findall(text)) >= FEW:
        text = _BESIDE.sub(_filled, text)
    return text


def is_markdown(text: str) -> bool:
    """Say whether a text holds so many links, headings and strong words in Markdown that it is meant as such."""
    if "](" not in text and "\n#" not in text and not text.startswith("#"):
        return False
    links = len(_ADDRESSED.findall(text))
    return links >= FEW or links + len(_HEADING.findall(text)) + min(1, text.count("**") // 2) >= FEW


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Return the text with all but its fenced code changed. A fence that is never closed was none."""
    edges = [match.start() for match in _FENCE.finditer(text)]
    edges = edges[: len(edges) // 2 * 2]
    bounds = [0, *edges, len(text)]
    pieces = [text[low:high] for low, high in pairwise(bounds)]
    return "".join(piece if place % 2 else change(piece) for place, piece in enumerate(pieces))


def _unmarked(text: str) -> str:
    """Return a text without the marks of Markdown, headings, items and quotations apart, which lines are told by."""
    text = _IMAGE.sub(_filled, text)
    text = _LINK.sub(_inside, text)
    names = {match[1].casefold() for match in _DEFINITION.finditer(text)}
    if names:
        text = _DEFINITION.sub(_filled, text)
        text = _BY_NAME.sub(
            lambda match: _inside(match) if (match[2] or match[1]).casefold() in names else match[0], text
        )
    text = _headed(text)
    for marks in (_RULE, _TAG):
        text = marks.sub(_filled, text)
    for marks in (_CODE, _STRONG, _EMPHASIS, _UNDERSCORED):
        text = marks.sub(lambda match: _inside(match, 2), text)
    return _ESCAPE.sub(_filled, text)


def _headed(text: str) -> str:
    """Return a text with underlined headings in the form of the others, and the cells of tables parted by tabs."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        above = lines[at - 1].strip() if at else ""
        if (
            above
            and _UNDERLINE.match(line)
            and "|" not in above
            and (at < 2 or not lines[at - 2].strip(" \t\r" + FILL))
        ):
            lines[at - 1], lines[at] = ("# " if "=" in line else "## ") + above, ""
        elif _DELIMITERS.match(line):
            _part_cells(lines, at)
    return "\n".join(lines)


def _part_cells(lines: list[str], delimiters: int) -> None:
    """Put tabs between the cells of the table that has its ``delimiters`` in that line."""
    lines[delimiters] = ""
    end = delimiters + 1
    while end < len(lines) and "|" in lines[end]:
        end += 1
    for at in range(max(0, delimiters - 1), end):
        lines[at] = "\t".join(cell.strip() for cell in lines[at].strip().strip("|").split("|"))


def _without_numbers(text: str) -> str:
    """Return the dump of a text browser without the numbers of its links and the list of addresses that ends it."""
    if text.count("[") < FEW or "://" not in text:
        return text
    lines = text.split("\n")
    start, count = _references(lines)
    if count < FEW:
        return text
    body, rest = "\n".join(lines[:start]), lines[start:]
    body = _NUMBER.sub(lambda match: _filled(match) if int(match[1]) <= count else match[0], body)
    return "\n".join([_PICTURE.sub(_filled, body), *("" for _ in rest)])


def _references(lines: list[str]) -> tuple[int, int]:
    """Return where the lists of addresses begin that end a dump, and their greatest number; 0 where there are none.

    Hidden links have a list of their own behind that of the visible ones, with numbers from among theirs.
    """
    begin, last, others = len(lines), 0, 0
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].rstrip()
        if match := _REFERENCE.match(line):
            begin, last, first = at, max(last, int(match[1])), int(match[1])
        elif line and not _REST_OF_ADDRESS.match(line) and (not last or len(line) >= HEADING):
            others += 1
            if not last or others > OTHERS:
                break
    return (_with_heading(lines, begin), last) if last and first == 1 else (len(lines), 0)


def _with_heading(lines: list[str], begin: int) -> int:
    """Return where the heading of a list begins: "References", "Visible links"; two lines at most."""
    for _ in range(2):
        at = begin - 1
        while at >= 0 and not lines[at].strip():
            at -= 1
        if at < 0 or len(lines[at].strip()) > HEADING or "[" in lines[at] or lines[at].rstrip().endswith("."):
            break
        begin = at
        if not lines[at].startswith(" "):
            break
    return begin


def _inside(match: re.Match[str], group: int = 1) -> str:
    """Return what stands in one group of a match, all around it filled."""
    before, after = match.start(group) - match.start(), match.end(group) - match.start()
    return _filling(match[0][:before]) + match[group] + _filling(match[0][after:])


def _filled(match: re.Match[str]) -> str:
    return _filling(match[0])


def _filling(text: str) -> str:
    return "\n".join(FILL * len(line) for line in text.split("\n"))
