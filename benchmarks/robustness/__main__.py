"""``python -m benchmarks.robustness --data FOLDER``: how much of the text survives a change that no reader sees.

FOLDER (or the variable POLYGLEAN_BENCH) holds ``truth.jsonl``, ``pages/<id>.html.gz`` and ``score.py``. Each page is
read by models that never saw its host, as it is and changed; trafilatura reads the same sources. Plain texts are those
of ``benchmarks.captures``, rendered by Chromium, or by inscriptis where there is none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lxml.html
import trafilatura

from benchmarks.captures import CACHE, add_data, load_truth
from benchmarks.captures.__main__ import RESULTS, blind_models, scorer, systems
from benchmarks.captures.render import RENDERERS, render
from benchmarks.extraction import ours
from benchmarks.extraction.folds import Unseen
from benchmarks.robustness import lines, markup
from pipelines.decode import decode

LANGUAGES = ("en", "zh", "de", "ja")
LOST = 0.1
"""What a page's F1 must lose for the page to be counted."""
Row = dict[str, Any]
Scores = dict[str, float]


def changed(raw: bytes, body: str, change: markup.Change) -> bytes | None:
    """Return a page's source with a change; None where there is nothing to change."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    text, _ = decode(raw, "text/html", is_html=True)
    tree = lxml.html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    return lxml.html.tostring(tree, encoding="utf-8") if change(tree, body) else None


def sources(data: Path, truth: Sequence[dict[str, Any]], score: Any) -> list[Row]:
    """Return a row for each change of the sources: bodies, verdicts, and trafilatura's bodies."""
    unseen, rows = Unseen(), list[Row]()
    plain: dict[str, Scores] = {}
    for name, change in markup.CHANGES.items():
        own, peer, rejected = Scores(), Scores(), 0
        for page in truth:
            raw = gzip.decompress((data / "pages" / f"{page['id']}.html.gz").read_bytes())
            if (source := changed(raw, page["body"], change)) is None:
                continue
            unseen.use(page["id"])
            url = page.get("url") or ""
            own[page["id"]] = score.page(page, ours.parts(source, url))["F1"]
            rejected += "failed" in ours.whole(source, url)
            said = trafilatura.extract(source, include_comments=False, favor_precision=False)
            peer[page["id"]] = score.page(page, {"body": said or ""})["F1"]
        plain = plain or {"own": own, "peer": peer}
        rows.append(
            row(name, own, plain["own"]) | {"rejected": rejected, "trafilatura": row(name, peer, plain["peer"])}
        )
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def texts(data: Path, truth: Sequence[dict[str, Any]], score: Any) -> list[Row]:
    """Return a row for each change of the pages' plain texts."""
    answer: Callable[[dict[str, Any], str], dict[str, Any]] = next(iter(systems(blind_models()).values()))
    try:
        found = render(data, CACHE, RENDERERS[1], [page["id"] for page in truth])
    except FileNotFoundError:
        found = render(data, CACHE, RENDERERS[0], [page["id"] for page in truth])
    rows, plain = list[Row](), Scores()
    for name, change in lines.CHANGES.items():
        scored = {page["id"]: score.page(page, answer(page, change(found[page["id"]]))) for page in truth}
        own = {page: each["F1"] for page, each in scored.items()}
        plain = plain or own
        means = {key: mean([each[key] for each in scored.values() if key in each]) for key in ("t_norm", "date")}
        rows.append(row(name, own, plain) | means)
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def row(name: str, found: Scores, plain: Scores) -> Row:
    """Return the figures of a change: pages, mean F1, the same less that of these pages as they are, pages lost."""
    less = [found[page] - plain[page] for page in found]
    lost = sum(each < -LOST for each in less)
    return {"change": name, "pages": len(found), "F1": mean(found.values()), "less": mean(less), "lost": lost}


def mean(values: Any) -> float:
    """Return the mean, 0 of nothing."""
    listed = list(values)
    return sum(listed) / max(1, len(listed))


def markdown(html: Sequence[Row], plain: Sequence[Row]) -> str:
    """Return both tables."""
    out = ["# Changes that no reader sees", "", " ".join((__doc__ or "").split("\n\n", 1)[1].split()), ""]
    out += [f"Lost: pages whose F1 is more than {LOST} lower than as they are, of those that can be changed so.", ""]
    out += ["| source | pages | F1 | change | lost | rejected | trafilatura F1 | change | lost |", "|" + "---|" * 9]
    for each in html:
        peer = each["trafilatura"]
        own = f"| {each['change']} | {each['pages']} | {each['F1']:.3f} | {each['less']:+.3f} | {each['lost']} |"
        out.append(f"{own} {each['rejected']} | {peer['F1']:.3f} | {peer['less']:+.3f} | {peer['lost']} |")
    out += ["", "| plain text | pages | F1 | change | lost | title | date |", "|" + "---|" * 7]
    for each in plain:
        own = f"| {each['change']} | {each['pages']} | {each['F1']:.3f} | {each['less']:+.3f} | {each['lost']} |"
        out.append(f"{own} {each['t_norm']:.3f} | {each['date']:.3f} |")
    return "\n".join([*out, ""])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness", description=__doc__)
    add_data(parser)
    parser.add_argument("--pages", type=int, default=80, help="how many pages, drawn by a fixed seed")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of robustness.md and robustness.json")
    options = parser.parse_args()
    score = scorer(options.data)
    truth = [page for page in load_truth(options.data) if page["body"] and page["lang"] in LANGUAGES]
    truth = random.Random(3).sample(truth, min(options.pages, len(truth)))
    html, plain = sources(options.data, truth, score), texts(options.data, truth, score)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "robustness.md").write_text(markdown(html, plain), "utf-8")
    stored = json.dumps({"sources": html, "texts": plain}, indent=1, ensure_ascii=False)
    (options.out / "robustness.json").write_text(stored + "\n", "utf-8")
    print(markdown(html, plain))


if __name__ == "__main__":
    main()
