"""Elements that are called author: the name they hold, whether they sign an entry, how far they are from its title."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import people
from pipelines.metadata.tree import Sighting, text_of

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
    return next((people.tidy(each.get("content") or text_of(each, 80)) for each in named), "")


def away(hint: Sighting, start: int) -> int:
    """Return how far an element is from the line under the title: above it and in frames stand other authors."""
    return abs(hint.line - start - 1) + (hint.line < start) + 2 * (hint.foreign is not None)


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
