"""The mark that stands before every line of a text: what somebody quoted, forwarded or put into a comment."""

from __future__ import annotations

import re

LEAST = 8
"""Lines that hold text from which a text is said to be quoted: fewer are a quotation."""
QUOTED = 0.8
"""Share of the lines that hold text and begin with the mark: above them may stand who quotes, and why.

With ">" before all lines of 110 public pages as text (hosts unseen) their bodies had an F1 of .77 in English and .77 in
Chinese; without it they have .95, as before.
"""
_MARK = re.compile(r"^[ \t]*((?:[>＞|│┃║]|//|;;|##?(?= |$))(?:[ \t]?[>＞])*)[ \t]?", re.MULTILINE)
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)


def unquoted(text: str) -> str:
    """Return the text without the mark that stands before nearly all of its lines; as it is where none does."""
    marks = [match[1][:1] for match in _MARK.finditer(text)]
    if len(marks) < LEAST:
        return text
    most = max(set(marks), key=marks.count)
    marked = marks.count(most)
    if marked < LEAST or marked < QUOTED * sum(1 for _ in _LINE.finditer(text)):
        return text
    return _MARK.sub(lambda match: "" if match[1][:1] == most else match[0], text)
