"""Who posted a page on sites where anybody writes: the user's name that stands by the title or the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines.metadata import bylines, people
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Page, Sighting, roles_of, text_of

BELOW, ABOVE = 6, 2
"""Lines under and over the title among which a user's name is the author's; further on users comment."""
LONGEST, PROSE = 24, 60
"""Characters of the longest name, and of the shortest line that is the article's text."""

_HANGUL = re.compile("[가-힣]{2}")


def names(page: Page, no: Sequence[str], title_line: int | None) -> Iterator[tuple[str, ...]]:
    """Yield the users named by the title, nearest first; ``no`` are names of the site."""
    if title_line is None:
        return
    title = page.lines[title_line].text
    below = page.lines[title_line + 1 : title_line + 1 + BELOW]
    last = next((line.index for line in below if len(line.text) >= PROSE), title_line + BELOW)
    near = [hint for hint in page.hints[:600] if "poster" in hint.roles and title_line - ABOVE <= hint.line < last]
    if not (dense(title) or _HANGUL.search(title)):
        # A link to a user's page is a menu's elsewhere; a class that says user is not.
        near = [hint for hint in near if "poster" in roles_of(hint.element.get("class") or "")]
    for hint in sorted(near, key=lambda each: (each.line <= title_line, abs(each.line - title_line))):
        name = _name(hint)
        if name and key(name) not in key(title) and people.is_person(name, no):
            yield (name,)


def _name(hint: Sighting) -> str:
    """Return the user's name that an element holds and nothing else: a portrait, a rank or a button may stand by it."""
    texts = [text_of(each, 80) for each in (hint.element, *list(hint.element)[:4])]
    found = (people.tidy(text) for text in texts if 2 <= len(text) <= LONGEST)
    return next((name for name in found if name and bylines.without_others(name) == name and " " not in name), "")
