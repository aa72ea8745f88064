"""Where an image of a page really is: lazy loaders keep its address in another attribute than ``src``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice

import lxml.html

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-echo",
    "nitro-lazy-src",
    "lazysrc",
    "zoomfile",
    "data-orig-file",
)
"""Attributes of lazy loaders, forums and galleries, as 533 public pages and their content systems have them."""
_VAGUE = ("data-lazyload", "data-lazy", "data-url", "file")
"""Those that hold an address for some loaders, "true" or the page's own address for others: before ``src`` only a
picture's file is believed."""
_LAZIES = frozenset((*_LAZY, *_VAGUE))
_SETS = ("data-srcset", "data-lazy-srcset", "nitro-lazy-srcset", "srcset")
_PLACEHOLDER = re.compile(
    r"(?:^|/)(?:(?:lazy|img|image|gr[ae]y|default)?[-_]?)(?:blank|spacer|place-?holder|load(?:ing|er)|lazy(?:load)?|grey|gray|transparent|pixel"
    r"|1x1|none)(?:\.\w{1,12}|[-_]\d[\dx]*)?\.(?:gif|png|svg)(?:$|\?)",
    re.IGNORECASE,
)
"""A whole file's name: "pixel-6-review.jpg" is a picture."""
_ICON = re.compile(
    r"\.ico(?:$|\?)|(?:^|/)(?:(?:fav)?icons?|ico|ic|btn|button)(?:[-_][\w.-]*)?\.(?:gif|png|svg|webp)(?:$|\?)"
    r"|[-_](?:icon|btn|button)s?\.(?:gif|png|svg|webp)(?:$|\?)|/(?:\d|[1-3]\d)px-[^/]+$|/icons?/[^/]+\.(?:gif|png|svg)$"
    r"|(?:^|/)(?:pdf|print|printer|e?mail|rss|facebook|twitter|close|get_flash_player)\.(?:gif|png|svg)(?:$|\?)",
    re.IGNORECASE,
)
"""The file of a button or a sign, as its name says; "star-wars.png" and "icon-of-the-seas.jpg" are pictures."""
_NO_PICTURE = re.compile(
    r"(?:^|/)(?:__utm|trans|spacer|clear|pixel|dot|beacon|counter|[01]px|t|b)\.gif(?:$|\?)"
    r"|/(?:avatars?|head-?shots?|mug-?shots?|profile_images|userpics?|logos?)/|//(?:[\w-]+\.)*gravatar\.|/default[-_]?avatar"
    r"|(?:^|/)logo(?:[-_@.]\w*)*\.(?:svg|png|gif)(?:$|\?)|/(?:sns|sharings?)/[^/]+$|/share/[^/]+\.svg(?:$|\?)"
    r"|(?<!\d)(?:728x90|468x60|970x(?:90|250)|160x600|120x600|320x(?:50|100))(?!\d)"
    r"|(?<!\d)(?:300x(?:250|600)|336x280)(?:px)?\.gif",
    re.IGNORECASE,
)
"""Counters' dots, portraits of who writes, logos by their folder or their whole name, and the sizes in which adverts
are sold; those that photographs have as well only of an animation."""
_SAID = (
    *("ico", "ic.", "ic-", "ic_", "btn", "button", "px-", "pdf", "print", "mail", "rss", "facebook", "twitter"),
    *(
        "close",
        "get_flash",
        "__utm",
        ".gif",
        "avatar",
        "shot",
        "profile_",
        "userpic",
        "logo",
        "sns/",
        "share",
        "sharing",
    ),
    *("x90", "x60", "x250", "x50", "x100"),
)
"""One of these stands in every address that the two patterns find."""
_UNSET = frozenset({"null", "undefined", "none", "#", "/", "about:blank"})
"""What a template leaves where it has no picture."""
_SIZED = re.compile(r"\s\d+(?:\.\d+)?[wx]$")
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)[wx]\s*$")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)(?:$|[?#!@])", re.IGNORECASE)
_TEMPLATE, _ADDRESS = frozenset("{}"), frozenset("./")
"""What an attribute of a loader has in it if it is a template ("/boat_{width}x.jpg"), and if it is no flag ("true")."""
_NAMES_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif)\b", re.IGNORECASE)
SMALL = 32
"""Sides, in pixels, of the largest smiley or sign."""
MAX_ADDRESS = 2_000
MAX_SET = 20_000


def source(element: lxml.html.HtmlElement) -> str:
    """Return the address of an image as the page writes it; empty for dots, signs, buttons and a placeholder alone."""
    names = element.keys()
    if "width" in names and _is_small(element.get("width"), element.get("height")):
        return ""
    found = _source(element, names)
    if _SIZED.search(found):  # a set where one address should stand
        found = _widest(found)
    return "" if found and _is_sign(found) else found


