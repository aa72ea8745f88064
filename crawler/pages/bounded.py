"""Read files and undo compressions, never holding more than a page may be: a bomb costs its limit, not its size."""

from __future__ import annotations

import os
import stat
import zlib
from pathlib import Path
from typing import BinaryIO

import brotli
from backports import zstd

from pipelines.errors import BrokenPage

_CHUNK = 64 * 1024
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


def read_file(path: Path, limit: int) -> bytes:
    """Return a file's bytes, gunzipped if they are gzip; BrokenPage ``too_large``, ``empty_page`` or gzip errors."""
    with open_regular(path) as file:
        head = file.read(2)
        file.seek(0)
        if head == b"\x1f\x8b":
            return gunzip(file, limit)
        body = file.read(limit + 1)
    if not body:
        raise BrokenPage("empty_page", "the file has no bytes")
    if len(body) > limit:
        raise too_large(limit)
    return body


def gunzip(file: BinaryIO, limit: int) -> bytes:
    """Return the inflated bytes of a gzip stream of one or more members."""
    out = bytearray()
    machine = zlib.decompressobj(wbits=31)
    pending = b""
    while data := pending or file.read(_CHUNK):
        if machine.eof:
            if not data.startswith(b"\x1f\x8b"):
                break  # zeros or other padding after the last member, as tapes and some servers leave
            machine = zlib.decompressobj(wbits=31)
        try:
            out += machine.decompress(data, limit + 1 - len(out))
        except zlib.error as error:
            raise BrokenPage("bad_gzip", str(error)) from error
        if len(out) > limit:
            raise too_large(limit, inflated=True)
        pending = machine.unused_data if machine.eof else machine.unconsumed_tail
    if not machine.eof:
        raise BrokenPage("truncated_gzip", f"the compressed data end early, after {len(out)} bytes of page")
    if not out:
        raise BrokenPage("empty_page", "nothing inside the gzip file")
    return bytes(out)


def undo_encoding(body: bytes, encoding: str, limit: int) -> bytes:
    """Return an HTTP body without its Content-Encoding (``gzip, br`` …), at most ``limit`` bytes of it.

    A body that is not compressed although the header says so is returned as it is, as browsers and archives do.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if not body or name in ("", "identity", "none"):
            continue
        if name not in _DECODERS:
            raise BrokenPage("unknown_encoding", name)
        body = _DECODERS[name](body, limit)
        if len(body) > limit:
            raise too_large(limit, inflated=True)
    return body


def _inflate(body: bytes, limit: int, wbits: int, name: str) -> bytes:
    machine = zlib.decompressobj(wbits=wbits)
    try:
        out = machine.decompress(body, limit + 1)
    except zlib.error as error:
        raise BrokenPage(f"bad_{name}", str(error)) from error
    if not machine.eof and len(out) <= limit:
        raise BrokenPage(f"truncated_{name}", f"the compressed data end early, after {len(out)} bytes of page")
    return out


def _gzip(body: bytes, limit: int) -> bytes:
    return _inflate(body, limit, 31, "gzip") if body.startswith(b"\x1f\x8b") else body


def _deflate(body: bytes, limit: int) -> bytes:
    # The standard means zlib data; some servers send raw deflate. The zlib header is a multiple of 31.
    is_zlib = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] * 256 + body[1]) % 31 == 0
    return _inflate(body, limit, 15 if is_zlib else -15, "deflate")


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
        if body.lstrip()[:1] == b"<":
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


_DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
