"""The same small web crawled again and again: all articles and only they, then nothing but what has changed."""

import itertools
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler import archive

from .world import World

CALM = "calm.test"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    one = World(tmp_path_factory.mktemp("live"))
    yield one
    one.web.close()


@pytest.fixture(scope="module")
def first(world):
    """The first crawl: its result, and the log of the web up to its end."""
    result = world.crawl()
    log = list(world.web.log)
    world.web.log.clear()
    return result, log


@pytest.fixture(scope="module")
def second(world, first):
    """The second crawl, with nothing changed."""
    before = world.rows()
    result = world.crawl()
    log = list(world.web.log)
    world.web.log.clear()
    return result, log, before


def _figures(world):
    (newest,) = sorted((world.output / "runs").glob("*.health.json"))[-1:]
    return json.loads(newest.read_text())["sources"]


def test_the_first_crawl_takes_all_articles_and_only_them(world, first):
    result, _ = first
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles), result.stderr[-3000:]
    assert all(row["version"] == 1 and row["supersedes"] is None for row in world.rows())


def test_pages_in_gb18030_and_big5_are_read_rightly(world, first):
    by_site = {row["url"].split("//")[1].split(":")[0]: row for row in world.rows()}
    assert by_site["xinwen.test"]["language"] == by_site["taiwan.test"]["language"] == "zh"
    assert "图书馆" in by_site["xinwen.test"]["text"] or "出现" in by_site["xinwen.test"]["text"]
    assert "出現" in by_site["taiwan.test"]["text"]


def test_nothing_disallowed_is_fetched(world, first):
    _, log = first
    assert [one.path for one in log if one.path.startswith("/private/")] == []
    assert {one.path for one in log if one.host == "down.test"} == {"/robots.txt"}
    for host in {one.host for one in log}:
        paths = [one.path for one in log if one.host == host]
        assert paths[0] == "/robots.txt"


def test_no_trap_is_followed_and_no_page_asked_twice(world, first):
    _, log = first
    assert not [one.path for one in log if one.path.startswith(("/calendar/", "/login", "/tag/"))]
    assert not [one.path for one in log if one.path in ("/map-old.xml", "/report.pdf", "/about.html")]
    again = Counter((one.host, one.path) for one in log if one.status == 200)
    slow = ("a-slow-one", "cut-in-the-middle", "endless")
    assert {key: n for key, n in again.items() if n > 1 and not key[1].endswith(slow)} == {}


def test_the_crawl_delay_is_kept_within_a_tenth(world, first):
    _, log = first
    times = [one.at for one in log if one.host == CALM]
    gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
    busy = next(n for n, one in enumerate([one for one in log if one.host == CALM]) if one.status == 429)
    # The first gap starts before robots.txt is read, the one behind the 429 is the server's own wish.
    steady = [gap for n, gap in enumerate(gaps) if n not in (0, busy)]
    assert len(steady) >= 3 and all(1.8 <= gap <= 2.2 for gap in steady), gaps
    assert gaps[busy] >= 4.0


def test_the_agent_is_honest_and_sends_no_cookies(world, first):
    _, log = first
    assert {one.agent for one in log} == {"polyglean/0.1 (+tests@example.org)"}
    assert {one.cookie for one in log} == {""}


def test_slow_hosts_keep_nobody_waiting(world, first):
    _, log = first
    last = {host: max(one.at for one in log if one.host == host) for host in {one.host for one in log}}
    for quick in ("daily.test", "xinwen.test", "taiwan.test"):
        assert last[quick] < last[CALM]


def test_nothing_deprecated_is_used(world, first):
    result, _ = first
    assert "ScrapyDeprecationWarning" not in result.stderr


