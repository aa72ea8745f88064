"""What the store makes of a second run, damage, foreign files and errors of the system."""

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines import schema
from pipelines.errors import OutputLocked, StoreError
from pipelines.model import Rejected
from pipelines.store import durable, recovery
from pipelines.store.catalogue import Catalogue
from tests.store_samples import NOON, article, fill, parts, rows, store

# --- two runs at once


def test_a_second_run_is_told_at_once_and_writes_nothing(tmp_path: Path):
    with store(tmp_path):
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(OutputLocked) as caught:
            store(tmp_path, "run-b")
        assert caught.value.exit_code == 75 and "\n" not in str(caught.value)
        script = (
            "import sys; from tests.store_samples import *; from pipelines.errors import OutputLocked\n"
            "try: store(Path(sys.argv[1]), 'run-c')\n"
            "except OutputLocked as error: print(error); sys.exit(error.exit_code)"
        )
        child = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True)
        assert child.returncode == 75, child.stderr
        assert str(os.getpid()) in child.stdout
        assert sorted(tmp_path.rglob("*")) == before
    fill(tmp_path, range(1), "run-d")


def test_an_orphaned_worker_does_not_keep_the_folder_locked(tmp_path: Path):
    script = (
        "import os, sys, time; from tests.store_samples import *\n"
        "store(Path(sys.argv[1]))\n"
        "if os.fork() == 0: print(os.getpid(), flush=True); time.sleep(60)\n"
        "time.sleep(0.3); os.kill(os.getpid(), 9)"
    )
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        worker = int(child.stdout.readline())
        child.wait()
        try:
            fill(tmp_path, range(1), "run-b")
        finally:
            os.kill(worker, 9)


# --- recovery and damage


