"""The lines of a capture: cleaned, told apart by their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipelines import forms
from pipelines.capture import hyphens, markup, sheets
from pipelines.model import Kind

_BREAKS = re.compile(r"\r*\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line ends; "\\r\\r\\n" is one, of a file that was converted twice."""
_BULLET = re.compile(r"^(?:[•●◦▪■□◆◇‣⁃∙·○▶►➤✓✔\u25fb\uf0b7]\s*|[*+\-–]\s+)(?=\S)")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+\S")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+#+)?$")
_QUOTE = re.compile(r"^>\s+(?=\S)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
FEW_LINES = 12
"""Lines of the shortest capture whose blank lines are judged."""
UNPARTED = 0.02
"""Share of lines behind a blank one up to which a capture has none: a heading written in Markdown counts as such."""
_LEAD = re.compile(r"[ \t\u3000\xa0]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source line: its 0-based number, visible text, and what stood before it.

    ``gap`` counts the blank lines above it, ``lead`` is the white space and the bullet before its text, ``hidden`` the
    columns of marks in it that a reader of the page did not see, ``opening`` those of them in its first word; ``row``
    is a line with tabs in it as the row of a table.
    """

    number: int
    text: str
    after_blank: bool
    lead: str = ""
    gap: int = 0
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    tabbed: bool = False
    hidden: int = 0
    opening: int = 0
    row: str = ""

    @property
    def whole(self) -> str:
        """Return the line as it stands in the capture, with what is before its text: renderers fill that."""
        return self.lead + self.text


def read(text: str) -> list[Line]:
    """Return the lines that hold text, cleaned of bullets and markdown marks. Fenced code keeps its lines together."""
    found: list[Line] = []
    gap, fenced = 1, False
    code: list[tuple[int, str]] = []
    for number, raw in enumerate(_BREAKS.split(markup.plain(sheets.joined(text)))):
        if raw == sheets.SKIPPED:
            continue
        if _FENCE.match(raw):
            if fenced and any(forms.visible(line) for _, line in code):
                found.append(_code(code, gap > 0))
            fenced, code, gap = not fenced, [], 1
        elif fenced:
            code.append((number, raw))
        elif shown := forms.visible(raw):
            found.append(_line(number, raw, shown, gap))
            gap = 0
        else:
            gap += 1
    # A fence that is never closed was no fence: its lines are lines like all others.
    found += [_line(number, raw, shown, 1) for number, raw in code if (shown := forms.visible(raw))]
    return found


def _code(code: Sequence[tuple[int, str]], blank: bool) -> Line:
    text = "\n".join(raw.rstrip() for _, raw in code).strip("\n")
    return Line(number=code[0][0], text=text, after_blank=blank, kind=Kind.CODE)


def _line(number: int, raw: str, shown: str, gap: int) -> Line:
    blank = gap > 0
    if raw.rstrip().endswith(hyphens.SOFT):
        shown += hyphens.DIVIDED
    hidden = raw.count(markup.FILL)
    opening = raw.split(maxsplit=1)[0].count(markup.FILL) if hidden else 0
    before = _LEAD.match(raw)
    lead = before.group().expandtabs(8) if before else ""
    if match := _MARKDOWN.match(shown):
        level, lead = len(match[1]), match[1] + " "
        found = Line(number=number, text=match[2], after_blank=True, lead=lead, kind=Kind.HEADING, level=level)
        return replace(found, hidden=hidden)
    kind = Kind.LIST_ITEM if _NUMBERED.match(shown) else Kind.PARAGRAPH
    found = Line(
        number=number, text=shown, after_blank=blank, lead=lead, gap=gap, kind=kind, hidden=hidden, opening=opening
    )
    for mark, kind in ((_BULLET, Kind.LIST_ITEM), (_QUOTE, Kind.QUOTE)):
        if match := mark.match(shown):
            return replace(found, text=shown[match.end() :], lead=lead + match.group(), kind=kind)
    if "\t" not in raw.strip():
        return found
    cells = [cell for part in raw.split("\t") if (cell := forms.visible(part))]
    return replace(found, tabbed=True, row=" | ".join(cells))


def is_flat(lines: Sequence[Line]) -> bool:
    """Tell whether a capture has no blank lines, as far as there are lines enough to tell."""
    return len(lines) >= FEW_LINES and sum(line.after_blank for line in lines[1:]) <= UNPARTED * len(lines)


def flat(lines: Sequence[Line]) -> list[Line]:
    """Return the lines as they are in a capture without blank lines."""
    return [replace(line, after_blank=not at, gap=int(not at)) for at, line in enumerate(lines)]
