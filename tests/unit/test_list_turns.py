"""Lists in their turn: where a source has more than a run reads, each is read in the end, the newest in every run."""

import asyncio
import itertools
from collections import defaultdict
from types import SimpleNamespace

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Request
from twisted.python.failure import Failure

from crawler import sources
from crawler.health import Figures
from crawler.lists import ListReader, UnderWay
from crawler.robots import Rules
from crawler.state import State
from tests.live.site import listing, rss

HOME = "https://e.org/"
TEXT = f'[[source]]\nname = "e"\nsite = "{HOME}"\n'
SECTIONS = [f"https://e.org/{name}/" for name in "abcdefghi"]
PARTS = [f"https://e.org/map-{number}.xml" for number in range(9)]


class Reader(ListReader):
    """A spider that asks a site of a few pages, without a network; one of them is one run."""

    def __init__(self, state, keys, robots=()):
        (source,) = sources.parse(TEXT + keys)
        state.begin(source)
        self.sources = {"e": source}
        self._asked, self._tasks, self._under_way = {"e": set()}, set(), UnderWay(["e"])
        self._queue, self.count = [], itertools.count()
        rules = SimpleNamespace(rules=self._now(Rules(sitemaps=tuple(robots))))
        self.crawler = SimpleNamespace(
            engine=SimpleNamespace(crawl=self._queue.append), get_downloader_middleware=lambda _: rules
        )
        self.live = SimpleNamespace(
            state=state, stopping=False, figures=defaultdict(Figures), strike=lambda *_, **__: None, on_disk=self._disk
        )

    @staticmethod
    def _now(value):
        async def answer(*_):
            return value

        return answer

    async def _disk(self, call, *args, **kwargs):
        return call(*args, **kwargs)

    def _source(self, response):
        return self.sources["e"]

    async def failed(self, failure):
        """What the spider counts is no matter here."""

    def run(self, pages):
        """Read all lists of one run; return the addresses that were asked."""
        return asyncio.run(self._run(pages))

    async def _run(self, pages):
        asked = []
        self._queue += [request async for request in self._lists(self.sources["e"])]
        await asyncio.gather(*self._tasks)
        while self._queue:
            request: Request = self._queue.pop(0)
            asked.append(request.url)
            body = pages.get(request.url, listing([]))
            if isinstance(body, Exception):
                failure = Failure(body)
                failure.request = request
                await request.errback(failure)
                continue
            response = HtmlResponse(request.url, body=body, request=request, headers={"Content-Type": "text/html"})
            self._queue += [further async for further in request.callback(response)]
        assert [name async for name in self._under_way.sources(lambda: False)] == ["e"]
        return asked


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.lists.MAX_RESOURCES", 4)
    monkeypatch.setattr("crawler.lists._AS_NAMED", 2)
    one = State(tmp_path / "state.sqlite")
    yield one
    one.close()


def section(number):
    """Make a page of articles whose bytes are never the same, as a counter in them makes it."""
    links = [(f"/2026/11/20/a-story-of-the-river-{one}", f"A headline of the river, number {one}") for one in "ab"]
    return listing(links, extra=f"<!-- {number} -->")


def index(*urls, day=1):
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{parts}<!-- {day} --></sitemapindex>".encode()


@pytest.mark.parametrize("changes", [True, False])
def test_of_more_sections_than_a_run_reads_each_has_its_turn(state, changes):
    count = itertools.count()
    seen = []
    for _ in range(5):
        home = listing([(url, "Section") for url in SECTIONS], extra=f"<!-- {next(count) * changes} -->")
        pages = {HOME: home} | {url: section(next(count)) for url in SECTIONS}
        asked = Reader(state, f'start = ["{HOME}"]').run(pages)
        assert len(asked) == len(set(asked)) == 5
        assert asked[0] == HOME or not changes
        seen.append(set(asked) - {HOME})
    assert set().union(*seen) == set(SECTIONS)
    if changes:  # what a page names first is read in every run
        assert all({SECTIONS[0], SECTIONS[1]} <= one for one in seen)


