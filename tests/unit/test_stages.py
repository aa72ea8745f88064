"""The order of rows does not depend on which worker was quicker, and no page is lost on the way."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler import settings as project
from pipelines.config import Config
from pipelines.errors import StoreError
from pipelines.items import InOrder, PageItem, host_of
from pipelines.model import Article, RawPage, Rejected
from pipelines.stages import CleanStage, config_from
from pipelines.store import manifest, parquet
from pipelines.writer import Writer
from tests.store_samples import article, store
from tests.unit.test_show import scrapy


def item(number: int) -> PageItem:
    return PageItem(number=number, page=None, outcome=Rejected(url="u", source=str(number), reason="r"))


@given(st.permutations(range(20)))
def test_items_are_written_in_the_order_of_their_pages(numbers: list[int]) -> None:
    written: list[int] = []
    order = InOrder(lambda one: written.append(one.number))
    for number in numbers:
        order.put(item(number))
    assert written == list(range(20))


def test_a_page_lost_in_a_cut_run_holds_nothing_back_at_the_end() -> None:
    written: list[int] = []
    order = InOrder(lambda one: written.append(one.number))
    for number in (3, 0, 2):
        order.put(item(number))
    assert written == [0]
    order.flush()
    assert written == [0, 2, 3]


def test_settings_and_config_agree_on_the_defaults() -> None:
    settings = Settings()
    settings.setmodule(project)
    assert config_from(settings) == Config()


# --- a page in whose work something breaks


def page(url: str) -> RawPage:
    text = "".join(
        f"<p>Paragraph {part} of the page tells what the council of the town decided.</p>" for part in range(9)
    )
    body = f"<html lang=en><title>The council decides</title><article><h1>The council decides</h1>{text}</article>"
    return RawPage(url=url, fetched_at=datetime(2026, 3, 1, tzinfo=UTC), body=body.encode(), source=url)


def stripped(pages: list[RawPage], error: Exception) -> list[PageItem | Exception]:
    """Return what a stage with one worker, in which cutting templates raises an error, makes of pages."""

    async def strip(_: Article, host: str) -> Article:
        raise error

    async def work() -> list[PageItem | Exception]:
        stage = CleanStage(Crawler(Spider, Settings()), Config(), workers=1, timeout=60)
        await stage.open_spider()
        stage.strip = strip
        try:
            return await asyncio.gather(*map(stage.process_item, pages), return_exceptions=True)
        finally:
            await stage.close_spider()

    return asyncio.run(work())


@pytest.mark.parametrize("url", ["http://[bad/x.html", "http://[::1", "http://a]b/"])
def test_an_address_that_cannot_be_taken_apart_has_no_host(url: str) -> None:
    assert host_of(url) is None


@pytest.mark.parametrize("options", [(), ("--templates",)], ids=["once", "twice"])
def test_a_record_with_an_address_of_no_host_stops_no_replay(tmp_path: Path, options: tuple[str, ...]) -> None:
    with (tmp_path / "pages.warc").open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for url in ("http://[bad/1", "https://a.example/2"):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            payload = BytesIO(page(url).body)
            writer.write_record(writer.create_warc_record(url, "response", payload=payload, http_headers=headers))
    done = scrapy("replay", tmp_path / "pages.warc", "-o", tmp_path / "output", "--strict", *options)
    counts = manifest.total(manifest.read_all(tmp_path / "output" / "runs"))
    assert counts["articles"] + counts.get("rejected", 0) == 2 and counts["articles"] >= 1
    assert done.returncode == (1 if counts.get("broken") else 0)


def test_a_page_in_whose_work_something_breaks_keeps_its_number_and_its_name() -> None:
    made = stripped([page("https://a.example/1"), page("http://[bad/2"), page("https://a.example/3")], ValueError("no"))
    assert [one.number for one in made if isinstance(one, PageItem)] == [0, 1, 2]
    for one in (made[0], made[2]):
        assert isinstance(one, PageItem) and isinstance(one.outcome, Rejected) and one.page
        assert (one.outcome.reason, one.outcome.detail, one.outcome.broken) == (
            "extractor_error",
            "ValueError: no",
            True,
        )
        assert one.outcome.url == one.page.url
    bad = made[1]
    assert (
        isinstance(bad, PageItem)
        and isinstance(bad.outcome, Article | Rejected)
        and bad.outcome.source == "http://[bad/2"
    )


def test_an_error_that_ends_the_run_is_not_taken_for_a_broken_page() -> None:
    (made,) = stripped([page("https://a.example/1")], StoreError("the disk is full"))
    assert isinstance(made, StoreError)


def numbered(number: int, outcome: Article | Rejected, signature: list[int] | None = None) -> PageItem:
    return PageItem(number=number, page=None, outcome=outcome, signature=signature)


def test_an_article_that_cannot_be_stored_is_listed_and_those_behind_it_are_stored(tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    writer = Writer(lambda name, number: told.update({name: number}))
    with store(tmp_path, on_commit=lambda *_: writer.settle()) as target:
        writer.store = target
        for number in (2, 1, 0):
            writer.put(numbered(number, article(number), [1, 2] if number == 0 else None))
    (rejected,) = (tmp_path / "runs").glob("*-rejected.parquet")
    (row,) = parquet.read_table(rejected).to_pylist()
    assert (row["source"], row["reason"], row["broken"]) == ("pages/0.html", "extractor_error", True)
    assert ds.dataset(tmp_path / "articles", format="parquet").count_rows() == 2
    assert writer.rows() == {1: True, 2: True}
    assert (
        told["polyglean/articles"] == 2 and told["polyglean/rejected/extractor_error"] == told["polyglean/broken"] == 1
    )


def test_only_what_is_committed_is_counted(tmp_path: Path) -> None:
    told: Counter[str] = Counter()
    writer = Writer(lambda name, number: told.update({name: number}))
    writer.store = store(tmp_path, checkpoint_rows=3, on_commit=lambda *_: writer.settle())
    for number, which in enumerate((1, 2, 2, 3, 4)):  # the third is known; with the fourth, three are committed
        writer.put(numbered(number, article(which)))
    writer.put(numbered(5, Rejected(url="u", source="s", reason="too_short")))
    assert told == {
        "polyglean/pages": 6,
        "polyglean/articles": 3,
        "polyglean/known": 1,
        "polyglean/language/zh": 3,
        "polyglean/removed/share_bar": 3,
        "polyglean/removed/advert": 3,
        "polyglean/translation/translated_with_flags": 3,
        "polyglean/sentences": 6,
        "polyglean/sentences_flagged": 3,
    }
    assert writer.rows() == {0: True, 1: True, 2: False, 3: True, 4: True} and not writer.rows()
    writer.store.abandon()
    assert manifest.total(manifest.read_all(tmp_path / "runs"))["articles"] == 3
