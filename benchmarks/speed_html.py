"""Pages a second on one core: Polyglean beside trafilatura, page by page in turn, in one run.

usage: POLYGLEAN_BENCH=DIR python benchmarks/speed_html.py [--limit N] [--json FILE]

Both get the same decoded text. Polyglean's time is extract (with metadata) and prune; trafilatura's is its default
``bare_extraction`` with metadata, and ``fast`` without its fallbacks. Processor time is counted, so that what else
runs on the machine matters little; the slowest page is wall time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from pipelines.config import Config
from pipelines.decode import decode
from pipelines.html import extract
from pipelines.prune import prune

AT = datetime(2026, 1, 1, tzinfo=UTC)


def ours(text: str, url: str) -> None:
    config = Config()
    prune(extract(text, url=url, fetched_at=AT, config=config), config)


def default(text: str, url: str) -> None:
    trafilatura.bare_extraction(text, url=url, with_metadata=True)


def fast(text: str, url: str) -> None:
    trafilatura.bare_extraction(text, url=url, with_metadata=True, fast=True)


RUNS: dict[str, Callable[[str, str], None]] = {
    "polyglean": ours,
    "trafilatura default": default,
    "trafilatura fast": fast,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=os.environ.get("POLYGLEAN_BENCH"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if arguments.bench is None:
        parser.error("say where the benchmark pages are: --bench DIR or POLYGLEAN_BENCH=DIR")
    folder = Path(arguments.bench) / "extraction"
    used = dict.fromkeys(RUNS, 0.0)
    worst = dict.fromkeys(RUNS, (0.0, ""))
    count = 0
    for line in (folder / "truth.jsonl").read_text("utf-8").rstrip("\n").split("\n")[: arguments.limit]:
        truth = json.loads(line)
        raw = gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
        text, url = decode(raw, "", is_html=True)[0], truth["url"] or "https://example.org/page"
        if count == 0:
            for run in RUNS.values():
                run(text, url)
        count += 1
        for name, run in RUNS.items():
            wall, processor = time.perf_counter(), time.process_time()
            run(text, url)
            used[name] += time.process_time() - processor
            worst[name] = max(worst[name], (time.perf_counter() - wall, truth["id"]))
    base = used["trafilatura default"]
    for name, seconds in used.items():
        print(
            f"{name:20s} {count / seconds:6.1f} pages/s {1000 * seconds / count:6.1f} ms/page {base / seconds:5.2f} × "
            f"default; slowest {worst[name][0]:.2f} s ({worst[name][1]})"
        )
    if arguments.json:
        rates = {name: round(count / seconds, 2) for name, seconds in used.items()}
        arguments.json.write_text(json.dumps({"pages": count, "pages_per_second": rates}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
