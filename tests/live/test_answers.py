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
