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
    assert moments.find("Version 6.1.19") == moments.find("Release 6.1.19") == moments.find("Ref. 1402/10/29") == []


@pytest.mark.parametrize(
    ("line", "hour"),
    [
        ("January 19, 2024 10:08 AM Eastern Standard Time", 15),
        ("January 19, 2024, 10:08 am Pacific Time", 18),
        ("19 Jan 2024 10:08 (Central European Summer Time)", 9),
        ("January 19, 2024 22:38 IST", 17),
    ],
)
def test_a_zone_in_words_and_indias(line: str, hour: int) -> None:
    made = page(article("Bridge closed again", line))
    assert made.published is not None and (made.published.at.hour, made.published.at.minute) == (hour, 8)
    assert made.authors == ()


def test_the_word_before_a_time_says_what_it_is() -> None:
    lines = (
        "<p>Veröffentlicht: <time datetime='2024-01-19T10:08:11+01:00'>19. Januar 2024</time></p>",
        "<p>Zuletzt aktualisiert: <time datetime='2024-02-01T09:00:00+01:00'>01. Februar 2024</time></p>",
    )
    for order in (lines, lines[::-1]):
        made = page(article("Brücke gesperrt", *order), lang="de")
        assert made.published and made.published.at.isoformat() == "2024-01-19T09:08:11+00:00"
        assert made.modified and made.modified.at.isoformat() == "2024-02-01T08:00:00+00:00"


def test_an_update_beside_the_date_is_no_date_of_publication() -> None:
    foot = "<p class='is-last-update' datetime='2024-01-20T11:16:54+01:00'>19 gennaio 2024 ( modifica il 20 gennaio 2024)</p>"
    assert stated(article("Chiude il vecchio ponte") + foot, lang="it") == "2024-01-19"


def test_three_paragraphs_may_stand_between_title_and_date() -> None:
    lines = (f"<p>{each} {PROSE_ZH}</p>" for each in "一二三")
    below = (*lines, "分享", "收藏", "2024-01-19")
    assert stated(article("小镇的桥又关闭了", *below, prose=PROSE_ZH), lang="zh") == "2024-01-19"


def test_a_date_behind_a_byline_that_goes_on() -> None:
    line = "Scritto da Marco Bruni il 19/01/2024 in Cronaca di Porto Vecchio"
    made = page(article("Chiude il vecchio ponte", line), lang="it")
    assert made.published and made.published.raw == "19/01/2024" and made.authors == ("Marco Bruni",)


def test_notes_are_dated_by_their_readers() -> None:
    notes = "<ol><li>^ 港口历史简介. www.example.org. [2024-03-13].</li></ol>"
    assert stated(article("港口大桥", prose=PROSE_ZH) + notes, lang="zh") is None


@pytest.mark.parametrize(
    "line", ["19-Jan-24", "19-JAN-24 10.08", "Jan 19 '24", "Jan. 19th, ’24", "19 Gennaio '24", "등록 24.01.19"]
)
def test_years_of_two_digits(line: str) -> None:
    assert [each.day for each in moments.find(line)] == [date(2024, 1, 19)]


@pytest.mark.parametrize("line", ["10-mm-24", "May 19 of '24 teams", "on 3-man-24 boats", "in '24"])
def test_two_digits_that_are_no_year(line: str) -> None:
    assert moments.find(line) == []


def test_the_day_goes_first_in_australia_and_abbreviated_updates_are_told() -> None:
    assert stated(article("Bridge closed again", "02/01/2024"), url="https://www.example.com.au/a") == "2024-01-02"
    made = page(article("Κλείνει η γέφυρα", "19/01/2024 10:08 | Ενημ. 20/01/2024 09:00"), lang="el")
    assert made.published and made.modified and made.modified.at.day == 20


@pytest.mark.parametrize("line", ["24.01.19 10:08", '<span class="date">24.01.19</span>', "24. 01. 19"])
def test_the_year_goes_first_on_korean_pages(line: str) -> None:
    assert stated(article("항구 다리 또 폐쇄", line), lang="ko", url="https://www.example.kr/1") == "2024-01-19"


def test_the_day_goes_first_elsewhere() -> None:
    assert stated(article("Brücke gesperrt", "24.01.19"), lang="de") == "2019-01-24"
    assert stated(article("항구 다리 또 폐쇄", "2024.01.19"), lang="ko") == "2024-01-19"
