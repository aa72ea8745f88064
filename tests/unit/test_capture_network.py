"""The networks of the line model: weights as data, evaluated with numpy, one answer whatever the order of the work."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from pipelines import products
from pipelines.capture import network, votes
from pipelines.capture.features import columns
from pipelines.capture.lines import join, read
from pipelines.shapes import shape

PAGE = "Home\n\nA heading\n\nOne sentence here, and another one. It ends.\n\n2024-01-02"
NAMES, WIDTH, STEPS = ("a", "b", "c"), 4, (1, 2, 4)


def packed(seed: int) -> dict[str, Any]:
    draw = np.random.default_rng(seed).normal
    member = {
        "first": draw(0, 1, (3, WIDTH)), "first_bias": draw(0, 1, WIDTH), "look": draw(0, 1, (WIDTH, 2)),
        "gist": draw(0, 1, (2 * WIDTH, WIDTH)), "last": draw(0, 1, WIDTH), "direct": draw(0, 1, 3),
        "bias": draw(0, 1, 1),
    }  # fmt: skip
    for index in range(len(STEPS)):
        member[f"layer{index}"] = draw(0, 1, (3 * WIDTH, 2 * WIDTH))
        member[f"layer{index}_bias"] = draw(0, 1, 2 * WIDTH)
    return {name: network.pack(values) for name, values in member.items()}


def built(*seeds: int) -> network.Networks:
    data = {"names": NAMES, "mean": [0, 1, 0], "scale": [1, 2, 1], "steps": STEPS, "members": [*map(packed, seeds)]}
    return network.build(json.loads(json.dumps(data)))


def by_hand(data: dict[str, Any], rows: list[list[float]]) -> list[float]:
    """Return the log odds of standardised rows, line by line and sum by sum."""
    part = {name: network.unpack(item).astype(float) for name, item in data.items()}
    state = [np.maximum(np.array(row) @ part["first"] + part["first_bias"], 0) for row in rows]
    for index, step in enumerate(STEPS):
        if index == network.GIST_AT:
            looks = np.exp(np.array([line @ part["look"] for line in state]))
            heads = [sum(look * line for look, line in zip(head, state, strict=True)) / sum(head) for head in looks.T]
            state = [line + np.tanh(np.concatenate(heads) @ part["gist"]) for line in state]
        changed = []
        for at, line in enumerate(state):
            above = state[at - step] if at >= step else np.zeros(WIDTH)
            below = state[at + step] if at + step < len(state) else np.zeros(WIDTH)
            both = np.concatenate([above, line, below]) @ part[f"layer{index}"] + part[f"layer{index}_bias"]
            changed.append(line + np.tanh(both[:WIDTH]) / (1 + np.exp(-both[WIDTH:])))
        state = changed
    direct = [np.array(row) @ part["direct"] for row in rows]
    return [float(line @ part["last"] + own + part["bias"][0]) for line, own in zip(state, direct, strict=True)]


@pytest.mark.parametrize("lines", [1, 2, 3, 7])
def test_a_network_is_what_its_weights_say(lines: int) -> None:
    rows = np.random.default_rng(lines).normal(0, 1, (lines, 3)).tolist()
    matrix = np.array([[row[0], 2 * row[1] + 1, row[2]] for row in rows], np.float32)
    assert built(5).log_odds(NAMES, matrix).tolist() == pytest.approx(by_hand(packed(5), rows), abs=1e-4)


def test_networks_are_averaged() -> None:
    matrix = np.random.default_rng(3).normal(0, 1, (6, 3)).astype(np.float32)
    one, two = built(1).log_odds(NAMES, matrix), built(2).log_odds(NAMES, matrix)
    assert built(1, 2).log_odds(NAMES, matrix).tolist() == pytest.approx(((one + two) / 2).tolist(), abs=1e-5)


def test_columns_are_found_by_name() -> None:
    matrix = np.random.default_rng(4).normal(0, 1, (5, 3)).astype(np.float32)
    found = built(1).log_odds(("unused", "c", "b", "a"), np.concatenate([matrix[:, :1] * 9, matrix[:, ::-1]], axis=1))
    assert found.tolist() == built(1).log_odds(NAMES, matrix).tolist()


def test_values_far_from_the_mean_say_no_more() -> None:
    far, farther = (np.full((4, 3), value, np.float32) for value in (50.0, 5000.0))
    assert built(1).log_odds(NAMES, far).tolist() == built(1).log_odds(NAMES, farther).tolist()


def test_rows_a_few_at_once_or_together_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.random.default_rng(6).normal(0, 1, (40, 3)).astype(np.float32)
    whole = built(1).log_odds(NAMES, matrix)
    monkeypatch.setattr(products, "ONE_CORE", 3 * WIDTH * 7)
    assert built(1).log_odds(NAMES, matrix).tolist() == pytest.approx(whole.tolist(), abs=1e-5)


def test_no_lines_no_odds() -> None:
    assert built(1).log_odds(NAMES, np.zeros((0, 3), np.float32)).tolist() == []


def test_arrays_are_packed_and_unpacked() -> None:
    array = np.array([[0.5, -2.25, 0.0], [1024.0, 0.125, 3.0]])
    assert network.unpack(json.loads(json.dumps(network.pack(array)))).tolist() == array.tolist()


def test_the_shipped_model_fits_the_columns() -> None:
    lines = join(read(PAGE))
    shapes = [shape(line.text) for line in lines]
    model = votes.load()
    names, matrix = columns(lines, shapes).with_worths(model.words)
    assert matrix.shape == (len(lines), len(names)) and len(set(names)) == len(names)
    assert np.isfinite(matrix).all()
    assert set(model.networks.names) <= set(names)
    shares = model.votes(lines, shapes)
    assert ((shares > 0) & (shares < 1)).all()
    assert shares.tolist() == pytest.approx((1 / (1 + np.exp(-model.networks.log_odds(names, matrix)))).tolist())
