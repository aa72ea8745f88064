"""The network: a pre-norm transformer with one embedding for source, target and output. Needs torch."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.vocabulary import PADDING

MAX_LENGTH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the network; the default has 40 million parameters with a vocabulary of 24,000.

    A deep encoder and a shallow decoder: decoding, which goes token by token, is what takes the time.
    """

    vocabulary: int
    size: int = 512
    heads: int = 8
    inner: int = 2048
    encoder_layers: int = 6
    decoder_layers: int = 2

    def as_dict(self) -> dict[str, int]:
        """Return the sizes by name, for JSON."""
        return asdict(self)


def sinusoids(length: int, size: int) -> Tensor:
    """Return position encodings [length, size]: sines in the first half, cosines in the second."""
    rates = torch.exp(torch.arange(size // 2) * -(math.log(10_000.0) / (size // 2 - 1)))
    angles = torch.arange(length)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class SelfAttention(nn.Module):
    """Attention of a sequence to itself; causal in the decoder."""

    def __init__(self, size: int, heads: int, *, causal: bool) -> None:
        super().__init__()
        self.heads, self.causal = heads, causal
        self.inward, self.outward = nn.Linear(size, 3 * size), nn.Linear(size, size)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Mix every position with those the mask lets it see: [sentences, length, size] in and out."""
        query, key, value = (_split(part, self.heads) for part in self.inward(x).chunk(3, dim=-1))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=self.causal)
        return self.outward(_merge(mixed))


class CrossAttention(nn.Module):
    """Attention of the decoder to the encoder's output."""

    def __init__(self, size: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.memory, self.outward = nn.Linear(size, size), nn.Linear(size, 2 * size), nn.Linear(size, size)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Bring what the encoder found to every position of the target."""
        key, value = (_split(part, self.heads) for part in self.memory(memory).chunk(2, dim=-1))
        mixed = functional.scaled_dot_product_attention(_split(self.query(x), self.heads), key, value, attn_mask=mask)
        return self.outward(_merge(mixed))


def _split(x: Tensor, heads: int) -> Tensor:
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def _merge(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(-2)


class Layer(nn.Module):
    """One layer; a decoder's also looks at the encoder."""

    def __init__(self, shape: Shape, dropout: float, *, decoder: bool) -> None:
        super().__init__()
        self.self_norm, self.self_attention = (
            nn.LayerNorm(shape.size),
            SelfAttention(shape.size, shape.heads, causal=decoder),
        )
        self.cross_norm = nn.LayerNorm(shape.size) if decoder else None
        self.cross_attention = CrossAttention(shape.size, shape.heads) if decoder else None
        self.inner_norm = nn.LayerNorm(shape.size)
        self.up, self.down = nn.Linear(shape.size, shape.inner), nn.Linear(shape.inner, shape.size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, memory: Tensor | None = None) -> Tensor:
        """Attend, look at the encoder in a decoder, think; ``mask`` hides the source's padding."""
        own_mask = None if memory is not None else mask
        x = x + self.dropout(self.self_attention(self.self_norm(x), own_mask))
        if memory is not None and self.cross_norm is not None and self.cross_attention is not None:
            x = x + self.dropout(self.cross_attention(self.cross_norm(x), memory, mask))
        hidden = functional.relu(self.up(self.inner_norm(x)))
        return x + self.dropout(self.down(self.dropout(hidden)))


class Transformer(nn.Module):
    """Source ids and shifted target ids in, hidden states of the target out; ``scores`` turns these into logits."""

    def __init__(self, shape: Shape, dropout: float = 0.15) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.size)
        nn.init.normal_(self.embedding.weight, std=shape.size**-0.5)
        self.register_buffer("positions", sinusoids(MAX_LENGTH, shape.size), persistent=False)
        self.encoder = nn.ModuleList(Layer(shape, dropout, decoder=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, dropout, decoder=True) for _ in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.size), nn.LayerNorm(shape.size)
        self.dropout = nn.Dropout(dropout)

    def _embedded(self, ids: Tensor) -> Tensor:
        return self.dropout(self.embedding(ids) * math.sqrt(self.shape.size) + self.positions[: ids.shape[1]])

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the target's hidden states [sentences, length, size]."""
        mask = (source != PADDING)[:, None, None, :]
        memory = self._embedded(source)
        for layer in self.encoder:
            memory = layer(memory, mask)
        memory, hidden = self.encoder_norm(memory), self._embedded(target)
        for layer in self.decoder:
            hidden = layer(hidden, mask, memory)
        return self.decoder_norm(hidden)

    def scores(self, hidden: Tensor) -> Tensor:
        """Return logits over the vocabulary."""
        return hidden @ self.embedding.weight.to(hidden.dtype).T
