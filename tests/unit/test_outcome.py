"""What a run says at its end, and with which code it exits."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console

from crawler.outcome import Line, exit_code, line_of, notes_of, rows_of, show
from pipelines.model import Stamp
from tests.store_samples import article

STATS = {
    "polyglean/pages": 1200,
    "polyglean/articles": 1000,
    "polyglean/known": 150,
    "polyglean/rejected/too_short": 30,
    "polyglean/rejected/empty_page": 20,
    "polyglean/broken": 20,
    "polyglean/language/zh": 700,
    "polyglean/language/en": 300,
    "polyglean/removed/share_bar": 400,
    "polyglean/sentences": 9000,
    "polyglean/sentences_flagged": 12,
    "finish_reason": "finished",
}


@pytest.mark.parametrize(
    ("changes", "strict", "code"),
    [
        ({}, False, 0),
        ({}, True, 1),
        ({"polyglean/broken": 0}, True, 0),
        ({"polyglean/exit_code": 3}, False, 3),
        ({"polyglean/exit_code": 2}, True, 2),
        ({"finish_reason": "start_error"}, False, 1),
    ],
)
def test_exit_code(changes: dict[str, object], strict: bool, code: int) -> None:
    assert exit_code({**STATS, **changes}, strict=strict) == code


def test_rows_name_every_figure() -> None:
    rows = dict(rows_of(STATS, 12.34))
    assert rows["pages"] == "1,200"
    assert rows["articles"] == "1,000 new"
    assert rows["rejected"] == "50 (too_short 30, empty_page 20)"
    assert rows["by language"] == "zh 700, en 300"
    assert rows["sentences"] == "9,000 translated, 12 flagged"
    assert rows["seconds"] == "12.3"


def test_what_takes_a_stored_place_and_what_goes_is_told() -> None:
    rows = dict(rows_of({**STATS, "polyglean/replaced": 400, "polyglean/withdrawn": 7}, 1.0))
    assert rows["articles"] == "600 new, 400 in place of stored ones"
    assert rows["withdrawn"].startswith("7 stored before")


def test_missing_package_says_how_to_get_one() -> None:
    (note,) = notes_of({"polyglean/no_package/zh": 2, "polyglean/no_package/de": 1})
    assert "scrapy models install zh en" in note
    assert "zh 2, de 1" in note


def printed(count: int) -> str:
    lines = [
        Line(record_id="abc", title=f"[b]Title {number}[/b]", date="2024-01-22", language="en", first="First line")
        for number in range(count)
    ]
    console = Console(file=io.StringIO(), width=100)
    show(console, STATS, lines, 1.0)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_up_to_twenty_articles_are_listed_and_their_text_is_no_markup() -> None:
    assert "[b]Title 19[/b]" in printed(20)
    assert "Title" not in printed(21)


@pytest.mark.parametrize("charset", ["ascii", "latin-1", "gbk"])
def test_a_summary_fits_whatever_charset_the_output_is_in(charset: str) -> None:
    """As under ``LC_ALL=C`` with ``PYTHONUTF8=0``, or into a file of an old Windows."""
    line = Line(record_id="abc", title="預算 – été", date="2024-01-22", language="zh", first="市議會 " * 40)
    file = io.TextIOWrapper(io.BytesIO(), charset)
    show(Console(file=file, width=100), STATS, [line], 1.0)
    file.flush()
    assert b"2024-01-22" in file.buffer.getvalue() and b"1,000 new" in file.buffer.getvalue()


def test_equal_pages_of_one_run_are_not_laid_to_an_earlier_one() -> None:
    (note,) = notes_of({"polyglean/known": 1})
    assert note.startswith("1 page(s) were stored already, by an earlier run or as an equal page of this one")


def test_the_list_shows_the_day_that_readers_saw() -> None:
    """A page of Beijing from six in the morning is of the day before in UTC."""
    early = Stamp(at=datetime(2026, 5, 12, 22, 3, tzinfo=UTC), raw="2026-05-13 06:03", precision="minute")
    made = article(1)
    assert line_of(replace(made, meta=replace(made.meta, published=early))).date == "2026-05-13"
