"""From the bytes of feeds, sitemaps and section pages to candidate articles. Pure: no network, no clock, no files.

Everything here reads what a stranger wrote, so it is bounded: bytes come capped from the downloader, XML with entities
is refused, nothing is ever opened by name, and every list has an end.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import lxml.html

from crawler import anchors, links, sitemaps, times
from pipelines.errors import BrokenPage
from pipelines.html.pages import says_next

MAX_BYTES = 16 * 1024 * 1024
"""Of a decompressed feed or sitemap; the sitemap protocol allows 50 MB, but its 50,000 addresses need about 10."""
MAX_LINKS = 50_000
"""Of one resource: the sitemap protocol's own limit."""
MAX_ENTRIES = 5_000
"""Of one feed; the largest seen in the wild have about a thousand."""

_LOOK = 65_536
"""Bytes in which the first element has to stand; licences and style sheets are written before it."""
_TAG = re.compile(rb"<([A-Za-z][\w.:-]*)")
_BEFORE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>]*(?:>|\Z)", re.DOTALL)
_SMALL, _FEW = 8192, 100
"""Bytes and letters of the largest page that can be a script which only leads elsewhere. Such a page says a line as
"You are being redirected, click here if nothing happens"; the shortest article in tests/live has ten times that."""
_GOES = re.compile(
    rb"(?:window|document|self|top|parent)?\.?\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*"
    rb"[\"']([^\"'\s]{1,1000})[\"']\s*[;)}\s<]"
)
_SCRIPTS = re.compile(rb"<(script|style|noscript|title)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WORDS = re.compile(rb"[A-Za-z0-9\x80-\xff]")
_ALIKE = 10
"""Entries of a list from which on one common time is the list's own, of when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link that may be an article: clean address, and when the resource says it was written or changed (UTC)."""

    url: str
    at: datetime | None = None
    text: str = ""
    in_heading: bool = False
    is_news: bool = False
    """A news sitemap or a feed names it: it is an article, whatever its address looks like."""
    dated_with_all: bool = False
    """All entries of its list have this time: it is when the list was made, and says of no article that it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one resource names: articles, further sitemaps, section pages, and feeds."""

    articles: tuple[Candidate, ...] = ()
    sitemaps: tuple[Candidate, ...] = ()
    sections: tuple[Candidate, ...] = ()
    feeds: tuple[str, ...] = ()
    canonical: str | None = None


def kind(body: bytes, content_type: str = "") -> str:
    """Tell ``feed``, ``sitemap``, ``text`` or ``html`` by the first element; the header counts least."""
    head = unpacked(body, _LOOK).removeprefix(b"\xef\xbb\xbf").lstrip()[:_LOOK]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    if head[:1] == b"{":
        return "feed"
    first = _TAG.search(_BEFORE.sub(b"", head))
    name = first[1].lower().rsplit(b":", 1)[-1].decode() if first else ""
    if name in ("rss", "feed", "rdf", "channel"):
        return "feed"
    if name in ("urlset", "sitemapindex"):
        return "sitemap"
    if first is None and re.search(rb"^[ \t]*https?://", head, re.MULTILINE | re.IGNORECASE):
        return "text"
    return "feed" if "rss" in content_type or "atom" in content_type else "html"


def read(body: bytes, url: str, content_type: str = "") -> Found:
    """Read a feed or a sitemap, whichever it is; raise ``BrokenPage`` if it is neither or not safe to read."""
    body = unpacked(body, MAX_BYTES)
    what = kind(body, content_type)
    if what == "html" and (start := body.find(b"<?xml", 1, _LOOK)) > 0:  # a program's warnings stand before its feed
        body = body[start:]
        what = kind(body, content_type)
    if what == "sitemap":
        return read_sitemap(body, url)
    if what == "text":
        return _text_sitemap(body, url)
    if what == "feed":
        return read_feed(body, url)
    raise BrokenPage("not_a_feed", "neither a feed nor a sitemap")


def read_feed(body: bytes, url: str) -> Found:
    """Read an RSS, Atom or JSON feed."""
    if _is_json(body):
        return _json_feed(body, url)
    _refuse_entities(body)
    # A stream, never the bytes: feedparser takes a str or bytes for an address or the name of a file to open.
    parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    # Without a version it is a page under a feed's Content-Type: a bot wall, say.
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        raise BrokenPage("broken_feed", str(parsed.get("bozo_exception", "no feed is in it"))[:200])
    return Found(articles=_marked(_unique(_feed_entries(parsed.entries[:MAX_ENTRIES], url))))


def _is_json(body: bytes) -> bool:
    head = body[:64].replace(b"\x00", b"") if body[:2] in (b"\xff\xfe", b"\xfe\xff") else body
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"{"


def _feed_entries(entries: Iterable[Any], base: str) -> Iterator[Candidate]:
    for entry in entries:
        address = entry.get("feedburner_origlink") or entry.get("link") or _permalink(entry)
        if cleaned := _address(address, base):
            at = times.of_entry(entry, "updated") or times.of_entry(entry, "published")
            yield Candidate(url=cleaned, at=at, text=str(entry.get("title", ""))[:300], is_news=True)


def _address(value: Any, base: str) -> str | None:
    """Return the clean address of an entry; without one it is no entry, though an empty link would name its feed."""
    text = str(value or "").strip()
    return links.clean(text, base) if text else None


def _permalink(entry: Any) -> str:
    value = str(entry.get("id", ""))
    return value if value.startswith(("http://", "https://")) else ""


def _json_feed(body: bytes, url: str) -> Found:
    try:
        return json_feed(json.loads(body), url)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenPage("broken_feed", f"not a JSON feed: {type(error).__name__}") from None


def json_feed(feed: Any, url: str) -> Found:
    """Return what a JSON feed names; KeyError or TypeError where it is none."""
    entries = [item for item in feed["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    found = []
    for item in entries:
        if cleaned := _address(item.get("url") or item.get("external_url") or _permalink(item), url):
            stamps = (times.read(str(item.get(name) or "")) for name in ("date_modified", "date_published"))
            at = next(filter(None, stamps), None)
            found.append(Candidate(url=cleaned, at=at, text=str(item.get("title") or "")[:300], is_news=True))
    return Found(articles=_marked(_unique(found)))


def read_sitemap(body: bytes, url: str) -> Found:
    """Read an XML sitemap, sitemap index or news sitemap; a torn one gives what stands before the tear."""
    _refuse_entities(body)
    pages: list[Candidate] = []
    maps: list[Candidate] = []
    for entry in sitemaps.entries(body, MAX_LINKS):
        if cleaned := _address(entry.own.get("loc"), url):
            at = times.read(entry.own.get("lastmod", "")) or times.read(entry.news.get("publication_date", ""))
            text = entry.news.get("title", "")[:300]
            candidate = Candidate(url=cleaned, at=at, text=text, is_news=bool(entry.news))
            (maps if entry.name == "sitemap" else pages).append(candidate)
    return Found(articles=_marked(_unique(pages)), sitemaps=tuple(_unique(maps)))


def _text_sitemap(body: bytes, url: str) -> Found:
    charset = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    lines = body.decode(charset, "replace").splitlines()[:MAX_LINKS]
    cleaned = (links.clean(line, url) for line in lines if line.strip().lower().startswith(("http://", "https://")))
    return Found(articles=tuple(_unique(Candidate(url=item) for item in cleaned if item)))


def read_page(tree: lxml.html.HtmlElement, url: str) -> Found:
    """Read the links of a section page: articles by form, the rest as further sections; feeds; the canonical."""
    base = links.clean(next(iter(tree.xpath("//base/@href")), ""), url) or url
    further = {links.clean(href, base) for href in tree.xpath("//*[@rel='next']/@href")}
    articles: list[Candidate] = []
    sections: list[Candidate] = []
    best: dict[str, Candidate] = {}
    for link in anchors.read(tree, base, 4 * MAX_LINKS // 10):
        if link.url == url or links.is_file(link.url) or links.is_trap(link.url):
            continue
        known = best.get(link.url)
        if known is None or len(link.text) > len(known.text):
            heading = link.in_heading or bool(known and known.in_heading)
            best[link.url] = Candidate(url=link.url, text=link.text, in_heading=heading)
    for candidate in best.values():
        score = links.article_score(candidate.url, candidate.text, in_heading=candidate.in_heading)
        if candidate.url in further or says_next(candidate.text):
            sections.append(candidate)  # the list's next page, whose address looks like nothing
        elif links.is_other_order(candidate.url):
            continue
        elif score >= 3:
            articles.append(candidate)
        elif score > -5:
            sections.append(candidate)
    frames = (links.clean(frame.get("src") or "", base) for frame in tree.iter("frame"))
    sections += [Candidate(url=one) for one in frames if one and one != url]
    return Found(
        articles=tuple(_unique(articles)),
        sections=tuple(sections),
        feeds=feed_links(tree, base),
        canonical=canonical(tree, base),
    )


def gathered(articles: Iterable[Candidate], sections: Iterable[Candidate]) -> Found:
    """Return what was found in pieces of one list, each identity once."""
    return Found(articles=_marked(_unique(articles)), sections=tuple(_unique(sections)))


def feed_links(tree: lxml.html.HtmlElement, base: str) -> tuple[str, ...]:
    """Return the feeds a page announces in its head."""
    types = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
    found = [
        links.clean(link.get("href") or "", base)
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in types
    ]
    return tuple(dict.fromkeys(item for item in found if item and "comments" not in item))


def canonical(tree: lxml.html.HtmlElement, base: str) -> str | None:
    """Return the canonical address a page names, or None."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return links.clean(link.get("href"), base)
    return None


def twin_of(head: bytes, url: str) -> str | None:
    """Return the full page's address if this page says it is only an AMP or print form of it.

    ``head`` is the beginning of the decoded body; the marks stand in ASCII, so its charset does not matter.
    """
    found = re.search(rb"<link\b[^>]*\brel=[\"']?canonical\b[^>]*>", head[:262_144], re.IGNORECASE)
    address = re.search(rb"href=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", found[0], re.IGNORECASE) if found else None
    if address is None:
        return None
    text = next(group for group in address.groups() if group is not None).decode("utf-8", "replace")
    target = links.clean(text.replace("&amp;", "&"), url)
    is_amp = re.search(rb"<html\b[^>]*(?:\samp\b|\xe2\x9a\xa1)", head[:4096], re.IGNORECASE) is not None
    if target is None or target == links.clean(url) or links.is_twin(target):
        return None
    if links.is_twin(url):
        return target
    # A site in AMP alone often names itself with another scheme or without www: that is this very page.
    return target if is_amp and links.key(target) != links.key(url) else None


def script_target(head: bytes, url: str) -> str | None:
    """Return where a page leads that holds nothing but a script which goes there.

    Only what stands there in full is read, nothing is run. A page with words of its own is taken as it is: many have
    such a line for visitors with small screens.
    """
    found = _GOES.findall(head) if len(head) <= _SMALL else []
    if len(found) != 1 or len(_WORDS.findall(_SCRIPTS.sub(b" ", head))) > _FEW:
        return None
    target = links.clean(found[0].decode("utf-8", "replace").replace("\\/", "/"), url)
    return target if target and links.key(target) != links.key(url) and urlsplit(target).path != "/" else None


def robots_sitemaps(body: bytes, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names."""
    text = body[: 512 * 1024].decode("utf-8-sig", "replace")
    found = (links.clean(match[1], url) for match in re.finditer(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", text))
    return tuple(dict.fromkeys(item for item in found if item))[:100]


def unpacked(body: bytes, limit: int) -> bytes:
    """Return a gzipped body unpacked up to ``limit`` bytes (more raises ``BrokenPage``); any other body as it is.

    With a small limit used for looking at the beginning, what is over is cut instead.
    """
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            data = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenPage("truncated_gzip", str(error)[:200]) from None
    if len(data) > limit and limit >= MAX_BYTES:
        raise BrokenPage("too_large", f"unpacks to more than {limit} bytes")
    return data[:limit]


def _refuse_entities(body: bytes) -> None:
    """Raise on an XML entity declaration: no honest feed has one, and bombs and file reads are made of them."""
    flat = body.replace(b"\x00", b"") if b"\x00" in body[:4] else body  # the same mark in UTF-16 and UTF-32
    if re.search(rb"<!\s*ENTITY", flat, re.IGNORECASE):
        raise BrokenPage("xml_entities", "declares XML entities")


def _marked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Mark the entries of a list that dates ten or more all alike, within a minute."""
    every = tuple(candidates)
    stamps = [one.at.timestamp() for one in every if one.at]
    if len(stamps) < _ALIKE or max(stamps) - min(stamps) > 60:
        return every
    return tuple(replace(one, dated_with_all=True) for one in every)


def _unique(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Keep one candidate an identity: the full page before its AMP or print twin, else the first; newest time."""
    kept: dict[str, Candidate] = {}
    for candidate in candidates:
        identity = links.key(candidate.url)
        known = kept.get(identity)
        if known is None or (links.is_twin(known.url) and not links.is_twin(candidate.url)):
            kept[identity] = candidate
    return iter(kept.values())
