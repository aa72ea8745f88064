"""Reading and writing the Parquet files of the record: one place for the format's options."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.errors import StoreError
from pipelines.schema import REJECTED, SCHEMA, Row
from pipelines.store.manifest import StoredFile

SORT_KEYS = ("site", "published_at", "record_id")
ROW_GROUP = 10_000


def partition_of(row: Row) -> str:
    """Return the row's folder below ``articles/``; a language code that could escape it becomes ``und``."""
    code = row["language"]
    safe = code if code and code.isascii() and code.isalpha() and code.islower() and len(code) in (2, 3) else "und"
    day = row["fetched_at"].date().isoformat()  # four digits in any year; strftime writes the year 1 as "1"
    return f"fetch_date={day}/lang={safe}"


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Return the rows as a table of ``SCHEMA``."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


def write_articles(table: pa.Table, path: Path) -> StoredFile:
    """Sort and write a table of ``SCHEMA``, synced; the returned path is the one given, as text."""
    order = pc.sort_indices(table, sort_keys=[(key, "ascending", "at_end") for key in SORT_KEYS])
    ordering = [(key, "ascending") for key in SORT_KEYS]
    sorting = pq.SortingColumn.from_ordering(SCHEMA, ordering, null_placement="at_end")
    return _write(table.take(order), path, sorting)


def write_rejected(rows: Sequence[Row], path: Path) -> StoredFile:
    """Write rows of ``REJECTED`` in the order given, synced."""
    return _write(pa.Table.from_pylist(list(rows), schema=REJECTED), path, None)


def _write(table: pa.Table, path: Path, sorting: Sequence[pq.SortingColumn] | None) -> StoredFile:
    """Write one synced file and return its description."""
    # A Python stream, so that a full disk comes as the plain OSError of the write that failed.
    with path.open("wb") as stream:
        with pq.ParquetWriter(
            stream,
            table.schema,
            compression="zstd",
            compression_level=3,
            write_page_index=True,
            write_page_checksum=True,
            sorting_columns=sorting,
        ) as writer:
            writer.write_table(table, row_group_size=ROW_GROUP)
        stream.flush()
        os.fsync(stream.fileno())
    return describe(path, str(path))


def describe(path: Path, name: str) -> StoredFile:
    """Return what a manifest says of a file under a name."""
    return StoredFile(path=name, rows=row_count(path), bytes=path.stat().st_size, sha256=file_sha256(path))


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return one file's rows; the folders' ``fetch_date`` and ``lang`` are not made into columns."""
    with _readable(path), opened(path) as file:
        return file.read(columns=list(columns) if columns else None)


def row_count(path: Path) -> int:
    """Return the number of rows that a file's footer tells."""
    with _readable(path), opened(path) as file:
        return int(file.metadata.num_rows)


def read_batches(paths: Iterable[Path], columns: Sequence[str], size: int = 1000) -> Iterator[pa.RecordBatch]:
    """Yield the rows of many files in bounded pieces of ``size`` rows."""
    for path in paths:
        with _readable(path), opened(path) as file:
            yield from file.iter_batches(batch_size=size, columns=list(columns))


@contextmanager
def opened(path: Path) -> Iterator[pq.ParquetFile]:
    """Open a file whatever it is called; given the path itself, PyArrow takes only names that are UTF-8."""
    with pa.OSFile(os.fsencode(path), "rb") as stream, pq.ParquetFile(stream, page_checksum_verification=True) as file:
        yield file


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Name the file that cannot be read, and what to do about it."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        cause = str(error).splitlines()[0]
        raise StoreError(
            f"{path} cannot be read ({cause}): restore it from a backup, or move it away and replay its pages"
        ) from error
