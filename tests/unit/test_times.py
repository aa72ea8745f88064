"""Times that are none: what a program writes for lack of one dates no article, which would be too old to be fetched."""

import json
from datetime import UTC, datetime

import pytest

from crawler import discovery, json_lists, times

BASE = "https://e.org/feeds/main"
PUBLISHED = "2026-11-20T10:00:00Z"
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
NONE = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+00:00",
    "0001-01-01T00:00:00+08:00",
    "0001-01-01",
    "Mon, 01 Jan 0001 00:00:00 +0000",
    "1899-12-30",
    "1900-01-01T00:00:00",
    "Thu, 01 Jan 1970 00:00:00 +0000",
    "1970-01-01T08:00:00+08:00",
    "1970年1月1日",
    "9999-12-31T23:59:59Z",
    "0",
    "-62135596800",
]


@pytest.mark.parametrize("stamp", NONE)
def test_the_zero_of_a_programs_clock_is_no_time(stamp):
    assert times.read(stamp) is None
    rss = f"<rss version='2.0'><channel><item><link>/a/1</link><pubDate>{stamp}</pubDate></item></channel></rss>"
    sitemap = f"<urlset><url><loc>/a/1</loc><lastmod>{stamp}</lastmod></url></urlset>"
    for body in (rss, sitemap):
        (entry,) = discovery.read(body.encode(), BASE).articles
        assert entry.at is None


@pytest.mark.parametrize("stamp", NONE)
def test_a_change_that_never_was_hides_no_publication(stamp):
    feed = {"items": [{"url": "/a/1", "date_modified": stamp, "date_published": PUBLISHED}]}
    (entry,) = discovery.read(json.dumps(feed).encode(), BASE).articles
    assert entry.at == AT
    title = "A headline that is long enough"
    records = [{"url": f"/a/{n}", "title": title, "updatedAt": stamp, "publishedAt": PUBLISHED} for n in (1, 2)]
    found = json_lists.read(json.dumps(records).encode(), BASE, "application/json")
    assert [one.at for one in found.articles] == [AT, AT]


@pytest.mark.parametrize("stamp", ["1753082550", "1753082550143"])
def test_a_number_of_seconds_is_no_day_of_the_eighteenth_century(stamp):
    assert times.read(stamp) == datetime(2025, 7, 21, 7, 22, 30, tzinfo=UTC)
