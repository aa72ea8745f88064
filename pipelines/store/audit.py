"""Checks that an output folder is what its manifests say. Reads only; ``scrapy doctor`` prints the findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa

from pipelines import schema
from pipelines.errors import StoreError
from pipelines.read_only import is_denied, open_read_only
from pipelines.store import manifest, parquet
from pipelines.store.damage import MARK, STATE
from pipelines.store.manifest import Manifest, StoredFile
from pipelines.store.recovery import ARTICLES, ORPHANS, RUNS, STAGING

_ADVICE = "restore from a backup, or move what is damaged away and replay the pages: that stores them again"
_NAMED = 3
"""At most so many files are named in one finding; the rest are counted."""


class Level(StrEnum):
    """How bad a finding is: only a problem makes ``scrapy doctor`` fail."""

    FINE = "fine"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, and what was seen, in one line that says what to do if anything."""

    subject: str
    level: Level
    detail: str


def check(root: Path, *, deep: bool = False) -> Iterator[Finding]:
    """Yield the findings about an output folder; ``deep`` reads every byte: hashes, pages, doubles."""
    if not (root / RUNS).is_dir() and next((root / ARTICLES).rglob("*.parquet"), None) is None:
        yield Finding(subject="records", level=Level.NOTE, detail=f"none in {root} yet")
        return
    try:
        manifests = manifest.read_all(root / RUNS)
    except StoreError as error:
        yield Finding(subject="manifests", level=Level.PROBLEM, detail=str(error))
        return
    again = _stored_again(root)
    live = manifest.live_files(manifests)
    files = {path: file for path, file in live.items() if path not in again or (root / path).exists()}
    yield _manifests(root, manifests, files)
    yield from _strangers(root, files)
    yield _files(root, files, deep=deep)
    if deep:
        yield _doubles(root, files)
    yield from _leftovers(root)
    yield from _set_aside(root)
    yield _catalogue(root, manifests, files)


def _stored_again(root: Path) -> set[str]:
    """Return the files that were deleted and each of whose records, or of whose pages, is stored again by now."""
    query = """
        SELECT path, sum(NOT EXISTS (SELECT 1 FROM catalogue_records r WHERE r.record_id = l.record_id)
                     AND NOT EXISTS (SELECT 1 FROM catalogue_records r WHERE r.page = l.page))
        FROM catalogue_lost l GROUP BY path"""
    try:
        with _state(root) as base:
            return {path for path, still in base.execute(query) if not still}
    except sqlite3.Error:  # none yet, an older one, or a damaged one, of which ``_catalogue`` speaks
        return set()


def _state(root: Path) -> closing[sqlite3.Connection]:
    """Open ``state.sqlite`` for reading."""
    return closing(open_read_only((root / STATE).resolve()))


def _manifests(root: Path, manifests: Sequence[Manifest], files: dict[str, StoredFile]) -> Finding:
    others = sorted({one.schema for one in manifests} - {schema.fingerprint()})
    runs, rows = len({one.run_id for one in manifests}), sum(file.rows for file in files.values())
    if others:
        advice = "new runs need a new output folder; this one can still be read"
        return Finding(
            subject="manifests", level=Level.PROBLEM, detail=f"written with schema {', '.join(others)}: {advice}"
        )
    detail = f"runs: {runs:,}, commits: {len(manifests):,}, files: {len(files):,}, records: {rows:,}"
    return Finding(subject="manifests", level=Level.FINE, detail=detail)


def _strangers(root: Path, files: dict[str, StoredFile]) -> Iterator[Finding]:
    """Yield what lies under ``articles/`` and should not: readers take every file there for records."""
    there = {path.relative_to(root).as_posix() for path in (root / ARTICLES).rglob("*") if path.is_file()}
    unnamed = sorted(path for path in there - set(files) if path.endswith(".parquet"))
    foreign = sorted(path for path in there if not path.endswith(".parquet"))
    if foreign:
        detail = f"not Parquet, which Polars and others fail on: {_listed(foreign)}; move them away"
        yield Finding(subject="articles", level=Level.PROBLEM, detail=detail)
    if unnamed:
        advice = "the next run names them anew, or clears up after one that was killed"
        detail = f"named by no manifest: {_listed(unnamed)}; {advice}"
        yield Finding(subject="articles", level=Level.PROBLEM, detail=detail)


def _files(root: Path, files: dict[str, StoredFile], *, deep: bool) -> Finding:
    """Compare each file with what its manifest says."""
    wrong = [f"{path} ({fault})" for path, file in sorted(files.items()) if (fault := _fault(root / path, file, deep))]
    if wrong:
        return Finding(subject="files", level=Level.PROBLEM, detail=f"{_listed(wrong)}; {_ADVICE}")
    seen = "sizes, rows, hashes and page checksums" if deep else "sizes and rows (--deep compares every byte)"
    return Finding(subject="files", level=Level.FINE, detail=f"{seen} are as committed")


