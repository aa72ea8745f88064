"""MHTML, the web page in one file that browsers save: an e-mail whose root part is the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected

from .bounded import read_file, too_large
from .single import file_url, modified_at

SUFFIXES = (".mhtml", ".mht")
_UTF_8_MARK = b"\xef\xbb\xbf"
_FILE_FACTOR = 4
"""The file also holds the images, in base64: it may be this many times as large as a page."""


def read_mhtml(path: Path, source: str, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Yield the page of an MHTML file: the root part, its Content-Location and the time it was saved."""
    body = read_file(path, _FILE_FACTOR * max_bytes)
    # A mark or an empty line before the first header would end them all.
    message = message_from_bytes(body.removeprefix(_UTF_8_MARK).lstrip(b"\r\n"))
    root = _root(message)
    page = root.get_payload(decode=True)
    if not isinstance(page, bytes) or not page.strip():
        raise BrokenPage("empty_page", "the MHTML file has no page in it")
    if len(page) > max_bytes:
        raise too_large(max_bytes)
    yield RawPage(
        url=_location(root) or _location(message) or file_url(path),
        fetched_at=_saved_at(message) or modified_at(path),
        body=page,
        source=source,
        content_type=_one_line(root.get("Content-Type")) or "text/html",
    )


def is_mhtml(head: bytes) -> bool:
    """Tell by a file's first bytes whether it is an MHTML file."""
    return b"MIME-Version:" in head[:2048] and b"Content-Type:" in head[:4096] and not head.lstrip().startswith(b"<")


def _root(message: Message) -> Message:
    """Return the part that is the page: the one that ``start`` names, else the first HTML, else the first text."""
    if not message.is_multipart():
        if message.get("Content-Type") is None:
            raise BrokenPage("bad_mhtml", "no MIME headers")
        if any(isinstance(defect, StartBoundaryNotFoundDefect) for defect in message.defects):
            raise BrokenPage("truncated_mhtml", "the file ends before the page")
        return message
    parts = [part for part in message.walk() if not part.is_multipart()]
    start = str(message.get_param("start") or "").strip()
    texts = [part for part in parts if part.get_content_maintype() == "text"]
    html = [part for part in texts if part.get_content_subtype() in ("html", "xhtml+xml")]
    named = [part for part in parts if start and _one_line(part.get("Content-ID")) == start]
    found = next(iter([*named, *html, *texts]), None)
    if found is None:
        raise BrokenPage("bad_mhtml", "no text part")
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    if cut and found is parts[-1]:
        raise BrokenPage("truncated_mhtml", "the file ends within the page")
    return found


def _one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _location(message: Message) -> str:
    """Return the address of a part; long ones are folded over lines, with spaces that belong to no URL."""
    for name in ("Content-Location", "Snapshot-Content-Location"):
        url = "".join(str(message.get(name, "")).split())
        if url.startswith(("http://", "https://")):
            return url
    return ""


def _saved_at(message: Message) -> datetime | None:
    try:
        when = parsedate_to_datetime(str(message["Date"]))
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
