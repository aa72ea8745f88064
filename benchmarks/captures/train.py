"""``python -m benchmarks.captures.train``: learn which lines of a capture are the article; write the model as JSON.

Needs lightgbm (MIT), which is no part of the set-up: give it an environment of its own whose path also
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

import lightgbm
import numpy as np

from benchmarks.captures import CACHE, FOLDS, add_data, fold_of, hosts, load_truth
from benchmarks.captures.labels import crops, label
from benchmarks.captures.render import RENDERERS, render
from pipelines.capture.features import features
from pipelines.capture.lines import join, read
from pipelines.shapes import shape

MODEL = Path(__file__).parents[2] / "pipelines" / "data" / "capture_lines.json"
FAR, FAR_SHARE = 25, 0.2
"""Lines farther than this from the article are most of a page and all alike: this share of them is enough."""


CROP_WEIGHT = 0.4
"""What a crop of a page counts for beside the page itself: people select parts, and most of a crop is seen twice."""
TREES = {
    "objective": "binary", "num_leaves": 15, "learning_rate": 0.1, "min_child_samples": 60, "lambda_l2": 8.0,
    "feature_fraction": 0.25, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 63, "seed": 0, "num_threads": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
"""Twice the leaves and trees, fewer leaves, random thresholds: all change F1 of hosts not seen by less than .003."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The lines of one page or crop that are trained on: rows, labels, weights."""

    host: str
    names: tuple[str, ...]
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
        _sheet(page, lines[start:end], shares[start:end], f"{page['id']} {name} {crop}", crop)
        for crop, start, end in crops(shares, page["id"] + name)
        if crop in wanted
    ]


def _sheet(page: dict[str, Any], lines: Any, shares: Any, seed: str, crop: str) -> Sheet:
    shapes = [shape(line.text) for line in lines]
    inside = [i for i, share in enumerate(shares) if share > 0.5]
    first, last = (inside[0], inside[-1]) if inside else (0, len(lines))
    weights = np.array([min(own.columns, 600) / 150 + 0.15 for own in shapes])
    weights *= (1.0 if crop == "full" else CROP_WEIGHT) * 10 / weights.sum()
    chance = random.Random(seed)
    near = [max(first - i, i - last, 0) <= FAR for i in range(len(lines))]
    keep = [i for i in range(len(lines)) if near[i] or chance.random() < FAR_SHARE]
    weights[[i for i in keep if not near[i]]] /= FAR_SHARE
    names, rows = features(lines, shapes)
    labels = np.array([share > 0.5 for share in shares])
    return Sheet(host=hosts(page), names=names, rows=rows[keep], labels=labels[keep], weights=weights[keep])


def fit(chosen: list[Sheet], trees: int) -> dict[str, Any]:
    """Return a forest as JSON: the names of the columns it asks for, and its trees."""
    weights = np.concatenate([sheet.weights for sheet in chosen])
    data = lightgbm.Dataset(
        np.concatenate([sheet.rows for sheet in chosen]),
        np.concatenate([sheet.labels for sheet in chosen]).astype(int),
        weight=weights / weights.mean(),
        params={"max_bin": TREES["max_bin"], "verbose": -1},
    )
    model = lightgbm.train(TREES, data, trees)
    used = np.flatnonzero(model.feature_importance()).tolist()
    place = {column: index for index, column in enumerate(used)}
    return {
        "names": [chosen[0].names[column] for column in used],
        "base": 0.0,
        "trees": [_rows(tree["tree_structure"], place) for tree in model.dump_model()["tree_info"]],
    }


def _rows(root: dict[str, Any], place: dict[int, int]) -> list[list[float]]:
    """Return a tree as rows; the first is its root."""
    rows: list[list[float]] = []

    def add(node: dict[str, Any]) -> int:
        own = len(rows)
        if "leaf_value" in node:
            rows.append([round(node["leaf_value"], 5)])
            return own
        rows.append([])
        left = add(node["left_child"])
        right = add(node["right_child"])
        rows[own] = [place[node["split_feature"]], _below(node["threshold"]), left, right]
        return own

    add(root)
    return rows


def _below(threshold: float) -> float:
    """Return the largest float32 that is not above a threshold: lines are compared in float32."""
    value = np.float32(threshold)
    return float(value if float(value) <= threshold else np.nextafter(value, np.float32(-np.inf)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures.train", description=__doc__)
    add_data(parser)
    parser.add_argument("--trees", type=int, default=120)
    parser.add_argument("--folds", type=int, default=4, help="0: only the forest of all hosts")
    options = parser.parse_args()
    truth = [page for page in load_truth(options.data) if page.get("body")]
    every: list[Sheet] = []
    for name in RENDERERS:
        texts = render(options.data, CACHE, name, [page["id"] for page in truth])
        for page in truth:
            every += sheets(page, texts[page["id"]], name)
    print(f"{len(every)} sheets, {sum(len(sheet.rows) for sheet in every)} lines", flush=True)
    forest = fit(every, options.trees)
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in forest["trees"])
    names = json.dumps(forest["names"])
    MODEL.write_text(f'{{"names": {names},\n"base": {forest["base"]}, "trees": [\n{trees}\n]}}\n', "utf-8")
    folds = []
    for fold in range(options.folds):
        seen = [sheet for sheet in every if fold_of(sheet.host, options.folds) != fold]
        folds.append(fit(seen, options.trees))
        print(f"fold {fold + 1}: {len(seen)} sheets", flush=True)
    if folds:
        FOLDS.write_text(json.dumps(folds), "utf-8")


if __name__ == "__main__":
    main()