def _fault(path: Path, file: StoredFile, deep: bool) -> str:
    """Return what is wrong with one file, or nothing."""
    try:
        if path.stat().st_size != file.bytes:
            return f"{path.stat().st_size:,} bytes, {file.bytes:,} were committed"
        with parquet.opened(path) as there:
            rows = there.metadata.num_rows
        if rows != file.rows:
            return "another number of rows"
        if deep and parquet.file_sha256(path) != file.sha256:
            return "another SHA-256"
        if deep:
            for _ in parquet.read_batches([path], schema.SCHEMA.names):
                pass
    except FileNotFoundError:
        return "missing"
    except (OSError, pa.ArrowException, StoreError) as error:
        return str(error).splitlines()[0]
    return ""


def _doubles(root: Path, files: dict[str, StoredFile]) -> Finding:
    """Look for record ids that stand in more than one row."""
    seen: set[str] = set()
    doubles: set[str] = set()
    for path in sorted(files):
        try:
            ids = parquet.read_table(root / path, ["record_id"])["record_id"].to_pylist()
        except StoreError:
            continue  # said already
        for record_id in ids:
            (doubles if record_id in seen else seen).add(record_id)
    if doubles:
        return Finding(subject="doubles", level=Level.PROBLEM, detail=f"stored twice: {_listed(sorted(doubles))}")
    return Finding(subject="doubles", level=Level.FINE, detail=f"none in {len(seen):,} records")


def _leftovers(root: Path) -> Iterator[Finding]:
    """Yield traces of runs that were killed."""
    staging = sorted(path.name for path in (root / STAGING).glob("*"))
    if staging:
        detail = f"{_listed(staging)}: a run is at work, or was killed; the next run clears it"
        yield Finding(subject="staging", level=Level.NOTE, detail=detail)
    orphans = sorted((root / ORPHANS).rglob("*.parquet"))
    if orphans:
        detail = f"{len(orphans):,} files were set aside in {root / ORPHANS} for want of a manifest; look and delete"
        yield Finding(subject="orphans", level=Level.NOTE, detail=detail)


def _set_aside(root: Path) -> Iterator[Finding]:
    """Yield the damaged files that runs have set aside."""
    if found := sorted(path.name for path in root.glob(f"{MARK}-*") if not path.name.endswith(("-wal", "-shm"))):
        detail = f"{_listed(found)}: was damaged and set aside, a new one is in its place; delete it"
        yield Finding(subject="catalogue", level=Level.NOTE, detail=detail)


def _catalogue(root: Path, manifests: Sequence[Manifest], files: dict[str, StoredFile]) -> Finding:
    """Compare the catalogue's number of records with that of the files."""
    path = root / STATE
    if not path.exists():
        return Finding(subject="catalogue", level=Level.NOTE, detail="there is none; the next run makes it")
    try:
        with _state(root) as base:
            commits = {name for (name,) in base.execute("SELECT name FROM catalogue_commits")}
            paths = {path for (path,) in base.execute("SELECT path FROM catalogue_files")}
            query = "SELECT path, count(*) FROM catalogue_records JOIN catalogue_files f ON f.id = file GROUP BY path"
            rows = dict(base.execute(query).fetchall())
    except sqlite3.Error as error:
        if is_denied(error):
            return Finding(
                subject="catalogue", level=Level.NOTE, detail=f"{path}: this user cannot look into it ({error})"
            )
        detail = f"{path}: {error}; the next run sets it aside and makes it again"
        return Finding(subject="catalogue", level=Level.PROBLEM, detail=detail)
    late = [one.name for one in manifests if one.name not in commits]
    if late:
        detail = f"{len(late):,} commits are not in it yet; the next run enters them"
        return Finding(subject="catalogue", level=Level.NOTE, detail=detail)
    there = {name for name in files if (root / name).exists()}
    gone, back = sum(number for name, number in rows.items() if name not in there), len(there - paths)
    differ = [name for name in there & paths if rows.get(name, 0) != files[name].rows]
    if differ:
        detail = f"{path} does not agree with {_listed(sorted(differ))}; move it away, the next run makes it again"
        return Finding(subject="catalogue", level=Level.PROBLEM, detail=detail)
    if gone or back:
        detail = (
            f"{gone:,} records in it are of files that are gone, {back:,} files are not in it; the next run mends it"
        )
        return Finding(subject="catalogue", level=Level.NOTE, detail=detail)
    return Finding(subject="catalogue", level=Level.FINE, detail=f"{sum(rows.values()):,} records, as in the files")


def _listed(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
