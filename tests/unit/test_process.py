"""The whole way of one page, without Scrapy: what becomes an article, what is rejected, and that nothing raises."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.model import Article, Block, Draft, Kind, Link, Metadata, RawPage, Rejected
from pipelines.process import clean
from pipelines.wellformed import all_well_formed, may_spell_halves

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


def with_data(**data: str) -> str:
    """Return a page whose structured data is given; ``json.dumps`` writes half an emoji as ``\\ud83d``."""
    told = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | data)
    return f'<html lang="en"><head><script type="application/ld+json">{told}</script></head>'


def test_half_an_emoji_in_a_pages_data_costs_a_character_and_no_article() -> None:
    shown = "<body><article>" + "".join(f"<p>{line}</p>" for line in LINES) + "</article></body></html>"
    found = article(page(with_data(headline="Breakwater nearly done \ud83d") + shown))
    assert found.meta.title == "Breakwater nearly done \ufffd"
    hidden = with_data(headline="Breakwater nearly done", articleBody="\n\n".join(LINES) + " \ud83d")
    found = article(page(hidden + "<body><div id=root></div></body></html>", url="https://news.example.org/\ud83d"))
    assert found.text.endswith("town had ever paid for out of its own budget. \ufffd")
    whole = article(page(hidden.replace("\\ud83d", "\\ud83d\\ude00") + "<body></body></html>"))
    assert whole.text.endswith("\U0001f600"), "two halves are one character"


@pytest.mark.parametrize("backslash", ["&#92;", "&#x5c;", "&#X5C;", "&bsol;", "&#092;"])
def test_half_an_emoji_whose_backslash_is_spelt_as_an_entity(backslash: str) -> None:
    data = json.dumps({"headline": "Breakwater nearly done \ud83d"}).replace("\\", backslash).replace('"', "&quot;")
    shown = f"<body><article data-page='{data}'>" + "".join(f"<p>{line}</p>" for line in LINES) + "</article></body>"
    assert may_spell_halves(shown)
    article(page(f"<html>{shown}</html>")).text.encode()


@pytest.mark.parametrize("text", ["It&#039;s", "&#x27;", "\\u003c", "\\u00e9", "caf\u00e9", "\U0001f600"])
def test_text_that_spells_no_half_is_not_looked_at_twice(text: str) -> None:
    assert not may_spell_halves(text)


def test_a_sound_draft_is_the_same_object_and_a_torn_one_is_mended_all_through() -> None:
    draft = Draft(
        url="u", meta=Metadata(title="Ünïcode"), blocks=(Block(kind=Kind.PARAGRAPH, text="é"),), declared=frozenset("é")
    )
    assert all_well_formed(draft) is draft
    torn = replace(
        draft, meta=Metadata(tags=("a", "\ude00")), links=(Link(url="\ud83d", text=""),), declared=frozenset({"\ud83d"})
    )
    mended = all_well_formed(torn)
    assert mended.meta.tags == ("a", "\ufffd") and mended.links[0].url == "\ufffd"
    assert mended.declared == {"\ufffd"} and mended.blocks is torn.blocks
