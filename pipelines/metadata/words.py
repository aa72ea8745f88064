"""The word lists of the metadata rules, read once from ``pipelines/data/metadata_*.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the data file ``metadata_<name>.toml``."""
    return tomllib.loads((files("pipelines") / "data" / f"metadata_{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return one list of a data file, case-folded."""
    return frozenset(word.casefold() for word in table(name)[key])


@cache
def months() -> dict[str, int]:
    """Return month name (case-folded, no final full stop) → 1–12."""
    return {word.casefold(): int(number) for number, row in table("months")["months"].items() for word in row}


@cache
def zones() -> dict[str, int]:
    """Return zone abbreviation (case-folded) → minutes east of UTC."""
    return {name.casefold(): int(minutes) for name, minutes in table("dates")["zones"].items()}


@cache
def countries() -> dict[str, str]:
    """Return country domain → IANA zone."""
    return dict(table("dates")["countries"])


@cache
def places() -> dict[str, str]:
    """Return names of a place's wall time, summer or winter (ET) → IANA zone."""
    return dict(table("dates")["places"])
