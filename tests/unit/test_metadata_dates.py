"""Dates of a page: data, meta elements, visible datelines, the address; and what is not the article's date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.metadata.dates import local_day
from pipelines.metadata.orders import day_first
from pipelines.metadata.sites import zone
from tests.metadata_pages import PROSE, PROSE_ZH, article, page

ZH = "https://www.example.cn/news/1.html"


def stated(body: str, **more: str) -> str | None:
    """Return the published day that readers see."""
    found = page(body, **more).published  # type: ignore[arg-type]
    return local_day(found, zone(more.get("url", ""), Config())) if found else None


def ld(fields: str, kind: str = "NewsArticle") -> str:
    return f'<script type="application/ld+json">{{"@type":"{kind}","headline":"Bridge closed again",{fields}}}</script>'


def test_json_ld_gives_both_dates_to_the_second() -> None:
    fields = '"datePublished":"2024-01-19T10:08:11+01:00","dateModified":"2024-01-20T08:00:00+01:00"'
    meta = page(article("Bridge closed again"), head=ld(fields))
    assert meta.published and meta.published.at == datetime(2024, 1, 19, 9, 8, 11, tzinfo=UTC)
    assert meta.published.precision == "second"
    assert meta.modified and meta.modified.at == datetime(2024, 1, 20, 7, 0, tzinfo=UTC)


def test_of_several_nodes_the_articles_counts() -> None:
    head = (
        '<script type="application/ld+json">[{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":'
        '"School opens","datePublished":"2024-03-03"}]},{"@type":"NewsArticle","headline":"Bridge closed again",'
        '"datePublished":"2024-01-19"}]</script>'
    )
    assert stated(article("Bridge closed again"), head=head) == "2024-01-19"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Bridge","datePublished":"2024-01-19",}',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Bridge","datePublished":"2024-01-19"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Bridge\nclosed","datePublished":"2024-01-19"}',
        '{"@type":"NewsArticle","headline":"Bridge "closed"","datePublished":"2024-01-19"}',
        '{"@type":"NewsArticle","headline":"Bridge","datePublished":"2024-01-19"};',
    ],
)
def test_broken_json_ld_is_mended(script: str) -> None:
    assert stated(f"<p>{PROSE}</p>", head=f'<script type="application/ld+json">{script}</script>') == "2024-01-19"


@pytest.mark.parametrize(
    "name",
    [
        'property="article:published_time"',
        'name="pubdate"',
        'name="PubDate"',
        'name="publishdate"',
        'property="weibo:article:create_at"',
        'name="citation_date"',
        'name="DC.date.issued"',
        'name="parsely-pub-date"',
        'itemprop="datePublished"',
        'property="bytedance:published_time"',
    ],
)
def test_meta_names(name: str) -> None:
    assert (
        stated(article("Bridge closed again"), head=f'<meta {name} content="2024-01-19T10:08:00+08:00">')
        == "2024-01-19"
    )


@pytest.mark.parametrize(
    "line",
    [
        '<time datetime="2024-01-19T10:08">vor vier Tagen</time>',
        '<span class="pub-time">2024-01-19 10:08</span>',
        '<span itemprop="datePublished" content="2024-01-19">yesterday</span>',
        '<span data-time="1705658880" class="date">today</span>',
        "2024年1月19日 10:08 来源：港口网",
        "發布時間：2024/01/19 10:08",
        "时间：2024-01-19",
        "2024-01-19 10:08更新 来源：转载文章",
        "19. Januar 2024, 10:08 Uhr",
        "Опубликовано: 19 января 2024, 10:08",
        "Publié le 19/01/2024 à 10h08",
        "Jumat, 19 Jan 2024 10:08 WIB",
    ],
)
def test_visible_datelines(line: str) -> None:
    assert stated(article("Bridge closed again", line), url=ZH) == "2024-01-19"


def test_a_dateline_before_the_prose_of_a_page_without_title() -> None:
    links = "".join(f'<td><a href="/{number}">channel {number}</a></td>' for number in range(60))
    body = f"<table><tr>{links}</tr></table><div>2024-01-19 08:24:06 来源: 港口报</div><p>{PROSE_ZH * 2}</p>"
    assert stated(body, url=ZH) == "2024-01-19"


def test_the_time_zone_is_the_pages_then_the_settings_then_the_countrys() -> None:
    body = article("小镇的桥又关闭了", "2024年1月19日 10:08", prose=PROSE_ZH)
    there = page(body, url=ZH).published
    assert there and there.at == datetime(2024, 1, 19, 2, 8, tzinfo=UTC) and there.precision == "minute"
    told = page(body, url=ZH, config=Config(default_timezone="Europe/Berlin")).published
    assert told and told.at == datetime(2024, 1, 19, 9, 8, tzinfo=UTC)
    nowhere = page(body, url="https://www.example.com/a").published
    assert nowhere and nowhere.at == datetime(2024, 1, 19, 10, 8, tzinfo=UTC)
    own = page(article("A", "2024-01-19 10:08 +03:00"), url=ZH).published
    assert own and own.at == datetime(2024, 1, 19, 7, 8, tzinfo=UTC)


def test_published_and_modified_lines_are_told_apart() -> None:
    meta = page(article("Bridge closed again", "Updated 21 January 2024", "Published 19 January 2024"))
    assert meta.published and meta.published.raw == "19 January 2024"
    assert meta.modified and meta.modified.raw == "21 January 2024"


def test_the_day_readers_see_stands_in_raw() -> None:
    head = ld('"datePublished":"2024-01-20T02:30:00Z"')
    found = page(article("Bridge closed again", "January 19, 2024"), head=head).published
    assert found and found.at == datetime(2024, 1, 20, 2, 30, tzinfo=UTC) and found.raw == "January 19, 2024"


def test_a_time_in_local_wall_time_needs_no_such_correction() -> None:
    head = ld('"datePublished":"2024-01-19T19:30:00+02:00"')
    assert stated(article("Bridge closed again", "Edition of 20.01.2024"), head=head) == "2024-01-19"


def test_a_page_published_again_keeps_the_day_under_its_title() -> None:
    head = '<meta property="article:published_time" content="2024-05-17T10:33:13Z">'
    assert stated(article("Bridge closed again", "Published 09.03.2024"), head=head, lang="de") == "2024-03-09"


def test_dates_of_other_articles_are_not_this_ones() -> None:
    related = '<div class="related"><ul><li><a href="/b">School opens in spring</a> 2024-03-03</li></ul></div>'
    assert stated(article("Bridge closed again") + related) is None


def test_comments_footer_and_prose_give_no_date() -> None:
    comments = '<div class="comments"><p>anna, 2024-02-02 10:00: well said</p></div>'
    footer = "<footer>© Copyright 19.01.2024 Harbour Echo</footer>"
    prose = PROSE + " It was opened on 4 May 1999 by the mayor and closed on 3 March 2001 for the first time."
    assert stated(article("Bridge closed again", prose=prose) + f"<p>{PROSE}</p>" * 12 + comments + footer) is None


def test_the_future_is_refused() -> None:
    head = '<meta property="article:published_time" content="2025-01-19T10:08:00+08:00">'
    assert stated(article("Bridge closed again", "2024-01-19"), head=head) == "2024-01-19"
    assert stated(article("Bridge closed again"), head=head) is None


@pytest.mark.parametrize(
    "path",
    ["2024/01/19/bridge", "2024-01/19/bridge.html", "t20240119_1.htm", "2024/january/19/bridge", "2024-01-19-bridge"],
)
def test_the_address_is_the_last_resort(path: str) -> None:
    found = page(article("Bridge closed again"), url=f"https://www.example.com/{path}").published
    assert found and found.at == datetime(2024, 1, 19, tzinfo=UTC) and found.precision == "day"


def test_the_address_decides_between_datelines() -> None:
    body = article("Bridge closed again", "Posted by the mayor on February 7, 2024", "19 January 2024")
    assert stated(body, url="https://www.example.com/2024/01/19/bridge") == "2024-01-19"


def test_numbers_of_an_address_are_no_date() -> None:
    for path in ("news/20249999", "a-2024131", "id/19900230112", "web/20240119000000id"):
        assert stated(article("Bridge closed again"), url=f"https://www.example.com/{path}") is None


def test_the_archives_capture_time_is_not_the_articles() -> None:
    url = "https://web.archive.org/web/20240119174457/http://example.de/2010/05/bridge/"
    assert stated(article("Bridge closed again"), url=url) is None


def test_day_first_by_language_and_country() -> None:
    assert day_first("de", "de") is True
    assert day_first("en-us", "com") is False
    assert day_first("en", "uk") is True
    assert day_first("en", "com") is False
    assert day_first("en", "in") is True
    assert day_first("en", "ph") is False
    assert day_first("en-ca", "ca") is None
    assert day_first("zh", "com") is None
    assert day_first(None, "com") is None
    assert stated(article("Bridge closed again", "Published 03/04/2024"), url="https://example.co.uk/a") == "2024-04-03"


def test_og_locale_tells_the_order_of_day_and_month() -> None:
    head = '<meta property="og:locale" content="en_US">'
    assert stated(article("Bridge closed again", "Published 03/04/2024"), head=head) == "2024-03-04"
    head = '<meta property="og:locale" content="en_GB">'
    assert stated(article("Bridge closed again", "Published 03/04/2024"), head=head) == "2024-04-03"


def test_a_page_that_only_states_its_last_change_is_dated_by_it() -> None:
    meta = page(article("Bridge closed again"), head='<meta property="article:modified_time" content="2024-01-19">')
    assert meta.published == meta.modified and meta.published is not None


def test_a_date_that_opens_its_line_may_be_followed_by_words() -> None:
    line = "05.02.2024 - Redaktion: Eberhard Fuhr (Pressesprecher des Hafens)"
    assert stated(article("Bridge closed again", line), lang="de") == "2024-02-05"


def test_the_pages_other_dates_tell_the_order_of_day_and_month() -> None:
    others = '<ul><li><a href="/b">School opens</a> 2/28/2024</li></ul>'
    assert stated(article("Bridge closed again", "Published 03/04/2024") + others) == "2024-03-04"
    assert (
        stated(article("Bridge closed again", "Published 03/04/2024") + others.replace("2/28", "28/2")) == "2024-04-03"
    )


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://www.example.com/2024/april/03/bridge", ""),
        ("https://www.example.com/bridge", '<meta property="article:modified_time" content="2024-04-03T10:00:00Z">'),
    ],
)
def test_a_day_that_the_page_states_elsewhere_tells_the_order(url: str, head: str) -> None:
    found = page(article("Bridge closed again", "03/04/2024"), head=head, url=url).published
    assert found and found.at.date().isoformat() == "2024-04-03"


def test_midnight_is_a_day_without_a_time() -> None:
    """A content system's midnight of the page's own zone lies on the day before in UTC."""
    head = '<meta property="article:published_time" content="2024-01-19T00:00:00+09:00">'
    found = page(article("Bridge closed again"), head=head).published
    assert found and found.at == datetime(2024, 1, 19, tzinfo=UTC) and found.precision == "day"


def test_midnight_in_utc_yields_to_the_day_under_the_title() -> None:
    head = ld('"datePublished":"2024-01-20T00:00:00Z"')
    assert stated(article("Bridge closed again", "January 19, 2024"), head=head) == "2024-01-19"


@pytest.mark.parametrize("name", ["post-pub_date", "x:publication-time", "news.created_at", "content_posted_on"])
def test_meta_names_that_say_what_they_hold(name: str) -> None:
    assert stated(article("Bridge closed again"), head=f'<meta name="{name}" content="2024-01-19">') == "2024-01-19"


@pytest.mark.parametrize("name", ["event:start_time", "expiration-date", "comment_created_at", "timezone", "updates"])
def test_meta_names_that_hold_another_date(name: str) -> None:
    assert stated(article("Bridge closed again"), head=f'<meta name="{name}" content="2024-01-19">') is None


def test_a_meta_name_of_a_change_gives_the_modified_date() -> None:
    head = '<meta name="page_revised_date" content="2024-02-01"><meta name="post-pub_date" content="2024-01-19">'
    meta = page(article("Bridge closed again"), head=head)
    assert meta.published and meta.published.raw == "2024-01-19"
    assert meta.modified and meta.modified.raw == "2024-02-01"


def test_two_sources_that_agree_outweigh_one_alone() -> None:
    head = ld('"datePublished":"2004-01-01"') + '<meta property="article:published_time" content="2024-01-19">'
    assert stated(article("Bridge closed again", "19 January 2024"), head=head) == "2024-01-19"


def test_days_of_a_change_that_agree_do_not_outweigh_the_day_it_came_out() -> None:
    head = ld('"datePublished":"2024-01-16","dateModified":"2024-01-19"') + '<meta name="date" content="2024-01-19">'
    assert stated(article("Bridge closed again", "19 January 2024"), head=head) == "2024-01-16"


def test_the_day_of_the_printed_edition_is_not_the_one_it_came_out() -> None:
    head = ld('"datePublished":"2024-01-19T19:30:02+02:00"') + '<meta name="date" content="2024-01-20">'
    assert stated(article("Bridge closed again", "20.01.2024"), head=head, lang="de") == "2024-01-19"


@pytest.mark.parametrize(
    "line",
    [
        "Harbour and coast of the north • Town and country • January 19, 2024",
        "By Jane Doe of Harbourtown - Associated Echo - Friday, January 19, 2024",
        "Nina Müller – 19.01.2024 – Kolumne, Hafen, Allgemein, Stadt und Land",
    ],
)
def test_a_date_that_marks_set_apart_is_a_dateline(line: str) -> None:
    assert stated(article("Bridge closed again", line), lang="de") == "2024-01-19"


def test_the_foot_of_the_article_may_hold_its_date() -> None:
    foot = '<footer class="entry-footer"><time class="entry-date published">19 January 2024</time></footer>'
    paragraphs = "".join(f"<p>{PROSE} {number}</p>" for number in range(20))
    body = f"<article><h1>Bridge closed again</h1>{paragraphs}{foot}</article>"
    assert stated(body) == "2024-01-19"
    assert stated(body.replace("entry-date published", "day")) is None


def test_an_unnamed_date_amid_the_paragraphs_is_another_articles() -> None:
    card = '<div class="card"><p>School opens</p><div>3 March 2024</div></div>'
    paragraphs = "".join(f"<p>{PROSE} {number}</p>" for number in range(8))
    body = f"<article><h1>Bridge closed again</h1>{paragraphs}{card}{paragraphs}{paragraphs}</article>"
    assert stated(body) is None
    assert stated(body.replace("<div>3 March", "<div>Published: 3 March")) == "2024-03-03"


def test_the_label_before_a_time_zone_and_after_a_menu() -> None:
    line = "Published: 10:55 EDT, 7 May 2020 | Updated: 11:17 EDT, 8 May 2020"
    meta = page(article("Bridge closed again", line))
    assert meta.published and meta.published.at == datetime(2020, 5, 7, 14, 55, tzinfo=UTC)
    assert meta.modified and meta.modified.at == datetime(2020, 5, 8, 15, 17, tzinfo=UTC)


def test_a_short_line_above_names_the_date() -> None:
    paragraphs = "".join(f"<p>{PROSE} {number}</p>" for number in range(20))
    foot = "<div><p>Published</p><p>19 January 2024</p></div>"
    assert stated(f"<article><h1>Bridge closed again</h1>{paragraphs}{foot}{paragraphs}</article>") == "2024-01-19"
    assert (
        stated(f"<article><h1>Bridge closed again</h1>{paragraphs}{foot.replace('Published', 'Born')}</article>")
        is None
    )


def test_a_time_element_whose_text_says_updated_gives_the_modified_date() -> None:
    times = (
        '<time datetime="2024-01-19T10:08:00Z">four months ago</time>',
        '<time datetime="2024-02-01T08:00:00Z">Updated 3 months ago</time>',
    )
    meta = page(article("Bridge closed again", *times))
    assert meta.published and meta.published.at.day == 19
    assert meta.modified and meta.modified.at == datetime(2024, 2, 1, 8, 0, tzinfo=UTC)


def test_the_class_of_an_entry_never_changed_says_both() -> None:
    foot = '<footer><time class="entry-date published updated" datetime="2024-01-19T10:08:00Z">x</time></footer>'
    paragraphs = "".join(f"<p>{PROSE} {number}</p>" for number in range(20))
    assert stated(f"<article><h1>Bridge closed again</h1>{paragraphs}{foot}</article>") == "2024-01-19"


@pytest.mark.parametrize("head", ["2 Comments", "Kommentare (2)", "评论", "Комментарии: 2"])
def test_behind_a_heading_of_comments_no_date_is_the_articles(head: str) -> None:
    said = f"<h3>{head}</h3><div><b>Anna Bell</b><br>January 20, 2024 at 9:00 am</div><p>Well said and true.</p>"
    paragraphs = "".join(f"<p>{PROSE} {number}</p>" for number in range(12))
    assert stated(f"<div><h1>Bridge closed again</h1>{paragraphs}</div>{said}") is None


@pytest.mark.parametrize(
    "event", ["出发时间/2024-01-10", "报名时间:2024年1月18日", "発売日:2024年1月10日", "Event date: 2024-01-10"]
)
def test_when_something_takes_place_is_no_dateline(event: str) -> None:
    assert stated(article("Bridge closed again", event)) is None
    assert stated(article("Bridge closed again", event, "发布时间:2024-01-19 10:08")) == "2024-01-19"
    assert stated(article("Bridge closed again", f"{event} 发布时间:2024-01-19")) == "2024-01-19"
