"""The trees of the learned verdict that are blind to one half of the hosts: the benchmark judges that half by them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pipelines.verdicts import learned

BLIND = Path(__file__).with_name("blind.json")
"""Written by ``benchmarks.verdict.train``: for each half the trees that saw no page of its hosts."""


@cache
def _models() -> dict[str, learned.Learned]:
    stored = json.loads(BLIND.read_text("utf-8"))
    return {half: learned.from_stored(data) for half, data in stored.items()}


@contextmanager
def blind_to(half: str) -> Iterator[None]:
    """Have pages judged by the trees that saw nothing of a half."""
    own = learned.load
    learned.load = lambda: _models()[half]
    try:
        yield
    finally:
        learned.load = own
