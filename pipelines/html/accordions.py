"""Questions and answers that a script folds: a button or a link to nowhere that opens the element below it.

In the markup of today they are ``<details>``, and that is made of them: else the question is a button or a link, and
the answer stands in an element that is named as a tab, a menu or hidden. Only where several of them hold sentences:
menus, filters and the foot of a page are folded alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from lxml import etree
from lxml.html import HtmlElement

from pipelines.forms import alnum, ends_sentence
from pipelines.html.votes.words import bits, flags_of, named

HINTS = ("oggle", "ollaps", "aria-expanded", "faq", "ccordion")
"""What the source of a page with such a thing holds, one or another."""
MAX_KNOBS, STEPS, NEAR, ABOVE, BOXES = 400, 3, 6, 30, 5
"""Buttons that are looked at; elements from one up to its title, beside that to its panel, above it that are asked what
they are and that may hold the titles and panels alone."""
PIECES, ALL_PIECES = 200, 1_000
"""Elements of a title or panel and of all of them whose text is read: no page takes long, whatever is in it."""
QUESTION, LINKED, LEAST = 200, 0.3, 2
"""Characters of the longest title, share of the folded text that is links, titles of one make from which they are some.

Of 533 public pages three have such questions, the article's own all of them, and nothing else is taken for them. Two
have them in the body already; the third gains them, which its truth is without (1.000 to .927).
"""
_NAMED = re.compile(r"accordion|collaps|toggle|(?:^|[^a-z])faqs?(?:[^a-z]|$)", re.IGNORECASE)
_SAYS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
_ELSEWHERE = bits(
    ("share", "related", "comment", "subscribe", "ad", "consent", "footer", "user", "product", "t_nav", "t_footer",
     "t_aside", "t_form", "t_header")
)  # fmt: skip
_MISLEADING = bits(("nav", "header", "side", "tag", "list", "print", "hidden", "media"))
_TITLES, _PANELS = frozenset({"div", "span", "p", "button", "a"}), frozenset({"div", "section", "article"})
_CLICKED, _MADE = ("button", "a"), ("div", "span", "h2", "h3", "h4", "h5", "h6")
"""What is clicked on, and what is made a button by its role."""
_MADE_SO = ('role="button', "role='button", "role=button")
_roles = etree.XPath("descendant::*[@role = 'button']")
_links = etree.XPath(
    "descendant::a[not(@href) or @href = '' or starts-with(@href, '#')"
    " or starts-with(@href, 'j') or starts-with(@href, 'J')]"
)
"""In the library's own code: a look at every element of a page costs Python 3 ms."""
_UNSEEN = frozenset({"script", "style", "svg", "template"})


@dataclass(slots=True)
class _Item:
    """A title, the panel that it opens, and what in the title is clicked on."""

    title: HtmlElement
    panel: HtmlElement
    knobs: list[HtmlElement] = field(default_factory=list)


def unfold_accordions(root: HtmlElement, text: str) -> None:
    """Make ``summary`` and ``details`` of the titles and panels of a page's accordions; headings stay headings."""
    if not any(map(text.__contains__, HINTS)):
        return
    items: dict[HtmlElement, _Item] = {}
    for knob in islice(_knobs(root, text), MAX_KNOBS):
        if found := _item(knob):
            items.setdefault(found.title, found).knobs.append(knob)
    groups: dict[tuple[str, str], list[_Item]] = defaultdict(list)
    for item in items.values():
        groups[_make(item.title), _make(item.panel)].append(item)
    for group in groups.values():
        if len(group) >= LEAST and _is_text(group):
            for box in _boxes(group):
                _unname(box)
            for item in group:
                _open(item)


def _knobs(root: HtmlElement, text: str) -> Iterator[HtmlElement]:
    """Yield what a reader clicks on that leads to no other page, and that something around it says to fold a part."""
    found = chain(
        root.iter("button") if "<button" in text or "<BUTTON" in text else (),
        (each for each in _links(root) if not _leads_away(each.get("href") or "")),
        (each for each in _roles(root) if each.tag in _MADE) if any(map(text.__contains__, _MADE_SO)) else (),
    )
    return filter(_is_said, found)


def _leads_away(href: str) -> bool:
    return href[:1] in ("j", "J") and href[:11].lower() != "javascript:"


