"""Dates that stand elsewhere than by the title, in parts, or that are not the page's own at all."""

from __future__ import annotations

from datetime import UTC

import pytest

from pipelines.metadata import datelines, ledes, moments
from pipelines.model import Stamp
from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "Bridge closed again"
ADDRESS = "https://www.example.com/2024/01/19/bridge"
DATA = '<meta property="article:published_time" content="2024-01-19T10:08:27.4">'
CHANGED = '<meta property="article:modified_time" content="2024-01-20T08:42:11.2">'


def day(found: Stamp | None) -> str:
    """Return the day and, where it is known, the time of a date in UTC."""
    if found is None:
        return "none"
    at = found.at.astimezone(UTC)
    return at.strftime("%Y-%m-%d" if found.precision == "day" else "%Y-%m-%d %H:%M")


# ------------------------------------------------------------------------------------------- where nothing else does
@pytest.mark.parametrize(
    "head",
    [
        "Jan. 19, 2024 -- ",
        "DUBLIN, January 19, 2024 — ",
        "NEW YORK, NY--(Wireservice - January 19, 2024) - ",
        "SAN FRANCISCO, Jan. 19, 2024 /PRWire/ -- ",
        "Berlin, 19. Januar 2024 – ",
        "Paris, le 19 janvier 2024 – ",
        "Madrid, 19 de enero de 2024.- ",
    ],
)
def test_the_lede_opens_with_a_place_and_the_day(head: str) -> None:
    assert day(page(f"<h1>{TITLE}</h1><p>{head}{PROSE}</p><p>{PROSE}</p>").published) == "2024-01-19"


def test_the_lede_of_a_chinese_wire() -> None:
    body = f"<h1>小镇的桥又关闭了</h1><p>港口网海口2024年1月19日电 {PROSE_ZH}</p><p>{PROSE_ZH}</p>"
    assert day(page(body, lang="zh").published) == "2024-01-19"


@pytest.mark.parametrize(
    "head", ["The bridge was closed on January 19, 2024 - ", "On January 19, 2024 - ", "Born January 19, 2024 — "]
)
def test_a_sentence_that_begins_with_a_day_is_no_dateline(head: str) -> None:
    assert page(f"<h1>{TITLE}</h1><p>{head}{PROSE}</p><p>{PROSE}</p>").published is None


def test_places_are_told_in_time_that_does_not_grow() -> None:
    assert not ledes._is_place("A." * 40 + "!")


def test_the_foot_of_a_long_page_names_the_day() -> None:
    others = "".join(f"<li><a href=/{number}>Another headline of the day</a></li>" for number in range(60))
    foot = f"<ul>{others}</ul><div>Publié le 19/01/2024</div><div>Mis à jour le 19/01/2024 à 14h03</div>"
    assert day(page(article(TITLE) + foot, lang="fr").published) == "2024-01-19"
    # Two days are those of two other pages.
    assert page(article(TITLE) + foot + "<div>Publié le 20/01/2024</div>", lang="fr").published is None


def test_a_notice_of_rights_before_the_source_and_the_time() -> None:
    foot = "<ul><li>版权声明 来源：港口报 时间：2024-01-19 14:34:05 作者：</li></ul>"
    assert day(page(article("小镇的桥又关闭了", prose=PROSE_ZH) + foot, lang="zh").published) == "2024-01-19 14:34"
    assert datelines.said("copyright date published: ") == "foreign"
    assert datelines.said("注册时间：") == "foreign"


def test_the_section_stands_between_the_year_and_the_day_of_an_address() -> None:
    for address in ("2024/TOWN/01/19/bridge", "2024/WORLD/harbour/01/19/bridge/index.html"):
        found = page(article(TITLE), url=f"https://www.example.com/{address}").published
        assert day(found) == "2024-01-19", address


def test_the_foot_of_an_encyclopaedia_says_when_a_page_was_changed_last() -> None:
    foot = (
        "<ul><li id=footer-info-lastmod>Diese Seite wurde zuletzt am 19. Januar 2024 um 10:08 Uhr bearbeitet.</li></ul>"
    )
    found = page(article(TITLE) + "<p>x</p>" * 60 + foot, lang="de")
    assert (day(found.published), day(found.modified)) == ("none", "2024-01-19 10:08")


# ------------------------------------------------------------------------------------------------- not the page's own
def test_the_days_of_an_infobox_are_those_of_the_subject() -> None:
    rows = ("Genre", "Drama"), ("Studio", "Harbour"), ("Network", "HTV"), ("Episodes", "13"), ("Founded", "May 4, 2019")
    table = "<table>" + "".join(f"<tr><th>{head}</th><td>{cell}</td></tr>" for head, cell in rows) + "</table>"
    assert page(f"<h1>Harbour Kids</h1>{table}<p>{PROSE}</p><p>{PROSE}</p>").published is None
    named = table.replace("Founded", "Published")
    assert day(page(f"<h1>{TITLE}</h1>{named}<p>{PROSE}</p><p>{PROSE}</p>").published) == "2019-05-04"


