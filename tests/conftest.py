"""In CI a skipped test is a failed one: there, everything that the tests need can be installed.

On several workers, modules that mostly wait for processes and servers run beside those that compute.
"""

from __future__ import annotations

import os
from itertools import groupby

import pytest
from hypothesis import settings

# No example is too slow: on a busy machine any may be, and how quick the code is has benchmarks of its own.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_skipped: list[str] = []
WAITING = ("readers", "browser", "e2e", "crash", "live")
"""Folders whose tests spend most of their time waiting. Left to the end, as their order has it, they would keep two cores
half idle for five minutes; spread among the others they take none."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Spread the waiting modules evenly among the others, the longest first; alone, pytest runs the fast ones first."""
    if not hasattr(config, "workerinput"):
        return
    modules = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    waiting = [module for module in modules if module[0].path.parent.name in WAITING][::-1]
    others = [module for module in modules if module[0].path.parent.name not in WAITING]
    every = max(1, len(others) // max(1, len(waiting)))
    order: list[list[pytest.Item]] = []
    for number, module in enumerate(others):
        if number % every == 0 and waiting:
            order.append(waiting.pop(0))
        order.append(module)
    items[:] = [item for module in (*order, *waiting) for item in module]


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a parameter of bytes after its argument and place, never after what it holds.

    Packed bytes may hold the second they were packed in, and workers that import a module in different seconds would
    collect different tests: the run ends before its first test.
    """
    return argname if isinstance(val, bytes | bytearray) else None


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped, and why."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        _skipped.append(f"{report.nodeid}: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every skipped test loudly."""
    if _skipped:
        terminalreporter.section("NOT RUN", sep="!", red=True)
        for line in _skipped:
            terminalreporter.line(line)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a CI run that skipped anything."""
    if _skipped and os.environ.get("POLYGLEAN_CI") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
