"""What happens to a damaged ``state.sqlite``: it is noted where a statement meets it, and set aside by the next run.

SQLite reads a page only when a statement needs it, so damage in the middle of the file may show at any moment of a
run. Such a run ends, having left a mark; a run that opens the folder sets a marked file aside, or one in which it
meets damage itself, and begins a new one.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

logger = logging.getLogger(__name__)

STATE = "state.sqlite"
MARK = f"{STATE}.damaged"
"""The mark, a file with the error in it; what is set aside has the second after it, and a dash between."""
LOOKED_THROUGH = 64 * 1024 * 1024
"""Bytes up to which every run looks through the whole file before it begins; about .1 s, and 50,000 articles."""


def is_damage(error: BaseException) -> bool:
    """Tell whether SQLite says that the file itself is wrong; not a lock, a full disk or a missing permission."""
    if isinstance(error, sqlite3.OperationalError):
        return str(error).startswith("Could not decode to UTF-8")  # a text that was overwritten
    return type(error) is sqlite3.DatabaseError  # the rest are subclasses


def note(root: Path, error: BaseException) -> bool:
    """Leave the mark if the error means damage, and tell whether it does."""
    if not is_damage(error):
        return False
    with contextlib.suppress(OSError):  # the next run will meet the damage itself
        (root / MARK).write_text(f"{error}\n", encoding="utf-8")
    return True


def look(root: Path, base: sqlite3.Connection) -> None:
    """Raise DatabaseError for a file that an earlier run marked, or in which the look through finds damage."""
    with contextlib.suppress(FileNotFoundError):
        raise sqlite3.DatabaseError((root / MARK).read_text(encoding="utf-8", errors="replace").strip() or "malformed")
    if (root / STATE).stat().st_size <= LOOKED_THROUGH:
        found = base.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(" ".join(found.split()))


def set_aside(root: Path, error: BaseException) -> None:
    """Give the damaged file, closed by now, another name, and begin a new one that knows it."""
    aside = f"{MARK}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    (root / f"{STATE}-shm").unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):  # the journal, from which it may still be read, goes along
        (root / f"{STATE}-wal").rename(root / f"{aside}-wal")
    (root / STATE).rename(root / aside)
    (root / MARK).unlink(missing_ok=True)
    with closing(sqlite3.connect(root / STATE)) as base, base:
        base.execute("CREATE TABLE set_aside (name TEXT NOT NULL)")
        base.execute("INSERT INTO set_aside VALUES (?)", (aside,))
    logger.warning("%s is damaged (%s): set aside as %s, a new one is made", root / STATE, error, aside)


@contextlib.contextmanager
def what_was_set_aside(root: Path, base: sqlite3.Connection) -> Iterator[list[Path]]:
    """Give the files whose other tables nobody has looked at yet; they count as looked at when the caller is done."""
    if base.execute("SELECT 1 FROM sqlite_schema WHERE name = 'set_aside'").fetchone() is None:
        yield []
        return
    found = [root / name for (name,) in base.execute("SELECT name FROM set_aside").fetchall()]
    yield [path for path in found if path.exists()]
    base.execute("DELETE FROM set_aside")
