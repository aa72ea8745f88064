"""Days that stand on leaves of a calendar, and days of other calendars: Solar Hijri, eras of Japan and Taiwan."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.config import Config
from pipelines.metadata import moments
from pipelines.metadata.dates import local_day
from pipelines.metadata.sites import zone
from pipelines.metadata.solar import gregorian
from tests.metadata_pages import PROSE_ZH, article, page


def stated(body: str, *, url: str = "https://www.example.com/town/bridge", lang: str = "en") -> str | None:
    """Return the published day that readers see."""
    found = page(body, url=url, lang=lang).published
    return local_day(found, zone(url, Config())) if found else None


@pytest.mark.parametrize(
    "leaf",
    [
        "<b>19</b><br><b>JAN</b><br><b>2024</b>",
        "<div>19.</div><div>Januar</div><div>2024</div>",
        "<div>Jan</div><div>19</div><div>2024</div>",
        "<p>19</p><p>2024-01</p>",
        "<p>19</p><p>2024.01</p>",
        "<span>19</span><span>2024.01</span>",
        "<p>2024/01</p><p>19</p>",
        "<p>2024年</p><p>01-19</p>",
        "<p>01/19</p><p>2024</p>",
        "<p>19</p><p>Jan 2024</p>",
    ],
)
def test_a_leaf_of_a_calendar_above_the_title(leaf: str) -> None:
    assert stated(f"<div>{leaf}</div>{article('小镇的桥又关闭了', prose=PROSE_ZH)}", lang="zh") == "2024-01-19"


def test_numbers_on_lines_of_their_own_are_no_leaf() -> None:
    for lines in ("<p>19</p><p>2024</p>", "<p>19</p><p>Gäste</p><p>2024</p>", "<p>33</p><p>2024-01</p>"):
        assert stated(lines + article("Bridge closed again")) is None


@pytest.mark.parametrize(
    "line",
    [
        "۲۹ دی ۱۴۰۲ - ۱۰:۰۸",
        "سه‌شنبه ۲۹ دی‌ماه ۱۴۰۲ ساعت ۱۰:۰۸",
        "تاریخ انتشار: ۱۴۰۲/۱۰/۲۹ - ۱۰:۰۸",
        "تاریخ: ۲۹ جدی ۱۴۰۲ ۱۰:۰۸",
    ],
)
def test_the_solar_hijri_calendar(line: str) -> None:
    (found,) = moments.find(line)
    assert (found.day, found.hour, found.minute) == (date(2024, 1, 19), 10, 8)
    assert stated(article("پل قدیمی بسته می‌شود", line), lang="fa") == "2024-01-19"


def test_new_years_days_of_the_solar_hijri_calendar() -> None:
    marches = {1375: 20, 1376: 21, 1399: 20, 1400: 21, 1403: 20, 1404: 21, 1408: 20}
    assert {year: gregorian(year, 1, 1).day for year in marches} == marches
    assert gregorian(1399, 12, 30) == date(2021, 3, 20)
    assert moments.find("Teil 1404/13/29") == []


@pytest.mark.parametrize("line", ["掲載日：R6.1.19", "更新 令和6.1.19", "張貼日：113/01/19", "公告日:113-1-19"])
def test_years_of_eras_without_their_characters(line: str) -> None:
    assert [each.day for each in moments.find(line)] == [date(2024, 1, 19)]


def test_a_letter_before_numbers_makes_them_a_version() -> None:
    assert moments.find("R6.1.19", day_first=True) == moments.find("build v6.1.19", day_first=True) == []
