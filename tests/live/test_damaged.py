"""A ``state.sqlite`` with real damage: every run heals it, and what was committed stays."""

import json
import random
import sqlite3

import pytest

from pipelines.store.damage import LOOKED_THROUGH
from tests import forked

from .site import Page
from .small import HOST

LATE = "/2026/11/21/one-more-story-for-the-day.html"


def overwrite(file, first=1, last=None, seed=1):
    """Overwrite pages of the file, as a failing disk does; SQLite meets it only where a statement needs one."""
    data, noise = bytearray(file.read_bytes()), random.Random(seed)
    size = int.from_bytes(data[16:18], "big")
    for number in range(first, last or len(data) // size):
        data[number * size : (number + 1) * size] = noise.randbytes(size)
    with file.open("r+b") as stream:  # the same file, which a run may have open
        stream.write(data)


def pages_of(file, table):
    """Return the numbers of the pages of one table, from 0."""
    with sqlite3.connect(file) as base:
        roots = [base.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]]
    base.close()
    return [number - 1 for number in roots]


def swell(file):
    """Make the file too large to be looked through at every start."""
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE filler (content BLOB)")
        base.executemany("INSERT INTO filler VALUES (zeroblob(1000000))", [()] * (LOOKED_THROUGH // 1_000_000 + 1))
    base.close()


def news(world):
    world.add(HOST, LATE, "en", "more")
    world.feed(HOST, "/feed.xml", [LATE])


def aside(world):
    return [path for path in world.output.glob("state.sqlite.damaged*") if not path.name.endswith("-wal")]


@pytest.mark.parametrize("table", ["catalogue_records", "catalogue_bands", "crawl_pages", "crawl_resources"])
def test_a_crawl_sets_aside_what_is_damaged_and_goes_on(small, table):
    world = small(5)
    world.crawl()
    state = world.output / "state.sqlite"
    (page,) = pages_of(state, table)
    overwrite(state, page, page + 1)
    news(world)
    world.web.log.clear()
    done = world.crawl()
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-3000:]
    assert done.stderr.count("is damaged") == 1 and len(aside(world)) == 1
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)
    assert len({row["record_id"] for row in world.rows()}) == len(world.rows()) == 6
    if table != "crawl_pages":  # the articles themselves were still known, with their validators
        assert {status for path, status in world.web.asked(HOST) if "number" in path} == {304}
    done = world.crawl()
    assert done.returncode == 0 and "damaged" not in done.stderr and len(aside(world)) == 1


def test_damage_that_shows_in_the_middle_of_a_crawl_is_healed_by_the_next(small):
    world = small(5)
    world.crawl()
    news(world)
    feed, state = world.web.pages[HOST]["/feed.xml"], world.output / "state.sqlite"

    def act(handler, _):
        overwrite(state)
        handler.answer(feed)

    world.web.put(HOST, "/feed.xml", Page(b"", act=act))
    done = world.crawl()
    assert done.returncode == 3 and "Traceback" not in done.stderr, done.stderr[-3000:]
    assert "the next run sets" in done.stderr.splitlines()[-1]
    assert len(world.rows()) == 5
    world.web.put(HOST, "/feed.xml", feed)
    done = world.crawl()
    assert done.returncode == 0 and done.stderr.count("is damaged") == 1, done.stderr[-3000:]
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)


def test_large_files_are_healed_a_run_later(small):
    world = small(5)
    world.crawl()
    state = world.output / "state.sqlite"
    swell(state)
    (page,) = pages_of(state, "crawl_pages")
    overwrite(state, page, page + 1)
    news(world)
    codes = [world.crawl().returncode for _ in range(3)]
    assert codes == [3, 0, 0] and len(aside(world)) == 1
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)


def test_waiting_addresses_are_still_known_when_their_feed_names_them_no_more(small):
    world = small(6, max_pages=2)
    world.crawl()
    state = world.output / "state.sqlite"
    (page,) = pages_of(state, "catalogue_files")
    overwrite(state, page, page + 1)
    news(world)
    for _ in range(3):
        assert world.crawl().returncode == 0
    assert sorted(row["url"] for row in world.rows()) == sorted(world.articles)
    with sqlite3.connect(state) as base:
        assert base.execute("SELECT count(*) FROM crawl_runs").fetchone() == (4,)
    base.close()


@pytest.mark.parametrize("command", ["replay", "compact", "report", "doctor"])
def test_other_commands_meet_the_damage(small, command):
    world = small(4, max_pages=2)
    world.crawl(), world.crawl()
    overwrite(world.output / "state.sqlite")
    output = ["-o", world.output]
    if command in ("report", "doctor"):
        done = forked.run(command, *output)
        assert done.returncode == int(command == "doctor") and "Traceback" not in done.stderr
        assert not aside(world)  # they change nothing
        assert "the next run sets it aside" in " ".join(done.stdout.split()) or command == "report"
        return
    done = forked.run(command, *([world.output / "archive"] * (command == "replay")), *output)
    assert done.returncode == 0 and done.stderr.count("is damaged") <= 1, done.stderr
    assert len(aside(world)) == 1 and len(world.rows()) == 4
    done = forked.run("doctor", *output)
    assert done.returncode == 0 and "set aside" in done.stdout, done.stdout
    with sqlite3.connect(world.output / "state.sqlite") as base:  # what resembles what is known again as well
        query = "SELECT count(*) FROM catalogue_records WHERE signature IS NOT NULL"
        assert base.execute(query).fetchone() == (4,)
    base.close()


def test_a_mark_of_a_file_that_was_moved_away_harms_no_new_one(small):
    world = small(2)
    world.crawl()
    (world.output / "state.sqlite.damaged").write_text("database disk image is malformed")
    (world.output / "state.sqlite").unlink()
    assert world.crawl().returncode == 0 and not aside(world)
    assert json.loads(next((world.output / "runs").glob("*.health.json")).read_text())["exit_code"] == 0
