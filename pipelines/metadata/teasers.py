"""Other articles behind the article: whether a byline there is one of theirs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import people
from pipelines.metadata.text import dense
from pipelines.metadata.tree import Line, roles_of, text_of

HEADLINE, HEADLINE_DENSE = 16, 8
"""Characters of the shortest headline; shorter links are tags, buttons and names."""
CARD = 4
"""Lines from the headline of a card to its byline: a summary, a date and a section may stand between."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BOX = re.compile(r"author[-_]{0,2}(?:box|bio|info|card|profile|about)|about[-_]?(?:the[-_]?)?author|related[-_]author")
_SAID = re.compile(r"comment|reply|disqus")
_ENTRIES = frozenset({"li", "article"})


def hold(
    lines: Sequence[Line], end: int, index: int, element: HtmlElement | None = None, *, signs: bool = False
) -> bool:
    """Tell whether the line of an index, or an element on it, is another article's: ``end`` is the article's last line.

    It is where a frame around it is called so (but for a box of the author in one), where a linked heading stands
    between it and the article, and where it shares a card with a linked headline. What holds the article's end as well
    says nothing. ``signs``: it is in the footer of an entry, which may come after all these; it is another's only in an
    entry of its own.
    """
    if not 0 <= end < index < len(lines):
        return False
    element = lines[index].element if element is None else element
    article = {lines[end].element, *lines[end].element.iterancestors()}
    around = [each for each in (element, *element.iterancestors()) if each not in article]
    if signs:
        return any(each.tag == "article" for each in around)
    if _are_others(around):
        return True
    if any(line.element.tag in _HEADINGS and _is_headline(line) for line in lines[end + 1 : index]):
        return True
    if _share(lines[max(end + 1, index - CARD) : index], around):
        return True
    # A card may begin with its byline; an author's box stands side by side with the cards, in none of their entries.
    entry = next((place for place, each in enumerate(around) if each.tag in _ENTRIES), None)
    return entry is not None and _share(lines[index + 1 : index + CARD], around[: entry + 1])


def _are_others(around: Sequence[HtmlElement]) -> bool:
    """Tell whether a frame around a byline is called that of others, and no box for the article's author in it."""
    named = [f"{each.get('class') or ''} {each.get('id') or ''}"[:300].lower() for each in around]
    place = next((place for place, each in enumerate(around) if "others" in _roles(each)), None)
    if place is None:
        return False
    return not any(map(_BOX.search, named[: place + 1])) or any(map(_SAID.search, named))


def _roles(element: HtmlElement) -> Collection[str]:
    """Return the roles that an element's class and id name."""
    return roles_of(element.get("class") or "") | roles_of(element.get("id") or "")


def _share(lines: Sequence[Line], around: Sequence[HtmlElement]) -> bool:
    """Tell whether one of the elements around a byline holds the headline among the lines by it, too."""
    return any(
        _is_headline(line) and any(each in around for each in (line.element, *line.element.iterancestors()))
        for line in lines
    )


def _is_headline(line: Line) -> bool:
    """Tell whether a line is one link, as long as a headline, and no author's name."""
    shortest = HEADLINE_DENSE if dense(line.text) else HEADLINE
    if len(line.text) < shortest or line.linked * 3 < len(line.text) * 2 or people.is_spaced_name(line.text):
        return False
    links = list(islice(line.element.iter("a"), 4))  # none where the link is around the block
    return not links or any(len(text_of(link)) * 3 >= len(line.text) * 2 for link in links)
