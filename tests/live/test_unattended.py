"""Locked out, short of disk, parked: a crawl keeps what it has and says what happened."""

import json
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from . import site
from .site import Page
from .small import HOST
from .world import ROOT


def test_a_locked_output_ends_with_75_at_once_having_written_nothing(small):
    world = small(3)
    world.crawl()
    world.web.log.clear()
    before = {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()}
    code = (
        "import sys, time; from pathlib import Path; from pipelines.store.durable import FolderLock\n"
        f"lock = FolderLock(Path({str(world.output / '.lock')!r})); print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    try:
        done = world.crawl()
    finally:
        holder.kill()
        holder.wait()
    assert done.returncode == 75 and "written by another run" in done.stderr, done.stderr[-2000:]
    assert world.web.log == []
    assert {path: path.stat().st_mtime_ns for path in world.output.rglob("*") if path.is_file()} == before


def test_an_archive_that_cannot_be_written_ends_with_three(small):
    world = small(3)
    world.output.mkdir()
    (world.output / "archive").write_text("in the way")
    done = world.crawl()
    assert done.returncode == 3 and "cannot write the archive" in done.stderr, done.stderr[-2000:]
    (world.output / "archive").unlink()
    done = world.crawl(PROMETHEUS_FILE=world.folder / "missing" / "x.prom")
    assert done.returncode == 3 and "cannot write the metrics to" in done.stderr and "fetched" in done.stdout
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)


def test_a_memory_that_cannot_be_used_ends_with_three(small):
    world = small(3)
    world.crawl()
    with sqlite3.connect(world.output / "state.sqlite") as base:
        base.execute("DROP TABLE crawl_pages")
        base.execute("CREATE VIEW crawl_pages AS SELECT 1 AS key")
    base.close()
    world.add(HOST, "/2026/11/21/one-more-story-for-the-day.html", "en", "more")
    world.feed(HOST, "/feed.xml", ["/2026/11/21/one-more-story-for-the-day.html"])
    done = world.crawl()
    assert done.returncode == 3 and "cannot use the crawl's memory" in done.stderr, done.stderr[-2000:]
    assert len(world.rows()) == 3


def test_a_new_layout_is_named_and_ends_with_four(small):
    world = small(12)
    for path in list(world.web.pages[HOST]):
        if "number" in path:
            world.web.put(HOST, path, b"<html><body><div>Please enable scripts.</div></body></html>")
    done = world.crawl()
    assert done.returncode == 4, done.stderr[-2000:]
    assert "daily: 12 of 12 article pages gave no article" in done.stdout
    line = json.loads(next((world.output / "runs").glob("*.health.json")).read_text())
    assert line["exit_code"] == 4 and line["sources"]["daily"]["empty"] == 12
    assert 'polyglean_source_healthy{source="daily"} 0' in (world.output / "runs" / "health.prom").read_text()


def test_a_failing_site_is_parked_and_waits_for_the_next_run(small):
    world = small(20, error_budget=3)
    saved = dict(world.web.pages[HOST])
    for path in saved:
        if "number" in path:
            world.web.put(HOST, path, Page(b"error", status=500, validators=False))
    done = world.crawl(RETRY_TIMES=0)
    assert len([path for path, status in world.web.asked() if status == 500]) <= 4
    assert "daily: parked: its error budget of 3 is used up, last: http_500" in done.stdout and done.returncode == 4
    with sqlite3.connect(world.output / "state.sqlite") as base:  # the site failed, not its pages
        assert base.execute("SELECT max(tries), count(next) FROM crawl_pages").fetchall() == [(0, 3)]
    base.close()
    world.web.pages[HOST].update(saved)
    world.crawl()
    untouched = 20 - len({path for path, status in world.web.asked() if status == 500})
    assert len(world.rows()) >= untouched  # those that failed wait for half an hour


def test_a_site_that_asks_for_an_hour_is_left_alone(small):
    world = small(3)
    for path in list(world.web.pages[HOST]):
        if "number" in path:
            world.web.put(HOST, path, Page(b"", status=429, headers={"Retry-After": "3600"}, validators=False))
    started = time.time()
    done = world.crawl()
    assert time.time() - started < 600
    assert len([path for path, status in world.web.asked() if status == 429]) == 1
    assert "asks to wait 3600 s" in done.stdout


@pytest.mark.parametrize("budget", [{"MAX_RUN_PAGES": 3}, {"MAX_RUN_SECONDS": 1}, {"MAX_RUN_BYTES": 5_000}])
def test_budgets_stop_a_run_and_the_rest_waits(small, budget):
    world = small(9, delay=0.3)
    done = world.crawl(**budget)
    while "MAX_RUN_SECONDS" in budget and not world.rows() and budget["MAX_RUN_SECONDS"] < 60:
        # A machine so slow that nothing came within the time is given more of it, and as much more to do.
        budget = {"MAX_RUN_SECONDS": 4 * budget["MAX_RUN_SECONDS"]}
        world.write(delay=0.3 * budget["MAX_RUN_SECONDS"])
        done = world.crawl(**budget)
    assert done.returncode == 0 and 0 < len(world.rows()) < 9
    world.write(delay=0)
    world.crawl()
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)


def test_max_pages_of_a_source_spreads_over_runs(small):
    world = small(10, max_pages=4)
    sizes = []
    for _ in range(3):
        world.crawl()
        sizes.append(len(world.rows()))
    assert sizes == [4, 8, 10]


def test_the_freshest_is_fetched_first(small):
    world = small(0)
    ages = [200, 100, 48, 12, 3, 0.2]
    paths = [f"/2026/11/20/a-story-that-is-{number}-steps-old.html" for number in range(len(ages))]
    for path in paths:
        world.add(HOST, path, "en", path)
    items = [
        (world.web.url(HOST, path), "x", world.now - timedelta(hours=age))
        for path, age in zip(paths, ages, strict=True)
    ]
    world.web.put(HOST, "/feed.xml", site.rss(items), content_type="application/rss+xml")
    world.crawl()
    assert [path for path, _ in world.web.asked() if "steps" in path] == paths[::-1]


def test_cookies_stay_with_the_source_that_asks_for_them(small):
    world = small(3, cookies=True)
    world.web.pages[HOST]["/feed.xml"].headers = {"Set-Cookie": "session=42"}
    world.crawl()
    sent = {one.path: one.cookie for one in world.web.log}
    assert {cookie for path, cookie in sent.items() if "number" in path} == {"session=42"}


def test_the_command_line_cannot_take_the_guard_away(small):
    world = small(2)
    done = world.crawl(TWISTED_DNS_RESOLVER="scrapy.resolver.CachingThreadedResolver")
    assert done.returncode == 2 and "TWISTED_DNS_RESOLVER protects this machine" in done.stderr, done.stderr[-2000:]
    done = world.crawl(DOWNLOAD_MAXSIZE=2**40)
    assert done.returncode == 2 and world.web.log == []


def test_a_budget_that_is_no_number_is_named(small):
    done = small(2).crawl(MAX_RUN_SECONDS="soon")
    assert done.returncode == 2 and "MAX_RUN_SECONDS must be a number" in done.stderr