def _is_said(element: HtmlElement) -> bool:
    """Say whether an element, or one around it that may be its title or hold that, says that it folds something."""
    if any(map(element.get, _SAYS)):
        return True
    each: HtmlElement | None = element
    for _ in range(STEPS + 2):
        if each is None:
            return False
        if _folds(each.get("class")) or _folds(each.get("id")):
            return True
        each = each.getparent()
    return False


@lru_cache(maxsize=4096)
def _folds(name: str | None) -> bool:
    return name is not None and _NAMED.search(name[:300]) is not None


def _item(knob: HtmlElement) -> _Item | None:
    """Return the element that holds a knob and nothing else, with the one that it opens."""
    title = knob
    for _ in range(STEPS):
        if (panel := _next(title)) is not None:
            return _Item(title, panel) if _is_pair(title, panel) else None
        above = title.getparent()
        if above is None or (title.tail or "").strip() or alnum(_text(above)) != alnum(_text(title)):
            return None
        title = above
    return None


def _is_pair(title: HtmlElement, panel: HtmlElement) -> bool:
    """Say whether an element is a title, without a picture, and the next all that stands between it and the next."""
    if panel.tag in _CLICKED or not 0 < len(_text(title)) <= QUESTION or next(title.iter("img"), None) is not None:
        return False
    after = _next(panel)
    return after is None or _make(after) == _make(title)


def _next(element: HtmlElement) -> HtmlElement | None:
    """Return the next element that says something, where no bare text stands before it."""
    after: HtmlElement | None = element
    for _ in range(NEAR):
        if after is None or (after.tail or "").strip():
            return None
        after = after.getnext()
        if after is not None and alnum(_text(after)):
            return after
    return None


def _text(element: HtmlElement, pieces: int = PIECES) -> str:
    """Return the text of an element's first pieces on one line; what stands behind a piece goes right after its own."""
    parts = [element.text or ""]
    for each in islice(element.iterdescendants(), pieces):
        parts += ("" if each.tag in _UNSEEN else each.text or "", each.tail or "")
    return " ".join("".join(parts).split())


def _make(element: HtmlElement) -> str:
    """Return a tag and its first name: what others it has may say that it is open."""
    return f"{element.tag} {(element.get('class') or '').split(' ', 1)[0]}"


def _is_text(group: Sequence[_Item]) -> bool:
    """Say whether most panels hold sentences and few links, in no part of the page that is something else."""
    texts = [_text(item.panel) for item in group]
    links = sum(len(_text(link)) for item in group for link in islice(item.panel.iter("a"), PIECES))
    if 2 * sum(map(ends_sentence, texts)) < len(texts) or links > LINKED * sum(map(len, texts)):
        return False
    above = (each for item in group for each in islice(item.title.iterancestors(), ABOVE))
    own = (each for item in group for each in (item.title, item.panel))
    return not any(flags_of(each, each.tag) & _ELSEWHERE for each in (*own, *above) if each.tag not in ("html", "body"))


def _boxes(group: Sequence[_Item]) -> list[HtmlElement]:
    """Return the elements that hold one title and its panel, or all of a group, and nothing else."""
    own = [_letters(item.title) + _letters(item.panel) for item in group]
    above = [(item.title.getparent(), letters) for item, letters in zip(group, own, strict=True)]
    above += [(each, sum(own)) for each in islice(group[0].title.iterancestors(), BOXES)]
    return [each for each, letters in above if each is not None and _letters(each) == letters]


def _letters(element: HtmlElement) -> int:
    return len(alnum(_text(element, ALL_PIECES)))


def _unname(element: HtmlElement) -> None:
    """Take the names away that say that an element is something else, and that it is hidden."""
    for attribute in ("class", "id"):
        names = (element.get(attribute) or "").split()
        if any(named(name) & _MISLEADING for name in names):
            element.set(attribute, " ".join(name for name in names if not named(name) & _MISLEADING))
    for attribute in ("role", "hidden", "style"):
        element.attrib.pop(attribute, None)


def _open(item: _Item) -> None:
    """Give a title and its panel the tags of what they are."""
    inner = item.panel
    _unname(inner)
    while len(inner) == 1 and inner[0].tag in _PANELS:
        inner = inner[0]
        _unname(inner)
    for each in islice(item.title.iter(), PIECES):  # an icon in it too, which is on its "left"
        _unname(each)
    for knob in item.knobs:
        knob.tag = "span" if knob.tag in ("a", "button") else knob.tag
    if item.title.tag in _TITLES:
        item.title.tag = "summary"
    if item.panel.tag in _PANELS:
        item.panel.tag = "details"
