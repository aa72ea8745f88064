"""Files that survive a power cut: synced writes and folders, ``state.sqlite``, and the lock that keeps runs apart."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from pipelines.errors import OutputLocked, StoreError
from pipelines.store import damage

_held: set[Path] = set()


def sync_folder(folder: Path) -> None:
    """Make renames and new names inside the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Create the folder and its parents, each name synced; nothing happens where it is there already."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    sync_folder(folder.parent)


def write_file(path: Path, content: bytes, staging: Path) -> None:
    """Write the file under another name in ``staging`` (same file system), sync it, and rename it into place."""
    draft = staging / path.name
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.rename(path)
    sync_folder(path.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file of the user's naming: what is there already is replaced only when the new one is whole.

    A link stays a link, and its target is replaced; a pipe or a device (``/dev/stdout``) is written to and stays one.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    target = Path(os.path.realpath(path))
    draft = target.with_name(f".{target.name[:200]}.{os.getpid()}")
    try:
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def plain_errors(root: Path) -> Iterator[None]:
    """Turn whatever the operating system or SQLite reports into one line that names the folder and the cause."""
    try:
        yield
    except OSError as error:
        cause = os.strerror(error.errno) if error.errno else str(error).splitlines()[0]
        where = f" ({error.filename})" if error.filename else ""
        raise StoreError(f"cannot write to {root}: {cause}{where}; what was committed before is intact") from error
    except sqlite3.Error as error:
        healed = "; the next run sets it aside and makes it again from the manifests" * damage.note(root, error)
        raise StoreError(
            f"cannot use {root / damage.STATE}: {error}; what was committed before is intact{healed}"
        ) from error


def open_state(path: Path) -> sqlite3.Connection:
    """Open ``state.sqlite``, whose tables have several owners, each with a connection; every statement commits itself.

    What a power cut takes of it is made again (rows from manifests, pages by fetching or counting them again), so a
    sync for each commit is not needed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    try:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
    except BaseException:
        base.close()
        raise
    return base


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[None]:
    """Keep what is written within as a whole or not at all; a commit that fails (a full disk) undoes it as well."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
        base.execute("COMMIT")
    except BaseException:
        if base.in_transaction:  # SQLite itself undoes what a full disk stops
            base.execute("ROLLBACK")
        raise


class FolderLock:
    """The right of one process to write below a folder; it ends with the process, however that dies.

    A POSIX record lock, not ``flock``: worker processes inherit the latter, and an orphaned worker would keep the
    folder locked after its parent was killed. Record locks do not keep two runs of one process apart, so a set does.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        if self.path in _held:
            raise OutputLocked(f"{path.parent} is being written by another run of this process")
        self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.lockf(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            owner = os.pread(self._handle, 100, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._handle)
            if not isinstance(error, BlockingIOError | PermissionError):
                raise
            raise OutputLocked(
                f"{path.parent} is being written by another run (process {owner}): wait, or choose another output"
            ) from None
        _held.add(self.path)

    def sign(self) -> None:
        """Write this process's number into the lock file, for the message that another run shows."""
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next run in; harmless when called twice."""
        if self.path in _held:
            _held.discard(self.path)
            os.close(self._handle)

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
