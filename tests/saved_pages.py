"""What the tests of saved pages share: reading, writing, a folder to work in, and being nobody."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from crawler.pages import read_pages
from pipelines.model import RawPage, Rejected

HTML = b"<!DOCTYPE html><title>Budget</title><p>The council approved the budget.</p>"
LIMIT = 1024 * 1024


def read(*specs: str | Path, limit: int = LIMIT) -> list[RawPage | Rejected]:
    return list(read_pages([str(spec) for spec in specs], max_bytes=limit))


def pages(items: Sequence[RawPage | Rejected]) -> list[RawPage]:
    return [item for item in items if isinstance(item, RawPage)]


def rejected(*specs: str | Path, limit: int = LIMIT) -> Rejected:
    """Return the one Rejected that reading gives, beside whatever pages."""
    (only,) = [item for item in read(*specs, limit=limit) if isinstance(item, Rejected)]
    assert only.broken
    assert "\n" not in only.detail
    return only


def put(path: Path, body: bytes = HTML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


@contextlib.contextmanager
def working_in(folder: Path) -> Iterator[Path]:
    """Work in a folder for a while and return the name of one inside it: sources are then short relative names."""
    (folder / "in").mkdir()
    before = Path.cwd()
    os.chdir(folder)
    yield Path("in")
    os.chdir(before)


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """Be nobody for a while where this is run by root, who reads everything."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(own)
