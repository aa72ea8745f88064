"""WARC archives: the response records, each one page; a torn or damaged tail costs the tail alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.warc import ADDRESS, ARTICLE, LANGUAGE, ROLE, TIMEZONE
from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected

from .bounded import closes, open_regular, too_large, undo_encoding

SUFFIXES = (".warc", ".warc.gz")
_MAX_HEADER = 1024 * 1024
"""A longer header is none: read to its end, a few compressed kilobytes could fill the memory."""
_BLOCK = 4096
"""Bytes inflated at once: gzip grows them up to 1,032 times, so this bounds what a bomb costs to some megabytes."""
_HTTP = StatusAndHeadersParser([], verify=False)
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
    """warcio's reader, but damage and endless headers are said aloud, and an end of data is remembered."""

    decompressor: Any
    header_bytes = 0
    at_end = False

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor is None or not data or self.num_block_read == 0:
            return bytes(super()._decompress(data))
        try:
            return bytes(self.decompressor.decompress(data))
        except zlib.error as error:
            raise _Torn(f"damaged compressed data ({error})") from error

    def readline(self, length: int | None = None) -> bytes:
        line = bytes(super().readline(min(length or _MAX_HEADER, _MAX_HEADER)))
        self.at_end = not line
        self.header_bytes += len(line)
        if self.header_bytes >= _MAX_HEADER:
            raise _Torn("a record header without end")
        return line

    def read_next_member(self) -> bool:
        """End at zeros behind the last member, as tapes and disks that hand out whole blocks leave them."""
        if self.decompressor is None or not self.decompressor.unused_data or self.decompressor.unused_data.strip(b"\0"):
            return bool(super().read_next_member())
        while block := self.stream.read(_BLOCK):
            if block.strip(b"\0"):
                raise _Torn("zeros between two records")
        self.decompressor = None
        return False

    def close_decompressor(self) -> None:
        if self.decompressor is not None and not self.decompressor.eof:
            self.decompressor = None
            raise _Torn("the compressed data end early")
        self.decompressor = None


