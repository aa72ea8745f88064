"""WARC archives: the response records, each one page; a torn or damaged tail costs the tail alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected

from .bounded import open_regular, too_large, undo_encoding

SUFFIXES = (".warc", ".warc.gz")
_MAX_LINE = 256 * 1024
"""A longer header line is no header: read to its end, a few compressed kilobytes could fill the memory."""
_NOT_PAGES: tuple[str, ...] = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
)
_NOT_PAGES += ("application/x-javascript", "application/json", "application/font", "application/x-font", "text/dns")
_NOT_PAGES += ("application/rss", "application/atom", "application/manifest+json", "application/wasm")


class _Torn(Exception):
    """The archive cannot be read any further."""


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """warcio's reader, but damage and endless lines are said aloud, and the end of the data is looked at."""

    decompressor: Any

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor is None or not data or self.num_block_read == 0:
            return bytes(super()._decompress(data))
        try:
            return bytes(self.decompressor.decompress(data))
        except zlib.error as error:
            raise _Torn(f"damaged compressed data ({error})") from error

    def readline(self, length: int | None = None) -> bytes:
        line = bytes(super().readline(min(length or _MAX_LINE, _MAX_LINE)))
        if len(line) >= _MAX_LINE:
            raise _Torn("a header line without end")
        return line

    def close_decompressor(self) -> None:
        if self.decompressor is not None and not self.decompressor.eof:
            self.decompressor = None
            raise _Torn("the compressed data end early")
        self.decompressor = None


def read_warc(path: Path, source: str, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Yield the pages of a WARC file; a torn one ends with a single Rejected ``truncated_warc``."""
    with open_regular(path) as file:
        archive = ArchiveIterator(file)
        archive.reader = _Reader(file)
        seen = 0
        try:
            for record in archive:
                page = _page(record, archive, source, max_bytes)
                _drain(record)
                seen += 1
                if page:
                    yield page
        except (_Torn, ArchiveLoadFailed, ValueError, EOFError) as error:
            what = str(error).strip().partition("\n")[0] or "unreadable record"
            reason = "truncated_warc" if seen else "bad_warc"
            raise BrokenPage(reason, f"{what}; {seen} records before it were read") from error
        if not seen:
            raise BrokenPage("empty_page", "the archive has no records")


def is_warc(head: bytes) -> bool:
    """Tell by a file's first (inflated) bytes whether it is a WARC file."""
    return head.startswith(b"WARC/")


def _drain(record: Any) -> None:
    """Read a record to its end; the data ending before it is a torn archive."""
    while record.raw_stream.read(65536):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise _Torn("the file ends within a record")


def _page(record: Any, archive: Any, source: str, max_bytes: int) -> RawPage | Rejected | None:
    """Return the page in a record, None for records that are none (requests, revisits, images, redirects …)."""
    if record.rec_type != "response" or record.http_headers is None:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    content_type = record.http_headers.get_header("Content-Type", "")
    code = record.http_headers.get_statuscode()
    status = int(code) if code.isascii() and code.isdigit() else 0
    if not url.startswith(("http://", "https://")) or content_type.lower().startswith(_NOT_PAGES):
        return None
    if 300 <= status < 400 or url.endswith("/robots.txt"):
        return None
    offset = archive.offset
    try:
        fetched_at = _date(record.rec_headers.get_header("WARC-Date", ""))
        body = _body(record, max_bytes)
    except BrokenPage as error:
        return Rejected(url=url, source=source, reason=error.reason, detail=error.detail, broken=True)
    return RawPage(
        url=url,
        fetched_at=fetched_at,
        body=body,
        source=source,
        content_type=content_type,
        status=status,
        warc_file=source,
        warc_offset=offset,
    )


def _body(record: Any, max_bytes: int) -> bytes:
    """Return a response's body without transfer and content encoding; BrokenPage where it is too large or damaged."""
    headers = record.http_headers
    chunked = "chunked" in (headers.get_header("Transfer-Encoding") or "").lower()
    limit = max_bytes + max_bytes // 8 + 4096 if chunked else max_bytes  # room for the chunk sizes between the data
    body = _read_up_to(record.raw_stream, limit + 1)
    if len(body) > limit:
        raise too_large(max_bytes)
    if chunked:
        body = _dechunk(body)
    body = undo_encoding(body, headers.get_header("Content-Encoding") or "", max_bytes)
    if not body:
        raise BrokenPage("empty_page", "the response has no body")
    if len(body) > max_bytes:
        raise too_large(max_bytes)
    return body


def _read_up_to(stream: Any, size: int) -> bytes:
    pieces: list[bytes] = []
    while size > 0 and (piece := stream.read(min(65536, size))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _dechunk(body: bytes) -> bytes:
    """Return a chunked body in one; many archives hold bodies already joined under the old header: left as they are."""
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        line_end = body.find(b"\r\n", at, at + 128)
        try:
            size = int(body[at:line_end].partition(b";")[0], 16) if line_end > 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(pieces) + body[at:] if pieces else body
        if size == 0:
            break
        pieces.append(body[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(pieces)


def _date(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise BrokenPage("bad_warc", f"not a WARC-Date: {text[:40]!r}") from None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
