"""Addresses in a page made absolute: http and https only, never an exception."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from pipelines.html.heads import Tree

_MAX_ADDRESS = 4_000
"""Longer ones are data or an attack, not an address."""

_SHARES = re.compile(
    r"https?://(?:[\w-]+\.)*(?:"
    r"facebook\.com/(?:sharer|share|dialog/(?:share|feed|send))|(?:twitter|x)\.com/(?:intent|share|home\?status)|"
    r"linkedin\.com/(?:share|cws)|pinterest\.[a-z.]+/pin/create|reddit\.com/(?:[^?]*/)?submit|tumblr\.com/(?:\w+/)?share|"
    r"(?:t|telegram)\.me/share|whatsapp\.com/send|wa\.me/\?|vk\.com/share|(?:ok|odnoklassniki)\.ru/[^?]*\?st\.cmd=addshare|"
    r"bsky\.app/intent|threads\.net/intent|getpocket\.com/(?:save|edit)|news\.ycombinator\.com/submit|flipboard\.com/bookmarklet|"
    r"weibo\.com/share|qzone\.qq\.com/[^?]*share|connect\.qq\.com/widget/share|douban\.com/(?:share|recommend)|"
    r"line\.me/(?:r/msg|r/share|lineit|[^?]*/share)|hatena\.ne\.jp/(?:add|entry)|addtoany\.com|addthis\.com)",
    re.IGNORECASE,
)


def is_share(address: str) -> bool:
    """Say whether an address posts the page somewhere: it is a button, and says nothing of what the text links to."""
    return _SHARES.match(address) is not None


def base_of(root: Tree, url: str) -> str:
    """Return what relative addresses are relative to: <base href>, else the page itself."""
    for element in root.iter("base"):
        href = (element.get("href") or "").strip()
        if href:
            return absolute(url, href) or url
    return url


def absolute(base: str, href: str) -> str:
    """Return an absolute http(s) address, or an empty string for anything that is none."""
    href = href.strip()
    if not href or href.startswith("#") or len(href) > _MAX_ADDRESS:
        return ""
    try:
        address = urljoin(base, href)
        parts = urlsplit(address)
    except ValueError:
        return ""
    # A file's name may have a space that only browsers put up with.
    return address.replace(" ", "%20") if parts.scheme in ("http", "https") and parts.netloc else ""
