"""The second body model: trained on votes that the first gave hosts it had not seen, beside trafilatura's advice.

For a test on fold i, its training pages are voted on by models that saw neither fold i nor the page's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import lightgbm
import numpy as np

from pipelines.html.blocks import Leaf
from pipelines.html.votes.advice import columns, in_doubt, is_too_much
from pipelines.html.votes.features import Features
from pipelines.html.votes.second import MAX_CHARS, ask, marked

TREES = {
    "n_estimators": 60, "num_leaves": 7, "learning_rate": 0.08, "min_child_samples": 60, "subsample": 0.8,
    "subsample_freq": 1, "colsample_bytree": 0.4, "reg_lambda": 10.0, "max_bin": 63, "n_jobs": 1, "random_state": 0,
    "verbose": -1, "force_row_wise": True,
}  # fmt: skip
Row = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Columns, labels and weights of the blocks of one page that are trained on."""


def advised_blocks(text: str, leaves: Sequence[Leaf]) -> np.ndarray:
    """Return which blocks trafilatura takes (0 or 1 each)."""
    answer = ask(text, tables=True) if len(text) <= MAX_CHARS else None
    return np.array(marked(answer or "", leaves), dtype=np.float64)


def pairs(folds: int) -> list[tuple[int, ...]]:
    """Return the sets of folds that are left out of a model: each one, and each two."""
    return [*((one,) for one in range(folds)), *combinations(range(folds), 2)]


def fit(rows: Iterable[Row]) -> lightgbm.LGBMClassifier:
    """Return the second model, trained on some pages."""
    x, y, w = (np.concatenate(part) for part in zip(*rows, strict=True))
    return lightgbm.LGBMClassifier(**TREES).fit(x, y, sample_weight=w / w.mean())


def row(each: Any, vote: np.ndarray, marks: np.ndarray) -> Row:
    """Return what one page adds to the training."""
    return columns(each.features, vote, marks)[each.used], each.labels[each.used], each.weight[each.used]


def weighed(model: lightgbm.LGBMClassifier, features: Features, vote: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Return the votes as the product gives them: weighed anew where they are in doubt."""
    if not in_doubt(features, vote) or not marks.any():
        return vote
    voted: np.ndarray = model.predict_proba(columns(features, vote, marks))[:, 1]
    return vote if is_too_much(features, vote, voted) else voted
