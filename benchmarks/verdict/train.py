"""Train the learned verdict and report what it does on hosts it has not seen.

usage: python -m benchmarks.verdict.train --data DIR --packages DIR [--write]

``--data`` holds the public pages, ``--packages`` the packages of ``packages.toml``, each unpacked in a folder of its
name. Needs LightGBM (MIT) in an environment of its own; the product reads the trees as plain data. Every figure is of
pages that no page of the same registered domain was trained on; with ``--write`` the trees grown on all pages are
stored for the product, and those that are blind to one half of the hosts for ``python -m benchmarks.verdict``. About
ten minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from benchmarks.captures import add_data, load_truth
from benchmarks.trees import exported
from benchmarks.verdict.__main__ import HALVES, NO_ARTICLES, chosen, half_of, stories_of
from benchmarks.verdict.blind import BLIND
from benchmarks.verdict.samples import Sample, made, of_packages, public
from pipelines.config import Config
from pipelines.decode import decode
from pipelines.forms import weight
from pipelines.html import extract
from pipelines.pruning.prune import prune
from pipelines.verdicts.evidence import NAMES, evidence
from pipelines.verdicts.learned import MODEL, is_open
from pipelines.verdicts.remnant import Relation
from pipelines.verdicts.unsigned import is_typed
from pipelines.verdicts.verdict import by_rules, running

FOLDS, SALTS, SEEDS, ROUNDS = 10, "abc", 3, 80
"""The hosts are dealt out anew for each salt; the trees of all seeds vote together."""
TREES = {
    "objective": "binary", "num_leaves": 8, "learning_rate": 0.1, "min_data_in_leaf": 15, "lambda_l2": 20.0,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1,
    "deterministic": True, "force_row_wise": True,
}  # fmt: skip
RISING = (
    "running",
    "longest",
    "mean",
    "running_share",
    "sentences",
    "quotes",
    "dated",
    "signed",
    "typed",
    "card",
    "told",
    "story",
    "days",
)
"""Of these more can only speak for an article, of the next only against it: with fewer pages than trees would like,
that keeps them from learning the pages by heart."""
FALLING = ("linked", "rows", "fields", "goods")
MADE_OTHER, CAUGHT, MISSED = 0.3, 0.5, 2.0
"""Weight of a made page that is no article, of a page that the rules catch, and of a page that they let pass."""
UNSURE = ("cwced-386d70f8", "mercury-twitter.com")
"""Public pages of which the text is not there: an error of a board, and the box under a post."""
MARGIN = 0.1
"""What the threshold stays below the lowest article of the cross-validation, in log-odds."""
WRITE = Path(__file__).parents[2] / "pipelines" / "data" / MODEL

Array = npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Table:
    """The pages as rows: evidence, label, weight; whether the rules let them pass and the trees are asked."""

    samples: list[Sample]
    columns: Array
    label: Array
    weight: Array
    asked: Array

    def group(self, *, is_article: bool, is_made: bool = False) -> Array:
        """Return which of the pages that the trees are asked about are of a kind."""
        kind = np.array([(s.is_article, s.is_made) == (is_article, is_made) for s in self.samples])
        return kind & self.asked


def samples(data: Path, packages: Path) -> Iterator[Sample]:
    """Yield all pages but the unsure ones."""
    truth = load_truth(data)
    yield from (
        public(data, page, is_article=page["id"] not in NO_ARTICLES) for page in truth if page["id"] not in UNSURE
    )
    stories = stories_of(truth)
    for page in chosen(truth):
        yield from made(data, page, stories[page["lang"]], half_of(page))
    yield from of_packages(packages)


def read(found: Iterator[Sample]) -> Table:
    """Return the rows of all pages that have any text."""
    kept, rows, passed = [], [], []
    for sample in found:
        page, config = sample.page, Config()
        text, _ = decode(page.body, page.content_type, is_html=True)
        draft = prune(extract(text, url=page.url, fetched_at=page.fetched_at, config=config), config)
        if not draft.blocks:
            continue
        blocks, related, typed = running(draft), Relation(draft), is_typed(draft)
        total = sum(weight(block.text) for block in draft.blocks)
        kept.append(sample)
        rows.append(evidence(draft, blocks, typed=typed))
        rejected = by_rules(draft, config, total, blocks, related) is not None
        passed.append((not rejected, not rejected and is_open(draft, typed=typed)))
    label = np.array([sample.is_article for sample in kept])
    is_made = np.array([sample.is_made for sample in kept])
    passes, asked = np.array(passed).T
    weights = np.where(is_made & ~label, MADE_OTHER, 1.0) * np.where(passes, 1.0, CAUGHT)
    weights = np.where(passes & ~label, MISSED * weights, weights)
    return Table(samples=kept, columns=np.array(rows, dtype=np.float32), label=label, weight=weights, asked=asked)


def grow(table: Table, use: Array) -> list[lightgbm.Booster]:
    """Return the trees of all seeds, grown on some of the pages."""
    signs = [1 if name in RISING else -1 if name in FALLING else 0 for name in NAMES]
    columns = table.columns[use].astype(np.float64)
    grown = []
    for seed in range(SEEDS):
        pages = lightgbm.Dataset(columns, table.label[use], weight=table.weight[use])
        grown.append(lightgbm.train({**TREES, "monotone_constraints": signs, "seed": seed}, pages, ROUNDS))
    return grown


def score(trees: list[lightgbm.Booster], columns: Array) -> Array:
    """Return the mean log-odds of being an article."""
    rows = columns.astype(np.float64)
    return np.asarray(np.mean([each.predict(rows, raw_score=True) for each in trees], axis=0))


def unseen(table: Table, salt: str) -> Array:
    """Return the log-odds of every page by trees that saw no page of its host."""
    fold = np.array([zlib.crc32((salt + sample.host).encode()) % FOLDS for sample in table.samples])
    found = np.zeros(len(fold))
    for number in range(FOLDS):
        out = fold == number
        found[out] = score(grow(table, ~out), table.columns[out])
    return found


def report(table: Table, scores: list[Array], threshold: float) -> None:
    """Print how many pages of each group are rejected, the lowest articles, and what other thresholds would do."""
    for name in sorted({sample.group for sample in table.samples}):
        own = np.array([sample.group == name for sample in table.samples])
        for kind, right in (("articles", table.label), ("others", ~table.label)):
            passed = own & right & table.asked
            if (own & right).any():
                rejected = [int((each[passed] < threshold).sum()) for each in scores]
                print(f"{name:24} {kind:9} {(own & right).sum():5} asked about {passed.sum():4} rejected {rejected}")
    lowest = np.min(scores, axis=0)
    articles = np.flatnonzero(table.label & table.asked)
    for at in articles[np.argsort(lowest[articles])][:12]:
        print(f"  lowest article {table.samples[at].name} {lowest[at]:.2f}")
    for other in np.arange(-3.5, -1.2, 0.25):
        counts = [[int((each[group] < other).sum()) for each in scores] for group in (
            table.group(is_article=True), table.group(is_article=True, is_made=True),
            table.group(is_article=False), table.group(is_article=False, is_made=True))]  # fmt: skip
        print(f"  at {other:.2f}: articles {counts[0]}, made {counts[1]}, others {counts[2]}, made {counts[3]}")


def packed(trees: list[lightgbm.Booster], threshold: float) -> dict[str, Any]:
    """Return trees as the product reads them: those of all seeds together, each with its share of the vote."""
    every = [exported(each, list(NAMES), range(len(NAMES)))["trees"] for each in trees]
    for tree in (tree for one in every for tree in one):
        tree["value"] = [round(value / len(trees), 5) for value in tree["value"]]
    chance = 1 / (1 + np.exp(-threshold))
    return {"threshold": round(float(chance), 5), "features": list(NAMES), "trees": [t for one in every for t in one]}


def write(table: Table, threshold: float) -> None:
    """Store the trees of all pages, and those that saw one half of the hosts."""
    dump: Callable[[Any], str] = lambda value: json.dumps(value, separators=(",", ":")) + "\n"  # noqa: E731
    WRITE.write_text(dump(packed(grow(table, np.ones(len(table.label), bool)), threshold)), "utf-8")
    halves = np.array([half_of({"url": s.page.url, "id": s.host}) for s in table.samples])
    BLIND.write_text(dump({half: packed(grow(table, halves != half), threshold) for half in HALVES}), "utf-8")


def main() -> None:
    """Read, cross-validate, report, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verdict.train", description=__doc__)
    add_data(parser)
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    table = read(samples(options.data, options.packages))
    scores = [unseen(table, salt) for salt in SALTS]
    articles = table.group(is_article=True)
    threshold = min(float(each[articles].min()) for each in scores) - MARGIN
    print(f"{len(table.samples)} pages, threshold {threshold:.2f}")
    report(table, scores, threshold)
    if options.write:
        write(table, threshold)


if __name__ == "__main__":
    main()
