"""``scrapy sources`` on a real web: what answers, what does not, and what a site offers."""

import json
from datetime import timedelta

import pytest

from crawler import sources
from tests import forked

from . import site
from .plain import Plain
from .site import Page, listing
from .world import HOSTS, World


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    one = World(tmp_path_factory.mktemp("live"))
    yield one
    one.web.close()


def scrapy(*arguments):
    hosts = json.dumps(dict.fromkeys(HOSTS, "127.0.0.1"))
    settings = ["-s", f"STATIC_HOSTS={hosts}", "-s", "DOWNLOAD_TIMEOUT=4", "-s", "DOWNLOAD_DELAY=0"]
    return forked.run("sources", *arguments, *settings)


def test_check_asks_each_address_once_and_names_the_bad_ones(world):
    done = scrapy("check", str(world.folder / "sources.toml"))
    lines = {line.split()[3]: line for line in done.stdout.splitlines() if line.startswith(("ok", "BAD"))}
    assert done.returncode == 1, done.stderr[-2000:]
    good = [url for url, line in lines.items() if line.startswith("ok")]
    assert world.web.url("daily.test", "/feed.xml") in good and world.web.url("taiwan.test") in good
    assert world.web.url("xinwen.test", "/sitemap.xml") in good and "3 sitemaps" in done.stdout
    assert "xml_entities" in lines[world.web.url("rough.test", "/evil.xml")]
    assert "robots.txt is unreachable" in lines[world.web.url("down.test", "/feed")]


def test_check_offline_touches_nothing(world):
    world.web.log.clear()
    done = scrapy("check", "--offline", str(world.folder / "sources.toml"))
    assert done.returncode == 0 and "6 source(s), no mistakes" in done.stdout and world.web.log == []


@pytest.mark.parametrize(
    ("host", "found"),
    [("xinwen.test", "/sitemap.xml"), ("taiwan.test", "/"), ("daily.test", "/feed.xml")],
)
def test_discover_prints_a_block_that_can_be_used(world, host, found):
    if host == "daily.test":
        head = b'<html lang="en"><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
        world.web.put(host, "/", head + listing([(world.daily[0], "A story of the month, told at length")]))
    done = scrapy("discover", world.web.url(host), "--allow-address", "127.0.0.1/32")
    assert done.returncode == 0, done.stderr[-2000:]
    (source,) = sources.parse(done.stdout)
    assert world.web.url(host, found) in source.feeds + source.sitemaps + source.start
    if host == "daily.test":
        assert source.language == "en"


def test_discover_says_when_there_is_nothing_or_no_permission(world):
    done = scrapy("discover", world.web.url("calm.test"))
    assert done.returncode == 1 and "# nothing found" in done.stdout
    assert scrapy("discover", "ftp://x.test/").returncode == 2
    assert scrapy("discover").returncode == 2


@pytest.fixture
def plain(tmp_path):
    one = Plain(tmp_path, "daily.test")
    yield one
    one.web.close()


def test_check_of_a_page_without_elements_and_of_one_slip_in_a_sitemap(plain):
    plain.put("/empty", b"<!-- nothing -->")
    entry = f"<url><loc>{plain.url('/2026/11/05/a-story-of-the-news')}</loc><news:news><news:title>A & B</news:title>"
    plain.put("/map.xml", f"<urlset>{entry}</news:news></url></urlset>".encode())
    plain.write(f'start = ["{plain.url("/empty")}"]\nsitemaps = ["{plain.url("/map.xml")}"]')
    done = scrapy("check", str(plain.folder / "sources.toml"))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"BAD  one  section  {plain.url('/empty')}  " in done.stdout
    assert f"ok   one  sitemap  {plain.url('/map.xml')}  1 articles" in done.stdout


def test_a_port_that_cannot_be_is_a_mistake_in_the_file(plain):
    plain.write('feeds = ["http://daily.test:99999/feed"]')
    done = scrapy("check", str(plain.folder / "sources.toml"))
    assert done.returncode == 2 and "sources.toml:9: feeds: a port" in done.stderr and "Traceback" not in done.stderr


def test_discover_names_one_feed_once_by_the_address_where_it_is(plain):
    link = b'<head><link rel="alternate" type="application/rss+xml" href="/feed/">'
    page = listing([("/2026/11/05/a-story-about-the-exchange", "A story of some length about things")])
    plain.put("/", page.replace(b"<head>", link))
    for path in ("/feed", "/rss", "/rss.xml"):
        plain.put(path, site.redirect("/feed/", 301))
    plain.news("/feed/", [("/2026/11/05/a-story-about-the-exchange", timedelta(0))])
    plain.put("/sitemap.xml", site.redirect("/wp-sitemap.xml", 301))
    index = f"<sitemapindex><sitemap><loc>{plain.url('/s.xml')}</loc></sitemap></sitemapindex>"
    plain.put("/wp-sitemap.xml", index.encode())
    plain.put("/robots.txt", f"Sitemap: {plain.url('/wp-sitemap.xml')}".encode(), content_type="text/plain")
    done = scrapy("discover", plain.url(), "--allow-address", "127.0.0.1/32")
    (source,) = sources.parse(done.stdout)
    assert source.feeds == (plain.url("/feed/"),) and source.sitemaps == (plain.url("/wp-sitemap.xml"),)
    assert source.start == (plain.url(),)


def test_discover_says_why_nothing_was_found(plain):
    plain.put("/", Page(b"<html>no</html>", status=403))
    done = scrapy("discover", plain.url(), "--allow-address", "127.0.0.1/32")
    assert done.returncode == 1 and f"# {plain.url()}: answers 403" in done.stdout
    done = scrapy("discover", "http://no-such-name.invalid/")
    assert done.returncode == 1 and "# http://no-such-name.invalid/: " in done.stdout


def test_the_answers_stand_alone_and_no_records_are_touched(plain, tmp_path):
    plain.put("/feed", b"<rss/>")
    done = scrapy("discover", plain.web.url("daily.test"), "-s", f"OUTPUT_DIR={tmp_path / 'output'}")
    assert "INFO" not in done.stderr and "Enabled" not in done.stderr
    assert not (tmp_path / "output").exists()
