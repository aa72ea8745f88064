"""Reading saved pages: files, folders, globs, stdin, gzip; each bad one is a Rejected, none an exception."""

from __future__ import annotations

import gzip
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import count_pages, read_pages
from pipelines.model import RawPage, Rejected
from tests.saved_pages import HTML, LIMIT, pages, put, read, working_in


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with working_in(tmp_path) as inside:
        yield inside


def test_one_file(folder: Path) -> None:
    path = put(folder / "page one.html")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert read(path) == [
        RawPage(
            url=f"file://{Path.cwd()}/in/page%20one.html",
            fetched_at=datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
            body=HTML,
            source="in/page one.html",
            content_type="text/html",
        )
    ]


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.txt", "text/plain"),
        ("a.md", "text/markdown"),
        ("a.shtml", "text/html"),
        ("a.xht", "application/xhtml+xml"),
        ("a.text", "text/plain"),
        ("a.markdown", "text/markdown"),
    ],
)
def test_endings_plain_and_gzipped(folder: Path, name: str, content_type: str) -> None:
    put(folder / name)
    put(folder / f"{name}.gz", gzip.compress(HTML) + gzip.compress(b"<p>second member"))
    plain, zipped = pages(read(folder))
    assert (plain.body, plain.content_type) == (HTML, content_type)
    assert (zipped.body, zipped.content_type) == (HTML + b"<p>second member", content_type)


def test_gzip_under_a_plain_name_and_padding_after_it(folder: Path) -> None:
    put(folder / "a.html", gzip.compress(HTML) + bytes(512))
    assert pages(read(folder))[0].body == HTML


def test_folder_is_walked_in_sorted_order(folder: Path) -> None:
    for name in ("b.html", "a/z.txt", "a/b/c.md", "c/a.html", "a.html", "10.html", "9.html"):
        put(folder / name)
    names = [page.source for page in pages(read(folder))]
    assert names == ["in/10.html", "in/9.html", "in/a/b/c.md", "in/a/z.txt", "in/a.html", "in/b.html", "in/c/a.html"]
    assert count_pages([str(folder)]) == 7


def test_what_a_folder_holds_beside_pages_is_skipped(folder: Path) -> None:
    put(folder / "page.html")
    for name in (
        ".git/a.html",
        ".hidden.html",
        "picture.png",
        "style.css",
        "notes",
        "__MACOSX/page.html",
        "page.html~",
    ):
        put(folder / name)
    assert [page.source for page in pages(read(folder))] == ["in/page.html"]


@pytest.mark.parametrize("ending", ["_files", "_Files", "-Dateien", "_fichiers", ".files"])
def test_assets_of_a_page_saved_complete_are_no_pages(folder: Path, ending: str) -> None:
    put(folder / "Budget vote.html")
    put(folder / f"Budget vote{ending}" / "advert.html")
    put(folder / "other_files" / "page.html")  # no page of that name beside it: an ordinary folder
    assert [page.source for page in pages(read(folder))] == ["in/Budget vote.html", "in/other_files/page.html"]


@pytest.mark.parametrize("name", ["page.shtml", "page.xht"])
def test_assets_beside_a_page_of_a_rarer_ending_are_no_pages_either(folder: Path, name: str) -> None:
    put(folder / name)
    put(folder / "page_files" / "advert.html")
    assert [page.source for page in pages(read(folder))] == [f"in/{name}"]


def test_url_noted_by_the_browser_that_saved_the_page(folder: Path) -> None:
    put(folder / "a.html", b"<!DOCTYPE html>\n<!-- saved from url=(0025)https://example.org/a?b=1 -->\n<html>")
    put(
        folder / "b.html",
        b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/b \n-->",
    )
    assert [page.url for page in pages(read(folder))] == ["https://example.org/a?b=1", "https://example.org/b"]


def test_glob(folder: Path) -> None:
    for name in ("a1.html", "a2.html", "b.html", "deep/er/a3.html"):
        put(folder / name)
    assert [page.source for page in pages(read("in/a*.html"))] == ["in/a1.html", "in/a2.html"]
    assert [page.source for page in pages(read("in/**/a?.html"))] == ["in/a1.html", "in/a2.html", "in/deep/er/a3.html"]
    assert [page.source for page in pages(read("in/d*"))] == ["in/deep/er/a3.html"]
    assert count_pages(["in/a*.html"]) == 2


