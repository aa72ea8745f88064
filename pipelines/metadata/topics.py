"""What the article is about: section, tags and description, as the page states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.sites import MAX_NAME
from pipelines.metadata.text import key, weight
from pipelines.metadata.tree import Page

MAX_TAGS = 30
_ARROWS = re.compile(r"\s*(?:>+|›|»|→|＞|/|-->)\s*")
_SEVERAL = re.compile(r",(?=\S)|[;|]")
_CODE = re.compile(r"[@/_]|\w+:|[a-z0-9]+(?:_[a-z0-9]+)+$")
"""What content systems put among tags for themselves: handles, paths, fields, snake_case."""
_CRUMBS_BEFORE = 30
"""Lines above the title in which a visible path is looked for."""


def section(page: Page, facts: Facts, names_of_site: Iterable[str], title: str | None, line: int | None) -> str | None:
    """Return the article's section: meta, JSON-LD, else the last step before the article of the path to it."""
    skip = {key(word) for word in words.words("sites", "home")} | {key(name) for name in names_of_site}
    stated = (*page.meta(*words.table("fields")["section"]), *facts.section)
    for raw in (*stated, *reversed(facts.breadcrumb if title else ()), *_visible_path(page, line)):
        # "Mundo,América": several sections in one value, the closest first.
        name = _SEVERAL.split(clean(raw))[0].strip(" >»/|")
        own = key(name)
        repeats = (own in key(title or "") and weight(name) > 3) or own == key(title or "")
        if 1 < len(name) <= MAX_NAME and own and own not in skip and not repeats and "://" not in name:
            return name
    return None


def _visible_path(page: Page, title_line: int | None) -> Iterator[str]:
    """Yield the steps of the last visible path above the title ("Home > Town > Harbour"), the innermost first."""
    if title_line is None:
        return
    for line in reversed(page.lines[max(0, title_line - _CRUMBS_BEFORE) : title_line]):
        steps = _ARROWS.split(line.text)
        if len(steps) >= 2 and len(line.text) <= 120 and line.linked and all(len(step) <= 20 for step in steps[:-1]):
            first = re.sub(r"^[^:：]{2,12}[:：]\s*", "", steps[0])
            yield from reversed([first, *steps[1:]])
            return


def tags(page: Page, facts: Facts, no: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the article's tags; of a keyword list only those that the article's ``text`` mentions.

    Many sites put one list of keywords on every page: it says nothing of the article.
    """
    skip = {key(name) for name in no}
    own = list(_pieces(page.meta(*words.table("fields")["tags"]), skip))
    if own:
        return tuple(own[:MAX_TAGS])
    listed = list(_pieces((*facts.keywords, *page.meta(*words.table("fields")["keywords"])), skip))
    if not listed:  # as on most pages, and the key of a whole article is dear
        return ()
    mentioned = key(text)
    return tuple(tag for tag in listed if key(tag) in mentioned)[:MAX_TAGS]


def _pieces(lines: Iterable[str], skip: set[str]) -> Iterator[str]:
    """Yield the single tags of lists, without repeats, codes and names of the site."""
    seen = set(skip)
    for _, line in zip(range(100), lines, strict=False):
        for piece in re.split(r"[,;，；、|]", line[:2000]):
            tag = clean(piece).strip().removeprefix("& ")
            own = key(tag)
            if 1 < len(tag) <= 50 and own and own not in seen and not _CODE.match(tag):
                seen.add(own)
                yield tag


def description(page: Page, facts: Facts) -> str | None:
    """Return the page's description; one of a word or two is a template's filler."""
    for raw in (*page.meta(*words.table("fields")["description"]), facts.description):
        text = clean(raw)
        if weight(text) >= 3:
            return text
    return None
