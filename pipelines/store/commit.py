"""One commit, step by step, in the order that makes ``kill -9`` harmless at any moment.

Parquet files in a staging folder, synced → renamed into ``articles/``, folders synced → manifest renamed into
``runs/`` (the commit point) → catalogue → retired files and the staging folder removed. Whatever stops it before the
commit point never happened; whatever comes after is finished by ``recovery.recover`` at the next start.
"""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines import schema
from pipelines.store import durable, manifest, parquet, recovery
from pipelines.store.catalogue import Catalogue
from pipelines.store.manifest import Manifest, StoredFile


@dataclass(slots=True)
class Batch:
    """What waits for the next commit: rows by partition folder, and the numbers its manifest will tell.

    ``replaced`` are stored record ids that go, ``merged`` stored files whose rows move into the commit's own.
    """

    rows: dict[str, list[schema.Row]] = field(default_factory=dict)
    rejected: list[schema.Row] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    merged: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    named: dict[str, Counter[str]] = field(default_factory=dict)
    size: int = 0
    pages: int = 0

    def add(self, row: schema.Row) -> None:
        """Take a row of ``SCHEMA``."""
        self.rows.setdefault(parquet.partition_of(row), []).append(row)
        self.counts["articles"] += 1
        self.counts["sentences"] += len(row["translation"])
        self.counts["flagged"] += sum(1 for sentence in row["translation"] if sentence["flags"])
        self.counts["near_duplicates"] += row["near_duplicate_of"] is not None
        self._tally("articles_by_language", row["language"])
        self._tally("articles_by_site", row["site"])
        self._tally("articles_by_status", row["translation_status"])
        for cut in row["removed"]:
            self._tally("removed_by_reason", cut["reason"])

    def reject(self, row: schema.Row) -> None:
        """Take a row of ``REJECTED``."""
        self.rejected.append(row)
        self.counts["rejected"] += 1
        self.counts["broken"] += row["broken"]
        self._tally("rejected_by_reason", row["reason"])

    def summary(self) -> dict[str, Any]:
        """Return all counts as JSON values."""
        return {**self.counts, **{name: dict(counter.most_common()) for name, counter in self.named.items()}}

    def _tally(self, name: str, key: str | None) -> None:
        """Count one more of ``key`` under ``name``."""
        self.named.setdefault(name, Counter())[key or "none"] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitHeader:
    """What a manifest says besides the files: see ``Manifest``."""

    sequence: int
    run_id: str
    part: int
    started_at: str
    committed_at: str
    config: str
    extra: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Return the name that staging folder, manifest and list of rejected pages share."""
        return f"{self.run_id}-{self.part:04d}"


def commit(root: Path, batch: Batch, header: CommitHeader, catalogue: Catalogue) -> Manifest:
    """Write, publish and catalogue a batch; raise OSError or sqlite3.Error with nothing half done."""
    staging = root / recovery.STAGING / header.name
    published: list[Path] = []
    try:
        durable.make_folder(staging)
        retired, kept = _carried(root, batch, catalogue)
        files, paths = _stage(staging, batch, header, kept)
        rejected = _stage_rejected(staging, batch, header)
        made = _describe(batch, header, files, rejected, retired)
        _publish(root, {**files, **rejected}, published)
        manifest.write(made, root / recovery.RUNS, staging)
    except BaseException:
        _take_back(root, staging, header, published)
        raise
    catalogue.record(made, paths)
    for path in retired:
        (root / path).unlink(missing_ok=True)
    shutil.rmtree(staging)
    return made


def _carried(root: Path, batch: Batch, catalogue: Catalogue) -> tuple[tuple[str, ...], dict[str, list[pa.Table]]]:
    """Return the files that go, and what must be kept of them, by partition folder."""
    retired = tuple(sorted({*catalogue.paths_of(batch.replaced).values(), *batch.merged}))
    if not retired:
        return (), {}
    gone = pa.array(sorted(batch.replaced), pa.string())
    kept: dict[str, list[pa.Table]] = {}
    for path in retired:
        if not (root / path).exists():
            continue  # deleted or moved away while the run was at work: it goes all the same
        table = parquet.read_table(root / path)
        rest = table.filter(pc.invert(pc.is_in(table["record_id"], value_set=gone)))
        if rest.num_rows:
            folder = Path(path).relative_to(recovery.ARTICLES).parent.as_posix()
            kept.setdefault(folder, []).append(rest)
    return retired, kept


def _stage(
    staging: Path, batch: Batch, header: CommitHeader, kept: Mapping[str, Sequence[pa.Table]]
) -> tuple[dict[Path, StoredFile], dict[str, str]]:
    """Write one synced file a partition; return them by staged path, and each record id's new path."""
    files: dict[Path, StoredFile] = {}
    paths: dict[str, str] = {}
    for number, folder in enumerate(sorted({*batch.rows, *kept})):
        table = pa.concat_tables([*kept.get(folder, ()), parquet.table_of(batch.rows.get(folder, ()))])
        draft = staging / f"{number}.parquet"
        path = f"{recovery.ARTICLES}/{folder}/part-{header.name}.parquet"
        files[draft] = replace(parquet.write_articles(table, draft), path=path)
        paths.update((record_id, path) for record_id in table["record_id"].to_pylist())
    return files, paths


def _stage_rejected(staging: Path, batch: Batch, header: CommitHeader) -> dict[Path, StoredFile]:
    """Write the list of rejected pages, if there are any."""
    if not batch.rejected:
        return {}
    draft = staging / "rejected.parquet"
    path = f"{recovery.RUNS}/{header.name}-rejected.parquet"
    return {draft: replace(parquet.write_rejected(batch.rejected, draft), path=path)}


def _describe(
    batch: Batch,
    header: CommitHeader,
    files: Mapping[Path, StoredFile],
    rejected: Mapping[Path, StoredFile],
    retired: tuple[str, ...],
) -> Manifest:
    """Return the manifest of the commit."""
    return Manifest(
        sequence=header.sequence,
        run_id=header.run_id,
        part=header.part,
        started_at=header.started_at,
        committed_at=header.committed_at,
        config=header.config,
        schema=schema.fingerprint(),
        files=tuple(files.values()),
        rejected=next(iter(rejected.values()), None),
        retired=retired,
        counts=batch.summary(),
        extra=dict(header.extra),
    )


def _publish(root: Path, files: Mapping[Path, StoredFile], published: list[Path]) -> None:
    """Rename the staged files into place; ``published`` grows with each, for taking back."""
    for draft, file in files.items():
        target = root / file.path
        durable.make_folder(target.parent)
        published.append(target)  # before, for a Ctrl-C may come right after the call
        draft.rename(target)
    for folder in {path.parent for path in published}:
        durable.sync_folder(folder)


def _take_back(root: Path, staging: Path, header: CommitHeader, published: Sequence[Path]) -> None:
    """Undo a failed commit as far as the disk still allows; recovery does the rest.

    The manifest goes first: its rename may have happened although the sync after it failed.
    """
    with contextlib.suppress(OSError):
        for path in (root / recovery.RUNS / f"{header.name}.json", *published):
            path.unlink(missing_ok=True)
        shutil.rmtree(staging)
