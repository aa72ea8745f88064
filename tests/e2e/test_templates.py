"""Blocks that recur on other pages of a host go; which page came first makes no difference."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from tests.e2e.conftest import Run
from tests.words import WORDS

JUNK = "Our newsroom by the old lighthouse is open on every day of the week, and visitors are welcome after nine."


def story(number: int) -> list[str]:
    draw = random.Random(number)
    return [
        f"In case {number} the {' and the '.join(draw.sample(WORDS, 6))} were debated for {draw.randint(2, 90)} hours."
        for _ in range(5)
    ]


def page(host: str, number: int) -> dict[str, str]:
    lines = story(number)
    lines.insert(3, JUNK)
    body = "".join(f"<p>{line}</p>" for line in lines)
    html = (
        f"<html><head><title>Case {number}</title></head><body><article><h1>Case {number}</h1>{body}</article></body>"
    )
    return {"url": f"https://{host}/2026/11/case-{number}.html", "html": html, "fetched_at": "2026-11-01T00:00:00Z"}


def rows(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ds.dataset(output / "articles", partitioning="hive").to_table().to_pylist()
    return sorted(({**row, "run_id": "", "source": ""} for row in found), key=lambda row: row["url"])


@pytest.fixture
def pages() -> list[dict[str, str]]:
    return [page("busy.example.org", number) for number in range(8)] + [page("calm.example.net", 8)]


def replay(scrapy: Run, folder: Path, pages: list[dict[str, str]], *options: str) -> list[dict[str, Any]]:
    folder.mkdir()
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, pages)))
    done = scrapy("replay", folder / "pages.jsonl", "-o", folder / "out", *options)
    assert done.returncode == 0, done.stderr
    return rows(folder / "out")


def test_what_recurs_goes_whatever_the_order(scrapy: Run, tmp_path: Path, pages: list[dict[str, str]]) -> None:
    there = replay(scrapy, tmp_path / "there", pages, "--templates")
    back = replay(scrapy, tmp_path / "back", pages[::-1], "--templates")
    assert there == back
    for row in there:
        busy = "busy" in row["url"]
        assert (JUNK in row["text"]) is not busy
        assert ({"reason": "template", "text": JUNK} in row["removed"]) is busy
        number = int(row["url"].split("case-")[1].removesuffix(".html"))
        assert all(line in row["text"] for line in story(number))


def test_without_the_option_every_page_stands_alone(scrapy: Run, tmp_path: Path, pages: list[dict[str, str]]) -> None:
    assert all(JUNK in row["text"] for row in replay(scrapy, tmp_path / "one", pages))


def test_a_list_on_standard_input_cannot_be_read_twice(scrapy: Run, tmp_path: Path) -> None:
    done = scrapy("replay", "-", "-o", tmp_path / "out", "--templates", input="seeds/\n")
    assert done.returncode == 2
    assert "only once" in done.stderr
