"""Which small files are worth merging: hourly crawls leave one a language and run, and readers want few."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.store import parquet

SMALL = 8 << 20
"""Bytes below which a file is small: a thousand articles or so. Twice that a merged one may have at most."""

TOGETHER = 32 << 20
"""Bytes of files merged in one commit: about 200 MiB of memory when they are unpacked."""


def choose(root: Path, paths: Iterable[str]) -> set[str]:
    """Return files to merge in the next commit, at least two of each of their folders; none when all is done."""
    folders: dict[Path, list[tuple[str, int]]] = {}
    for path in sorted(paths):
        if (root / path).exists() and (size := (root / path).stat().st_size) < SMALL:
            folders.setdefault((root / path).parent, []).append((path, size))
    chosen: set[str] = set()
    total = 0
    for folder in sorted(folders):
        group = _group(root, folders[folder])
        size = sum(size for _, size in group)
        if len(group) > 1 and (not chosen or total + size <= TOGETHER):
            chosen |= {path for path, _ in group}
            total += size
    return chosen


def _group(root: Path, files: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the smallest files of one folder as far as they make one file of a row group and twice ``SMALL``."""
    group: list[tuple[str, int]] = []
    rows = size = 0
    for path, bytes_ in sorted(files, key=lambda file: (file[1], file[0])):
        rows += parquet.row_count(root / path)
        size += bytes_
        if group and (rows > parquet.ROW_GROUP or size > 2 * SMALL):
            break
        group.append((path, bytes_))
    return group
