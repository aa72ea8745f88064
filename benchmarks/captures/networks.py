"""The networks of the line model: their training, with the F1 of a whole page as the loss.

Needs jax and optax (Apache-2.0) in an environment of its own; the product reads the weights with numpy alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from benchmarks.captures.sheets import KINDS, Sheet
from pipelines.capture.network import CLIP, GIST_AT, HUNDRED, WIDE, pack

WIDTH, STEPS, AGAIN, HEADS = 40, (1, 2, 4, 8), (1, 4), 2
EPOCHS, RATE, DECAY, DROPPED, COLUMNS_DROPPED = 18, 3e-3, 1e-3, 0.25, 0.1
AVERAGED = 0.6
"""Part of the training after which the weights are averaged."""
WHOLE = 0.45
"""Share of the pages that an epoch sees as they are; of the others it sees one variant."""
SIZES = (48, 96, 192, 384, 768)
"""Lines to which pages are filled up, so that few shapes are compiled; of a longer page a piece is taken."""
BATCH_LINES = 3072
GUESSED = 0.3
"""What the loss of the first answer counts for beside that of the second."""
UNSURE = 0.7
"""What a page counts for whose body is only known from its HTML."""
RULE = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.add_decayed_weights(DECAY))
Weights = dict[str, Any]

jax.config.update("jax_default_prng_impl", "rbg")


def fit(sheets: Sequence[Sheet], seeds: Sequence[int]) -> dict[str, Any]:
    """Return networks as JSON, one a seed."""
    whole = np.concatenate([sheet.rows for sheet in sheets if sheet.kind == "full"])
    mean, scale = whole.mean(0), whole.std(0) + 1e-6
    rows = [np.clip((sheet.rows - mean) / scale, -CLIP, CLIP).astype(np.float32) for sheet in sheets]
    members = [_packed(_train(sheets, rows, seed)) for seed in seeds]
    return {
        "names": list(sheets[0].names),
        "mean": [float(f"{value:.6g}") for value in mean],
        "scale": [float(f"{value:.6g}") for value in scale],
        "steps": list(STEPS),
        "again": list(AGAIN),
        "members": members,
    }


def _start(key: Any, columns: int) -> Weights:
    keys = iter(jax.random.split(key, 8 + len(STEPS) + len(AGAIN)))

    def drawn(rows: int, width: int, gain: float = 1.0) -> Any:
        return jax.random.normal(next(keys), (rows, width)) * gain / np.sqrt(rows)

    def layers(name: str, steps: Sequence[int]) -> Weights:
        drawings = {f"{name}{index}": drawn(3 * WIDTH, 2 * WIDTH) for index in range(len(steps))}
        return drawings | {f"{name}{index}_bias": jnp.zeros(2 * WIDTH) for index in range(len(steps))}

    weights = {
        "first": drawn(columns, WIDTH), "first_bias": jnp.zeros(WIDTH), "answer_last": drawn(WIDTH, 1, 0.5)[:, 0],
        "answer_direct": jnp.zeros(columns), "answer_bias": jnp.zeros(1), "look": drawn(WIDTH, HEADS, 0.5),
        "gist": drawn(WIDTH * HEADS, WIDTH, 0.5),
    }  # fmt: skip
    weights |= layers("layer", STEPS)
    weights |= {
        "guess_last": drawn(WIDTH, 1, 0.5)[:, 0], "guess_direct": jnp.zeros(columns), "guess_bias": jnp.zeros(1),
        "told": drawn(5, WIDTH, 0.3), "body": drawn(WIDTH, WIDTH, 0.3), "alike": drawn(WIDTH, WIDTH, 0.3),
    }  # fmt: skip
    return weights | layers("again", AGAIN)


def _dropped(key: Any, values: Any, share: float, shape: tuple[int, ...]) -> Any:
    kept = jax.random.bernoulli(key, 1 - share, shape)
    return jnp.where(kept, values / (1 - share), 0)


def _layer(state: Any, step: int, weights: Weights, name: str, real: Any, key: Any) -> Any:
    above = jnp.pad(state, ((0, 0), (step, 0), (0, 0)))[:, :-step]
    below = jnp.pad(state, ((0, 0), (0, step), (0, 0)))[:, step:]
    both = jnp.concatenate([above, state, below], -1) @ weights[name] + weights[f"{name}_bias"]
    change, gate = jnp.split(both, 2, -1)
    change = jnp.tanh(change) * jax.nn.sigmoid(gate)
    return (state + _dropped(key, change, DROPPED, change.shape)) * real[..., None]


def _log_odds(weights: Weights, rows: Any, widths: Any, real: Any, key: Any) -> tuple[Any, Any]:
    """Return the first and the second log odds (pages × lines) of pages (pages × lines × columns).

    ``real`` marks the places that hold a line.
    """
    keys = jax.random.split(key, len(STEPS) + 2 + len(AGAIN))
    rows = _dropped(keys[0], rows, COLUMNS_DROPPED, (rows.shape[0], 1, rows.shape[2]))
    state = jax.nn.relu(rows @ weights["first"] + weights["first_bias"]) * real[..., None]
    state = _dropped(keys[1], state, DROPPED, state.shape)
    for index, step in enumerate(STEPS):
        if index == GIST_AT:
            share = jax.nn.softmax(jnp.where(real[..., None] > 0, state @ weights["look"], -1e9), axis=1)
            seen = jnp.einsum("plh,plw->phw", share, state).reshape(len(state), -1)
            state = (state + jnp.tanh(seen @ weights["gist"])[:, None]) * real[..., None]
        state = _layer(state, step, weights, f"layer{index}", real, keys[index + 2])
    guess = _answer(weights, "guess", state, rows)
    state = _reviewed(weights, state, guess, widths, real)
    for index, step in enumerate(AGAIN):
        state = _layer(state, step, weights, f"again{index}", real, keys[len(STEPS) + 2 + index])
    return guess, guess + _answer(weights, "answer", state, rows)


def _answer(weights: Weights, name: str, state: Any, rows: Any) -> Any:
    return state @ weights[f"{name}_last"] + rows @ weights[f"{name}_direct"] + weights[f"{name}_bias"]


def _reviewed(weights: Weights, state: Any, guess: Any, widths: Any, real: Any) -> Any:
    """Return the state when each line has been told where the article is and what it is like."""
    mass = jax.nn.sigmoid(guess) * real * jnp.minimum(widths, WIDE) / HUNDRED
    sums = jnp.cumsum(mass, 1)
    total = sums[:, -1:]
    above, below = jnp.maximum(sums - mass, 0), jnp.maximum(total - sums, 0)
    signs = [jnp.tanh(guess / 4) * real, jnp.log1p(above), jnp.log1p(below), (sums - mass) / (total + 0.3)]
    told = jnp.stack([*signs, jnp.log1p(total) * jnp.ones_like(mass)], -1)
    usual = (mass[..., None] * state).sum(1) / (total + 0.1)
    change = told @ weights["told"] + (usual @ weights["body"])[:, None] + (state * usual[:, None]) @ weights["alike"]
    return (state + jnp.tanh(change)) * real[..., None]


def _loss(weights: Weights, batch: tuple[Any, ...], key: Any) -> Any:
    """Return what the second answer and, for less, the first lose on a batch."""
    rows, labels, widths, real, worth = batch
    guess, odds = _log_odds(weights, rows, widths, real, key)
    return _lost(odds, labels, widths, real, worth) + GUESSED * _lost(guess, labels, widths, real, worth)


def _lost(odds: Any, labels: Any, widths: Any, real: Any, worth: Any) -> Any:
    """Return 1 - F1 over the columns of a page, and the cross-entropy of its lines, as a mean over pages."""
    vote, mass = jax.nn.sigmoid(odds), widths * real
    f1 = 2 * (vote * labels * mass).sum(1) / ((vote * mass).sum(1) + (labels * mass).sum(1) + 1e-6)
    line = (jnp.minimum(widths, 600) / 150 + 0.15) * real
    entropy = optax.sigmoid_binary_cross_entropy(odds, labels) * line / line.sum(1, keepdims=True)
    return (worth * (1 - f1 + entropy.sum(1))).sum() / worth.sum()


@jax.jit
def _step(weights: Weights, held: Any, batch: tuple[Any, ...], key: Any, rate: float) -> Any:
    slope = jax.grad(_loss)(weights, batch, key)
    change, held = RULE.update(slope, held, weights)
    return jax.tree.map(lambda value, step: value - rate * step, weights, change), held


def _train(sheets: Sequence[Sheet], rows: Sequence[Any], seed: int) -> Weights:
    chance = np.random.default_rng(seed)
    weights = _start(jax.random.PRNGKey(seed), rows[0].shape[1])
    batches = _batches(sheets, chance)
    rate = optax.cosine_onecycle_schedule(len(batches) * EPOCHS + 50, RATE, pct_start=0.15)
    held, count = RULE.init(weights), 0
    key = jax.random.PRNGKey(seed + 1000)
    total, averaged = jax.tree.map(np.zeros_like, weights), 0
    for epoch in range(EPOCHS):
        for places in batches:
            key, own = jax.random.split(key)
            weights, held = _step(weights, held, _filled(sheets, rows, places, chance), own, float(rate(count)))
            count += 1
        if epoch + 1 >= AVERAGED * EPOCHS:
            total, averaged = jax.tree.map(np.add, total, weights), averaged + 1
        batches = _batches(sheets, chance)
    return jax.tree.map(lambda value: np.asarray(value) / averaged, total)


def _batches(sheets: Sequence[Sheet], chance: Any) -> list[list[int]]:
    """Return the batches of an epoch: of each page itself or one variant, pages of about one length together."""
    pages: dict[str, dict[str, int]] = defaultdict(dict)
    for index, sheet in enumerate(sheets):
        pages[sheet.page][sheet.kind] = index
    sizes: dict[int, list[int]] = defaultdict(list)
    for own in pages.values():
        kinds = [kind for kind in own if kind != "full"]
        kind = "full"
        if kinds and chance.random() > WHOLE:
            shares = np.array([KINDS[kind.split()[0]] for kind in kinds])
            kind = kinds[chance.choice(len(kinds), p=shares / shares.sum())]
        sizes[_size(len(sheets[own[kind]].labels))].append(own[kind])
    batches = []
    for size, members in sizes.items():
        number = BATCH_LINES // size
        order = chance.permutation(members).tolist()
        batches += [order[at : at + number] for at in range(0, len(order), number)]
    return [batches[index] for index in chance.permutation(len(batches))]


def _size(lines: int) -> int:
    return next((size for size in SIZES if lines <= size), SIZES[-1])


def _filled(sheets: Sequence[Sheet], rows: Sequence[Any], places: list[int], chance: Any) -> tuple[Any, ...]:
    """Return a batch as arrays: rows, labels, widths, which lines are real, what each page counts for."""
    size = max(_size(len(sheets[place].labels)) for place in places)
    pages = BATCH_LINES // size
    found = np.zeros((pages, size, rows[0].shape[1]), np.float32)
    labels, widths, real = (np.zeros((pages, size), np.float32) for _ in range(3))
    worth = np.zeros(pages, np.float32)
    real[:, 0] = 1
    for at, place in enumerate(places):
        sheet = sheets[place]
        start = int(chance.integers(0, max(1, len(sheet.labels) - size + 1)))
        part = slice(start, start + size)
        lines = len(sheet.labels[part])
        found[at, :lines], labels[at, :lines] = rows[place][part], sheet.labels[part]
        widths[at, :lines], real[at, :lines] = sheet.widths[part], 1
        worth[at] = 1.0 if sheet.sure else UNSURE
    return found, labels, widths, real, worth


def _packed(weights: Weights) -> dict[str, Any]:
    return {name: pack(np.asarray(value)) for name, value in weights.items()}
