"""Where bundled packages are unpacked: an installation may be read-only, and another user's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.translate import install, packages
from tests.argos_tiny import build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    build(tmp_path / "models" / "zh_en.argosmodel", {"你好": " hello"}, version="1.9")
    return tmp_path / "models"


def test_the_repository_comes_first_then_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("POLYGLEAN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert packages.unpacked_dirs() == [ROOT / ".cache" / "packages", tmp_path / "polyglean" / "packages"]
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert packages.unpacked_dirs()[1] == tmp_path / ".cache" / "polyglean" / "packages"
    monkeypatch.setenv("POLYGLEAN_CACHE", str(tmp_path / "named"))
    assert packages.unpacked_dirs() == [tmp_path / "named" / "packages"]


def test_a_bundled_package_is_unpacked_where_that_can_be(
    monkeypatch: pytest.MonkeyPatch, models: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("where no folder can be")  # for root too
    places = [tmp_path / "file" / "packages", tmp_path / "cache"]
    monkeypatch.setattr(packages, "unpacked_dirs", lambda: places)
    (found,) = packages.bundled(models)
    assert found.path.parent == tmp_path / "cache"
    places.insert(0, tmp_path / "empty")
    assert packages.bundled(models) == [found]  # it is not unpacked a second time
    assert not (tmp_path / "empty").exists()


def test_a_folder_that_takes_no_files_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, models: Path, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    monkeypatch.setattr(install.os, "access", lambda path, _: path != foreign)  # as on a disk that is read-only
    (file,) = models.iterdir()
    assert install.unpack_once(file, [foreign, tmp_path / "own"]).path.parent == tmp_path / "own"


def test_without_any_place_one_line_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, models: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(packages, "unpacked_dirs", lambda: [tmp_path / "file" / "packages"])
    assert packages.bundled(models) == []
    (line,) = [record.getMessage() for record in caplog.records]
    assert "cannot be unpacked into" in line and "POLYGLEAN_CACHE" in line


def test_the_container_and_the_service_name_a_folder_that_they_can_write() -> None:
    container, service = ((ROOT / "deploy" / name).read_text() for name in ("Containerfile", "polyglean.service"))
    (volume,) = re.findall(r"^VOLUME (\S+)$", container, re.MULTILINE)
    (writable,) = re.findall(r"^ReadWritePaths=(\S+)$", service, re.MULTILINE)
    for text, folder in ((container, volume), (service, writable)):
        (named,) = re.findall(r"POLYGLEAN_CACHE=(\S+)", text)
        assert named.startswith(f"{folder}/")
