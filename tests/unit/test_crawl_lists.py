"""The crawl's memory of lists: each source's own, whatever an earlier version kept."""

import sqlite3

import pytest
from scrapy import Request

from crawler import sources
from crawler.discovery import Candidate
from crawler.state import Resource, State, Validators

NOW = 1_800_000_000.0
TEXT = '[[source]]\nname = "{0}"\nsite = "https://e.org/"\nfeeds = ["https://e.org/f"]\nallow = ["/{0}/"]\n'
SPORT, POLITICS = (sources.parse(TEXT.format(name))[0] for name in ("sport", "politics"))
FEED = Resource(url="https://e.org/f", role="feed")
EARLIER = """
CREATE TABLE crawl_pages (
  key TEXT PRIMARY KEY, url TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, announced REAL,
  found REAL NOT NULL, fetched REAL, changed REAL, next REAL, etag TEXT, modified TEXT, body_sha256 TEXT,
  tries INTEGER NOT NULL DEFAULT 0, checks INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE crawl_resources (
  url TEXT PRIMARY KEY, source TEXT NOT NULL, role TEXT NOT NULL, depth INTEGER NOT NULL, etag TEXT, modified TEXT,
  body_sha256 TEXT, fetched REAL, next REAL, quiet INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE crawl_runs (
  run_id TEXT NOT NULL, source TEXT NOT NULL, started REAL NOT NULL, figures TEXT NOT NULL,
  PRIMARY KEY (source, started, run_id)) WITHOUT ROWID;
CREATE TABLE crawl_sources (name TEXT PRIMARY KEY, takes TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO crawl_resources VALUES ('https://e.org/f', 'sport', 'feed', 0, '"1"', NULL, 'b', 1.0, 1.0, 2);
INSERT INTO crawl_pages (key, url, source, state, found, next) VALUES
  ('e.org/sport/1', 'https://e.org/sport/1', 'sport', 'new', 1799999999.0, NULL),
  ('e.org/sport/2', 'https://e.org/sport/2', 'sport', 'seen', 1799999999.0, 1799999999.0);
"""


@pytest.fixture
def state(tmp_path):
    one = State(tmp_path / "state.sqlite")
    yield one
    one.close()


def test_two_sources_that_read_one_list_each_have_their_own_validators_of_it(state):
    old, new = Validators(etag='"1"', body_sha256="1"), Validators(etag='"2"', body_sha256="2")
    for source in (SPORT, POLITICS):
        state.discover(source, [], NOW, resource=FEED, validators=old)
    state.discover(SPORT, [Candidate(url="https://e.org/sport/1")], NOW, resource=FEED, validators=new)
    assert [state.resource(one, FEED.url) for one in (SPORT, POLITICS)] == [(new, 0.0), (old, 0.0)]
    for _ in range(3):
        state.resource_unchanged(SPORT, FEED.url, NOW)
    assert state.resource(SPORT, FEED.url)[1] > NOW and state.resource(POLITICS, FEED.url) == (old, 0.0)
    state.forget_resource(SPORT, FEED.url)
    assert state.resources(SPORT, NOW) == [] and state.resources(POLITICS, NOW) == [FEED]


def test_the_sections_forgotten_for_one_source_are_kept_for_another(state, monkeypatch):
    monkeypatch.setattr("crawler.remembered.MAX_SECTIONS", 1)
    page = Resource(url="https://e.org/world/", role="section", depth=1)
    state.discover(SPORT, [], NOW, resource=FEED, children=[page])
    more = [Resource(url=f"https://e.org/{name}/", role="section", depth=1) for name in "ab"]
    state.discover(POLITICS, [], NOW, resource=FEED, children=[*more, page])
    assert page in state.resources(SPORT, NOW) and len(state.resources(POLITICS, NOW)) == 2


def test_a_memory_of_an_earlier_version_keeps_its_articles_and_reads_its_lists_anew(tmp_path):
    base = sqlite3.connect(tmp_path / "state.sqlite")
    base.executescript(EARLIER)
    base.close()
    for _ in range(2):  # what the first start made is kept by the second
        state = State(tmp_path / "state.sqlite")
        assert [one.key for one in state.due(SPORT, NOW, 9)] == ["e.org/sport/1", "e.org/sport/2"]
        state.close()
    state = State(tmp_path / "state.sqlite")
    assert state.resource(SPORT, FEED.url) == (Validators(), 0.0)
    state.discover(SPORT, [], NOW, resource=FEED, validators=Validators(etag='"1"'))
    state.close()
    state = State(tmp_path / "state.sqlite")
    assert state.resource(SPORT, FEED.url)[0] == Validators(etag='"1"')
    state.close()


def test_the_longest_unread_comes_first_and_what_had_nothing_new_a_little_later(state):
    page = {name: Resource(url=f"https://e.org/{name}.xml", role="sitemap", depth=1) for name in "abcdf"}
    for hours, name in ((9, "b"), (8, "a"), (7, "c")):
        state.discover(SPORT, [], NOW - hours * 3600, resource=page[name], validators=Validators(body_sha256="1"))
    state.resource_unchanged(SPORT, page["b"].url, NOW - 9 * 3600)
    state.discover(SPORT, [], NOW - 7.5 * 3600, resource=page["a"], children=[page["f"], page["d"]])
    order = [one.url[14] for one in state.resources(SPORT, NOW)]
    assert order == ["a", "f", "d", "c", "b"]  # as named, and as read; b waits a day more, and no longer
    for name in "fdac":
        state.discover(SPORT, [], NOW + 20 * 3600, resource=page[name])
    assert next(one.url[14] for one in state.resources(SPORT, NOW + 30 * 3600)) == "b"


@pytest.mark.parametrize(
    "url",
    [
        *("https://e.org/新闻/feed.xml", "https://E.org/Feed", "https://börse.org/f", "https://e.org?feed=rss2"),
        *(
            "https://e.org/f?a[]=1&b={x}|y",
            "https://e.org/the feed.xml",
            "https://e.org/%e6%96%b0",
            "https://e.org/a%zz",
        ),
        *("https://e.org/新?名=闻#top", "HTTPS://e.org:443/f"),
    ],
)
def test_a_list_is_known_by_the_address_that_a_request_for_it_has(state, url):
    resource = Resource(url=url, role="feed")
    assert resource.url == Request(url).url == Request(resource.url).url
    state.discover(SPORT, [], NOW, resource=resource, validators=Validators(etag='"1"'))
    assert state.resources(SPORT, NOW) == [resource]
    assert state.resource(SPORT, Request(url).url)[0] == Validators(etag='"1"')
