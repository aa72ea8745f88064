"""``python -m benchmarks.captures --data FOLDER``: clean the public pages as plain text; ours beside the peers'.

FOLDER (or the variable POLYGLEAN_BENCH) holds ``truth.jsonl``, ``pages/<id>.html.gz`` and ``score.py``. Pages are
rendered by inscriptis and by Chromium (where it is installed), cleaned, and scored against the same truth as the HTML.
Where ``benchmarks.captures.train`` has left models blind to a share of the hosts, each page is scored by the model
that never saw its host; the row says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.captures import CACHE, add_data, fold_of, hosts, load_truth, read_folds, read_titles
from benchmarks.captures.peers import PEERS
from benchmarks.captures.render import RENDERERS, render
from pipelines import capture
from pipelines.capture import votes
from pipelines.capture.headline import Weights
from pipelines.config import Config
from pipelines.metadata import dates
from pipelines.pruning.prune import prune

RESULTS = Path(__file__).parents[1] / "results"
FETCHED = datetime(2026, 12, 31, tzinfo=UTC)
LANGUAGES = ("en", "zh", "de", "ja", "all")
COLUMNS = ("P", "R", "F1", "t_norm", "date", "a_hit", "with", "leak")
Answer = dict[str, Any]


def scorer(data: Path) -> Any:
    """Load the set's own score.py, so that captures and HTML are measured with one measure."""
    spec = importlib.util.spec_from_file_location("score", data / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blind_models() -> list[votes.LineModel]:
    """Return the models of the cross-validation, none where they have not been trained."""
    return [votes.build(item) for item in read_folds()]


def ours(page: dict[str, Any], text: str, model: votes.Model | None, titles: Weights | None = None) -> Answer:
    """Return the prediction of capture and prune."""
    url = page.get("url") or ""
    draft = capture.extract(text, url=url, fetched_at=FETCHED, config=Config(), model=model, titles=titles)
    draft = prune(draft, Config())
    meta = draft.meta
    return {
        "title": meta.title,
        "author": list(meta.authors),
        "date": dates.local_day(meta.published, None) if meta.published else None,
        "body": "\n".join(block.text for block in draft.blocks),
    }


def systems(folds: list[votes.LineModel]) -> dict[str, Callable[[dict[str, Any], str], Answer]]:
    """Return what is measured: name → (page, text) → prediction."""
    found: dict[str, Callable[[dict[str, Any], str], Answer]] = {}
    if folds:
        titles = read_titles()

        def blind(page: dict[str, Any], text: str) -> Answer:
            fold = fold_of(hosts(page), len(folds))
            return ours(page, text, folds[fold], titles[fold])

        found["Polyglean, cross-validated by host"] = blind
    found["Polyglean, as shipped"] = lambda page, text: ours(page, text, None)
    for name, peer in PEERS.items():
        found[name] = lambda page, text, peer=peer: {"body": peer(text, page["lang"])}  # type: ignore[misc]
    return found


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures", description=__doc__)
    add_data(parser)
    parser.add_argument("--renderers", default=",".join(RENDERERS), help="comma-separated, of: " + ", ".join(RENDERERS))
    parser.add_argument("--limit", type=int, default=0, help="only the first N pages (for a try)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of captures.md and captures.json")
    options = parser.parse_args()
    truth = load_truth(options.data)[: options.limit or None]
    score = scorer(options.data)
    rows: list[dict[str, Any]] = []
    for name in options.renderers.split(","):
        try:
            texts = render(options.data, CACHE, name, [page["id"] for page in truth])
        except FileNotFoundError as error:
            print(f"{name}: left out, {error}")
            continue
        for system, answer in systems(blind_models()).items():
            rows += measure(score, truth, texts, name, system, answer)
    table = markdown(rows, len(truth))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "captures.md").write_text(table, "utf-8")
    (options.out / "captures.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    print(table)


def measure(
    score: Any,
    truth: list[dict[str, Any]],
    texts: dict[str, str],
    renderer: str,
    system: str,
    answer: Callable[[dict[str, Any], str], Answer],
) -> list[dict[str, Any]]:
    """Return one row of figures a language."""
    groups: dict[str, list[Any]] = defaultdict(list)
    start = time.process_time()
    for page in truth:
        result = score.page(page, answer(page, texts[page["id"]]))
        for language in {page["lang"], "all"}:
            groups[language].append(result)
    seconds = time.process_time() - start
    rows = []
    for language in LANGUAGES:
        figures = score.agg(groups[language]) if groups[language] else {}
        rows.append(
            {"renderer": renderer, "system": system, "language": language, "pages": len(groups[language])}
            | {column: round(figures[column], 4) for column in COLUMNS if column in figures}
            | ({"pages_per_second": round(len(truth) / max(seconds, 1e-9), 1)} if language == "all" else {})
        )
    return rows


def markdown(rows: list[dict[str, Any]], pages: int) -> str:
    """Return the figures as a table: body F1 by language, then what only Polyglean gives."""
    lines = [
        "# Text captures",
        "",
        f"{pages} public pages rendered to plain text, then cleaned. Body F1, precision and recall as in the table of "
        "HTML pages (macro means; words of 4, for Chinese and Japanese characters of 4). “Cross-validated by "
        "host”: every page is read by a model that was trained without its host; “as shipped”: by the one trained on "
        "all of them. Peers get each line as a paragraph. Pages a second are of one core and include the scoring.",
        "",
        "| renderer | system | F1 en | F1 zh | F1 de | F1 ja | F1 all | P all | R all | title en/zh | date en/zh "
        "| leak en | pages/s |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    by_key = {(row["renderer"], row["system"], row["language"]): row for row in rows}
    for renderer, system in dict.fromkeys((row["renderer"], row["system"]) for row in rows):
        found = {language: by_key[renderer, system, language] for language in LANGUAGES}
        cells = [_figure(found[language], "F1") for language in LANGUAGES]
        cells += [_figure(found["all"], "P"), _figure(found["all"], "R")]
        cells += [f"{_figure(found['en'], column)} / {_figure(found['zh'], column)}" for column in ("t_norm", "date")]
        cells += [_figure(found["en"], "leak"), str(found["all"]["pages_per_second"])]
        lines.append("| " + " | ".join([renderer, system, *cells]) + " |")
    return "\n".join(lines) + "\n"


def _figure(row: dict[str, Any], column: str) -> str:
    return f"{row[column]:.3f}".lstrip("0") if column in row else "–"


if __name__ == "__main__":
    main()
