"""Answers of 200 that are less than they seem: nothing in them is taken for more, and nothing whole is lost."""

import json
from datetime import timedelta

from .plain import stories

HOUR = timedelta(hours=1)
WALL = "/2026/11/20/a-story-behind-a-wall-of-nothing"


def health(plain):
    """Return the figures of the only source's last run."""
    file = max((plain.output / "runs").glob("*.health.json"), key=lambda path: path.stat().st_mtime_ns)
    return json.loads(file.read_text())["sources"]["one"]


def test_an_answer_without_a_body_is_no_unchanged_page(plain):
    paths = stories(plain, 2)
    plain.put(WALL, b"\n", validators=False)
    plain.put("/nothing.xml", b"", validators=False)
    plain.news("/feed", [(path, HOUR) for path in [*paths, WALL]])
    plain.asked_in_a_crawl(plain.feeds("/feed", "/nothing.xml"))
    figures = health(plain)
    assert (figures["unchanged"], figures["errors"]) == (0, {"empty_page": 2})
    assert (figures["lists"], figures["unread"]) == (1, {"empty_page": 1})
    assert plain.sql("SELECT state, tries FROM crawl_pages WHERE url LIKE '%wall%'") == [("new", 1)]
    plain.sql("UPDATE crawl_pages SET next = 0, tries = 4 WHERE url LIKE '%wall%'")  # three runs later
    plain.asked_in_a_crawl()
    assert plain.sql("SELECT state, tries FROM crawl_pages WHERE url LIKE '%wall%'") == [("gone", 5)]


def test_equal_pages_of_one_run_are_counted_as_the_one_row_that_they_are(plain):
    paths = [f"/2026/11/20/the-bridge-is-open-{number}" for number in range(6)]
    for path in paths:
        plain.story(path, "the bridge", canonical=plain.url(paths[0]))
    plain.news("/feed", [(path, HOUR) for path in paths])
    plain.asked_in_a_crawl(plain.feeds("/feed"))
    figures = health(plain)
    assert len(plain.rows()) == figures["articles"] == 1
    assert (figures["pages"], figures["known"]) == (6, 5)
    assert plain.sql("SELECT state, count(*) FROM crawl_pages GROUP BY 1") == [("seen", 6)]
