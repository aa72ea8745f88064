"""``scrapy`` as a process of its own that is at work at once: forked from one that has loaded what it needs.

Loading it takes ten times what a short command does. In everything else it is a process like any other, with memory,
files, signals and an exit code of its own, and can be killed. tests/e2e start it as a user does.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO, Any

ROOT = Path(__file__).parents[1]
PATIENCE = 600.0
"""Seconds after which something hangs: on the slowest machine, busy with other things, nothing has taken a quarter."""


@cache
def _server() -> str:
    """Start this process's server; return its address."""
    address = f"{tempfile.mkdtemp(prefix='fork')}/socket"
    line = [sys.executable, "-m", "tests.fork_server", address]
    server = subprocess.Popen(line, cwd=ROOT, stdin=subprocess.PIPE, start_new_session=True)

    def stop() -> None:
        server.stdin.close()  # type: ignore[union-attr]
        server.wait()

    atexit.register(stop)
    return address


def _connected() -> socket.socket:
    address, end = _server(), time.monotonic() + PATIENCE
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return connection


class Scrapy:
    """A running ``scrapy …``, to be used like a ``subprocess.Popen`` whose output is read as text."""

    def __init__(self, arguments: Sequence[object], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
        """Start it with the arguments behind ``scrapy``, in the project, with this process's environment."""
        self.args = ["scrapy", *map(os.fspath, map(_text, arguments))]
        self.returncode: int | None = None
        self._connection = _connected()
        pipes = [os.pipe(), os.pipe()]
        wanted = {"arguments": self.args[1:], "cwd": os.fspath(cwd), "env": dict(os.environ if env is None else env)}
        with Path(os.devnull).open() as nothing:
            files = [nothing.fileno(), pipes[0][1], pipes[1][1]]
            socket.send_fds(self._connection, [json.dumps(wanted).encode() + b"\n"], files)
        self._answers = self._connection.makefile("r")
        self.pid = int(self._answers.readline())
        for _, written in pipes:
            os.close(written)
        self._texts = ["", ""]
        self._readers = [
            Thread(target=self._read, args=(place, os.fdopen(pipe[0]))) for place, pipe in enumerate(pipes)
        ]
        self._waiter = Thread(target=self._wait, daemon=True)
        for thread in (*self._readers, self._waiter):
            thread.daemon = True
            thread.start()

    def _read(self, place: int, stream: IO[str]) -> None:
        with stream:
            self._texts[place] = stream.read()

    def _wait(self) -> None:
        self.returncode = int(self._answers.readline())
        self._connection.close()

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Send SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code; raise TimeoutExpired if there is none in time."""
        self._waiter.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Return what it printed and what it logged, once nobody can write there any more."""
        end = None if timeout is None else time.monotonic() + timeout
        for reader in self._readers:
            reader.join(None if end is None else max(0.0, end - time.monotonic()))
            if reader.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.wait(None if end is None else max(1.0, end - time.monotonic()))
        return self._texts[0], self._texts[1]

    def __enter__(self) -> Scrapy:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()


def _text(argument: object) -> str | os.PathLike[str]:
    return argument if isinstance(argument, str | os.PathLike) else str(argument)


def run(*arguments: object, timeout: float = PATIENCE, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run ``scrapy`` with arguments to its end."""
    process = Scrapy(arguments, **options)
    try:
        stdout, stderr = process.communicate(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return subprocess.CompletedProcess(process.args, process.returncode or 0, stdout, stderr)
