"""The date that stands under the first running text of a capture: below a standfirst, above the paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pytest

from pipelines.capture import extract
from pipelines.capture.lines import Line
from pipelines.capture.stats import Array
from pipelines.config import Config
from pipelines.model import Draft
from pipelines.pruning.shapes import Shape

STANDFIRST = "The council has voted to close the swimming hall for good, and hardly anybody had expected that."
TEXT = "A repair would cost more than all schools of the town do in a year. Nobody on the council wanted that."


class Wide:
    """Takes wide lines for the article's."""

    def votes(self, lines: Sequence[Line], shapes: Sequence[Shape]) -> Array:
        """Return the probability of each line."""
        return np.array([0.9 if shape.columns >= 60 else 0.05 for shape in shapes])


def read(*lines: str, url: str = "") -> Draft:
    fetched_at = datetime(2026, 1, 1, tzinfo=UTC)
    return extract("\n\n".join(lines), url=url, fetched_at=fetched_at, config=Config(), model=Wide())


def days(draft: Draft) -> tuple[str | None, str | None]:
    """Return the days of publication and of change, with the hour where it is told."""
    stamps = (draft.meta.published, draft.meta.modified)
    told = [stamp and stamp.at.strftime("%m-%d" if stamp.precision == "day" else "%m-%d %H:%M") for stamp in stamps]
    return told[0], told[1]


@pytest.mark.parametrize(
    "line", ["January 5, 2025", "Published Jan 05, 2025", "By Ann Moor January 5, 2025", "05.01.2025 · 6 min read"]
)
def test_a_date_under_the_standfirst_is_the_articles(line: str) -> None:
    draft = read("Council closes the hall", STANDFIRST, "Share", line, TEXT, TEXT.replace("year", "month"))
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)
    assert line not in [block.text for block in draft.blocks]
    assert ("date_line", line) in [(gone.reason, gone.text) for gone in draft.removed]


def test_a_date_above_the_text_goes_first() -> None:
    draft = read("Council closes the hall", "January 7, 2025", STANDFIRST, "January 5, 2025", TEXT)
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 7)


@pytest.mark.parametrize(
    ("above", "between"),
    [
        (("Sunday, January 7, 2025", "The town's paper"), ()),
        (("The hall as it was on January 7, 2025, when the storm was over", "Share"), ()),
        ((), ("The swimming hall in the storm that broke its roof, January 7, 2025", "Share")),
    ],
    ids=["today over the title", "a headline over it", "a caption under it"],
)
def test_the_date_that_says_nothing_else_under_the_title_goes_first(
    above: tuple[str, ...], between: tuple[str, ...]
) -> None:
    draft = read(*above, "Council closes the hall", *between, "January 5, 2025", STANDFIRST, TEXT)
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)


@pytest.mark.parametrize(
    "line",
    ["Posted on 5 January 2025 at 10:30", "发表于：2025-01-05 10:30", "作者:青山 阅读(160) 发表于2025年01月05日 10:30"],
)
def test_behind_the_article_a_date_counts_that_says_what_it_is(line: str) -> None:
    draft = read("Council closes the hall", STANDFIRST, TEXT, "Share", line, "About us")
    assert draft.meta.published is not None
    assert draft.meta.published.at.date() == date(2025, 1, 5)


def test_a_bare_date_behind_the_article_may_be_another_articles() -> None:
    more = [TEXT.replace("year", word) for word in ("week", "month", "day", "decade")]
    assert read("Council closes the hall", STANDFIRST, *more, "January 5, 2025").meta.published is None


def test_a_date_far_below_is_of_something_else() -> None:
    more = [TEXT.replace("year", word) for word in ("week", "month", "day", "decade")]
    assert read("Council closes the hall", STANDFIRST, *more, "January 5, 2025", TEXT).meta.published is None


