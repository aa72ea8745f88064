"""From a response to what it means: validators, candidates that its source wants, further pages to read. Pure."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.etree
import lxml.html
from scrapy.exceptions import IgnoreRequest

from crawler import discovery, json_lists, links, times
from crawler.discovery import Candidate, Found
from crawler.state import Resource, Validators
from pipelines.decode import decode
from pipelines.errors import BrokenPage

if TYPE_CHECKING:
    from scrapy.http import Request, Response

    from crawler.sources import Source

Reader = Callable[[bytes, str, str], Found]
"""(body, address, content type) → what it names; raises BrokenPage."""
_NEVER = float("inf")
_OF_ARTICLES = re.compile(
    r"(?<![a-z])(?:posts?|articles?|news|stor(?:y|ies)|blogs?|artikel|beitraege|art[ií]culos?|noticias?|actualites?|"
    r"notizie|nachrichten|xinwen)(?![a-z])(?!.*(?<![a-z])pages?(?![a-z]))"
)
_OF_OTHERS = re.compile(r"(?<![a-z])(?:categor(?:y|ies)|tags?|authors?|users?|taxonom(?:y|ies)|products?)(?![a-z])")
"""Words in the names of sitemaps, as content systems write them (post-sitemap.xml, wp-sitemap-taxonomies-tag-1.xml):
those of articles, and those of lists and goods, which name none."""
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
    modified, sent = header("Last-Modified"), header("Date")
    if modified and ((sent and _is_later(modified, sent)) or _is_later(_FIRST, modified)):
        modified = None  # asked with it, many servers would say until that day, or for ever, that nothing has changed
    return Validators(etag=header("ETag"), modified=modified, body_sha256=digest)


_FIRST = "Sun, 06 Nov 1994 08:49:37 GMT"
"""The example date of HTTP itself: what a page changed before is a clock that was never set, as 1 January 1970."""


def _is_later(one: str, other: str) -> bool:
    """Tell whether the first of two HTTP dates is a day or more after the second."""
    try:
        return (parsedate_to_datetime(one) - parsedate_to_datetime(other)).total_seconds() > 86_400
    except (ValueError, TypeError, OverflowError):
        return False


def was_asked_with(response: Response) -> bool:
    """Tell whether a response answers a question for changes; one to a plain question cannot be 304."""
    request = response.request
    return request is not None and any(name in request.headers for name in ("If-None-Match", "If-Modified-Since"))


def resource_of(asked: Request | Response) -> Resource:
    """Return the feed, sitemap or section that was asked for: by the address asked, before any redirect."""
    meta = asked.meta
    return Resource(url=str(meta["list"]), role=str(meta["role"]), depth=int(meta["depth"]))


def read_list(body: bytes, url: str, media: str) -> Found:
    """Read a feed or sitemap, or a list in JSON."""
    listed = json_lists.read(discovery.unpacked(body, discovery.MAX_BYTES), url, media)
    if listed is not None:
        return listed
    return discovery.read(body, url, media)


def read_section(body: bytes, url: str, media: str) -> Found:
    """Read a section page, or a list in JSON."""
    if (listed := json_lists.read(body, url, media)) is not None:
        return listed
    text, _ = decode(body, media, is_html=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError) as error:
        raise BrokenPage("no_html", str(error)[:200]) from None
    found = discovery.read_page(tree, url)
    if not (found.articles or found.sections) and (target := discovery.script_target(body, url)):
        return Found(sections=(Candidate(url=target),))  # a page that holds nothing but a script which goes there
    return found


def candidates(source: Source, resource: Resource, found: Found) -> Iterator[Candidate]:
    """Yield the articles that a source wants of what a resource names.

    What a feed or a news sitemap names is an article; a sitemap names every page of a site, so the form of the
    address has to speak for it, unless the source's own patterns do. Where the sitemap's own name speaks of articles
    (post-sitemap.xml), little is asked of the form.
    """
    name = _name(resource.url)
    least = -3 if _OF_ARTICLES.search(name) and not _OF_OTHERS.search(name) else 1
    for one in found.articles:
        if not inside(source, one.url) or links.is_file(one.url) or links.is_trap(one.url):
            continue
        if not source.wants(one.url):
            continue
        speaks = resource.role != "sitemap" or source.allow or one.is_news
        if not speaks and links.article_score(one.url, one.text) < least:
            continue
        yield one
    if resource.role == "section" and source.allow:
        wanted = (one for one in found.sections if inside(source, one.url) and source.wants(one.url))
        yield from wanted


def children(source: Source, resource: Resource, found: Found, now: float) -> list[Resource]:
    """Return the further sitemaps and sections to read, within depth and age; the newest sitemaps first."""
    made = []
    oldest = now - source.max_age_days * 86_400 if source.max_age_days else 0.0
    if resource.role == "sitemap" and resource.depth < MAX_DEPTH:
        for one in newest_first(found.sitemaps):
            other = not source.allow and _OF_OTHERS.search(_name(one.url))
            if inside(source, one.url) and not other and _newest(one) >= oldest:
                made.append(Resource(url=one.url, role="sitemap", depth=resource.depth + 1))
    if resource.role == "section" and resource.depth < source.depth:
        for one in found.sections:
            if inside(source, one.url) and not any(pattern.search(one.url) for pattern in source.deny):
                made.append(Resource(url=one.url, role="section", depth=resource.depth + 1))
    return made


def newest_first(maps: Iterable[Candidate]) -> list[Candidate]:
    """Order the parts of an index, which may name more than one run reads: decades, with the newest part at one end.

    Their own times decide, then the months in their names; what has neither is taken from both ends, between those.
    """
    every = list(maps)
    dated = [one for one in every if _newest(one) < _NEVER]
    dated.sort(key=lambda one: (_newest(one), times.latest_by_address(one.url) or 0.0), reverse=True)
    loose = deque(one for one in every if _newest(one) == _NEVER)
    ends = [loose.pop() if number % 2 else loose.popleft() for number in range(len(loose))]
    return [one for pair in itertools.zip_longest(ends, dated) for one in pair if one is not None]


def _newest(one: Candidate) -> float:
    """Return when the newest of a sitemap's entries may have been written, in seconds since 1970."""
    if one.at:
        return one.at.timestamp()
    named = times.latest_by_address(one.url)
    return _NEVER if named is None else named


def _name(url: str) -> str:
    """Return the last part of an address, with its query."""
    parts = urlsplit(url)
    return f"{parts.path.rstrip('/').rpartition('/')[2]}?{parts.query}".lower()


def inside(source: Source, url: str) -> bool:
    """Tell whether an address is on one of a source's hosts."""
    return source.owns(urlsplit(url).hostname or "")


def why_not(error: BaseException | None) -> str:
    """Return a short name for why a request came to nothing: a refusal's words, else the kind of error."""
    return str(error).partition(":")[0] if isinstance(error, IgnoreRequest) else type(error).__name__
