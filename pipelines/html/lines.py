"""Lines that a break parts: where a paragraph begins, and how those of one are joined."""

from __future__ import annotations

import re

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
        cjk = text and line and _CJK_EDGE.match(text[-1]) and _CJK_EDGE.match(line[0])
        text += line if cjk else f" {line}"
    return text
