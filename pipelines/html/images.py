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
    "data-url",
    "data-lazyload",
    "data-lazy",
    "data-actualsrc",
    "data-echo",
    "nitro-lazy-src",
    "lazysrc",
    "zoomfile",
    "data-orig-file",
)
"""Attributes of lazy loaders, forums and galleries, as 533 public pages and their content systems have them."""
_LAZIES = frozenset(_LAZY)
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
    r"|(?:^|/)logo(?:[-_@.]\w*)*\.(?:svg|png|gif)(?:$|\?)"
    r"|(?<!\d)(?:728x90|468x60|970x(?:90|250)|160x600|120x600|320x(?:50|100))(?!\d)"
    r"|(?<!\d)(?:300x(?:250|600)|336x280)(?:px)?\.gif",
    re.IGNORECASE,
)
"""Counters' dots, portraits of who writes, logos by their folder or their whole name, and the sizes in which adverts
are sold; those that photographs have as well only of an animation."""
_SAID = (
    *("ico", "ic.", "ic-", "ic_", "btn", "button", "px-", "pdf", "print", "mail", "rss", "facebook", "twitter"),
    *("close", "get_flash", "__utm", ".gif", "avatar", "shot", "profile_", "userpic", "logo"),
    *("x90", "x60", "x250", "x50", "x100"),
)
"""One of these stands in every address that the two patterns find."""
_UNSET = frozenset({"null", "undefined", "none", "#", "/", "about:blank"})
"""What a template leaves where it has no picture."""
_SIZED = re.compile(r"\s\d+(?:\.\d+)?[wx]$")
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
        found = _last(found)
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


def _source(element: lxml.html.HtmlElement, names: Sequence[str]) -> str:
    """Return the address of an image wherever its loader has it."""
    if not _LAZIES.isdisjoint(names):
        for name in _LAZY:
            value = (element.get(name) or "").strip()
            if value and not value.startswith(("data:", "{")) and len(value) < MAX_ADDRESS and value not in _UNSET:
                return value
    value = (element.get("src") or "").strip()
    is_set = value and not value.startswith("data:") and len(value) < MAX_ADDRESS and value not in _UNSET
    if is_set and not _PLACEHOLDER.search(value):
        return value
    # A parser that does not know that <source> is empty puts the image into it.
    around = islice(element.iterancestors("source", "picture"), 8)
    beside = (each for above in around for each in ((above,) if above.tag == "source" else list(above)[:8]))
    return next((found for each in chain([element], beside) if (found := _largest(each))), "")


def _largest(element: lxml.html.HtmlElement) -> str:
    """Return the last address of a set, which begins with the smallest; empty where there is none."""
    for name in _SETS:
        last = _last((element.get(name) or "")[:MAX_SET])
        if last and not last.startswith(("data:", "{")) and len(last) < MAX_ADDRESS:
            return last
    return ""


def _last(addresses: str) -> str:
    """Return the last address of a set without the size behind it, empty where the set is."""
    last = re.split(r",\s+", addresses.strip().rstrip(","))[-1].split()
    return last[0] if last else ""
