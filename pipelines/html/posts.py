"""Whole posts one below the other: how blogs show a tag, a month or the next page, each under its linked headline.

Teasers are told by their being short; these are not. But each stands in an element that says it is a post, none of
these within another, and the headline is a link to where the post itself is. A list of things that an article tells
of stands within the article; in a thread all headlines are one; entries of a live blog link to their own page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

from pipelines.forms import is_prose, key
from pipelines.html.blocks import Container, Page

FEW = 3
"""Posts from which a page is a list of them; the article and its next two, loaded below it, are as many, but the first
links to no other page."""
SHARE = 0.9
"""Share of the kept running text that stands in them."""
REACH = 4
"""Blocks of a post among which its headline is: a day or a section may stand above it."""
LINKED = 0.9
"""Share of the headline that is link."""
_SIGNS = ("hentry", "h-entry", "BlogPosting", "<article", "<ARTICLE")
"""One of which the source of such a page has."""
_SURE = frozenset({"hentry", "h-entry"})
_DAY = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[-./]\d{1,2}\b|\d月")
_SLUG = re.compile(r"(?:[^/-]+-){3}|[^/]{40}")


def whole_posts(source: str, page: Page, keep: Sequence[bool], base: str, url: str) -> int:
    """Return how many other pages' whole posts make up what was kept of a page, 0 where something else does.

    ``url`` is the page's own address, ``base`` what its links are relative to.
    """
    if _few_headlines(page, keep) or not url.startswith(("http://", "https://")):
        return 0
    if not any(sign in source for sign in _SIGNS):
        return 0
    told = [kept and is_prose(leaf.text) for leaf, kept in zip(page.leaves, keep, strict=True)]
    before = list(accumulate(told, initial=0))
    heads: dict[int, Container] = {}
    for post in _posts(page):
        head = _headline(page, post)
        if head is not None and before[post.end] > before[post.start]:
            heads[head] = post
    heads = _of_others(page, heads, base, url)
    names = {key(page.leaves[index].text) for index in heads}
    if len(heads) < FEW or len(names) < len(heads):
        return 0
    texts = [index for index, is_told in enumerate(told) if is_told]
    inside = {index for post in heads.values() for index in range(post.start, post.end) if told[index]}
    everything = sum(len(page.leaves[index].text) for index in texts)
    share = sum(len(page.leaves[index].text) for index in inside) / everything
    return len(heads) if texts[0] in inside and share >= SHARE else 0


def _few_headlines(page: Page, keep: Sequence[bool]) -> bool:
    """Say whether too few headings up to the end of the text are links: on most pages, which are looked at no more."""
    last = max((index for index, kept in enumerate(keep) if kept), default=-1)
    return sum(leaf.level > 0 and leaf.links == 1 for leaf in page.leaves[: last + 1]) < FEW


def _posts(page: Page) -> Iterator[Container]:
    """Yield the outermost elements that are posts by their name, or articles with a day in them."""
    past = 0
    for container in page.containers:
        if container.start >= past and _is_post(container):
            past = container.end
            if _is_named(container) or _has_day(page, container):
                yield container


def _is_post(container: Container) -> bool:
    if container.tag == "article" or _is_named(container):
        return True
    return (container.element.get("itemtype") or "").endswith("Article")


def _is_named(container: Container) -> bool:
    """Say whether an element is called a post as programs for blogs do it."""
    classes = container.element.get("class")
    if classes and not _SURE.isdisjoint(classes[:400].split()):
        return True
    return (container.element.get("itemtype") or "").endswith("BlogPosting")


def _has_day(page: Page, post: Container) -> bool:
    """Say whether a post has a date: items of a list of places or products have none."""
    if next(post.element.iter("time"), None) is not None:
        return True
    near = (*page.leaves[post.start : post.start + REACH], page.leaves[post.end - 1])
    return any(len(leaf.text) < 80 and _DAY.search(leaf.text) for leaf in near)


def _headline(page: Page, post: Container) -> int | None:
    """Return the first heading near the beginning of a post, None where it is no link."""
    for index in range(post.start, min(post.end, post.start + REACH)):
        leaf = page.leaves[index]
        if leaf.level:
            return index if leaf.links == 1 and leaf.link_chars >= LINKED * len(leaf.text) else None
    return None


def _of_others(page: Page, heads: dict[int, Container], base: str, url: str) -> dict[int, Container]:
    """Return the posts whose headlines link to pages of the site, each to another one and none to this."""
    own = _address(url)
    found: dict[tuple[str, str, str], int] = {}
    for anchor in page.links:
        if anchor.block in heads and not anchor.is_picture:
            there = _address(urljoin(base, anchor.url))
            if there[0] == own[0] and there[1:] != own[1:] and not _is_part(there[1], own[1]):
                found.setdefault(there, anchor.block)
    return {index: heads[index] for index in found.values()}


def _is_part(path: str, own: str) -> bool:
    """Say whether an address is that of an entry of a story: the story's with a number, or steps behind it."""
    return _SLUG.search(own.rpartition("/")[2]) is not None and (path == own or path.startswith(own + "/"))


def _address(address: str) -> tuple[str, str, str]:
    """Return the site, the path and the query of an address."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", "", ""
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query
