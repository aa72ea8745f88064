"""What a page shows beside its text: the fields of its own form, what its parts are called, goods and their prices.

Looked at where little was kept, or where the page is called as a form is; the verdict on unsigned pages needs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html

from pipelines.html.blocks import Page
from pipelines.html.heads import Heads
from pipelines.html.votes.words import bits, flags_of
from pipelines.model import Metadata, Screen
from pipelines.verdicts.names import is_cart, named

MAX_FIELDS = 200
"""Fields looked at; hardly a form has more."""
_AROUND = bits(("t_nav", "t_footer", "t_aside", "t_header", "footer", "comment"))
_BOX = re.compile(
    r"header|sidebar|widget|newsletter|modal|pop-?up|lightbox|overlay|drop-?down|nav-?bar|top-?bar|mega-?menu|offcanvas"
    r"|flyout|respond|reply|helpful|rating|vote|poll|survey",
    re.IGNORECASE,
)
"""Names of boxes that stand around articles as well, with a search, a log-in, a form for comments or votes in them."""
_TYPED = frozenset({"", "text", "email", "tel", "password", "number", "url", "date", "file"})
_SEARCH = re.compile(r"search|such|query|keyword|recherch|buscar|^(?:q|s|k|kw|wd|term|text)$", re.IGNORECASE)
"""How a field to search is called in the markup; every page has one."""
_PARTS = re.compile(r"\s+[-–—:·•/~―|]+\s+|\s*[|»›·•―]\s*|::|: ")
"""What stands between the name of a page and that of its site."""
_MONEY = r"(?:[$€£¥₽₴₩]|USD|EUR|GBP|руб|грн|лв|kr\b|zł|Ft\b|Kč|円|元)"
_PRICE = re.compile(rf"{_MONEY}\s?[0-9]|[0-9]\s?{_MONEY}")
PRICE_CHARS, CART_CHARS = 60, 40
"""Characters of the longest line with a price on it, and of the longest one that offers a cart."""
_GOODS = re.compile(r"product(?:group|model)?|(?:aggregate)?offer", re.IGNORECASE)
_COSTS = re.compile(r"product:|[a-z]+:price:")
"""What a page in a shop tells other sites in its head."""


def screen(
    root: lxml.html.HtmlElement, heads: Heads, page: Page, keep: Sequence[bool], meta: Metadata, *, little: bool
) -> Screen:
    """Return what the verdict asks of a page with little text, or with the title of a form; of others only goods."""
    dated = meta.published is not None
    if dated and meta.authors:  # signed: none of it is asked for
        return Screen()
    titles = [meta.title or "", *("".join(title.itertext()) for title in heads.iter("title"))]
    names = _parts(titles[:2])
    if not little and not named(names):
        return Screen(has_goods=not dated and _has_goods(root, heads))
    own, secrets, anywhere = _fields(root)
    prices, carts = (0, 0) if dated else _offers(root, page)
    return Screen(
        names=names if dated else names + _parts([_headline(page, keep)]),
        fields=own,
        secrets=secrets,
        has_secret=anywhere > 0,
        has_goods=_has_goods(root, heads),
        prices=prices,
        carts=carts,
    )


def _headline(page: Page, keep: Sequence[bool]) -> str:
    """Return the last headline of the first level down to the first kept line, else the first one of the page."""
    found = ""
    for leaf, kept in zip(page.leaves, keep, strict=True):
        if leaf.level == 1:
            found = leaf.text
        if found and kept:
            break
    return found


def _parts(titles: list[str]) -> tuple[str, ...]:
    """Return the parts of titles between their separators."""
    return tuple(part for title in titles for part in _PARTS.split(" ".join(title[:300].split())) if part.strip())


def _fields(root: lxml.html.HtmlElement) -> tuple[int, int, int]:
    """Count the fields to fill in outside of the boxes around articles, those of them for a password, all of these."""
    known: dict[lxml.html.HtmlElement, bool] = {}
    own = secrets = anywhere = 0
    for number, field in enumerate(root.iter("input", "textarea", "select")):
        if number >= MAX_FIELDS:
            break
        kind = (field.get("type") or "").strip().lower() if field.tag == "input" else ""
        if kind not in _TYPED:
            continue
        secret = kind == "password"
        anywhere += secret
        if not _SEARCH.search((field.get("name") or "")[:100]) and not _stands_around(field, known):
            own += 1
            secrets += secret
    return own, secrets, anywhere


def _stands_around(field: lxml.html.HtmlElement, known: dict[lxml.html.HtmlElement, bool]) -> bool:
    """Say whether a field stands in a box that stands around articles too; ``known`` is of the elements seen before."""
    path, found = [], False
    step = field.getparent()
    while step is not None and step.tag not in ("body", "html"):
        if step in known:
            found = known[step]
            break
        path.append(step)
        name = f"{step.get('class') or ''} {step.get('id') or ''}"[:200]
        if flags_of(step, step.tag) & _AROUND or _BOX.search(name):
            found = True
            break
        step = step.getparent()
    known.update(dict.fromkeys(path, found))
    return found


def _offers(root: lxml.html.HtmlElement, page: Page) -> tuple[int, int]:
    """Count the lines with a price, and the lines and buttons that offer a cart."""
    prices = sum(len(leaf.text) < PRICE_CHARS and _PRICE.search(leaf.text) is not None for leaf in page.leaves)
    if not prices:
        return 0, 0
    labels = [leaf.text for leaf in page.leaves]
    labels += [
        button.get("value") or button.get("alt") or "".join(button.itertext())
        for button in root.iter("input", "button")
        if button.tag == "button" or (button.get("type") or "").lower() in ("submit", "button", "image")
    ]
    return prices, sum(len(label) < CART_CHARS and is_cart(label) for label in labels)


def _has_goods(root: lxml.html.HtmlElement, heads: Heads) -> bool:
    """Say whether the markup names an article of a shop."""
    kinds = root.xpath("//@itemtype")
    if isinstance(kinds, list) and any(_GOODS.fullmatch(str(kind).rsplit("/", 1)[-1]) for kind in kinds):
        return True
    return any(_COSTS.match(meta.get("property") or "") for meta in heads.iter("meta"))
