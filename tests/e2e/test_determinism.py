"""The same pages give the same rows on any day: the clock is an argument, never a source."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from tests.e2e.conftest import SEEDS, Run

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), None)
FETCHED = 1_750_000_000.0


def rows(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(output / "articles", partitioning="hive").to_table().to_pylist()
    for row in found:
        row.pop("run_id")  # names the run, and nothing else about the page
    return sorted(found, key=lambda row: row["record_id"])


@pytest.mark.skipif(FAKETIME is None, reason="LOUD: libfaketime is not installed (apt-get install faketime)")
def test_two_replays_under_two_dates_give_equal_rows(scrapy: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(SEEDS, pages)
    for path in pages.iterdir():
        os.utime(path, (FETCHED, FETCHED))
    found = []
    for date, workers in (("2025-07-01 12:00:00", 1), ("2031-02-03 04:05:06", 3)):
        output = tmp_path / date[:4]
        clock = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"@{date}", "NO_FAKE_STAT": "1", "DONT_FAKE_MONOTONIC": "1"}
        done = scrapy("replay", pages, "-o", output, "-s", f"CLEAN_WORKERS={workers}", env=clock)
        assert done.returncode == 0, done.stderr
        (manifest,) = (path for path in (output / "runs").glob("*.json"))
        assert date[:4] in manifest.read_text("utf-8"), "the clock was not faked"
        found.append(rows(output))
    assert len(found[0]) == 5
    assert found[0] == found[1]
