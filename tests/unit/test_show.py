import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.model import Stamp
from pipelines.store import records
from tests import forked
from tests.store_samples import article, store

REPOSITORY = Path(__file__).resolve().parents[2]


def scrapy(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return forked.run(*arguments, env={**os.environ, "COLUMNS": "100"})


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("show")
    with store(where) as target:
        for number in range(30):
            target.add(article(number))
    return where


def test_show_prints_metadata_text_removed_blocks_and_both_languages(root: Path):
    wanted = article(7)
    done = scrapy("show", wanted.record_id, "--output", root)
    assert done.returncode == 0 and done.stderr == ""
    for piece in (
        wanted.record_id,
        "标题7",
        "Headline 7",
        "王芳, Li Lei",
        "2026-03-01 12:00 UTC  (page: 2026年3月1日 20:00)",
        "zh, hans (0.75)",
        "gb18030",
        "第7条新闻的正文。",
        "share_bar",
        "分享到微信",
        "⚠ number_lost",
        "translated_with_flags: 2 sentences, 1 flagged",
    ):
        assert piece in done.stdout, piece
    assert "\x1b" not in done.stdout, "no colours in a pipe"
    side_by_side = [line for line in done.stdout.splitlines() if "小标题" in line and "Sub-heading" in line]
    assert len(side_by_side) == 1


def test_the_beginning_of_an_id_is_enough_when_it_names_one_record(root: Path):
    wanted = article(7).record_id
    assert "标题7" in scrapy("show", wanted[:12].upper(), "-o", root).stdout
    same = [one.record_id for one in map(article, range(30)) if one.record_id[0] == wanted[0]]
    assert 2 <= len(same) <= 10
    several = scrapy("show", wanted[0], "-o", root)
    assert several.returncode == 1 and several.stdout == ""
    assert several.stderr.count("\n") == len(same) + 1 and all(one in several.stderr for one in same)


def test_a_saved_page_shows_its_record(root: Path):
    assert "标题9" in scrapy("show", "pages/9.html", "-o", root).stdout
    assert "标题9" in scrapy("show", "https://news.example/9", "-o", root).stdout


def test_a_page_that_is_not_stored_is_cleaned_on_the_spot(root: Path):
    done = scrapy("show", "seeds/002_3f5882f145316ce7.txt", "-o", root)
    assert done.returncode == 0
    assert "Meta Focuses on AGI and Llama 3" in done.stdout and "removed:" in done.stdout
    # Without a single record, too, and even where the record is stored.
    assert scrapy("show", "seeds/002_3f5882f145316ce7.txt", "-o", root / "none", "--fresh").stdout == done.stdout


def test_a_parquet_file_of_one_record_is_shown_and_one_of_many_is_listed(root: Path, tmp_path: Path):
    with store(tmp_path) as target:
        target.add(article(3))
    [one] = (tmp_path / "articles").rglob("*.parquet")
    assert "标题3" in scrapy("show", one).stdout
    [many] = (root / "articles").rglob("*.parquet")
    listed = scrapy("show", many)
    assert listed.returncode == 1 and "30 records" in listed.stderr


@pytest.mark.parametrize("name", ["0000nothing", "nowhere/page.html", "https://news.example/none"])
def test_not_found_is_one_line_and_exit_code_1(root: Path, name: str):
    done = scrapy("show", name, "-o", root)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and name in done.stderr


def test_a_page_without_an_article_says_why(root: Path, tmp_path: Path):
    (tmp_path / "empty.html").write_bytes(b"")
    done = scrapy("show", tmp_path / "empty.html", "-o", root)
    assert done.returncode == 1 and "gives no article: empty" in done.stderr


def test_a_page_without_an_article_does_not_hide_those_behind_it(root: Path, tmp_path: Path):
    text = "".join(f"<p>Paragraph {part} tells what the council of the town has decided.</p>" for part in range(9))
    good = f"<html lang=en><title>TITLE</title><article><h1>TITLE</h1>{text}</article>"
    pages = {"first": good.replace("TITLE", "The first page"), "empty": " ", "last": good.replace("TITLE", "The last")}
    lines = [json.dumps({"url": f"https://a.example/{name}", "html": html}) for name, html in pages.items()]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    done = scrapy("show", "--fresh", tmp_path / "pages.jsonl", "-o", root)
    assert done.returncode == 0 and "The first page" in done.stdout and "The last" in done.stdout
    assert done.stderr.count("\n") == 1 and "pages.jsonl:2 gives no article: empty" in done.stderr
    (tmp_path / "none.jsonl").write_text(lines[1])
    done = scrapy("show", "--fresh", tmp_path / "none.jsonl", "-o", root)
    assert done.returncode == 1 and done.stdout == "" and "none.jsonl:1 gives no article: empty" in done.stderr


def test_a_file_without_a_page_is_exit_code_1(root: Path, tmp_path: Path):
    (tmp_path / "none.jsonl").write_text("\n\n")
    done = scrapy("show", "--fresh", tmp_path / "none.jsonl", "-o", root)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1


def test_times_of_the_year_1_have_four_digits(tmp_path: Path):
    first = datetime(1, 1, 1, 2, 3, 4, tzinfo=UTC)
    stamps = {
        "published": Stamp(at=first, raw="", precision="day"),
        "modified": Stamp(at=first, raw="", precision="minute"),
    }
    old = [article(number) for number in (1, 2)]
    old = [replace(one, fetched_at=first, meta=replace(one.meta, **stamps)) for one in old]
    with store(tmp_path) as target:
        for one in old:
            target.add(one)
    done = scrapy("show", old[0].record_id, "-o", tmp_path)
    assert [
        line.split()[1:] for line in done.stdout.splitlines() if line.startswith(("published", "modified", "fetched"))
    ] == [
        ["0001-01-01"],
        ["0001-01-01", "02:03", "UTC"],
        ["0001-01-01", "02:03:04", "UTC"],
    ]
    [file] = (tmp_path / "articles").rglob("*.parquet")
    assert scrapy("show", file).stderr.count("  0001-01-01  zh  ") == 2


def test_a_damaged_file_is_one_line_and_exit_code_3(tmp_path: Path):
    with store(tmp_path) as target:
        target.add(article(3))
    [one] = (tmp_path / "articles").rglob("*.parquet")
    one.write_bytes(one.read_bytes()[:-100])
    done = scrapy("show", article(3).record_id, "-o", tmp_path)
    assert done.returncode == 3 and done.stderr.count("\n") == 1 and one.name in done.stderr


def test_usage_is_exit_code_2():
    assert scrapy("show").returncode == 2
    assert scrapy("show", "a", "b").returncode == 2


def test_a_reader_that_stops_early_is_no_error(root: Path):
    command = f"{sys.executable} -m scrapy show {article(7).record_id} -o {root} | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.stdout == "标题7\n" and "Traceback" not in done.stderr


def test_records_without_manifests_can_be_found_too(root: Path, tmp_path: Path):
    import shutil

    shutil.copytree(root / "articles", tmp_path / "articles")
    [row] = records.by_id(tmp_path, article(7).record_id)
    assert row["url"] == article(7).url
    assert records.by_origin(tmp_path, "pages/7.html") == [row]


def test_the_commands_import_nothing_heavy_when_scrapy_lists_them():
    script = (
        "import sys, crawler.commands.show, crawler.commands.doctor, crawler.commands.report, crawler.commands.compact\n"
        "print(sorted({'pyarrow', 'rich', 'trafilatura', 'ctranslate2', 'lxml_html_clean'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
