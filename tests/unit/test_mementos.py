"""Copies out of web archives are read as the pages that they are copies of."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages import read_pages
from crawler.pages.mementos import original
from pipelines.config import Config
from pipelines.model import Article, RawPage
from pipelines.process import clean

AT = datetime(2024, 1, 19, 10, 8, tzinfo=UTC)
READ = datetime(2026, 5, 1, tzinfo=UTC)
PAGE = "https://news.example.co.jp/2024/01/bridge.html"
SENTENCE = "The bridge over the river was opened again on Friday after three years of work, the city said. "
SCRIPTS = (
    '<script type="text/javascript" src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>\n'
    '<script>__wm.init("https://web.archive.org/web");\n__wm.wombat("' + PAGE + '","20240119100800",'
    '"https://web.archive.org/","web","https://web-static.archive.org/_static/","1705658880");</script>\n'
    '<link rel="stylesheet" href="https://web-static.archive.org/_static/css/banner-styles.css" />\n'
    "<!-- End Wayback Rewrite JS Include -->"
)
BANNER = (
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><p>'
    + "This crawl was made by volunteers who keep copies of the news for all that come later, day after day. " * 4
    + "</p></div><!-- END WAYBACK TOOLBAR INSERT -->"
)
END = "<!--\n     FILE ARCHIVED ON 10:08:00 Jan 19, 2024 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE.\n-->\n<!--\nplayback timings (ms):\n  x: 1\n-->"


def memento(prefix: str = "https://web.archive.org/web/20240119100800", *, added: bool = True) -> bytes:
    """Return an article as the Wayback Machine sends its copy."""
    scripts, banner, end = (SCRIPTS, BANNER, END) if added else ("", "", "")
    data = {"@type": "NewsArticle", "url": f"{prefix}/{PAGE}", "image": f"{prefix}im_/https://img.example.co.jp/b.jpg"}
    return (
        f"<!DOCTYPE html><html><head>{scripts}<title>Bridge opened again</title>"
        f'<link rel="canonical" href="{prefix}/{PAGE}">'
        f'<script type="application/ld+json">{json.dumps(data).replace("/", chr(92) + "/")}</script>'
        f'<script>window.state = "{prefix}/{PAGE}".replace();</script></head><body>{banner}'
        f'<nav><a href="/web/20240119100800/https://news.example.co.jp/">Home</a></nav><article><h1>Bridge opened again</h1>'
        f"<p>2024年1月19日 9:30</p>"
        f'<p>{SENTENCE * 2}<a href="{prefix}/https://city.example.org/plan">The plan</a> is public.</p><p>{SENTENCE * 3}</p>'
        f'<img src="/web/20240119100800im_/https://img.example.co.jp/b.jpg" width="800" height="500"><p>{SENTENCE * 2}</p>'
        f'</article><a href="{prefix}/whatsapp://send?text=x">Share</a></body></html>{end}'
    ).encode()


def page(url: str, body: bytes = b"<p>Text", content_type: str = "text/html") -> RawPage:
    return RawPage(url=url, fetched_at=READ, body=body, source="a.html", content_type=content_type)


@pytest.mark.parametrize(
    ("url", "of", "at"),
    [
        ("https://web.archive.org/web/20240119100800/https://example.org/a?b=1", "https://example.org/a?b=1", AT),
        ("https://web.archive.org/web/20240119100800id_/http://example.org/a", "http://example.org/a", AT),
        ("http://web.archive.org/web/20240119100800if_/http:/example.org/a", "http://example.org/a", AT),
        ("https://web.archive.org/web/20240119/https://example.org/", "https://example.org/", AT.replace(hour=0, minute=0)),
        ("https://arquivo.pt/wayback/20240119100800/https://example.org/a", "https://example.org/a", AT),
        ("https://www.webarchive.org.uk/wayback/archive/20240119100800mp_/https://example.org/", "https://example.org/", AT),
        ("https://wayback.archive-it.org/1234/20240119100800/https://example.org/a", "https://example.org/a", AT),
        ("https://archive.ph/20240119100800/https://example.org/a", "https://example.org/a", AT),
        ("https://archive.ph/2024.01.19-100800/https://example.org/a", "https://example.org/a", AT),
        ("https://web.archive.org/web/https://example.org/a", "https://example.org/a", READ),
        ("https://web.archive.org/web/2024/https://example.org/a", "https://example.org/a", READ),
        ("https://web.archive.org/web/2id_/https://example.org/a", "https://example.org/a", READ),
    ],
)  # fmt: skip
def test_the_address_of_a_copy_names_page_and_time(url: str, of: str, at: datetime) -> None:
    found = original(page(url))
    assert (found.url, found.fetched_at) == (of, at)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2024/01/19/story",
        "https://example.org/20240119100800/story.html",
        "https://example.org/share?u=https://web.archive.org/web/20240119100800/https://example.net/",
        "https://example.org/20249919/https://example.net/",  # digits that are no day
        "https://example.org/story/https://example.net/",
        "file:///pages/20240119100800/a.html",
    ],
)
def test_any_other_address_stays(url: str) -> None:
    given = page(url)
    assert original(given) is given


def test_a_copy_becomes_the_page() -> None:
    copy = original(page(f"https://web.archive.org/web/20240119100800/{PAGE}", memento()))
    assert b"archive" not in copy.body.lower()
    assert b"Wayback" not in copy.body
    assert b'href="https://news.example.co.jp/"' in copy.body
    assert b'href="whatsapp://send?text=x"' in copy.body
    assert b'"url": "https:\\/\\/news.example.co.jp' in copy.body
    assert copy.body.startswith(b"<!DOCTYPE html><html><head><title>")


def test_the_record_of_a_copy_is_that_of_its_page() -> None:
    config = Config()
    copy = clean(original(page(f"https://web.archive.org/web/20240119100800/{PAGE}", memento())), config)
    assert isinstance(copy, Article)
    assert (copy.url, copy.canonical_url, copy.site) == (PAGE, PAGE, "example.co.jp")
    assert copy.blocks[0].text.startswith("The bridge over")
    assert not [block for block in copy.blocks if "volunteers" in block.text]
    assert [link.url for link in copy.links] == ["https://city.example.org/plan"]
    assert [image.url for image in copy.images] == ["https://img.example.co.jp/b.jpg"]
    assert copy.meta.published is not None
    assert copy.meta.published.at == datetime(2024, 1, 19, 0, 30, tzinfo=UTC)  # 9:30 in the page's country


def test_a_copy_saved_to_a_file_says_itself_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(memento("/web/20240119100800"))
    noted = (
        b"<!-- saved from url=(0089)https://web.archive.org/web/20240119100800/https://example.org/b -->\n<html><p>Text"
    )
    (tmp_path / "b.html").write_bytes(noted)
    found = [one for one in read_pages([str(tmp_path)], max_bytes=100_000) if isinstance(one, RawPage)]
    assert [(one.url, one.fetched_at) for one in found] == [(PAGE, AT), ("https://example.org/b", AT)]
    assert b"/web/2024" not in found[0].body


def test_pywb_says_it_in_its_own_words() -> None:
    head = (
        "<head>\n<!-- WB Insert -->\n<script>\n  wbinfo = {};\n"
        f'  wbinfo.url = "{PAGE}";\n  wbinfo.timestamp = "20240119100800";\n  wbinfo.request_ts = "20240119100800";\n'
        '  wbinfo.prefix = decodeURI("http://localhost:8080/news/");\n</script>\n<!-- End WB Insert --><title>T</title>'
    )
    body = f'<html>{head}<a href="http://localhost:8080/news/20240119100800mp_/https://example.org/x">x</a>'.encode()
    found = original(page("file:///pages/a.html", body))
    assert (found.url, found.fetched_at) == (PAGE, AT)
    assert found.body == b'<html><head>\n<title>T</title><a href="https://example.org/x">x</a>'


def test_scripts_that_claim_to_be_an_archives_take_no_other_sites_name() -> None:
    found = original(page("https://evil.example.net/a", memento()))
    assert (found.url, found.fetched_at) == ("https://evil.example.net/a", READ)
    assert b"volunteers" not in found.body


def test_what_an_archive_added_twice_makes_no_other_page() -> None:
    """Two visits differ in the timings at the end: the page that was copied is the same, and so is its hash."""
    url = f"https://web.archive.org/web/20240119100800/{PAGE}"
    assert original(page(url, memento())).body == original(page(url, memento().replace(b"x: 1", b"x: 22"))).body


def test_a_text_about_archives_keeps_its_words() -> None:
    body = (
        b"<p>See https://web.archive.org/web/20240119100800/https://example.org/ and call __wm.init(). "
        b"FILE ARCHIVED ON is what the end says.</p>"
    )
    assert original(page("https://example.org/about-archives", body)).body == body


@pytest.mark.parametrize(
    "piece",
    [b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<script src=archive.org/_static/js/>", b"<!-- FILE ARCHIVED ON", b"/web/20240119100800/",
     b"__wm.wombat(\"https://", b"wbinfo.url = \""],
)  # fmt: skip
def test_marks_without_an_end_take_nothing_away(piece: bytes) -> None:
    body = piece * 50_000 + b"<p>Text</p>"
    assert original(page("https://example.org/a", body)).body == body
