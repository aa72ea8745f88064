"""Who posted a page on sites where anybody writes: the user's name that stands by the title or the date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.metadata import bylines, people, suffixes, tidying
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Page, Sighting, roles_of, text_of

BELOW, ABOVE = 6, 2
"""Lines under and over the title among which a user's name is the author's; further on users comment."""
LONGEST, PROSE = 24, 60
"""Characters of the longest name, and of the shortest line that is the article's text."""

_OWNED = re.compile(r"([^\W_][^\s_]{1,15})的(?:博客|专栏|專欄|部落格|日志|BLOG|blog|Blog)")
_BLOG = re.compile(r"博客|部落格|\bblog\b", re.IGNORECASE)
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
    if dense(title) and not any(page.meta("author", "article:author")) and (owner := _owner(page, no)):
        yield (owner,)


def _owner(page: Page, no: Sequence[str]) -> str:
    """Return whose blog a Chinese page's title names: "…-张三的博客-…", "…_张三_某某博客"."""
    parts = [part.strip() for part in suffixes.pieces(page.title)[0]][1:]
    for part, following in pairwise((*parts, "")):
        if owned := _OWNED.fullmatch(part):
            return owned[1] if people.is_person(owned[1]) else ""
        if _BLOG.search(following) and people.is_han_name(part) and people.is_person(part, no):
            return part
    return ""


def _name(hint: Sighting) -> str:
    """Return the user's name that an element holds and nothing else: a portrait, a rank or a button may stand by it."""
    texts = [text_of(each, 80) for each in (hint.element, *list(hint.element)[:4])]
    found = (tidying.tidy(text) for text in texts if 2 <= len(text) <= LONGEST)
    return next((name for name in found if name and bylines.without_others(name) == name and " " not in name), "")
