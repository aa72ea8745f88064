"""MHTML: the root part is the page, with the address and time at which it was saved."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from crawler.pages import read_pages
from pipelines.decode import decode
from pipelines.model import RawPage, Rejected

PAGE = "<html><head><title>预算</title></head><body><p>市议会通过了新的预算案。</p></body></html>"
URL = "https://example.org/news/" + "a-very-long-path/" * 12 + "article.html"


def saved(charset: str = "utf-8", page: str = PAGE, *, start: str = "") -> MIMEMultipart:
    """Return a page as Chrome saves it: frame and picture as further parts."""
    message = MIMEMultipart("related", type="text/html")
    if start:
        message.set_param("start", start)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = URL
    message["Date"] = "Mon, 22 Jan 2024 10:20:30 +0800"
    frame = MIMEText("<p>an advert in a frame</p>", "html", "utf-8")
    frame["Content-ID"] = "<frame@mhtml.blink>"
    frame["Content-Location"] = "https://ads.example/frame.html"
    root = MIMEText(page, "html", charset)
    root["Content-ID"] = "<root@mhtml.blink>"
    root["Content-Location"] = URL
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n" + bytes(100), "png")
    for part in (frame, root, picture) if start else (root, frame, picture):
        message.attach(part)
    return message


def read(path: Path, limit: int = 1_000_000) -> RawPage | Rejected:
    (only,) = read_pages([str(path)], max_bytes=limit)
    return only


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("ending", ["mhtml", "mht"])
def test_page_address_and_time(tmp_path: Path, charset: str, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(saved(charset).as_bytes())
    page = read(path)
    assert isinstance(page, RawPage)
    assert page.url == URL
    assert page.fetched_at == datetime(2024, 1, 22, 2, 20, 30, tzinfo=UTC)
    assert decode(page.body, page.content_type, is_html=True)[0] == PAGE


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 -0800", "Mon, 99 Foo", "31 Dec 9999"])
def test_a_date_that_utc_does_not_have_is_none(tmp_path: Path, date: str) -> None:
    message = saved()
    message.replace_header("Date", date)
    (tmp_path / "a.mhtml").write_bytes(message.as_bytes())
    os.utime(tmp_path / "a.mhtml", (1_700_000_000, 1_700_000_000))
    page = read(tmp_path / "a.mhtml")
    assert isinstance(page, RawPage)
    assert page.fetched_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\xef\xbb\xbf\n"])
def test_a_byte_order_mark_or_empty_lines_before_the_headers(tmp_path: Path, before: bytes) -> None:
    """As editors leave them that saved the file anew."""
    (tmp_path / "a.mhtml").write_bytes(before + saved().as_bytes())
    page = read(tmp_path / "a.mhtml")
    assert isinstance(page, RawPage)
    assert (page.url, decode(page.body, page.content_type, is_html=True)[0]) == (URL, PAGE)


def test_start_names_the_root(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(saved(start="<root@mhtml.blink>").as_bytes())
    page = read(path)
    assert isinstance(page, RawPage)
    assert page.body.decode() == PAGE


def test_single_part(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content(PAGE, subtype="html")
    path = tmp_path / "a.mht"
    path.write_bytes(message.as_bytes())
    os.utime(path, (1_700_000_000, 1_700_000_000))
    page = read(path)
    assert isinstance(page, RawPage)
    assert (page.url, page.fetched_at) == (path.as_uri(), datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    assert page.body.decode().strip() == PAGE


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty_page"),
        (b"just some text without any headers", "bad_mhtml"),
        (saved().as_bytes()[:250], "truncated_mhtml"),
        (saved().as_bytes().partition(b"PGh0")[0] + b"PGh0", "truncated_mhtml"),
        (saved(page=" ").as_bytes(), "empty_page"),
    ],
)
def test_broken(tmp_path: Path, body: bytes, reason: str) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(body)
    found = read(path)
    assert isinstance(found, Rejected)
    assert (found.reason, found.broken) == (reason, True)


def test_too_large_a_root(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(saved(page="<p>" + "x" * 5000).as_bytes())
    found = read(path, 4000)
    assert isinstance(found, Rejected)
    assert found.reason == "too_large"
