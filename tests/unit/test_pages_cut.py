"""Pages that an archive or a server cut: taken where they close all the same, and never for more than they are."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.pages import read_pages
from crawler.pages.bounded import undo_encoding
from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected

PAGE = b"<html><body>" + b"<p>The council has met.</p>" * 40 + b"</body></html>\n"
GOOD = "https://e.org/good"


def archive(path: Path, body: bytes, *, warc: dict[str, str] | None = None, **http: str) -> list[RawPage | Rejected]:
    """Read an archive of one record under test and one good one."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for url, content, headers in (("https://e.org/1", body, warc or {}), (GOOD, PAGE, {})):
            fields = [(name.replace("_", "-"), value) for name, value in http.items()] if content is body else []
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *fields], protocol="HTTP/1.1")
            headers = {"WARC-Date": "2026-11-20T10:00:00Z", **headers}
            made = writer.create_warc_record(
                url, "response", payload=io.BytesIO(content), http_headers=head, warc_headers_dict=headers
            )
            writer.write_record(made)
    return list(read_pages([str(path)], max_bytes=100_000))


def chunked(body: bytes, *, promised: int = 0, last: bool = True) -> bytes:
    head, rest = body[:100], body[100:]
    size = max(len(rest), promised)
    return b"64\r\n%s\r\n%x\r\n%s" % (head, size, rest) + b"\r\n" + b"0\r\n\r\n" * last


@pytest.mark.parametrize("why", ["length", "time", "disconnect", "unspecified"])
def test_a_record_that_says_it_was_cut_is_no_whole_page(tmp_path: Path, why: str) -> None:
    bad, good = archive(tmp_path / "a.warc.gz", PAGE[:600], warc={"WARC-Truncated": why})
    assert isinstance(bad, Rejected) and isinstance(good, RawPage)
    assert (bad.reason, bad.broken) == ("truncated_page", True) and why in bad.detail


def test_a_record_that_says_so_and_holds_the_whole_page_is_one(tmp_path: Path) -> None:
    page, _ = archive(tmp_path / "a.warc", PAGE, warc={"WARC-Truncated": "length"})
    assert isinstance(page, RawPage) and page.body == PAGE


def test_a_body_that_ends_within_a_chunk_is_no_whole_page(tmp_path: Path) -> None:
    for body in (chunked(PAGE[:600], promised=9000, last=False), chunked(PAGE[:600], last=False)):
        bad, good = archive(tmp_path / "a.warc", body, Transfer_Encoding="chunked")
        assert isinstance(bad, Rejected) and bad.reason == "truncated_page" and isinstance(good, RawPage)


def test_chunks_that_lack_only_the_last_are_the_page(tmp_path: Path) -> None:
    for body in (chunked(PAGE), chunked(PAGE, last=False), PAGE, PAGE[:600]):  # the last two joined by the archive
        page, _ = archive(tmp_path / "a.warc", body, Transfer_Encoding="chunked")
        assert isinstance(page, RawPage) and page.body in (PAGE, PAGE[:600])


@pytest.mark.parametrize("zeros", [1, 512, 5000, 200_000])
def test_zeros_behind_the_last_member_are_no_torn_archive(tmp_path: Path, zeros: int) -> None:
    path = tmp_path / "a.warc.gz"
    assert len(archive(path, PAGE)) == 2
    body = path.read_bytes()
    path.write_bytes(body + bytes(zeros))
    assert all(isinstance(item, RawPage) for item in read_pages([str(path)], max_bytes=100_000))
    path.write_bytes(body + bytes(zeros) + body)  # a hole in the file: what stands behind it is not passed over
    *good, torn = read_pages([str(path)], max_bytes=100_000)
    assert len(good) == 2 and isinstance(torn, Rejected) and torn.reason == "truncated_warc"


def test_zeros_that_begin_with_a_block_are_no_torn_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    for size in range(3900, 4200, 4):  # of what does not pack: somewhere here the last member ends with a block
        noise = b"".join(b"%08x" % (n * 2654435761 % 2**32) for n in range(size // 4))
        archive(path, noise)
        path.write_bytes(path.read_bytes() + bytes(4096))
        assert [type(item) for item in read_pages([str(path)], max_bytes=100_000)] == [RawPage, RawPage]


@pytest.mark.parametrize("lost", [1, 4, 8])
def test_a_packed_page_without_its_checksum_is_the_page(lost: int) -> None:
    assert undo_encoding(gzip.compress(PAGE)[:-lost], "gzip", 10_000) == PAGE
    with pytest.raises(BrokenPage, match="truncated_gzip"):
        undo_encoding(gzip.compress(PAGE[:600])[:-lost], "gzip", 10_000)
    with pytest.raises(BrokenPage, match="too_large"):
        undo_encoding(gzip.compress(PAGE)[:-lost], "gzip", 600)
