"""Near-duplicates by MinHash: band keys to find candidates, and the estimated Jaccard similarity to judge them."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from operator import eq

SIZE = 128
"""Numbers in a signature, each an unsigned 32-bit integer."""

ROWS = 8
"""Numbers in a band. 16 bands of 8 make a pair of similarity 0.9 meet with probability 0.9999, 0.8 with 0.95, 0.7
with 0.61 and 0.5 with 0.06: few candidates are looked at in vain, and one row a band is stored for each record."""

THRESHOLD = 0.8
"""Share of equal numbers from which two texts count as one. The estimate's standard error is 0.035 at 0.8; a reprint
with a changed headline and a cut last paragraph lies above 0.85, two reports of one event below 0.4."""

CANDIDATES = 200
"""At most so many candidates are compared, the oldest first: a text reprinted ten thousand times stays cheap."""


def pack(signature: Sequence[int]) -> bytes:
    """Return the signature as 512 bytes."""
    if len(signature) != SIZE:
        raise ValueError(f"a signature has {SIZE} numbers, not {len(signature)}")
    return struct.pack(f"<{SIZE}I", *signature)


def unpack(packed: bytes) -> tuple[int, ...]:
    """Return the numbers of a packed signature."""
    return struct.unpack(f"<{SIZE}I", packed)


def band_keys(packed: bytes) -> list[int]:
    """Return one signed 64-bit key a band, different for equal numbers in different bands."""
    step = ROWS * 4
    return [
        int.from_bytes(
            hashlib.blake2b(packed[start : start + step], digest_size=8, salt=start.to_bytes(2)).digest(), signed=True
        )
        for start in range(0, SIZE * 4, step)
    ]


def similarity(left: bytes, right: bytes) -> float:
    """Return the share of equal numbers in two packed signatures: an estimate of their texts' Jaccard similarity."""
    return float(sum(map(eq, unpack(left), unpack(right)))) / SIZE
