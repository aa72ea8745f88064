"""The running crawl's side: does the event loop stay free, does memory stay flat, does the memory spare the engine.

Many articles with sentences of their own go through the batcher from as many tasks as a crawl has pages in flight,
with a small real engine, so that Python's own work between the decodings, which is what can hold the loop up, weighs as
much as it can. The second pass has a translation memory filled by the first.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.translation import ticks
from benchmarks.translation.ours import article
from benchmarks.translation.speed import corpus, words
from pipelines.config import Config
from pipelines.model import Article, Translation
from pipelines.translate import Batcher, Translator
from pipelines.translate.install import install_file
from tests.argos_tiny import build

_IN_FLIGHT = 256
LIMIT_MS = 100


@dataclass(slots=True, kw_only=True)
class Pass:
    """What one pass over the articles gave."""

    seconds: float
    lags_ms: list[float]
    early_mb: float
    late_mb: float
    digest: int
    calls: int


def _resident_mb() -> float:
    """Return the memory this process holds now (not its peak)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _articles(count: int, table: dict[str, str]) -> Iterator[Article]:
    rng = random.Random(9)
    for _ in range(count):
        yield article(corpus(table, 1, rng)[0])


async def _pass(translator: Translator, articles: Iterator[Article], count: int) -> Pass:
    batcher = Batcher(translator, max_sentences=256, max_wait_ms=200)
    lags: list[float] = []
    memory: list[float] = []
    digest = 0

    async def work() -> None:
        nonlocal digest
        for page in articles:  # all tasks draw from one iterator: at most _IN_FLIGHT articles exist at once
            done: Translation = await batcher.translate(page)
            digest ^= hash(done)
            memory.append(_resident_mb())

    calls = _counted(translator)
    watchdog = asyncio.create_task(ticks.tick(lags))
    start = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(_IN_FLIGHT)))
    seconds = time.perf_counter() - start
    watchdog.cancel()
    await batcher.close()
    fifth = max(1, count // 5)
    return Pass(
        seconds=seconds,
        lags_ms=sorted(lags),
        early_mb=max(memory[:fifth]),
        late_mb=max(memory[-fifth:]),
        digest=digest,
        calls=calls[0],
    )


def _counted(translator: Translator) -> list[int]:
    """Count the sentences that reach the engine from here on."""
    calls = [0]
    for stage in translator.stages():
        original = stage.engine.translate

        def counting(sentences: Any, *, inner: Any = original, **more: Any) -> Any:
            calls[0] += len(sentences)
            return inner(sentences, **more)

        stage.engine.translate = counting  # type: ignore[method-assign]
    return calls


def _three(lags: list[float]) -> tuple[float, float, float]:
    """Return the median, the 99 % quantile and the worst of sorted lags."""
    return lags[len(lags) // 2], lags[int(len(lags) * 0.99)], lags[-1]


def _lags(lags: list[float]) -> list[str]:
    return [f"{lag:.1f}" for lag in _three(lags)]


def run(console: Console, *, articles: int) -> dict[str, Any]:
    """Print lag, memory and rate of both passes, and return them.

    Beside each pass a bare loop ticks in a process of its own: what it lags by is the machine's doing, not ours.
    """
    table = words(random.Random(4))
    shown = Table("pass", "articles/s", "loop lag ms: median", "99 %", "worst", "ticks", box=None)
    for column in ("MB, first fifth", "MB, last fifth", "sentences to the engine"):
        shown.add_column(column)
    digests = []
    figures: dict[str, Any] = {}
    pages = list(_articles(articles, table))
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "packages"
        install_file(build(Path(work) / "m.argosmodel", table), folder)
        memory = Path(work) / "memory.sqlite"
        for name in ("nothing known", "from the memory"):
            translator = Translator.open(Config(), packages_dirs=[folder], memory_path=memory)
            translator.translate([article("好。")])
            # Made beforehand: making them would hold the loop up, and that is not what is measured.
            with ticks.Control() as control:
                got = asyncio.run(_pass(translator, iter(pages), articles))
            translator.close()
            digests.append(got.digest)
            shown.add_row(
                name,
                f"{articles / got.seconds:.0f}",
                *_lags(got.lags_ms),
                str(len(got.lags_ms)),
                f"{got.early_mb:.0f}",
                f"{got.late_mb:.0f}",
                str(got.calls),
            )
            bare = control.lags_ms
            shown.add_row("  a bare loop meanwhile", "", *_lags(bare), str(len(bare)), "", "", "")
            late = sum(lag >= LIMIT_MS for lag in got.lags_ms)
            figures[name] = {
                "articles_per_s": articles / got.seconds,
                "lag_ms": _three(got.lags_ms),
                "bare_lag_ms": _three(bare),
                "ticks": len(got.lags_ms),
                "ticks_over_100_ms": late,
                "early_mb": got.early_mb,
                "late_mb": got.late_mb,
                "sentences": got.calls,
            }
        size = memory.stat().st_size / 2**20
    console.print(f"\n{articles} articles through the batcher, {_IN_FLIGHT} in flight")
    console.print(shown)
    equal = "equal" if len(set(digests)) == 1 else "NOT equal"
    console.print(f"translations of both passes are {equal}; the memory's file has {size:.1f} MiB")
    over = sum(figures[name]["ticks_over_100_ms"] for name in figures)
    console.print(
        f"{over} ticks were {LIMIT_MS} ms late or more; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    return figures | {"equal": len(set(digests)) == 1, "memory_mib": size}
