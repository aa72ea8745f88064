"""BLEU and chrF of the zh→en packages that are there, and how many sentences are flagged before and after the stage.

Before: each sentence decoded once, the best hypothesis taken as it is, which is what argostranslate gives. After:
the whole stage with its other hypotheses, second attempts and repairs.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import sacrebleu
from rich.console import Console
from rich.table import Table

from benchmarks.translation import sets
from pipelines.config import Config
from pipelines.translate import checks, packages
from pipelines.translate.engine import Engine
from pipelines.translate.packages import Package
from pipelines.translate.stage import Request, Stage


def _scores(texts: list[str], references: list[str]) -> tuple[str, str]:
    bleu, chrf = sacrebleu.corpus_bleu(texts, [references]), sacrebleu.corpus_chrf(texts, [references])
    return f"{bleu.score:.1f}", f"{chrf.score:.1f}"


def _before(engine: Engine, sources: list[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    config = Config()
    texts = [h[0].text for h in engine.translate(sources, beam_size=config.beam_size, num_hypotheses=1)]
    flags = [checks.judge(s, t, from_code="zh", to_code="en") for s, t in zip(sources, texts, strict=True)]
    return texts, flags


def _after(engine: Engine, sources: list[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    config = Config()
    stage = Stage(engine, None, beam_size=config.beam_size, num_hypotheses=config.num_hypotheses)
    requests = [Request(source=source, text=source) for source in sources]
    done = stage.run(requests)
    return [done[request].target for request in requests], [done[request].flags for request in requests]


def _share(flags: list[tuple[str, ...]]) -> str:
    return f"{100 * sum(any(flag not in checks.NOTES for flag in some) for some in flags) / len(flags):.1f} %"


def _measure(package: Package, data: Path, console: Console, limit: int) -> list[list[str]]:
    engine = Engine(package)
    table = Table("set", "sentences", "", "BLEU", "chrF", "flagged", "sentences/s", box=None)
    table.title = f"\n{package.label}{' (bundled)' if package.bundled else ''}"
    rows: list[list[str]] = []
    counts = {"before": Counter[str](), "after": Counter[str]()}
    for name in sets.names(data):
        chosen = sets.pairs(data, name)[: limit or None]
        sources, references = [source for source, _ in chosen], [target for _, target in chosen]
        for when, way in (("before", _before), ("after", _after)):
            start = time.perf_counter()
            texts, flags = way(engine, sources)
            rate = len(sources) / (time.perf_counter() - start)
            counts[when].update(flag for some in flags for flag in some)
            rows.append([name, str(len(sources)), when, *_scores(texts, references), _share(flags), f"{rate:.1f}"])
            table.add_row(*rows[-1])
    console.print(table)
    for when, found in counts.items():
        console.print(f"flags {when}: " + (", ".join(f"{k} {v}" for k, v in found.most_common()) or "none"))
    return rows


def run(data: Path, console: Console, *, limit: int) -> dict[str, list[list[str]]]:
    """Print one table for each zh→en package, installed or bundled, and return their rows by package."""
    found = [p for p in packages.installed() + packages.bundled() if (p.from_code, p.to_code) == ("zh", "en")]
    if not found:
        console.print("\nquality: no zh→en package is installed; get one with: scrapy models install zh en")
    return {package.label: _measure(package, data, console, limit) for package in found}
