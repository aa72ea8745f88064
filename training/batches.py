"""Batches of pairs of like length, filled up to a number of tokens."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from torch import Tensor

from training.vocabulary import BEGIN, END, PADDING, Side

# Lengths are rounded up to this many tokens: few different shapes, and sizes that tensor cores like.
_STEP = 8


def _width(length: np.ndarray) -> np.ndarray:
    return -(-(length + 1) // _STEP) * _STEP


class Batches:
    """The pairs as tensors on a device, with some held back for validation."""

    def __init__(self, source: Side, target: Side, device: str, *, held_back: int = 2_000, seed: int = 1) -> None:
        self.device = device
        self._sides = (source, target)
        self._ids = tuple(torch.from_numpy(side.ids.astype(np.int32)).to(device) for side in self._sides)
        order = np.random.default_rng(seed).permutation(len(source.lengths))
        held_back = min(held_back, len(order) // 10)
        self.validation, self.training = order[:held_back], order[held_back:]

    def epoch(self, rows: np.ndarray, tokens: int, seed: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
        """Yield (source, target input, target output), each [sentences, length], in random order."""
        rng = np.random.default_rng(seed)
        longest = np.maximum(self._sides[0].lengths, self._sides[1].lengths)
        rows = rows[np.argsort(_width(longest[rows]) + rng.random(len(rows)), kind="stable")]
        widths, batches, at = _width(longest[rows]), [], 0
        while at < len(rows):
            ahead = min(len(rows) - 1, at + tokens // int(widths[at]))
            count = max(1, tokens // int(widths[ahead]))
            batches.append(rows[at : at + count])
            at += count
        rng.shuffle(batches)
        for batch in batches:
            yield self._tensors(batch)

    def _padded(self, number: int, rows: np.ndarray) -> Tensor:
        """Return one side's rows as [sentences, length], each with its end mark, filled up with padding."""
        side, ids = self._sides[number], self._ids[number]
        lengths = torch.from_numpy(side.lengths[rows]).to(self.device)
        starts = torch.from_numpy(side.starts[rows]).to(self.device)
        column = torch.arange(int(_width(side.lengths[rows].max())), device=self.device)
        places = (starts[:, None] + column).clamp(max=len(ids) - 1)
        tokens = torch.where(column < lengths[:, None], ids[places].long(), PADDING)
        tokens[torch.arange(len(rows), device=self.device), lengths] = END
        return tokens

    def _tensors(self, rows: np.ndarray) -> tuple[Tensor, Tensor, Tensor]:
        source, output = self._padded(0, rows), self._padded(1, rows)
        begin = torch.full_like(output[:, :1], BEGIN)
        return source, torch.cat([begin, output[:, :-1]], dim=1), output
