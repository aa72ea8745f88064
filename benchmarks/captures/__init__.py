"""How well the text of a page is cleaned when nothing but its plain text is left."""

from __future__ import annotations

import argparse
import json
import lzma
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CACHE = Path(__file__).parents[2] / ".cache" / "captures"
FOLDS = Path(__file__).with_name("folds.json.xz")
"""Models that are each blind to a share of the hosts (``benchmarks.captures.train`` writes them)."""
TITLES = Path(__file__).with_name("titles.json")
"""Weights of the titles that are each blind to a share of the hosts (``benchmarks.captures.train_title``)."""


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add ``--data`` to a command."""
    default = os.environ.get("POLYGLEAN_BENCH")
    parser.add_argument("--data", type=Path, default=default, required=default is None, help="folder of the pages")


def load_truth(data: Path) -> list[dict[str, Any]]:
    """Return the pages of ``truth.jsonl``; ends the program where there is none."""
    path = data / "truth.jsonl"
    if not path.is_file():
        sys.exit(f"{data} has no truth.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def write_folds(models: Sequence[Mapping[str, Any]], path: Path = FOLDS) -> None:
    """Store the models of the cross-validation, in the order of their folds."""
    path.write_bytes(lzma.compress(json.dumps(models, separators=(",", ":")).encode(), preset=9))


def read_folds(path: Path = FOLDS) -> list[dict[str, Any]]:
    """Return what ``write_folds`` stored, nothing where there is no such file."""
    found: list[dict[str, Any]] = json.loads(lzma.decompress(path.read_bytes())) if path.is_file() else []
    return found


def read_titles() -> list[dict[str, float]]:
    """Return the weights of titles of the cross-validation, a set a fold."""
    found: list[dict[str, float]] = json.loads(TITLES.read_text("utf-8"))
    return found


def hosts(page: dict[str, Any]) -> str:
    """Return the host of a page; a page of unknown address is a host of its own."""
    return (urlsplit(page.get("url") or "").hostname or page["id"]).removeprefix("www.")


def fold_of(host: str, folds: int) -> int:
    """Return the fold of a host, the same on every machine."""
    return zlib.crc32(host.encode()) % folds
