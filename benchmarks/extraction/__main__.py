"""``python -m benchmarks.extraction --data FOLDER``: the tables of article extraction, ours and the peers'.

FOLDER (or the variable POLYGLEAN_BENCH) holds ``truth.jsonl``, ``pages/<id>.html.gz`` and ``score.py``. Every peer is
installed once into an environment of its own under ``.cache/bench-extraction``; one that cannot be is left out, and the
table says so. All systems see page after page in turn, each in one process on one core; seconds are processor time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks.extraction import folds, tables
from benchmarks.extraction.workers import SYSTEMS, System, Unavailable, Worker
from pipelines.decode import decode
from pipelines.errors import BrokenPage

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "bench-extraction"
BASE = "trafilatura"
RESULTS = ROOT / "benchmarks" / "results"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("POLYGLEAN_BENCH"), help="folder of the pages")
    parser.add_argument("--systems", default="", help="comma-separated names; default: all")
    parser.add_argument("--limit", type=int, default=0, help="only the first N pages (for a try)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of extraction.md and extraction.json")
    parser.add_argument("--reuse", action="store_true", help="run ours and trafilatura; the other peers as last time")
    parser.add_argument("--add", action="append", default=[], metavar="LABEL=FILE", help="add a row of predictions")
    options = parser.parse_args()
    if options.data is None:
        sys.exit("give the folder of the pages: --data FOLDER, or POLYGLEAN_BENCH=FOLDER")
    if not (options.data / "truth.jsonl").is_file():
        sys.exit(f"{options.data} has no truth.jsonl")
    return options


def prepared(data: Path, limit: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the truth, and the pages as the workers are told of them; the decoded texts go into the cache."""
    truth = [json.loads(line) for line in (data / "truth.jsonl").read_text("utf-8").split("\n") if line.strip()]
    folder = CACHE / "text"
    folder.mkdir(parents=True, exist_ok=True)
    truth = truth[: limit or None]
    pages = []
    for page in truth:
        raw, text = data / "pages" / f"{page['id']}.html.gz", folder / f"{page['id']}.html"
        body = gzip.decompress(raw.read_bytes())
        try:
            decoded = decode(body, "text/html", is_html=True)[0]
        except BrokenPage:
            decoded = body.decode("utf-8", "replace")
        text.write_bytes(decoded.encode("utf-8", "replace"))
        url = page.get("url") or ""
        url = url if url.startswith(("http://", "https://")) else ""
        pages.append({"id": page["id"], "url": url, "lang": page["lang"], "raw": str(raw.resolve()), "text": str(text)})
    return truth, pages


def started(systems: list[System]) -> tuple[list[Worker], list[str]]:
    """Return the running workers and one line for each system that cannot run."""
    workers, missing = [], []
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    for system in systems:
        try:
            workers.append(Worker(system, CACHE, core))
        except (Unavailable, OSError):
            missing.append(f"{system.label}: left out, cannot be installed or started here")
            print("!!", missing[-1], file=sys.stderr, flush=True)
    return workers, missing


