"""The process that ``tests.forked`` forks from: it has loaded what a command of scrapy loads, and nothing has run in it.

``python -m tests.fork_server SOCKET`` ends with its standard input, and takes the socket's folder along. Each connection brings one command: a line of JSON
(arguments, folder, environment) with three open files. It is answered with the process's id and, at its end, its status.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import runpy
import select
import shutil
import socket
import sys
from contextlib import suppress
from multiprocessing import util
from pathlib import Path
from typing import Any

PREPARED = (
    "scrapy.cmdline", "scrapy.commands.crawl", "scrapy.core.engine", "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11", "scrapy.core.scraper", "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.redirect", "scrapy.downloadermiddlewares.httpcompression", "scrapy.squeues",
    "scrapy.downloadermiddlewares.cookies", "scrapy.extensions.feedexport", "scrapy.extensions.closespider",
    "twisted.internet.asyncioreactor", "pandas", "pyarrow.dataset", "pyarrow.parquet", "rich.progress",
    "crawler.middlewares", "crawler.probe", "crawler.javascript", "crawler.outcome", "crawler.article_view",
    "crawler.report_tables", "crawler.report_page", "crawler.checkup", "pipelines.stages", "pipelines.ready",
)  # fmt: skip
"""pandas, because pyarrow imports it where it is installed."""
NOT_YET = ("crawler.settings", "twisted.internet.reactor", "argostranslate")
"""What each process makes for itself: the name of its run, its event loop; and what reads the environment at once."""


def main(path: str) -> None:
    """Fork a process for every connection until standard input ends."""
    for name in PREPARED:
        importlib.import_module(name)
    assert not {*NOT_YET} & set(sys.modules), "loaded in the server, it would be the same in every process"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(16)
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [])
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        if sys.stdin in ready:
            shutil.rmtree(Path(path).parent)
            return
        connection, _ = listener.accept()
        if os.fork() == 0:
            break
        connection.close()
    listener.close()
    message, files, _, _ = socket.recv_fds(connection, 1 << 16, 3)
    while not message.endswith(b"\n"):
        message += connection.recv(1 << 16)
    child = os.fork()
    if child:
        _wait(child, connection, files)
    connection.close()
    _become(json.loads(message), files)


def _wait(child: int, connection: socket.socket, files: list[int]) -> None:
    """Say who was born and how it ended; the test that asked may be gone by then."""
    for file in files:
        os.close(file)
    with suppress(OSError):
        connection.sendall(b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    with suppress(OSError):
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(wanted: dict[str, Any], files: list[int]) -> None:
    """Run ``scrapy`` as ``python -m scrapy`` does; its end is the end of this interpreter."""
    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    sys.stdin, sys.stdout = open(0, closefd=False), open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False, errors="backslashreplace", buffering=1)  # noqa: SIM115
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    random.seed()
    util.spawnv_passfds = _forked
    sys.path[0] = wanted["cwd"]
    sys.argv = ["scrapy", *wanted["arguments"]]
    runpy.run_module("scrapy", run_name="__main__", alter_sys=True)


def _forked(_: bytes, arguments: list[str], kept: list[int]) -> int:
    """Fork multiprocessing's server of worker processes, where it would start Python and load all of it again."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        util._finalizer_registry.clear()
        for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
            if int(name) > 2 and int(name) not in kept:
                with suppress(OSError):
                    os.close(int(name))
        exec(arguments[-1], {})
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
