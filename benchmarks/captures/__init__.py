"""How well the text of a page is cleaned when nothing but its plain text is left."""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CACHE = Path(__file__).parents[2] / ".cache" / "captures"
FOLDS = CACHE / "folds.json"
"""Models that are each blind to a share of the hosts (``benchmarks.captures.train`` writes them)."""


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


def hosts(page: dict[str, Any]) -> str:
    """Return the host of a page; a page of unknown address is a host of its own."""
    return (urlsplit(page.get("url") or "").hostname or page["id"]).removeprefix("www.")


def fold_of(host: str, folds: int) -> int:
    """Return the fold of a host, the same on every machine."""
    return zlib.crc32(host.encode()) % folds