def test_a_name_that_looks_like_a_glob_is_a_name_first(folder: Path) -> None:
    put(folder / "what[1].html")
    put(folder / "what1.html")
    assert [page.source for page in pages(read("in/what[1].html"))] == ["in/what[1].html"]


def test_paths_on_standard_input(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder / "a.html")
    put(folder / "sub" / "b.html")
    monkeypatch.setattr("sys.stdin", io.StringIO("in/a.html\r\n\nin/sub\nin/missing.html\n"))
    found = read("-")
    assert [item.source for item in found] == ["in/a.html", "in/sub/b.html", "in/missing.html"]
    assert isinstance(found[2], Rejected)
    assert found[2].reason == "not_found"
    assert count_pages(["-"]) is None


def test_directly_named_files_of_unknown_ending_are_sniffed(folder: Path) -> None:
    page = put(folder / "article", HTML)
    mail = put(
        folder / "saved.eml",
        b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Location: https://e.org/a\r\n\r\n<p>x",
    )
    assert [(found.body, found.content_type) for found in pages(read(page))] == [(HTML, "")]
    assert [found.url for found in pages(read(mail))] == ["https://e.org/a"]


def test_names_on_standard_input_need_not_be_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(os.fsdecode(b"in/caf\xe9.html")).write_bytes(HTML)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"in/caf\xe9.html\nin/\xff\x00.html"), "utf-8"))
    found = read("-")
    assert [item.source for item in found] == ["in/caf\\xe9.html", "in/\\xff\\x00.html"]
    assert isinstance(found[1], Rejected)


def test_a_list_of_names_saved_with_a_byte_order_mark(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder / "a.html")
    listed = "\ufeffin/a.html\nin/a.html\n"
    for stdin in (io.TextIOWrapper(io.BytesIO(listed.encode()), "utf-8"), io.StringIO(listed)):
        monkeypatch.setattr("sys.stdin", stdin)
        assert [page.source for page in pages(read("-"))] == ["in/a.html", "in/a.html"]


def test_count_is_unknown_for_archives(folder: Path) -> None:
    put(folder / "a.html")
    put(folder / "b.warc.gz", b"anything")
    assert count_pages(["in"]) is None


def test_pages_are_read_one_by_one(folder: Path) -> None:
    """A folder of any size costs one page of memory: nothing is opened before it is asked for."""
    for number in range(50):
        put(folder / f"{number:02}.html", HTML)
    found = read_pages(["in"], max_bytes=LIMIT)
    assert next(found).source == "in/00.html"
    put(folder / "01.html", b"changed later")
    second = next(found)
    assert isinstance(second, RawPage)
    assert second.body == b"changed later"


STARTS = {
    "a.html": [b"", HTML],
    "a.html.gz": [b"", gzip.compress(HTML)],
    "a.mhtml": [
        b"",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n",
        b"Content-Type: a/b\n",
    ],
    "a.warc": [b"", b"WARC/1.0\r\n", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTTP/1.1 2"],
    "a.warc.gz": [b"", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n")],
    "a.jsonl": [b"", b'{"url": "a:b", "text": "', b'{"url": "a:b", "path": "'],
    "a.jsonl.gz": [b"", gzip.compress(b'{"url": "a:b", "text": "x"}\n')],
    "unnamed": [b"", b"\x1f\x8b\x08", b"WARC/1.1\r\n", b"{", b"MIME-Version: 1.0\nContent-Type: text/html\n"],
}


@given(st.sampled_from(sorted(STARTS)), st.data())
def test_no_bytes_whatever_break_a_reader(name: str, data: st.DataObject) -> None:
    """Any bytes, under any ending, give pages and Rejected of one line each."""
    body = data.draw(st.sampled_from(STARTS[name])) + data.draw(st.binary(max_size=120))
    with tempfile.TemporaryDirectory() as folder:
        found = read(put(Path(folder) / name, body))
    for item in found:
        assert item.url
        if isinstance(item, Rejected):
            assert item.broken and item.reason and "\n" not in item.detail + item.source
        else:
            assert item.body and item.fetched_at.tzinfo is UTC
