"""What happens when an output folder is opened: the traces of a run that was killed go, its commits are catalogued."""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pipelines import schema
from pipelines.errors import StoreError
from pipelines.store import damage, durable, manifest, nearest, parquet
from pipelines.store.catalogue import Catalogue, Entry, address_of, page_of
from pipelines.store.manifest import Manifest

logger = logging.getLogger(__name__)

Signer = Callable[[str], Sequence[int]]

ARTICLES, RUNS, STAGING, ORPHANS = "articles", "runs", ".staging", "orphans"
_PART = re.compile(rf"part-(?P<run>{manifest.RUN_ID.pattern})-(?P<part>\d{{4,}})\.parquet")
_COLUMNS = ("record_id", "url", "canonical_url", "raw_sha256", "run_id", "version", "story_id")


def open_catalogue(root: Path, signer: Signer | None) -> tuple[Catalogue, int]:
    """Open the catalogue and ``recover``; a damaged one is set aside, and a new one filled from the manifests.

    Return it with the last commit's sequence number. Call it under the lock.
    """
    if not (root / damage.STATE).exists():
        (root / damage.MARK).unlink(missing_ok=True)  # somebody has moved the file away
    try:
        return _opened(root, signer)
    except sqlite3.Error as error:
        if not damage.is_damage(error):
            raise
        cause = error
    damage.set_aside(root, cause)
    return _opened(root, signer)


def _opened(root: Path, signer: Signer | None) -> tuple[Catalogue, int]:
    catalogue = Catalogue(root / damage.STATE)
    try:
        damage.look(root, catalogue.base)
        return catalogue, recover(root, catalogue, signer)
    except BaseException:
        catalogue.close()
        raise


def recover(root: Path, catalogue: Catalogue, signer: Signer | None) -> int:
    """Bring folder and catalogue to the last commit; return its sequence number. Call it under the lock."""
    known, there = catalogue.commits(), manifest.names(root / RUNS)
    missing = sorted(
        (manifest.read(root / RUNS / name) for name in there if name not in known),
        key=lambda one: one.sequence,
    )
    _check_schema(root, catalogue.schemas() | {one.schema for one in missing})
    retired = {path for one in [*missing, *_unfinished_commits(root)] for path in one.retired}
    for one in missing:
        _catalogue_commit(root, catalogue, one, retired, signer)
    last = max([*known.values(), *(one.sequence for one in missing)], default=0)
    if gone := set(known) - set(there):
        last = _adopt(root, catalogue, gone, last)
    _forget_missing(root, catalogue)
    _enter_returned(root, catalogue, retired, signer)
    _remove_uncommitted(root, catalogue.files(), retired)
    return last


def _unfinished_commits(root: Path) -> list[Manifest]:
    """Return the commits that happened, but whose clearing up was cut short: their staging folder is still there."""
    names = [f"{path.name}.json" for path in (root / STAGING).glob("*")]
    return [manifest.read(root / RUNS / name) for name in names if (root / RUNS / name).exists()]


def _check_schema(root: Path, found: set[str]) -> None:
    """Refuse a folder whose records have other columns: readers want one schema in every file."""
    others = found - {schema.fingerprint()}
    if others:
        raise StoreError(
            f"{root} holds records of another schema ({', '.join(sorted(others))}; this version writes "
            f"{schema.fingerprint()}): choose a new output folder and replay the pages into it"
        )


def _catalogue_commit(
    root: Path, catalogue: Catalogue, commit: Manifest, retired: set[str], signer: Signer | None
) -> None:
    """Enter a committed run from its manifest and its files; files retired later are left to the later commit."""
    entries: list[Entry] = []
    paths: dict[str, str] = {}
    for file in commit.files:
        path = root / file.path
        if not path.exists():
            if file.path not in retired:
                logger.warning("%s is named by %s and not there any more", file.path, commit.name)
            continue
        held = list(_entries(path, signer))
        paths.update((one.record_id, file.path) for one in held)
        entries += held
    catalogue.record(commit, paths, entries)
    logger.info("catalogued %s: %d records", commit.name, len(paths))


