"""Dates that are of the page's subject or of other pages: spans, rows of an infobox, lists behind the article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pipelines.metadata.moments import Moment
from pipelines.metadata.tree import text_of

_SPAN = re.compile(r"\s*(?:[-–—~〜～至]|to|until|bis|au|al|до)\s*", re.IGNORECASE)
FEWEST_ROWS = 5
"""Rows with a heading from which a table is an infobox; a press release heads two or three rows so."""
MAX_ROWS = 60
LIST = 3
"""Dates of one kind behind the article from which they are those of a list of other pages."""


def is_span(line: str, first: Moment, second: Moment) -> bool:
    """Tell whether two dates of a line are the ends of one span: "October 14, 1999 – January 20, 2000"."""
    return first.hour is None and second.hour is None and bool(_SPAN.fullmatch(line[first.end : second.start]))


def heading_of_row(element: HtmlElement) -> str | None:
    """Return what heads the row of an infobox that an element stands in ("Founded"), None where it is in none."""
    cell: HtmlElement | None = element
    for _ in range(3):
        if cell is None or cell.tag == "td":
            break
        cell = cell.getparent()
    row = cell.getparent() if cell is not None and cell.tag == "td" else None
    if row is None or row.tag != "tr" or (head := row.find("th")) is None:
        return None
    rows = row.itersiblings("tr", preceding=True), row.itersiblings("tr")
    headed = 1 + sum(
        each.find("th") is not None and each.find("td") is not None
        for side in rows
        for _, each in zip(range(MAX_ROWS), side, strict=False)
    )
    return text_of(head, 80) if headed >= FEWEST_ROWS else None
