"""A process that stores articles until it is killed, by another or, at a chosen call, by itself."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.errors import StoreError
from pipelines.model import Language, Rejected
from pipelines.store.catalogue import Entry
from pipelines.store.manifest import Manifest
from tests.store_samples import article, store

REAL = {"rename": Path.rename, "mkdir": Path.mkdir, "unlink": Path.unlink}


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to store, and at which call to the file system or to SQLite, from 1, to die: before it or after it.

    ``ctrl_c``: not to die there, but to be interrupted, and to commit what is done as ``bulk.run`` does.
    """

    root: Path
    run_id: str
    first: int = 0
    last: int = 24
    again: bool = False
    compact: bool = False
    kill_at: int = 0
    kill_after: bool = False
    ctrl_c: bool = False


class Counter:
    """Counts calls and dies at the chosen one."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.calls = 0

    def wrap(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            self.calls += 1
            mine = self.calls == self.job.kill_at
            if mine and not self.job.kill_after:
                os.kill(os.getpid(), signal.SIGINT if self.job.ctrl_c else signal.SIGKILL)
            result = real(*args, **options)
            if mine:
                os.kill(os.getpid(), signal.SIGINT if self.job.ctrl_c else signal.SIGKILL)
            return result

        return call


def main(job: Job, diary: Path) -> None:
    """Store ``last - first`` articles; the diary gets each record id once its commit is safe, then ``calls n``."""
    counter = Counter(job)

    class Counted(sqlite3.Connection):
        """A connection each of whose statements counts, so that the kill cuts its transactions short."""

        execute = counter.wrap(sqlite3.Connection.execute)  # type: ignore[assignment]
        executemany = counter.wrap(sqlite3.Connection.executemany)  # type: ignore[assignment]

    connect = sqlite3.connect
    sqlite3.connect = lambda *args, **options: connect(*args, factory=Counted, **options)  # type: ignore[assignment]
    for name, real in REAL.items():
        setattr(Path, name, counter.wrap(real))
    os.fsync = counter.wrap(os.fsync)
    shutil.rmtree = counter.wrap(shutil.rmtree)  # type: ignore[assignment]

    with diary.open("a") as stream:

        def announce(_: Manifest, entries: Sequence[Entry]) -> None:
            stream.writelines(f"{entry.record_id}\n" for entry in entries)
            stream.flush()

        signal.signal(signal.SIGINT, signal.default_int_handler)
        target = store(job.root, job.run_id, again=job.again, checkpoint_rows=7, on_commit=announce)
        try:
            for number in range(job.first, job.last):
                if number % 5 == 0:
                    target.reject(Rejected(url=f"https://news.example/r{number}", source="s", reason="too_short"))
                language = Language(code=("zh", "en")[number % 2], score=1.0)
                target.add(article(number, language=language), [number] * 128)
            if job.compact:
                target.compact()
            target.close()
        except KeyboardInterrupt:
            stream.write("calls were interrupted\n")
            with suppress(StoreError):
                target.close()
            return
        stream.write(f"calls {counter.calls}\n")
