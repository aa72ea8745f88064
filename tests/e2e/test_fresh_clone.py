"""The two commands of the README on a copy of what git holds: nothing that lies about on this machine helps them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from tests.e2e.conftest import offline
from tests.e2e.copies import copy_of_the_project

LIMIT_MB = 700


def size_mb(folder: Path) -> float:
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*")) / 1e6


@pytest.mark.slow
def test_two_commands_do_everything(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path / "polyglean")
    keep = ("PATH", "HOME", "LANG", "PIP_", "SSL_", "REQUESTS_", "HTTP", "http", "NO_PROXY", "no_proxy", "XDG_")
    env = {name: value for name, value in os.environ.items() if name.startswith(keep)}
    env |= {"POLYGLEAN_OFFLINE": "1", "ARGOS_PACKAGES_DIR": str(tmp_path / "none"), "PYTHONDONTWRITEBYTECODE": ""}
    make = ["make", f"PYTHON={sys.executable}"]

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False, timeout=900)

    setup = call(*make, "setup")
    assert setup.returncode == 0, setup.stderr
    assert size_mb(project / ".venv") < LIMIT_MB
    installed = {path.name.lower() for path in (project / ".venv").glob("lib/*/site-packages/*")}
    assert installed.isdisjoint({"torch", "stanza", "spacy", "minisbd"})

    first = call(*offline([*make, "replay"]))
    assert first.returncode == 0, first.stderr + first.stdout
    assert ds.dataset(project / "output" / "articles", partitioning="hive").count_rows() == 5
    assert all(path.suffix == ".parquet" for path in (project / "output" / "articles").rglob("*") if path.is_file())

    second = call(*offline([*make, "replay"]))
    assert second.returncode == 0, second.stderr
    assert "setting up" not in second.stdout, "a second call sets up again"

    tests = call(*make, "test", "TESTS=tests/unit/test_identity.py")
    assert tests.returncode == 0, tests.stdout[-3000:] + tests.stderr[-3000:]
    assert "passed" in tests.stdout
