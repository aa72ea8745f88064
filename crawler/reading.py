"""From a response to what it means: validators, candidates that its source wants, further pages to read. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.etree
import lxml.html

from crawler import discovery, links
from crawler.discovery import Candidate, Found
from crawler.state import Resource, Validators
from pipelines.decode import decode
from pipelines.errors import BrokenPage

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.sources import Source

Reader = Callable[[bytes, str, str], Found]
"""(body, address, content type) → what it names; raises BrokenPage."""
MAX_DEPTH = 3
"""Of sitemap indexes; the protocol allows one level."""


def content_type(response: Response) -> str:
    """Return the whole Content-Type header."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def conditions(validators: Validators) -> dict[str, str]:
    """Return the headers that ask only for what has changed."""
    headers = {}
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.modified:
        headers["If-Modified-Since"] = validators.modified
    return headers


def validators_of(response: Response) -> Validators:
    """Return what a response gives to ask again with, and the hash of its body."""

    def header(name: str) -> str | None:
        value = (response.headers.get(name) or b"").decode("latin-1").strip()
        return value if value and len(value) < 500 and value.isprintable() else None

    digest = hashlib.sha256(response.body).hexdigest() if response.body else None
    return Validators(etag=header("ETag"), modified=header("Last-Modified"), body_sha256=digest)


def resource_of(response: Response) -> Resource:
    """Return the feed, sitemap or section that was asked for: by the address asked, before any redirect."""
    first = str(next(iter(response.meta.get("redirect_urls", ())), response.url))
    return Resource(url=first, role=str(response.meta["role"]), depth=int(response.meta["depth"]))


def read_list(body: bytes, url: str, media: str) -> Found:
    """Read a feed or sitemap."""
    return discovery.read(body, url, media)


def read_section(body: bytes, url: str, media: str) -> Found:
    """Read a section page."""
    text, _ = decode(body, media, is_html=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError) as error:
        raise BrokenPage("no_html", str(error)[:200]) from None
    return discovery.read_page(tree, url)


def candidates(source: Source, resource: Resource, found: Found) -> Iterator[Candidate]:
    """Yield the articles that a source wants of what a resource names.

    What a feed or a news sitemap names is an article; a sitemap names every page of a site, so the form of the
    address has to speak for it, unless the source's own patterns do.
    """
    for one in found.articles:
        if not _inside(source, one.url) or links.is_file(one.url) or links.is_trap(one.url):
            continue
        if not source.wants(one.url):
            continue
        if resource.role == "sitemap" and not source.allow and links.article_score(one.url, one.text) < 1:
            continue
        yield one
    if resource.role == "section" and source.allow:
        wanted = (one for one in found.sections if _inside(source, one.url) and source.wants(one.url))
        yield from wanted


def children(source: Source, resource: Resource, found: Found, now: float) -> list[Resource]:
    """Return the further sitemaps and sections to read, within depth and age."""
    made = []
    oldest = now - source.max_age_days * 86_400 if source.max_age_days else 0.0
    if resource.role == "sitemap" and resource.depth < MAX_DEPTH:
        for one in found.sitemaps:
            if _inside(source, one.url) and not (one.at and one.at.timestamp() < oldest):
                made.append(Resource(url=one.url, role="sitemap", depth=resource.depth + 1))
    if resource.role == "section" and resource.depth < source.depth:
        for one in found.sections:
            if _inside(source, one.url) and not any(pattern.search(one.url) for pattern in source.deny):
                made.append(Resource(url=one.url, role="section", depth=resource.depth + 1))
    return made


def _inside(source: Source, url: str) -> bool:
    return source.owns(urlsplit(url).hostname or "")
