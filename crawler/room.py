"""Whether this machine's limits leave a run room to work in: said in one line before it begins, not in tracebacks."""

from __future__ import annotations

import os
import resource

from pipelines.errors import StoreError

_FILES, _FILES_EACH = 48, 4
"""Open files of a run, and what each worker process adds. Measured on two workers, less than 36 ended in errors."""
RUN_SPACE = 3 * 2**30
"""Bytes of address space (not of memory: most is never touched). Measured on two workers: a run peaks at 2.9 GiB, and
under limits of .8 to 1.9 GiB it aborted, or failed at one place or another."""
PAGE_SPACE = 2**29
"""The same for cleaning pages in the command's own process, which aborts at .4 GiB and does with .7."""


def check_run(workers: int, connections: int) -> None:
    """Raise StoreError where a run of so many worker processes and connections cannot work."""
    check_files(_FILES + _FILES_EACH * (workers or os.cpu_count() or 1) + connections)
    check_space(RUN_SPACE)


def check_files(needed: int) -> None:
    """Ask for as many open files as are needed; raise StoreError where there are not so many to be had."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise StoreError(f"this run needs {needed} open files and may have {hard}: raise the limit (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def check_space(needed: int) -> None:
    """Raise StoreError where the process may not have so much address space."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft < needed:
        raise StoreError(
            f"this needs {needed / 2**30:g} GiB of address space and may have {soft / 2**30:.1f}: "
            "raise the limit (ulimit -v) or take it away"
        )
