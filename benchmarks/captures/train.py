"""``python -m benchmarks.captures.train``: learn which lines of a capture are the article; write the model as JSON.

Needs jax and optax (Apache-2.0), which are no part of the set-up: give them an environment of their own whose path also
holds the project's packages. Four models, each blind to a quarter of the hosts, are kept beside this file: with
them the benchmark scores every page by a model that never saw its host. The model of all hosts goes to pipelines/data.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.captures import add_data, fold_of, load_truth, write_folds
from benchmarks.captures.networks import fit as fit_networks
from benchmarks.captures.sheets import Sheet, captures, sheets
from benchmarks.captures.vocabulary import Vocabulary
from pipelines.capture.worth import NAMES

DATA = Path(__file__).parents[2] / "pipelines" / "data"


def fit(chosen: Sequence[Sheet], vocabulary: Vocabulary, seeds: Sequence[int]) -> dict[str, Any]:
    """Return the line model as JSON: its table of words and its networks."""
    hosts = {sheet.host for sheet in chosen}
    worths = vocabulary.rows(chosen, hosts)
    told = [
        replace(sheet, names=sheet.names + NAMES, rows=np.concatenate([sheet.rows, worth], axis=1))
        for sheet, worth in zip(chosen, worths, strict=True)
    ]
    return {"words": vocabulary.table(hosts), "networks": fit_networks(told, seeds)}


def main() -> None:
    """Train, and write the models."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures.train", description=__doc__)
    add_data(parser)
    parser.add_argument("--seeds", default="0,1", help="comma-separated: a network each")
    parser.add_argument("--folds", type=int, default=4, help="hosts are parted into so many")
    parser.add_argument("--only", action="store_true", help="only the model of all hosts")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    pages = captures(options.data, load_truth(options.data))
    vocabulary = Vocabulary(pages)
    every = list(sheets(pages, options.folds, vocabulary.numbers))
    print(f"{len(every)} sheets, {sum(len(sheet.labels) for sheet in every)} lines", flush=True)
    _write(fit(every, vocabulary, seeds))
    folds = []
    for fold in range(0 if options.only else options.folds):
        seen = [sheet for sheet in every if fold_of(sheet.host, options.folds) != fold]
        folds.append(fit(seen, vocabulary, seeds))
        write_folds(folds)
        print(f"fold {fold + 1}: {len(seen)} sheets", flush=True)


def _write(model: dict[str, Any]) -> None:
    words = ",\n".join(f"{json.dumps(word, ensure_ascii=False)}: {worth}" for word, worth in model["words"].items())
    (DATA / "capture_words.json").write_text("{\n" + words + "\n}\n", "utf-8")
    (DATA / "capture_networks.json").write_text(json.dumps(model["networks"], indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
