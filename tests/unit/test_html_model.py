"""The vote: masks give what walking the trees gives, and the choice takes the best expected text."""

import json
import random
from importlib import resources

import numpy as np

from pipelines.html.votes.choose import best_expected
from pipelines.html.votes.features import Features
from pipelines.html.votes.model import from_data, load


def _features(names: list[str], rows: int) -> Features:
    rand = np.random.RandomState(3)
    matrix = rand.uniform(-2, 60, (rows, len(names))).astype(np.float32)
    flat = np.zeros(rows, dtype=np.int64)
    return Features(matrix=matrix, names=names, weight=np.ones(rows), ranges=[(flat, flat)] * 4, signature=flat)


def _descend(tree: dict[str, list[float]], row: np.ndarray) -> float:
    left = 0xFFFF
    for feature, threshold, mask in zip(tree["feature"], tree["threshold"], tree["mask"], strict=True):
        if row[int(feature)] > np.float32(threshold):
            left &= int(mask)
    return tree["value"][(left & -left).bit_length() - 1]


def test_votes_equal_the_sum_of_the_trees_one_by_one():
    data = json.loads(resources.files("pipelines").joinpath("data/body.json").read_text("utf-8"))
    features = _features(data["features"], 40)
    votes = load().vote(features)
    for row, vote in zip(features.matrix, votes, strict=True):
        total = sum(_descend(tree, row) for tree in data["trees"])
        assert abs(vote - 1 / (1 + np.exp(-total))) < 1e-6


def test_every_mask_leaves_a_leaf_that_the_tree_has():
    data = json.loads(resources.files("pipelines").joinpath("data/body.json").read_text("utf-8"))
    for tree in data["trees"]:
        assert len(tree["value"]) == len(tree["feature"]) + 1 <= 16
        rand = random.Random(len(tree["value"]))
        for _ in range(20):
            left = 0xFFFF
            for mask in tree["mask"]:
                left &= mask if rand.random() < 0.5 else 0xFFFF
            assert left


def test_a_stump_votes_by_its_threshold():
    stump = {"features": ["a"], "trees": [{"feature": [0], "threshold": [1.0], "mask": [0xFFFE], "value": [-9.0, 9.0]}]}
    features = _features(["a"], 3)
    features.matrix[:, 0] = (0.5, 1.0, 1.5)
    assert [bool(vote > 0.5) for vote in from_data(stump).vote(features)] == [False, False, True]


def test_the_choice_takes_what_is_likely_and_on_a_doubtful_page_the_likeliest():
    weight = np.array([100.0, 100.0, 100.0])
    assert best_expected(np.array([0.9, 0.1, 0.8]), weight).tolist() == [True, False, True]
    assert best_expected(np.array([0.02, 0.2, 0.01]), weight).tolist() == [False, True, False]
