"""The folders of an article's address, and what the page's menu calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from pipelines.metadata import words
from pipelines.metadata.text import key, weight
from pipelines.metadata.tree import text_of

_HOST = re.compile(r"(?:https?:)?//([^/?#]*)")
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?", re.IGNORECASE)
"""The path of a front page, that of an edition in one language as well (``/en/``)."""
_NO_NAME = re.compile(r"[\d\W_]*|[a-z]{2}(?:[-_][a-z]{2})?|\d{4}.*|[@~].*", re.IGNORECASE)
"""Folders of days, numbers, languages and persons."""
MAX_LINKS = 800
"""Links of a page that are looked at: menus stand first or, in a footer, among the last of most pages' 300."""
MAX_WORDS = 4
"""Words of the longest name of a section in a menu."""


def split(address: str) -> tuple[str, str]:
    """Return host and path of an address as written, of the page itself where it is an archive's copy."""
    copied = max(address.rfind("/http://"), address.rfind("/https://"))
    rest = address[copied + 1 :] if copied > 0 else address
    found = _HOST.match(rest)
    path = rest[found.end() :] if found else rest
    return found[1].lower().removeprefix("www.") if found else "", path.partition("?")[0].partition("#")[0]


def is_front(address: str) -> bool:
    """Tell whether an address is that of a site's front page."""
    return bool(_FRONT.fullmatch(split(address)[1])) and not address.startswith(("?", "#"))


@cache
def _no_names() -> frozenset[str]:
    """Return the keys of what every address of a site has in it and no section is called."""
    parts = ("home", "no_section", "sections", "self_published")
    return frozenset(key(word) for part in parts for word in words.words("sites", part))


def _is_button(text: str, path: str) -> bool:
    """Tell whether a link says what to do, shows everything, names a language or nothing but that it is a folder.

    A folder of the very same words is called so: "Your Money" leads to /your-money/, "All Sport" to /sport/.
    """
    said = text.casefold().strip(" :：»›>")
    if key(text) in _no_names() or said in words.words("sites", "languages"):
        return True
    first, _, rest = said.partition(" ")
    named = key(text) == key(path.rpartition("/")[2]) and key(rest) not in _no_names()
    begins = bool(rest) and first in words.words("sites", "button_begins") and not named
    return begins or any(map(said.__contains__, words.words("sites", "button_marks")))


def _stands_alone(link: HtmlElement) -> bool:
    """Tell whether a link stands by itself as those of menus do, not amid the words of a sentence."""
    before, parent = link.getprevious(), link.getparent()
    if parent is not None and parent.tag == "p":
        return False
    ahead = before.tail if before is not None else parent.text if parent is not None else ""
    return not any(map(str.isalnum, f"{(ahead or '')[-40:]}{(link.tail or '')[:40]}"))


class Folders:
    """The folders an article lies in (``/sport/tennis/…`` → /sport, /sport/tennis) and the links that lead to them."""

    __slots__ = ("_host", "_paths", "_root")

    def __init__(self, root: HtmlElement, url: str) -> None:
        self._root = root
        self._host, path = split(url)
        steps = [unquote(step).lower() for step in path.rstrip("/").split("/")[1:-1]][:6] if self._host else []
        self._paths = [
            "/" + "/".join(steps[: place + 1])
            for place, step in enumerate(steps)
            if not _NO_NAME.fullmatch(step) and key(step) not in _no_names() and step not in self._host.split(".")
        ]

    def labels(self) -> Iterator[str]:
        """Yield what a link of the page calls the innermost of the folders, then the folders around it."""
        if not self._paths:
            return
        found: dict[str, str] = {}
        for link in islice(self._root.iter("a"), MAX_LINKS):
            href = link.get("href") or ""
            if (
                "/" in href
                and "#" not in href
                and "?" not in href
                and (path := self._folder(href)) in self._paths
                and path not in found
            ):
                text = text_of(link, 60) if _stands_alone(link) else ""
                if text and "@" not in text and weight(text) <= MAX_WORDS and not _is_button(text, path):
                    found[path] = text
        yield from (found[path] for path in reversed(self._paths) if path in found)

    def _folder(self, href: str) -> str:
        """Return the path of a link on the same host, without what names the front of a folder."""
        host, path = split(href.strip())
        if host not in ("", self._host):
            return ""
        return re.sub(r"/(?:index\.\w{2,5})?$", "", unquote(path).lower())
