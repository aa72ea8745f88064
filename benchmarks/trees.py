"""Trees that LightGBM has grown, in the form that ``pipelines.html.votes.model`` reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import lightgbm


def below(threshold: float) -> float:
    """Return the largest float32 that is not above a threshold: blocks are compared in float32."""
    value = np.float32(threshold)
    return float(value if float(value) <= threshold else np.nextafter(value, np.float32(-np.inf)))


def exported(model: lightgbm.Booster, names: list[str], kept: Iterable[int] | None = None) -> dict[str, Any]:
    """Return the form that ``pipelines.html.votes.model`` reads, of the columns ``kept``, by default those in use."""
    used = list(kept) if kept is not None else np.flatnonzero(model.feature_importance() > 0).tolist()
    place = {column: index for index, column in enumerate(used)}
    trees = []
    for info in model.dump_model()["tree_info"]:
        tree: dict[str, list[Any]] = {"feature": [], "threshold": [], "mask": [], "value": []}

        def leaves(node: dict[str, Any], tree: dict[str, list[Any]] = tree) -> int:
            if "leaf_value" in node:
                tree["value"].append(round(node["leaf_value"], 5))
                return 1 << (len(tree["value"]) - 1)
            test = len(tree["feature"])
            tree["feature"].append(place[node["split_feature"]])
            tree["threshold"].append(below(node["threshold"]))
            tree["mask"].append(0)
            left = leaves(node["left_child"])
            tree["mask"][test] = 0xFFFF & ~left
            return left | leaves(node["right_child"])

        leaves(info["tree_structure"])
        trees.append(tree)
    return {"features": [names[column] for column in used], "trees": trees}
