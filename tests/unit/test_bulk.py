import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from crawler.pages import read_pages
from pipelines import bulk
from pipelines.errors import StoreError
from pipelines.model import Article, RawPage, Rejected, Status, Translation
from pipelines.store import manifest
from pipelines.store.catalogue import Catalogue
from pipelines.store.sink import Store

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def page(number: int, body: str | None = None) -> RawPage:
    sentences = " ".join(f"Sentence {number} of part {part} says something of its own." for part in range(12))
    html = (
        body
        or f"<html><head><title>Page {number}</title></head><body><article><p>{sentences}</p></article></body></html>"
    )
    return RawPage(
        url=f"https://news.example/{number}",
        fetched_at=NOON,
        body=html.encode(),
        source=f"{number}.html",
        content_type="text/html; charset=utf-8",
    )


def rows(root: Path) -> list[dict[str, Any]]:
    found = ds.dataset(root / "articles", format="parquet", partitioning="hive").to_table().to_pylist()
    return sorted(({**row, "run_id": ""} for row in found), key=lambda row: row["record_id"])


class Echo:
    """Notes what it is asked to translate."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def translate(self, articles: Any) -> list[Translation]:
        self.calls.append(len(articles))
        return [Translation(status=Status.TRANSLATED, text=one.text.upper()) for one in articles]


def test_seeds_are_stored_as_rows_by_any_number_of_workers(tmp_path: Path):
    made = {}
    for workers in (1, 2):
        pages = read_pages([str(SEEDS)], max_bytes=1 << 24)
        summary = bulk.run(pages, tmp_path / str(workers), workers=workers, shard=2)
        assert summary.articles == 5 and summary.counts["articles_by_language"] == {"en": 4, "zh": 1}
        made[workers] = rows(tmp_path / str(workers))
    assert made[1] == made[2] and len(made[1]) == 5


def test_any_executor_will_do_and_is_left_running(tmp_path: Path):
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        for name, executor in (("threads", threads), ("processes", processes)):
            bulk.run(map(page, range(20)), tmp_path / name, executor=executor, shard=3)
            assert executor.submit(int, "7").result() == 7
    assert rows(tmp_path / "threads") == rows(tmp_path / "processes")
    assert len(rows(tmp_path / "threads")) == 20


def test_what_is_known_is_not_translated_again_but_for_again(tmp_path: Path):
    first, second, third = Echo(), Echo(), Echo()
    with ThreadPoolExecutor(1) as threads:
        for translator, again in ((first, False), (second, False), (third, True)):
            pages = map(page, range(10))
            summary = bulk.run(pages, tmp_path, executor=threads, translator=translator, again=again, shard=4)
    assert first.calls == third.calls == [4, 4, 2] and sum(second.calls) == 0
    assert summary.counts["replaced"] == 10
    assert all(row["text_en"] == row["text"].upper() for row in rows(tmp_path)) and len(rows(tmp_path)) == 10


def test_rejected_pages_and_pages_without_an_article_are_counted(tmp_path: Path):
    pages = [page(1), Rejected(url="u", source="s", reason="truncated_gzip", broken=True), page(2, " ")]
    with ThreadPoolExecutor(1) as threads:
        summary = bulk.run(pages, tmp_path, executor=threads)
    assert summary.counts["rejected"] == 2 and "truncated_gzip" in summary.counts["rejected_by_reason"]


def test_pages_are_read_only_as_fast_as_they_are_worked_on(tmp_path: Path):
    read = 0
    gate = threading.Event()
    ahead: list[int] = []

    def pages() -> Iterator[RawPage]:
        nonlocal read
        for number in range(100):
            read += 1
            yield page(number)

    class Slow(Echo):
        def translate(self, articles: Any) -> list[Translation]:
            if not gate.is_set():
                ahead.append(read)
                gate.set()
            return super().translate(articles)

    with ThreadPoolExecutor(2) as threads:
        bulk.run(pages(), tmp_path, executor=threads, workers=2, translator=Slow(), shard=2)
    assert ahead[0] <= 2 * (2 * 2 + 1)


def test_ctrl_c_commits_what_is_done(tmp_path: Path):
    def pages() -> Iterator[RawPage]:
        yield from map(page, range(30))
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as threads, pytest.raises(KeyboardInterrupt):
        bulk.run(pages(), tmp_path, executor=threads, workers=1, shard=5)
    assert 10 <= len(rows(tmp_path)) < 30


@pytest.fixture
def heard() -> Iterator[None]:
    """Python's own handler of Ctrl-C: what a shell starts in the background ignores it, and so do its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_while_a_shard_is_stored_waits_for_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A real signal, at the seventh article: it and the rest of its shard are there, and nothing behind them."""
    add, calls = Store.add, 0

    def interrupted(*arguments: Any) -> bool:
        nonlocal calls
        calls += 1
        if calls == 7:
            os.kill(os.getpid(), signal.SIGINT)
        return add(*arguments)

    monkeypatch.setattr(Store, "add", interrupted)
    with ThreadPoolExecutor(1) as threads, pytest.raises(KeyboardInterrupt):
        bulk.run(map(page, range(30)), tmp_path, executor=threads, workers=1, shard=5)
    assert len(rows(tmp_path)) == 10
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize(("owner", "step"), [(Catalogue, "record"), (shutil, "rmtree"), (Path, "rename")])
@pytest.mark.parametrize("after", [False, True])
def test_ctrl_c_within_a_commit_commits_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, step: str, after: bool
):
    """A handler of the caller's own raises at once; closing must not commit again what is committed, nor hide it."""
    real, calls = getattr(owner, step), 0

    def interrupted(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 1 and not after:
            raise KeyboardInterrupt
        result = real(*arguments, **options)
        if calls == 1:
            raise KeyboardInterrupt
        return result

    monkeypatch.setattr(Store.__init__, "__kwdefaults__", {**Store.__init__.__kwdefaults__, "checkpoint_rows": 10})
    monkeypatch.setattr(owner, step, interrupted)
    with ThreadPoolExecutor(1) as threads, pytest.raises(KeyboardInterrupt) as caught:
        bulk.run(map(page, range(40)), tmp_path, executor=threads, workers=1, shard=4)
    assert caught.value.__notes__ and "was interrupted" in caught.value.__notes__[0]
    monkeypatch.undo()
    with ThreadPoolExecutor(1) as threads:
        bulk.run(map(page, range(40)), tmp_path, executor=threads, workers=1, shard=4)
    assert len(rows(tmp_path)) == len({row["record_id"] for row in rows(tmp_path)}) == 40
    sequences = [one.sequence for one in manifest.read_all(tmp_path / "runs")]
    assert sequences == list(range(1, len(sequences) + 1))


def test_an_output_that_cannot_be_written_is_a_store_error(tmp_path: Path):
    (tmp_path / "output").write_text("")
    with pytest.raises(StoreError):
        bulk.run([page(1)], tmp_path / "output", workers=1)


class Deadly(RawPage):
    """A page whose arrival kills the worker: the way in which a crash in C code looks from outside."""

    __slots__ = ()

    def __reduce__(self) -> Any:
        return (_die, (os.getpid(),))


def _die(parent: int) -> None:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


class Endless(RawPage):
    """A page whose arrival keeps the worker busy for ever."""

    __slots__ = ()

    def __reduce__(self) -> Any:
        return (_hang, (os.getpid(),))


def _hang(parent: int) -> None:
    while os.getpid() != parent:
        time.sleep(1)


def test_a_page_that_hangs_costs_itself_alone(tmp_path: Path):
    bad = Endless(url="https://news.example/bad", fetched_at=NOON, body=b"x", source="bad.html")
    summary = bulk.run(
        [*map(page, range(6)), bad, *map(page, range(6, 12))], tmp_path, workers=2, shard=1, page_timeout=8
    )
    assert summary.articles == 12
    assert summary.counts["rejected_by_reason"] == {"extractor_timeout": 1}


def test_a_page_that_kills_its_worker_costs_itself_alone(tmp_path: Path):
    good = page(50)
    bad = Deadly(url="https://news.example/bad", fetched_at=NOON, body=b"x", source="bad.html")
    pages = [*map(page, range(10)), bad, *map(page, range(10, 20)), good]
    summary = bulk.run(pages, tmp_path, workers=2, shard=4)
    assert summary.articles == 21
    assert summary.counts["rejected_by_reason"] == {"extractor_crashed": 1}


def test_shards_come_back_with_signatures_for_articles_alone():
    from pipelines.config import Config

    cleaned = bulk.clean_shard([page(1), page(2, " ")], Config())
    assert isinstance(cleaned[0][0], Article) and len(cleaned[0][1] or []) == 128
    assert isinstance(cleaned[1][0], Rejected) and cleaned[1][1] is None