def test_the_catalogue_is_made_again_from_manifests_and_parquet(tmp_path: Path):
    def sign(text: str) -> list[int]:
        return [len(text)] * 128

    with store(tmp_path, signer=sign) as target:
        target.add(article(1, text="甲"), sign(article(1, text="甲").text))
        target.add(article(1, text="乙丙"), sign(article(1, text="乙丙").text))
    fill(tmp_path, range(2, 5), "run-b")
    with store(tmp_path, "run-c", again=True) as target:
        target.add(article(3))

    def known() -> list[Any]:
        catalogue = Catalogue(tmp_path / "state.sqlite")
        try:
            entries = [catalogue.entry(row["record_id"]) for row in rows(tmp_path)]
            near = catalogue.nearest(sign(article(1, text="甲").text))
            return [[replace(one, order=None, signature=None) for one in entries if one], near, catalogue.files()]
        finally:
            catalogue.close()

    before = known()
    assert len(before[0]) == 5 and before[1] == article(1, text="甲").record_id
    for name in ("state.sqlite", "state.sqlite-wal", "state.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    store(tmp_path, "run-d", signer=sign).abandon()
    assert known() == before


def test_a_damaged_catalogue_is_set_aside_and_made_again(tmp_path: Path):
    fill(tmp_path, range(3))
    (tmp_path / "state.sqlite").write_bytes(b"not a database" * 1000)
    with store(tmp_path, "run-b") as target:
        assert not any(target.add(article(number)) for number in range(3))
    assert len(list(tmp_path.glob("state.sqlite.damaged-*"))) == 1


def test_an_older_format_of_the_catalogue_is_filled_again(tmp_path: Path):
    fill(tmp_path, range(3))
    catalogue = Catalogue(tmp_path / "state.sqlite")
    catalogue._base.execute("UPDATE catalogue_format SET number = 0")
    catalogue.close()
    with store(tmp_path, "run-b") as target:
        assert not target.add(article(1))


def test_a_file_no_manifest_names_is_set_aside_and_other_files_are_left_alone(tmp_path: Path):
    fill(tmp_path, range(3))
    folder = tmp_path / "articles" / "fetch_date=2026-03-01" / "lang=zh"
    shutil.copy(folder / "part-run-a-0001.parquet", folder / "part-other-0001.parquet")
    (folder / "mine.parquet").write_bytes(b"the user's")
    store(tmp_path, "run-b").abandon()
    assert sorted(path.name for path in folder.iterdir()) == ["mine.parquet", "part-run-a-0001.parquet"]
    assert (tmp_path / "orphans" / "fetch_date=2026-03-01" / "lang=zh" / "part-other-0001.parquet").exists()


@pytest.mark.parametrize("catalogue", ["kept", "lost"])
def test_deleting_old_partitions_is_allowed(tmp_path: Path, catalogue: str):
    fill(tmp_path, range(3))
    shutil.rmtree(tmp_path / "articles" / "fetch_date=2026-03-01")
    if catalogue == "lost":
        (tmp_path / "state.sqlite").unlink()
    fill(tmp_path, range(5, 6), "run-b")
    assert len(rows(tmp_path)) == 1


def test_a_folder_of_another_schema_is_refused_with_advice(tmp_path: Path):
    fill(tmp_path, range(1))
    path = tmp_path / "runs" / "run-a-0001.json"
    path.write_text(path.read_text().replace(schema.fingerprint(), "0123456789abcdef"))
    (tmp_path / "state.sqlite").unlink()
    with pytest.raises(StoreError, match=r"another schema .*new output folder"):
        store(tmp_path, "run-b")
    durable.FolderLock(tmp_path / ".lock").release()  # the refused run has let go


def test_a_damaged_manifest_stops_the_run_before_it_removes_anything(tmp_path: Path):
    fill(tmp_path, range(1))
    (tmp_path / "runs" / "run-a-0001.json").write_text("{")
    (tmp_path / "state.sqlite").unlink()
    with pytest.raises(StoreError, match=r"run-a-0001\.json cannot be read"):
        store(tmp_path, "run-b")
    assert len(parts(tmp_path)) == 1


# --- what cannot be written


@pytest.mark.parametrize("call", ["rename", "fsync", "mkdir"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_an_error_of_the_system_is_one_line_and_leaves_what_was_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
):
    fill(tmp_path, range(3))
    before = parts(tmp_path)
    owner: Any = os if call == "fsync" else Path
    real = getattr(owner, call)
    # every single call in turn fails once
    for failing in range(1, 40):
        target = store(tmp_path, f"run-{failing}")
        target.add(article(100, fetched_at=datetime(2026, 4, 1, tzinfo=UTC)))
        target.reject(Rejected(url="u", source="s", reason="r"))
        calls = 0

        def fail(*args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == failing:  # noqa: B023
                raise OSError(code, os.strerror(code))
            return real(*args, **options)

        monkeypatch.setattr(owner, call, fail)
        try:
            target.close()
            break
        except StoreError as error:
            assert os.strerror(code) in str(error) and "\n" not in str(error) and error.exit_code == 3
            monkeypatch.setattr(owner, call, real)
            assert parts(tmp_path) == before
            assert list((tmp_path / ".staging").iterdir()) == []
            with pytest.raises(StoreError):
                target.add(article(101))
            store(tmp_path, "run-after").abandon()
            assert len(rows(tmp_path)) == 3
    else:
        pytest.fail("the commit never came through")
    assert failing > 2 and len(rows(tmp_path)) == 4


def test_a_file_in_the_place_of_the_output_folder_is_one_line(tmp_path: Path):
    (tmp_path / "output").write_text("a file")
    with pytest.raises(StoreError, match="cannot write to"):
        store(tmp_path / "output")


def test_leaving_by_an_exception_commits_nothing_and_lets_go(tmp_path: Path):
    with pytest.raises(RuntimeError), store(tmp_path) as target:
        target.add(article(1))
        raise RuntimeError
    assert parts(tmp_path) == []
    fill(tmp_path, range(1), "run-b")


def test_the_staging_names_cannot_be_mistaken_for_files_of_the_record(tmp_path: Path):
    assert recovery.STAGING.startswith("."), "readers skip folders that begin with a dot"
    assert not str(tmp_path / recovery.STAGING).startswith(str(tmp_path / recovery.ARTICLES))
    assert NOON.tzinfo is UTC
