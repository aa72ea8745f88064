"""``scrapy sources`` on a real web: what answers, what does not, and what a site offers."""

import json
import subprocess
import sys

import pytest

from crawler import sources

from .site import listing
from .world import HOSTS, ROOT, World


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    one = World(tmp_path_factory.mktemp("live"))
    yield one
    one.web.close()


def scrapy(*arguments):
    hosts = json.dumps(dict.fromkeys(HOSTS, "127.0.0.1"))
    line = [sys.executable, "-m", "scrapy", "sources", *arguments, "-s", f"STATIC_HOSTS={hosts}"]
    line += ["-s", "DOWNLOAD_TIMEOUT=4", "-s", "DOWNLOAD_DELAY=0"]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=90)


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