def run(workers: list[Worker], pages: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Return system → page → prediction. The systems take turns page by page, so that all meet the same machine."""
    out: dict[str, dict[str, dict[str, Any]]] = {worker.system.name: {} for worker in workers}
    for number, page in enumerate(pages):
        for worker in workers:
            out[worker.system.name][page["id"]] = plain(worker.run(page))
        if sys.stderr.isatty() and number % 10 == 0:
            print(f"\r{number + 1}/{len(pages)} pages", end="", file=sys.stderr, flush=True)
    for worker in workers:
        worker.stop()
    return out


def plain(answer: dict[str, Any]) -> dict[str, Any]:
    """Return a prediction with text where score.py expects text: some peers nest their authors, or give objects."""
    stack, authors = [answer.get("author") or []], []
    while stack:
        each = stack.pop(0)
        if isinstance(each, list):
            stack = each + stack
        elif each:
            authors.append(str(each))
    texts = {name: str(answer[name]) for name in ("title", "date", "body") if answer.get(name)}
    return {
        "id": answer["id"],
        "seconds": answer["seconds"],
        "failed": answer.get("failed"),
        "author": authors,
        **texts,
    }


def keep(predictions: dict[str, dict[str, Any]], ratio: dict[str, float], *, full: bool) -> None:
    """Keep the peers' predictions of a full run, and how fast they were beside trafilatura in it."""
    for name, found in predictions.items():
        if full and name in ratio and name != BASE and not name.startswith("polyglean"):
            (CACHE / f"{name}.json").write_text(json.dumps({"ratio": ratio[name], "pages": found}), "utf-8")


def kept(wanted: set[str]) -> dict[str, tuple[dict[str, Any], float]]:
    """Return the peers' predictions of an earlier full run."""
    found = {name: CACHE / f"{name}.json" for name in wanted}
    loaded = {name: json.loads(file.read_text("utf-8")) for name, file in found.items() if file.is_file()}
    return {name: (each["pages"], each["ratio"]) for name, each in loaded.items()}


def report(
    names: dict[str, str],
    by_language: Any,
    by_source: Any,
    speed: dict[str, float],
    ratio: dict[str, float],
    worst: dict[str, float],
    notes: list[str],
) -> str:
    """Return the whole report as Markdown."""
    parts = ["# Article extraction", "", *notes, "", tables.headline(names, by_language, speed, ratio), ""]
    slowest = ", ".join(f"{names[name].strip('*')} {seconds:.2f} s" for name, seconds in worst.items())
    parts += [f"Slowest page: {slowest}.", "", tables.MEANING, ""]
    for title, scores in (("language", by_language), ("source", by_source)):
        groups = next(iter(scores.values()))
        parts.append(f"## By {title}")
        for group in groups:
            if title == "language" or group != "all":
                parts += ["", f"### {group}", "", tables.full(names, scores, group)]
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Run everything, print the headline table and write the results."""
    options = arguments()
    wanted = set(options.systems.split(",")) if options.systems else {system.name for system in SYSTEMS}
    score = tables.scorer(options.data)
    truth, pages = prepared(options.data, options.limit)
    earlier = kept(wanted) if options.reuse else {}
    if not folds.covers(page["id"] for page in pages):
        wanted.discard("polyglean-unseen")
    workers, missing = started([each for each in SYSTEMS if each.name in wanted and each.name not in earlier])
    predictions = run(workers, pages)
    labels = {system.name: system.label for system in SYSTEMS}
    seconds = {name: [each["seconds"] for each in found.values()] for name, found in predictions.items()}
    speed = {name: len(spent) / sum(spent) for name, spent in seconds.items()}
    worst = {name: max(spent) for name, spent in seconds.items()}
    ratio = {name: speed[name] / speed[BASE] for name in speed} if BASE in speed else {}
    keep(predictions, ratio, full=not options.limit)
    for name, (found, before) in earlier.items():
        predictions[name], ratio[name] = found, before
    predictions = {name: predictions[name] for name in labels if name in predictions}
    names = {name: labels[name] for name in predictions}
    for label, _, file in (row.partition("=") for row in options.add):
        lines = Path(file).read_text("utf-8").split("\n")
        predictions[label] = {row["id"]: row for row in map(json.loads, filter(str.strip, lines))}
        names[label] = label
    by_language = {name: tables.grouped(score, truth, found, "lang") for name, found in predictions.items()}
    by_source = {name: tables.grouped(score, truth, found, "source") for name, found in predictions.items()}
    rejected: dict[str, int] = {}
    for each in predictions.get("polyglean", {}).values():
        if each.get("failed"):
            rejected[each["failed"]] = rejected.get(each["failed"], 0) + 1
    notes = [
        f"{len(truth)} pages; Python {platform.python_version()} on {platform.machine()}; one process a system, all on "
        "one core, page after page in turn; processor time without reading the file. Ours includes decoding, pruning, "
        "the verdict and language detection; the peers get decoded text. The body models that ship were trained on "
        "these pages: their body figures here are fitted. The row of unseen hosts reads every page by models that were "
        "trained without any page of its host (benchmarks/train_body.py).",
        "",
        "Polyglean rejected as no article: "
        + (", ".join(f"{reason} {count}" for reason, count in sorted(rejected.items())) or "none")
        + "; they count as empty.",
        *(["", *missing] if missing else []),
        *(["", "Peers without pages/s: predictions and ratio of an earlier full run."] if earlier else []),
    ]
    text = report(names, by_language, by_source, speed, ratio, worst, notes)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "extraction.md").write_text(text, "utf-8")
    data = {
        "pages": len(truth),
        "pages_per_second": speed,
        "times_trafilatura": ratio,
        "slowest": worst,
        "language": by_language,
        "source": by_source,
        "missing": missing,
        "rejected": rejected,
    }
    (options.out / "extraction.json").write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")
    print(tables.headline(names, by_language, speed, ratio))
    for line in missing:
        print(line)
    print(f"written: {options.out / 'extraction.md'}", file=sys.stderr)


if __name__ == "__main__":
    main()
