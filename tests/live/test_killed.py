"""Killed or stopped at any moment: a crawl loses nothing and doubles nothing."""

import random
import signal
import time

from crawler import archive

from . import site
from .small import HOST


def test_ten_kills_in_the_middle_lose_nothing_and_double_nothing(small):
    world = small(60, delay=0.02, concurrency=4)
    rnd = random.Random(5)
    for number in range(10):
        run = world.start(COMMIT_SECONDS=0.7)
        world.wait_for(len(world.web.log) + 3 + number % 7)
        time.sleep(rnd.uniform(0.0, 1.5))
        run.kill()
        run.communicate(timeout=120)  # would hang if a worker process outlived the run
    done = world.crawl()
    assert done.returncode == 0, done.stderr[-3000:]
    rows = world.rows()
    assert sorted(row["url"] for row in rows) == sorted(world.articles)
    assert len({row["record_id"] for row in rows}) == len(rows) == 60
    assert archive.check(world.output) == []
    assert not list((world.output / "archive").glob("*.open"))
    named = {row["warc_file"].rsplit("/", 1)[1] for row in rows}
    assert named <= {path.name for path in (world.output / "archive").iterdir()}
    world.web.log.clear()
    world.crawl()
    assert {status for path, status in world.web.asked() if path != "/robots.txt"} == {304}


def test_a_jobdir_survives_a_kill_and_is_taken_up_again(small, tmp_path):
    world = small(30, delay=0.1)
    run = world.start(JOBDIR=tmp_path / "job")
    world.wait_for(8)
    run.kill()
    run.communicate(timeout=120)
    run = world.start(JOBDIR=tmp_path / "job")
    world.wait_for(len(world.web.log) + 8)
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=120)
    done = world.crawl(JOBDIR=tmp_path / "job")
    assert done.returncode == 0, done.stderr[-3000:]
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)


def test_sigterm_commits_and_ends_within_thirty_seconds(small):
    world = small(40, delay=3)
    world.web.put(HOST, "/2026/11/20/one-of-many-stories-number-1.html", site.drip(120))
    run = world.start(DOWNLOAD_TIMEOUT=8)
    world.wait_for(4)
    started = time.time()
    run.send_signal(signal.SIGTERM)
    _, log = run.communicate(timeout=120)
    assert time.time() - started < 30 and run.returncode == 0, log[-3000:]
    fetched = [path for path, status in world.web.asked() if status == 200 and "number" in path]
    stored = [row["url"] for row in world.rows()]
    assert len(stored) >= 1 and len(stored) >= len(fetched) - 1
    assert archive.check(world.output) == [] and not list((world.output / "archive").glob("*.open"))
