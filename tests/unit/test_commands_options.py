"""Options that people get wrong: each command says so in one line and ends with 2, before it touches anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler.javascript import PLAYWRIGHT
from crawler.spiders.replay import ReplaySpider
from pipelines.model import Sentence
from pipelines.translate.memory import Entry, Memory
from tests.unit.test_show import REPOSITORY, scrapy


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "x", "--fresh", "-s", "MIN_TEXT_CHARS=abc"),
        ("report", "-s", "OUTPUT_DIRR=elsewhere"),
        ("doctor", "-s", "DEFAULT_TIMEZONE=Foo/Bar"),
        ("compact", "-s", "TARGET_LANGUAGE=english"),
        ("memory", "stats", "-s", "TRANSLATE_MEMORY=m.sqlite"),
        ("models", "list", "-s", "MAX_PAGE_BYTES=-1"),
        ("show", "x", "--width", "-5"),
        ("report", "--html", ""),
        ("crawl", "replay", "-o", "records.jsonl"),
        ("crawl", "replay", "-O", "records.csv"),
    ],
)
def test_a_slip_ends_a_command_with_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    output = () if arguments[0] in ("memory", "models", "crawl") else ("--output", tmp_path)
    done = scrapy(*arguments, *output)
    assert done.returncode == 2, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert "error: " in last and "Traceback" not in done.stderr and done.stdout == "" and not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [("stats",), ("export", "out.tmx"), ("import", "notes.txt"), ("clear",)])
def test_a_file_that_is_something_else_is_left_as_it_is(words: tuple[str, ...], tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("what somebody wrote, and would miss\n" * 40)
    before = notes.read_bytes()
    arguments = [str(tmp_path / word) if "." in word else word for word in words]
    done = scrapy("memory", *arguments, "--memory", notes)
    assert done.returncode == 2 and "is no translation memory" in done.stderr
    assert notes.read_bytes() == before and [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_looking_into_a_memory_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "m.sqlite"
    memory = Memory(path)
    sentence = Sentence(source="源", target="source", score=None, flags=())
    memory.put({b"k" * 16: Entry(from_code="zh", to_code="en", translator="t", sentence=sentence)})
    memory.close()
    done = scrapy("memory", "stats", "--memory", path)
    assert done.returncode == 0 and "1 sentences" in done.stdout
    assert scrapy("memory", "export", tmp_path / "out.tmx", "--memory", path).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["m.sqlite", "out.tmx"]


def test_a_folder_with_a_space_is_one_path_of_the_spider(tmp_path: Path) -> None:
    folder = tmp_path / "saved pages"
    assert ReplaySpider(pages=str(folder)).pages == str(folder).split(" ")
    folder.mkdir()
    assert ReplaySpider(pages=str(folder)).pages == [str(folder)]
    assert ReplaySpider(pages=f"'{folder}' seeds/").pages == [str(folder), "seeds/"]


def test_no_document_names_a_package_that_is_not_ours_to_give() -> None:
    """The project is not on any package index: somebody else's may bear its name."""
    told = [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), *REPOSITORY.glob("seeds/*.toml")]
    told += [*REPOSITORY.glob("deploy/*"), *REPOSITORY.glob("crawler/**/*.py"), *REPOSITORY.glob("pipelines/**/*.py")]
    for path in told:
        assert not re.search(r"pip install[^\n`]*polyglean", path.read_text("utf-8")), path


def test_the_playwright_that_is_named_is_the_one_that_is_tested() -> None:
    lock = (REPOSITORY / "requirements-dev.lock").read_text("utf-8").splitlines()
    assert PLAYWRIGHT in lock
    for name in ("docs/crawling.md", "seeds/sources.example.toml"):
        assert f"pip install {PLAYWRIGHT}" in (REPOSITORY / name).read_text("utf-8")


@pytest.mark.parametrize("arguments", [("crawl", "replay"), ("replay", "seeds/"), ("sources", "check", "none.toml")])
def test_a_log_that_cannot_be_written_ends_a_command_with_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = scrapy(*arguments, f"--logfile={tmp_path / 'file' / 'crawl.log'}", "-s", f"OUTPUT_DIR={tmp_path / 'o'}")
    assert done.returncode == 3 and "cannot write the log to" in done.stderr and "Traceback" not in done.stderr
    done = scrapy("sources", "check", "none.toml", f"--logfile={tmp_path / 'new' / 'crawl.log'}")
    assert done.returncode == 2 and (tmp_path / "new").is_dir()