def _is_sign(address: str) -> bool:
    """Tell whether an address is that of a button, a dot, a portrait, a logo or an advert, as its name says."""
    said = address.lower()
    # Asked for first: most addresses hold none of it, and the patterns try every place of them.
    if not any(map(said.__contains__, _SAID)):
        return False
    return _ICON.search(address) is not None or _NO_PICTURE.search(address) is not None


def _is_small(width: str | None, height: str | None) -> bool:
    """Tell whether sides are those of a counter's dot, a smiley or a sign; "16" by "9" is the shape of a picture."""
    sides = [int(side[:6]) for side in (width, height) if side is not None and side.isdecimal()]
    return len(sides) == 2 and max(sides) <= SMALL and abs(sides[0] - sides[1]) <= 2


def beside_script(element: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the pictures of a ``noscript`` element that the page shows to readers without scripts alone.

    A loader puts the picture there and a placeholder without an address beside it; where what stands beside has an
    address, both are one picture. Counters of readers stand in such elements, too: they name no file and show nothing.
    """
    beside = (each for each in (element.getprevious(), element.getnext()) if each is not None)
    shown = chain.from_iterable(islice(each.iter("img"), BESIDE) for each in beside if each.tag != "noscript")
    if any(source(each) for each in shown):
        return []
    return [each for each in islice(element.iter("img"), BESIDE) if not _counts(each)]


def _counts(element: lxml.html.HtmlElement) -> bool:
    """Tell whether a picture for readers without scripts counts them, as ``<img src="/matomo.php?idsite=1">`` does."""
    said = any((element.get(name) or "").strip() for name in ("alt", "srcset", "title"))
    return not said and _NAMES_FILE.search(source(element)) is None


def is_copy(href: str) -> bool:
    """Tell whether a link around a picture leads to a larger copy of it, or nowhere: a script shows it."""
    return href.startswith(("#", "javascript:")) or _FILE.search(href[:MAX_ADDRESS]) is not None


BESIDE = 4
"""Pictures looked at in and beside a ``noscript`` element; loaders give each picture one of its own."""


def _source(element: lxml.html.HtmlElement, names: Sequence[str]) -> str:
    """Return the address of an image wherever its loader has it."""
    lazy = not _LAZIES.isdisjoint(names)
    if lazy:
        vague = _first(element, _VAGUE)
        if found := _first(element, _LAZY) or (vague if _FILE.search(vague) else ""):
            return found
    value = (element.get("src") or "").strip()
    is_set = value and not value.startswith("data:") and len(value) < MAX_ADDRESS and value not in _UNSET
    if is_set and not _PLACEHOLDER.search(value):
        return value
    if lazy and vague:
        return vague
    # A parser that does not know that <source> is empty puts the image into it.
    around = islice(element.iterancestors("source", "picture"), 8)
    beside = (each for above in around for each in ((above,) if above.tag == "source" else list(above)[:8]))
    return next((found for each in chain([element], beside) if (found := _largest(each))), "")


def _first(element: lxml.html.HtmlElement, names: Sequence[str]) -> str:
    """Return the first of these attributes that is an address, a set of them among those."""
    for name in names:
        value = (element.get(name) or "").strip()
        if value and len(value) < MAX_ADDRESS and not value.startswith("data:") and value not in _UNSET:
            if _SIZED.search(value):
                value = _widest(value)
            if _TEMPLATE.isdisjoint(value) and not _ADDRESS.isdisjoint(value):
                return value
    return ""


def _largest(element: lxml.html.HtmlElement) -> str:
    """Return the largest picture of a set; empty where there is none."""
    for name in _SETS:
        found = _widest((element.get(name) or "")[:MAX_SET])
        if found and not found.startswith(("data:", "{")) and len(found) < MAX_ADDRESS:
            return found
    return ""


def _widest(addresses: str) -> str:
    """Return the address of a set with the greatest width or density behind it, the last where none has one.

    Some systems put the smallest first, some the largest. An address may hold commas; one ends it only at its end.
    """
    best, size = "", -1.0
    rest = addresses.strip(" ,\t\r\n\f")
    while rest:
        address, *others = rest.split(None, 1)
        rest = others[0] if others else ""
        told = 0.0
        if not address.endswith(","):
            about, _, rest = rest.partition(",")
            told = float(found[1]) if (found := _SIZE.match(about)) else 0.0
        if told >= size:
            best, size = address.rstrip(","), told
        rest = rest.lstrip(" ,\t\r\n\f")
    return best
