"""What stands between and behind the kept lines of a page: the verdict on the page needs it, the article does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.forms import is_prose, is_sentence, key, width
from pipelines.html.blocks import Page

HEADLINE_WIDTH = 16
"""Columns from which a linked line may be a headline: names of sections and tags are shorter."""
LINKED = 0.6
"""Share of a line that is link, from which the line is one: a date or a count may stand beside it."""
TEASER_STEPS = 2
"""A teaser stands at most so many lines behind its headline: a date or a section may be between them."""
LISTED_WIDTH = 24
"""Columns from which a linked line may be one of a list of news."""
MIN_NAME, NAMED = 4, 60
"""Letters a line must share with the title to be its headline: at least so many, and half of so many at most."""
AFTER_LINES = 6
"""Lines behind the text that may be the box that locks the rest of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """Lines that link to further pages of the site: among the kept lines, with a kept line as teaser, above them.

    ``opened``: the kept lines begin with running text that is none of their teasers.
    """

    among: int = 0
    teased: int = 0
    above: int = 0
    opened: bool = False


def headlines(page: Page, keep: Sequence[bool], places: dict[str, int]) -> Headlines:
    """Count a page's headlines, each address once; ``among`` is from just before the first kept line to the last.

    ``places`` are the page's links as ``linked`` gives them.
    """
    kept = [index for index, flag in enumerate(keep) if flag]
    if not kept:
        return Headlines()
    first = max(0, kept[0] - TEASER_STEPS)
    every = {at for at in places.values() if at <= kept[-1] + 1}
    lines = {at for at in every if at >= first}
    teased = 0
    for at in lines:
        following = range(at + 1, min(at + 1 + TEASER_STEPS, len(page.leaves)))
        teased += any(keep[index] and index not in lines for index in following)
    opening = page.leaves[kept[0]]
    own = opening.level == 0 and (is_sentence(opening.text) or is_prose(opening.text))
    opened = own and min(lines, default=kept[0] + 1) > kept[0]
    return Headlines(among=len(lines), teased=teased, above=len(every) - len(lines), opened=opened)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Linked lines of the page and their columns; columns from the headline to the first kept line, -1 without one."""

    linked_lines: int = 0
    linked_columns: int = 0
    gap: int = -1


def surroundings(page: Page, keep: Sequence[bool], title: str | None) -> Surroundings:
    """Measure what stands around a short text."""
    linked = [leaf.text for leaf in page.leaves if leaf.link_chars >= LINKED * len(leaf.text)]
    columns = [size for size in map(width, linked) if size >= LISTED_WIDTH]
    first = next((index for index, flag in enumerate(keep) if flag), 0)
    place = _headline(page, first, key(title or ""))
    gap = sum(width(leaf.text) for leaf in page.leaves[place + 1 : first]) if place is not None else -1
    return Surroundings(linked_lines=len(columns), linked_columns=sum(columns), gap=gap)


def _headline(page: Page, last: int, title: str) -> int | None:
    """Return the line at or above ``last`` that has the title's words, else the last heading of the first level."""
    top = None
    for index in range(min(last, len(page.leaves) - 1), -1, -1):
        leaf = page.leaves[index]
        own = key(leaf.text[:500])
        if title and len(own) >= max(MIN_NAME, min(len(title), NAMED) / 2) and (own in title or title in own):
            return index
        if top is None and leaf.level == 1:
            top = index
    return top


_STORY = re.compile(
    r"[^/]{20}|[0-9]{4}|(?:-[^/-]+){3}|(?:id|p)=[0-9]|(?:^|/)(?=[a-z]{0,9}[0-9]{1,9}[a-z]{1,9}[0-9])[a-z0-9]{8,}(?![^/?.])"
)
"""What the address of a single article has and that of a section or tag has not: a long name, a number, a date, a code
of letters and digits in turn ("/articles/cz0p9m3e2lno")."""


def is_story(address: str) -> bool:
    """Say whether an address looks like that of a single article."""
    return _STORY.search(address.partition("://")[2].partition("/")[2]) is not None


def stories(places: dict[str, int]) -> list[int]:
    """Return the lines that link to single articles of the page's own site, of its links as ``linked`` gives them."""
    return sorted({at for rest, at in places.items() if _STORY.search(rest)})


def linked(page: Page, base: str, url: str) -> dict[str, int]:
    """Return the addresses of linked lines, without the page's own site, with the index of the first line of each."""
    home, here = _site(base), _site_and_rest(url)
    found: dict[str, int] = {}
    for anchor in page.links:
        if anchor.block >= len(page.leaves):
            continue
        leaf = page.leaves[anchor.block]
        if leaf.link_chars < LINKED * len(leaf.text) or width(leaf.text) < HEADLINE_WIDTH:
            continue
        href = anchor.url.partition("#")[0].strip()
        if "://" in href or href.startswith("//"):
            site, rest = _site_and_rest(href)
        else:  # not resolved: hundreds of links a page, and only their site and their being different count
            site, rest = home, href
        if rest and site == here[0] and rest != here[1] and not rest.startswith(("javascript:", "mailto:", "tel:")):
            found.setdefault(rest, anchor.block)
    return found


def _site_and_rest(address: str) -> tuple[str, str]:
    """Return the host without www, and the path with its query, of an absolute address."""
    host, _, rest = address.partition("//")[2].partition("/")
    return host.lower().removeprefix("www."), "/" + rest.partition("#")[0]


def _site(address: str) -> str:
    return _site_and_rest(address)[0]


def after(page: Page, keep: Sequence[bool]) -> tuple[str, ...]:
    """Return the lines right behind the last kept one."""
    last = max((index for index, flag in enumerate(keep) if flag), default=-1)
    return tuple(leaf.text[:400] for leaf in page.leaves[last + 1 : last + 1 + AFTER_LINES])
