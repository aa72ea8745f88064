"""Answers of 200 that are less than they seem: nothing in them is taken for more, and nothing whole is lost."""

import json
from datetime import timedelta

from .plain import stories
from .site import Page, article

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


def reloading(path, seconds, body):
    tag = f'<meta http-equiv="refresh" content="{seconds};url={path}">'
    return body.replace(b"<head>", b"<head>" + tag.encode())


def test_a_page_that_asks_for_itself_again_is_that_page(plain):
    ticker, gone, wall, door = (f"/2026/11/20/a-story-told-in-{name}" for name in ("a-ticker", "haste", "waits", "two"))
    plain.put(ticker, reloading(ticker, 5, article("en", "ticker")))
    plain.put(gone, reloading(gone, 0, article("en", "gone")))  # nobody can have read it
    plain.put(wall, opened(reloading(wall, 2, b"<html><head></head><body>Please wait.</body></html>"), wall))
    plain.put(door, opened(reloading(door, 0, b"<html><head></head><body>One moment.</body></html>"), door))
    plain.news("/feed", [(path, HOUR) for path in (ticker, gone, wall, door)])
    asked = plain.asked_in_a_crawl(plain.feeds("/feed") + "\ncookies = true")
    assert (asked.count(ticker), asked.count(wall), asked.count(door)) == (1, 2, 2)
    assert plain.stored() == sorted([ticker, wall, door])
    replayed = plain.replayed(plain.folder / "replayed")
    assert {row["url"] for row in replayed} >= {plain.url(path) for path in (ticker, wall, door)}


def opened(wall, seed):
    """Show the wall to who has no cookie, the article to who has."""

    def act(handler, _):
        if "open=yes" in handler.headers.get("Cookie", ""):
            return handler.send(Page(article("en", seed)))
        return handler.send(Page(wall, headers={"Set-Cookie": "open=yes; Path=" + seed}))

    return Page(b"", act=act)
