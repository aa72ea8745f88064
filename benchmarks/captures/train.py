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

from benchmarks.captures import add_data, fold_of, load_truth, read_folds, write_folds
from benchmarks.captures.networks import fit as fit_networks
from benchmarks.captures.sheets import Sheet, captures, sheets
from benchmarks.captures.vocabulary import Vocabulary
from pipelines.capture.votes import PARTS
from pipelines.capture.worth import NAMES

DATA = Path(__file__).parents[2] / "pipelines" / "data"
NETWORKS = {"networks": False, "flat": True}
"""The networks of a model, and whether they are for captures without blank lines."""


def fit(chosen: Sequence[Sheet], vocabulary: Vocabulary, seeds: Sequence[int]) -> dict[str, Any]:
    """Return networks as JSON."""
    worths = vocabulary.rows(chosen, {sheet.host for sheet in chosen})
    told = [
        replace(sheet, names=sheet.names + NAMES, rows=np.concatenate([sheet.rows, worth], axis=1))
        for sheet, worth in zip(chosen, worths, strict=True)
    ]
    return fit_networks(told, seeds)


def main() -> None:
    """Train, and write the models."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.captures.train", description=__doc__)
    add_data(parser)
    parser.add_argument("--seeds", default="0,1", help="comma-separated: a network each")
    parser.add_argument("--folds", type=int, default=4, help="hosts are parted into so many")
    parser.add_argument("--part", choices=list(NETWORKS), help="only these networks: the others stay as they are")
    options = parser.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    pages = captures(options.data, load_truth(options.data))
    vocabulary = Vocabulary(pages)
    models = [{}, *read_folds()] if options.part else []
    models += [{} for _ in range(options.folds + 1 - len(models))]
    for part in [options.part] if options.part else NETWORKS:
        every = list(sheets(pages, options.folds, vocabulary.numbers, is_flat=NETWORKS[part]))
        print(f"{part}: {len(every)} sheets, {sum(len(sheet.labels) for sheet in every)} lines", flush=True)
        for number, model in enumerate(models):
            # The first model has seen every host, each other all but those of its fold.
            seen = [sheet for sheet in every if not number or fold_of(sheet.host, options.folds) != number - 1]
            if not options.part:
                model["words"] = vocabulary.table({sheet.host for sheet in seen})
            model[part] = fit(seen, vocabulary, seeds)
            print(f"{part} {number}: {len(seen)} sheets", flush=True)
            if not number:
                _write(part, model)
    write_folds(models[1:])


def _write(part: str, model: dict[str, Any]) -> None:
    if "words" in model:
        words = ",\n".join(f"{json.dumps(word, ensure_ascii=False)}: {worth}" for word, worth in model["words"].items())
        (DATA / PARTS["words"]).write_text("{\n" + words + "\n}\n", "utf-8")
    (DATA / PARTS[part]).write_text(json.dumps(model[part], indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
