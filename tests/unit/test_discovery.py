"""Feeds, sitemaps and section pages give candidates; what is broken or dangerous is refused, never followed."""

import contextlib
import gzip
import json
import tracemalloc
from datetime import UTC, datetime

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import discovery, times
from pipelines.errors import BrokenPage

BASE = "https://e.org/feeds/main"
RSS = b"""<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>x</title>
<item><title>\xd0\xc2\xce\xc5</title><link>/2024/01/22/one.html?utm_source=rss</link>
<pubDate>Mon, 22 Jan 2024 10:00:00 +0800</pubDate></item>
<item><guid isPermaLink="true">https://e.org/2024/01/22/two.html</guid></item>
<item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title>
<link rel="alternate" href="https://e.org/a/1"/><published>2024-01-20T00:00:00Z</published>
<updated>2024-01-21T08:30:00+08:00</updated></entry></feed>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://e.org/a/1?a=1&amp;b=2</loc><lastmod>2024-01-22T01:02:03+00:00</lastmod></url>
<url><loc> https://e.org/a/2 </loc><news:news><news:publication_date>2024-01-21</news:publication_date>
<news:title>Two</news:title></news:news></url><url><loc>https://e.org/a/1/amp?a=1&amp;b=2</loc></url></urlset>"""


def urls(found):
    return [candidate.url for candidate in found.articles]


def test_rss_in_another_charset_with_relative_links_and_guids():
    found = discovery.read(RSS, BASE, "text/xml")
    assert urls(found) == ["https://e.org/2024/01/22/one.html", "https://e.org/2024/01/22/two.html"]
    assert found.articles[0].text == "新闻"
    assert found.articles[0].at == datetime(2024, 1, 22, 2, tzinfo=UTC)


def test_atom_takes_the_update_over_the_publication():
    (entry,) = discovery.read(ATOM, BASE).articles
    assert (entry.url, entry.at) == ("https://e.org/a/1", datetime(2024, 1, 21, 0, 30, tzinfo=UTC))


def test_json_feed():
    body = json.dumps(
        {"items": [{"url": "/a/1", "date_modified": "2024-01-22T00:00:00Z"}, 7, {"external_url": "https://f.org/x"}]}
    ).encode()
    assert urls(discovery.read(body, BASE)) == ["https://e.org/a/1", "https://f.org/x"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_sitemap_with_news_times_and_a_twin(pack):
    found = discovery.read(pack(SITEMAP), BASE)
    assert urls(found) == ["https://e.org/a/1?a=1&b=2", "https://e.org/a/2"]
    assert [item.at for item in found.articles] == [
        datetime(2024, 1, 22, 1, 2, 3, tzinfo=UTC),
        datetime(2024, 1, 21, tzinfo=UTC),
    ]


def test_sitemap_index_and_text_sitemap():
    index = b"<sitemapindex><sitemap><loc>/s1.xml.gz</loc></sitemap></sitemapindex>"
    assert [item.url for item in discovery.read(index, BASE).sitemaps] == ["https://e.org/s1.xml.gz"]
    assert urls(discovery.read(b"https://e.org/a/1\nnot one\nhttps://e.org/a/2\n", BASE)) == [
        "https://e.org/a/1",
        "https://e.org/a/2",
    ]


def test_a_torn_sitemap_gives_what_stands_before_the_tear():
    assert len(discovery.read(SITEMAP[: SITEMAP.index(b"<url><loc> ") + 20], BASE).articles) == 1


def entry(rest, number=9):
    return b"<url><loc>https://e.org/n?id=%d&amp;c=3</loc></url><url>%b</url>" % (number, rest)


@pytest.mark.parametrize(
    ("slip", "address"),
    [
        (b"<loc>https://e.org/n?id=1&c=3&p=7</loc>", "https://e.org/n?id=1&c=3&p=7"),
        (b"<loc>https://e.org/n</loc><news:title>AT&T wins</news:title>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><news:news><news:title>x</news:title></news:news>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><title>3 < 4 &nbsp; R&D</title>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><title>a\x01b</title>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><title>a<br>b</title>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc></br>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><image a=b/>", "https://e.org/n"),
        (b"<loc>https://e.org/n</loc><title>1<2</title>", "https://e.org/n"),
        (b"<!-- <url><loc>https://e.org/old</loc></url> --><loc>https://e.org/n</loc>", "https://e.org/n"),
        (b"<loc><![CDATA[https://e.org/n?id=1&c=3]]></loc>", "https://e.org/n?id=1&c=3"),
        (b"<loc>https://e.org/n?id=1&#38;c=&#x33;</loc>", "https://e.org/n?id=1&c=3"),
    ],
)
def test_a_slip_in_one_entry_changes_no_address(slip, address):
    found = discovery.read(b"<urlset>" + entry(slip, 8) + entry(b"", 9) + b"</urlset>", BASE)
    assert urls(found) == ["https://e.org/n?id=8&c=3", address, "https://e.org/n?id=9&c=3"]


def test_the_pictures_and_videos_of_an_entry_are_not_its_address_title_or_time():
    body = b"""<urlset xmlns:image="i" xmlns:video="v"><url><image:image><image:loc>https://e.org/a.jpg</image:loc>
    </image:image><loc>https://e.org/a/1</loc><video:video><video:title>Clip</video:title>
    <video:publication_date>2009-01-01</video:publication_date></video:video></url></urlset>"""
    assert discovery.read(body, BASE).articles == (discovery.Candidate(url="https://e.org/a/1"),)


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><lastmod>2024-01-01</lastmod></url><url><loc> </loc></url></urlset>",
        b"<rss><channel><item><title>a</title></item></channel></rss>",
        b'{"items": [{"title": "a"}]}',
    ],
)
def test_an_entry_without_address_does_not_name_the_list_itself(body):
    assert discovery.read(body, BASE).articles == ()


