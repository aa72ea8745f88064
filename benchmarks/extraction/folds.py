"""The body models of the cross-validation: with them the benchmark reads every page by models that never saw its host.

One compressed file, written by ``benchmarks/train_body.py --folds-to``: which page is in which fold, and for each fold
the three models (trees, network, trafilatura's advice) that were trained on all the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.html.votes import advice, model, network

FOLDS = Path(__file__).with_name("folds.npz")
_TREES = ("body.json", "body_advice.json")


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one fold in their stored form: the two sets of trees by file name, and the network."""

    trees: Mapping[str, Any]
    network: Mapping[str, Any]


def write(path: Path, fold_of: Mapping[str, int], models: Mapping[int, Models]) -> None:
    """Store which page (by id) is in which fold, and the models that saw nothing of that fold."""
    stored = {"pages": _packed(dict(fold_of))}
    for fold, each in models.items():
        stored |= {f"{fold}/{name}": _packed(each.trees[name]) for name in _TREES}
        stored |= {f"{fold}/network/{name}": np.asarray(value) for name, value in each.network.items()}
    np.savez_compressed(path, **stored)


def read(path: Path = FOLDS) -> tuple[dict[str, int], dict[int, Models]]:
    """Return what ``write`` stored."""
    with np.load(path) as stored:
        fold_of: dict[str, int] = _unpacked(stored["pages"])
        models = {}
        for fold in sorted(set(fold_of.values())):
            start = f"{fold}/network/"
            weights = {name.removeprefix(start): stored[name] for name in stored.files if name.startswith(start)}
            models[fold] = Models({name: _unpacked(stored[f"{fold}/{name}"]) for name in _TREES}, weights)
    return fold_of, models


def covers(pages: Iterable[str], path: Path = FOLDS) -> bool:
    """Tell whether there are models for all of these pages: there are none for pages other than the public ones."""
    if not path.is_file():
        return False
    with np.load(path) as stored:
        return _unpacked(stored["pages"]).keys() >= set(pages)


class Unseen:
    """Puts the models of a page's fold in the place of those that ship."""

    def __init__(self, path: Path = FOLDS) -> None:
        self._fold_of, models = read(path)
        self._trees = {
            fold: {name: model.from_data(each.trees[name]) for name in _TREES} for fold, each in models.items()
        }
        self._networks = {fold: network.from_data(each.network) for fold, each in models.items()}

    def use(self, page: str) -> None:
        """Read the page of this id next; an unknown one is an error, as its models may have seen its host."""
        fold = self._fold_of[page]
        trees, net = self._trees[fold], self._networks[fold]
        for place in (model, advice):
            place.load = lambda name="body.json": trees[name]  # type: ignore[attr-defined]
        network.load = lambda name="body_network.npz": net  # type: ignore[assignment]


def _packed(data: Any) -> np.ndarray:
    return np.frombuffer(json.dumps(data, separators=(",", ":")).encode(), dtype=np.uint8)


def _unpacked(stored: np.ndarray) -> Any:
    return json.loads(stored.tobytes())
