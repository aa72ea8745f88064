"""The links of a page with the words that say what each leads to, also where these stand beside the link. Pure."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from crawler import links

_HEADED = ("h1", "h2", "h3", "h4", "article")
_HEADINGS = ("h2", "h3", "h4", "h5")
_UP, _LINKS = 5, 8
"""Steps from a link to what holds it and its headline, and links (a picture, a category, an author, a button) that one
such card has: in those of common themes there are 3 steps and 5 links at most."""
_MOST = 300
"""Characters of a text that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link: its clean address, its words, and whether they are a heading's."""

    url: str
    text: str
    in_heading: bool


def read(tree: lxml.html.HtmlElement, base: str, limit: int) -> list[Link]:
    """Return the links among the first ``limit`` that lead to pages.

    A button's words ("Read more", in whatever language: the same for several addresses) and a bare picture say
    nothing; there the one headline of the card counts that the link stands in.
    """
    found = []
    addresses: defaultdict[str, set[str]] = defaultdict(set)
    for anchor in itertools.islice(tree.iter("a", "area"), limit):
        if (url := links.clean(anchor.get("href") or "", base)) is not None:
            text = _words(anchor)
            addresses[text].add(url)
            found.append((anchor, url, text))
    made = []
    for anchor, url, text in found:
        if (not text or len(addresses[text]) > 1) and (headline := _of_card(anchor, base)):
            made.append(Link(url=url, text=headline, in_heading=True))
        else:
            made.append(Link(url=url, text=text, in_heading=_in_heading(anchor)))
    return made


def _words(anchor: lxml.html.HtmlElement) -> str:
    """Return a link's words: its text, or where it has none what is said of it, or of the picture that it is."""
    text, title = str(anchor.text_content()), anchor.get("title") or ""  # the text often is cut to fit its line
    if not text.strip():
        text, title = anchor.get("aria-label") or _picture(anchor), ""
    return " ".join(max(text, title, key=len).split())[:_MOST]


def _picture(anchor: lxml.html.HtmlElement) -> str:
    return next((alt for one in anchor.iter("area", "img") if (alt := one.get("alt"))), "")


def _in_heading(anchor: lxml.html.HtmlElement) -> bool:
    if any(parent.tag in _HEADED for parent in anchor.iterancestors()):
        return True
    return next(anchor.iter(*_HEADED[:4]), None) is not None


def _of_card(anchor: lxml.html.HtmlElement, base: str) -> str:
    """Return the headline of the card that a link stands in; nothing where that is a list, or has two headlines."""
    own = anchor.get("href")
    for parent in itertools.islice(anchor.iterancestors(), _UP):
        others = list(itertools.islice(parent.iter("a"), _LINKS + 1))
        headings = list(itertools.islice(parent.iter(*_HEADINGS), 2))
        if len(others) > _LINKS or len(headings) > 1 or parent.tag in ("body", "nav"):
            return ""
        if headings:
            return _headline(headings[0], own, base)
    return ""


def _headline(heading: lxml.html.HtmlElement, own: str, base: str) -> str:
    """Return a heading's words, unless it leads somewhere else itself."""
    target = links.clean(own or "", base)
    if any(links.clean(href, base) != target for href in _targets(heading)):
        return ""
    return " ".join(str(heading.text_content()).split())[:_MOST]


def _targets(heading: lxml.html.HtmlElement) -> Iterator[str]:
    return (href for one in heading.iter("a") if (href := one.get("href")))
