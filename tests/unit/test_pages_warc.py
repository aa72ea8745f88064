"""WARC: response records become pages with their place in the archive; torn and damaged archives cost their tail."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pyarrow as pa
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.pages import read_pages
from pipelines.model import RawPage, Rejected

URL = "https://example.org/"
HTML = "<!DOCTYPE html><title>预算</title><p>市议会通过了新的预算案。</p>".encode() * 5
WHEN = "2024-01-22T02:20:30Z"


class Archive:
    """Writes a WARC file record by record."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path.open("wb")
        self.writer = WARCWriter(self.file, gzip=path.suffix == ".gz")

    def add(
        self,
        url: str,
        body: bytes = HTML,
        *,
        kind: str = "response",
        status: str = "200 OK",
        date: str = WHEN,
        **headers: str,
    ) -> int:
        """Append a record and return its offset; headers are HTTP headers with underscores for hyphens."""
        offset = self.file.tell()
        http = [("Content-Type", "text/html; charset=utf-8")]
        if headers:
            http = [(name.replace("_", "-"), value) for name, value in headers.items()]
        head = StatusAndHeaders(status, http, protocol="HTTP/1.1") if kind in ("response", "revisit") else None
        if kind == "request":
            head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        record = self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": date}
        )
        self.writer.write_record(record)
        return offset

    def read(self, limit: int = 1_000_000) -> list[RawPage | Rejected]:
        self.file.close()
        return list(read_pages([str(self.path)], max_bytes=limit))


