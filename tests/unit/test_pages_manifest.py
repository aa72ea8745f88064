"""Manifests: a page a line, by path or inline; a bad line costs itself; no path leads out of the folder."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.pages import read_pages
from pipelines.decode import decode
from pipelines.model import RawPage, Rejected

URL = "https://example.org/a"
WHEN = "2024-01-22T10:20:30+08:00"


def read(path: Path, limit: int = 100_000) -> list[RawPage | Rejected]:
    return list(read_pages([str(path)], max_bytes=limit))


def manifest(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "pages.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", "utf-8")
    return path


def test_paths_html_and_text(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_bytes("<p>预算</p>".encode("gbk"))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"a capture"))
    path = manifest(
        tmp_path,
        {"url": URL, "path": "sub/a.html", "fetched_at": WHEN, "content_type": "text/html; charset=gbk"},
        {"url": URL + "2", "path": "b.txt.gz"},
        {
            "url": URL + "3",
            "html": "<p>été — 预算</p>",
            "fetched_at": "2024-01-22",
            "content_type": "text/html; charset=gbk",
        },
        "",
        {"url": URL + "4", "text": "lone \ud800 surrogate", "html": None},
    )
    one, two, three, four = read(path)
    assert isinstance(one, RawPage) and isinstance(two, RawPage)
    assert isinstance(three, RawPage) and isinstance(four, RawPage)
    assert (one.url, one.content_type, one.source) == (URL, "text/html; charset=gbk", f"{tmp_path}/sub/a.html")
    assert one.fetched_at == datetime(2024, 1, 22, 2, 20, 30, tzinfo=UTC)
    assert (two.body, two.content_type) == (b"a capture", "text/plain")
    assert three.fetched_at == datetime(2024, 1, 22, tzinfo=UTC)
    # Inline text is Unicode already: what the line says of a charset was true of other bytes.
    assert decode(three.body, three.content_type, is_html=True) == ("<p>été — 预算</p>", "utf-8")
    assert three.source == f"{path}:3"
    assert four.body == b"lone ? surrogate"
    assert four.fetched_at == datetime.fromtimestamp(path.stat().st_mtime, UTC)


@pytest.mark.parametrize("inline", [True, False])
def test_null_is_the_same_as_not_given(tmp_path: Path, inline: bool) -> None:
    """``json.dumps`` and data frames write null for what they do not know."""
    (tmp_path / "a.html").write_bytes(b"<p>a")
    content = {"html": "<p>a"} if inline else {"path": "a.html"}
    (page,) = read(manifest(tmp_path, {"url": URL, **content, "fetched_at": None, "content_type": None}))
    assert isinstance(page, RawPage)
    assert (page.url, page.content_type.partition(";")[0]) == (URL, "text/html")


@pytest.mark.parametrize("key", ["fetched_at", "content_type"])
def test_a_refused_line_keeps_its_url(tmp_path: Path, key: str) -> None:
    (found,) = read(manifest(tmp_path, {"url": URL, "html": "<p>a", key: None}, ""))
    assert found.url == URL
    (found,) = read(manifest(tmp_path, {"url": URL, "html": "<p>a", key: 7}))
    assert isinstance(found, Rejected)
    assert (found.reason, found.url) == ("bad_manifest_line", URL)


@pytest.mark.parametrize(
    ("content", "stated", "content_type"),
    [
        ({"text": "One\n\nTwo <b> three"}, "text/html; charset=gbk", "text/plain; charset=utf-8"),
        ({"text": "One"}, "application/pdf", "text/plain; charset=utf-8"),
        ({"text": "# One"}, "text/markdown", "text/markdown; charset=utf-8"),
        ({"html": "One<p>Two"}, "text/plain", "text/html; charset=utf-8"),
    ],
)
def test_the_key_says_what_inline_content_is(
    tmp_path: Path, content: dict[str, str], stated: str, content_type: str
) -> None:
    """The line's type is the page's own as it came, which the text taken out of it has no longer."""
    (page,) = read(manifest(tmp_path, {"url": URL, **content, "content_type": stated}))
    assert isinstance(page, RawPage)
    assert page.content_type == content_type


@pytest.mark.parametrize("name", ["pages.ndjson", "pages.ndjson.gz", "pages.jsonl.gz"])
def test_endings_of_manifests(tmp_path: Path, name: str) -> None:
    line = json.dumps({"url": URL, "text": "a capture"}).encode()
    (tmp_path / name).write_bytes(gzip.compress(line) if name.endswith(".gz") else line)
    assert [page.url for page in read(tmp_path)] == [URL]


def test_spaces_in_an_address_are_escaped_as_browsers_do(tmp_path: Path) -> None:
    (page,) = read(manifest(tmp_path, {"url": " https://e.org/News Feed/a story.aspx ", "html": "<p>a"}))
    assert page.url == "https://e.org/News%20Feed/a%20story.aspx"


BAD = [
    ("{not json", "bad_manifest_line"),
    ("[1, 2]", "bad_manifest_line"),
    ("[" * 100_000, "bad_manifest_line"),
    ({"path": "a.html"}, "bad_manifest_line"),
    ({"url": "no url", "path": "a.html"}, "bad_manifest_line"),
    ({"url": 7, "path": "a.html"}, "bad_manifest_line"),
    ({"url": "https://e.org/a\nb", "path": "a.html"}, "bad_manifest_line"),
    ({"url": URL}, "bad_manifest_line"),
    ({"url": URL, "path": "a.html", "text": "x"}, "bad_manifest_line"),
    ({"url": URL, "html": ["x"]}, "bad_manifest_line"),
    ({"url": URL, "html": "x", "fetched_at": "yesterday"}, "bad_manifest_line"),
    ({"url": URL, "html": "x", "fetched_at": "0001-01-01T00:00:00+14:00"}, "bad_manifest_line"),
    ({"url": URL, "path": "a\x00.html"}, "bad_manifest_line"),
    ({"url": URL, "path": "pages.jsonl"}, "bad_manifest_line"),
    ({"url": URL, "path": "gone.html"}, "unreadable"),
    ({"url": URL, "path": "sub"}, "not_a_file"),
    ({"url": URL, "path": "loop.html"}, "unreadable"),
    ({"url": URL, "path": "empty.html"}, "empty_page"),
    ({"url": URL, "html": " \n"}, "empty_page"),
    ({"url": URL, "html": "x" * 100_001}, "too_large"),
    ({"url": URL, "html": "x" * 1_000_000}, "too_large"),
    ({"url": URL, "path": "../secret.txt"}, "path_outside"),
    ({"url": URL, "path": "sub/../../secret.txt"}, "path_outside"),
    ({"url": URL, "path": "link.txt"}, "path_outside"),
    ({"url": URL, "path": "/etc/passwd"}, "path_outside"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[f"{n}-{reason}" for n, (_, reason) in enumerate(BAD)])
def test_a_bad_line_costs_itself_alone(tmp_path: Path, line: dict[str, Any] | str, reason: str) -> None:
    (tmp_path / "secret.txt").write_text("not for everybody")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "empty.html").touch()
    (folder / "link.txt").symlink_to("../secret.txt")
    (folder / "loop.html").symlink_to("loop.html")
    good = {"url": URL + "/good", "text": "good"}
    before, bad, after = read(manifest(folder, good, line, good))
    assert isinstance(before, RawPage) and isinstance(after, RawPage)
    assert isinstance(bad, Rejected)
    assert (bad.reason, bad.broken, bad.source.endswith("in/pages.jsonl:2")) == (reason, True, True)
    assert bad.detail.startswith("line 2: ")
    assert "\n" not in bad.detail


def test_half_an_emoji_in_an_address_or_a_path(tmp_path: Path) -> None:
    r"""JSON can spell what no catalogue holds and no file is called; a name's byte that is no UTF-8 is spelt alike."""
    (tmp_path / "a.html").write_bytes(b"<p>a")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xe9.html")).write_bytes(b"<p>b")
    html = {"html": "<p>a"}
    lines = [
        {"url": URL + "\ud800", **html},
        {"url": URL + "\ud83d\ude00", **html},
        {"url": URL, "path": "\ud800.html"},
    ]
    path = manifest(tmp_path, *lines, {"url": URL, "path": "b\udce9.html"}, {"url": URL, "path": "a.html"})
    half, whole, missing, named, plain = read(path)
    assert [half.url, whole.url] == [URL + "\ufffd", URL + "😀"]
    assert isinstance(missing, Rejected) and missing.detail == "line 3: \ufffd.html: No such file or directory"
    assert isinstance(named, RawPage) and isinstance(plain, RawPage) and named.body == b"<p>b"


