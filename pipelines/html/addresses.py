"""Addresses in a page made absolute: http and https only, never an exception."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from pipelines.html.heads import Tree

_MAX_ADDRESS = 4_000
"""Longer ones are data or an attack, not an address."""


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
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
