"""The network of the body model: its training, with the F1 of a page as the loss.

Needs jax and optax (Apache-2.0) in an environment of its own; the product reads the weights with numpy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from pipelines.html.votes.network import CLIP, SPREADS

WIDTH, TAPS, GISTS = 48, 5, 2
EPOCHS, DROPPED, DECAY, RATE = 24, 0.25, 0.02, 2.5e-3
VARIANTS = 0.5
"""Share of the variants that an epoch sees."""
VARIANT_WEIGHT = 0.4
CROSS_ENTROPY = 0.5
"""Weight of the cross-entropy beside 1 - F1."""
SHORT, LONG = 30.0, 300.0
"""Letters between which a block's weight in the cross-entropy rises: what must not leak is often short."""
SIZES = (96, 192, 384, 768, 1536, 4096)
"""Blocks to which pages are filled up, so that few shapes are compiled; a longer page is cut off in training."""
BATCH, BATCH_BLOCKS = 16, 4096
AVERAGED = 0.6
"""Part of the training after which the weights are averaged."""
Weights = dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """A page as it is trained on: columns, labels (-1 unknown), letters of each block, and its weight."""

    columns: np.ndarray
    labels: np.ndarray
    letters: np.ndarray
    weight: float


class Scale:
    """How a column becomes a number around nought, from the pages that are trained on."""

    def __init__(self, rows: np.ndarray) -> None:
        self.heavy = (rows.min(axis=0) >= -1.5) & (np.quantile(rows, 0.995, axis=0) > 12)
        bent = self._bent(rows)
        self.mean, self.deviation = bent.mean(axis=0), bent.std(axis=0) + 1e-3

    def _bent(self, rows: np.ndarray) -> np.ndarray:
        return np.where(self.heavy, np.log1p(np.maximum(rows, -0.5)), rows)

    def of(self, rows: np.ndarray) -> np.ndarray:
        """Return columns as the network takes them."""
        return np.clip((self._bent(rows) - self.mean) / self.deviation, -CLIP, CLIP).astype(np.float32)


def started(columns: int, key: jax.Array) -> Weights:
    keys = iter(jax.random.split(key, 12))

    def drawn(*shape: int, gain: float = 1.5) -> jax.Array:
        return jax.random.normal(next(keys), shape) * np.sqrt(gain / np.prod(shape[:-1]))

    weights = {
        "enter": drawn(columns, WIDTH), "enter_bias": jnp.zeros(WIDTH), "direct": jnp.zeros(columns),
        "gist_share": jnp.zeros((WIDTH, GISTS)), "gist": drawn(GISTS * WIDTH, WIDTH, gain=0.15),
        "leave": drawn(WIDTH, WIDTH), "leave_bias": jnp.zeros(WIDTH), "answer": drawn(WIDTH, 1, gain=0.15)[:, 0],
        "answer_bias": jnp.array(-0.5),
    }  # fmt: skip
    for layer in range(len(SPREADS)):
        weights[f"around_{layer}"] = drawn(TAPS, WIDTH, WIDTH, gain=1.0)
        weights[f"around_{layer}_bias"] = jnp.zeros(WIDTH)
    return weights


def logits(weights: Weights, x: jax.Array, real: jax.Array, key: jax.Array) -> jax.Array:
    """Return the logits of a batch (pages × blocks); what the product computes, with parts of it dropped."""
    keys = jax.random.split(key, 8)

    def dropped(state: jax.Array, which: int, share: float) -> jax.Array:
        return state * jax.random.bernoulli(keys[which], 1 - share, state.shape) / (1 - share)

    x = dropped(x, 6, 0.6 * DROPPED)
    there = real[..., None]
    state = jax.nn.gelu(x @ weights["enter"] + weights["enter_bias"]) * there
    state = dropped(state, 0, DROPPED)
    for layer, spread in enumerate(SPREADS):
        if layer == 1:
            share = jax.nn.softmax(jnp.where(there > 0, state @ weights["gist_share"], -1e9), axis=1)
            gist = jnp.einsum("bnk,bnh->bkh", share, state).reshape(len(x), -1) @ weights["gist"]
            state += gist[:, None, :] * there
        seen = jax.lax.conv_general_dilated(
            normal(state) * there, weights[f"around_{layer}"], (1,), "SAME", rhs_dilation=(spread,),
            dimension_numbers=("NWC", "WIO", "NWC"),
        )  # fmt: skip
        state += dropped(jax.nn.gelu(seen + weights[f"around_{layer}_bias"]), 1 + layer, DROPPED) * there
    last = dropped(jax.nn.gelu(normal(state) @ weights["leave"] + weights["leave_bias"]), 5, DROPPED)
    return last @ weights["answer"] + weights["answer_bias"] + x @ weights["direct"]


def normal(state: jax.Array) -> jax.Array:
    centred = state - state.mean(axis=-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)


