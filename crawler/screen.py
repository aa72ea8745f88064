"""What a command prints: no traceback for a closed pipe, a full disk, Ctrl-C, or a character the terminal lacks."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import argparse

    from scrapy.commands import ScrapyCommand

C = TypeVar("C", bound="ScrapyCommand")
INTERRUPTED = 130
"""What shells give a command that Ctrl-C ended."""
CANNOT_WRITE = 3


def printed(
    run: Callable[[C, list[str], argparse.Namespace], None],
) -> Callable[[C, list[str], argparse.Namespace], None]:
    """Wrap a command's ``run``: where its words go may be closed, full, or of a small charset.

    A reader that has seen enough leaves the exit code as it is; words that cannot be written make it 3.
    """

    @functools.wraps(run)
    def wrapped(self: C, args: list[str], opts: argparse.Namespace) -> None:
        open_streams()
        try:
            run(self, args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            _mute()
        except KeyboardInterrupt:
            _say("interrupted")
            self.exitcode = INTERRUPTED
        except OSError as error:
            _mute()
            _say(f"error: cannot write {error.filename or 'to standard output'}: {error.strerror or error}")
            self.exitcode = CANNOT_WRITE

    return wrapped


def tell_interrupts() -> None:
    """Let a Ctrl-C that comes before any command runs (imports take a second) end in a word, not in a traceback."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            _say("interrupted")
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = hook


def open_streams() -> None:
    """Give closed streams (``>&-``) somewhere to write, and every one a way to write any character."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (till the end)
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace" if name == "stdout" else "backslashreplace")


def open_log(file: str | None) -> None:
    """Make the folder of a log file, before Scrapy opens it; end with one line where it cannot be written."""
    if not file:
        return
    path = Path(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        _say(f"error: cannot write the log to {path}: {error.strerror or error}")
        sys.exit(CANNOT_WRITE)


def _mute() -> None:
    """Send what is still to be printed nowhere, so that the interpreter does not fail on it at its end."""
    with suppress(OSError, ValueError):
        handle = os.open(os.devnull, os.O_WRONLY)
        os.dup2(handle, sys.stdout.fileno())
        os.close(handle)


def _say(line: str) -> None:
    with suppress(OSError):
        print(line, file=sys.stderr)
