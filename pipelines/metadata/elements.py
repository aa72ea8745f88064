"""Elements that are called author: the name they hold, whether they sign an entry, how far they are from its title."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import bylines, people, tidying
from pipelines.metadata.text import dense
from pipelines.metadata.tree import Sighting, lines_of, text_of

LONGEST = 200
"""Characters of an author's element that are looked at."""

_NAME_CLASS = re.compile(r"(?:^|[\s_-])(?:name|fn)(?:$|[\s_-])|[Aa]uthor[_-]?_?[Nn]ame", re.ASCII)


def own_name(element: HtmlElement) -> str:
    """Return the name that an element gives its author by microdata; a role may stand beside it."""
    inside = list(islice(element.iter("*"), 60))
    # Name and trade may stand side by side with nothing but style between them; a word before it says whose name it is.
    called = (text_of(each, 80) for each in inside[1:] if _NAME_CLASS.search((each.get("class") or "")[:200]))
    own = {name for name in called if people.is_spaced_name(name)}
    if len(own) == 1 and text_of(element, 80).startswith(min(own)):
        return own.pop()
    holders = [each for each in inside if "author" in (each.get("itemprop") or "").lower()]
    if len(holders) > 1 and holders[0] is not element:
        return ""  # one for each of several authors
    named = (each for holder in holders[:1] for each in holder.iter("*") if each.get("itemprop") == "name")
    return next((tidying.tidy(each.get("content") or text_of(each, 80)) for each in named), "")


def held(element: HtmlElement) -> str:
    """Return the text of an element called author, that of the name alone where it is set apart from what follows."""
    own = own_name(element)
    if own:
        return own
    text = text_of(element, LONGEST)
    if not len(element):
        return text
    lines = lines_of(element, LONGEST)
    names = [line for line in lines if people.is_spaced_name(line) and not bylines.is_role(line)]
    if len(lines) > 1 and lines[:1] == names[:1]:
        listed = len(names) == len(lines) and any(each.tag == "li" for each in element.iter("li"))
        return ", ".join(names) if listed else lines[0]
    return _first_name(element, text) or text


def _first_name(element: HtmlElement, text: str) -> str:
    """Return the name that an element begins with in an element of its own, right before something else."""
    first = next((each for each in islice(element, 3) if isinstance(each.tag, str) and text_of(each, 80)), None)
    name = text_of(first, 80) if first is not None else ""
    if not text.startswith(name) or not (people.is_spaced_name(name) or people.is_han_name(name)):
        return ""
    rest = text[len(name) :].strip()
    if people.is_han_name(rest):
        return f"{name} {rest}"
    return name if rest[:1].isupper() or dense(rest[:1]) else ""


def away(hint: Sighting, start: int) -> int:
    """Return how far an element is from the line under the title: above it and in frames stand other authors."""
    return abs(hint.line - start - 1) + (hint.line < start) + 2 * (hint.foreign is not None)


def is_card(hint: Sighting) -> bool:
    """Tell whether an element states by its microformat or its link that what it holds is the author's name."""
    classes = set((hint.element.get("class") or "")[:200].split())
    return {"author", "vcard"} <= classes or "author" in (hint.element.get("rel") or "").split()


def signs(hint: Sighting, behind: int) -> bool:
    """Tell whether a name stands in the footer of an entry, as the microformat for entries writes its author.

    Or, ``behind`` the article's last line, next to it as its microdata.
    """
    if 0 < behind <= 2 and "author" in (hint.element.get("itemprop") or "").split():
        return True
    if not {"author", "vcard"} <= set((hint.element.get("class") or "")[:200].split()):
        return False
    around = [each.tag for each in islice(hint.element.iterancestors(), 6)]
    return "footer" in around and "article" in around[around.index("footer") :]
