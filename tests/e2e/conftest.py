"""Running the real command line on real files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SCRAPY = Path(sys.executable).with_name("scrapy")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def offline(command: list[str]) -> list[str]:
    """Wrap a command so that it has no network at all, where the system lets us."""
    probe = ["unshare", "-rn", "true"]
    if shutil.which("unshare") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return ["unshare", "-rn", *command]
    return command


def scrapy_with(packages: Path) -> Run:
    """Return a call of ``scrapy`` in the project without a network and with a package folder, made if need be."""

    def call(
        *args: str | Path, env: dict[str, str] | None = None, **kwargs: object
    ) -> subprocess.CompletedProcess[str]:
        packages.mkdir(exist_ok=True)
        variables = {**os.environ, "ARGOS_PACKAGES_DIR": str(packages), "COLUMNS": "160", **(env or {})}
        command = offline([str(SCRAPY), *map(str, args)])
        options = {"cwd": ROOT, "capture_output": True, "text": True, "timeout": 900, "check": False, **kwargs}
        return subprocess.run(command, env=variables, **options)  # type: ignore[call-overload,no-any-return]

    return call


@pytest.fixture
def scrapy(tmp_path: Path) -> Run:
    """Call ``scrapy`` with an empty package folder."""
    return scrapy_with(tmp_path / "packages")
