"""A replay with a package installed by the command: statuses, paragraphs, one engine call for many pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow.dataset as ds
import pytest

from tests.argos_tiny import build
from tests.e2e.conftest import SEEDS, Run, scrapy_with

WORDS = {
    "扎克伯格": " Zuckerberg",
    "公司": " company",
    "芯片": " chips",
    "通过": " passed",
    "预算": " budget",
    "今天": " today",
}
CHINESE = (
    "今天市议会通过了新的预算。公司表示芯片的价格很高。会议就道路和学校的经费进行了长时间的辩论,多位议员发表了意见。"
)


def rows(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(output / "articles", partitioning="hive").to_table().to_pylist()
    return sorted(found, key=lambda row: row["url"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("translation")


@pytest.fixture(scope="module")
def scrapy(folder: Path) -> Run:
    """Call ``scrapy`` with a package installed by the command."""
    call = scrapy_with(folder / "packages")
    characters = "".join(
        sorted({char for path in SEEDS.glob("*.txt") for char in path.read_text("utf-8")} | set(CHINESE))
    )
    file = build(folder / "zh_en.argosmodel", WORDS, characters=re.sub(r"\s", "", characters))
    done = call("models", "install", file)
    assert done.returncode == 0, done.stderr
    return call


@pytest.fixture(scope="module")
def first(scrapy: Run, folder: Path) -> subprocess.CompletedProcess[str]:
    """A first replay into ``folder / "out"``; a test that goes on from there takes a copy."""
    done = scrapy("replay", SEEDS, "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def output(first: object, folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder / "out", tmp_path / "out")
    return tmp_path / "out"


def test_installed_from_a_file_and_listed(scrapy: Run) -> None:
    listed = scrapy("models", "list")
    assert listed.returncode == 0
    assert "zh" in listed.stdout and "en" in listed.stdout


def test_chinese_sample_is_translated_paragraph_by_paragraph(
    first: subprocess.CompletedProcess[str], output: Path
) -> None:
    (row,) = (row for row in rows(output) if row["language"] == "zh")
    assert row["translation_status"] in {"translated", "translated_with_flags"}
    assert row["text_en"].count("\n\n") == row["text"].count("\n\n")
    assert "Zuckerberg" in row["text_en"] and "Zuckerberg" in row["title_en"]
    assert len(row["translation"]) > 30
    assert re.search(r"[0-9a-f]{8,}", row["translator"])
    # Whatever the sentences were cut into, together they are the text.
    sources = "".join("".join(one["source"].split()) for one in row["translation"])
    assert "".join(row["text"].split()) in sources or "".join(sources.split()) in "".join(
        (row["title"] + row["text"]).split()
    )
    assert re.search(r"\b[1-9]\d* translated", first.stdout)


def test_a_second_replay_translates_the_same_from_memory(scrapy: Run, output: Path) -> None:
    found = [{**row, "run_id": ""} for row in rows(output)]
    done = scrapy("replay", SEEDS, "-o", output, "--again")
    assert done.returncode == 0, done.stderr
    assert [{**row, "run_id": ""} for row in rows(output)] == found


def test_a_translators_correction_takes_effect_on_the_next_replay(scrapy: Run, output: Path, tmp_path: Path) -> None:
    def stored() -> tuple[str, str]:
        (row,) = (row for row in rows(output) if row["language"] == "zh")
        newest = max((output / "runs").glob("**/*.json"), key=lambda path: path.stat().st_mtime_ns)
        return row["title_en"], json.loads(newest.read_text("utf-8"))["config"]

    def replay() -> tuple[str, str]:
        done = scrapy("replay", SEEDS, "-o", output, "--again")
        assert done.returncode == 0, done.stderr
        return stored()

    memory = ("--memory", output / "memory.sqlite")
    title, config = stored()
    assert scrapy("memory", "export", tmp_path / "all.tmx", *memory).returncode == 0
    text = (tmp_path / "all.tmx").read_text("utf-8")
    assert text.count(f"<seg>{escape(title)}</seg>") == 1
    (tmp_path / "all.tmx").write_text(text.replace(f"<seg>{escape(title)}</seg>", "<seg>As a person has it</seg>"))
    done = scrapy("memory", "import", tmp_path / "all.tmx", *memory)
    assert done.returncode == 0, done.stderr
    assert "1 corrections taken over" in done.stdout and "--again" in done.stdout
    corrected, other = replay()
    assert corrected == "As a person has it"
    assert other != config, "rows changed, and the run's configuration does not say so"
    assert replay() == (corrected, other)


def test_sentences_of_many_articles_go_to_the_engine_together(scrapy: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "pages.jsonl"
    pages = [
        {
            "url": f"https://example.org/{at}",
            "text": f"预算 {at}\n\n" + "\n\n".join(f"{at}-{line}{CHINESE}" for line in range(4)),
        }
        for at in range(30)
    ]
    manifest.write_text("\n".join(map(json.dumps, pages)))
    settings = ["-s", "TRANSLATE_BATCH_SENTENCES=200", "-s", "TRANSLATE_MAX_WAIT_MS=20000"]
    done = scrapy("replay", manifest, "-o", tmp_path / "out", "-L", "DEBUG", *settings)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "out")) == 30
    batches = [int(number) for number in re.findall(r"translating (\d+) articles", done.stderr)]
    assert sum(batches) == 30
    assert max(batches) > 5, batches