@pytest.mark.parametrize("stated", ["gb18030", "GBK", "rot13", "no-such"])
def test_titles_in_another_charset_survive_a_slip_that_ends_the_file(stated):
    head = f'<?xml version="1.0" encoding="{stated}"?><urlset xmlns:news="n"><url><loc>/a/1</loc></br></url>'
    rest = "<url><loc>/a/2</loc><news:news><news:title>新闻</news:title></news:news></url></urlset>"
    found = discovery.read((head + rest).encode("gb18030"), BASE)
    assert urls(found) == ["https://e.org/a/1", "https://e.org/a/2"]
    assert found.articles[1].text == "新闻" or not stated.startswith(("g", "G"))


@pytest.mark.parametrize("piece", [b"<url>", b"</url>", b"<!--", b"<url></br>", b"&", b"<url><loc>x</loc></br></url>"])
def test_a_sitemap_of_the_same_slip_twenty_thousand_times_is_read_or_refused(piece):
    with contextlib.suppress(BrokenPage):
        assert len(discovery.read(b"<urlset>" + piece * 20_000 + b"</urlset>", BASE).articles) <= 1


@pytest.mark.parametrize("piece", [b"\n", b" \n", b"<?", b"<!--", b"<!-- -->", b"<?xml ?>", b"<!DOCTYPE", b"<script "])
def test_telling_what_a_long_body_of_nothing_is_costs_no_time(piece):
    with pytest.raises(BrokenPage):
        discovery.read(piece * (16_000_000 // len(piece)), BASE)
    assert discovery.script_target(piece * (8192 // len(piece)), BASE) is None


def test_an_open_cdata_section_costs_no_time():
    body = b"<urlset><url><loc>https://e.org/a/1</loc></url>" + b"<![CDATA[" * 400_000 + b"</url></urlset>"
    assert urls(discovery.read(body, BASE)) == ["https://e.org/a/1"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        BOMB + b"<urlset><url><loc>https://e.org/&b;</loc></url></urlset>",
        BOMB + b"<rss><channel><item><link>https://e.org/&b;</link></item></channel></rss>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
        (BOMB + b"<urlset/>").decode().encode("utf-16"),
        b"<!--" + b" " * 2_000_000 + b"--><!DOCTYPE r [<!ENTITY a 'b'>]><urlset/>",
    ],
)
def test_entities_are_refused(body):
    with pytest.raises(BrokenPage, match="xml_entities"):
        discovery.read_sitemap(body, BASE)
    with pytest.raises(BrokenPage, match="xml_entities"):
        discovery.read_feed(body, BASE)


def test_a_gzip_bomb_is_refused_in_little_memory():
    bomb = gzip.compress(b"<urlset>" + b" " * 200_000_000, 9)
    tracemalloc.start()
    with pytest.raises(BrokenPage, match="too_large"):
        discovery.read(bomb, BASE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024


def test_a_feed_body_is_never_taken_for_the_name_of_a_file(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_bytes(ATOM)
    with pytest.raises(BrokenPage):
        discovery.read_feed(str(path).encode(), BASE)


def test_section_page_links_are_sorted_into_articles_and_sections():
    tree = lxml.html.fromstring(
        """<html><head><base href="https://e.org/world/"><link rel="alternate" type="application/rss+xml" href="/rss">
        <link rel="canonical" href="https://e.org/world/?utm_source=x"></head><body>
        <h2><a href="2024/01/22/a-long-way-to-the-sea.html">A long way to the sea</a></h2>
        <a href="2024/01/22/a-long-way-to-the-sea.html?utm_medium=p"><img></a>
        <a href="/economy/">Economy</a><a href="/tag/sea">sea</a><a href="/map.pdf">Map of the whole long coast</a>
        <a href="mailto:x@e.org">mail</a></body></html>"""
    )
    found = discovery.read_page(tree, "https://e.org/world/")
    assert urls(found) == ["https://e.org/world/2024/01/22/a-long-way-to-the-sea.html"]
    assert [item.url for item in found.sections] == ["https://e.org/economy/"]
    assert found.feeds == ("https://e.org/rss",)
    assert found.canonical == "https://e.org/world/"


@pytest.mark.parametrize(
    ("html", "url", "full"),
    [
        (b'<html amp><link rel="canonical" href="/a/1">', "https://e.org/x/1", "https://e.org/a/1"),
        (b"<html \xe2\x9a\xa1><link href=/a/1 rel=canonical>", "https://e.org/x/1", "https://e.org/a/1"),
        (b"<html><link rel=canonical href='/a/1'>", "https://e.org/a/1/print", "https://e.org/a/1"),
        (b"<html><link rel=canonical href='/a/1'>", "https://e.org/a/2", None),
        (b"<html amp><link rel=canonical href='/a/1'>", "https://e.org/a/1", None),
        (b"<html amp>no canonical", "https://e.org/a/1/amp", None),
        (b"<html amp><link rel=canonical href='http://e.org/a/1'>", "https://www.e.org/a/1", None),
        (b"<html amp><link rel=canonical href='https://www.e.org/a/1'>", "https://e.org/a/1", None),
        (b"<html amp><link rel=canonical href='/a/1'>", "https://e.org/a/1/amp", "https://e.org/a/1"),
    ],
)
def test_an_amp_or_print_page_names_its_full_page(html, url, full):
    assert discovery.twin_of(html, url) == full


@pytest.mark.parametrize(
    ("html", "target"),
    [
        (b"<html><head><script>window.location.href='/a/2';</script></head></html>", "https://e.org/a/2"),
        (b'<script>top.location.replace("https:\\/\\/e.org\\/a\\/2")</script><p>Moving ...</p>', "https://e.org/a/2"),
        (b'<script>location = "2" </script>', "https://e.org/a/2"),
        (b'<script>location.href="/a/1?utm_source=x";</script>', None),
        (b'<script>location.href="/";</script>', None),
        (b"<script>location.href=next;</script>", None),
        (b'<script>location.href="/x?u="+encodeURI(y);</script>', None),
        (b'<script>if(a){location.href="/a/2";}else{location.href="/a/3";}</script>', None),
        (b'<script>if(small){location.href="/m/2";}</script>' + b"<p>words of an article</p>" * 9, None),
        (b'<script>location.href="/a/2";</script>' + b" " * 9000, None),
    ],
)
def test_a_page_of_nothing_but_a_script_leads_where_that_goes(html, target):
    assert discovery.script_target(html, "https://e.org/a/1") == target


def test_robots_names_sitemaps():
    body = b"User-agent: *\nDisallow:\nSITEMAP: https://e.org/s.xml\nsitemap:/t.xml\n"
    assert discovery.robots_sitemaps(body, "https://e.org/robots.txt") == ("https://e.org/s.xml", "https://e.org/t.xml")


@given(st.binary(max_size=400), st.sampled_from(["", "<rss>", "<urlset><url>", "{", "http://a", "<html>"]))
def test_no_bytes_break_it(body, head):
    with contextlib.suppress(BrokenPage):
        discovery.read(head.encode() + body, BASE)
    discovery.twin_of(body, BASE)
    discovery.robots_sitemaps(body, BASE)


def dated(stamp, tag="pubDate"):
    return f"<rss version='2.0'><channel><item><link>/a/1</link><{tag}>{stamp}</{tag}></item></channel></rss>".encode()


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2026/11/20 10:00:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026年11月20日 10:05", datetime(2026, 11, 20, 10, 5, tzinfo=UTC)),
        ("1795168800", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("1795168800123", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("20.11.2026 10:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("Fr, 20 Nov 2026 10:00:00 +0100", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("Fri, 20 Nov 26 10:00:00 GMT", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T10:00:00+8:00", datetime(2026, 11, 20, 2, tzinfo=UTC)),
        ("0000-00-00 00:00:00", None),
        ("soon", None),
        ("20", None),
    ],
)
def test_times_in_the_forms_that_feeds_and_sitemaps_write(stamp, at):
    """Read as another day, a month or two centuries off, an article would be too old to be fetched."""
    assert discovery.read(dated(stamp), BASE).articles[0].at == at
    body = f"<urlset><url><loc>/a/1</loc><lastmod>{stamp}</lastmod></url></urlset>".encode()
    assert discovery.read(body, BASE).articles[0].at in (at, None if "26 10" in stamp else at)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/news/2026/11/20/bridge", "2026-11-20"),
        ("/n1/2026/1120/c1-2.html", "2026-11-20"),
        ("/a/20261120/123.htm", "2026-11-20"),
        ("/202611/20/x.htm", "2026-11-20"),
        ("/2026-11/20/c_112.htm", "2026-11-20"),
        ("/2026-11-20-bridge/", "2026-11-20"),
        ("/2026/02/bridge", "2026-02-28"),
        ("/2026/02/30/bridge", None),  # no such day
        ("/story/20261120", None),  # may be a number
        ("/story/201512/ten-things", None),
        ("/201512/10-best-things", None),
        ("/best-of-2019-10-things/x", None),
        ("/20261120123/x", None),
        ("/2026/13/x", None),
    ],
)
def test_the_day_that_folders_of_an_address_name(path, day):
    end = datetime.fromisoformat(f"{day}T23:59:59+00:00").timestamp() if day else None
    assert times.latest_by_folders(f"https://e.org{path}") == end


@pytest.mark.parametrize(
    "before", [b"<br />\n<b>Warning</b>: in x.php<br />\n", b"<!--" + b" x" * 5000 + b"-->", b"\n"]
)
def test_what_a_program_writes_before_its_feed_does_not_hide_it(before):
    assert urls(discovery.read(before + b'<?xml version="1.0"?>' + dated("soon"), BASE)) == ["https://e.org/a/1"]
    assert len(discovery.read(before + SITEMAP, BASE).articles) == 2


@pytest.mark.parametrize("body", [b"<html><title>Just a moment...</title></html>", b""])
def test_a_page_that_comes_as_a_feed_is_none(body):
    with pytest.raises(BrokenPage):
        discovery.read(body, BASE, "application/rss+xml")


def test_json_and_text_lists_as_other_programs_write_them():
    items = '{"items": [{"id": "https://e.org/a/1"}, {"id": "7"}]}'
    assert urls(discovery.read(items.encode(), BASE)) == ["https://e.org/a/1"]
    assert urls(discovery.read(items.encode("utf-16"), BASE)) == ["https://e.org/a/1"]
    assert urls(discovery.read(b"# all pages\nHTTPS://e.org/a/1\n", BASE)) == ["https://e.org/a/1"]
    assert urls(discovery.read("https://e.org/a/1\n".encode("utf-16"), BASE)) == ["https://e.org/a/1"]


def test_a_list_that_dates_all_it_names_alike_says_of_none_that_it_changed():
    def entries(count, stamp):
        urls = (f"<url><loc>/a/{n}</loc><lastmod>{stamp(n)}</lastmod></url>" for n in range(count))
        return discovery.read(f"<urlset>{''.join(urls)}</urlset>".encode(), BASE).articles

    assert all(one.dated_with_all and one.at for one in entries(12, lambda n: f"2026-11-20T10:00:{n:02d}Z"))
    assert not any(one.dated_with_all for one in entries(12, lambda n: f"2026-11-20T10:{n:02d}:00Z"))
    assert not any(one.dated_with_all for one in entries(9, lambda _: "2026-11-20"))


def test_the_next_page_of_a_list_is_read_and_its_other_orders_are_not():
    tree = lxml.html.fromstring(
        """<html><body><a href="/page/2">下一页</a><a href="/news/list_2.html" rel="next">2</a><a href="/page/9">9</a>
        <a href="/story/abc" title="A headline that is cut to fit"><h3>A headline that…</h3></a>
        <a href="?sort=asc">Oldest first</a><a href="/economy/">Economy</a><a href="http://[::1]:81/x">v6</a></body></html>"""
    )
    found = discovery.read_page(tree, "https://e.org/")
    assert [one.url for one in found.sections[:3]] == [
        "https://e.org/page/2",
        "https://e.org/news/list_2.html",
        "https://e.org/economy/",
    ]
    assert urls(found) == ["https://e.org/story/abc"]
    assert not any("sort" in one.url or "/9" in one.url for one in found.sections)
