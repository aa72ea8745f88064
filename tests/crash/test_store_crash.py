"""A real process, really killed: no committed row is lost, none is doubled, and the folder can always be read."""

import json
import multiprocessing
import multiprocessing.context
import multiprocessing.forkserver
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from pipelines import schema
from pipelines.errors import StoreError
from pipelines.store import manifest, parquet
from tests.crash import store_child
from tests.store_samples import article, store

REPOSITORY = Path(__file__).resolve().parents[2]
ARTICLES = 24


CONTEXT = multiprocessing.get_context("forkserver")
# pandas, because pyarrow imports it where it is installed, which would be most of what each child does.
PREPARED = ["tests.crash.store_child", "pandas"]


@pytest.fixture(scope="module", autouse=True)
def prepared() -> Iterator[None]:
    """Begin with a fork server that has loaded what the children need.

    A process has one server; if another module's tests started it, the list of what to load would come too late, and
    each of the hundreds of children would import pandas for itself.
    """
    multiprocessing.forkserver._forkserver._stop()
    CONTEXT.set_forkserver_preload(PREPARED)
    yield
    multiprocessing.forkserver._forkserver._stop()


@dataclass
class Child:
    """A started process and the file in which it promises what is safe."""

    process: multiprocessing.context.ForkServerProcess
    diary: Path

    def lines(self) -> list[str]:
        """Return the whole lines of the diary: one cut in the middle was never promised."""
        return self.diary.read_text().split("\n")[:-1] if self.diary.exists() else []

    def wait(self) -> tuple[set[str], int]:
        """Return the record ids that were called safe, and the exit code."""
        self.process.join(120)
        assert self.process.exitcode is not None
        return {line for line in self.lines() if not line.startswith("calls")}, self.process.exitcode


def start(root: Path, run_id: str, **options: Any) -> Child:
    """Start a process that stores into ``root``; forked from a prepared one, so that hundreds take seconds."""
    diary = root.with_name(f"{root.name}-{run_id}.txt")
    job = store_child.Job(root=root, run_id=run_id, **options)
    process = CONTEXT.Process(target=store_child.main, args=(job, diary))
    process.start()
    return Child(process, diary)


def check(root: Path, safe: set[str]) -> list[dict[str, Any]]:
    """Recover, then compare the folder with what the manifests say and with what the children were promised."""
    store(root, "run-check").abandon()
    folder = ds.dataset(root / "articles", format="parquet", partitioning="hive", schema=schema.SCHEMA)
    found = folder.to_table(columns=["record_id", "run_id"]).to_pylist()
    ids = [row["record_id"] for row in found]
    assert len(ids) == len(set(ids)), "a record is there twice"
    assert safe <= set(ids), "a committed record is lost"
    live = manifest.live_files(manifest.read_all(root / "runs"))
    there = {path.relative_to(root).as_posix() for path in (root / "articles").rglob("*") if path.is_file()}
    assert there == set(live)
    for path, file in live.items():
        assert parquet.file_sha256(root / path) == file.sha256
        assert pq.read_metadata(root / path).num_rows == file.rows
    rejected = [one.rejected.path for one in manifest.read_all(root / "runs") if one.rejected]
    lists = [path.relative_to(root).as_posix() for path in (root / "runs").glob("*-rejected.parquet")]
    assert sorted(lists) == sorted(rejected)
    assert not list((root / ".staging").iterdir()) and not (root / "orphans").exists()
    return found


def complete(root: Path) -> None:
    """Run once more without a kill: everything is there exactly once then."""
    safe, code = start(root, "run-last").wait()
    assert code == 0
    assert len(check(root, safe)) == ARTICLES


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a kill leaves the same there, and hundreds of runs need no disk."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


def calls_of_a_whole_run(root: Path, run_id: str = "run-whole", **options: Any) -> int:
    child = start(root, run_id, **options)
    assert child.wait()[1] == 0
    return int(child.lines()[-1].removeprefix("calls "))


