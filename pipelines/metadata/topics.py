"""What the article is about: section, tags and description, as the page states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import moments, suffixes, words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.sites import MAX_NAME
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Line, Page, text_of

MAX_TAGS = 30
_ARROWS = re.compile(r"\s*(?:>+|›|»|→|＞|(?<!\d)/|/(?!\d)|-->)\s*")
_SEVERAL = re.compile(r",(?=\S)|[;|]")
_CODE = re.compile(r"[@/_]|\w+:|[a-z0-9]+(?:_[a-z0-9]+)+$")
"""What content systems put among tags for themselves: handles, paths, fields, snake_case."""
MIN_KEYWORDS = 5
"""Characters of the shortest list of keywords that a description may end with."""
MAX_SECTION = 6
"""Words of the longest section that a path or a title names: what is longer is a slogan or another headline."""
TAGS_BEHIND = 8
"""Lines behind the article's last one among which its tags stand; further on are those of other articles."""
_OWN_FRAME = re.compile(r"tag|label|(?:post|entry|article)[-_]?(?:foot|meta)", re.IGNORECASE)
_PAGER = re.compile(r"^[«‹←].*[»›→]$")
"""The way to the articles before and after: "« Previous | Next »"."""
_WEEK = re.compile(r"(?:KW|week|semaine|semana|vecka|uge|uke)\s?\d{1,2}", re.IGNORECASE)
_LISTED = re.compile("[,，;；、|]")
_STAMP = re.compile(r"(?:19|20)\d{6}")
_COUNT = re.compile(r"[(\[]?\s*\d[\d.,\s]*[)\]]?")
_CLOCK = re.compile(r"\d:\d\d")
BESIDE_TITLE = 6
"""Lines from the title within which a category is the article's."""
_CRUMBS_BEFORE = 30
"""Lines above the title in which a visible path is looked for."""


def section(page: Page, facts: Facts, names_of_site: Iterable[str], title: str | None, line: int | None) -> str | None:
    """Return the article's section: meta, JSON-LD, else the last step before the article of the path to it.

    Where nothing leads to it, its category (``rel``), or what its title says behind the headline and a menu repeats.
    """
    sites = tuple(names_of_site)
    skip = {key(word) for part in ("home", "no_section") for word in words.words("sites", part)} | set(map(key, sites))
    stated = (*page.meta(*words.table("fields")["section"]), *facts.section)
    crumbs = reversed(facts.breadcrumb if title else ())
    for values in (
        stated,
        crumbs,
        _visible_path(page, line, title),
        _categories(page, line),
        _of_title(page, title, sites),
    ):
        for raw in values:
            # "Mundo,América": several sections in one value, the closest first.
            name = _SEVERAL.split(clean(raw))[0].strip(" >»/|")
            name = suffixes.strip_site(name, sites) if "_" in name else name
            own = key(name)
            repeats = (own in key(title or "") and weight(name) > 3) or own == key(title or "")
            fits = 1 < len(name) <= MAX_NAME and own and own not in skip and not repeats and "://" not in name
            if fits and (values is stated or not _is_other(name)):
                return name
    return None


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


def _categories(page: Page, title_line: int | None) -> Iterator[str]:
    """Yield the categories that links by the title name as such."""
    for link in page.tagged:
        if "category" in link.roles and link.foreign is None and abs(link.line - (title_line or 0)) <= BESIDE_TITLE:
            yield text_of(link.element, 80)


def _of_title(page: Page, title: str | None, sites: Sequence[str]) -> Iterator[str]:
    """Yield what stands between headline and site in the page's title, where a menu has it, too."""
    parts = [part.strip() for part in suffixes.pieces(page.title)[0]] if title else []
    if len(parts) < 3 or key(parts[0]) != key(title or ""):
        return
    menu = {
        key(line.text) for line in page.lines if len(line.text) <= MAX_NAME and line.linked * 5 >= len(line.text) * 4
    }
    yield from (part for part in parts[1:-1] if key(part) in menu and not suffixes.names_site(part, sites))


