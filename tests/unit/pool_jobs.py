"""Work that goes wrong, for the pool's tests; in a module of its own because worker processes import it."""

from __future__ import annotations

import os
import signal
import time

from pipelines import lexicon
from pipelines.config import Config
from pipelines.model import RawPage, Rejected


def work(page: RawPage, config: Config) -> Rejected:
    """Die, hang or answer, as the body says."""
    if page.body == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if page.body == b"hang":
        time.sleep(600)
    time.sleep(0.01)
    return Rejected(url=page.url, source=page.source, reason="fine")


def prepared(page: RawPage, config: Config) -> Rejected:
    """Answer whether the worker had read the lexicon before its first page."""
    ready = lexicon.load.cache_info().currsize > 0
    return Rejected(url=page.url, source=page.source, reason="ready" if ready else "cold")