@pytest.mark.parametrize("after", [False, True])
def test_killed_before_and_after_the_calls_of_a_run(memory: Path, after: bool):
    total = calls_of_a_whole_run(memory / "whole")
    # Spread over the whole run, and densely over one of its commits with all that belongs to it.
    points = sorted({*range(1, total + 1, total // 40), *range(total // 2, total // 2 + 60, 2)})
    assert len(points) >= 60
    for point in points:
        root = memory / f"killed-{point}"
        safe, code = start(root, "run-a", kill_at=point, kill_after=after).wait()
        assert code == -signal.SIGKILL
        check(root, safe)
        if point % 2:
            complete(root)
        shutil.rmtree(root)


def test_killed_while_rows_are_replaced(memory: Path):
    whole = memory / "whole"
    calls_of_a_whole_run(whole)
    shutil.copytree(whole, memory / "replaced")
    total = calls_of_a_whole_run(memory / "replaced", "run-again", again=True)
    for point in range(2, total, total // 40):
        root = memory / f"killed-{point}"
        shutil.copytree(whole, root)
        safe, code = start(root, "run-a", kill_at=point, again=True).wait()
        assert code == -signal.SIGKILL
        assert len(check(root, safe)) == ARTICLES
        start(root, "run-b", again=True).wait()
        assert {row["run_id"] for row in check(root, set())} == {"run-b"}
        shutil.rmtree(root)


def test_killed_while_files_are_merged(memory: Path):
    before = calls_of_a_whole_run(memory / "whole", "run-plain")
    total = calls_of_a_whole_run(memory / "whole-merged", "run-merge", compact=True)
    assert total > before + 10
    for point in range(before - 5, total + 1, 2):
        root = memory / f"killed-{point}"
        safe, code = start(root, "run-a", kill_at=point, compact=True).wait()
        assert code == -signal.SIGKILL
        assert len(check(root, safe)) == ARTICLES
        calls_of_a_whole_run(root, "run-b", compact=True)
        assert len(check(root, safe)) == ARTICLES
        assert len(list((root / "articles").rglob("*.parquet"))) == 2
        shutil.rmtree(root)


def test_killed_at_any_moment_again_and_again(memory: Path):
    chance = random.Random(20)
    root = memory / "output"
    safe: set[str] = set()
    killed = 0
    for turn in range(40):
        child = start(root, f"run-{turn}", first=turn * 100, last=turn * 100 + 400)
        while not child.lines() and child.process.is_alive():  # at work: from here on, at any moment
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.2))
        child.process.kill()
        promised, code = child.wait()
        killed += code == -signal.SIGKILL
        safe |= promised
        check(root, safe)
    assert killed >= 20 and len(safe) > 40


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("again", [False, True])
def test_interrupted_within_a_commit_and_closed_all_the_same(memory: Path, after: bool, again: bool):
    """Ctrl-C comes between any two steps; what was committed by then must not be committed once more."""
    whole = memory / "whole"
    total = calls_of_a_whole_run(whole)
    if again:
        shutil.copytree(whole, memory / "replaced")
        total = calls_of_a_whole_run(memory / "replaced", "run-again", again=True)
    interrupted = 0
    for point in range(total // 2, min(total // 2 + 70, total), 3):
        root = memory / f"interrupted-{point}"
        if again:
            shutil.copytree(whole, root)
        child = start(root, "run-a", kill_at=point, kill_after=after, again=again, ctrl_c=True)
        safe, code = child.wait()
        interrupted += "calls were interrupted" in child.lines()
        assert code == 0
        check(root, safe)
        sequences = [one.sequence for one in manifest.read_all(root / "runs")]
        assert sequences == list(range(1, len(sequences) + 1))
        if not point % 5:
            complete(root)
        shutil.rmtree(root)
    assert interrupted >= 20


def test_killed_in_recovery(memory: Path):
    whole = memory / "whole"
    total = calls_of_a_whole_run(whole)
    for point in range(1, 40):
        root = memory / f"killed-{point}"
        shutil.copytree(whole, root)
        _, code = start(root, "run-a", first=ARTICLES, last=2 * ARTICLES, kill_at=total // 2 + point).wait()
        assert code == -signal.SIGKILL
        # The next one dies in its first calls, which are those of recovery.
        _, code = start(root, "run-b", kill_at=point).wait()
        assert code in (0, -signal.SIGKILL)
        assert len(check(root, set())) >= ARTICLES
        shutil.rmtree(root)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB; without the right to mount one, the test of the file-size limit stands alone."""
    where = tmp_path / "disk"
    where.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", where], capture_output=True, text=True)
    if mount.returncode:
        pytest.skip(f"needs the right to mount a small file system: {mount.stderr.strip()}")
    yield where
    subprocess.run(["umount", where], check=True)


def fill_up(root: Path, checkpoint_rows: int = 10) -> tuple[set[str], StoreError]:
    """Store incompressible articles until the disk is full; return what was safe by then, and the error."""
    chance = random.Random(5)
    safe: set[str] = set()

    def announce(_: Any, entries: Any) -> None:
        safe.update(entry.record_id for entry in entries)

    target = store(root, checkpoint_rows=checkpoint_rows, on_commit=announce)
    try:
        for number in range(10_000):
            text = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3000))
            target.add(article(number, text=text, translation=None))
    except StoreError as error:
        return safe, error
    finally:
        target.abandon()
    pytest.fail("the disk was never full")


def test_a_full_disk_is_one_line_and_costs_only_what_was_not_committed(small_disk: Path):
    root = small_disk / "output"
    safe, error = fill_up(root)
    assert "No space left on device" in str(error) and "\n" not in str(error) and error.exit_code == 3
    assert len(safe) >= 10
    found = ds.dataset(root / "articles", format="parquet", partitioning="hive").to_table(columns=["record_id"])
    assert set(found["record_id"].to_pylist()) == safe
    assert list((root / ".staging").iterdir()) == []
    # Room again: the next run goes on from there.
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    with store(root, "run-b") as target:
        assert target.add(article(1))
    assert len(check(root, safe)) == len(safe) + 1


def test_a_run_on_a_disk_that_gets_full_counts_only_what_it_committed(small_disk: Path, tmp_path: Path):
    """The summary of a run whose one commit did not fit says that there is nothing new."""
    chance = random.Random(6)
    lines = []
    for number in range(30):
        text = ("".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(1500)) for _ in range(40))
        html = f"<html lang=zh><title>新闻{number}</title><article><p>{'。</p><p>'.join(text)}。</p></article></html>"
        lines.append(json.dumps({"url": f"https://news.example/{number}", "html": html}))
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    (tmp_path / "packages").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "replay", tmp_path / "pages.jsonl", "-o", small_disk / "output"],
        cwd=REPOSITORY,
        env={**os.environ, "ARGOS_PACKAGES_DIR": str(tmp_path / "packages")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 3 and "No space left on device" in done.stderr
    pages, articles = (line.split() for line in done.stdout.splitlines()[:2])
    assert pages[0] == "pages" and int(pages[1]) > 0 and articles == ["articles", "0", "new"]
    assert "zh" not in done.stdout and "新闻" not in done.stdout
    assert not list((small_disk / "output" / "articles").rglob("*.parquet"))


def test_a_disk_that_is_full_before_the_start_is_one_line(small_disk: Path):
    (small_disk / "filler").write_bytes(b"")
    with (small_disk / "filler").open("wb") as stream:
        try:
            while True:
                stream.write(b"x" * 65536)
                stream.flush()
        except OSError:
            pass
    with pytest.raises(StoreError) as caught:
        store(small_disk / "output").add(article(1))
    assert "\n" not in str(caught.value)


def test_a_read_only_disk_is_one_line(small_disk: Path):
    with store(small_disk / "output") as target:
        target.add(article(1))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreError, match="Read-only file system"):
        store(small_disk / "output", "run-b")
    assert ds.dataset(small_disk / "output" / "articles", format="parquet").count_rows() == 1


def test_a_limit_on_the_size_of_files_is_one_line(tmp_path: Path):
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    with store(tmp_path, "run-before") as target:
        target.add(article(1, text="before"))
    script = (
        "import resource, signal, sys; from tests.crash.test_store_crash import fill_up; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, 800_000))\n"
        "safe, error = fill_up(Path(sys.argv[1]), 500); print(len(safe)); print(error); sys.exit(error.exit_code)"
    )
    child = subprocess.run([sys.executable, "-c", script, tmp_path], cwd=REPOSITORY, capture_output=True, text=True)
    assert child.returncode == 3, child.stderr
    safe, line = child.stdout.strip().split("\n")
    assert safe == "0" and "too large" in line
    assert len(check(tmp_path, {article(1, text="before").record_id})) == 1