def test_of_a_sitemap_index_the_newest_parts_come_first_in_every_run_and_the_others_in_turn(state):
    newest = [f"https://e.org/map-2026-{month:02d}.xml" for month in range(12, 0, -1)]
    keys = f'sitemaps = ["{HOME}index.xml"]\nmax_age_days = 0'
    runs = [Reader(state, keys).run({f"{HOME}index.xml": index(*reversed(newest), day=day)})[1:] for day in range(6)]
    assert runs[0] == newest[:4]
    assert all(run[:2] == newest[:2] and len(run) == 4 for run in runs[:3])
    assert [run[2:] for run in runs[1:3]] == [newest[4:6], newest[6:8]]
    assert set().union(*runs) == set(newest)


def test_what_is_left_for_the_next_run_is_said_and_nothing_when_all_was_read(state, caplog):
    caplog.set_level("INFO", "crawler.lists")
    pages = {HOME: listing([(url, "Section") for url in SECTIONS])} | {url: section(0) for url in SECTIONS}
    Reader(state, f'start = ["{HOME}"]').run(pages)
    assert [one.getMessage() for one in caplog.records] == ["e: 5 of its lists are left for the next run"]
    caplog.clear()
    Reader(state, f'feeds = ["{HOME}feed"]').run({f"{HOME}feed": rss([])})
    assert not caplog.records


def test_what_the_file_names_is_read_in_every_run_however_much_it_is(state):
    keys = f"start = {SECTIONS}\ndepth = 1".replace("'", '"')
    count = itertools.count()
    more = listing([(f"https://e.org/more-{name}/", "Section") for name in "abcdef"])
    for _ in range(2):
        asked = Reader(state, keys).run({url: section(next(count)) for url in SECTIONS[1:]} | {SECTIONS[0]: more})
        assert asked[:9] == SECTIONS and len(asked) == 9 + 4


def test_the_sitemaps_that_robots_txt_names_take_turns_as_well(state):
    seen = set()
    for _ in range(3):
        asked = Reader(state, "robots_sitemaps = true", robots=PARTS).run({})
        assert len(asked) == 4
        seen.update(asked)
    assert seen == set(PARTS)


@pytest.mark.parametrize("why", [TimeoutError(), IgnoreRequest("robots.txt disallows it"), listing([])])
def test_those_that_fail_do_not_come_first_for_ever(state, why):
    seen = set()
    for day in range(4):
        pages = dict.fromkeys(PARTS, why) | {f"{HOME}index.xml": index(*PARTS, day=day)}
        seen.update(Reader(state, f'sitemaps = ["{HOME}index.xml"]').run(pages)[1:])
    assert seen == set(PARTS)


def test_those_that_a_run_which_ends_did_not_ask_keep_their_turn(state):
    keys = f'sitemaps = ["{HOME}index.xml"]'
    ended = dict.fromkeys(PARTS, IgnoreRequest("the crawl is stopping"))
    first, again = (Reader(state, keys).run(ended | {f"{HOME}index.xml": index(*PARTS, day=day)}) for day in (1, 2))
    assert first == again and len(first) == 5


def test_lists_that_a_list_names_in_its_turn_are_read_in_the_same_run(state):
    keys = f'start = ["{HOME}"]\ndepth = 3'
    pages = {HOME: listing([(SECTIONS[0], "Section")])}
    pages |= {SECTIONS[n]: listing([(SECTIONS[n + 1], "Section")]) for n in range(3)}
    assert Reader(state, keys).run(pages) == [HOME, *SECTIONS[:3]]
    pages[SECTIONS[2]] = listing([(SECTIONS[3], "Section")])
    assert Reader(state, keys.replace("3", "4")).run(pages) == [HOME, *SECTIONS[:4]]


def test_a_source_that_is_parked_asks_for_no_more_lists(state):
    pages = {HOME: listing([(url, "Section") for url in SECTIONS])}
    reader = Reader(state, f'start = ["{HOME}"]')
    reader.live.figures["e"].parked = "asks to wait"
    assert len(reader.run(pages)) == 3  # those that were asked already are refused by the queue
