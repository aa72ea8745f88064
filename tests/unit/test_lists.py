"""When the lists of a source are read: source by source, none waiting for another, and no longer than the crawl."""

import asyncio

from crawler.lists import UnderWay


async def collected(under_way, stopping=lambda: False):
    return [name async for name in under_way.sources(stopping)]


def test_each_source_comes_once_as_soon_as_nothing_of_it_is_open():
    async def run():
        under_way = UnderWay(["slow", "none", "quick"])
        for name, what in (("slow", "a"), ("slow", "b"), ("quick", "a")):
            under_way.begin(name, what)
        seen = asyncio.create_task(collected(under_way))
        await asyncio.sleep(0)
        assert under_way.over == {"none"}
        under_way.end("slow", "a")
        under_way.end("quick", "a")
        under_way.begin("slow", "c")  # a map that the first one named
        under_way.end("slow", "b")
        await asyncio.sleep(0.01)
        assert under_way.over == {"none", "quick"}
        under_way.end("slow", "c")
        under_way.end("slow", "never asked in this run")
        return await seen

    assert asyncio.run(run()) == ["none", "quick", "slow"]


def test_a_crawl_that_stops_waits_for_no_list():
    under_way = UnderWay(["slow"])
    under_way.begin("slow", "a")
    looks = iter([False, False, True])
    assert asyncio.run(collected(under_way, lambda: next(looks))) == []


def test_without_sources_there_is_nothing_to_wait_for():
    assert asyncio.run(collected(UnderWay([]))) == []
