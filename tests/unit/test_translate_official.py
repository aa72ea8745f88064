"""From no package to the official one: what the commands say, and the one command that they name, over a loopback index."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler import checkup
from tests.unit.test_translate_packages import Index, file, scrapy, site

__all__ = ["file", "site"]  # fixtures


def test_one_line_names_the_one_command_and_the_command_works(
    site: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"from_code": "zh", "to_code": "en", "package_version": "1.9", "type": "translate", "links": [f"{site}/p"]}
    Index.answers = {"/index/index.json": json.dumps([entry]).encode(), "/p": file.read_bytes()}
    settings = {"ARGOS_PACKAGE_INDEX": f"{site}/index", "no_proxy": "*", "COLUMNS": "200"}

    listed = scrapy(tmp_path, "models", "list", **settings)
    assert listed.returncode == 0 and len(listed.stdout.splitlines()) == 1
    command = re.search(r"scrapy (models install zh en)$", listed.stdout.strip())
    assert command

    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    before = checkup.translation("en")
    assert f"`scrapy {command[1]}`" in before.detail and "\n" not in before.detail

    done = scrapy(tmp_path, *command[1].split(), **settings)
    assert done.returncode == 0, done.stderr
    assert "1.9" in done.stdout
    after = checkup.translation("en")
    assert "translate-zh_en 1.9 sha256:" in after.detail
    assert scrapy(tmp_path, *command[1].split(), "--once", **settings).stdout == "", "it is there: nothing is fetched"


def test_another_target_language_is_reached_through_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path))
    found = checkup.translation("fr")
    assert "`scrapy models install zh en`" in found.detail and "`scrapy models install en fr`" in found.detail