def _adopt(root: Path, catalogue: Catalogue, gone: set[str], last: int) -> int:
    """Name committed files in a new manifest whose own is gone (``runs/`` was tidied up); return its sequence number.

    Without it their rows would be there for readers, known to the catalogue, and strangers to everything else.
    """
    try:
        live = manifest.live_files(manifest.read_all(root / RUNS))
    except StoreError as error:
        logger.warning("manifests are gone, and another one is in the way of naming their files anew: %s", error)
        return last
    files = sorted(path for path in catalogue.files() - set(live) if (root / path).exists())
    past = set(live) - catalogue.files() - catalogue.lost()
    now = datetime.now(UTC)
    adopted = Manifest(
        sequence=last + 1,
        run_id=f"adopted-{now:%Y%m%dT%H%M%S}",
        part=1,
        started_at=now.isoformat(),
        committed_at=now.isoformat(),
        config="",
        schema=schema.fingerprint(),
        files=tuple(parquet.describe(root / path, path) for path in files),
        retired=tuple(sorted(path for path in past if not (root / path).exists())),
        extra={"adopted": sorted(gone)},
    )
    staging = root / STAGING / adopted.name.removesuffix(".json")
    durable.make_folder(staging)
    manifest.write(adopted, root / RUNS, staging)
    catalogue.record(adopted, {}, [])
    catalogue.forget_commits(gone)
    shutil.rmtree(staging)
    logger.warning("%d manifests are gone from %s: %s names their files now", len(gone), root / RUNS, adopted.name)
    return adopted.sequence


def _entries(path: Path, signer: Signer | None) -> Iterator[Entry]:
    """Yield the catalogue entries of a file's rows."""
    for batch in parquet.read_batches([path], [*_COLUMNS, *(["text"] if signer else [])]):
        for row in batch.to_pylist():
            yield _entry(row, signer)


def _forget_missing(root: Path, catalogue: Catalogue) -> None:
    """Forget the records of files that are gone, so that a replay of their pages stores them again."""
    gone = sorted(path for path in catalogue.files() if not (root / path).exists())
    if gone:
        named = ", ".join(gone[:3]) + (f" and {len(gone) - 3} more" if len(gone) > 3 else "")
        logger.warning("%s: not there any more; their records count as not stored until they are back", named)
        catalogue.lose(gone)


def _enter_returned(root: Path, catalogue: Catalogue, retired: set[str], signer: Signer | None) -> None:
    """Enter committed files that were missing and are back, unless their pages have been stored again meanwhile."""
    there = {path.relative_to(root).as_posix() for path in (root / ARTICLES).rglob("part-*.parquet")}
    back = there - catalogue.files() - retired
    if not back:
        return
    for path in sorted(back & set(manifest.live_files(manifest.read_all(root / RUNS)))):
        entries = list(_entries(root / path, signer))
        if not any(catalogue.known(one.record_id) for one in entries):
            catalogue.enter(path, entries)
            logger.warning("%s is back: catalogued %d records", path, len(entries))


def _entry(row: schema.Row, signer: Signer | None) -> Entry:
    """Return the catalogue entry of a stored row."""
    return Entry(
        record_id=row["record_id"],
        address=address_of(row["url"], row["canonical_url"]),
        page=page_of(row["url"], row["raw_sha256"]),
        run_id=row["run_id"],
        version=row["version"],
        story_id=row["story_id"],
        signature=nearest.pack(signer(row["text"])) if signer else None,
    )


def _remove_uncommitted(root: Path, committed: set[str], retired: set[str]) -> None:
    """Clear ``articles/`` of files that no manifest names, then the staging folders.

    A file whose commit has a staging folder was being published when its run died, or was being retired: it goes.
    Any other one of our naming (its manifest was deleted, say, or it was put back when its pages had been stored again)
    is set aside rather than destroyed. A staging folder goes last, so that a recovery that is killed itself can be
    done again.
    """
    staging = root / STAGING
    unfinished = {path.name for path in staging.iterdir()} if staging.is_dir() else set()
    for path in sorted((root / ARTICLES).rglob("part-*.parquet")):
        name = _PART.fullmatch(path.name)
        relative = path.relative_to(root).as_posix()
        if not name or relative in committed:
            continue
        if f"{name['run']}-{name['part']}" in unfinished or relative in retired:
            path.unlink()
        else:
            aside = root / ORPHANS / path.relative_to(root / ARTICLES)
            logger.warning(
                "%s is named by no manifest, or its records are stored elsewhere by now: moved to %s",
                relative,
                aside.relative_to(root),
            )
            durable.make_folder(aside.parent)
            path.rename(aside)
        durable.sync_folder(path.parent)
    for leftover in sorted(unfinished):
        _remove_rejected(root, leftover)
        shutil.rmtree(staging / leftover)


def _remove_rejected(root: Path, name: str) -> None:
    """Remove the list of rejected pages of a commit that never happened."""
    if not (root / RUNS / f"{name}.json").exists():
        (root / RUNS / f"{name}-rejected.parquet").unlink(missing_ok=True)
