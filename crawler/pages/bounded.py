"""Read files and undo compressions, never holding more than a page may be: a bomb costs its limit, not its size."""

from __future__ import annotations

import os
import re
import stat
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import brotli
from backports import zstd

from pipelines.errors import BrokenPage

_CHUNK = 64 * 1024
_GZIP_START = b"\x1f\x8b"
_END = re.compile(rb"</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>", re.IGNORECASE)
_TAIL = 4096
"""Bytes behind the last tag that may hold a program's comments and counters."""
_ZSTD_OPTIONS = {int(zstd.DecompressionParameter.window_log_max): 23}
"""8 MiB, the most that RFC 9659 lets a server use; by itself zstd would let a body claim 128 MiB of memory."""


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file; a pipe or device would block or never end, so it is BrokenPage ``not_a_file``."""
    # O_NONBLOCK: opening a pipe without a writer would wait for ever before anything could be checked.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BrokenPage("not_a_file", "neither a file nor a folder")
    return os.fdopen(descriptor, "rb")


def too_large(limit: int, *, inflated: bool = False) -> BrokenPage:
    """Return the refusal of a page over ``limit`` bytes."""
    when = " after decompression" if inflated else ""
    return BrokenPage("too_large", f"over {limit / 1024 / 1024:.3g} MiB{when}")


def read_file(path: Path, limit: int, *, plain: int | None = None) -> bytes:
    """Return a file's bytes, gunzipped if they are gzip; BrokenPage ``too_large``, ``empty_page`` or gzip errors.

    ``plain`` is the limit of a file that is not compressed, where that may be larger than ``limit``.
    """
    with open_regular(path) as file:
        head = file.read(2)
        file.seek(0)
        if head == _GZIP_START:
            return gunzip(file, limit)
        most = plain or limit
        body = file.read(most + 1)
    if not body:
        raise BrokenPage("empty_page", "the file has no bytes")
    if len(body) > most:
        raise too_large(limit)
    return body


def gunzip(file: BinaryIO, limit: int) -> bytes:
    """Return the inflated bytes of a gzip stream; BrokenPage ``empty_page`` where nothing is in it."""
    out = _members(file, limit)
    if not out:
        raise BrokenPage("empty_page", "nothing inside the gzip file")
    return out


def _members(file: BinaryIO, limit: int, enough: Callable[[bytes], bool] = lambda _: False) -> bytes:
    """Return what the members of a gzip stream hold. In chunks: each member copies what is left, and there are many.

    ``enough`` tells whether what a stream holds that ends early can be taken all the same.
    """
    out = bytearray()
    machine = zlib.decompressobj(wbits=31)
    pending = b""
    while data := pending or file.read(_CHUNK):
        if machine.eof:
            if not data.startswith(_GZIP_START):
                break  # zeros or other padding after the last member, as tapes and some servers leave
            machine = zlib.decompressobj(wbits=31)
        try:
            out += machine.decompress(data, limit + 1 - len(out))
        except zlib.error as error:
            raise BrokenPage("bad_gzip", str(error)) from error
        if len(out) > limit:
            raise too_large(limit, inflated=True)
        pending = machine.unused_data if machine.eof else machine.unconsumed_tail
    page = bytes(out)
    if not machine.eof and not enough(page):
        raise BrokenPage("truncated_gzip", f"the compressed data end early, after {len(out)} bytes of page")
    return page


def closes(body: bytes) -> bool:
    """Tell whether a page or a feed closes what it opened: whatever its transport says, it is all there."""
    return _END.search(body[-_TAIL:]) is not None


def undo_encoding(body: bytes, encoding: str, limit: int) -> bytes:
    """Return an HTTP body without its Content-Encoding (``gzip, br`` …), at most ``limit`` bytes of it.

    A body that is not compressed although the header says so is returned as it is, as browsers and archives do; so is
    one under a name that is no compression (``UTF-8``, ``binary``), which servers confuse with other headers. Gzip that
    no header names (a server's cached file, an archive that dropped the header) is unpacked as well.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in _CANNOT_UNDO and body:
            raise BrokenPage("unknown_encoding", name)
        if not body or name not in _DECODERS:
            continue
        body = _DECODERS[name](body, limit)
        if len(body) > limit:
            raise too_large(limit, inflated=True)
    return _gzip(body, limit)


def is_gzip(body: bytes) -> bool:
    """Tell whether a body begins as gzip does, which no text can."""
    return body.startswith(_GZIP_START)


def _gzip(body: bytes, limit: int) -> bytes:
    """Inflate a body that is gzip; one whose page closes may lack its checksum, which no browser misses."""
    return _members(BytesIO(body), limit, enough=closes) if is_gzip(body) else body


def _deflate(body: bytes, limit: int) -> bytes:
    # The standard means zlib data; some servers send raw deflate. The zlib header is a multiple of 31.
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
    machine = zlib.decompressobj(wbits=15 if is_zlib else -15)
    try:
        out = machine.decompress(body, limit + 1)
    except zlib.error as error:
        if _is_markup(body):
            return body
        raise BrokenPage("bad_deflate", str(error)) from error
    if not machine.eof and len(out) <= limit:
        if _is_markup(body):
            return body
        raise BrokenPage("truncated_deflate", f"the compressed data end early, after {len(out)} bytes of page")
    return out


def _is_markup(body: bytes) -> bool:
    """Tell whether a body that does not unpack is a page as it stands; only deflate and brotli have no mark to see."""
    return body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def _brotli(body: bytes, limit: int) -> bytes:
    machine = brotli.Decompressor()
    out = bytearray()
    data = body
    try:
        while not machine.is_finished() and len(out) <= limit:
            piece = machine.process(data, output_buffer_limit=_CHUNK)
            data = b""
            if not piece and machine.can_accept_more_data():
                break
            out += piece
    except brotli.error as error:
        if _is_markup(body):
            return body
        raise BrokenPage("bad_brotli", "the compressed data cannot be read") from error
    if not machine.is_finished() and len(out) <= limit:
        raise BrokenPage("truncated_brotli", f"the compressed data end early, after {len(out)} bytes of page")
    return bytes(out[: limit + 1])


def _zstd(body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    out, data = bytearray(), body
    try:
        while data.startswith(b"\x28\xb5\x2f\xfd"):  # frame after frame; anything else behind one is padding
            machine = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
            while not machine.eof and len(out) <= limit:
                piece = machine.decompress(data, max_length=_CHUNK)
                data = b""
                if not piece and machine.needs_input:
                    raise BrokenPage("truncated_zstd", f"the compressed data end early, after {len(out)} bytes of page")
                out += piece
            data = machine.unused_data if machine.eof else b""
    except zstd.ZstdError as error:
        raise BrokenPage("bad_zstd", str(error).splitlines()[0]) from error
    return bytes(out[: limit + 1])


_CANNOT_UNDO = frozenset(
    ("compress", "x-compress", "bzip2", "x-bzip2", "xz", "lzma", "lz4", "snappy", "sdch", "dcb", "dcz")
)
_DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
