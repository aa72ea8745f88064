"""What programs note in the pages that they save: address and time, in the forms that each of them writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import read_pages
from crawler.pages.notes import compact, read_note
from pipelines.model import RawPage

AT = datetime(2024, 1, 19, 10, 8, tzinfo=UTC)
NOTES = {
    "Chromium": (b"<!DOCTYPE html>\n<!-- saved from url=(0025)https://example.org/a?b=1 -->", "https://example.org/a?b=1", None),
    "SingleFile": (
        b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/a \n"
        b" saved date: Fri Jan 19 2024 18:08:00 GMT+0800 (\xe4\xb8\xad\xe5\x9b\xbd\xe6\xa0\x87\xe5\x87\x86\xe6\x97\xb6\xe9\x97\xb4)\n-->",
        "https://example.org/a",
        AT,
    ),
    "SingleFile, before 2020": (
        b"<html><!--\n Archive processed by SingleFile \n url: https://example.org/a \n saved date: Fri Jan 19 2024 05:08:00 GMT-0500 (EST)\n-->",
        "https://example.org/a",
        AT,
    ),
    "SingleFile, no date": (b"<html><!--\n Page saved with SingleFile \n url: https://example.org/a\n-->", "https://example.org/a", None),
    "Save Page WE": (
        b"<html><head><style>" + b"a{}" * 9000 + b'</style><meta name="savepage-url" content="https://example.org/?a=1&amp;b=2">\n'
        b'<meta name="savepage-title" content="T">\n<meta name="savepage-date" content="Fri Jan 19 2024 12:08:00 GMT+0200 (EET)">',
        "https://example.org/?a=1&b=2",
        AT,
    ),
    "WebScrapBook": (
        b'<!DOCTYPE html>\n<html lang="en" data-scrapbook-source="https://example.org/a" data-scrapbook-create="20240119100800123">',
        "https://example.org/a",
        AT,
    ),
    "monolith": (
        b"<!-- Saved from https://example.org/a at 2024-01-19T10:08:00Z using monolith v2.8.1 -->\n<html>",
        "https://example.org/a",
        AT,
    ),
    "HTTrack": (
        b"<!DOCTYPE html>\n<!-- Mirrored from example.org/a/b.html by HTTrack Website Copier/3.x [XR&CO'2014], "
        b"Fri, 19 Jan 2024 10:08:00 GMT -->",
        "http://example.org/a/b.html",
        AT,
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", NOTES)
def test_address_and_time_that_a_program_noted(program: str) -> None:
    body, url, at = NOTES[program]
    note = read_note(body + b"<body><p>Text")
    assert (note.url, note.saved_at) == (url, at)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><head><title>A page as it was sent</title>",
        b"<html>" + b" " * 9000 + b"<!-- saved from url=(0025)https://example.org/a -->",  # a page that quotes a note
        b"<!-- saved from url=(0014)about:internet -->",  # the mark without an address
        b"<p>Mirrored from example.org by HTTrack Website Copier/3.x",
    ],
)
def test_a_page_without_a_note(body: bytes) -> None:
    assert read_note(body).url is None


@pytest.mark.parametrize(
    "when", [b"Fri Jan 19 2024", b"Fri Foo 19 2024 10:08:00 GMT+0000", b"Fri Jan 39 2024 10:08:00 GMT+0000", b"\xff"]
)
def test_a_time_that_is_none_costs_only_the_time(when: bytes) -> None:
    note = read_note(
        b"<!--\n Page saved with SingleFile \n url: https://example.org/a \n saved date: " + when + b"\n-->"
    )
    assert (note.url, note.saved_at) == ("https://example.org/a", None)


@given(st.integers(820_454_400, 4_102_444_800))
def test_compact_times_are_read_to_the_digit_that_is_there(seconds: int) -> None:
    when = datetime.fromtimestamp(seconds, UTC)
    digits = when.strftime("%Y%m%d%H%M%S")
    assert compact(digits) == when
    assert compact(digits + "123") == when
    assert compact(digits[:8]) == when.replace(hour=0, minute=0, second=0)
    assert compact(digits[:6]) == when.replace(day=1, hour=0, minute=0, second=0)


@pytest.mark.parametrize("digits", ["20241301", "00000000", "20240230100800"])
def test_digits_that_are_no_time(digits: str) -> None:
    assert compact(digits) is None


def test_the_noted_time_goes_before_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "noted.html").write_bytes(NOTES["monolith"][0])
    (tmp_path / "sent.html").write_bytes(b"<html><p>Text")
    noted, sent = (page for page in read_pages([str(tmp_path)], max_bytes=10_000) if isinstance(page, RawPage))
    assert noted.fetched_at == AT
    assert datetime.now(UTC) - sent.fetched_at < timedelta(hours=1)
