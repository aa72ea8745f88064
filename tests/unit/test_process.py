"""The whole way of one page, without Scrapy: what becomes an article, what is rejected, and that nothing raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.model import Article, RawPage, Rejected
from pipelines.process import clean

CONFIG = Config()
FETCHED = datetime(2025, 6, 1, 12, tzinfo=UTC)
LINES = [
    "The harbour authority said on Monday that the new breakwater would be finished before the winter storms.",
    "Work began two years ago and was delayed twice, first by a strike and then by a shortage of stone.",
    "Fishermen in the town have asked for years for a better shelter, and many of them watched the last barge arrive.",
    "The mayor called it the largest project that the town had ever paid for out of its own budget.",
]
SOUP = ["<div>", "</div>", "<p>", "<br>", "</td>", "<table>", "<a href=x>", "更多", "&nbsp;"]
HTML = (
    '<html lang="en"><head><title>Breakwater nearly done - Harbour News</title></head><body><nav><a href="/">Home</a> '
    '<a href="/sport">Sport</a></nav><article><h1>Breakwater nearly done</h1>'
    + "".join(f"<p>{line}</p>" for line in LINES)
    + '<p><a href="/related">Read more</a></p></article><footer>Copyright 2025</footer></body></html>'
)


def page(
    body: str | bytes, content_type: str = "text/html; charset=utf-8", url: str = "https://news.example.org/a"
) -> RawPage:
    raw = body.encode() if isinstance(body, str) else body
    return RawPage(url=url, fetched_at=FETCHED, body=raw, source="test", content_type=content_type)


def article(raw: RawPage) -> Article:
    found = clean(raw, CONFIG)
    assert isinstance(found, Article), found
    return found


def test_html_becomes_an_article() -> None:
    found = article(page(HTML))
    assert [block.text for block in found.blocks] == LINES
    assert found.meta.title == "Breakwater nearly done"
    assert found.language.code == "en"
    assert found.encoding == "utf-8"
    assert found.site
    assert "polyglean" in found.extractor_version and "trafilatura" in found.extractor_version


def test_text_capture_becomes_an_article_of_the_same_words() -> None:
    text = "Breakwater nearly done\n\n" + "\n\n".join(LINES)
    found = article(page(text, "text/plain; charset=utf-8", "file:///tmp/page.txt"))
    assert [block.text for block in found.blocks] == LINES
    assert found.meta.title == "Breakwater nearly done"


def test_record_id_follows_address_and_content_not_the_place_of_a_file() -> None:
    text = page("Breakwater nearly done\n\n" + "\n\n".join(LINES), "text/plain", "file:///a.txt")
    assert article(text).record_id == article(replace(text, url="file:///b/c.txt", source="other")).record_id
    assert article(page(HTML)).record_id != article(page(HTML.replace("Monday", "Tuesday"))).record_id
    assert article(page(HTML)).record_id != article(page(HTML, url="https://news.example.org/b")).record_id


@pytest.mark.parametrize(
    ("raw", "reason", "broken"),
    [
        (page(b""), "empty_page", True),
        (page(b"%PDF-1.7\n" + bytes(range(256)) * 20, ""), "binary", True),
        (page(b"x" * (CONFIG.max_page_bytes + 1)), "too_large", True),
        (page("<html><body><p>Short.</p></body></html>"), "too_short", False),
        (replace(page(HTML), status=404), "http_404", False),
    ],
)
def test_what_is_no_article_is_rejected_with_a_reason(raw: RawPage, reason: str, broken: bool) -> None:
    found = clean(raw, CONFIG)
    assert isinstance(found, Rejected)
    assert (found.reason, found.broken) == (reason, broken)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(["text/html", "text/plain", "", "text/html; charset=big5"]))
def test_nothing_raises(body: bytes, content_type: str) -> None:
    found = clean(page(body, content_type), CONFIG)
    assert isinstance(found, Article) or found.reason != "extractor_error", found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LINES, *SOUP])))
def test_markup_soup_neither_raises_nor_invents(parts: list[str]) -> None:
    found = clean(page("".join(parts)), CONFIG)
    assert isinstance(found, Article) or found.reason != "extractor_error", found
    if isinstance(found, Article):
        source = "".join("".join(part.split()) for part in parts if "<" not in part and "&" not in part)
        assert all("".join(block.text.split()) in source for block in found.blocks)


def test_same_page_same_article() -> None:
    assert article(page(HTML)) == article(page(HTML))


def test_what_is_known_of_the_site_serves_where_the_page_is_silent() -> None:
    dated = HTML.replace("<p>Work began", "<p class='date'>Published 2025-05-02 10:00</p><p>Work began")
    plain, zoned = article(page(dated)), article(replace(page(dated), timezone="Asia/Shanghai"))
    assert plain.meta.published and zoned.meta.published
    assert (plain.meta.published.at - zoned.meta.published.at).total_seconds() == 8 * 3600
