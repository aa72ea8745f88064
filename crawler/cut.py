"""Bodies whose connection ended before what the server had promised: whole all the same, or cut. Pure.

Servers state the length of a page before they pack it, or forget a chunked body's last chunk. Browsers show such pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.pages.bounded import closes, undo_encoding
from pipelines.errors import BrokenPage

if TYPE_CHECKING:
    from scrapy.http import Response

LOSS, CUT = "dataloss", "cut"
"""Scrapy's flag of a response that fell short of its promise, and ours of one that has lost its end."""


def is_cut(response: Response, limit: int) -> bool:
    """Tell whether a response lacks its end: it fell short, and its body does not close what it opened."""
    if LOSS not in response.flags:
        return False
    encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
    try:
        body = undo_encoding(response.body, encoding, limit)
    except BrokenPage:
        return True
    return not closes(body)


def emptied(response: Response) -> Response:
    """Return a cut response without its body, flagged for the retry."""
    return response.replace(body=b"", flags=[*response.flags, CUT])