def _visible_path(page: Page, title_line: int | None, title: str | None) -> Iterator[str]:
    """Yield the steps of the last visible path above the title ("Home > Town > Harbour"), the innermost first."""
    if title_line is None:
        return
    for line in reversed(page.lines[max(0, title_line - _CRUMBS_BEFORE) : title_line]):
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
    return not any("/" in text_of(link, 80) for link in links) and (len(links) != 1 or " / " in line.text)


def tags(
    page: Page, facts: Facts, no: Iterable[str], text: str, lines: tuple[int | None, int | None] = (None, None)
) -> tuple[str, ...]:
    """Return the article's tags; of a keyword list only those that the article's ``text`` mentions.

    Many sites put one list of keywords on every page: it says nothing of the article. ``lines`` are those of the title
    and of the article's end, between which links with ``rel`` name its tags.
    """
    skip = {key(name) for name in no}
    own = list(_pieces(page.meta(*words.table("fields")["tags"]), skip))
    own = own or list(_pieces(_linked_tags(page, *lines), skip))
    if own:
        return tuple(own[:MAX_TAGS])
    listed = list(_pieces((*facts.keywords, *page.meta(*words.table("fields")["keywords"])), skip))
    if not listed:  # as on most pages, and the key of a whole article is dear
        return ()
    mentioned = key(text)
    return tuple(tag for tag in listed if key(tag) in mentioned)[:MAX_TAGS]


def _linked_tags(page: Page, start: int | None, end: int | None) -> Iterator[str]:
    """Yield the texts of links that name a tag of the page by ``rel``: those by the article, not those of a frame."""
    last = end + TAGS_BEHIND if end is not None else -1
    # Below the article a headline with a link is another's, and so are the tags behind it.
    below = (each for each in page.headings if end is not None and end < each.line <= last)
    last = next((each.line for each in below if _is_linked_headline(each.element)), last)
    other = words.words("sites", "no_section")
    for link in page.tagged:
        if "category" not in link.roles and _is_own(link.foreign) and (start or 0) - 4 <= link.line <= last:
            text = _without_count(link.element).removeprefix("#")
            if text.casefold() not in other and not text.isdigit():
                yield text


def _without_count(link: HtmlElement) -> str:
    """Return the text of a link without the number of articles that an element of its own ends it with."""
    text = text_of(link, 80)
    last = next((child for child in reversed(link) if isinstance(child.tag, str)), None)
    counted = last is not None and not (last.tail or "").strip() and _COUNT.fullmatch(count := text_of(last, 20))
    return text.removesuffix(count).strip() or text if counted else text


def _is_linked_headline(heading: HtmlElement) -> bool:
    """Tell whether a heading holds a link and is longer than a name."""
    return next(heading.iter("a"), None) is not None and weight(text_of(heading, 200)) >= 3


def _is_own(frame: HtmlElement | None) -> bool:
    """Tell whether a frame is none, the foot of an entry or a list of its tags."""
    if frame is None or frame.tag == "footer":
        return True
    return frame.tag not in ("aside", "nav") and bool(_OWN_FRAME.search((frame.get("class") or "")[:200]))


def _pieces(lines: Iterable[str], skip: set[str]) -> Iterator[str]:
    """Yield the single tags of lists, without repeats, codes and names of the site."""
    seen = set(skip)
    for _, line in zip(range(100), lines, strict=False):
        for piece in re.split(r"[,;，；、|]", line[:2000]):
            tag = clean(piece).strip().removeprefix("& ")
            own = key(tag)
            if 1 < len(tag) <= 50 and own and own not in seen and not _CODE.match(tag) and not _STAMP.fullmatch(tag):
                seen.add(own)
                yield tag


def description(page: Page, facts: Facts) -> str | None:
    """Return the page's description without the keywords behind it; one of a word or two is a template's filler."""
    keywords = [clean(raw) for raw in page.meta(*words.table("fields")["keywords"])]
    listed = [each for each in keywords if len(each) >= MIN_KEYWORDS and _LISTED.search(each)]
    for raw in (*page.meta(*words.table("fields")["description"]), facts.description):
        text = clean(raw)
        ends = next((each for each in listed if text.endswith(each)), "")
        text = text.removesuffix(ends).rstrip(" ,，;；|-") if ends else text
        if weight(text) >= 3:
            return text
    return None
