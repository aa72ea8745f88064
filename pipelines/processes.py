"""The server that worker processes are forked from.

It imports what cleaning needs and reads its tables before the first worker is asked for, so that a worker is ready at
once and shares that memory with the others. Not plain fork: a copy of a process with threads (Arrow's, the
translator's) can hang on their locks.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext

PREPARED = ["pipelines.ready"]
"""What the server imports."""


def context() -> ForkServerContext:
    """Return the context in which worker processes are started."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PREPARED)
    return made


def start_server() -> None:
    """Start the server now: it gets ready while this process goes on importing."""
    context()
    forkserver.ensure_running()