@pytest.mark.parametrize("name", ["\ud800.html", "\x00.html"])
def test_a_path_that_no_file_has_stops_no_folder(tmp_path: Path, name: str) -> None:
    manifest(tmp_path, {"url": URL, "path": name}, {"url": URL, "html": "<p>a"})
    bad, good = read(tmp_path)
    assert isinstance(bad, Rejected) and isinstance(good, RawPage)


def test_an_absolute_path_inside_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>a")
    (page,) = read(manifest(tmp_path, {"url": URL, "path": str(tmp_path / "a.html")}))
    assert isinstance(page, RawPage)


def test_gzipped_and_torn(tmp_path: Path) -> None:
    lines = [json.dumps({"url": f"{URL}{n}", "text": f"text {n * n}"}) for n in range(2000)]
    body = gzip.compress("\n".join(lines).encode())
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(body)
    assert len(read(path)) == 2000
    path.write_bytes(body[: len(body) // 2])
    *good, last = read(path)
    assert len(good) > 500
    assert all(isinstance(page, RawPage) for page in good)
    assert isinstance(last, Rejected)
    assert last.reason == "truncated_gzip"


def test_in_a_folder_listed_files_are_read_once(tmp_path: Path) -> None:
    """With the URL of the manifest, not a second time as a file; other JSON Lines are data and are left alone."""
    (tmp_path / "sub").mkdir()
    for name in ("a.html", "sub/b.html", "sub/c.html"):
        (tmp_path / name).write_bytes(b"<p>page")
    manifest(tmp_path, {"url": URL, "path": "a.html"}, {"url": URL + "b", "path": "sub/b.html"})
    (tmp_path / "truth.jsonl").write_text('{"id": 1, "url": "https://example.org", "body": "x"}\n')
    found = read(tmp_path)
    assert [item.url for item in found] == [URL, URL + "b", (tmp_path / "sub" / "c.html").as_uri()]


@pytest.mark.parametrize("body", [b"", b"\n \n"])
def test_an_empty_manifest_is_said(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(body)
    (found,) = read(path)
    assert isinstance(found, Rejected)
    assert (found.reason, found.url) == ("empty_page", path.as_uri())
