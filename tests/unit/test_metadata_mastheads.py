"""The day of reading that sites show in their header is the date of no article."""

from __future__ import annotations

from datetime import UTC

import pytest

from tests.metadata_pages import PROSE_ZH, article, page

TITLE = "Old swing bridge to stay closed for six weeks"
NAV = '<nav><a href="/">Home</a><a href="/n/">News</a><a href="/s/">Sport</a></nav>'
LIST = '<ul><li><a href="/">Home</a></li><li><a href="/n/">News</a></li><li><a href="/s/">Sport</a></li></ul>'


def day(body: str, *, lang: str = "en") -> str:
    found = page(body, lang=lang).published
    return found.at.astimezone(UTC).date().isoformat() if found else "none"


@pytest.mark.parametrize(
    "header",
    [
        f'<header><div class="current-date">Friday, March 15, 2024</div>{NAV}</header>',
        f"<header><div>Friday, March 15, 2024</div>{NAV}</header>",
        f"<header><time datetime='2024-03-15'>Friday, March 15</time>{NAV}</header>",
        f'<div id="head"><div id="date">Friday, March 15, 2024</div></div><div id="menu">{LIST}</div>',
        f"<table><tr><td>Friday, March 15, 2024</td></tr></table><table><tr><td>{LIST}</td></tr></table>",
        '<div class="td_data_time">Friday, March 15, 2024</div>',
        '<div class="bar"><span class="weather"><b>7°C</b> March 15, 2024</span></div>',
        "<div>Today is Friday, March 15, 2024</div>",
        "<div>Today: Friday, March 15, 2024</div>",
    ],
)
@pytest.mark.parametrize("own", ["2 days ago", "03-13 10:08", "13 March"])
def test_a_day_above_the_menu_or_named_for_today_dates_no_article(header: str, own: str) -> None:
    assert day(f"{header}<main>{article(TITLE, 'By Jane Doe', own)}</main>") == "none"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "今天是2024年3月15日 星期五"),
        ("zh", "当前时间：2024年3月15日 星期五"),
        ("ja", "今日は2024年3月15日（金）"),
        ("fr", "Nous sommes le vendredi 15 mars 2024"),
        ("de", "Heute: Freitag, 15. März 2024"),
        ("ru", "Сегодня 15 марта 2024, пятница"),
        ("tr", "Bugün: 15 Mart 2024, Cuma"),
        ("it", "Oggi è venerdì 15 marzo 2024"),
    ],
)
def test_the_words_of_a_header_say_that_it_is_today(lang: str, text: str) -> None:
    assert day(f"<div>{text}</div>{article(TITLE, 'x 03-13 10:08')}", lang=lang) == "none"


def test_the_articles_own_date_stands_beside_todays() -> None:
    header = f"<header><div>Friday, March 15, 2024</div>{NAV}</header>"
    assert day(f"{header}<main>{article(TITLE, 'March 13, 2024')}</main>") == "2024-03-13"


@pytest.mark.parametrize(
    "body",
    [
        # Blogger sets the day of its posts above them, outside of the post.
        f'{NAV}<div class="date-outer"><h2 class="date-header"><span>Friday, March 15, 2024</span></h2>'
        f'<div class="post hentry">{article(TITLE)}</div></div>',
        f"{NAV}<article><p>March 15, 2024</p>{article(TITLE)}</article>",
        # The sections and tags of the article may stand between its date and its title.
        f'{NAV}<article><div class="meta">March 15, 2024 <a href="/a">Harbour</a> <a href="/b">Bridges</a> '
        f'<a href="/c">Traffic</a></div>{article(TITLE)}</article>',
        f'<div class="date">March 15, 2024</div><article><p><a href="/a">Harbour</a></p><p><a href="/b">Bridges</a></p>'
        f'<p><a href="/c">Traffic</a></p>{article(TITLE)[5:-6]}</article>',
        f"{NAV}<main><p>USA Harbour Today March 15, 2024</p>{article(TITLE)}</main>",
        # The path to the page is no menu.
        f'<main><p>March 15, 2024</p><nav class="breadcrumb"><a href="/">Home</a> <a href="/n">News</a> '
        f'<a href="/h">Harbour</a></nav>{article(TITLE)[5:-6]}</main>',
        f"<header><div>Published: March 15, 2024</div>{NAV}</header>{article(TITLE)}",
    ],
)
def test_the_articles_own_day_above_its_title(body: str) -> None:
    assert day(body) == "2024-03-15"


def test_the_day_of_fetching_in_the_header_needs_no_menu() -> None:
    assert day(f"<header><p>Saturday, June 1, 2024</p></header><main>{article(TITLE)}</main>") == "none"
    assert day(f"<header><p>Friday, May 31, 2024</p></header><main>{article(TITLE)}</main>") == "2024-05-31"
    assert day(f"<main><header><p>June 1, 2024</p></header>{article(TITLE)[5:-6]}</main>") == "2024-06-01"


def test_a_chinese_page_whose_own_date_lacks_the_year() -> None:
    header = '<div>今天是2024年3月15日 星期五</div><nav><a href="/">首页</a></nav>'
    body = article("旧旋转桥将关闭六个星期", "来源：港城网 03-13 10:08", prose=PROSE_ZH)
    assert day(header + body, lang="zh") == "none"


@pytest.mark.parametrize(("lang", "monday"), [("nl", "ma 11 mrt 2024"), ("fi", "ma 11.3.2024"), ("da", "ma 11.3.2024")])
def test_a_short_monday_above_the_title_is_no_today(lang: str, monday: str) -> None:
    assert day(f"<main><div><p>{monday}</p>{article(TITLE, 'By Jane Doe')}</div></main>", lang=lang) == "2024-03-11"
