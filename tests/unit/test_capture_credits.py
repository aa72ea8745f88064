"""Titles, dates and authors of text captures of Chinese, Japanese and Korean pages."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines import capture
from pipelines.config import Config
from pipelines.model import Draft
from tests.metadata_pages import FETCHED, PROSE_ZH

TITLE_ZH = "小镇的桥又关闭了"
TITLE_KO = "부산 작은 마을 다리 또 통제…3년 만에 전면 보수"
PROSE_KO = (
    "부산 작은 마을의 다리가 다시 통제됐다. 의회는 화요일 저녁에 세 시간 동안 다리와 학교와 항구로 가는 길에 대해 이야기했지만 "
    "아무것도 결정하지 못했다고 밝혔다. 전면 보수는 3년 만에 처음이며 주민들은 길이 빨리 고쳐지기를 바란다고 말했다."
)
SECOND_KO = (
    "시 관계자는 보수 공사를 봄까지 마치겠다고 했다. 인근 상인들은 손님이 절반으로 줄어 힘들었는데 이제 숨통이 트일 것 같다며 "
    "기대감을 나타냈고, 시는 주말마다 다리 옆 공원에서 거리 공연을 열 계획이다."
)


def draft(*lines: str, url: str = "https://www.example.com/a") -> Draft:
    """Return what a capture of these lines gives."""
    return capture.extract("\n\n".join(lines) + "\n", url=url, fetched_at=FETCHED, config=Config())


def chinese(*, above: tuple[str, ...] = ("2024-01-19 10:08",), lead: str = "", end: str = "", after: str = "") -> Draft:
    """Return the draft of a Chinese capture with lines under its title, before, in and behind its text."""
    return draft(TITLE_ZH, *above, lead + PROSE_ZH, PROSE_ZH * 2 + end, after)


@pytest.mark.parametrize(
    "under", ["박주영 기자", "입력 2024.01.19. 09:31 | 업데이트 2024.01.19. 10:02", "추천 12 댓글 3"]
)
def test_a_korean_headline_of_many_short_words_is_no_menu(under: str) -> None:
    assert draft(TITLE_KO, under, PROSE_KO, SECOND_KO).meta.title == TITLE_KO


def test_ideographs_in_many_short_groups_are_one() -> None:
    assert draft("首页 新闻 体育 财经 娱乐 科技", TITLE_ZH, PROSE_ZH, PROSE_ZH * 2).meta.title == TITLE_ZH


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"lead": "新华社江州1月19日电（记者郑生竹、朱程）"}, ("郑生竹", "朱程")),
        ({"lead": "〔記者蔡淑媛／台中報導〕"}, ("蔡淑媛",)),
        ({"lead": "（中央社記者郝雪卿台中18日電）"}, ("郝雪卿",)),
        ({"end": "（记者 王晓明）"}, ("王晓明",)),
        ({"after": "江州日报记者 王晓明 通讯员 陈静"}, ("王晓明", "陈静")),
        ({"after": "作者：阿禾，九零后，现居杭州。"}, ("阿禾",)),
        ({"after": "责任编辑：张迪"}, ()),
        ({"after": "（图/王晓明 摄）"}, ()),
        ({"above": ("簡恒宇", "2024-01-19 10:08")}, ("簡恒宇",)),
        ({"above": ("2024-01-19 10:08", "[佐藤由紀子，HarborMedia]")}, ("佐藤由紀子",)),
        ({"above": ("2024-01-19 10:08", "江苏")}, ()),
        ({}, ()),
    ],
)
def test_the_text_itself_credits_its_authors(parts: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert chinese(**parts).meta.authors == expected


def test_a_korean_reporter_stands_in_the_first_paragraph_or_behind_the_last() -> None:
    lead = f"(부산=한빛통신) 조정호 기자 = {PROSE_KO}"
    assert draft(TITLE_KO, "2024-01-19 09:28", lead, SECOND_KO).meta.authors == ("조정호",)
    behind = draft(TITLE_KO, "2024-01-19 09:28", PROSE_KO, SECOND_KO, "김광수 기자 kskim@example.co.kr")
    assert behind.meta.authors == ("김광수",)


def test_the_address_dates_a_capture_that_shows_no_date() -> None:
    found = draft(TITLE_ZH, PROSE_ZH, PROSE_ZH * 2, url="https://www.example.com/20240119/c.html").meta.published
    assert found is not None and (found.at.date().isoformat(), found.precision) == ("2024-01-19", "day")
    shown = draft(TITLE_ZH, "2024-01-18 09:00", PROSE_ZH, PROSE_ZH * 2, url="https://www.example.cn/20240119/c.html")
    assert shown.meta.published is not None and shown.meta.published.precision == "minute"


HARBOUR = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said. Buses will go round"
    " by the market, and ferries run twice as often. The council has looked for the money since autumn, it said."
)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Written by Moses Kim and Kate Shaw", {"Moses Kim", "Kate Shaw"}),
        ("Authors: Julie Weisen and Nat Hoidal, extension educators", {"Julie Weisen", "Nat Hoidal"}),
        ("Autorin/Autor Roman Gontscharow", {"Roman Gontscharow"}),
        ("Lauren Vetter\n\nLauren Vetter is a writer who lives by the sea.", {"Lauren Vetter"}),
        ("Lauren Vetter", set()),
        ("Lauren Vetter\n\nLauren Vetter is a writer.\n\nBo Ek\n\nBo Ek is a painter.", set()),
        ("Editor: Jane Doe", set()),
        ("By Jane Doe", set()),
        ("-- By Jane Doe Follow @doe", {"Jane Doe"}),
    ],
    ids=[
        "written by",
        "authors",
        "both",
        "biography",
        "a name alone",
        "two biographies",
        "an editor",
        "another's byline",
        "a dash before it",
    ],
)
def test_credits_behind_the_text(behind: str, expected: set[str]) -> None:
    text = [HARBOUR.replace("Monday", day) for day in ("Monday", "Tuesday", "Friday", "Saturday", "Sunday")]
    found = draft("Harbour bridge closes for three weeks", "20 November 2026", *text, behind)
    assert set(found.meta.authors) == expected
