"""What earlier runs have seen of a host is cut by later ones, whatever the order inside a run."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.config import Config
from pipelines.model import Article, RawPage
from pipelines.process import clean
from pipelines.template_memory import TemplateMemory
from pipelines.templates import SAMPLE
from tests.words import WORDS

HOST = "busy.example.org"
JUNK = "Our newsroom by the old lighthouse is open on every day of the week, and visitors are welcome after nine."


def article(number: int, junk: str = JUNK) -> Article:
    draw = random.Random(number)
    lines = [
        f"In case {number} the {' and the '.join(draw.sample(WORDS, 6))} were debated for {draw.randint(2, 90)} hours."
        for _ in range(5)
    ]
    body = "".join(f"<p>{line}</p>" for line in [*lines[:3], junk, *lines[3:]])
    html = (
        f"<html><head><title>Case {number}</title></head><body><article><h1>Case {number}</h1>{body}</article></body>"
    )
    page = RawPage(
        url=f"https://{HOST}/case-{number}.html",
        fetched_at=datetime(2026, 11, 1, tzinfo=UTC),
        body=html.encode(),
        source="page",
        content_type="text/html",
    )
    made = clean(page, Config())
    assert isinstance(made, Article) and junk in made.text
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


def run(path: Path, name: str, numbers: list[int], junk: str = JUNK) -> list[Article]:
    memory = TemplateMemory(path, name)
    made = [memory.strip(article(number, junk), HOST) for number in numbers]
    memory.save()
    memory.close()
    return made


def test_a_run_cuts_what_the_runs_before_it_have_seen(path: Path) -> None:
    first = run(path, "r1", list(range(6)))
    assert all(JUNK in each.text for each in first)
    second = run(path, "r2", [6, 7])
    for each in second:
        assert JUNK not in each.text
        assert [(piece.reason, piece.text) for piece in each.removed if piece.reason == "template"] == [
            ("template", JUNK)
        ]
        assert each.record_id != article(int(each.url.split("-")[1].removesuffix(".html"))).record_id


def test_the_order_inside_a_run_makes_no_difference_now_or_later(tmp_path: Path) -> None:
    there, back = tmp_path / "there.sqlite", tmp_path / "back.sqlite"
    order = list(range(80))
    run(there, "r1", order)
    run(back, "r1", order[::-1])
    assert run(there, "r2", [90, 91, 92]) == run(back, "r2", [92, 91, 90])[::-1]


def test_what_a_run_saves_on_its_way_is_not_for_itself(path: Path) -> None:
    memory = TemplateMemory(path, "r1")
    for number in range(6):
        memory.strip(article(number), HOST)
        memory.save()
    assert JUNK in memory.strip(article(7), HOST).text
    memory.close()  # as when killed: only what was saved is there
    again = TemplateMemory(path, "r1")
    assert JUNK in again.strip(article(8), HOST).text
    again.close()
    assert JUNK not in run(path, "r2", [9])[0].text


def test_a_page_asked_again_in_each_run_is_no_template_of_its_own(path: Path) -> None:
    own = "A line that this page alone has, and has had in all of its versions since the first of them appeared."
    for number in range(6):
        (made,) = run(path, f"r{number}", [3], junk=own)
        assert own in made.text


def test_a_new_design_pushes_the_old_one_out(path: Path) -> None:
    run(path, "r1", list(range(SAMPLE)))
    new = JUNK.replace("lighthouse", "water mill")
    run(path, "r2", list(range(100, 100 + SAMPLE)), junk=new)
    memory = TemplateMemory(path, "r3")
    assert JUNK in memory.strip(article(300), HOST).text
    assert new not in memory.strip(article(301, junk=new), HOST).text
    memory.close()


def test_a_file_that_is_no_table_says_so(path: Path) -> None:
    path.write_bytes(b"no database at all, only a few words in a file of that name " * 40)
    with pytest.raises(Exception, match="not a database"):
        TemplateMemory(path, "r1")
