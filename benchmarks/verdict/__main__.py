"""``python -m benchmarks.verdict --data FOLDER``: which pages are taken for articles that are none, and the reverse.

FOLDER (or the variable POLYGLEAN_BENCH) holds the public pages. All of them are articles but those named below; the
others are made of them by form: an index in four layouts, what a search, a tag or an author lists, stubs with a paywall
box, errors, refusals, walls, galleries, clips, comments, products, prices, job adverts, pages that a script fills.
Articles of odd forms are made as well: tickers, flashes of one paragraph, recipes, poems, interviews. Hosts are halved:
rules and words are set on one half, the other is reported; the made pages' wordings differ between the halves, and each
half is judged by trees that saw no page of it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.captures import add_data, fold_of, hosts, load_truth
from benchmarks.verdict.blind import blind_to
from benchmarks.verdict.forms import ARTICLES
from benchmarks.verdict.make import LANGUAGES, Maker, Story, story
from benchmarks.verdict.samples import FETCHED
from pipelines.config import Config
from pipelines.decode import decode
from pipelines.model import RawPage, Rejected
from pipelines.process import clean

RESULTS = Path(__file__).parents[1] / "results"
HALVES = ("tune", "report")
MADE_FROM = 40
"""Pages of each half that the others are made from: every kind 40 times at most, some minutes in all."""
NO_ARTICLES = {
    "cwced-386d70f8": "a board's error and its form to log in",
    "fundus-jp-ChunichiShimbun-V1": "a paywall stub: its truth breaks off too",
    "magic-8f203971ba": "a clip with its caption",
    "mediacloud-1566929327": "a bare robot check",
    "mediacloud-1685765130": "a bare robot check",
    "traf-0005": "a shop's page of a product, with its price and its cart",
}
"""Public pages that hold no article, looked at one by one."""


def half_of(page: dict[str, Any]) -> str:
    """Return the half of a page's host."""
    return HALVES[fold_of(hosts(page), 2)]


def verdict(url: str, body: bytes, content_type: str, half: str) -> str:
    """Return ``article`` or the reason why a page is none, by trees that saw no page of its half of the hosts."""
    page = RawPage(url=url, fetched_at=FETCHED, body=body, source="benchmark", content_type=content_type)
    with blind_to(half):
        outcome = clean(page, Config())
    return outcome.reason if isinstance(outcome, Rejected) else "article"


