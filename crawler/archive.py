"""Writes every fetch as WARC 1.1, so that a crawl can be replayed years later with better cleaning.

A file is written under ``NAME.warc.gz.open`` and renamed when it is full or the run ends; it is never appended to by
a later run. Each record is a gzip member of its own. Bytes are on the disk before the page they belong to goes on, so
that no stored row ever points to an archive record that a power cut has taken.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from crawler import warc
from crawler.warc import Exchange
from pipelines.errors import StoreError
from pipelines.store.durable import sync_folder

logger = logging.getLogger(__name__)

ROTATE_BYTES = 1024 * 1024 * 1024
OPEN = ".open"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response record lies: file name (without folder), and offset in bytes."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """A finished file, as its manifest in ``runs/`` states it."""

    file: str
    run_id: str
    records: int
    bytes: int
    sha256: str
    salvaged: bool = False


class Archive:
    """One run's archive. ``append`` and ``close`` block and are meant for one thread; they raise StoreError."""

    def __init__(self, root: Path, run_id: str, *, rotate_bytes: int = ROTATE_BYTES) -> None:
        """Write into ``root/archive``, manifests into ``root/runs``; nothing is created before the first append."""
        self.folder, self.runs, self.run_id = root / "archive", root / "runs", run_id
        self._rotate = rotate_bytes
        self._number = 0
        self._file: BinaryIO | None = None
        self._path = Path()
        self._info = ""
        self._size = self._records = 0
        self._hash = hashlib.sha256()

    def append(self, exchanges: Sequence[Exchange]) -> list[Place]:
        """Write exchanges, each whole in one file, and make them durable; return the places of the responses."""
        try:
            places = [self._write(exchange) for exchange in exchanges]
            if self._file is not None:
                self._file.flush()
                os.fsync(self._file.fileno())
        except OSError as error:
            self._drop()
            raise StoreError(f"cannot write the archive in {self.folder}: {error.strerror or error}") from error
        return places

    def close(self) -> None:
        """Finish the file under way, if there is one."""
        try:
            self._finish()
        except OSError as error:
            raise StoreError(f"cannot finish the archive {self._path.name}: {error.strerror or error}") from error

    def _write(self, exchange: Exchange) -> Place:
        if self._file is not None and self._size >= self._rotate:
            self._finish()
        if self._file is None:
            self._start()
        place = Place(file=self._path.name.removesuffix(OPEN), offset=self._size)
        for record in warc.records(exchange, self._info):
            self._put(record)
        return place

    def _start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        while True:
            name = f"polyglean-{self.run_id}-{self._number:05d}.warc.gz"
            self._number += 1
            self._path = self.folder / (name + OPEN)
            if not (self.folder / name).exists() and not self._path.exists():
                break
        self._file = self._path.open("xb")
        self._size = self._records = 0
        self._hash = hashlib.sha256()
        self._info = f"<urn:uuid:{uuid.uuid4()}>"
        self._put(warc.warcinfo(self._info, name))

    def _put(self, record: bytes) -> None:
        assert self._file is not None
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        data = packer.compress(record) + packer.flush()
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)
        self._records += 1

    def _finish(self) -> None:
        if self._file is None:
            return
        file, self._file = self._file, None
        with file:
            file.flush()
            os.fsync(file.fileno())
        final = self._path.with_name(self._path.name.removesuffix(OPEN))
        self._path.rename(final)
        sync_folder(self.folder)
        digest = self._hash.hexdigest()
        _note(
            self.runs,
            ArchiveFile(file=final.name, run_id=self.run_id, records=self._records, bytes=self._size, sha256=digest),
        )

    def _drop(self) -> None:
        """Let go of a file that could not be written; ``salvage`` keeps its whole records at the next start."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                file.close()
            except OSError:
                logger.debug("closing %s failed too", self._path)


class ArchiveQueue:
    """An ``Archive`` for the event loop: exchanges that come while one batch is on its way make up the next."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: list[tuple[Exchange, asyncio.Future[Place]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, exchange: Exchange) -> Place:
        """Write one exchange; return when it is on the disk. Raises StoreError."""
        done: asyncio.Future[Place] = asyncio.get_running_loop().create_future()
        self._waiting.append((exchange, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._work())
        return await done

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                places = await asyncio.to_thread(self._archive.append, [exchange for exchange, _ in batch])
            except StoreError as error:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
                continue
            for (_, done), place in zip(batch, places, strict=True):
                if not done.done():
                    done.set_result(place)

    async def close(self) -> None:
        """Write what waits and finish the file."""
        if self._writer is not None:
            await self._writer
        await asyncio.to_thread(self._archive.close)


def salvage(root: Path) -> list[ArchiveFile]:
    """Finish the files that killed runs left open: a torn last record is cut off. Call it under the output's lock."""
    found: list[ArchiveFile] = []
    for path in sorted((root / "archive").glob(f"*.warc.gz{OPEN}")):
        final = path.with_name(path.name.removesuffix(OPEN))
        records, size, digest = measure(path)
        run_id = final.name.removeprefix("polyglean-").rsplit("-", 1)[0]
        if records <= 1:  # nothing but the note of who writes it
            path.unlink()
            continue
        with path.open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())
        path.rename(final)
        sync_folder(path.parent)
        made = ArchiveFile(file=final.name, run_id=run_id, records=records, bytes=size, sha256=digest, salvaged=True)
        _note(root / "runs", made)
        logger.warning("archive: %s was left open by a killed run; %d whole records kept", final.name, records)
        found.append(made)
    return found


def measure(path: Path) -> tuple[int, int, str]:
    """Return a file's whole records, the bytes they take, and the SHA-256 of those bytes; reads it once, bounded."""
    records = size = 0
    digest, pending = hashlib.sha256(), hashlib.sha256()
    with path.open("rb") as file:
        unpacker, data, used = zlib.decompressobj(31), b"", 0
        while True:
            data = data or file.read(_CHUNK)
            if not data:
                break
            try:
                unpacker.decompress(data, _CHUNK)
            except zlib.error:
                break
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            taken = data[: len(data) - len(rest)]
            used += len(taken)
            pending.update(taken)
            data = rest
            if unpacker.eof:
                records, size, used = records + 1, size + used, 0
                digest = pending.copy()
                unpacker = zlib.decompressobj(31)
    return records, size, digest.hexdigest()


def check(root: Path) -> list[str]:
    """Compare every archive file with its manifest; return one line for each that is missing, torn or changed."""
    problems = []
    for path in sorted((root / "runs").glob("*.warc.json")):
        stated = json.loads(path.read_text())
        file = root / "archive" / stated["file"]
        if not file.exists():
            problems.append(f"{file}: named by {path.name}, but missing")
        elif measure(file) != (stated["records"], stated["bytes"], stated["sha256"]):
            problems.append(f"{file}: not as {path.name} states it")
    return problems


def _note(runs: Path, made: ArchiveFile) -> None:
    """Write the manifest of a finished file, whole or not at all."""
    runs.mkdir(parents=True, exist_ok=True)
    number = made.file.removesuffix(".warc.gz").rsplit("-", 1)[1]
    path = runs / f"{made.run_id}-{number}.warc.json"
    draft = path.with_suffix(".json.tmp")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(made), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    sync_folder(runs)
