"""Which lines of a rendered page belong to the article, by the page's truth; and the crops that people select."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pipelines import forms

SHORT = 16
"""Letters below which a line is only told by its place: between two lines that are in the truth for sure."""
GRAM = 12
NEAR = 12
SLACK = 200


def label(lines: Sequence[str], truth: str) -> list[float]:
    """Return for each line the share (0-1) of it that is in the truth."""
    body = forms.key(truth)
    keys = [forms.key(line) for line in lines]
    shares, places = _long_lines(keys, body)
    for index, key in enumerate(keys):
        if key and len(key) < SHORT and _is_between(index, key, body, places):
            shares[index] = 1.0
    seen: dict[str, int] = {}
    for index, key in enumerate(keys):  # a banner and a caption repeat lines that the truth holds once
        if shares[index] == 1.0 and len(key) >= SHORT:
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > max(1, body.count(key)):
                shares[index] = 0.0
    return shares


def _long_lines(keys: Sequence[str], body: str) -> tuple[list[float], list[tuple[int, int] | None]]:
    grams = {body[i : i + GRAM] for i in range(max(1, len(body) - GRAM + 1))}
    shares = [0.0] * len(keys)
    places: list[tuple[int, int] | None] = [None] * len(keys)
    for index, key in enumerate(keys):
        if len(key) < SHORT:
            continue
        found = body.find(key)
        if found >= 0:
            shares[index], places[index] = 1.0, (found, found + len(key))
            continue
        own = [key[i : i + GRAM] for i in range(0, len(key) - GRAM + 1, 3)]
        shares[index] = sum(gram in grams for gram in own) / max(1, len(own))
        first = next((i for i, gram in enumerate(own) if gram in grams), None)
        if shares[index] > 0.5 and first is not None:
            start = body.find(own[first])
            places[index] = (start, start + len(key) - 3 * first)
    return shares, places


def _is_between(index: int, key: str, body: str, places: Sequence[tuple[int, int] | None]) -> bool:
    before = next((p[1] for p in reversed(places[max(0, index - NEAR) : index]) if p), None)
    after = next((p[0] for p in places[index + 1 : index + NEAR] if p), None)
    if before is None and after is None:
        return False
    low = before - 2 if before is not None else max(0, (after or 0) - SLACK)
    high = after + 2 if after is not None else low + SLACK
    return body.find(key, max(0, low), high) >= 0


def crops(shares: Sequence[float], seed: str) -> list[tuple[str, int, int]]:
    """Return (name, start, end) of the page and of two parts a person could have selected."""
    inside = [index for index, share in enumerate(shares) if share > 0.5]
    found = [("full", 0, len(shares))]
    if inside:
        chance = random.Random(seed)
        first, last, size = inside[0], inside[-1] + 1, len(shares)
        found.append(("close", max(0, first - chance.randint(0, 6)), min(size, last + chance.randint(0, 8))))
        found.append(("tail", max(0, first - chance.randint(1, 10)), min(size, last + chance.randint(10, 80))))
    return found
