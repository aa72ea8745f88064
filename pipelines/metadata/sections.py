"""The section an article stands in, as its page names it to readers: stated, by a path, a category or a menu."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from lxml.html import HtmlElement

from pipelines.metadata import folders, moments, suffixes, words
from pipelines.metadata.folders import Folders
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.sites import MAX_NAME
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Line, Page, text_of

_ARROWS = re.compile(r"\s*(?:>+|›|»|→|＞|(?<!\d)/|/(?!\d)|-->)\s*")
_SEVERAL = re.compile(r",(?=\S)|[;|]")
_NAMED = re.compile(
    r"^(?:[-–—•·]\s+|(?:category|section|rubrik|kategorie|catégorie|categoría|rubrique)\s?:\s*)", re.IGNORECASE
)
"""What a template leaves before the name: "- Politics", "Category: Harbour"."""
_SLUG = re.compile(r"/\S*|[a-z0-9]+(?:[-_/][a-z0-9]+)*/?")
"""A name that a system gives a section in its addresses: "politics", "us-news", "/world/middle_east"."""
_CURRENT = "(current)"
"""What menus say to screen readers behind the step that the page belongs to."""
MAX_SECTION = 6
"""Words of the longest section that a path or a title names: what is longer is a slogan or another headline."""
_PAGER = re.compile(r"^[«‹←].*[»›→]$")
"""The way to the articles before and after: "« Previous | Next »"."""
_WEEK = re.compile(r"(?:KW|week|semaine|semana|vecka|uge|uke)\s?\d{1,2}", re.IGNORECASE)
_CLOCK = re.compile(r"\d:\d\d")
BESIDE_TITLE = 6
"""Lines from the title within which a category is the article's."""
_CRUMBS_BEFORE = 30
"""Lines above the title in which a visible path is looked for."""
MAX_PATH = 400
"""Characters of the longest element that is a path: a menu called one holds the whole site."""
BEGUN = 12
"""Letters and digits of a title's beginning by which it is known where a path cuts it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands: its title and the line of it, names of the site, the folders of its address."""

    title: str | None
    line: int | None
    sites: tuple[str, ...]
    folders: Folders


def find(page: Page, facts: Facts, place: Place) -> str | None:
    """Return the article's section: meta, JSON-LD, else the last step before the article of the path to it.

    Where nothing leads to it, its category (``rel``), what its title says behind the headline and a menu repeats, or
    the link that a menu has to the folder the article lies in. What only an address calls it comes after names.
    """
    names = _Names(place)
    said = [*page.meta(*words.table("fields")["section"]), *facts.section]
    slugs = [raw for raw in said if _SLUG.fullmatch(clean(raw))]
    crumbs = reversed(facts.breadcrumb if place.title else ())
    found = names.stated(raw for raw in said if raw not in slugs)
    found = found or names.of_path(chain(crumbs, _path_elements(page, place)))
    if found is None and (slug := names.stated(map(_unslugged, slugs))):
        found = _label(page, slug) or slug
    if found is not None:
        return found
    shown = (_visible_path(page, place), _categories(page, place.line), _of_title(page, place), place.folders.labels())
    return names.of_path(chain.from_iterable(shown))


class _Names:
    """Tells names of sections from what else stands in their place."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._title = key(place.title or "")
        other = (word for part in ("home", "no_section", "self_published") for word in words.words("sites", part))
        self._skip = {key(word) for word in (*other, *place.sites)}

    def stated(self, values: Iterable[str]) -> str | None:
        """Return the first name of a field that holds sections and nothing else."""
        names = [name for raw in values if (name := self._name(raw))]
        # "PI", "Piauí": the short form of a name beside it.
        return next((name for name in names if not any(_is_short(name, other) for other in names)), None)

    def of_path(self, values: Iterable[str]) -> str | None:
        """Return the first name among steps of paths and links, where headlines, dates and buttons stand as well."""
        return next((name for raw in values if (name := self._name(raw)) and not _is_other(name)), None)

    def _name(self, raw: str) -> str:
        """Return a value as a name, empty where it is none."""
        # "Mundo,América": several sections in one value, the closest first.
        name = _SEVERAL.split(_NAMED.sub("", clean(raw)))[0].removesuffix(_CURRENT).strip(" >»/|")
        name = suffixes.strip_site(name, self._place.sites) if "_" in name else name
        own = key(name)
        repeats = own == self._title or (own in self._title and (weight(name) > 3 or name.endswith(("...", "…"))))
        fits = 1 < len(name) <= MAX_NAME and own and own not in self._skip and not repeats and "://" not in name
        return name if fits and not name.isdigit() and name[0] not in "{[<" else ""


def _is_short(name: str, other: str) -> bool:
    """Tell whether a name in two or three capitals is the beginning of another."""
    return len(name) <= 3 < len(other) and name.isupper() and other.upper().startswith(name)


def _unslugged(raw: str) -> str:
    """Return the last part of a section's address as words: "/world/middle_east" → "middle east"."""
    return clean(raw).strip("/").rpartition("/")[2].replace("_", " ")


def _label(page: Page, slug: str) -> str | None:
    """Return what a link of the page calls a section that only its address names: "us-news" → "U.S. News"."""
    own = key(slug)
    linked = (line.text for line in page.lines if line.linked * 5 >= len(line.text) * 4 and len(line.text) <= MAX_NAME)
    same = {text for text in linked if key(text) == own and not text.islower()}
    return min(same, key=lambda text: (text.isupper(), text), default=None)  # "Sports" rather than "SPORTS"


