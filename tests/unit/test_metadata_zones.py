"""The zone of times that name none, where the host's country domain does not tell it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines import capture
from pipelines.config import Config
from tests.metadata_pages import FETCHED, PROSE, PROSE_ZH, article, page

PROSE_KO = (
    "작은 마을의 의회는 화요일 저녁에 세 시간 동안 다리와 학교와 항구로 가는 길에 대해 이야기했지만 아무것도 결정하지 못했다고 "
    "밝혔다. 주민들은 길이 빨리 고쳐져서 아이들이 학교에 다니기 편해지기를 바란다고 말했다."
)
PROSE_JA = (
    "小さな町の議会は火曜日の夜に三時間にわたり、橋と学校と港へ通じる道について話し合ったが、そのどれについても決定には"
    "至らなかった。住民は子どもたちが通いやすくなるように、道が早く直ることを望んでいると話している。"
)
AT = "2024-01-19 10:08"


def clock(body: str, *, url: str = "https://www.example.com/a", lang: str = "en") -> str:
    """Return the UTC time that a page was out."""
    found = page(body, url=url, lang=lang).published
    assert found is not None
    return found.at.astimezone(UTC).strftime("%d %H:%M")


@pytest.mark.parametrize(
    "licence",
    [
        "京ICP备05000001号-6",
        "沪 ICP 备 14003370 号",
        "京公网安备11010502037938号",
        "京公网安备 11010502039052 号",
        "粤B2-20090001",
        "经营性许可证 ICP证 京B2-20090001",
    ],
)
def test_a_licence_in_the_footer_proves_a_site_of_mainland_china(licence: str) -> None:
    footer = f"<footer><a>© 2024 Harbour Echo</a> <a>{licence}</a></footer>"
    assert clock(article("Bridge closed again", AT) + footer) == "19 02:08"
    # In the words of an article on another site it proves nothing.
    named = f"<p>Every site shows a number such as {licence} at its foot.</p>"
    assert clock(article("Bridge closed again", AT) + named + f"<p>{PROSE}</p>" * 90) == "19 10:08"


@pytest.mark.parametrize(
    ("prose", "lang"), [(PROSE_ZH, "zh-CN"), (PROSE_ZH, "zh-TW"), (PROSE_KO, "ko"), (PROSE_JA, "ja"), (PROSE, "en-US")]
)
def test_a_language_is_no_country(prose: str, lang: str) -> None:
    assert clock(article("Bridge 2024", AT, prose=prose), lang=lang) == "19 10:08"


def test_the_country_of_the_host_and_the_instant_of_a_script() -> None:
    body = article("小镇的桥又关闭了", AT, prose=PROSE_ZH)
    assert clock(body, url="https://www.example.fr/a") == "19 09:08"
    stated = '<script>var state = {"title": "小镇的桥又关闭了", "publishTime": 1705676880000}</script>'
    assert clock(body + stated) == "19 15:08"


def test_a_page_that_shows_only_when_it_was_edited_is_as_old_as_its_script_says() -> None:
    stated = '<script>var state = {"title": "小镇的桥又关闭了", "updated": 1705713000, "created": 1705586880}</script>'
    assert clock(article("小镇的桥又关闭了", "编辑于 2024-01-20 09:10", prose=PROSE_ZH) + stated) == "18 14:08"


def test_the_zone_may_stand_between_the_day_and_the_time() -> None:
    assert clock(article("Bridge closed again", "2024-01-19 HKT 07:45")) == "18 23:45"


def test_a_counter_of_comments_behind_the_date_takes_no_trust_from_it() -> None:
    lines = (
        '2024-01-18 13:40:26 来源：港口报 <span class="comment-count">评论：7</span>',
        "最后更新: 2024-01-18 14:55:10",
    )
    assert clock(article("小镇的桥又关闭了", *lines, prose=PROSE_ZH), url="https://www.example.cn/a") == "18 05:40"


@pytest.mark.parametrize(
    ("url", "prose", "hour"),
    [("https://a.example.cn/x", PROSE_ZH, 2), ("https://a.example.de/x", PROSE, 9), ("file:///x.txt", PROSE, 10)],
)
def test_a_capture_has_the_zone_of_its_page(url: str, prose: str, hour: int) -> None:
    text = f"Bridge 2024 closed again\n\n2024-01-19 10:08\n\n{prose}\n\n{prose}{prose}\n"
    found = capture.extract(text, url=url, fetched_at=FETCHED, config=Config()).meta.published
    assert found is not None and found.at == datetime(2024, 1, 19, hour, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("All times are GMT -5. The time now is 05:20 PM.", "19 15:08"),
        ("All times are UTC", "19 10:08"),
        ("All times are UTC + 1 hour [ DST ]", "19 08:08"),
        ("Текущее время: 03:36. Часовой пояс GMT +3.", "19 07:08"),
        ("Les heures sont au format GMT + 1 heure", "19 09:08"),
        ("Alle Zeitangaben in WEZ +1. Es ist jetzt 17:05 Uhr.", "19 09:08"),
        ("GMT+8, 2024-1-19 12:00 , Processed in 0.1 second", "19 02:08"),
    ],
)
def test_the_foot_of_a_forum_states_the_zone_of_its_times(foot: str, expected: str) -> None:
    body = article("Bridge closed again", AT)
    assert clock(f"{body}<div>{foot}</div>", url="https://www.example.jp/a") == expected
    # Two zones contradict one another.
    assert clock(f"{body}<div>{foot}</div><div>All times are GMT +11.</div>") == "19 10:08"


def test_a_registration_in_the_footer_proves_a_korean_site() -> None:
    for licence in ("등록번호 : 서울아00741", "사업자등록번호 : 123-45-67890"):
        footer = f"<footer>서울특별시 항구로 29 | {licence} | 발행인 : 김철수</footer>"
        assert clock(article("다리가 다시 닫혔다", AT, prose=PROSE_KO) + footer) == "19 01:08"