def test_a_date_in_the_running_text_is_no_date_line() -> None:
    told = "On January 5, 2025 the council met for the first time since the summer, and it was not for long."
    assert read("Council closes the hall", STANDFIRST, told, TEXT).meta.published is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Updated Jan 6, 2025, 2:39 AM Published Jan 5, 2025, 1:34 PM", ("01-05 13:34", "01-06 02:39")),
        ("Published Jan 5, 2025 · Updated on Jan 6, 2025 · 3 min read", ("01-05", "01-06")),
        ("Posted\n\nJanuary 5, 2025", ("01-05", None)),
        ("Available until: January 9, 2025\n\nJanuary 5, 2025", ("01-05", None)),
        ("5 de enero de 202519:44", ("01-05 19:44", None)),
        ("© Ann Lee\n\nJanuary 5, 2025 | News", ("01-05", None)),
    ],
    ids=[
        "changed first",
        "out first",
        "label above",
        "how long it is kept",
        "time glued to the year",
        "under a credit",
    ],
)
def test_the_words_by_a_date_say_what_it_is(line: str, expected: tuple[str | None, str | None]) -> None:
    assert days(read("Council closes the hall", line, STANDFIRST, TEXT)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Updated: January 7, 2025",
        "January 7, 2025 -- Updated 0203 GMT (1003 HKT)",
        "الثلاثاء، 7 يناير 2025، آخر تحديث 14:00",
    ],
    ids=["label", "time of the change", "arabic"],
)
def test_the_address_knows_better_than_the_day_of_the_change(line: str) -> None:
    found = read("Council closes the hall", line, STANDFIRST, TEXT, url="https://example.org/2025/01/05/hall.html")
    assert days(found)[0] == "01-05"


def test_the_day_of_the_change_is_better_than_none() -> None:
    assert days(read("Council closes the hall", "Updated: January 7, 2025", STANDFIRST, TEXT)) == ("01-07", "01-07")


def test_a_date_under_the_title_is_nearer_than_those_of_a_list_above_the_text() -> None:
    others = [line for day in range(1, 14) for line in (f"Another headline, number {day}", f"{day} March 2024")]
    found = read("Council closes the hall", "Ann Moor January 5, 2025 13:42", "MORE STORIES", *others, STANDFIRST, TEXT)
    assert days(found)[0] == "01-05 13:42"


@pytest.mark.parametrize(("own", "expected"), [("HARBOUR | January 5, 2025 9:57", "01-05 09:57"), ("Advert", None)])
def test_dates_of_a_list_between_title_and_text_are_other_articles(own: str, expected: str | None) -> None:
    others = [line for day in range(1, 14) for line in (f"Another headline, number {day}", f"{day} March 2024")]
    found = read("Council closes the hall", *["Share", "Print"] * 5, *others, "Credit: Ann Lee", own, STANDFIRST, TEXT)
    assert days(found)[0] == expected


PORTUGUESE = "O conselho votou pelo fechamento definitivo da piscina, e quase ninguém na cidade esperava por isso."


@pytest.mark.parametrize(
    ("lead", "url", "other", "expected"),
    [
        (PORTUGUESE, "", "Casa", "01-05 20:49"),
        (STANDFIRST, "", "Home", None),
        (STANDFIRST, "https://example.org.uk/hall", "Home", "01-05 20:49"),
        (STANDFIRST, "", "23/04/2024", "01-05 20:49"),
        (STANDFIRST, "", "04/23/2024", "05-01 20:49"),
    ],
    ids=["language", "English is of either order", "country", "another date", "another in the other order"],
)
def test_which_of_two_numbers_is_the_day(lead: str, url: str, other: str, expected: str | None) -> None:
    text = [lead, *(lead.replace(",", f" {word},") for word in ("enfim", "lá"))]
    title = "Conselho votou pelo fechamento" if lead == PORTUGUESE else "Council closes the hall"
    found = read(other, title, "Ann Moor 05/01/2025 • 20:49", *text, url=url)
    assert days(found)[0] == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (f"January 5, 2025 -- {STANDFIRST}", "01-05"),
        (f"Jan. 5, 2025 — {STANDFIRST}", "01-05"),
        (f"January 5, 2025 – {STANDFIRST[0].lower()}{STANDFIRST[1:]}", None),
    ],
    ids=["two hyphens", "dash", "the sentence goes on"],
)
def test_a_date_and_a_dash_open_the_text(lead: str, expected: str | None) -> None:
    found = read("Council closes the hall", lead, TEXT)
    assert days(found)[0] == expected
    assert found.blocks[0].text == (STANDFIRST if expected else lead)


def test_a_date_behind_the_article_beside_that_of_its_change() -> None:
    found = read("Council closes the hall", STANDFIRST, TEXT, "5 gennaio 2025 (modifica il 6 gennaio 2025 | 10:19)")
    assert days(found) == ("01-05", "01-06 10:19")
