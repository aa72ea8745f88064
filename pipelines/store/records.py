"""Finding stored records without a lock: what the manifests name is read, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.schema import SCHEMA, Row
from pipelines.store import manifest, parquet
from pipelines.store.recovery import ARTICLES, RUNS

Condition = Callable[[pa.RecordBatch], pa.Array]


def files(root: Path) -> list[Path]:
    """Return the files that hold the records of an output folder, sorted.

    A copy without ``runs/`` has no manifests to ask: there, all that lies under ``articles/``.
    """
    manifests = manifest.read_all(root / RUNS)
    if manifests:
        return sorted(path for name in manifest.live_files(manifests) if (path := root / name).exists())
    return sorted((root / ARTICLES).rglob("*.parquet"))


def by_id(root: Path, prefix: str, limit: int = 10) -> list[Row]:
    """Return up to ``limit`` whole records whose id begins with ``prefix``."""
    return _find(root, ["record_id"], lambda batch: pc.starts_with(batch["record_id"], prefix), limit)


def by_origin(root: Path, name: str, limit: int = 10) -> list[Row]:
    """Return up to ``limit`` whole records that came from a file or an address, under any of its names."""
    path = Path(name)
    names = pa.array([name, str(path), str(path.resolve()), path.resolve().as_uri()])

    def comes_from(batch: pa.RecordBatch) -> pa.Array:
        hits = [pc.is_in(batch[column], value_set=names) for column in ("source", "url", "canonical_url")]
        return pc.or_(pc.or_(hits[0], hits[1]), hits[2])

    return _find(root, ["source", "url", "canonical_url"], comes_from, limit)


def of_file(path: Path) -> Iterator[Row]:
    """Yield the records of one Parquet file."""
    for batch in parquet.read_batches([path], SCHEMA.names, size=200):
        yield from batch.to_pylist()


def _find(root: Path, columns: list[str], condition: Condition, limit: int) -> list[Row]:
    """Read only ``columns`` of everything, and whole rows only of the files with a hit."""
    found: list[Row] = []
    for path in files(root):
        hits = condition(parquet.read_table(path, columns).combine_chunks())
        if not pc.any(hits).as_py():
            continue
        found += parquet.read_table(path).filter(hits).slice(0, limit - len(found)).to_pylist()
        if len(found) >= limit:
            break
    return found
