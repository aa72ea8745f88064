"""Manifests: one JSON file a commit, in ``runs/``; a Parquet file that no manifest names was never committed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import StoreError
from pipelines.store import durable

FORMAT = 1
RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.]*(?:-[0-9A-Za-z_.]+)*")
_NAME = re.compile(rf"(?P<run>{RUN_ID.pattern})-(?P<part>\d{{4,}})\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A committed file: ``path`` relative to the output root, its rows, size in bytes and SHA-256."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one commit added and took away. ``sequence`` orders all commits of an output root, from 1.

    ``retired`` are files of earlier commits whose rows stand in this one's files. ``counts`` are numbers of this
    commit alone: plain integers, or one level of them by name (``articles_by_language``). ``extra`` is for callers.
    """

    sequence: int
    run_id: str
    part: int
    started_at: str
    committed_at: str
    config: str
    schema: str
    files: tuple[StoredFile, ...] = ()
    rejected: StoredFile | None = None
    retired: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def name(self) -> str:
        """Return the file name below ``runs/``."""
        return f"{self.run_id}-{self.part:04d}.json"

    def dumps(self) -> bytes:
        """Return the manifest as indented JSON."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write(manifest: Manifest, folder: Path, staging: Path) -> None:
    """Write the manifest: the rename inside is the moment at which the commit has happened."""
    durable.write_file(folder / manifest.name, manifest.dumps(), staging)


def read(path: Path) -> Manifest:
    """Read one manifest; a damaged one raises StoreError, for rows must not be taken for uncommitted by mistake."""
    try:
        value = json.loads(path.read_bytes())
        if value["format"] != FORMAT:
            raise StoreError(f"{path} has manifest format {value['format']}, this version reads {FORMAT}")
        value["files"] = tuple(StoredFile(**one) for one in value["files"])
        value["retired"] = tuple(value["retired"])
        value["rejected"] = StoredFile(**value["rejected"]) if value["rejected"] else None
        return Manifest(**value)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path} cannot be read as a manifest ({error}): restore it from a backup, or move it away"
        ) from error


def names(folder: Path) -> list[str]:
    """Return the manifests' file names in the folder, unordered; nothing else in the folder is looked at."""
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)]


def read_all(folder: Path) -> list[Manifest]:
    """Return all manifests of an output root in the order of their commits."""
    return sorted((read(folder / name) for name in names(folder)), key=lambda one: one.sequence)


def live_files(manifests: Sequence[Manifest]) -> dict[str, StoredFile]:
    """Return the files that hold the rows now, by path: all that were committed and not retired since."""
    files: dict[str, StoredFile] = {}
    for manifest in manifests:
        for path in manifest.retired:
            files.pop(path, None)
        files.update((one.path, one) for one in manifest.files)
    return files


def last_part(folder: Path, run_id: str) -> int:
    """Return the number of the run's last commit, 0 before the first."""
    matches = (_NAME.fullmatch(name) for name in names(folder))
    return max((int(one["part"]) for one in matches if one and one["run"] == run_id), default=0)


def total(manifests: Sequence[Manifest]) -> dict[str, Any]:
    """Return the sum of the counts of several commits."""
    plain: Counter[str] = Counter()
    nested: dict[str, Counter[str]] = {}
    for manifest in manifests:
        for name, value in manifest.counts.items():
            if isinstance(value, Mapping):
                nested.setdefault(name, Counter()).update(value)
            else:
                plain[name] += value
    return {**plain, **{name: dict(counter.most_common()) for name, counter in nested.items()}}
