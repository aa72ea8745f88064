"""The mark that stands before every line of a text: what somebody quoted, forwarded or put into a comment."""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter

LEAST = 8
"""Lines that hold text from which a text is said to be quoted: fewer are a quotation."""
QUOTED = 0.8
"""Share of the lines that hold text and begin with the mark: above them may stand who quotes, and why.

With ">" before all lines of 110 public pages as text (hosts unseen) their bodies had an F1 of .77 in English and .77 in
Chinese; without it they have .95, as before.
"""
# A bar at both ends of a line makes the row of a table of it.
_MARK = re.compile(
    r"^[ \t]*((?:[>＞]|[|│┃║](?![^\n]*[|│┃║][ \t]*$)|//|;;|##?(?= |$))(?:[ \t]?[>＞])*)[ \t]?", re.MULTILINE
)
_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)


def unquoted(text: str) -> str:
    """Return the text without the mark that stands before nearly all of its lines; as it is where none does."""
    marks = Counter(match[1][:1] for match in _MARK.finditer(text))
    most, marked = max(marks.items(), key=itemgetter(1), default=("", 0))
    if marked < LEAST or marked < QUOTED * sum(1 for _ in _LINE.finditer(text)):
        return text
    return _MARK.sub(lambda match: "" if match[1][:1] == most else match[0], text)
