"""Changes of a page's plain text: what clipboards, mailers and old programs do to its lines."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

Change = Callable[[str], str]
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def wrapped(column: int) -> Change:
    """Return the change that breaks every line at a column, without its indent; an ideograph takes two."""

    def change(text: str) -> str:
        out: list[str] = []
        for line in map(str.strip, text.split("\n")):
            half = column // 2
            if _WIDE.search(line):
                out += [line[at : at + half] for at in range(0, len(line), half)] or [""]
            else:
                out += textwrap.wrap(line, column, break_long_words=False, break_on_hyphens=False) or [""]
        return "\n".join(out)

    return change


def before_each(mark: str) -> Change:
    """Return the change that sets a mark before every line."""
    return lambda text: "\n".join(mark + line.strip() for line in text.split("\n"))


def without_blank_lines(text: str) -> str:
    """Return the text without its blank lines."""
    return "\n".join(line for line in text.split("\n") if line.strip())


CHANGES: dict[str, Change] = {
    "as it is": lambda text: text,
    "blank lines gone": without_blank_lines,
    "a blank line after each": lambda text: without_blank_lines(text).replace("\n", "\n\n"),
    "wrapped at 72": wrapped(72),
    "wrapped at 100": wrapped(100),
    "wrapped at 72, blank lines gone": lambda text: wrapped(72)(without_blank_lines(text)),
    "quoted with >": before_each("> "),
    "indented": before_each("    "),
    "bullets": lambda text: re.sub(r"(?m)^[ \t]*(?=\S.{0,38}$)", "* ", text),
    "pages parted by form feeds": lambda text: "\x0c".join(text[at : at + 3000] for at in range(0, len(text), 3000)),
    "when it was saved on top": lambda text: f"Saved on 2025-03-04 10:11\nSource: https://example.org/a\n----\n{text}",
}
