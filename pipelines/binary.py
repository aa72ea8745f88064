"""What the first bytes of a file say it is, where that is no text: documents, archives, pictures, sound, programs."""

from __future__ import annotations

import re

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b\x08", "gzip data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90\x00", "an executable"),
    (b"\xca\xfe\xba\xbe", "an executable"),
    (b"\xcf\xfa\xed\xfe", "an executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"OggS\x00", "audio or video"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"SQLite format 3\x00", "a database"),
)
# Marks that are words too (an article may begin "ID3 tags explained"): with what follows them in the binary.
_SPOKEN = (
    (re.compile(rb"GIF8[79]a[^\x00-\x08]{0,9}[\x00-\x08]"), "a GIF image"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2 data"),
    (re.compile(rb"wOF[F2][^\x00-\x08]{0,11}[\x00-\x08]"), "a font"),
    (re.compile(rb"ID3[\x02-\x04]"), "audio"),
    (re.compile(rb"PAR1[^\x00-\x08\x0e-\x1f]{0,11}[\x00-\x08\x0e-\x1f]"), "a Parquet file"),
    (re.compile(rb"\x00.{3}ftyp", re.S), "an image, audio or video"),
    (
        re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:\s*\{\s*"version"'),
        "a HAR file: save the pages as HTML, MHTML or WARC",
    ),
    (re.compile(rb"RIFF.{4}(?:WEBP|WAVE|AVI )", re.S), "an image, audio or video"),
)


def binary_kind(body: bytes) -> str | None:
    """Return what a file is by its first bytes, None for what may be text."""
    for magic, what in _MAGIC:
        if body.startswith(magic):
            return what
    return next((what for pattern, what in _SPOKEN if pattern.match(body)), None)
