import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.report_page import page
from crawler.report_tables import sheets
from pipelines.model import Language, Rejected
from pipelines.store import report
from tests.store_samples import article, store
from tests.unit.test_show import REPOSITORY, scrapy


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("report")
    with store(where, checkpoint_rows=6) as target:
        for number in range(20):
            plain = {"language": Language(code="en", score=1.0), "translation": None} if number % 4 == 0 else {}
            target.add(article(number, site=f"site-{number % 2}.example", **plain))
        for number in range(3):
            target.reject(Rejected(url=f"u{number}", source="s", reason="too_short" if number else "empty_page"))
    with store(where, "run-b", again=True) as target:
        target.add(article(1, site="site-1.example", translation=None))
        target.add(article(99, site=None))
    return where


def test_figures_are_those_of_the_records_that_are_stored_now(root: Path):
    found = report.collect(root)
    total = found.total()
    assert (total.articles, total.translated, total.sentences, total.flagged, total.removed) == (21, 15, 30, 15, 42)
    assert {name: group.articles for name, group in found.by_site().items()} == {
        "site-0.example": 10,
        "site-1.example": 10,
        "(no site)": 1,
    }
    assert {name: group.articles for name, group in found.by_language().items()} == {"zh": 16, "en": 5}
    assert {name: group.articles for name, group in found.by_day().items()} == {"2026-03-01": 21}
    assert found.rejected == {"too_short": 2, "empty_page": 1}
    assert found.removed == {"share_bar": 21, "advert": 21}
    assert found.flags == {"number_lost": 15}
    assert found.status == {"translated_with_flags": 15, "source_is_target": 5, "no_package": 1}


def test_runs_are_the_sum_of_their_commits_newest_first(root: Path):
    second, first = report.collect(root).runs
    assert (first.run_id, first.articles, first.rejected, first.replaced) == ("run-a", 20, 3, 0)
    assert (second.run_id, second.articles, second.replaced) == ("run-b", 2, 1)


def test_merging_files_changes_no_figure(root: Path, tmp_path: Path):
    shutil.copytree(root, tmp_path / "copy")
    before = report.collect(tmp_path / "copy")
    done = scrapy("compact", "-o", tmp_path / "copy")
    assert done.returncode == 0 and done.stdout.endswith("fewer\n") and not done.stdout.startswith(" 0")
    after = report.collect(tmp_path / "copy")
    assert (after.groups, after.runs, after.removed) == (before.groups, before.runs, before.removed)
    assert len(list((tmp_path / "copy" / "articles").rglob("*.parquet"))) == 2
    assert scrapy("doctor", "-o", tmp_path / "copy", "--deep").returncode == 0
    assert scrapy("compact", "-o", tmp_path / "none").returncode == 2


def test_tables_end_with_how_many_rows_are_left_out(root: Path):
    found = {sheet.title: sheet for sheet in sheets(report.collect(root), limit=1)}
    assert found["By site"].more == "and 2 more" and len(found["By site"].rows) == 1
    assert found["By day of fetching"].more == ""


def test_every_number_of_the_tables_is_in_the_page_and_nothing_is_loaded(root: Path):
    tables = list(sheets(report.collect(root)))
    html = page("Title <&>", "sub", tables)
    assert "Title &lt;&amp;&gt;" in html
    for word in ("<script", "src=", "href=", "url(", "@import"):
        assert word not in html
    assert all(str(value) in html for sheet in tables for row in sheet.rows for value in row)


def test_the_command_prints_tables_and_writes_a_page(root: Path, tmp_path: Path):
    done = scrapy("report", "-o", root)
    assert done.returncode == 0 and "site-1.example" in done.stdout and "\x1b" not in done.stdout
    done = scrapy("report", "-o", root, "--html", tmp_path / "report.html")
    assert done.returncode == 0 and done.stdout == f"written: {tmp_path / 'report.html'}\n"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_command_fails_in_one_line(root: Path, tmp_path: Path):
    done = scrapy("report", "-o", tmp_path / "none")
    assert done.returncode == 1 and done.stderr == f"no records in {tmp_path / 'none'}\n"
    done = scrapy("report", "-o", root, "--html", tmp_path / "no" / "folder.html")
    assert done.returncode == 3 and done.stderr.count("\n") == 1
    assert scrapy("report", "--rows", "0").returncode == 2


def test_a_page_that_cannot_be_written_leaves_nothing(root: Path, tmp_path: Path):
    """Files may have 2 KiB here, as on a disk that is full after the first of the page."""
    (tmp_path / "report.html").write_text("the former one")
    command = f"ulimit -f 2; {sys.executable} -m scrapy report -o {root} --html {tmp_path / 'report.html'}"
    done = subprocess.run(["bash", "-c", command], cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 3 and done.stderr.count("\n") == 1 and "cannot write" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text() == "the former one"


def test_a_folder_without_manifests_is_still_counted(root: Path, tmp_path: Path):
    shutil.copytree(root / "articles", tmp_path / "articles")
    found = report.collect(tmp_path)
    assert found.runs == [] and found.total().articles == 21
