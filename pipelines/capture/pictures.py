"""Lines that programs make of pictures: names of files, and captions that stand there twice, as seen and as read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines import forms
from pipelines.capture.lines import Line

DOUBTED = 0.05
"""Probability from which a line is looked at: others are out already."""
WIDTH, TIMES = 16, (2, 3)
"""Columns of the shortest text, and how often it stands there: of 745 captures of public pages 51 such lines are the
template's and one is the body's, of 723 others 223 and four."""
_FILE = re.compile(
    r"(?:\[(?:[\w.-]*\d[\w.-]*|image|img|inline|gif|spacer|blank|pixel|transparen\w*)\]\s*)+"
    r"|[\w().-]{1,60}\.(?:jpe?g|png|gif|webp|bmp|svg)",
    re.IGNORECASE | re.ASCII,
)


def silence(lines: Sequence[Line], found: list[float]) -> None:
    """Put the lines that are pictures out of the question; a mark of a note ("[1]") is none."""
    for at, line in enumerate(lines):
        if found[at] >= DOUBTED and (_is_file(line.text) or is_doubled(line.text)):
            found[at] = 0.0


def _is_file(text: str) -> bool:
    return len(text) > 4 and (text[0] == "[" or "." in text[-5:]) and _FILE.fullmatch(text) is not None


def is_doubled(text: str) -> bool:
    """Say whether a text is nothing but a sentence or a phrase two or three times, with blanks between or without."""
    for times in TIMES:
        for blank in ("", " "):
            size, rest = divmod(len(text) - len(blank) * (times - 1), times)
            part = text[:size]
            if not rest and part and text == blank.join([part] * times) and forms.width(part) >= WIDTH:
                return forms.sentences(part) <= 1
    return False
