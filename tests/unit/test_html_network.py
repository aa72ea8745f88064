"""The network: what numpy computes is the formula, whatever the length of a page, and a block's neighbours count."""

import math

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes import network
from pipelines.html.votes.features import Features, compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

WIDTH, COLUMNS = 3, 4


def stored(seed: int = 1) -> dict[str, np.ndarray]:
    rand = np.random.RandomState(seed)

    def drawn(*shape: int) -> np.ndarray:
        return rand.normal(0, 0.6, shape)

    data = {
        "names": np.array(["a", "b", "c", "d"]), "heavy": np.array([False, True, False, False]),
        "mean": drawn(COLUMNS), "deviation": 1 + drawn(COLUMNS) ** 2, "enter": drawn(COLUMNS, WIDTH),
        "enter_bias": drawn(WIDTH), "direct": drawn(COLUMNS), "gist_share": drawn(WIDTH, 2),
        "gist": drawn(2 * WIDTH, WIDTH), "leave": drawn(WIDTH, WIDTH), "leave_bias": drawn(WIDTH),
        "answer": drawn(WIDTH), "answer_bias": np.array(0.3),
    }  # fmt: skip
    for layer in range(3):
        data[f"around_{layer}"], data[f"around_{layer}_bias"] = drawn(5, WIDTH, WIDTH), drawn(WIDTH)
    return data


def page(rows: int, seed: int = 2) -> Features:
    matrix = np.random.RandomState(seed).uniform(-3, 3, (rows, COLUMNS)).astype(np.float32)
    matrix[:, 1] = np.abs(matrix[:, 1]) * 100
    flat = np.zeros(rows, dtype=np.int64)
    names = ["d", "c", "b", "a"]
    return Features(
        matrix=matrix[:, ::-1].copy(), names=names, weight=np.ones(rows), ranges=[(flat, flat)] * 4, signature=flat
    )


def gelu(x: float) -> float:
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def by_hand(data: dict[str, np.ndarray], rows: list[list[float]]) -> list[float]:
    """The same network, number by number."""
    scaled = [
        [
            max(-5.0, min(5.0, ((math.log1p(x) if data["heavy"][i] else x) - data["mean"][i]) / data["deviation"][i]))
            for i, x in enumerate(row)
        ]
        for row in rows
    ]
    n, width = len(rows), range(WIDTH)

    def through(row: list[float], matrix: np.ndarray, bias: np.ndarray) -> list[float]:
        return [sum(row[i] * matrix[i][j] for i in range(len(row))) + bias[j] for j in width]

    def normal(row: list[float]) -> list[float]:
        mean = sum(row) / WIDTH
        spread = math.sqrt(sum((x - mean) ** 2 for x in row) / WIDTH + 1e-5)
        return [(x - mean) / spread for x in row]

    state = [[gelu(x) for x in through(row, data["enter"], data["enter_bias"])] for row in scaled]
    for layer, spread in enumerate((1, 2, 5)):
        if layer == 1:
            means = []
            for head in range(2):
                shares = [math.exp(sum(row[i] * data["gist_share"][i][head] for i in width)) for row in state]
                total = sum(shares)
                means += [sum(s * row[i] for s, row in zip(shares, state, strict=True)) / total for i in width]
            gist = [sum(means[i] * data["gist"][i][j] for i in range(2 * WIDTH)) for j in width]
            state = [[x + g for x, g in zip(row, gist, strict=True)] for row in state]
        before = [normal(row) for row in state]
        for at in range(n):
            seen = list(data[f"around_{layer}_bias"])
            for tap in range(5):
                other = at + (tap - 2) * spread
                if 0 <= other < n:
                    moved = through(before[other], data[f"around_{layer}"][tap], np.zeros(WIDTH))
                    seen = [a + b for a, b in zip(seen, moved, strict=True)]
            state[at] = [x + gelu(y) for x, y in zip(state[at], seen, strict=True)]
    votes = []
    for row, columns in zip(state, scaled, strict=True):
        last = [gelu(x) for x in through(normal(row), data["leave"], data["leave_bias"])]
        logit = sum(a * b for a, b in zip(last, data["answer"], strict=True)) + float(data["answer_bias"])
        logit += sum(a * b for a, b in zip(columns, data["direct"], strict=True))
        votes.append(1 / (1 + math.exp(-logit)))
    return votes


@pytest.mark.parametrize("rows", [1, 2, 7, 63, 64, 65, 150])
def test_votes_are_the_formula_for_pages_of_any_length(rows: int):
    data, features = stored(), page(rows)
    found = network.from_data(data).vote(features)
    assert found == pytest.approx(by_hand(data, features.matrix[:, ::-1].astype(float).tolist()), abs=1e-4)


def test_a_block_is_seen_by_its_neighbours_and_by_the_page():
    data, features = stored(), page(60)
    before = network.from_data(data).vote(features)
    features.matrix[0] += 2
    after = network.from_data(data).vote(features)
    assert (before != after).all()


def test_the_vote_is_between_that_of_the_trees_and_that_of_the_network():
    trees, other = np.array([0.2, 0.9]), np.array([0.8, 0.1])
    both = network.mixed(trees, other)
    assert (both > np.minimum(trees, other)).all() and (both < np.maximum(trees, other)).all()


def test_the_stored_network_reads_columns_that_pages_have_and_holds_numbers():
    root = parse("<html><body><article><h1>One</h1><p>Two and three, said the four.</p></article></body></html>")
    assert root is not None
    page = Walker().walk(root)
    features = compute(page, Hints(root))
    own = network.load()
    assert set(own.names) <= set(features.names)
    assert all(np.isfinite(value).all() for value in own.weights.values())
    assert (own.deviation > 0).all()
    votes = own.vote(features)
    assert len(votes) == len(page.leaves) and ((votes >= 0) & (votes <= 1)).all()
