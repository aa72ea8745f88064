"""Lists in JSON, as sites' own programs ask for them, are read as lists; nothing is put together from parts."""

import json

import pytest

from crawler import reading
from crawler.json_lists import read
from pipelines.errors import BrokenPage

URL = "https://e.org/api/list?page=1"
FRAGMENT = (
    '<div class="card"><h3><a href="/2026/11/20/the-bridge-opens-again">The bridge over the river opens again</a></h3>'
    '<a href="/author/jane">Jane</a></div><a href="/news/harbour-market-moves-to-the-old-factory">Harbour market moves'
    ' to the old factory</a><a class="more" rel="next" href="/api/list?page=2">More</a>'
)
BRIDGE = "https://e.org/2026/11/20/the-bridge-opens-again"
HARBOUR = "https://e.org/news/harbour-market-moves-to-the-old-factory"

FORMS = {
    "wordpress": [
        {
            "id": 1,
            "date_gmt": "2026-11-20T08:00:00",
            "link": BRIDGE,
            "title": {"rendered": "The bridge &amp; the river"},
            "content": {"rendered": '<p>See <a href="https://e.org/2020/01/01/another-story-of-long-ago">this</a></p>'},
            "_links": {"self": [{"href": "https://e.org/wp-json/wp/v2/posts/1"}]},
        },
        {"id": 2, "date_gmt": "2026-11-19T08:00:00", "link": HARBOUR, "title": {"rendered": "Harbour"}},
    ],
    "html": {"success": True, "data": {"html": FRAGMENT, "has_more": True}},
    "html in a list": {"total": 2, "list": FRAGMENT.split("</div>")},
    "bare html": FRAGMENT,
    "in json": {"code": 0, "data": json.dumps([{"title": "The bridge opens", "url": BRIDGE, "date": "2026-11-20"}])},
    "records": {
        "status": "ok",
        "menu": [{"title": "Economy and the rest of it all", "url": "/economy/all-of-our-stories-here"}],
        "articles": [
            {
                "headline": "The bridge over the river opens again",
                "path": "/2026/11/20/the-bridge-opens-again",
                "author": {"name": "Jane", "title": "Reporter of the year 2025, and more", "url": "/people/jane-of-2025-a"},
                "image": {"url": "/img/5.jpg", "title": "A bridge"},
                "related": [{"title": "A bridge of 2019 that nobody needs now", "url": "/2019/05/05/a-bridge-of-old"}],
            },
            {"headline": "Harbour market", "url": {"path": 1}, "link": HARBOUR, "ctime": "1790000000"},
        ],
    },
    "json:api": {
        "data": [
            {"type": "node--article", "attributes": {"title": "The bridge", "created": "2026-11-20T01:00:00Z",
             "path": {"alias": "/2026/11/20/the-bridge-opens-again"}}},
        ],
        "links": {"next": {"href": "https://e.org/jsonapi/node?page=2"}},
    },
    "graphql": {"data": {"posts": {"edges": [{"node": {"title": "T", "uri": "/2026/11/20/the-bridge-opens-again/",
                "modifiedGmt": "2026-11-20T01:00:00"}}], "pageInfo": {"endCursor": "/a/b=="}}}},
    "search": {"hits": {"hits": [{"_source": {"title": "The bridge", "url": BRIDGE, "published_at": "2026-11-20"}}]}},
}  # fmt: skip


def urls(found):
    return [one.url.rstrip("/") for one in found.articles]


@pytest.mark.parametrize("form", FORMS)
def test_the_articles_of_a_list_and_nothing_beside_them(form):
    found = read(json.dumps(FORMS[form]).encode(), URL, "application/json")
    assert urls(found) == ([BRIDGE] if form in ("in json", "json:api", "graphql", "search") else [BRIDGE, HARBOUR])
    assert all("jane" not in one.url and "economy" not in one.url for one in found.articles)


def test_times_titles_and_the_next_page():
    one, other = read(json.dumps(FORMS["wordpress"]).encode(), URL, "").articles
    assert one.text == "The bridge &amp; the river" and one.at.isoformat() == "2026-11-20T08:00:00+00:00"
    assert other.text == "Harbour"
    for form, following in (
        ("html", "https://e.org/api/list?page=2"),
        ("json:api", "https://e.org/jsonapi/node?page=2"),
    ):
        assert following in [one.url for one in read(json.dumps(FORMS[form]).encode(), URL, "").sections]
    token = {"articles": [], "next": "eyJ/abc=="}
    assert not read(json.dumps(token).encode(), URL, "").sections


@pytest.mark.parametrize("wrap", ["jQuery351_17({});", "/**/cb({})", ")]}}'\n{}", "\ufeff{}", "  {}\n"])
def test_the_wrappings_that_keep_scripts_off_or_call_one(wrap):
    body = wrap.format(json.dumps(FORMS["records"])).encode()
    assert urls(read(body, URL, "application/javascript")) == [BRIDGE, HARBOUR]


def test_chinese_lists_in_their_own_charset():
    record = {
        "title": "市政府公布明年桥梁建设计划",
        "url": "//e.org/c/2026-11-20/doc-abc123.shtml",
        "intime": 1790000000,
    }
    body = json.dumps({"result": {"data": [record]}}, ensure_ascii=False).encode("gb18030")
    (one,) = read(body, URL, "application/json; charset=gb18030").articles
    assert one.text == record["title"] and one.url == "https://e.org/c/2026-11-20/doc-abc123.shtml"


@pytest.mark.parametrize("body", [b'{"error": "unauthorized", "code": 401}', b"{}", b'"<p>no link</p>"', b'{"a": 1}'])
def test_json_that_lists_nothing_is_named(body):
    with pytest.raises(BrokenPage, match="broken_list"):
        read(body, URL, "application/json")


@pytest.mark.parametrize("body", [b"[]", b'{"data": {"list": []}}', b'{"success": true, "html": ""}'])
def test_the_end_of_a_list_is_no_fault(body):
    assert read(body, URL, "application/json").articles == ()


def test_what_only_begins_like_json_is_read_as_the_page_it_is():
    page = b"[ad]<html><body><h3><a href='/2026/11/20/the-bridge-opens-again'>The bridge opens again</a></h3></body></html>"
    assert urls(reading.read_section(page, URL, "text/html")) == [BRIDGE]


def test_bombs_of_json_end_and_give_nothing_beyond_the_bounds():
    for body in (b"[" * 500_000, b'{"a":' * 100_000, b"[" + b"{}," * 2_000_000 + b"{}]"):
        found = read(body, URL, "application/json")
        assert found is None or found.articles == ()
    wide = json.dumps([{"title": "T", "date": "2026-11-20", "url": f"/2026/11/20/{n}-a-b-c"} for n in range(20_000)])
    assert len(read(wide.encode(), URL, "").articles) == 5_000
