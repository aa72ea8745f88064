"""Files that are one page: HTML and text captures, plain or gzipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipelines.decode import HTML_ENDINGS, TEXT_ENDINGS
from pipelines.model import RawPage, Rejected

from .bounded import read_file

_TYPES = {
    **dict.fromkeys(HTML_ENDINGS, "text/html"),
    **dict.fromkeys((".xhtml", ".xht"), "application/xhtml+xml"),
    **dict.fromkeys(TEXT_ENDINGS, "text/plain"),
    **dict.fromkeys((".md", ".markdown"), "text/markdown"),
}

# What browsers and SingleFile write at the top of a page they save.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+?)\s*-->")
_SINGLE_FILE = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)")


def file_url(path: Path) -> str:
    """Return the ``file:`` URL of a path; symbolic links and ``..`` are left as named."""
    return path.absolute().as_uri()


def modified_at(path: Path) -> datetime:
    """Return a file's modification time; one outside the calendar, as no clock but some archives give, is the epoch."""
    seconds = path.stat().st_mtime
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def content_type_of(name: str) -> str:
    """Return the media type that a file's name promises, empty where it promises none."""
    return _TYPES.get(Path(name.lower().removesuffix(".gz")).suffix, "")


def read_single(path: Path, source: str, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Yield the one page of a file; its URL is the one a browser noted in it on saving, else a ``file:`` URL."""
    body = read_file(path, max_bytes)
    noted = _SAVED_FROM.search(body, 0, 2048) or _SINGLE_FILE.search(body, 0, 2048)
    yield RawPage(
        url=noted[1].decode("ascii", "replace") if noted else file_url(path),
        fetched_at=modified_at(path),
        body=body,
        source=source,
        content_type=content_type_of(path.name),
    )
