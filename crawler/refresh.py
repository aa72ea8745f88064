"""Where a page's ``<meta http-equiv=refresh>`` leads, by Scrapy's own rules: elsewhere, or to the page itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse
from scrapy.responsetypes import responsetypes
from scrapy.utils.response import get_meta_refresh
from w3lib.url import safe_url_string

if TYPE_CHECKING:
    from scrapy.http import Request, Response
    from scrapy.settings import BaseSettings

_BYTES = 4 * 4096
"""That may hold the 4,096 characters in which Scrapy looks for a meta refresh."""
_AT_ONCE = 1.0
"""Seconds: a page that is gone sooner is none to read. It stands before the one that a cookie or a counter opens."""


def sends_on(head: bytes, request: Request, response: Response, settings: BaseSettings, *, cookies: bool) -> bool:
    """Tell whether a page is only passed through; ``head`` is the beginning of its decoded body."""
    if b"refresh" not in head[:_BYTES].lower() or b"http-equiv" not in head[:_BYTES].lower():
        return False
    headers = response.headers.copy()
    headers.pop("Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=response.url, body=head)
    if not issubclass(kind, HtmlResponse):
        return False
    page = kind(response.url, headers=headers, body=head)
    seconds, url = get_meta_refresh(page, ignore_tags=settings.getlist("METAREFRESH_IGNORE_TAGS"))
    if not url or not url.startswith("http") or (seconds or 0.0) >= settings.getint("METAREFRESH_MAXDELAY"):
        return False
    return not reloads(request, page, settings, cookies=cookies)


def reloads(request: Request, response: HtmlResponse, settings: BaseSettings, *, cookies: bool) -> bool:
    """Tell whether a page asks for itself again after a while, as live tickers do: it is the page, not a way to one.

    Where cookies are kept, one that sets some may be another page the next time; it is asked once more.
    """
    seconds, url = get_meta_refresh(response, ignore_tags=settings.getlist("METAREFRESH_IGNORE_TAGS"))
    if not url or (seconds or 0.0) < _AT_ONCE or _bare(safe_url_string(url)) != _bare(response.url):
        return False
    again = _bare(response.url) in map(_bare, request.meta.get("redirect_urls", ()))
    return again or not (cookies and "Set-Cookie" in response.headers)


def _bare(url: str) -> str:
    return url.partition("#")[0]
