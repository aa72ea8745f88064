"""What the article is about: section, tags and description, as the page states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.sites import MAX_NAME
from pipelines.metadata.text import key, weight
from pipelines.metadata.tree import Line, Page, text_of

MAX_TAGS = 30
_ARROWS = re.compile(r"\s*(?:>+|›|»|→|＞|(?<!\d)/|/(?!\d)|-->)\s*")
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
        if len(line.text) > 120 or not line.linked:
            continue
        steps = _ARROWS.split(line.text)
        if len(steps) >= 2 and all(len(step) <= 20 for step in steps[:-1]) and _is_path(page, line, steps):
            first = re.sub(r"^[^:：]{2,12}[:：]\s*", "", steps[0])
            yield from reversed([first, *steps[1:]])
            return


def _is_path(page: Page, line: Line, steps: Sequence[str]) -> bool:
    """Tell whether steps are a path, not an account's links ("Log in / Register"), languages (DE / EN) or a slogan."""
    account, said = words.words("sites", "account"), [step.casefold() for step in steps if step]
    if all(len(step) == 2 and step.isascii() for step in said) or not account.isdisjoint(said):
        return False
    above = page.lines[line.index - 1].text if line.index else ""
    if len(said) < 2 and steps[0] and not (_ARROWS.search(above) or above.casefold() in words.words("sites", "home")):
        return False  # "All stories >": of a path whose steps have a line each, the step above has its arrow, too
    # "Subscribe for $1/week", "TV/Radio": a stroke inside a link or amid one's words is no arrow between two.
    links = list(islice(line.element.iter("a"), 12)) if "/" in line.text else []
    return not any("/" in text_of(link, 80) for link in links) and (len(links) != 1 or " / " in line.text)


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
