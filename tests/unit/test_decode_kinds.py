"""What is no text, and whether a text is HTML: by its bytes first, then by what is declared."""

from __future__ import annotations

import bz2
import gzip

import pytest

from pipelines.decode import decode, media_kind
from pipelines.errors import BrokenPage

BINARIES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "zip": b"PK\x03\x04\x14\x00\x06\x00",
    "gzip": gzip.compress(b"<html>"),
    "exe": b"MZ\x90\x00\x03\x00\x00\x00",
    "elf": b"\x7fELF\x02\x01\x01\x00",
    "mp4": b"\x00\x00\x00\x18ftypmp42",
    "webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff",
    "mp3": b"ID3\x04\x00\x00\x00\x00\x00#TSSE",
    "ogg": b"OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00",
    "bzip2": bz2.compress(b"<html>"),
    "bzip2 of nothing": bz2.compress(b""),
    "font": b"wOF2\x00\x01\x00\x00\x00\x00\x4c\x90",
    "parquet": b"PAR1\x15\x04\x15\x10\x15\x14",
    "unknown": bytes(range(256)) * 8,
    "controls": bytes(range(1, 32)) * 20,
}


@pytest.mark.parametrize("body", BINARIES.values(), ids=BINARIES)
def test_binaries_are_refused_whatever_they_are_called(body: bytes) -> None:
    with pytest.raises(BrokenPage, match="binary"):
        decode(body, "text/html", is_html=True)
    with pytest.raises(BrokenPage, match="binary"):
        media_kind(body, "text/html; charset=utf-8", "https://example.org/a.html")


@pytest.mark.parametrize(
    "text",
    [
        "ID3算法详解：决策树是怎样学出来的",
        "ID3 tags explained",
        "BZh is how a bzip2 file begins",
        "PAR1 and PAR2 files",
        "OggS: the capture pattern",
        "wOFF or wOF2?",
        "GIF89a, or how pictures learned to move",
        "The ftyp box of a film",
    ],
)
def test_an_article_that_begins_with_the_mark_of_a_binary(text: str) -> None:
    text += "\n\nAprès un long débat sur les routes et les écoles, le conseil a adopté le budget.\n"
    assert decode(text.encode(), "text/plain", is_html=False)[0] == text
    assert media_kind(text.encode(), "", "file:///a.txt") == "text"


@pytest.mark.parametrize("body", [b"", b"  \r\n\t", b"\x00\x00\x00", b"\xef\xbb\xbf\n"])
def test_empty_pages_are_refused(body: bytes) -> None:
    with pytest.raises(BrokenPage, match="empty_page"):
        decode(body, "text/html", is_html=True)
    with pytest.raises(BrokenPage, match="empty_page"):
        media_kind(body, "", "")


@pytest.mark.parametrize(
    ("body", "content_type", "url", "kind"),
    [
        (b"<!DOCTYPE html><p>a", "", "https://example.org/a", "html"),
        (b"\xef\xbb\xbf \n<!-- saved --><html lang=en>", "text/plain", "https://example.org/a.txt", "html"),
        (b"Title\n\nText of a capture", "text/plain; charset=utf-8", "https://example.org/a.html", "text"),
        (b"Title\n\nText of a capture", "", "file:///pages/a.txt", "text"),
        (b"# Title\n\nText <br> with <br> tags", "", "file:///pages/a.md.gz", "text"),
        (b"Text without tags", "", "file:///pages/a.html", "html"),
        (b"Text without tags", "text/html, text/html; charset=UTF-8", "https://example.org/a", "html"),
        (b"Text without tags", "text/html charset=utf-8", "https://example.org/a", "html"),
        (b"<p>one</p><p>two</p>", "application/octet-stream", "https://example.org/a", "html"),
        (b"if a < b then print", "", "https://example.org/a", "text"),
        ("<html><p>x".encode("utf-16"), "", "https://example.org/a", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "application/xml", "https://example.org/a", "html"),
    ],
)
def test_media_kind(body: bytes, content_type: str, url: str, kind: str) -> None:
    assert media_kind(body, content_type, url) == kind


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b'{"a": 1}', "application/json", "unsupported_type"),
        (b"body { color: red }", "text/css", "unsupported_type"),
        (b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", "text/xml", "unsupported_type"),
        (b"<urlset xmlns='x'>", "", "unsupported_type"),
        (b"xx", "image/svg+xml", "binary"),
    ],
)
def test_what_is_no_page(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(BrokenPage) as caught:
        media_kind(body, content_type, "https://example.org/a")
    assert caught.value.reason == reason
