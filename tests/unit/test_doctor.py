import shutil
import sqlite3
from pathlib import Path

import pytest

from crawler import checkup
from pipelines.model import Rejected
from pipelines.store import audit
from pipelines.store.audit import Finding, Level
from pipelines.translate.install import install_file
from tests.argos_tiny import build
from tests.store_samples import article, store
from tests.unit.test_show import scrapy


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with store(tmp_path, checkpoint_rows=10) as target:
        for number in range(25):
            target.add(article(number))
        target.reject(Rejected(url="u", source="s", reason="r"))
    return tmp_path


def problems(root: Path, *, deep: bool = False) -> list[Finding]:
    return [one for one in audit.check(root, deep=deep) if one.level is Level.PROBLEM]


def first_file(root: Path) -> Path:
    return min((root / "articles").rglob("*.parquet"))


def test_a_sound_folder_has_no_problem_and_nothing_is_changed(root: Path):
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and "sqlite" not in path.name}
    assert problems(root, deep=True) == []
    found = {one.subject: one.detail for one in audit.check(root)}
    assert found["manifests"] == "runs: 1, commits: 3, files: 3, records: 25"
    assert found["catalogue"] == "25 records, as in the files"
    after = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and "sqlite" not in path.name}
    assert after == before


def test_a_folder_that_is_not_there_is_a_note(tmp_path: Path):
    assert [one.level for one in audit.check(tmp_path / "none")] == [Level.NOTE]
    assert not (tmp_path / "none").exists()


def test_a_missing_and_a_cut_file_are_problems(root: Path):
    first_file(root).unlink()
    [one] = problems(root)
    assert "missing" in one.detail
    first_file(root).write_bytes(b"PAR1")
    [both] = problems(root)
    assert both.detail.count(".parquet") == 2 and "4 bytes" in both.detail


def test_a_changed_byte_is_found_by_deep_alone(root: Path):
    path = first_file(root)
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    assert problems(root) == []
    [one] = problems(root, deep=True)
    assert "SHA-256" in one.detail


def test_strangers_under_articles_are_problems(root: Path):
    (root / "articles" / "notes.txt").write_text("x")
    shutil.copy(first_file(root), first_file(root).with_name("part-x-0001.parquet"))
    found = [one.detail for one in problems(root)]
    assert len(found) == 2 and "notes.txt" in found[0] and "part-x-0001.parquet" in found[1]


def test_a_damaged_manifest_and_a_damaged_catalogue_are_problems(root: Path):
    with sqlite3.connect(root / "state.sqlite") as base:
        base.execute("DELETE FROM catalogue_records WHERE id < 4")
    [one] = problems(root)
    assert one.subject == "catalogue"
    (root / "runs" / "run-a-0001.json").write_text("[")
    [one] = problems(root)
    assert one.subject == "manifests" and "run-a-0001.json" in one.detail


def test_doubles_are_found_by_deep(root: Path):
    twin = root.with_name("twin")
    with store(twin, "run-b") as target:
        target.add(article(1))
    for part in ("articles", "runs"):
        shutil.copytree(twin / part, root / part, dirs_exist_ok=True)
    [one] = problems(root, deep=True)
    assert one.subject == "doubles" and article(1).record_id in one.detail


def test_leftovers_are_notes(root: Path):
    (root / ".staging" / "run-x-0001").mkdir()
    levels = {one.subject: one.level for one in audit.check(root)}
    assert levels["staging"] is Level.NOTE


def test_another_schema_is_a_problem(root: Path):
    path = root / "runs" / "run-a-0001.json"
    path.write_text(path.read_text().replace('"schema": "', '"schema": "old'))
    assert [one.subject for one in problems(root)] == ["manifests"]


# --- the machine


def test_pins_are_compared_with_what_is_installed(tmp_path: Path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("# comment\npyarrow==0.0.1\nnothing-of-this-name==1.0 ; python_version > '3'\n")
    found = checkup.pins(lock)
    assert found.level is Level.PROBLEM
    assert "pyarrow 2" in found.detail and "nothing-of-this-name missing (tested: 1.0)" in found.detail
    assert checkup.pins(tmp_path / "none.lock").level is Level.NOTE


def test_a_damaged_translation_package_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    package = install_file(build(tmp_path / "a.argosmodel", {"今天": " today"}), tmp_path / "packages").package
    assert checkup.translation("en").level is Level.FINE
    model = package.path / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])
    found = checkup.translation("en")
    assert found.level is Level.PROBLEM and "does not load" in found.detail and "\n" not in found.detail


def test_a_place_that_cannot_be_written_is_a_problem(tmp_path: Path):
    assert checkup.writable(tmp_path / "new" / "folder").level is Level.FINE
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    found = checkup.writable(tmp_path / "file")
    assert found.level is Level.PROBLEM and "Not a directory" in found.detail


def test_little_space_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert checkup.space(tmp_path / "a" / "b").level is Level.FINE
    monkeypatch.setattr(checkup, "LOW_SPACE", 1 << 60)
    assert checkup.space(tmp_path / "a" / "b").level is Level.PROBLEM


def test_the_command_ends_with_0_or_1(root: Path):
    done = scrapy("doctor", "-o", root, "--deep")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[1] for line in lines] == [
        "python",
        "packages",
        "translation",
        "output",
        "disk",
        "manifests",
        "files",
        "doubles",
        "catalogue",
    ]
    first_file(root).unlink()
    done = scrapy("doctor", "-o", root)
    assert done.returncode == 1 and "missing" in done.stdout
    assert scrapy("doctor", "what").returncode == 2


def test_it_works_while_a_run_holds_the_lock(root: Path):
    target = store(root, "run-b")
    try:
        assert scrapy("doctor", "-o", root).returncode == 0
    finally:
        target.abandon()
