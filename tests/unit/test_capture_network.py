"""The networks of the line model: weights as data, evaluated with numpy, one answer whatever the order of the work."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from pipelines import capture, products
from pipelines.capture import network, votes
from pipelines.capture.features import columns
from pipelines.capture.joins import join
from pipelines.capture.lines import flat, is_flat, read
from pipelines.capture.stats import Array
from pipelines.config import Config
from pipelines.pruning.shapes import shape

PAGE = "Home\n\nA heading\n\nOne sentence here, and another one. It ends.\n\n2024-01-02"
NAMES, WIDTH, STEPS, AGAIN = ("a", network.WIDTHS, "c"), 4, (1, 2, 4), (1, 3)


def packed(seed: int) -> dict[str, Any]:
    draw = np.random.default_rng(seed).normal
    member = {
        "first": draw(0, 1, (3, WIDTH)), "first_bias": draw(0, 1, WIDTH), "look": draw(0, 1, (WIDTH, 2)),
        "gist": draw(0, 1, (2 * WIDTH, WIDTH)), "told": draw(0, 1, (5, WIDTH)), "body": draw(0, 1, (WIDTH, WIDTH)),
        "alike": draw(0, 1, (WIDTH, WIDTH)),
    }  # fmt: skip
    for name in ("guess", "answer"):
        member |= {f"{name}_last": draw(0, 1, WIDTH), f"{name}_direct": draw(0, 1, 3), f"{name}_bias": draw(0, 1, 1)}
    for name in [f"layer{index}" for index in range(len(STEPS))] + [f"again{index}" for index in range(len(AGAIN))]:
        member |= {name: draw(0, 1, (3 * WIDTH, 2 * WIDTH)), f"{name}_bias": draw(0, 1, 2 * WIDTH)}
    return {name: network.pack(values) for name, values in member.items()}


def built(*seeds: int) -> network.Networks:
    parts = {"names": NAMES, "mean": [0, 1, 0], "scale": [1, 2, 1], "steps": STEPS, "again": AGAIN}
    return network.build(json.loads(json.dumps(parts | {"members": [*map(packed, seeds)]})))


def rows_of(seed: int, lines: int) -> Array:
    """Return a matrix as a capture may have: no line is narrower than nothing."""
    matrix = np.random.default_rng(seed).normal(0, 1, (lines, 3)).astype(np.float32)
    matrix[:, 1] = np.abs(matrix[:, 1]) * 3
    return matrix


def by_hand(data: dict[str, Any], rows: Array, widths: Array) -> list[float]:
    """Return the log odds of standardised rows, line by line and sum by sum."""
    part = {name: network.unpack(item).astype(float) for name, item in data.items()}
    state = [np.maximum(row @ part["first"] + part["first_bias"], 0) for row in rows]
    for index, step in enumerate(STEPS):
        if index == network.GIST_AT:
            looks = np.exp(np.array([line @ part["look"] for line in state]))
            heads = [sum(look * line for look, line in zip(head, state, strict=True)) / sum(head) for head in looks.T]
            state = [line + np.tanh(np.concatenate(heads) @ part["gist"]) for line in state]
        state = convolved(state, step, part[f"layer{index}"], part[f"layer{index}_bias"])
    guess = answered(part, "guess", state, rows)
    masses = [min(width, 600) / 100 / (1 + np.exp(-odds)) for width, odds in zip(widths, guess, strict=True)]
    usual = sum(mass * line for mass, line in zip(masses, state, strict=True)) / (sum(masses) + 0.1)
    reviewed = []
    for at, line in enumerate(state):
        above, below, total = sum(masses[:at]), sum(masses[at + 1 :]), sum(masses)
        told = [np.tanh(guess[at] / 4), np.log1p(above), np.log1p(below), above / (total + 0.3), np.log1p(total)]
        change = np.array(told) @ part["told"] + usual @ part["body"] + (line * usual) @ part["alike"]
        reviewed.append(line + np.tanh(change))
    for index, step in enumerate(AGAIN):
        reviewed = convolved(reviewed, step, part[f"again{index}"], part[f"again{index}_bias"])
    return [one + two for one, two in zip(guess, answered(part, "answer", reviewed, rows), strict=True)]


def convolved(state: list[Array], step: int, weights: Array, bias: Array) -> list[Array]:
    changed = []
    for at, line in enumerate(state):
        above = state[at - step] if at >= step else np.zeros(WIDTH)
        below = state[at + step] if at + step < len(state) else np.zeros(WIDTH)
        both = np.concatenate([above, line, below]) @ weights + bias
        changed.append(line + np.tanh(both[:WIDTH]) / (1 + np.exp(-both[WIDTH:])))
    return changed


def answered(part: dict[str, Array], name: str, state: list[Array], rows: Array) -> list[float]:
    direct = [row @ part[f"{name}_direct"] + part[f"{name}_bias"][0] for row in rows]
    return [float(line @ part[f"{name}_last"] + own) for line, own in zip(state, direct, strict=True)]


@pytest.mark.parametrize("lines", [1, 2, 3, 7])
def test_a_network_is_what_its_weights_say(lines: int) -> None:
    matrix = rows_of(lines, lines)
    rows = (matrix - np.array([0, 1, 0])) / np.array([1, 2, 1])
    expected = by_hand(packed(5), rows, np.expm1(matrix[:, 1]))
    assert built(5).log_odds(NAMES, matrix).tolist() == pytest.approx(expected, abs=1e-3)


def test_an_article_above_counts_for_what_stands_below() -> None:
    """The steps reach seven lines, and what the page is like tells no order: only the review tells which came first."""
    early, late = np.ones((100, 3), np.float32), np.ones((100, 3), np.float32)
    early[20], late[79] = (2, 5, -2), (2, 5, -2)
    member = built(5).members[0]
    blind = replace(member.review, told=np.zeros_like(member.review.told))

    def differ(network_: network.Network) -> float:
        one, two = (network_.log_odds(rows, np.expm1(rows[:, 1])) for rows in (early, late))
        return float(np.abs(one[45:55] - two[45:55]).max())

    assert differ(member) > 0.01
    assert differ(replace(member, review=blind)) < 1e-4


def test_networks_are_averaged() -> None:
    matrix = rows_of(3, 6)
    one, two = built(1).log_odds(NAMES, matrix), built(2).log_odds(NAMES, matrix)
    assert built(1, 2).log_odds(NAMES, matrix).tolist() == pytest.approx(((one + two) / 2).tolist(), abs=1e-5)


def test_columns_are_found_by_name() -> None:
    matrix = rows_of(4, 5)
    found = built(1).log_odds(
        ("unused", "c", network.WIDTHS, "a"), np.concatenate([matrix[:, :1] * 9, matrix[:, ::-1]], axis=1)
    )
    assert found.tolist() == built(1).log_odds(NAMES, matrix).tolist()


def test_values_far_from_the_mean_say_no_more() -> None:
    far, farther = (np.array([[value, 50, -value]] * 4, np.float32) for value in (50.0, 5000.0))
    assert built(1).log_odds(NAMES, far).tolist() == built(1).log_odds(NAMES, farther).tolist()


def test_rows_a_few_at_once_or_together_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = rows_of(6, 40)
    whole = built(1).log_odds(NAMES, matrix)
    monkeypatch.setattr(products, "ONE_CORE", 3 * WIDTH * 7)
    assert built(1).log_odds(NAMES, matrix).tolist() == pytest.approx(whole.tolist(), abs=1e-5)


def test_no_lines_no_odds() -> None:
    assert built(1).log_odds(NAMES, np.zeros((0, 3), np.float32)).tolist() == []


def test_arrays_are_packed_and_unpacked() -> None:
    array = np.array([[0.5, -2.25, 0.0], [1024.0, 0.125, 3.0]])
    assert network.unpack(json.loads(json.dumps(network.pack(array)))).tolist() == array.tolist()


def test_a_large_matrix_is_packed_in_whole_numbers_of_each_column_s_unit() -> None:
    array = np.random.default_rng(7).normal(0, 1, (60, 40)) * np.logspace(-3, 3, 40)
    item = network.pack(array)
    assert array.size >= network.LARGE and len(json.dumps(item)) < 2 * array.size
    error = np.abs(network.unpack(json.loads(json.dumps(item))) - array)
    assert (error <= np.abs(array).max(axis=0) / 127 * 0.51).all()
    assert network.unpack(network.pack(np.zeros((60, 40)))).tolist() == np.zeros((60, 40)).tolist()


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


PARAGRAPHS = [
    "The harbour authority said on Monday that the new breakwater would be finished before the winter storms begin.",
    "Work began two years ago and was delayed twice, first by a strike and then by a shortage of stone in the county.",
    "Fishermen in the town have asked for years for a better shelter, and many of them watched the last barge arrive.",
    "The mayor called it the largest project that the town had ever paid for out of its own budget, and thanked them.",
]
MENU = ["Home", "News", "Sport", "Culture", "Weather", "Jobs", "Cars", "Houses", "Games", "Letters"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_capture_is_read_with_and_without_blank_lines(gap: str) -> None:
    foot = ["Related articles", "A bridge is planned over the river", "Contact", "Imprint"]
    text = gap.join([*MENU, "Breakwater finished before winter", *PARAGRAPHS, *foot])
    assert is_flat(join(read(text))) == (gap == "\n")
    draft = capture.extract(text, url="", fetched_at=datetime(2025, 1, 1, tzinfo=UTC), config=Config())
    assert draft.meta.title == "Breakwater finished before winter"
    assert [block.text for block in draft.blocks] == PARAGRAPHS


def test_a_few_blank_lines_or_few_lines_at_all_are_no_flat_capture() -> None:
    assert not is_flat(read("\n".join(MENU)))
    assert is_flat(read("\n".join(MENU * 2)))
    assert not is_flat(read("\n".join(MENU) + "\n\n" + "\n".join(MENU)))
    assert is_flat(read("\n".join([*MENU * 9, "# A heading", *MENU])))


def test_flat_captures_have_networks_of_their_own_which_see_no_blank_line() -> None:
    model = votes.load()
    other = replace(model, networks=model.flat)
    lines = read("\n".join([*MENU * 3, "# A heading", *PARAGRAPHS, *MENU * 3]))
    assert is_flat(lines) and any(line.after_blank for line in lines[1:])
    bare = flat(lines)
    assert [line.after_blank for line in bare] == [True] + [False] * (len(bare) - 1)
    shapes = [shape(line.text) for line in lines]
    assert model.votes(lines, shapes).tolist() == other.votes(bare, shapes).tolist()
    spaced = read("\n\n".join([*MENU, *PARAGRAPHS]))
    shapes = [shape(line.text) for line in spaced]
    assert model.votes(spaced, shapes).tolist() != other.votes(spaced, shapes).tolist()