class _Archive(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator over WARC records, strict: whatever is not a whole record raises instead of passing as one."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, no_record_parse=True)
        self.whole = False
        self.reader: _Reader | None = _Reader(file, block_size=_BLOCK)
        self.known_format = "warc"

    def check_header(self, record: Any) -> None:
        """Raise where the header of a record just opened is cut, or is no header at all."""
        assert self.reader is not None
        length = record.rec_headers.get_header("Content-Length") or ""
        if self.reader.at_end or not record.rec_type or not (length.isascii() and length.isdigit()):
            raise _Torn("the file ends within a record" if self.reader.at_end else "a record without type or length")
        self.reader.header_bytes = 0

    def finish(self, record: Any) -> None:
        """Read a record to its very end, checksum included; the data ending before it is a torn archive."""
        assert self.reader is not None
        while record.raw_stream.read(_BLOCK):
            pass
        if record.raw_stream.limit > 0:
            raise _Torn("the file ends within a record")
        self.reader.header_bytes = 0
        self.read_to_end()
        machine = self.reader.decompressor
        if machine is not None and not machine.eof and self.next_line is None:
            raise _Torn("the compressed data end early")

    def _raise_invalid_gzip_err(self) -> None:
        """Go on where warcio gives up: one gzip stream over all records can be read, only not from an offset."""
        self.whole = True

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        assert self.reader is not None
        blank = 0
        while line := self.reader.readline():
            if line.strip():
                return line, blank  # if it starts no record, the next step says so, and this record is still whole
            blank += len(line)
        return None, blank


def read_warc(path: Path, source: str, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Yield the pages of a WARC file; a torn one ends with a single Rejected ``truncated_warc``."""
    with open_regular(path) as file:
        if not file.read(1):
            raise BrokenPage("empty_page", "the file has no bytes")
        file.seek(0)
        archive = _Archive(file)
        seen = 0
        try:
            for record in archive:
                archive.check_header(record)
                page = _page(record, None if archive.whole else archive.offset, source, max_bytes)
                archive.finish(record)
                seen += 1
                if page:
                    yield page
        except (_Torn, ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
            what = str(error).strip().partition("\n")[0] or "the file ends within a record"
            what = what[:120].encode("ascii", "backslashreplace").decode()
            reason = "truncated_warc" if seen else "bad_warc"
            raise BrokenPage(reason, f"{what}; records read before it: {seen}") from error
        if not seen:
            raise BrokenPage("empty_page", "the archive has no records")


def is_warc(head: bytes) -> bool:
    """Tell by a file's first (inflated) bytes whether it is a WARC file."""
    return head.startswith(b"WARC/")


def _page(record: Any, offset: int | None, source: str, max_bytes: int) -> RawPage | Rejected | None:
    """Return the page in a record, None for records that are none (requests, revisits, images, redirects …)."""
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if record.rec_type != "response" or not url.startswith(("http://", "https://")) or url.endswith("/robots.txt"):
        return None
    role = record.rec_headers.get_header(ROLE)
    if (role or ARTICLE) != ARTICLE:
        return None  # one of our own archives: a feed, a sitemap, a section page, or the AMP twin of an article
    address = record.rec_headers.get_header(ADDRESS) or ""
    url = address if address.startswith(("http://", "https://")) else url
    try:
        if not record.length:
            raise BrokenPage("empty_page", "the record has no response in it")
        headers = _HTTP.parse(record.raw_stream)
        content_type = headers.get_header("Content-Type") or ""
        code = headers.get_statuscode()
        status = int(code) if code.isascii() and code.isdigit() and len(code) == 3 else 0
        if 300 <= status < 400 or (role is None and content_type.lower().startswith(_NOT_PAGES)):
            return None  # in our own archives, what was asked for as an article is one, whatever the header calls it
        return RawPage(
            url=url,
            fetched_at=_date(record.rec_headers.get_header("WARC-Date") or ""),
            body=_body(record, headers, max_bytes),
            source=source,
            content_type=content_type,
            status=status,
            warc_file=source,
            warc_offset=offset,
            timezone=_zone(record.rec_headers.get_header(TIMEZONE)),
            language=record.rec_headers.get_header(LANGUAGE),
        )
    except BrokenPage as error:
        return Rejected(url=url, source=source, reason=error.reason, detail=error.detail, broken=True)


@cache
def _zone(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _body(record: Any, headers: Any, max_bytes: int) -> bytes:
    """Return a response's body without transfer and content encoding; BrokenPage where it is too large or damaged.

    So is one whose archive says that it was cut, or whose chunks are, unless the page closes: a live crawl stores no
    such page either.
    """
    chunked = "chunked" in (headers.get_header("Transfer-Encoding") or "").lower()
    limit = max_bytes + max_bytes // 8 + 4096 if chunked else max_bytes  # room for the chunk sizes between the data
    body = _read_up_to(record.raw_stream, limit + 1)
    if len(body) > limit:
        raise too_large(max_bytes)
    cut = record.rec_headers.get_header("WARC-Truncated") or ""
    if chunked:
        body, whole = _dechunk(body)
        cut = cut if whole else cut or "within a chunk"
    body = undo_encoding(body, headers.get_header("Content-Encoding") or "", max_bytes)
    if not body:
        raise BrokenPage("empty_page", "the response has no body")
    if cut and not closes(body):
        raise BrokenPage("truncated_page", f"cut before it was stored ({cut[:40]})")
    if len(body) > max_bytes:
        raise too_large(max_bytes)
    return body


def _read_up_to(stream: Any, size: int) -> bytes:
    pieces: list[bytes] = []
    while size > 0 and (piece := stream.read(min(65536, size))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _dechunk(body: bytes) -> tuple[bytes, bool]:
    """Return a chunked body in one, and whether its last chunk is there.

    Many archives hold bodies already joined under the old header: left as they are.
    """
    pieces: list[bytes] = []
    at = 0
    while at < len(body):
        line_end = body.find(b"\r\n", at, at + 128)
        try:
            size = int(body[at:line_end].partition(b";")[0], 16) if line_end > 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return (b"".join(pieces) + body[at:] if pieces else body), True
        if size == 0:
            return b"".join(pieces), True
        pieces.append(body[line_end + 2 : line_end + 2 + size])
        at = line_end + 2 + size + 2
    return b"".join(pieces), False


def _date(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # in UTC, the first and the last day of the calendar may lie outside it
        raise BrokenPage("bad_warc", f"not a WARC-Date: {text[:40]!r}") from None