def loss(weights: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
    """Return 1 - F1 of the expected choice, over letters, and the cross-entropy; the mean over the pages of a batch."""
    z = logits(weights, batch["x"], batch["real"], key)
    y, known = batch["y"], batch["known"]
    letters, counted = batch["letters"] * known, batch["counted"] * known
    vote = jax.nn.sigmoid(z)
    f1 = 2 * (vote * y * letters).sum(1) / ((vote * letters).sum(1) + (y * letters).sum(1) + 1e-3)
    entropy = jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z)))
    entropy = (entropy * counted).sum(1) / (counted.sum(1) + 1e-6)
    body = (y * known).sum(1) > 0
    return ((jnp.where(body, 1 - f1, 0) + CROSS_ENTROPY * entropy) * batch["weight"]).sum() / batch["weight"].sum()


OPTIMIZER = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(), optax.add_decayed_weights(DECAY))


def rate(at: float) -> float:
    """Return the learning rate at a part of the training (0–1): up in a fifteenth of it, down by a cosine."""
    warm = 1 / 15
    return RATE * (at / warm if at < warm else 0.5 * (1 + np.cos(np.pi * (at - warm) / (1 - warm)))) + 1e-5


@jax.jit
def step(weights: Weights, state: Any, batch: dict[str, jax.Array], key: jax.Array, size: float) -> tuple[Weights, Any]:
    gradient = jax.grad(loss)(weights, batch, key)
    updates, state = OPTIMIZER.update(gradient, state, weights)
    return jax.tree.map(lambda old, change: old - size * change, weights, updates), state


def batches(sheets: Sequence[Sheet], rand: np.random.RandomState) -> Iterator[dict[str, np.ndarray]]:
    """Yield one epoch: pages of like length together, in random order."""
    alike: dict[int, list[Sheet]] = defaultdict(list)
    for at in rand.permutation(len(sheets)):
        sheet = sheets[at]
        if sheet.weight == 1.0 or rand.rand() < VARIANTS:
            alike[next((size for size in SIZES if len(sheet.labels) <= size), SIZES[-1])].append(sheet)
    some = []
    for size, members in alike.items():
        many = max(1, min(BATCH, BATCH_BLOCKS // size))
        some += [(size, many, members[at : at + many]) for at in range(0, len(members), many)]
    for at in rand.permutation(len(some)):
        yield filled(*some[at])


def filled(size: int, many: int, sheets: Sequence[Sheet]) -> dict[str, np.ndarray]:
    """Return pages as one batch of ``many`` × ``size``, nought where there is no page and no block."""
    batch = {name: np.zeros((many, size), np.float32) for name in ("real", "y", "known", "letters", "counted")}
    batch["x"] = np.zeros((many, size, sheets[0].columns.shape[1]), np.float32)
    batch["weight"] = np.zeros(many, np.float32)
    for row, sheet in enumerate(sheets):
        n = min(size, len(sheet.labels))
        batch["x"][row, :n] = sheet.columns[:n]
        batch["real"][row, :n] = 1
        batch["y"][row, :n] = sheet.labels[:n] == 1
        batch["known"][row, :n] = sheet.labels[:n] >= 0
        batch["letters"][row, :n] = sheet.letters[:n] / max(1.0, float(sheet.letters.mean()))
        batch["counted"][row, :n] = np.clip(sheet.letters[:n], SHORT, LONG) / 100
        batch["weight"][row] = sheet.weight
    return batch


def fit(examples: Sequence[Any], columns: Sequence[int], names: Sequence[str], seed: int = 0) -> dict[str, np.ndarray]:
    """Return a network in its stored form, trained on pages and variants (``Example`` of train_body)."""
    usable = [e for e in examples if e.features is not None and (e.labels >= 0).any() and e.oracle >= 0.7]
    rand = np.random.RandomState(seed)
    rows = [e.features.matrix[:, columns][rand.permutation(len(e.labels))[:60]] for e in usable if not e.is_variant]
    scale = Scale(np.concatenate(rows))
    sheets = [
        Sheet(
            scale.of(e.features.matrix[: SIZES[-1], columns]),
            e.labels,
            e.features.weight,
            VARIANT_WEIGHT if e.is_variant else 1.0,
        )
        for e in usable
    ]
    wanted = [names[at] for at in columns]
    weights = started(len(columns), jax.random.PRNGKey(seed))
    key = jax.random.PRNGKey(seed + 1)
    steps = EPOCHS * sum(1 for _ in batches(sheets, np.random.RandomState(seed)))
    state, mean, done = OPTIMIZER.init(weights), None, 0
    for epoch in range(EPOCHS):
        for batch in batches(sheets, rand):
            key, part = jax.random.split(key)
            weights, state = step(weights, state, batch, part, rate(min(1.0, done / steps)))
            done += 1
        if epoch >= AVERAGED * EPOCHS:
            mean = weights if mean is None else jax.tree.map(lambda old, new: 0.8 * old + 0.2 * new, mean, weights)
    stored = {name: np.asarray(value, dtype=np.float16) for name, value in (mean or weights).items()}
    heads = {"names": np.array(wanted), "heavy": scale.heavy}
    return heads | {"mean": scale.mean.astype(np.float32), "deviation": scale.deviation.astype(np.float32)} | stored
