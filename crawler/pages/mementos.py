"""Mementos (RFC 7089): copies out of a web archive, read as the pages that they are copies of.

The Wayback Machine and every archive that runs pywb or OpenWayback put the time of the copy and the address of the
page into the copy's own address (``https://archive/web/20240119100800/https://example.org/a``), point every link of
the page to further copies, and add a banner and scripts. Left so, an article would belong to the archive: its site,
its time zone, its links, and a banner in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import unquote

from pipelines.model import RawPage

from .notes import compact

_MEMENTO = re.compile(
    r"(?P<prefix>https?://[^/?#]+/(?:[^/?#]+/){0,5}?)"
    r"(?P<at>\d{8,14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}[^/].*)",
    re.DOTALL,
)
_UNDATED = re.compile(
    r"(?P<prefix>https?://[^/?#]+/(?:[^/?#]+/){0,3}?(?:web|wayback)/)(?:\d{1,7}(?:[a-z]{2}_)?/|\*/)?(?P<url>https?:/{1,2}[^/].*)",
    re.DOTALL,
)
"""``/web/https://example.org/`` leads to the newest copy, ``/web/2016/https://…`` to one of that year."""
_WAYBACK = re.compile(
    rb"__wm\.wombat\(\"(?P<url>https?:[^\"\s]+)\",\s*\"(?P<at>\d{14})\",\s*\"(?P<prefix>https?://[^\"\s]+?/)\""
)
_WAYBACK_PREFIX = re.compile(rb"__wm\.init\(\"(?P<prefix>https?://[^\"\s]+?)/?\"\)")
_PYWB = {
    name: re.compile(rb"\bwbinfo\.%s = (?:decodeURI\()?\"(?P<value>[^\"\s]+)\"" % name.encode())
    for name in ("url", "timestamp", "prefix")
}
_INSERTS = (
    (b"/_static/js/", b"<script", b"<!-- End Wayback Rewrite JS Include -->"),
    (b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!--", b"<!-- END WAYBACK TOOLBAR INSERT -->"),
    (b"FILE ARCHIVED ON", b"<!--", b"-->"),
    (b"playback timings (ms)", b"<!--", b"-->"),
    (b"<!-- WB Insert -->", b"<!--", b"<!-- End WB Insert -->"),
)
"""What archives add: a mark, what the piece begins with at the mark or before it, and what ends it."""
_MARKS = (b"__wm.", b"WAYBACK TOOLBAR", b"FILE ARCHIVED ON", b"wbinfo.")
_SLASH = rb"(?:\\?/|\\u002[Ff])"
"""A slash in an attribute, and the two ways to write it in JSON."""
_FAR = 64 * 2**10
"""Bytes from the start in which an archive's scripts stand: they come first in the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copy:
    """``url`` of the page, ``at`` (UTC) the time of the copy, if known, ``prefix`` of the addresses of all copies."""

    url: str
    at: datetime | None
    prefix: str


def original(page: RawPage) -> RawPage:
    """Return a copy out of a web archive as the page it is a copy of; any other page as it is.

    ``url`` and ``fetched_at`` become those of the original, ``body`` loses what the archive added and links to where
    the page linked. Scripts that only claim to be an archive's change nothing about a page that has an address of its
    own: they can take no site's name.
    """
    copy = _by_address(page.url)
    marked = any(mark in page.body for mark in _MARKS)
    inside = _by_scripts(page.body) if marked else None
    if copy is None and inside is not None and page.url.startswith("file:"):
        copy = inside
    if copy is None and not marked:
        return page
    prefixes = {one.prefix for one in (copy, inside) if one}
    if marked and (named := _WAYBACK_PREFIX.search(page.body, 0, _FAR)):
        prefixes.add(f"{named['prefix'].decode('latin-1')}/")
    body = _without_inserts(page.body) if marked else page.body
    for prefix in sorted(prefixes):
        body = _relinked(body, prefix)
    if copy is None:
        return replace(page, body=body)
    at = copy.at or (inside.at if inside else None)
    return replace(page, url=copy.url, fetched_at=at or page.fetched_at, body=body)


def _by_address(address: str) -> _Copy | None:
    found = _MEMENTO.fullmatch(address) or _UNDATED.fullmatch(address)
    if found is None:
        return None
    said = found.groupdict().get("at")
    at = compact(re.sub(r"\D", "", said)) if said else None
    return None if said and at is None else _Copy(url=_whole(found["url"]), at=at, prefix=found["prefix"])


def _by_scripts(body: bytes) -> _Copy | None:
    """Return what the archive's scripts at the top of a page say."""
    if found := _WAYBACK.search(body, 0, _FAR):
        url, at, prefix = (found[name].decode("utf-8", "replace") for name in ("url", "at", "prefix"))
        return _Copy(url=_whole(url), at=compact(at), prefix=f"{prefix}web/")
    said = {name: pattern.search(body, 0, _FAR) for name, pattern in _PYWB.items()}
    told = {name: unquote(one["value"].decode("utf-8", "replace")) for name, one in said.items() if one}
    if len(told) < len(_PYWB) or not told["url"].startswith(("http://", "https://")) or not told["timestamp"].isdigit():
        return None
    return _Copy(url=_whole(told["url"]), at=compact(told["timestamp"]), prefix=told["prefix"])


def _whole(url: str) -> str:
    """Return the address with both of its slashes: on their way through proxies one is often lost."""
    return re.sub(r"^(https?):/+", r"\1://", url)


def _without_inserts(body: bytes) -> bytes:
    for mark, start, end in _INSERTS:
        kept, done = [], 0
        at = body.find(mark)
        while at >= 0:
            begin = body.rfind(start, done, at + len(start))
            close = body.find(end, at)
            if close < 0:
                break
            if begin >= 0:
                kept.append(body[done:begin])
                done = close + len(end)
            at = body.find(mark, max(done, at + len(mark)))
        if done:
            body = b"".join((*kept, body[done:]))
    return body


def _relinked(body: bytes, prefix: str) -> bytes:
    """Return the page with its links as they were, without the archive's prefix, absolute or from its root."""
    host, _, path = prefix.partition("://")[2].partition("/")

    def spelt(text: str) -> bytes:
        return re.escape(text).encode().replace(b"/", _SLASH)

    start = rb"(?:(?:%s:)?%s%s)?%s" % (b"https?", spelt("//"), spelt(host), spelt(f"/{path}"))
    stamp = rb"\d{4,14}(?:[a-z]{2}_)?" + spelt("/")
    return re.sub(rb"(?<![\w.%%:/-])%s%s(?=[a-z][a-z+.-]{1,20}:|%s)" % (start, stamp, spelt("//")), b"", body)
