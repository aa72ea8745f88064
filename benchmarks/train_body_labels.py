"""Labels for the body model: which blocks of a page its true body is made of."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict

CHARACTER_LANGUAGES = frozenset({"zh", "ja", "th"})
GRAM = 4
NEAR = 6
"""Blocks to each side that vouch for a short block."""


def folded(text: str) -> str:
    """Return text as the scorer compares it."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\xad", "")).strip()


def tokens(text: str, lang: str) -> list[str]:
    """Return the units the scorer counts: characters in zh, ja, th, words elsewhere."""
    plain = folded(text).lower()
    return list(re.sub(r"[\W_]+", "", plain)) if lang in CHARACTER_LANGUAGES else re.findall(r"\w+", plain)


def grams(words: list[str]) -> list[tuple[str, ...]]:
    """Return the shingles of a token list; a shorter list is one shingle."""
    return [tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1))] if words else []


def label(texts: list[str], truth: str, lang: str) -> tuple[list[int], float]:
    """Return 0 or 1 a block, and the F1 of that choice: the best any extractor over these blocks can reach."""
    true = tokens(truth, lang)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, gram in enumerate(grams(true)):
        places[gram].append(at)
    blocks = [tokens(text, lang) for text in texts]
    share = [sum(g in places for g in grams(b)) / len(grams(b)) if len(b) >= GRAM else 0.0 for b in blocks]
    labels = [int(value >= 0.5) for value in share]
    _drop_strays(labels, blocks)
    _drop_copies(labels, blocks, places)
    _add_short(labels, blocks, true, places)
    return labels, _ascend(labels, blocks, share, true)


def _mass_around(labels: list[int], blocks: list[list[str]], index: int) -> int:
    low, high = max(0, index - NEAR), min(len(blocks), index + NEAR + 1)
    return sum(len(blocks[at]) for at in range(low, high) if labels[at] and at != index)


def _drop_strays(labels: list[int], blocks: list[list[str]]) -> None:
    """Unmark short texts far from the body: they stand in it too, but are none of it there."""
    total = sum(len(block) for block, mark in zip(blocks, labels, strict=True) if mark)
    around = [_mass_around(labels, blocks, index) for index in range(len(blocks))]
    for index, block in enumerate(blocks):
        if labels[index] and len(block) < 25 and around[index] < min(60, 0.15 * total):
            labels[index] = 0


def _drop_copies(labels: list[int], blocks: list[list[str]], places: dict[tuple[str, ...], list[int]]) -> None:
    """Of a text that stands more often on the page than in the body, keep the copies with most body around."""
    copies: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        if labels[index]:
            copies[tuple(block)].append(index)
    for block_tokens, found in copies.items():
        wanted = len(places.get(grams(list(block_tokens))[0], ())) or 1
        for index in sorted(found, key=lambda at: -_mass_around(labels, blocks, at))[wanted:]:
            labels[index] = 0


def _add_short(
    labels: list[int], blocks: list[list[str]], true: list[str], places: dict[tuple[str, ...], list[int]]
) -> None:
    """Blocks of fewer than four tokens count when they stand in the body between their neighbours' places."""
    starts: dict[int, int] = {}
    last = 0
    for index, block in enumerate(blocks):
        if labels[index]:
            start = next(
                (at - k for k, gram in enumerate(grams(block)) for at in places.get(gram, ()) if at - k >= last - 2),
                None,
            )
            if start is not None:
                starts[index], last = start, max(last, start + len(block))
    if not starts:
        return
    following, after = len(true), [0] * len(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        after[index] = following
        following = starts.get(index, following)
    last = 0
    for index in range(max(0, min(starts) - 8), min(len(blocks), max(starts) + 8)):
        block = blocks[index]
        if index in starts:
            last = starts[index] + len(block)
        elif 0 < len(block) < GRAM and not labels[index]:
            low, high = max(0, last - 1), min(len(true), after[index] + 1, last + 400)
            found = next((at for at in range(low, high - len(block) + 1) if true[at : at + len(block)] == block), None)
            if found is not None:
                labels[index], last = 1, found + len(block)


def _ascend(labels: list[int], blocks: list[list[str]], share: list[float], true: list[str]) -> float:
    """Flip doubtful labels while that raises F1; return the F1 reached."""
    truth = Counter(grams(true))

    def score() -> float:
        found = Counter(grams([token for block, mark in zip(blocks, labels, strict=True) if mark for token in block]))
        return 2 * sum((found & truth).values()) / max(1, sum(found.values()) + sum(truth.values()))

    best = score()
    doubtful = [
        at
        for at, block in enumerate(blocks)
        if block and ((labels[at] and (share[at] < 0.95 or len(block) < GRAM)) or (not labels[at] and share[at] >= 0.2))
    ]
    for at in doubtful[:200] * 2:
        labels[at] ^= 1
        reached = score()
        if reached > best + 1e-9:
            best = reached
        else:
            labels[at] ^= 1
    return best