def test_the_archive_has_every_exchange_with_its_role(world, first):
    _, log = first
    roles = Counter()
    for file in sorted((world.output / "archive").iterdir()):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type == "response":
                    roles[record.rec_headers.get_header("Polyglean-Role")] += 1
    assert set(roles) == {"article", "twin", "refresh", "feed", "sitemap", "section", "robots"}
    assert roles["robots"] == sum(one.path == "/robots.txt" for one in log)
    assert roles["twin"] == roles["refresh"] == 1
    cut = ("a-slow-one", "cut-in-the-middle", "endless")  # no whole response, so nothing to keep
    assert sum(roles.values()) == sum(not one.path.endswith(cut) for one in log)


def test_failures_are_counted_and_named(world, first):
    result, _ = first
    figures = _figures(world)
    assert figures["rough"]["articles"] == 3 and figures["daily"]["articles"] == len(world.daily) + 2
    assert figures["down"]["articles"] == 0
    assert "http_410" in figures["rough"]["errors"] and "xml_entities" in figures["rough"]["errors"]
    assert result.returncode in (0, 4) and "source" in result.stdout
    metrics = (world.output / "runs" / "health.prom").read_text()
    assert 'polyglean_source_articles{source="taiwan"} 6' in metrics


def test_the_archive_is_whole_and_a_replay_gives_the_same_rows(world, first, tmp_path):
    assert archive.check(world.output) == [] and not list((world.output / "archive").glob("*.open"))

    def plain(rows):
        return [{key: value for key, value in row.items() if key != "run_id"} for row in rows]

    assert plain(world.replayed(tmp_path / "again")) == plain(world.rows())


def test_the_second_crawl_fetches_nothing_but_validators(world, second):
    _result, log, before = second
    assert world.rows() == before
    asked = [one for one in log if one.path != "/robots.txt" and one.host != "rough.test"]
    fresh = [(one.host, one.path, one.status) for one in asked if one.status == 200]
    assert fresh == []
    assert {one.status for one in asked if one.conditional} == {
        301,
        302,
        304,
    }  # an article that moved is asked by its old name
    assert sum(one.status == 304 for one in asked) >= len(world.articles)


def test_after_three_edits_and_two_new_articles_exactly_these_five_come_in(world, second):
    before = {row["record_id"] for row in world.rows()}
    earlier = {row["url"]: row for row in world.rows()}
    world.edit("daily.test", world.daily[1], "en", "daily 1")
    world.edit("xinwen.test", world.xinwen[4], "zh", "新闻 4", charset="gb18030")
    world.edit("taiwan.test", world.taiwan[0], "zh_tw", "消息 0", charset="big5")
    edited = [("daily.test", world.daily[1]), ("xinwen.test", world.xinwen[4]), ("taiwan.test", world.taiwan[0])]
    world.xinwen.append("/n1/2026/1122/c1002-40169999.html")
    world.add("xinwen.test", world.xinwen[-1], "zh", "新闻 新", charset="gb18030")
    world.maps()
    world.taiwan.append("/news/story/7999/6699999")
    world.add("taiwan.test", world.taiwan[-1], "zh_tw", "消息 新", charset="big5")
    world.section()
    time.sleep(0.1)
    result = world.crawl("-a", "only=daily,xinwen,taiwan,calm")
    new = [row for row in world.rows() if row["record_id"] not in before]
    urls = [world.web.url(*place) for place in edited]
    added = [world.web.url("xinwen.test", world.xinwen[-1]), world.web.url("taiwan.test", world.taiwan[-1])]
    assert sorted(row["url"] for row in new) == sorted(urls + added), result.stderr[-3000:]
    for row in new:
        if row["url"] in urls:
            assert (row["version"], row["supersedes"]) == (2, earlier[row["url"]]["record_id"])
        else:
            assert (row["version"], row["supersedes"]) == (1, None)


def test_sources_with_a_mistake_end_with_two_and_one_line(world, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text('[[source]]\nname = "x"\nsite = "http://x.test/"\nfeds = []\n')
    done = world.crawl("-a", f"sources={bad}", output=Path(tmp_path / "out"))
    assert done.returncode == 2
    assert f"{bad}:4: unknown key 'feds'; did you mean 'feeds'?" in done.stderr
