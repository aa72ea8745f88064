"""The batcher: gathering, order, backpressure, closing, failures, and an event loop that stays free."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Sequence

import pytest

from pipelines.config import Config
from pipelines.model import Article, Status, Translation
from pipelines.translate import Batcher, Translator
from pipelines.translate.install import install_file
from tests.argos_tiny import build
from tests.unit.test_translate_translator import WORDS, article


class Recording:
    """Passes on to a real translator and notes the sizes of its batches; can be held back, to see what gathers."""

    def __init__(self, translator: Translator) -> None:
        self.translator = translator
        self.sizes: list[int] = []
        self.gate = threading.Event()
        self.gate.set()

    def translate(self, articles: Sequence[Article]) -> list[Translation]:
        self.gate.wait(30)
        self.sizes.append(len(articles))
        return self.translator.translate(articles)


@pytest.fixture(scope="module")
def translator(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    base = tmp_path_factory.mktemp("argos")
    install_file(build(base / "zh_en.argosmodel", WORDS), base / "packages")
    return Translator.open(Config(), packages_dirs=[base / "packages"])


def pages(count: int) -> list[Article]:
    return [article("今天下雨。" * (1 + n % 3), f"公司购买芯片{n}。") for n in range(count)]


def test_everything_comes_back_to_its_own_caller(translator: Translator) -> None:
    async def run() -> list[Translation]:
        batcher = Batcher(translator, max_sentences=40, max_wait_ms=20)
        done = await asyncio.gather(*(batcher.translate(page) for page in pages(60)))
        await batcher.close()
        return done

    assert asyncio.run(run()) == translator.translate(pages(60))


def test_waiting_articles_become_one_batch(translator: Translator) -> None:
    async def run() -> list[int]:
        recording = Recording(translator)
        batcher = Batcher(recording, max_sentences=10_000, max_wait_ms=10)
        recording.gate.clear()
        first = asyncio.create_task(batcher.translate(pages(1)[0]))
        await asyncio.sleep(0.05)
        rest = [asyncio.create_task(batcher.translate(page)) for page in pages(20)]
        await asyncio.sleep(0)
        recording.gate.set()
        await asyncio.gather(first, *rest)
        await batcher.close()
        return recording.sizes

    assert asyncio.run(run()) == [1, 20]


def test_a_full_batch_does_not_wait(translator: Translator) -> None:
    async def run() -> list[int]:
        recording = Recording(translator)
        batcher = Batcher(recording, max_sentences=12, max_wait_ms=3_600_000)
        tasks = [asyncio.create_task(batcher.translate(page)) for page in pages(12)]
        await asyncio.wait(tasks, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        assert recording.sizes, "an hour's wait was not cut short by a full batch"
        await batcher.close()
        await asyncio.gather(*tasks)
        return recording.sizes

    assert len(asyncio.run(run())) > 1


def test_no_more_articles_are_held_than_allowed(translator: Translator) -> None:
    async def run() -> None:
        recording = Recording(translator)
        recording.gate.clear()
        batcher = Batcher(recording, max_sentences=8, max_wait_ms=1, max_pending=5)
        tasks = [asyncio.create_task(batcher.translate(page)) for page in pages(40)]
        for _ in range(50):
            await asyncio.sleep(0.002)
            assert batcher.held <= 5
        recording.gate.set()
        assert len(await asyncio.gather(*tasks)) == 40
        assert batcher.held == 0
        await batcher.close()

    asyncio.run(run())


def test_close_finishes_what_waits_and_refuses_more(translator: Translator) -> None:
    async def run() -> None:
        batcher = Batcher(translator, max_sentences=10_000, max_wait_ms=3_600_000)
        tasks = [asyncio.create_task(batcher.translate(page)) for page in pages(3)]
        await asyncio.sleep(0)
        await batcher.close()
        assert all(task.done() for task in tasks)
        with pytest.raises(RuntimeError):
            await batcher.translate(pages(1)[0])
        await batcher.close()

    asyncio.run(run())


def test_a_caller_that_goes_away_takes_nobody_along(translator: Translator) -> None:
    async def run() -> None:
        batcher = Batcher(translator, max_sentences=10_000, max_wait_ms=50)
        tasks = [asyncio.create_task(batcher.translate(page)) for page in pages(3)]
        await asyncio.sleep(0.01)
        tasks[1].cancel()
        assert [(await task).status for task in (tasks[0], tasks[2])] == [Status.TRANSLATED] * 2
        await batcher.close()

    asyncio.run(run())


def test_a_translator_that_raises_gives_failed_records(translator: Translator) -> None:
    class Broken:
        def translate(self, articles: Sequence[Article]) -> list[Translation]:
            raise MemoryError("none left")

    async def run() -> list[Translation]:
        batcher = Batcher(Broken(), max_wait_ms=1)
        done = await asyncio.gather(*(batcher.translate(page) for page in pages(4)))
        await batcher.close()
        return done

    assert [t.status for t in asyncio.run(run())] == [Status.FAILED] * 4


def test_full_collections_pass_over_what_was_imported(translator: Translator) -> None:
    """A walk through every imported module's objects held the loop for 50 ms and more."""

    async def run() -> int:
        gc.unfreeze()
        batcher = Batcher(translator)
        await batcher.translate(pages(1)[0])
        frozen = gc.get_freeze_count()
        await batcher.close()
        return frozen

    try:
        assert asyncio.run(run()) > 10_000
    finally:
        gc.unfreeze()


def test_the_event_loop_goes_on_while_the_engine_works(translator: Translator) -> None:
    """A watchdog ticks every 5 ms beside real decoding.

    The bound on one lag is wide (a loaded machine may not run this process at all for a while), and what the test
    stands on is the count: inline, the loop would not tick once in a whole batch.
    """

    async def run() -> tuple[int, float, float]:
        batcher = Batcher(translator, max_sentences=200, max_wait_ms=5)
        lags: list[float] = []
        ended = asyncio.Event()

        async def watch() -> None:
            while not ended.is_set():
                before = time.perf_counter()
                await asyncio.sleep(0.005)
                lags.append(time.perf_counter() - before - 0.005)

        watchdog = asyncio.create_task(watch())
        start = time.perf_counter()
        many = [article(*(f"公司购买芯片{n}，今天下雨很大{m}。" for m in range(6))) for n in range(60)]
        await asyncio.gather(*(batcher.translate(page) for page in many))
        took = time.perf_counter() - start
        ended.set()
        await watchdog
        await batcher.close()
        return len(lags), max(lags), took

    ticks, worst, took = asyncio.run(run())
    assert worst < took / 2
    assert ticks >= 10
