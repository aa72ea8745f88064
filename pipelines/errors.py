"""The errors a user sees: one line each, saying what to do, with the exit code that a command ends with."""

from __future__ import annotations


class PolygleanError(Exception):
    """Base of every error that is shown as one line rather than a traceback."""

    exit_code = 1


class UsageError(PolygleanError):
    """The command line or a setting cannot be used as given."""

    exit_code = 2


class StoreError(PolygleanError):
    """Records could not be written (full disk, no permission); what was committed before is intact."""

    exit_code = 3


class OutputLocked(StoreError):
    """Another run is writing to the same output folder; this one has written nothing (75 is EX_TEMPFAIL)."""

    exit_code = 75


class BrokenPage(PolygleanError):
    """One page cannot be read; ``reason`` is a short code such as ``empty_page`` or ``truncated_gzip``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class PackageError(PolygleanError):
    """A translation package is missing, damaged or refused."""
