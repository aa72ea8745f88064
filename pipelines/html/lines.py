"""Lines that a break parts: where a paragraph begins, and how those of one are joined."""

from __future__ import annotations

import re
from itertools import pairwise

from pipelines.forms import ends_sentence, width

_TERMINAL = re.compile(r"[.!?。！？…；;：:”」』’\"）)\]】》]\s*$")
_INDENT = re.compile(
    r"\s*[\u3000\xa0]{2}|\s*[•·●○◆■▪►–—-]\s|\s*[▶▷►☞◇□◆■※▲△▼▽★☆◎]\s?\w|\s*\d{1,2}[.)、．]"
    r"|\s*[一二三四五六七八九十]{1,3}、|\s*[（(][一二三四五六七八九十\d]{1,3}[)）]|\s*第[一二三四五六七八九十百\d]{1,4}[条條章节節]\s|\s*[①-⑳]"
)
_CAPTION = re.compile(
    r"\s*(?:(?:资料|資料|示意|效果|配)[图圖](?:片)?|[▲△]\s?[^▲△]{2,60}|.{0,40}[。\s](?:记者|記者|通讯员|通訊員)?[^。\s]{2,8}\s?[摄攝])\s*"
)
"""A Chinese line that is the caption of the picture above it."""
_CJK_EDGE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CAPTION_CHARS = 70


def starts_paragraph(previous: str, raw: str) -> bool:
    """Tell whether the line after one <br> is a new paragraph: indented, bulleted, after a sentence or a caption."""
    if _INDENT.match(raw) is not None or (len(previous.strip()) > 1 and _TERMINAL.search(previous) is not None):
        return True
    return len(previous) < _CAPTION_CHARS and not previous.isascii() and _CAPTION.fullmatch(previous) is not None


def join_lines(lines: list[str]) -> str:
    """Join hard-wrapped lines; between two CJK characters there is no space."""
    text = lines[0]
    for line in lines[1:]:
        text += line if _is_glued(text, line) else f" {line}"
    return text


COLUMN, FULL, OVER = 40, 0.8, 1.15
"""Columns from which a line may be broken by hand, the share of the widest that such lines have at least, and how much
wider the last one may be."""
HEADS, WORD = 0.6, 10
"""Share of the next line's columns below which a line is none that was broken, and columns of the shortest that is a
line by itself: characters set one below another are a word.

Of 533 public pages 54 have Chinese or Japanese lines between breaks. Those of three essays, broken at 36 characters,
are joined; of schedules, addresses, credits and verses next to none.
"""
_LABEL = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][\u3040-\u30ff\u4e00-\u9fff \u3000]{0,7}[：:](?!//)")
_OPEN = "，、,；;—－-"
"""What a line ends with that goes on in the next."""


def apart(lines: list[str]) -> list[str]:
    """Return the texts of lines whose words would be glued, one or several: only lines broken by hand are one text."""
    columns = [width(line) for line in lines]
    column = max(columns)
    if min(columns[:-1]) >= max(COLUMN, FULL * column) and columns[-1] <= OVER * max(columns[:-1]):
        return [join_lines(lines)]
    is_sentence = ends_sentence(lines[-1])
    out: list[list[str]] = [[lines[0]]]
    for at, (before, line) in enumerate(pairwise(lines)):
        told = _LABEL.match(line) or (_LABEL.match(before) and columns[at] < COLUMN)
        head = columns[at] < HEADS * columns[at + 1]
        alone = not is_sentence and min(columns[at : at + 2]) >= WORD
        if before[-1:] not in _OPEN and (
            told or (_is_glued(before, line) and line[0] not in "（(" and (head or alone))
        ):
            out.append([])
        out[-1].append(line)
    return [join_lines(each) for each in out]


def holds_cjk(text: str) -> bool:
    """Say whether a text holds characters between which there is no space."""
    return _CJK_EDGE.search(text) is not None


def _is_glued(before: str, line: str) -> bool:
    return bool(before and line and _CJK_EDGE.match(before[-1]) and _CJK_EDGE.match(line[0]))