def _is_other(name: str) -> bool:
    """Tell whether a step of a path is a slogan, a headline, a date, a month of an archive, or "text" and a button."""
    long = weight(name) > MAX_SECTION * (2 if dense(name) else 1)
    if (
        long
        or name.isdigit()
        or _WEEK.fullmatch(name)
        or _CLOCK.search(name)
        or moments.find(name)
        or words.month(name)
    ):
        return True
    first, _, rest = name.partition(" ")
    return bool(rest) and dense(name) and first in words.words("sites", "home")


def _path_elements(page: Page, place: Place) -> Iterator[str]:
    """Yield the links of the elements that are called paths ("breadcrumb") and stand above the article's text.

    A path begins with the front page or ends with the title: menus and buttons are called paths as well.
    """
    last = (place.line if place.line is not None else 0) + BESIDE_TITLE
    begun = key(place.title or "")[:BEGUN]
    for sighting in page.crumbs:
        text = text_of(sighting.element, MAX_PATH + 1) if begun and sighting.line <= last else ""
        links = list(islice(sighting.element.iter("a"), 10)) if 0 < len(text) <= MAX_PATH else []
        if begun in key(text) or any(map(_is_home, links)):
            steps = links[: next((place for place, link in enumerate(links) if _is_behind(link)), None)]
            yield from (text_of(link, 80) for link in reversed(steps) if _leads(link))


def _is_behind(link: HtmlElement) -> bool:
    """Tell whether a link comes after the path's last step, the page itself: "Home > Channel > Text [Sign up]"."""
    before = link.getprevious()
    words_before = (before.tail or "") if before is not None else ""
    return any(map(str.isalnum, words_before))


def _is_home(link: HtmlElement) -> bool:
    """Tell whether a link leads to the front page, by its address or by what it is called."""
    return folders.is_front(link.get("href") or "#") or text_of(link, 40).casefold() in words.words("sites", "home")


def _leads(link: HtmlElement) -> bool:
    """Tell whether a link leads to a part of the site: not to its front page, not to a script."""
    href = (link.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:", "mailto:")) and not folders.is_front(href)


def _categories(page: Page, title_line: int | None) -> Iterator[str]:
    """Yield the categories that links by the title name as such."""
    for link in page.tagged:
        if "category" in link.roles and link.foreign is None and abs(link.line - (title_line or 0)) <= BESIDE_TITLE:
            yield text_of(link.element, 80)


def _of_title(page: Page, place: Place) -> Iterator[str]:
    """Yield what stands between headline and site in the page's title, where a menu has it, too."""
    parts = [part.strip() for part in suffixes.pieces(page.title)[0]] if place.title else []
    if len(parts) < 3 or key(parts[0]) != key(place.title or ""):
        return
    menu = {
        key(line.text) for line in page.lines if len(line.text) <= MAX_NAME and line.linked * 5 >= len(line.text) * 4
    }
    yield from (part for part in parts[1:-1] if key(part) in menu and not suffixes.names_site(part, place.sites))


def _visible_path(page: Page, place: Place) -> Iterator[str]:
    """Yield the steps of the last visible path above the title ("Home > Town > Harbour"), the innermost first."""
    if place.line is None:
        return
    title = place.title
    for line in reversed(page.lines[max(0, place.line - _CRUMBS_BEFORE) : place.line]):
        if len(line.text) > 120 or not line.linked:
            continue
        steps = _ARROWS.split(line.text)
        if len(steps) >= 2 and all(len(step) <= 20 for step in steps[:-1]) and _is_path(page, line, steps):
            first = re.sub(r"^[^:：]{2,12}[:：]\s*", "", steps[0])
            # A slogan or a date between arrows is no path.
            last = steps[-1]
            kind = last.partition(" ")[0] in words.words("sites", "home")  # "> Text [print]"
            if kind or not _is_other(last) or key(last) in key(title or "") or key(title or "-") in key(last):
                # Of three steps or more the first is the site, whatever the page calls it.
                yield from reversed([first, *steps[1:]] if len(steps) == 2 else steps[1:])
            return


def _is_path(page: Page, line: Line, steps: Sequence[str]) -> bool:
    """Tell whether steps are a path, not an account's links ("Log in / Register"), languages (DE / EN) or a slogan."""
    account, said = words.words("sites", "account"), [step.casefold() for step in steps if key(step)]
    if all(len(step) == 2 and step.isascii() for step in said) or not account.isdisjoint(said):
        return False
    if _PAGER.search(line.text):
        return False
    above = page.lines[line.index - 1].text if line.index else ""
    if (
        len(said) < 2
        and not line.text.startswith("→")
        and not (_ARROWS.search(above) or above.casefold() in words.words("sites", "home"))
    ):
        return False  # "All stories >", "» Help": of a path with a line a step, the step above has its arrow, too
    # "Subscribe for $1/week", "TV/Radio": a stroke inside a link or amid one's words is no arrow between two.
    links = list(islice(line.element.iter("a"), 12)) if "/" in line.text else []
    if len(links) > 1 and all(folders.is_front(link.get("href") or "") for link in links):
        return False  # a site's editions: "U.S. / Global"
    return not any("/" in text_of(link, 80) for link in links) and (len(links) != 1 or " / " in line.text)
