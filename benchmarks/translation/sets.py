"""Test sets on disk: ``NAME.zh`` and ``NAME.en`` side by side, a sentence a line."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "POLYGLEAN_EVAL"
# The checks were set on these; only the others tell how well they do.
TUNED_ON = ("wmt21", "ntrex")


def folder(given: str | None) -> Path | None:
    """Return the folder of the test sets: the argument, else the environment's, else None."""
    path = given or os.environ.get(VARIABLE)
    return Path(path) if path else None


def names(data: Path) -> list[str]:
    """Return the sets that have both sides."""
    return sorted(path.stem for path in data.glob("*.zh") if path.with_suffix(".en").is_file())


def pairs(data: Path, name: str) -> list[tuple[str, str]]:
    """Return a set's sentence pairs."""
    sides = [(data / f"{name}.{side}").read_text("utf-8").splitlines() for side in ("zh", "en")]
    return [(source.strip(), target.strip()) for source, target in zip(*sides, strict=True)]
