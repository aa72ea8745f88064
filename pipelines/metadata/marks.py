"""What the names of an element say of the date in it: that it is the article's first, or that of a change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from pipelines.metadata.tree import Sighting, text_of

MAX_TEXT = 120
_OUT = re.compile(r"datepublished|entry-date|post-date|(?:^|[\s_-])publish(?:ed)?(?:$|[\s_-])|pub-?date")
CHANGED = re.compile(r"modif|updat|revis|chang|edit|aktualis")
"""What names of elements and of their values say of a change."""


def names(element: HtmlElement) -> str:
    """Return an element's itemprop, class, id and property, lower case."""
    return " ".join(element.get(name) or "" for name in ("itemprop", "class", "id", "property")).lower()


def is_out(element: HtmlElement, named: str) -> bool:
    """Tell whether an element of these names holds the day on which the article was out."""
    return _OUT.search(named) is not None or element.get("pubdate") is not None


def is_change(element: HtmlElement, named: str) -> bool:
    """Tell whether an element of these names holds the day of a change.

    Themes call the date of an entry "published updated" as long as nobody has changed it.
    """
    return not is_out(element, named) and CHANGED.search(named) is not None


def changes(times: Sequence[Sighting]) -> Mapping[int, Sequence[str]]:
    """Return line → the texts of its ``time`` elements that are called changes, next to one that is called the entry's.

    Themes write both and show one of them by style: no word between them says which is which, only their classes do.
    """
    out: set[int] = set()
    changed: dict[int, list[str]] = {}
    for each in times:
        named = names(each.element)
        if is_out(each.element, named):
            out.add(each.line)
        elif CHANGED.search(named):
            changed.setdefault(each.line, []).append(text_of(each.element, MAX_TEXT))
    return {line: texts for line, texts in changed.items() if line in out}


def is_in(texts: Sequence[str], line: str, place: int) -> bool:
    """Tell whether a place of a line is in one of these texts of it."""
    starts = ((line.find(text), len(text)) for text in texts)
    return any(0 <= start <= place < start + size for start, size in starts)
