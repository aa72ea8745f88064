"""What a crawl takes: the newest first, by the sources file as it is now, each article once and under one address."""

from datetime import timedelta

import pytest

from . import site
from .plain import stories

HOUR = timedelta(hours=1)


def test_the_newest_articles_come_first_and_fresh_ones_before_what_was_left(plain):
    paths = stories(plain, 8)
    plain.put(
        "/map.xml", site.sitemap([(plain.url(path), plain.now - (90 - n) * HOUR) for n, path in enumerate(paths)])
    )
    keys = f'sitemaps = ["{plain.url("/map.xml")}"]\nmax_pages = 3\n'
    assert plain.asked_in_a_crawl(keys) == ["/map.xml", *reversed(paths[5:])]
    plain.story("/2026/12/01/what-happened-in-this-very-minute")
    plain.news("/feed.xml", [("/2026/12/01/what-happened-in-this-very-minute", 0 * HOUR)])
    asked = plain.asked_in_a_crawl(keys + plain.feeds("/feed.xml"))
    assert asked[2:] == ["/2026/12/01/what-happened-in-this-very-minute", paths[4], paths[3]]


def test_an_article_denied_while_it_waits_is_not_fetched(plain):
    paths = stories(plain, 4)
    plain.news("/feed.xml", [(path, n * HOUR) for n, path in enumerate(paths)])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml") + "\nmax_pages = 1")
    asked = plain.asked_in_a_crawl(plain.feeds("/feed.xml") + '\ndeny = ["number-[23]"]')
    assert asked == ["/feed.xml", paths[3], paths[0]]


def test_patterns_that_let_more_through_are_obeyed_though_the_feed_is_the_same(plain):
    paths = stories(plain, 3)
    plain.news("/feed.xml", [(path, HOUR) for path in paths])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml") + '\nallow = ["number-1-"]')
    assert plain.stored() == paths[:1]
    plain.asked_in_a_crawl(plain.feeds("/feed.xml"))
    assert plain.stored() == paths


def test_lists_that_left_the_file_are_not_asked_any_more(plain):
    paths = stories(plain, 2)
    plain.news("/feed.xml", [(paths[0], HOUR)])
    plain.put("/part.xml", site.sitemap([(plain.url(paths[1]), plain.now)]))
    plain.put(
        "/index.xml", f"<sitemapindex><sitemap><loc>{plain.url('/part.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    both = plain.feeds("/feed.xml") + f'\nsitemaps = ["{plain.url("/index.xml")}"]'
    assert {"/index.xml", "/part.xml"} <= set(plain.asked_in_a_crawl(both))
    assert "/part.xml" in plain.asked_in_a_crawl(both)  # its index answers 304
    asked = plain.asked_in_a_crawl(plain.feeds("/feed.xml"))
    assert "/feed.xml" in asked and not {"/index.xml", "/part.xml"} & set(asked)


def test_what_waited_for_a_source_is_taken_over_under_its_new_name(plain):
    paths = stories(plain, 4)
    plain.news("/feed.xml", [(path, HOUR) for path in paths])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml") + "\nmax_pages = 2", name="before")
    plain.news("/feed.xml", [])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml"), name="after")
    assert plain.stored() == paths
    assert plain.sql("SELECT DISTINCT source FROM crawl_pages") == [("after",)]


@pytest.mark.parametrize("plain", [("xn--brse-5qa.test",)], indirect=True)
def test_a_site_whose_name_is_written_in_its_own_letters(plain):
    paths = stories(plain, 1)
    own = plain.url().replace("xn--brse-5qa", "börse")
    plain.put("/feed.xml", site.rss([(own + paths[0][1:], "T", plain.now)]))
    plain.hosts = ("xn--brse-5qa.test",)
    text = plain.feeds("/feed.xml").replace("xn--brse-5qa", "börse")
    plain.write(text)
    file = plain.folder / "sources.toml"
    file.write_text(file.read_text().replace(f'site = "{plain.url()}"', f'site = "{own}"'))
    assert plain.asked_in_a_crawl() == ["/feed.xml", *paths]
    assert plain.stored() == paths
