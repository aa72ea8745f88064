"""The server that worker processes are forked from.

It imports what cleaning needs and reads its tables before the first worker is asked for, so that a worker is ready at
once and shares that memory with the others. Not plain fork: a copy of a process with threads (Arrow's, the
translator's) can hang on their locks.
"""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkServerContext

PREPARED = ["pipelines.ready"]
"""What the server imports."""


def context() -> ForkServerContext:
    """Return the context in which worker processes are started."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PREPARED)
    return made


def start_server() -> None:
    """Start the server now: it gets ready while this process goes on importing.

    A Ctrl-C goes to every process of a terminal; the server and its workers leave it to the run, which ends them.
    """
    context()
    resource_tracker.ensure_running()  # it undoes the mask if it is started within
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
