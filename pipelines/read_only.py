"""Opens an SQLite file to be read alone: by a user who may not write there, and without leaving anything beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def open_read_only(path: Path, *, timeout: float = 30) -> sqlite3.Connection:
    """Return a connection that changes nothing, the file's journal included; ``timeout`` in seconds for a lock.

    A reader of a file in WAL mode leaves two files beside it, and fails where it may not write them. Without a log
    there is nobody writing and nothing to merge, and the file can be read as it lies.
    """
    alone = not path.with_name(f"{path.name}-wal").exists()
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    return sqlite3.connect(address, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)


def is_denied(error: sqlite3.Error) -> bool:
    """Tell whether a file cannot be read as this user may not open it or its journal; nothing is wrong with it then."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"))
