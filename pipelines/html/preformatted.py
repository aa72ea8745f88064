"""Running text in ``<pre>``: old sites, mail archives and blogs set articles, letters and poems in it, not only code.

What is code stays as it is and is never translated; what is running text becomes paragraphs, its hard-wrapped lines
joined, like the same text in ``<p>``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html

from pipelines.forms import width
from pipelines.html.blocks import Leaf
from pipelines.html.lines import join_lines
from pipelines.model import Kind

_BLANK = re.compile(r"\n[ \t\u3000\xa0]*\n\s*?(?=[^\n])")
_LEAD = re.compile(r"[ \t\u3000\xa0]*")
_WORD = re.compile(r"[^\W\d_]{2,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MARKS = re.compile(r"[{}<>=;$|\\_@#*~^+`]|\w\(|::|&&|\.{4,}|\s--?[a-z]|^\s*/[/*]", re.MULTILINE)
_SENTENCE = re.compile(r"[^\W\d_][^\s]?[.!?…][\"'”’»)]*(?:\s|\Z)|[。！？]")
_COLUMNS = re.compile(r"\S[ \t]{3,}\S|\t")
_CODE_NAME = re.compile(
    r"(?i)code|highlight|brush|prettyprint|lang(?:uage)?-|syntax|program|listing|console|terminal|shell"
)
_VERSE_NAME = re.compile(r"(?i)\b(?:wp-block-verse|verse|poem|poetry|lyrics?|songtext|gedicht)\b")
MIN_CHARS = 40
"""Of a text that is looked at: less is a command, a path or a name."""
_STEPS = 2
"""Columns by which the first line of a paragraph is indented at least."""
_FEW_WORDS, _CODE_MARKS, _FULL = 8, 0.12, 0.75
"""Words of a paragraph; marks of code to a word: in running text .05 at most, in programs, logs and settings .2 and
more; and the share of the widest line from which a line was broken because the next word had no room."""
_LISTED = 2
"""Line ends in what has no sentence: headings have one at most, lists of settings and addresses more."""
_PROSE_SHARE = 0.6
"""Share of the letters that stand in paragraphs: licences and settings hold some among what is code."""


def set_out(leaf: Leaf, element: lxml.html.HtmlElement) -> list[Leaf]:
    """Return the blocks of a text in ``<pre>``: itself, or its paragraphs; the links in it count for the first."""
    found = pieces(element, leaf.text) or [(leaf.text, False)]
    out = leaf.parted([text for text, _ in found])
    for each, (_, running) in zip(out, found, strict=True):
        each.kind = Kind.PARAGRAPH if running else Kind.CODE
    return out


def pieces(element: lxml.html.HtmlElement, text: str) -> list[tuple[str, bool]] | None:
    """Return the pieces of a text in ``<pre>``, each with whether it is running text; None where all of it is code."""
    names = f"{element.get('class')} {element.getparent().get('class') if element.getparent() is not None else ''}"
    if _CODE_NAME.search(names) or element.find(".//code") is not None:
        return None
    found = [piece.strip("\n") for piece in _BLANK.split(text.expandtabs()) if piece.strip()]
    if _VERSE_NAME.search(names):
        return [("\n".join(line.strip() for line in piece.strip().split("\n")), True) for piece in found]
    running = sum(len(piece) for piece in found if _is_running(piece))
    if not found or running < _PROSE_SHARE * sum(map(len, found)):
        return None
    column = max(width(line.rstrip()) for piece in found if _is_running(piece) for line in piece.split("\n"))
    out: list[tuple[str, bool]] = []
    for piece in found:
        if _is_code(piece) or (piece.count("\n") >= _LISTED and not _is_running(piece)):
            out.append((piece.rstrip(), False))
        else:
            out += [(each, True) for each in _joined(piece.split("\n"), column)]
    return out


def _words(piece: str) -> int:
    wide = len(_WIDE.findall(piece))
    return len(_WORD.findall(piece)) if wide < 8 else wide // 2


def _is_code(piece: str) -> bool:
    """Say whether a piece between blank lines is full of marks, or set in columns."""
    lines = piece.split("\n")
    columns = sum(_COLUMNS.search(line.strip()) is not None for line in lines)
    return len(_MARKS.findall(piece)) > max(1, _CODE_MARKS * _words(piece)) or columns * 3 > len(lines)


def _is_running(piece: str) -> bool:
    """Say whether a piece is running text: words enough, and a sentence that ends."""
    return _words(piece) >= _FEW_WORDS and _SENTENCE.search(piece) is not None and not _is_code(piece)


def _joined(lines: Sequence[str], column: int) -> list[str]:
    """Join the lines of a piece to paragraphs: a new one begins after a line that had room, or with an indent."""
    # Blanks alone, between a line break and the line of a page's source, are no line.
    lines = [line for line in lines if line and not line.isspace()]
    leads = [len(_LEAD.match(line)[0].replace("\u3000", "  ")) for line in lines]  # type: ignore[index]  # matches all
    out: list[list[str]] = []
    for index, line in enumerate(lines):
        indented = leads[index] >= leads[index - 1] + _STEPS and (index < 2 or leads[index] > leads[index - 2])
        full = index > 0 and width(lines[index - 1].rstrip()) >= _FULL * column
        if not out or indented or not full:
            out.append([])
        out[-1].append(" ".join(line.split()))
    return [join_lines(each) for each in out]
