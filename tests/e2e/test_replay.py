"""`scrapy replay` and `scrapy crawl replay` from saved pages to Parquet, as a user runs them."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from tests.e2e.conftest import SEEDS, Run, scrapy_with

TEXT = "The council approved the new budget on Tuesday after a long debate about roads and schools. " * 4
HTML = (
    "<html><head><title>{title}</title></head><body><article>"
    "<h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"
)


def rows(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(output / "articles", partitioning="hive").to_table().to_pylist()
    return sorted(found, key=lambda row: row["source"])


@dataclass(frozen=True)
class Replayed:
    """A first replay of the seeds, at which several tests look; one that goes on from there takes a copy."""

    output: Path
    done: subprocess.CompletedProcess[str]

    def copy(self, target: Path) -> Path:
        shutil.copytree(self.output, target)
        return target


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    folder = tmp_path_factory.mktemp("replayed")
    done = scrapy_with(folder / "packages")("replay", SEEDS, "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    return Replayed(folder / "out", done)


def test_seeds_become_five_records(replayed: Replayed) -> None:
    done, found = replayed.done, rows(replayed.output)
    assert [row["language"] for row in found] == ["en", "en", "en", "zh", "en"]
    assert "5 new" in done.stdout and "5" in done.stdout.split("articles")[0]
    assert "scrapy models install zh en" in done.stdout  # no package: the summary says how to get one
    assert [row["translation_status"] for row in found] == ["source_is_target"] * 3 + ["no_package", "source_is_target"]
    assert all(row["text_en"] == row["text"] for row in found if row["language"] == "en")
    assert all(row["removed"] for row in found if row["source"].endswith(("001_574dc21c622a3ad9.txt",)))


def test_second_replay_adds_nothing_and_says_so(scrapy: Run, replayed: Replayed, tmp_path: Path) -> None:
    output = replayed.copy(tmp_path / "out")
    before = sorted(path.name for path in (output / "articles").rglob("*.parquet"))
    done = scrapy("replay", SEEDS, "-o", output)
    assert done.returncode == 0, done.stderr
    assert "5 page(s) were stored already, by an earlier run" in done.stdout
    assert sorted(path.name for path in (output / "articles").rglob("*.parquet")) == before


def test_again_replaces_the_rows(scrapy: Run, replayed: Replayed, tmp_path: Path) -> None:
    output = replayed.copy(tmp_path / "out")
    first = rows(output)
    done = scrapy("replay", SEEDS, "-o", output, "--again")
    assert done.returncode == 0, done.stderr
    assert "0 new, 5 in place of stored ones" in done.stdout and "withdrawn" not in done.stdout
    second = rows(output)
    assert [row["record_id"] for row in second] == [row["record_id"] for row in first]
    assert {row["run_id"] for row in second}.isdisjoint({row["run_id"] for row in first})


def test_crawl_replay_is_the_same_spider(scrapy: Run, tmp_path: Path) -> None:
    done = scrapy("crawl", "replay", "-a", f"pages={SEEDS}", "-s", f"OUTPUT_DIR={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path)) == 5


def test_list_names_the_spiders(scrapy: Run) -> None:
    assert "replay" in scrapy("list").stdout.split()


def test_paths_on_standard_input(scrapy: Run, tmp_path: Path) -> None:
    names = "\n".join(str(path) for path in sorted(SEEDS.glob("*.txt"))[:2])
    done = scrapy("replay", "-", "-o", tmp_path, input=names)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path)) == 2


BROKEN = {
    "empty.html": b"",
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "one-line.txt": b"x" * (50 * 2**20),
    "torn.html.gz": gzip.compress(HTML.format(title="T", text=TEXT).encode() * 50)[:-30],
}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of broken pages with two good ones among them, one of them in a charset it does not declare."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, body in BROKEN.items():
        (folder / name).write_bytes(body)
    (folder / "good.html").write_text(HTML.format(title="Budget approved", text=TEXT), "utf-8")
    chinese = "市议会周二通过了新的预算案,会议就道路和学校的经费进行了长时间的辩论,多位议员发表了意见。" * 4
    page = HTML.format(title="预算案获得通过", text=chinese).replace("<head>", '<head><meta charset="utf-8">')
    (folder / "wrong-charset.html").write_bytes(page.encode("gb18030"))
    return folder


def test_broken_pages_cost_only_themselves(scrapy: Run, mixed: Path, tmp_path: Path) -> None:
    done = scrapy("replay", mixed, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert [row["title"] for row in rows(tmp_path / "out")] == ["Budget approved", "预算案获得通过"]
    for name in BROKEN:
        told = [line for line in done.stderr.splitlines() if name in line]
        assert len(told) == 1, (name, done.stderr)
    assert "Traceback" not in done.stderr


def test_strict_exits_with_one(scrapy: Run, mixed: Path, tmp_path: Path) -> None:
    done = scrapy("replay", mixed, "-o", tmp_path / "out", "--strict")
    assert done.returncode == 1
    assert len(rows(tmp_path / "out")) == 2


def test_an_unreadable_file_costs_only_itself(tmp_path: Path, scrapy: Run) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "good.html").write_text(HTML.format(title="Budget approved", text=TEXT), "utf-8")
    (folder / "locked.html").symlink_to("/proc/1/mem")  # not even root may read this one
    done = scrapy("replay", folder, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "out")) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["replay"], "name what to replay"),
        (["replay", "no/such/place"], "no/such/place"),
        (["replay", "{empty}"], "no pages"),
        (["replay", str(SEEDS), "--agian"], "--agian"),
        (["replay", str(SEEDS), "-s", "PAGE_TIMEOUT=soon"], "PAGE_TIMEOUT"),
        (["replay", str(SEEDS), "-s", "DEFAULT_TIMEZONE=Mars/Base"], "Mars/Base"),
        (["crawl", "nothing"], "nothing"),
        (["crawl", "replay", "-a", "pages=no/such/place"], "no/such/place"),
    ],
)
def test_wrong_use_exits_with_two(scrapy: Run, tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "empty").mkdir()
    output = ["-s", f"OUTPUT_DIR={tmp_path / 'out'}"]
    done = scrapy(*(part.format(empty=tmp_path / "empty") for part in arguments), *output)
    assert done.returncode == 2, done.stderr
    told = [line for line in done.stderr.splitlines() if words in line]
    assert told, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small file system")
def test_full_disk_exits_with_three_and_keeps_what_is_committed(
    scrapy: Run, replayed: Replayed, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("this system lets nobody mount a file system")
    try:
        replayed.copy(disk / "out")
        free = os.statvfs(disk)
        (disk / "ballast").write_bytes(os.urandom(free.f_bavail * free.f_frsize - 8192))
        manifest = tmp_path / "pages.jsonl"
        pages = [
            {
                "url": f"https://example.org/{at}",
                "html": HTML.format(title=f"Story {at}", text=os.urandom(900).hex() + TEXT),
            }
            for at in range(50)
        ]
        manifest.write_text("\n".join(map(json.dumps, pages)))
        second = scrapy("replay", manifest, "-o", disk / "out")
        assert second.returncode == 3, second.stderr
        assert sum(line.startswith("error: ") for line in second.stderr.splitlines()) == 1, second.stderr
        assert "Traceback" not in second.stderr
        (disk / "ballast").unlink()
        assert len(rows(disk / "out")) == 5
        third = scrapy("replay", manifest, "-o", disk / "out")
        assert third.returncode == 0, third.stderr
        assert len(rows(disk / "out")) == 55
    finally:
        subprocess.run(["umount", disk], check=False)


def test_a_bar_on_a_terminal_and_none_in_a_pipe(scrapy: Run, replayed: Replayed, tmp_path: Path) -> None:
    assert replayed.done.stderr == ""
    screen, terminal = os.openpty()
    drawn = bytearray()

    def read() -> None:  # a terminal holds 4 kB; whoever writes more waits until somebody looks
        with contextlib.suppress(OSError):
            while part := os.read(screen, 4096):
                drawn.extend(part)

    reader = threading.Thread(target=read)
    reader.start()
    shown = scrapy("replay", SEEDS, "-o", tmp_path / "tty", capture_output=False, stdout=-3, stderr=terminal)
    os.close(terminal)
    reader.join(120)
    os.close(screen)
    assert shown.returncode == 0
    assert b"/5" in drawn
