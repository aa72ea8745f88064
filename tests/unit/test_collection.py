"""Workers must collect the same tests, whatever second they start in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"
MODULE = """
import time

import pytest


@pytest.mark.parametrize(("body", "kind"), [(time.time_ns().to_bytes(8, "big"), "now"), (b"y", "now"), ("z", "text")])
def test_body(body, kind): ...
"""


def test_parameters_of_bytes_are_named_by_their_place(tmp_path: Path) -> None:
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_packed.py").write_text(MODULE)
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    first, second = (
        [
            line
            for line in subprocess.run(collect, capture_output=True, text=True, cwd=tmp_path).stdout.splitlines()
            if "::" in line
        ]
        for _ in range(2)
    )
    assert first == second == [f"test_packed.py::test_body[{name}]" for name in ("body-now0", "body-now1", "z-text")]
