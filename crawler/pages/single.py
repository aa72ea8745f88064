"""Files that are one page: HTML and text captures, plain or gzipped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pipelines.decode import HTML_ENDINGS, TEXT_ENDINGS
from pipelines.model import RawPage, Rejected

from .bounded import read_file, too_large
from .inlined import FACTOR, without_inlined
from .notes import read_note

_TYPES = {
    **dict.fromkeys(HTML_ENDINGS, "text/html"),
    **dict.fromkeys((".xhtml", ".xht"), "application/xhtml+xml"),
    **dict.fromkeys(TEXT_ENDINGS, "text/plain"),
    **dict.fromkeys((".md", ".markdown"), "text/markdown"),
}

_HEAD = 16_384
"""Bytes of a text capture in which its head stands."""


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
    """Yield the one page of a file; its URL and time are those noted in it on saving, else the file's own."""
    body = without_inlined(read_file(path, max_bytes, plain=FACTOR * max_bytes))
    if len(body) > max_bytes:
        raise too_large(max_bytes)
    content_type = content_type_of(path.name)
    note = read_note(body)
    yield RawPage(
        url=note.url or _stated(body, content_type) or file_url(path),
        fetched_at=note.saved_at or modified_at(path),
        body=body,
        source=source,
        content_type=content_type,
    )


def _stated(body: bytes, content_type: str) -> str:
    """Return the address that the head of a text capture states, as tools for clippings and readers write it."""
    if content_type not in ("text/plain", "text/markdown"):
        return ""
    from pipelines.capture import front  # with all of the extraction behind it, which no other command needs

    return front.read(body[:_HEAD].decode("utf-8", "replace"))[0].address
