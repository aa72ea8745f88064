"""Pages a processor second on one core: Polyglean's whole way of a page beside trafilatura, in turns.

usage: POLYGLEAN_BENCH=DIR python benchmarks/speed_html.py [--step N] [--limit N] [--json FILE]

Ours is ``clean``: bytes in; decoding, body, metadata, pruning, verdict, language and ids out. Trafilatura is
``bare_extraction`` with its defaults and metadata, as its manual calls it, on text that is decoded for it; then
``fast`` (without its fallbacks) and without metadata. Each system runs in a process of its own, all see ten pages
before the next ten, in changing order; everything is loaded before the first page. Seconds are processor time, so that
what else runs on the machine matters little. Then the phases of ours are timed in one more pass.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

AT = datetime(2026, 1, 1, tzinfo=UTC)
TRAFILATURA: dict[str, dict[str, Any]] = {
    "trafilatura default": {"with_metadata": True},
    "trafilatura fast": {"with_metadata": True, "fast": True},
    "trafilatura without metadata": {"with_metadata": False},
}
BASE = "trafilatura default"
CHUNK = 10
"""Pages that one system is given before the next: as in a run, its code and tables are in the processor's cache."""
PROSE = "<p>A sentence of a short page, so that everything that is read once has been read before the first page.</p>"
WARM = f"<html><head><title>Warm up</title></head><body><h1>Warm up</h1>{PROSE * 2}{PROSE.replace('A', 'No')}</body>"
PHASES = (
    ("pipelines.process", "media_kind", "decode"),
    ("pipelines.process", "decode", "decode"),
    ("pipelines.html.draft", "parse", "parse"),
    ("pipelines.html.walk.Walker", "walk", "walk"),
    ("pipelines.html.draft", "compute", "features"),
    ("pipelines.html.votes.model.Model", "vote", "vote"),
    ("pipelines.html.draft", "second_opinion", "second opinion"),
    ("pipelines.html.draft", "from_tree", "metadata"),
    ("pipelines.process", "prune", "prune"),
    ("pipelines.process", "judge", "verdict"),
    ("pipelines.language", "detect", "language"),
)
"""Where a phase is called from, and its name in the table; what is in none of them is called "rest"."""


def polyglean() -> Callable[[bytes, str], object]:
    """Return the whole way of a page."""
    from pipelines.config import Config
    from pipelines.model import RawPage
    from pipelines.process import clean

    config = Config()

    def run(body: bytes, url: str) -> object:
        return clean(RawPage(url=url, fetched_at=AT, body=body, source="page", content_type="text/html"), config)

    return run


def peer(name: str) -> Callable[[str, str], object]:
    """Return trafilatura with the options of one row of the table."""
    from trafilatura import bare_extraction

    options = TRAFILATURA[name]
    return lambda text, url: bare_extraction(text, url=url, **options)


def pages(data: Path, step: int, limit: int | None) -> Iterator[tuple[str, bytes, str]]:
    """Yield (id, bytes, address) of every ``step``-th page."""
    lines = (data / "extraction" / "truth.jsonl").read_text("utf-8").rstrip("\n").split("\n")[:limit:step]
    for page in map(json.loads, lines):
        body = gzip.decompress((data / "extraction" / "pages" / f"{page['id']}.html.gz").read_bytes())
        yield page["id"], body, page["url"] or "https://example.org/page"


def worker(name: str) -> None:
    """Answer each page (its address and size on a line, then its bytes) with the processor seconds it took."""
    run: Callable[[Any, str], object] = polyglean() if name == "polyglean" else peer(name)
    body: bytes | str = WARM.encode() if name == "polyglean" else WARM
    run(body, "https://example.org/warm")
    run(body, "https://example.org/warm")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    while line := sys.stdin.buffer.readline():
        head = json.loads(line)
        read = sys.stdin.buffer.read(head["size"])
        page: bytes | str = read if name == "polyglean" else read.decode("utf-8", "surrogatepass")
        start = time.process_time()
        run(page, head["url"])
        print(time.process_time() - start, file=answers, flush=True)


def compared(data: Path, step: int, limit: int | None) -> dict[str, list[tuple[float, str]]]:
    """Return system → (processor seconds, page) for each page."""
    from pipelines.decode import decode

    names = ["polyglean", *TRAFILATURA]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, __file__, "--worker"]
    running = {
        name: subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        for name in names
    }
    used: dict[str, list[tuple[float, str]]] = {name: [] for name in names}
    left = pages(data, step, limit)
    number = 0
    while chunk := list(islice(left, CHUNK)):
        texts = [decode(body, "", is_html=True)[0].encode("utf-8", "surrogatepass") for _, body, _ in chunk]
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            sent, given = running[name].stdin, running[name].stdout
            assert sent is not None and given is not None
            for (page, body, url), text in zip(chunk, texts, strict=True):
                payload = body if name == "polyglean" else text
                sent.write(json.dumps({"url": url, "size": len(payload)}).encode() + b"\n" + payload)
                sent.flush()
                used[name].append((float(given.readline()), page))
        number += 1
    for process in running.values():
        process.communicate()
    return used


def phases(data: Path, step: int, limit: int | None) -> tuple[dict[str, float], float]:
    """Return phase → processor seconds over all pages, and the seconds of the whole way."""
    import importlib

    run = polyglean()
    run(WARM.encode(), "https://example.org/warm")
    used = dict.fromkeys([name for _, _, name in PHASES], 0.0)

    def timed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                used[name] += time.process_time() - start

        return call

    for place, attribute, name in PHASES:
        module, _, kind = place.rpartition(".") if place[place.rfind(".") + 1].isupper() else (place, "", "")
        owner = importlib.import_module(module)
        owner = getattr(owner, kind) if kind else owner
        setattr(owner, attribute, timed(getattr(owner, attribute), name))
    total = 0.0
    for _, body, url in pages(data, step, limit):
        start = time.process_time()
        run(body, url)
        total += time.process_time() - start
    return used, total


def main() -> None:
    """Run both measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=os.environ.get("POLYGLEAN_BENCH"))
    parser.add_argument("--step", type=int, default=1, help="every N-th page only")
    parser.add_argument("--limit", type=int, help="of the first N pages")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.worker:
        worker(arguments.worker)
        return
    if arguments.bench is None:
        parser.error("say where the benchmark pages are: --bench DIR or POLYGLEAN_BENCH=DIR")
    used = compared(arguments.bench, arguments.step, arguments.limit)
    total = {name: sum(seconds for seconds, _ in found) for name, found in used.items()}
    count = len(used["polyglean"])
    print(f"{count} pages; processor seconds, one process a system, in turns")
    for name, seconds in total.items():
        slowest, page = max(used[name])
        print(
            f"{name:30s}{seconds:8.2f} s {1000 * seconds / count:7.1f} ms/page {count / seconds:7.1f} pages/s "
            f"{total[BASE] / seconds:6.2f} × default; slowest {1000 * slowest:.0f} ms ({page})"
        )
    spent, whole = phases(arguments.bench, arguments.step, arguments.limit)
    spent["rest"] = whole - sum(spent.values())
    print(f"\nphases of Polyglean, {1000 * whole / count:.1f} ms/page in this pass")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:16s}{1000 * seconds / count:7.2f} ms/page {100 * seconds / whole:5.1f} %")
    if arguments.json:
        rates = {name: round(count / seconds, 2) for name, seconds in total.items()}
        shares = {name: round(1000 * seconds / count, 3) for name, seconds in spent.items()}
        result = {"pages": count, "pages_per_second": rates, "phases_ms": shares}
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
