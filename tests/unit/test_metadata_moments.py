"""Dates in one line: every form, its time and zone, and what is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.metadata.datelines import from_value, label
from pipelines.metadata.dates import find_stamp, local_day
from pipelines.metadata.moments import find
from pipelines.model import Stamp

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(line: str, timezone: ZoneInfo | None = None) -> tuple[str, str] | None:
    found = find_stamp(line, fetched_at=FETCHED, timezone=timezone)
    return (found.at.strftime("%Y-%m-%d %H:%M:%S"), found.precision) if found else None


@pytest.mark.parametrize(
    "line",
    [
        "2024年1月19日",
        "2024-01-19",
        "2024/1/19",
        "2024.01.19",
        "2024. 1. 19.",
        "２０２４年１月１９日",
        "二〇二四年一月十九日",
        "令和6年1月19日",
        "民國113年1月19日",
        "2024년 1월 19일",
        "発行日：2024年1月19日（金）",
        "January 19, 2024",
        "Jan. 19, 2024",
        "Jan 19 2024",
        "January 19th, 2024",
        "19 January 2024",
        "the 19th of January 2024",
        "19-Jan-2024",
        "19. Januar 2024",
        "19.01.2024",
        "19/01/2024",
        "01/19/2024",
        "19.1.24",
        "19 janvier 2024",
        "19 de enero de 2024",
        "19 de janeiro de 2024",
        "19 gennaio 2024",
        "19 января 2024 г.",
        "19 січня 2024",
        "19 stycznia 2024",
        "19. ledna 2024",
        "19 Ocak 2024 Cuma",
        "19 Ιανουαρίου 2024",
        "Jumat, 19 Januari 2024",
        "19 januari 2024",
        "2024. január 19.",
        "2024 m. sausio 19 d.",
        "19 tháng 1 năm 2024",
        "19 जनवरी 2024",
        "٢٠٢٤/٠١/١٩",
        "19 มกราคม 2567",
        "19 كانون الثاني / يناير 2024",
    ],
)
def test_a_day_in_every_form(line: str) -> None:
    assert at(line) == ("2024-01-19 00:00:00", "day")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024年1月19日 10:08", "2024-01-19 09:08:00"),
        ("2024-01-19 10:08", "2024-01-19 09:08:00"),
        ("2024年1月19日10时08分", "2024-01-19 09:08:00"),
        ("2024年1月19日 下午3:05", "2024-01-19 14:05:00"),
        ("2024. 1. 19. 오전 10:08", "2024-01-19 09:08:00"),
        ("19. Januar 2024, 10:08 Uhr", "2024-01-19 09:08:00"),
        ("19.01.2024, 10.08 Uhr", "2024-01-19 09:08:00"),
        ("le 19 janvier 2024 à 10h08", "2024-01-19 09:08:00"),
        ("19 de janeiro de 2024 às 10h08", "2024-01-19 09:08:00"),
        ("19.1.2024 klo 10.08", "2024-01-19 09:08:00"),
        ("10:08, 19 января 2024", "2024-01-19 09:08:00"),
        ("19 January 2024 12:05 am", "2024-01-18 23:05:00"),
        # Minutes of one digit before their own sign.
        ("2024년 1월 19일 오후 10시 8분", "2024-01-19 21:08:00"),
        ("2024년 1월 19일 오전 10시 08 분", "2024-01-19 09:08:00"),
        ("2024年1月19日 上午9点8分", "2024-01-19 08:08:00"),
        # Before and after noon in Vietnamese.
        ("19/01/2024 10:08 CH", "2024-01-19 21:08:00"),
        ("19/01/2024 10:08 SA", "2024-01-19 09:08:00"),
        ("19/01/2024, 12:08 SA", "2024-01-18 23:08:00"),
        # The Arabic letter behind a year is the era's, behind a time it is the afternoon's.
        ("19 يناير 2024 م 10:08", "2024-01-19 09:08:00"),
        ("19 يناير 2024م - 10:08 م", "2024-01-19 21:08:00"),
    ],
)
def test_a_time_without_zone_is_the_callers(line: str, expected: str) -> None:
    assert at(line, BERLIN) == (expected, "minute")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024-01-19T10:08:11+08:00", "2024-01-19 02:08:11"),
        ("2024-01-19T10:08:11Z", "2024-01-19 10:08:11"),
        ("Fri, 19 Jan 2024 10:08:11 GMT", "2024-01-19 10:08:11"),
        ("19 Jan 2024 10:08:11 WIB", "2024-01-19 03:08:11"),
        ("Fri Jan 19 2024 10:08:11 GMT+0800 (China Standard Time)", "2024-01-19 02:08:11"),
        ("2024-01-19 10:08:11 +0800", "2024-01-19 02:08:11"),
        ("2024-01-19 10:08:11.4 -05:00", "2024-01-19 15:08:11"),
        ("2024-01-19 10:08:11 Asia/Shanghai", "2024-01-19 02:08:11"),
        ("2024-01-19T10:08:11[America/Argentina/Buenos_Aires]", "2024-01-19 13:08:11"),
        ("2024-01-19T10:08:11+08:00[Asia/Shanghai]", "2024-01-19 02:08:11"),
        ("2024년 1월 19일 오전 9시 8분 7초 KST", "2024-01-19 00:08:07"),
    ],
)
def test_a_named_zone_outranks_the_callers(line: str, expected: str) -> None:
    assert at(line, BERLIN) == (expected, "second")


def test_eastern_time_follows_the_season() -> None:
    assert at("3:05 PM ET, Fri January 19, 2024") == ("2024-01-19 20:05:00", "minute")
    assert at("July 19, 2024 3:05 p.m. ET") == ("2024-07-19 19:05:00", "minute")


@pytest.mark.parametrize(
    "line",
    [
        "On January 19, it was reported",
        "By the end of 2024 there will be 350000 of them",
        "01-19 10:08",
        "January 2024",
        "Version 10.1.2024.3",
        "2024-13-40",
        "30 February 2024",
        "3/4/2024",
        "call 555-2024-01",
        "1.234.567 Euro",
    ],
)
def test_no_date_is_made_up(line: str) -> None:
    assert at(line) is None


def test_day_first_settles_an_ambiguous_date() -> None:
    british = find_stamp("3/4/2024", fetched_at=FETCHED, timezone=None, day_first=True)
    american = find_stamp("3/4/2024", fetched_at=FETCHED, timezone=None, day_first=False)
    assert british and british.at.month == 4
    assert american and american.at.month == 3


def test_a_number_after_a_dash_is_no_zone() -> None:
    assert at("2024-01-19 10:08 - 12 Kommentare", SHANGHAI) == ("2024-01-19 02:08:00", "minute")


def test_the_future_is_refused_but_a_day_of_slack_allowed() -> None:
    assert at("2026-01-02") is not None
    assert at("2026-01-03") is None


def test_a_future_date_does_not_hide_an_earlier_one() -> None:
    assert at("2031-01-01 2024-01-19") == ("2024-01-19 00:00:00", "day")


def test_raw_is_what_stands_on_the_page() -> None:
    found = find_stamp("发布时间：２０２４年１月１９日　10:08", fetched_at=FETCHED, timezone=SHANGHAI)
    assert found and found.raw == "２０２４年１月１９日 10:08"


def test_label_tells_published_from_modified() -> None:
    line = "Published 19 January 2024, updated 20 January 2024"
    assert [label(line, moment) for moment in find(line)] == ["published", "modified"]
    line = "2024-01-19 10:08更新"
    assert label(line, find(line)[0]) == "modified"
    for line in ("19.01.2024 (aktualisiert)", "2024.01.19 last update", "19 January 2024 Updated"):
        assert label(line, find(line)[0]) == "modified"
    line = "19 January 2024, the council updated its plan"
    assert label(line, find(line)[0]) == ""
    line = "April 26, 2024Updated on: October 28, 2024"
    assert [label(line, moment) for moment in find(line)] == ["", "modified"]
    line = "© Copyright 19.01.2024"
    assert label(line, find(line)[0]) == "foreign"


def test_attribute_values() -> None:
    for value in ("1705658880", "1705658880000", "20240119T100800Z", "2024-01-19T10:08:00.000Z"):
        found = from_value(value, fetched_at=FETCHED, timezone=None)
        assert found and found[0].at == datetime(2024, 1, 19, 10, 8, tzinfo=UTC)


def test_local_day_is_the_day_that_readers_see() -> None:
    late = Stamp(at=datetime(2024, 1, 19, 20, 0, tzinfo=UTC), raw="2024-01-19T20:00:00Z", precision="second")
    assert local_day(late, SHANGHAI) == "2024-01-20"
    shown = Stamp(at=datetime(2024, 1, 19, 20, 0, tzinfo=UTC), raw="2024年1月20日 04:00", precision="minute")
    assert local_day(shown, None) == "2024-01-20"


@given(st.text(max_size=300))
def test_any_line_is_read_without_error_and_never_into_the_future(line: str) -> None:
    found = find_stamp(line, fetched_at=FETCHED, timezone=None, day_first=True)
    assert found is None or found.at <= FETCHED + timedelta(days=1)


@given(st.dates(min_value=datetime(1991, 1, 1).date(), max_value=datetime(2025, 12, 31).date()))  # noqa: DTZ001
def test_every_day_is_read_back(day: object) -> None:
    for form in ("%Y-%m-%d", "%Y年%m月%d日", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y"):
        found = find_stamp(f"x {day:{form}} y", fetched_at=FETCHED, timezone=None)
        assert found and found.at.date() == day


@pytest.mark.parametrize(
    "line", ["By Jane DoeJanuary 19, 202420 Mins Read", "by Jane Doe January 19th 20245 min read", "DoeJan 19, 2024"]
)
def test_a_date_glued_to_its_neighbours(line: str) -> None:
    found = find(line)
    assert found and found[0].day.isoformat() == "2024-01-19"
    assert line[: found[0].start].rstrip().endswith("Doe")


def test_a_longer_number_is_no_year() -> None:
    assert not find("January 19, 20245 houses")


@pytest.mark.parametrize("mark", ["/", "\u2013", "-", "."])
def test_one_line_is_read_in_the_order_of_each_who_asks(mark: str) -> None:
    """An answer is remembered for all who ask, but where the order of day and month tells it apart."""
    days = [[found.day.isoformat() for found in find(f"3{mark}4{mark}2024", day_first=order)] for order in (1, 0, None)]
    other = ["2024-04-03"] if mark in "-." else ["2024-03-04"]
    assert days == [["2024-04-03"], other, ["2024-04-03"] if mark in "-." else []]


def test_a_region_that_is_no_zone_names_none() -> None:
    assert at("2024-01-19 10:08:11 Europe/Middle East", BERLIN) == ("2024-01-19 09:08:11", "second")


def test_a_saturday_in_german_is_no_morning() -> None:
    assert at("19.01.2024 12:08 Sa", BERLIN) == ("2024-01-19 11:08:00", "minute")
