"""Crawl a loopback web of five sites: pages a second, memory over time, lag of the event loop.

    python -m benchmarks.live [--pages 2000] [--sites 5] [--delay 0] [--concurrency 4] [--json FILE]

The sites run in a process of their own, the crawl in another, with the real pipelines, store and archive. Every
second the crawl's memory (it and its worker processes) is read from /proc; the loop's lag is measured inside it by a
task that sleeps for 50 ms and looks how late it wakes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PAGE = 4096


def serve(sites: int, pages: int, ports: multiprocessing.Queue[int]) -> None:
    """Serve ``sites`` hosts with a feed index (a sitemap) and ``pages`` articles each, until killed."""
    from tests.live.site import Web, article, sitemap

    web = Web()
    for site in range(sites):
        host = f"site{site}.test"
        paths = [f"/2026/11/{number % 28 + 1:02d}/story-number-{number}-of-many.html" for number in range(pages)]
        web.put(host, "/robots.txt", b"User-agent: *\nAllow: /\n", content_type="text/plain")
        web.put(host, "/sitemap.xml", sitemap([(web.url(host, path), None) for path in paths]))
        for number, path in enumerate(paths):
            language = ("en", "zh", "de")[site % 3]
            web.put(host, path, article(language, f"{site}/{number}"))
    ports.put(web.port)
    while True:
        time.sleep(60)


def memory(pid: int) -> tuple[float, float]:
    """Return MiB of the process, and of it with all its descendants (shared pages counted in each)."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))

    def rss(one: int) -> float:
        try:
            return int((Path("/proc") / str(one) / "statm").read_text().split()[1]) * _PAGE / 2**20
        except OSError:
            return 0.0

    family, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        family += rss(one)
        waiting += children.get(one, [])
    return rss(pid), family


def crawl(folder: Path, port: int, options: argparse.Namespace) -> dict[str, object]:
    """Crawl once and return the figures."""
    blocks = [
        f'[[source]]\nname = "site{n}"\nsite = "http://site{n}.test:{port}/"\n'
        f'sitemaps = ["http://site{n}.test:{port}/sitemap.xml"]\ndelay = {options.delay}\n'
        f"concurrency = {options.concurrency}\nmax_pages = {options.pages}\nallow_addresses = ['127.0.0.1/32']\n"
        for n in range(options.sites)
    ]
    (folder / "sources.toml").write_text("\n".join(blocks))
    hosts = json.dumps({f"site{n}.test": "127.0.0.1" for n in range(options.sites)})
    line = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"sources={folder / 'sources.toml'}"]
    settings = {"STATIC_HOSTS": hosts, "OUTPUT_DIR": folder / "output", "CONTACT": "bench@example.org"}
    settings |= {"EXTENSIONS": json.dumps({"benchmarks.live.lag.Lag": 1, "crawler.pace.Pace": 0})}
    settings |= {"TRANSLATION_MEMORY": folder / "memory.sqlite", "COMMIT_SECONDS": 60}
    for name, value in settings.items():
        line += ["-s", f"{name}={value}"]
    environment = {**os.environ, "POLYGLEAN_LAG_FILE": str(folder / "lag.json"), "POLYGLEAN_OFFLINE": "1"}
    started = time.monotonic()
    samples: list[tuple[float, float, float]] = []
    with (folder / "log").open("w") as log:
        run = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=log, stderr=log)
        while run.poll() is None:
            samples.append((time.monotonic() - started, *memory(run.pid)))
            time.sleep(1)
    seconds = time.monotonic() - started
    lag = json.loads((folder / "lag.json").read_text())
    figures = json.loads(next((folder / "output/runs").glob("*.health.json")).read_text())["sources"]
    articles = sum(one["articles"] for one in figures.values())
    return {
        "sites": options.sites,
        "pages a site": options.pages,
        "articles": articles,
        "failures": sum(sum(one["errors"].values()) for one in figures.values()),
        "exit": run.returncode,
        "seconds": round(seconds, 1),
        "pages/s": round(articles / lag["seconds"], 1),
        "memory MiB at tenths": [round(samples[len(samples) * n // 10][1]) for n in range(1, 10)] if samples else [],
        "memory with workers MiB, peak": round(max(one[2] for one in samples)),
        "loop lag ms": {name: lag[name] for name in ("median", "p99", "max")},
        "archive MiB": round(sum(p.stat().st_size for p in (folder / "output/archive").iterdir()) / 2**20, 1),
    }


def main() -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live")
    parser.add_argument("--pages", type=int, default=2000, help="articles of each site")
    parser.add_argument("--sites", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds between requests to one host")
    parser.add_argument("--concurrency", type=int, default=4, help="requests under way to one host")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(options.sites, options.pages, ports), daemon=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            figures = crawl(Path(folder), ports.get(timeout=120), options)
    finally:
        server.kill()
    for name, value in figures.items():
        print(f"{name:30} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
