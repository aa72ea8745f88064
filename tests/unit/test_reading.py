"""What a response means: validators to ask again with, the articles a source wants, the sitemaps to read, in order."""

from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler import discovery, reading, sources
from crawler.discovery import Candidate, Found
from crawler.state import Resource

(SOURCE,) = sources.parse('[[source]]\nname = "e"\nsite = "https://e.org/"\nfeeds = ["https://e.org/f"]\n')
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def wanted(name, *articles):
    resource = Resource(url=f"https://e.org/{name}", role="sitemap")
    return [one.url[14:] for one in reading.candidates(SOURCE, resource, Found(articles=articles))]


def page(path, **more):
    return Candidate(url=f"https://e.org/{path}", **more)


@pytest.mark.parametrize(
    "name",
    ["post-sitemap2.xml", "wp-sitemap-posts-post-1.xml", "sitemap-news.xml", "sitemap.php?type=articles&n=2"],
)
def test_a_sitemap_of_articles_speaks_for_short_addresses(name):
    assert wanted(name, page("p/the-title"), page("posts/12"), page("about")) == ["p/the-title", "posts/12"]


@pytest.mark.parametrize(
    "name", ["sitemap.xml", "wp-sitemap-posts-page-1.xml", "newspapers.xml", "post_tag-sitemap.xml"]
)
def test_any_other_sitemap_does_not(name):
    assert wanted(name, page("p/the-title"), page("2026/11/20/x")) == ["2026/11/20/x"]


def test_what_a_news_sitemap_names_is_an_article():
    body = b"""<urlset xmlns:news="n"><url><loc>https://e.org/p/abc</loc><news:news><news:title>Kurz</news:title>
    </news:news></url><url><loc>https://e.org/p/def</loc></url></urlset>"""
    assert wanted("sitemap.xml", *discovery.read(body, "https://e.org/sitemap.xml").articles) == ["p/abc"]


def parts(names, source=SOURCE):
    index = Resource(url="https://e.org/sitemap.xml", role="sitemap")
    maps = [page(name, at=None) if isinstance(name, str) else page(name[0], at=name[1]) for name in names]
    return [one.url[14:] for one in reading.children(source, index, Found(sitemaps=tuple(maps)), NOW.timestamp())]


def test_the_newest_parts_of_an_index_are_read_first_and_those_of_years_ago_never():
    months = [f"sitemap-{year}-{month:02d}.xml" for year in range(2006, 2027) for month in range(1, 13)]
    assert parts(months[:-1]) == ["sitemap-2026-11.xml", "sitemap-2026-10.xml"]
    assert parts([f"s{n}.xml" for n in range(1, 7)]) == [f"s{n}.xml" for n in (1, 6, 2, 5, 3, 4)]
    old = datetime(2026, 11, 1, tzinfo=UTC)
    assert parts([("a.xml", old), ("b.xml", NOW), "c.xml", ("d.xml", datetime(2020, 1, 1, tzinfo=UTC))]) == [
        "c.xml",
        "b.xml",
        "a.xml",
    ]


def test_parts_of_an_index_that_hold_no_articles_are_left_alone_unless_patterns_speak():
    names = ["post-sitemap.xml", "category-sitemap.xml", "wp-sitemap-users-1.xml", "sitemap_products_1.xml?from=1"]
    assert parts(names) == ["post-sitemap.xml"]
    text = '[[source]]\nname = "e"\nsite = "https://e.org/"\nfeeds = ["https://e.org/f"]\nallow = ["/shop/"]\n'
    assert len(parts(names, sources.parse(text)[0])) == 4


def answer(status=200, asked=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request("https://e.org/", headers=asked or {})
    return Response("https://e.org/", status=status, headers=named, body=b"x", request=request)


def test_a_change_that_lies_in_the_future_is_not_asked_with():
    """Many servers compare it with their file's own and would answer 304 until that day."""
    sent = "Sun, 22 Nov 2026 10:00:00 GMT"
    later = answer(Last_Modified="Mon, 27 Dec 2027 10:00:00 GMT", Date=sent, ETag='"1"')
    assert reading.validators_of(later).modified is None and reading.validators_of(later).etag == '"1"'
    for modified, date in ((sent, sent), ("Sun, 22 Nov 2026 12:00:00 GMT", sent), (sent, "soon")):
        assert reading.validators_of(answer(Last_Modified=modified, Date=date)).modified == modified
    assert reading.validators_of(answer(Last_Modified=sent)).modified == sent


def test_not_modified_answers_a_question_for_changes_only():
    assert reading.was_asked_with(answer(304, {"If-None-Match": '"1"'}))
    assert not reading.was_asked_with(answer(304))