@pytest.fixture(params=["a.warc", "a.warc.gz"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    return Archive(tmp_path / request.param)


def only_pages(items: list[RawPage | Rejected]) -> list[RawPage]:
    assert all(isinstance(item, RawPage) for item in items), items
    return [item for item in items if isinstance(item, RawPage)]


def test_responses_alone_with_their_place(archive: Archive) -> None:
    archive.add("urn:info", b"software: test\r\n", kind="warcinfo")
    archive.add(URL + "1", kind="request")
    first = archive.add(URL + "1")
    archive.add(URL + "1", b"", kind="revisit")
    archive.add(URL + "1", b"fetchTimeMs: 5", kind="metadata")
    archive.add(URL + "r", b"resource", kind="resource")
    second = archive.add(URL + "2", b"Gone.", status="404 Not Found", date="2024-01-22T02:20:31.123456Z")
    one, two = only_pages(archive.read())
    name = str(archive.path)
    assert one == RawPage(
        url=URL + "1",
        fetched_at=datetime(2024, 1, 22, 2, 20, 30, tzinfo=UTC),
        body=HTML,
        source=name,
        content_type="text/html; charset=utf-8",
        status=200,
        warc_file=name,
        warc_offset=first,
    )
    assert (two.url, two.status, two.warc_offset) == (URL + "2", 404, second)
    assert two.fetched_at.microsecond == 123456
    for page in (one, two):  # the place is right: a reader that starts there finds the page
        assert page.warc_offset is not None
        with archive.path.open("rb") as file:
            file.seek(page.warc_offset)
            record = next(iter(ArchiveIterator(file)))
            assert record.rec_headers.get_header("WARC-Target-URI") == page.url


def test_what_is_no_page_is_skipped(archive: Archive) -> None:
    archive.add("dns:example.org", b"20240122 example.org. 300 IN A 10.0.0.1", Content_Type="text/dns")
    archive.add(URL + "a.png", b"\x89PNG", Content_Type="image/png")
    archive.add(URL + "a.css", b"p {}", Content_Type="text/css")
    archive.add(URL + "feed", b"<rss/>", Content_Type="application/rss+xml")
    archive.add(URL + "old", b"", status="301 Moved Permanently", Location=URL)
    archive.add(URL + "robots.txt", b"User-agent: *", Content_Type="text/plain")
    archive.add(URL + "page")
    assert [page.url for page in only_pages(archive.read())] == [URL + "page"]


def raw_deflate(body: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(body) + machine.flush()


ENCODINGS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "zstd": lambda body: pa.compress(body, codec="zstd", asbytes=True),
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
    "identity": bytes,
    "gzip, gzip": lambda body: gzip.compress(gzip.compress(body)),
    "GZIP": lambda body: gzip.compress(body[:20]) + gzip.compress(body[20:]),  # two members
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_content_encodings(archive: Archive, encoding: str) -> None:
    packed = ENCODINGS[encoding](HTML)
    archive.add(URL, packed, Content_Type="text/html", Content_Encoding=encoding)
    chunks = b"".join(b"%x;x=y\r\n%s\r\n" % (len(part), part) for part in (packed[:7], packed[7:])) + b"0\r\n\r\n"
    archive.add(URL, chunks, Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert [page.body for page in only_pages(archive.read())] == [HTML, HTML]


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8, gzip", "binary", "text/html", "7bit", "none"])
def test_a_name_that_is_no_compression_costs_nothing(archive: Archive, encoding: str) -> None:
    """Servers write their charset or the mail header's words there, and every browser shows the page."""
    archive.add(URL, HTML, Content_Type="text/html", Content_Encoding=encoding)
    assert [page.body for page in only_pages(archive.read())] == [HTML]


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate"])
def test_headers_left_over_from_a_body_already_decoded(archive: Archive, encoding: str) -> None:
    archive.add(URL, HTML, Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert [page.body for page in only_pages(archive.read())] == [HTML]


def test_an_archive_that_dropped_the_header_of_a_packed_body(archive: Archive) -> None:
    archive.add(URL, gzip.compress(HTML), Content_Type="text/html")
    assert [page.body for page in only_pages(archive.read())] == [HTML]


BAD_BODIES = [
    (gzip.compress(HTML)[:-9], "", "truncated_gzip"),
    (gzip.compress(HTML)[:-9], "gzip", "truncated_gzip"),
    (gzip.compress(HTML)[:10] + b"\xff" * 40, "gzip", "bad_gzip"),
    (zlib.compress(HTML)[:-5], "deflate", "truncated_deflate"),
    (brotli.compress(HTML)[:-3], "br", "truncated_brotli"),
    (b"\xff" * 40, "br", "bad_brotli"),
    (b"\xff" * 40, "deflate", "bad_deflate"),
    (pa.compress(HTML, codec="zstd", asbytes=True)[:-9], "zstd", "truncated_zstd"),
    (HTML, "compress", "unknown_encoding"),
    (b"", "gzip", "empty_page"),
    (b"x" * 20_001, "identity", "too_large"),
    (gzip.compress(b"x" * 20_001), "gzip", "too_large"),
    (gzip.compress(b"x" * 10_001) * 2, "gzip", "too_large"),
    (gzip.compress(b""), "gzip", "empty_page"),
    (brotli.compress(b"x" * 20_001), "br", "too_large"),
    (pa.compress(b"x" * 20_001, codec="zstd", asbytes=True), "zstd", "too_large"),
    (zlib.compress(b"x" * 20_001), "deflate", "too_large"),
]


@pytest.mark.parametrize(("body", "encoding", "reason"), BAD_BODIES, ids=[f"{row[1]}-{row[2]}" for row in BAD_BODIES])
def test_a_bad_body_costs_its_record_alone(archive: Archive, body: bytes, encoding: str, reason: str) -> None:
    archive.add(URL + "1")
    archive.add(URL + "2", body, Content_Type="text/html", Content_Encoding=encoding)
    archive.add(URL + "3")
    before, bad, after = archive.read(20_000)
    assert isinstance(before, RawPage) and isinstance(after, RawPage)
    assert isinstance(bad, Rejected)
    assert (bad.url, bad.reason, bad.broken) == (URL + "2", reason, True)
    assert "\n" not in bad.detail


@pytest.mark.parametrize("date", ["yesterday", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00"])
def test_a_bad_date_costs_its_record_alone(archive: Archive, date: str) -> None:
    archive.add(URL + "1", date=date)
    archive.add(URL + "2")
    bad, good = archive.read()
    assert isinstance(bad, Rejected) and isinstance(good, RawPage)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate"])
def test_bombs_cost_their_limit_only(archive: Archive, encoding: str) -> None:
    archive.add(URL, ENCODINGS[encoding](bytes(300_000_000)), Content_Type="text/html", Content_Encoding=encoding)
    archive.file.close()
    tracemalloc.start()
    arrow = pa.total_allocated_bytes()
    (found,) = archive.read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Rejected)
    assert found.reason == "too_large"
    assert peak < 16_000_000
    assert pa.total_allocated_bytes() - arrow < 16_000_000


def test_a_huge_record_is_not_held(archive: Archive) -> None:
    archive.add(URL, b"x" * 60_000_000, Content_Type="text/html")
    archive.add(URL + "2")
    archive.file.close()
    tracemalloc.start()
    huge, good = archive.read()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(huge, Rejected) and isinstance(good, RawPage)
    assert peak < 16_000_000


def three_records(archive: Archive) -> tuple[bytes, list[int]]:
    """Return the bytes of an archive with three pages, and the offsets where records start, and the end."""
    starts = [archive.add(f"{URL}{number}", b"<p>page %d" % number) for number in range(3)]
    archive.file.close()
    body = archive.path.read_bytes()
    return body, [*starts, len(body)]


def test_cut_anywhere(archive: Archive, tmp_path: Path) -> None:
    """Whole records before the cut are pages; any rest of a record is exactly one Rejected."""
    body, starts = three_records(archive)
    zipped = archive.path.suffix == ".gz"
    path = tmp_path / ("cut.warc.gz" if zipped else "cut.warc")
    for cut in range(1, len(body)):
        path.write_bytes(body[:cut])
        found = list(read_pages([str(path)], max_bytes=100_000))
        # The four bytes of blank lines after an uncompressed record are no loss.
        whole = sum(end - (0 if zipped else 4) <= cut for end in starts[1:])
        rest = cut - starts[whole] > 0 if whole < 3 else False
        assert [item.url for item in found if isinstance(item, RawPage)] == [f"{URL}{n}" for n in range(whole)], cut
        torn = [item for item in found if isinstance(item, Rejected)]
        assert len(torn) == rest, (cut, whole, torn)
        assert all(item.broken and item.reason in ("truncated_warc", "bad_warc") for item in torn)
        assert all(item.source == str(path) and "\n" not in item.detail for item in torn)


@pytest.mark.parametrize("where", [0.35, 0.5, 0.65])
def test_damage_in_the_middle(archive: Archive, where: float) -> None:
    body, _ = three_records(archive)
    at = int(len(body) * where)
    archive.path.write_bytes(body[:at] + b"\x00\xff\x00\xff" * 8 + body[at + 32 :])
    found = list(read_pages([str(archive.path)], max_bytes=100_000))
    assert isinstance(found[0], RawPage)
    assert found[0].body == b"<p>page 0"


@pytest.mark.parametrize(
    "body",
    [
        b"this is no archive at all\n" * 20,
        b"WARC/1.0\r\nnonsense",
        b"WARC/1.0\r\nContent-Length: -5\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\n" + b"x" * 3_000_000,
        gzip.compress(b"WARC/1.0\r\nWARC-Type: " + bytes(100_000_000)),
        b"\x1f\x8b\x08\x00",
        bytes(5000),
    ],
    ids=["text", "nonsense", "length", "endless", "bomb", "gzip", "nul"],
)
@pytest.mark.parametrize("ending", ["warc", "warc.gz"])
def test_what_is_no_archive(tmp_path: Path, body: bytes, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(body)
    tracemalloc.start()
    (found,) = read_pages([str(path)], max_bytes=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(found, Rejected)
    assert found.broken
    assert "\n" not in found.detail
    assert peak < 30_000_000


def test_empty_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.touch()
    (found,) = read_pages([str(path)], max_bytes=100_000)
    assert isinstance(found, Rejected)
    assert found.reason == "empty_page"


@pytest.mark.parametrize("size", [10, 30_000])
def test_one_gzip_member_over_all_records(tmp_path: Path, size: int) -> None:
    """Against the standard, but people do gzip whole archives: only the offsets are of no use then."""
    plain = Archive(tmp_path / "a.warc")
    noise = bytes(33 + n * n % 89 for n in range(size))
    for number in range(4):
        plain.add(f"{URL}{number}", b"<p>%d" % number + noise)
    plain.file.close()
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(plain.path.read_bytes()))
    found = only_pages(list(read_pages([str(path)], max_bytes=100_000)))
    assert [page.body for page in found] == [b"<p>%d" % number + noise for number in range(4)]
    assert [page.warc_offset for page in found] == [0, None, None, None]
    path.write_bytes(path.read_bytes()[:-20])
    *good, torn = read_pages([str(path)], max_bytes=100_000)
    assert len(only_pages(good)) == 3
    assert isinstance(torn, Rejected)
