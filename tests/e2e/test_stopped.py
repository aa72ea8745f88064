"""A replay that is asked to end while pages are under way ends, and what is done is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset as ds
import pytest

ROOT = Path(__file__).parents[2]
PAGES = 1_200
"""So many take one worker ten seconds and more: the signal comes while they are under way."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        lines = (
            f"<p>The council said that plan {number}-{part} for the bridge would take years.</p>" for part in "abcd"
        )
        text = (
            f"<title>Report number {number}</title><article><h1>Report number {number}</h1>{''.join(lines)}</article>"
        )
        (folder / f"{number:04}.html").write_text(text)
    return folder


def replay(pages: Path, output: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scrapy", "replay", str(pages), "-o", str(output), "--quiet", *arguments]
    # A shell starts what stands in the background with the signal ignored; a terminal does not.
    heard = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=heard)


def ids(output: Path) -> list[str]:
    found = [str(path) for path in (output / "articles").rglob("*.parquet")]
    return ds.dataset(found, format="parquet").to_table(["record_id"])["record_id"].to_pylist() if found else []


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_replay_and_what_is_done_is_kept(pages: Path, tmp_path: Path, asked: signal.Signals) -> None:
    output = tmp_path / "output"
    run = replay(pages, output, "-s", "CLEAN_WORKERS=1", "-s", "PAGES_IN_FLIGHT=16")
    deadline = time.monotonic() + 60
    while not (output / "state.sqlite").exists():
        assert time.monotonic() < deadline and run.poll() is None
        time.sleep(0.1)
    time.sleep(5)
    os.kill(run.pid, asked)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 0 and "Traceback" not in said, said
    done = ids(output)
    assert len(done) < PAGES
    again = replay(pages, output)
    _, said = again.communicate(timeout=300)
    assert again.returncode == 0, said
    assert len(ids(output)) == len(set(ids(output))) == PAGES and set(done) <= set(ids(output))


def test_a_limit_of_scrapys_own_ends_a_replay(pages: Path, tmp_path: Path) -> None:
    run = replay(pages, tmp_path / "output", "-s", "CLOSESPIDER_ITEMCOUNT=20", "-s", "PAGES_IN_FLIGHT=8")
    _, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert 20 <= len(ids(tmp_path / "output")) < PAGES
