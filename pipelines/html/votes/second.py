"""A second opinion where the model keeps next to nothing: trafilatura's, on the same blocks.

Trafilatura finds the container first and so fails on other pages than a vote block by block does. It may only point at
blocks of ours: what it would add or rewrite never gets in.
"""

from __future__ import annotations

from collections.abc import Sequence
from configparser import ConfigParser
from functools import cache

from trafilatura import extract as trafilatura_extract
from trafilatura.settings import use_config

from pipelines.forms import squeeze, width
from pipelines.html.blocks import Leaf

FEW = 200
"""Columns kept below which a page is asked about again; 370 of 373 public articles are longer."""
MORE = 2
"""The second opinion counts if it keeps so many times more; below that, a short article is just short."""
MAX_CHARS = 1_000_000
MAX_BLOCKS = 5_000
MAX_TAGS = 30_000
"""Larger pages are not asked about: trafilatura's time is not bounded (a table of 145,000 cells takes it 4 s). The
largest of 533 public pages has 961,371 characters, the fullest 1,446 blocks and 11,808 tags."""
_OWN_LINE = 12
"""Shorter texts occur inside others by chance; they count only as a line of their own."""


@cache
def _settings() -> ConfigParser:
    """Return trafilatura's settings, for short articles too."""
    config = use_config()
    # 250 by default, too much for Chinese bulletins: 60 lifted precision mode from .825 to .864 on Chinese pages.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    return config


def second_opinion(text: str, leaves: Sequence[Leaf], keep: Sequence[bool]) -> list[bool]:
    """Return which leaves to keep: ``keep`` itself, unless it is next to nothing and trafilatura sees much more."""
    if not leaves:
        return list(keep)
    kept = 0
    for leaf, mark in zip(leaves, keep, strict=True):
        kept += width(leaf.text) if mark else 0
        if kept >= FEW:
            return list(keep)
    answer = None if is_beyond(text, leaves) else ask(text, tables=False)
    if not answer:
        return list(keep)
    marks = marked(answer, leaves)
    found = sum(width(leaf.text) for leaf, mark in zip(leaves, marks, strict=True) if mark)
    return marks if found >= max(1, MORE * kept) else list(keep)


def ask(text: str, *, tables: bool) -> str | None:
    """Return the text that trafilatura takes for the body, with or without what stands in tables; None for nothing."""
    # fast: its own fall-backs keep whatever is left of a page; without them the answer is the container or nothing.
    answer: str | None = trafilatura_extract(
        text, fast=True, favor_precision=True, include_comments=False, include_tables=tables, config=_settings()
    )
    return answer


def is_beyond(text: str, leaves: Sequence[Leaf]) -> bool:
    """Say whether a page is larger than any article and so is not asked about."""
    return len(leaves) > MAX_BLOCKS or len(text) > MAX_CHARS or text.count("<") > MAX_TAGS


def marked(answer: str, leaves: Sequence[Leaf]) -> list[bool]:
    """Return which leaves an extractor's answer holds: as a line, less the marks of lists and tables, or inside one."""
    whole, lines = squeeze(answer), {squeeze(line.strip("-| ")) for line in answer.splitlines()}
    marks = []
    for leaf in leaves:
        piece = squeeze(leaf.text)
        marks.append(bool(piece) and (piece in lines or (len(piece) >= _OWN_LINE and piece in whole)))
    return marks