def judge_real(data: Path, page: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return (half, kind, verdict, id) of a public page."""
    body = gzip.decompress((data / "pages" / f"{page['id']}.html.gz").read_bytes())
    kind = "real_other" if page["id"] in NO_ARTICLES else "article"
    url = page.get("url") or f"file:///{page['id']}.html"
    half = half_of(page)
    return [(half, kind, verdict(url, body, "text/html", half), page["id"])]


def judge_made(data: Path, page: dict[str, Any], others: list[Story]) -> list[tuple[str, str, str, str]]:
    """Return (half, kind, verdict, id) of every page that can be made of a public page."""
    body = gzip.decompress((data / "pages" / f"{page['id']}.html.gz").read_bytes())
    text, _ = decode(body, "text/html", is_html=True)
    half = half_of(page)
    found = []
    for made in Maker(page, text, others, half).every():
        answer = verdict(made.url, made.text.encode("utf-8", "replace"), "text/html; charset=utf-8", half)
        found.append((half, made.kind, answer, page["id"]))
    return found


def stories_of(truth: list[dict[str, Any]]) -> dict[str, list[Story]]:
    """Return what the pages of each language tell."""
    stories: dict[str, list[Story]] = defaultdict(list)
    for page in truth:
        if (one := story(page)) is not None:
            stories[page["lang"]].append(one)
    return stories


def chosen(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the pages that others are made from, of each half as many of a language."""
    found = []
    for half in HALVES:
        usable = [p for p in truth if half_of(p) == half and p["lang"] in LANGUAGES and story(p)]
        by_language = [[p for p in usable if p["lang"] == language] for language in LANGUAGES]
        share = {"en": 16, "de": 8, "zh": 12, "ja": 4}
        found += [p for pages, language in zip(by_language, LANGUAGES, strict=True) for p in pages[: share[language]]]
    return found


def measure(data: Path, *, made_only: bool, workers: int) -> list[tuple[str, str, str, str]]:
    """Return (half, kind, verdict, id) of all pages."""
    truth = load_truth(data)
    stories, picked = stories_of(truth), chosen(truth)
    with ProcessPoolExecutor(workers) as pool:
        jobs = [pool.submit(judge_made, data, page, stories[page["lang"]]) for page in picked]
        if not made_only:
            jobs += [pool.submit(judge_real, data, page) for page in truth]
        return list(chain.from_iterable(job.result() for job in jobs))


def _row(kind: str, found: list[tuple[str, str, str, str]], *, kept: bool) -> str:
    """Return a row of a table: how many of a kind were caught, or kept, in each half, and what they were taken for."""
    cells = []
    for half in HALVES:
        own = [answer for part, what, answer, _ in found if (part, what) == (half, kind)]
        right = sum((answer == "article") == kept for answer in own)
        cells.append(f"{right} of {len(own)}" + (f" ({right / len(own):.0%})" if own else ""))
    named = Counter(answer for _, what, answer, _ in found if what == kind).most_common(4)
    return f"| {kind} | {cells[0]} | {cells[1]} | {', '.join(f'{n} {count}' for n, count in named)} |"


def table(found: list[tuple[str, str, str, str]]) -> str:
    """Return the result as Markdown: a row a kind, the share caught in each half, and what they were taken for."""
    kinds = sorted({kind for _, kind, _, _ in found if kind != "article"})
    lines = ["| pages | caught, hosts that rules were set on | caught, other hosts | as what |", "|---|---|---|---|"]
    lines += [_row(kind, found, kept=False) for kind in kinds if kind not in ARTICLES]
    lines += ["", "| articles of odd forms | kept, hosts that rules were set on | kept, other hosts | as what |"]
    lines += ["|---|---|---|---|", *(_row(kind, found, kept=True) for kind in kinds if kind in ARTICLES)]
    real = [(half, answer, name) for half, kind, answer, name in found if kind == "article"]
    if real:
        wrong = [(answer, name) for _, answer, name in real if answer != "article"]
        listed = ", ".join(f"{name} ({answer})" for answer, name in sorted(wrong)) or "none"
        lines += [
            "",
            f"Of {len(real)} real articles {len(wrong)} are rejected ({len(wrong) / len(real):.1%}): {listed}.",
        ]
        articles = {"article", *ARTICLES}
        other = [answer != "article" for half, kind, answer, _ in found if half == "report" and kind not in articles]
        false = sum(answer != "article" for half, answer, _ in real if half == "report")
        precision, recall = sum(other) / (sum(other) + false), sum(other) / len(other)
        lines += ["", f"On the other hosts {precision:.1%} of what is rejected is no article (precision)"]
        lines[-1] += f", and {recall:.1%} of what is no article is rejected (recall)."
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdict", description=__doc__)
    add_data(parser)
    parser.add_argument("--made-only", action="store_true", help="leave the 533 real pages out; writes nothing")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", action="store_true", help="name the pages whose verdict is wrong")
    options = parser.parse_args()
    found = measure(options.data, made_only=options.made_only, workers=options.workers)
    print(table(found))
    if options.show:
        for half, kind, answer, name in found:
            if (kind in ("article", *ARTICLES)) != (answer == "article"):
                print(half, kind, answer, name)
    if not options.made_only:
        intro = "# Verdicts\n\n" + (__doc__ or "").partition("\n\n")[2].strip() + "\n\n"
        (RESULTS / "verdict.md").write_text(intro + table(found), "utf-8")
        (RESULTS / "verdict.json").write_text(json.dumps(found, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
