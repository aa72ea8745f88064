"""Pages of one article in one replay are one record, whatever their order and however many workers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from tests.e2e.conftest import Run
from tests.e2e.test_templates import story

STORY = "https://busy.example.org/2026/11/the-long-winter"


def address(number: int) -> str:
    return STORY + (f"_{number}.html" if number > 1 else ".html")


def page(number: int, last: int = 4) -> dict[str, str]:
    body = "".join(f"<p>{line}</p>" for line in story(number))
    numbers = "".join(f'<a href="{address(n)}">{n}</a> ' for n in range(1, last + 1) if n != number)
    html = (
        "<html><head><title>The long winter</title></head><body><article><h1>The long winter</h1>"
        f"{body}</article><p class='pager'>{numbers}</p></body></html>"
    )
    return {"url": address(number), "html": html, "fetched_at": "2026-11-01T00:00:00Z"}


def other(number: int) -> dict[str, str]:
    body = "".join(f"<p>{line}</p>" for line in story(100 + number))
    html = (
        f"<html><head><title>Case {number}</title></head><body><article><h1>Case {number}</h1>{body}</article></body>"
    )
    return {"url": f"https://busy.example.org/case-{number}.htm", "html": html, "fetched_at": "2026-11-01T00:00:00Z"}


def replay(scrapy: Run, folder: Path, pages: list[dict[str, str]], *options: str) -> list[dict[str, Any]]:
    folder.mkdir()
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, pages)))
    done = scrapy("replay", folder / "pages.jsonl", "-o", folder / "out", *options)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = ds.dataset(folder / "out/articles", partitioning="hive").to_table().to_pylist()
    return sorted(({**row, "run_id": "", "source": ""} for row in found), key=lambda row: row["url"])


@pytest.mark.parametrize("options", [(), ("--templates",)], ids=["plain", "templates"])
def test_order_and_workers_make_no_difference(scrapy: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    pages = [page(1), other(1), page(2), page(3), other(2), other(3), page(4)]
    there = replay(scrapy, tmp_path / "there", pages, "-s", "CLEAN_WORKERS=1", *options)
    back = replay(scrapy, tmp_path / "back", pages[::-1], "-s", "CLEAN_WORKERS=3", *options)
    assert there == back and len(there) == 4
    (whole,) = [row for row in there if row["url"] == STORY + ".html"]
    assert all(line in whole["text"] for number in (1, 2, 3, 4) for line in story(number))
    assert not [cut for cut in whole["removed"] if cut["reason"] == "missing_page"]


def test_a_missing_page_is_named_and_gives_no_second_record(scrapy: Run, tmp_path: Path) -> None:
    (row,) = replay(scrapy, tmp_path / "gap", [page(4), page(2), page(1)])
    assert [cut["text"] for cut in row["removed"] if cut["reason"] == "missing_page"] == [address(3)]
    assert story(2)[0] in row["text"] and story(4)[0] not in row["text"]