def test_the_ends_of_a_span_are_no_datelines() -> None:
    assert page(article(TITLE, "October 14, 2019 – January 20, 2020")).published is None


def test_the_days_of_a_list_behind_the_article_are_those_of_others() -> None:
    reads = "".join(
        f"<p><a href=/{number}>An older piece about the harbour</a></p><p>by Jane Doe (5/{number}/2019)</p>"
        for number in range(14, 19)
    )
    assert page(article(TITLE) + f"<h2>Suggested reads</h2>{reads}").published is None


# ------------------------------------------------------------------------------------------------ times and changes
def test_the_time_of_a_change_stands_behind_the_day() -> None:
    for line, changed in (
        ("January 19, 2024 -- Updated 0203 GMT (1003 HKT)", "2024-01-19 02:03"),
        ("الأحد، 19 يناير 2024، آخر تحديث 14:21 (GMT+0400)", "2024-01-19 10:21"),
    ):
        assert day(page(article(TITLE, line)).modified) == changed
    found = page(article(TITLE, "19 janvier 2024 à 18:27 (Mis à jour: 19:56)"), lang="fr")
    assert (day(found.published), day(found.modified)) == ("2024-01-19 18:27", "2024-01-19 19:56")


def test_a_later_change_is_not_the_day_of_the_address() -> None:
    found = page(article(TITLE, "Updated January 28, 2024 14:00"), url=ADDRESS)
    assert (day(found.published), day(found.modified)) == ("2024-01-19", "2024-01-28 14:00")


def test_what_is_shown_is_the_change_and_gives_the_zone_of_the_data() -> None:
    found = page(article(TITLE, "8:42 a.m. EST January 20, 2024"), head=DATA + CHANGED)
    assert (day(found.published), day(found.modified)) == ("2024-01-19 15:08", "2024-01-20 13:42")
    assert found.published is not None and found.published.raw.startswith("2024-01-19T10:08")


@pytest.mark.parametrize(
    "line", ["By Jane Doe January 19 at 3:57 PM", "Jan 19, 3:57 PM", "01-19 15:57", "19. Januar, 15:57 Uhr"]
)
def test_a_line_without_the_year_gives_the_time_of_the_day(line: str) -> None:
    assert day(page(article(TITLE, line), url=ADDRESS).published) == "2024-01-19 15:57"


@pytest.mark.parametrize("line", ["A call for investors is held today, January 19 at 3:57 PM", "January 18, 3:57 PM"])
def test_a_time_of_something_else_is_not_taken(line: str) -> None:
    assert day(page(article(TITLE, line), url=ADDRESS).published) == "2024-01-19"


def test_the_time_of_an_event_is_not_that_of_a_dateline_without_one() -> None:
    assert day(page(article(TITLE, "January 19, 2024", "Time: January 19, 12:55")).published) == "2024-01-19"


def test_a_day_without_a_time_is_timed_by_the_script_of_the_page() -> None:
    script = "<script>var __$title='Bridge closed again';var __$pubtime='2024-01-19 16:59:00';</script>"
    assert day(page(article(TITLE, "Published: 2024-01-19") + script).published) == "2024-01-19 16:59"
    data = '<script type="application/ld+json">{"title": "Bridge", "pubDate": "2024-01-19T16:59:57"}</script>'
    assert day(page(article(TITLE, "Published: 2024-01-19") + data).published) == "2024-01-19 16:59"
    assert day(page(article(TITLE, "Published: 2024-01-19 10:08") + data).published) == "2024-01-19 10:08"
    other = script.replace("2024-01-19 16", "2024-01-21 16")
    assert day(page(article(TITLE, "Published: 2024-01-19") + other).published) == "2024-01-19"


def test_a_wall_time_has_the_instant_of_its_element() -> None:
    line = '<span class="publish-time" data-publishtime="1705676880652">1/19/24 10:08am</span>'
    assert day(page(article(TITLE, line)).published) == "2024-01-19 15:08"


@pytest.mark.parametrize(("text", "hour"), [("9:00a", 9), ("5:30p", 17), ("12:05p", 12), ("8:30 a. m.", 8)])
def test_one_letter_tells_the_half_of_the_day(text: str, hour: int) -> None:
    assert moments.find(f"January 19, 2024 at {text}")[0].hour == hour
