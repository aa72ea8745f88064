"""``python -m benchmarks.captures.train``: learn which lines of a capture are the article; write the model as JSON.

Needs numpy and scikit-learn, which are no part of the set-up: give them an environment of their own whose path also
holds the project's packages. Four forests, each blind to a quarter of the hosts, go to the cache: with them the
benchmark scores every page by a forest that never saw its host. The forest of all hosts goes to pipelines/data.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.captures import CACHE, FOLDS, add_data, fold_of, hosts, load_truth
from benchmarks.captures.labels import crops, label
from benchmarks.captures.render import RENDERERS, render
from pipelines.capture.features import features
from pipelines.capture.lines import join, read
from pipelines.shapes import shape

MODEL = Path(__file__).parents[2] / "pipelines" / "data" / "capture_lines.json"
FAR, FAR_SHARE = 25, 0.2
"""Lines farther than this from the article are most of a page and all alike: this share of them is enough."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The lines of one page or crop that are trained on: rows, labels, weights."""

    host: str
    rows: Any
    labels: Any
    weights: Any


def sheets(page: dict[str, Any], text: str, name: str) -> list[Sheet]:
    """Return the page as a whole and one crop of it, the crops alternating between renderers."""
    lines = join(read(text))
    if not lines:
        return []
    shares = label([line.text for line in lines], page["body"])
    even = zlib.crc32(page["id"].encode()) % 2 == RENDERERS.index(name)
    wanted = {"full", "close" if even else "tail"}
    return [
        _sheet(page, lines[start:end], shares[start:end], f"{page['id']} {name} {crop}")
        for crop, start, end in crops(shares, page["id"] + name)
        if crop in wanted
    ]


def _sheet(page: dict[str, Any], lines: Any, shares: Any, seed: str) -> Sheet:
    shapes = [shape(line.text) for line in lines]
    inside = [i for i, share in enumerate(shares) if share > 0.5]
    first, last = (inside[0], inside[-1]) if inside else (0, len(lines))
    weights = np.array([min(own.columns, 600) / 150 + 0.15 for own in shapes])
    weights *= 10 / weights.sum()
    chance = random.Random(seed)
    near = [max(first - i, i - last, 0) <= FAR for i in range(len(lines))]
    keep = [i for i in range(len(lines)) if near[i] or chance.random() < FAR_SHARE]
    weights[[i for i in keep if not near[i]]] /= FAR_SHARE
    rows = np.array(features(lines, shapes), np.float32)
    labels = np.array([share > 0.5 for share in shares])
    return Sheet(host=hosts(page), rows=rows[keep], labels=labels[keep], weights=weights[keep])


def fit(chosen: list[Sheet], trees: int, leaves: int) -> dict[str, Any]:
    """Return a forest as JSON: the log-odds before any tree, and the trees."""
    model = HistGradientBoostingClassifier(
        max_iter=trees,
        max_leaf_nodes=leaves,
        learning_rate=0.1,
        min_samples_leaf=80,
        l2_regularization=10.0,
        max_features=0.25,
        max_bins=63,
        random_state=0,
    )
    model.fit(
        np.concatenate([sheet.rows for sheet in chosen]),
        np.concatenate([sheet.labels for sheet in chosen]),
        sample_weight=np.concatenate([sheet.weights for sheet in chosen]),
    )
    return {
        "base": round(float(model._baseline_prediction.ravel()[0]), 5),
        "trees": [_rows(group[0].nodes) for group in model._predictors],
    }


def _rows(nodes: Any) -> list[list[float]]:
    found: list[list[float]] = []
    for node in nodes:
        if node["is_leaf"]:
            found.append([round(float(node["value"]), 4)])
        else:
            threshold = float(f"{float(node['num_threshold']):.6g}")
            found.append([int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures.train", description=__doc__)
    add_data(parser)
    parser.add_argument("--trees", type=int, default=120)
    parser.add_argument("--leaves", type=int, default=14)
    parser.add_argument("--folds", type=int, default=4, help="0: only the forest of all hosts")
    options = parser.parse_args()
    truth = [page for page in load_truth(options.data) if page.get("body")]
    every: list[Sheet] = []
    for name in RENDERERS:
        texts = render(options.data, CACHE, name, [page["id"] for page in truth])
        for page in truth:
            every += sheets(page, texts[page["id"]], name)
    print(f"{len(every)} sheets, {sum(len(sheet.rows) for sheet in every)} lines", flush=True)
    forest = fit(every, options.trees, options.leaves)
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in forest["trees"])
    MODEL.write_text(f'{{"base": {forest["base"]}, "trees": [\n{trees}\n]}}\n', "utf-8")
    folds = []
    for fold in range(options.folds):
        seen = [sheet for sheet in every if fold_of(sheet.host, options.folds) != fold]
        folds.append(fit(seen, options.trees, options.leaves))
        print(f"fold {fold + 1}: {len(seen)} sheets", flush=True)
    if folds:
        FOLDS.write_text(json.dumps(folds), "utf-8")


if __name__ == "__main__":
    main()
