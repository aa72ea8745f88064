"""Saved pages that cannot be read: each is one Rejected, and only nothing at all is an error."""

from __future__ import annotations

import gzip
import io
import json
import os
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages import count_pages
from pipelines.binary import binary_kind
from pipelines.errors import UsageError
from tests.saved_pages import HTML, LIMIT, pages, put, read, rejected, without_rights, working_in


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with working_in(tmp_path) as inside:
        yield inside


def test_empty_file(folder: Path) -> None:
    put(folder / "good.html")
    put(folder / "empty.html", b"")
    assert rejected(folder).reason == "empty_page"
    assert len(read(folder)) == 2


@pytest.mark.parametrize("cut", [1, 9, 20, 60])
def test_truncated_gzip(folder: Path, cut: int) -> None:
    put(folder / "a.html.gz", gzip.compress(HTML * 3)[:-cut])
    assert rejected(folder).reason == "truncated_gzip"


def test_damaged_gzip(folder: Path) -> None:
    body = bytearray(gzip.compress(HTML))
    body[-6] ^= 0xFF  # the checksum
    put(folder / "a.html.gz", bytes(body))
    assert rejected(folder).reason == "bad_gzip"


def test_too_large(folder: Path) -> None:
    put(folder / "exact.html", b"x" * 1000)
    put(folder / "over.html", b"x" * 1001)
    assert rejected(folder, limit=1000).source == "in/over.html"
    assert rejected(folder, limit=1000).reason == "too_large"


def test_gzip_bomb_costs_its_limit_only(folder: Path) -> None:
    put(folder / "bomb.html.gz", gzip.compress(bytes(200_000_000), 9))
    tracemalloc.start()
    found = rejected(folder)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.reason == "too_large"
    assert "decompression" in found.detail
    assert peak < 8 * LIMIT


def test_forbidden_file() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as made:  # pytest's own folders are closed to others
        folder = Path(made)
        folder.chmod(0o755)
        put(folder / "a.html").chmod(0)
        with without_rights():
            found = rejected(folder)
    assert found.reason == "unreadable"
    assert "ermission" in found.detail


def test_a_glob_over_links_that_cannot_be_followed() -> None:
    """One link into a forbidden folder, one to a name longer than any: each costs itself, by glob and in the count."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:  # pytest's own folders are closed to others
        folder = Path(made)
        folder.chmod(0o755)
        put(folder / "in" / "good.html")
        shut = put(folder / "shut" / "a.html").parent
        (folder / "in" / "long.html").symlink_to("x" * 300)
        (folder / "in" / "shut.html").symlink_to(shut / "a.html")
        shut.chmod(0)
        with without_rights():
            found = read(folder / "in" / "*.html")
            counted = count_pages([f"{folder}/in/*.html"])
        shut.chmod(0o755)
    names = [(Path(item.source).name, getattr(item, "reason", None)) for item in found]
    assert names == [("good.html", None), ("long.html", "unreadable"), ("shut.html", "unreadable")]
    assert counted == 3


def test_unreadable_files(folder: Path) -> None:
    put(folder / "good.html")
    (folder / "dangling.html").symlink_to("nowhere.html")
    assert rejected(folder).reason == "unreadable"
    long_name = "x" * 300 + ".html"
    assert rejected(folder / "good.html", long_name).reason in ("unreadable", "not_found")


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="other file systems keep times within the calendar")
def test_a_modification_time_outside_the_calendar() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as made:
        path = put(Path(made) / "a.html")
        os.utime(path, (2**40, 2**40))
        assert [page.fetched_at for page in pages(read(path))] == [datetime(1970, 1, 1, tzinfo=UTC)]


def test_pipes_and_devices_do_not_hang(folder: Path) -> None:
    put(folder / "good.html")
    os.mkfifo(folder / "pipe.html")
    assert len(read(folder)) == 1
    assert rejected(folder / "pipe.html").reason == "not_a_file"
    assert rejected("/dev/zero").reason == "not_a_file"


def test_link_loops_end(folder: Path) -> None:
    put(folder / "sub" / "a.html")
    (folder / "sub" / "up").symlink_to("..")
    (folder / "self").symlink_to(".")
    (folder / "round").symlink_to("round")
    assert [page.source for page in pages(read(folder))] == ["in/sub/a.html"]


def test_very_deep_folders(folder: Path) -> None:
    """Deeper than Python recurses, hence also than shutil or pytest can remove: the test does it step by step."""
    here, deep = Path.cwd(), 1500
    os.chdir(folder)
    for _ in range(deep):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.html").write_bytes(HTML)
    os.chdir(here)
    try:
        (page,) = pages(read(folder))
    finally:
        os.chdir(Path(folder, *["d"] * deep))
        Path("a.html").unlink()
        for _ in range(deep):
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(here)
    assert page.source.count("/d") == deep


def test_names_that_are_no_utf_8(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/caf\xe9.html"
    Path(os.fsdecode(raw)).write_bytes(HTML)
    (page,) = pages(read(folder))
    assert page.url.endswith("/in/caf%E9.html")
    assert page.source == "in/caf\\xe9.html"  # what goes into a record can be written
    put(folder / "two\nlines.html", b"")
    assert rejected(folder).source == "in/two\\x0alines.html"


def test_missing_among_others_is_one_rejected(folder: Path) -> None:
    put(folder / "a.html")
    (folder / "empty").mkdir()
    found = read("no/such", folder / "empty", folder / "a.html", "none*.html")
    assert [(item.source, getattr(item, "reason", None)) for item in found] == [
        ("no/such", "not_found"),
        ("in/empty", "no_pages"),
        ("in/a.html", None),
        ("none*.html", "not_found"),
    ]
    assert count_pages(["no/such", "in/empty", "in/a.html", "none*.html"]) == 4


@pytest.mark.parametrize("spec", ["no/such/place", "in", "in/*.html", "in/\x00.html"])
def test_nothing_at_all_is_a_usage_error(folder: Path, spec: str) -> None:
    put(folder / "picture.png")
    for use in (lambda: read(spec), lambda: count_pages([spec])):
        with pytest.raises(UsageError, match="no pages") as caught:
            use()
        assert caught.value.exit_code == 2
        assert "\n" not in str(caught.value)


def test_empty_standard_input_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    with pytest.raises(UsageError, match="standard input"):
        read("-")


def test_a_closed_standard_input_is_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after ``<&-``: Python then has no sys.stdin at all."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UsageError, match="standard input"):
        read("-")


def test_an_empty_name_is_not_the_working_folder(folder: Path) -> None:
    put(folder / "good.html")
    with pytest.raises(UsageError, match="no pages in '': an empty name"):
        count_pages([""])


@pytest.mark.parametrize("indent", [None, 2])
def test_a_har_file_says_what_to_save_instead(folder: Path, indent: int | None) -> None:
    entry = {"request": {"url": "https://a.example/"}, "response": {"content": {"text": "<html>…</html>"}}}
    put(folder / "session.har", json.dumps({"log": {"version": "1.2", "entries": [entry]}}, indent=indent).encode())
    [page] = pages(read(folder / "session.har"))
    assert binary_kind(page.body) == "a HAR file: save the pages as HTML, MHTML or WARC"
