"""What templates do to titles, times and names: parts set apart by style alone, instants in attributes, desks."""

from __future__ import annotations

from datetime import UTC

import lxml.html
import pytest

from pipelines.config import Config
from pipelines.metadata import from_tree
from pipelines.metadata.people import in_order, names_of
from tests.metadata_pages import FETCHED, PROSE_ZH, article, page

ZH = "桥梁重新开放：居民们等了三年"


def published(body: str, *, head: str = "", url: str = "https://www.example.com/a/1.html") -> tuple[str, str] | None:
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    found = from_tree(tree, url=url, fetched_at=FETCHED, config=Config()).published
    return (found.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"), found.precision) if found else None


@pytest.mark.parametrize(
    "heading",
    [
        "特朗普任命新一任财长斯科特·贝森特",
        "专访约翰·史密斯",
        "暴雨过后看老城（人民眼·城市治理）",
        "新能源汽车出海提速，车企如何应对丨观察",
        "我国成功发射通信技术试验卫星二十号A-B",
        "重磅！下一代旗舰芯片MK-14",
    ],
)
@pytest.mark.parametrize("tail", ["_江城网", "-江城网", "--社会·法治--江城网", ""])
def test_a_heading_that_the_title_holds_whole_keeps_its_end(heading: str, tail: str) -> None:
    made = page(article(heading, prose=PROSE_ZH), head=f"<title>{heading}{tail}</title>", lang="zh")
    assert made.title == heading


@pytest.mark.parametrize("title", ["专访诺贝尔经济学奖得主约翰·史密斯", "老城治水记（深度·报道）"])
def test_a_point_in_a_foreign_name_or_a_bracket_parts_no_site_from_a_title(title: str) -> None:
    assert page(f"<p>{PROSE_ZH}</p>", head=f"<title>{title}_国际_江城网</title>", lang="zh").title == title
    assert page(f"<p>{PROSE_ZH}</p>", head=f"<title>{title}</title>", lang="zh").title == title


@pytest.mark.parametrize(
    "heading",
    [
        "<span>Harbour</span><span>Ferry to run again next week</span>",
        "<small>Harbour</small>Ferry to run again next week",
        "<span>Harbour</span> <span>Ferry to run again next week</span>",
    ],
)
def test_a_kicker_that_style_alone_parts_from_the_headline_stands_as_the_data_writes_it(heading: str) -> None:
    title = "Harbour: Ferry to run again next week"
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    assert page(article(heading), head=head).title == title


def test_a_mark_at_the_end_of_a_field_is_no_word_that_the_heading_lacks() -> None:
    head = "<title>Ferry to run again next week |</title>"
    assert page(article("<span>Ferry to run again next week</span>"), head=head).title == "Ferry to run again next week"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<span>14 mai 2024</span><span>15:42</span>", ("2024-05-14 15:42", "minute")),
        ("<span>14/05/2024</span><span>15:42</span>", ("2024-05-14 15:42", "minute")),
        ("<span>14 mai 2024</span><span>1204 vues</span>", ("2024-05-14 00:00", "day")),
        ("<span>14 mai 2024 à 15:42</span><span>3 min</span>", ("2024-05-14 15:42", "minute")),
        ("<span>14.05.2024 15:42</span><span>1204</span>", ("2024-05-14 15:42", "minute")),
        ("<span class=date>14.05.2024 15:42<b>1204</b></span>", ("2024-05-14 15:42", "minute")),
        # What a script renders is parted by comments inside one word.
        ("<span>14.05.20<!-- -->24 15:<!-- -->42</span>", ("2024-05-14 15:42", "minute")),
    ],
)
def test_digits_of_two_elements_are_two_numbers(line: str, expected: tuple[str, str]) -> None:
    assert published(article("Le pont est de nouveau fermé", line)) == expected


@pytest.mark.parametrize(
    ("line", "head", "expected"),
    [
        (
            '<time class="entry-date published" datetime="2024-05-14T23:40:11+08:00">2024 年 5 月 14 日</time>',
            "",
            ("2024-05-14 15:40", "second"),
        ),
        ("2024年05月14日05:42", '<meta name="publishdate" content="2024-05-14">', ("2024-05-14 05:42", "minute")),
        ("2024-05-14 05:42", '<meta property="og:release_date" content="2024-05-14">', ("2024-05-14 05:42", "minute")),
        (
            "2024年05月14日 05:42",
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
            + ZH
            + '","datePublished":"2024-05-14"}'
            "</script>",
            ("2024-05-14 05:42", "minute"),
        ),
        (
            '14 May 2024 <abbr class=published title="2024-05-14T21:17:00+01:00">9:17</abbr>',
            "",
            ("2024-05-14 20:17",),
        ),
    ],
)
def test_a_day_takes_the_time_that_the_page_states_elsewhere(line: str, head: str, expected: tuple[str, ...]) -> None:
    found = published(article(ZH, line, prose=PROSE_ZH), head=head)
    assert found is not None and found[: len(expected)] == expected


@pytest.mark.parametrize(
    "line",
    [
        "2024-05-14 更新：2024-05-14 18:00",  # the time of a change
        "2024-05-14",
    ],
)
def test_a_day_takes_no_time_of_a_change_or_of_another_article(line: str) -> None:
    other = "<p>x</p>" * 12 + '<div><time datetime="2024-05-14T09:00:00Z">14.5.</time> 学校</div>'
    assert published(article(ZH, line, prose=PROSE_ZH) + other) == ("2024-05-14 00:00", "day")


@pytest.mark.parametrize(
    "line",
    [
        '<time datetime="2024-05-14T14:22:10.000Z">2024.05.14 22:22:10</time>',
        '<time datetime="2024-05-14T14:22:10Z">2024年5月14日 22:22</time>',
        '2024-05-14 22:22<script>var ct = "1715696530";</script>',
    ],
)
def test_a_wall_time_stands_at_the_instant_that_the_page_states(line: str) -> None:
    found = published(article(ZH, line, prose=PROSE_ZH))
    assert found is not None and found[0] == "2024-05-14 14:22"


def test_a_wall_time_keeps_its_instant_where_the_other_differs_by_no_zone() -> None:
    line = '2024-05-14 22:22 <time datetime="2024-05-14T14:41:10Z">更早</time>'
    assert published(article(ZH, line, prose=PROSE_ZH)) == ("2024-05-14 22:22", "minute")


@pytest.mark.parametrize("title", ["夏夜", "江南", "马云", "钱学森", "专访约翰·史密斯"])
def test_a_title_in_the_shape_of_a_name_is_no_author(title: str) -> None:
    made = page(
        article(title, "2024-05-14 来源：江城网", prose=PROSE_ZH), head=f"<title>{title}_江城网</title>", lang="zh"
    )
    assert (made.title, made.authors) == (title, ())


def test_brackets_above_the_text_are_no_signature() -> None:
    made = page(article(ZH, "（王小明）", prose=PROSE_ZH), lang="zh")
    assert made.authors == ()
    short = "居民们希望道路能够早日修好，方便孩子们上学。"
    kicker = page(f"<p>（人民眼·城市治理）</p>{article(ZH, '（王小明）', prose=short)}<p>{short}</p>", lang="zh")
    assert kicker.authors == ()
    assert page(article(ZH, prose=PROSE_ZH) + f"<p>{PROSE_ZH}（王小明）</p>", lang="zh").authors == ("王小明",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("通讯员：教务处 孙婉", ("孙婉",)),
        ("撰稿：材料学院 周文", ("周文",)),
        ("作者：计算机学院", ()),
        ("作者：人事科", ()),
        ("作者：王登科", ("王登科",)),
        ("作者：经济学院团委", ()),
        ("撰稿人：后勤处", ()),
        ("（作者：李晓晓，单位：江城大学）", ("李晓晓",)),
        ("<span class=author>城事周刊©</span> 作者：苏念安", ("苏念安",)),
    ],
)
def test_desks_and_faculties_are_no_persons(line: str, expected: tuple[str, ...]) -> None:
    assert page(article(ZH, line, prose=PROSE_ZH), lang="zh").authors == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["Okonkwo, Ada", "Lindqvist, Per"], ("Ada Okonkwo", "Per Lindqvist")),
        (["Smith, J. R.", "Doe, A."], ("J. R. Smith", "A. Doe")),
        (["van der Berg, Anna"], ("Anna van der Berg",)),
        (["Ada Okonkwo, Per Lindqvist"], ("Ada Okonkwo", "Per Lindqvist")),
        (["Okonkwo, Ada; Lindqvist, Per"], ("Ada Okonkwo", "Per Lindqvist")),
    ],
)
@pytest.mark.parametrize("name", ["citation_author", "DC.Creator"])
def test_a_librarys_family_name_first_is_one_person(name: str, values: list[str], expected: tuple[str, ...]) -> None:
    head = "".join(f'<meta name="{name}" content="{value}">' for value in values)
    assert page(article("Ferry to run again next week"), head=head).authors == expected


def test_a_librarys_field_of_agencies_stays_as_it_is() -> None:
    assert in_order("Reuters, AFP") == "Reuters, AFP"
    assert in_order("王小明，李晓") == "王小明，李晓"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thomas Weber, Brüssel", ("Thomas Weber",)),
        ("Juan Pérez / Madrid", ("Juan Pérez",)),
        ("Fatma AKSU/İSTANBUL", ("Fatma AKSU",)),
        ("EFE / Madrid", ()),
        ("Thomas Weber and Cher", ("Thomas Weber", "Cher")),
        ("Thomas Weber, Anna Muster", ("Thomas Weber", "Anna Muster")),
        ("王小明，李晓", ("王小明", "李晓")),
    ],
)
def test_a_single_word_behind_a_full_name_is_a_place(text: str, expected: tuple[str, ...]) -> None:
    assert names_of(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "<a href=/l>Login</a> / <a href=/r>Register</a>",
        "<a href=/de>DE</a> / <a href=/en>EN</a>",
        "<a href=/s>Subscribe now &gt;</a>",
        "<a href=/s>Subscribe for $1/week</a>",
        "<a href=/s>24/7 News</a>",
        "<a href=/s>TV/Radio</a>",
        "<a href=/s>All stories &gt;</a>",
    ],
)
def test_links_of_the_account_and_slogans_are_no_path(line: str) -> None:
    assert page(f"<p>{line}</p>{article('Ferry to run again next week')}").section is None


@pytest.mark.parametrize(
    "path",
    [
        "<p><a href=/>Home</a> / <a href=/n>News</a> / <a href=/n/t>Transport</a></p>",
        "<p><a href=/>Home</a>/<a href=/n>News</a>/<a href=/n/t>Transport</a></p>",
        "<ul><li><a href=/>Home</a> &gt;<li><a href=/n/t>Transport</a> &gt;</ul>",
        "<p><a href=/n/t>→ Transport</a></p>",
    ],
)
def test_a_path_is_read_in_each_of_its_forms(path: str) -> None:
    assert page(f"{path}{article('Ferry to run again next week')}").section == "Transport"


def test_a_name_and_a_trade_that_only_style_parts() -> None:
    line = '<div class="authorNameWrapper"><span class="authorName">Anna Nowak</span><span>Dziennikarka</span></div>'
    assert page(article("Most zamknięty", line), lang="pl").authors == ("Anna Nowak",)
    several = '<div class="byline"><span class="name">Jane Doe</span> and <span class="name">John Smith</span></div>'
    assert page(article("Bridge closed again", several)).authors == ("Jane Doe", "John Smith")


def test_what_a_name_did_stands_behind_it() -> None:
    line = '<p class="byline">Karin Berg Text</p>'
    assert page(article("Bron stängs i åtta månader", line), lang="sv").authors == ("Karin Berg",)


def test_labels_at_the_foot_of_a_post_are_its_tags() -> None:
    foot = '<div class="post-footer">Labels: <a rel="tag" href="/l/bridge">bridge</a> <a rel="tag">ferry</a></div>'
    assert page(article("Bridge closed again") + foot).tags == ("bridge", "ferry")
    assert page(article("Bridge closed again") + foot.replace("post-footer", "related")).tags == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe Harbour News", ("Jane Doe",)),
        ("By Jane Doe Last updated 04 Jan 2024, originally created 17 Jun 2019", ("Jane Doe",)),
        ('<div class="author"><a href="/author/jane">Jane Doe</a> <span>Follow</span></div>', ("Jane Doe",)),
        ('<div class="author"><span>Assistant Sports Editor</span><button>Follow</button></div>', ()),
        ('<div class="author">Rachel Brazil<sup>0</sup> Rachel Brazil</div>', ()),
        ('<div class="author">CC Attribution 4.0</div>', ()),
        ('<div class="author">Latest Stories</div>', ()),
        ("Author Jane Doe, from Harbour Town, said she started reading about bridges because of them.", ()),
        (
            '<div class="byline"><a href="/author/jane-doe">Jane Doe</a> Fact Checked by: '
            '<a href="/author/john-smith">John Smith</a></div>',
            ("Jane Doe",),
        ),
    ],
)
def test_what_stands_around_a_name(line: str, expected: tuple[str, ...]) -> None:
    assert page(article("Bridge closed again", line)).authors == expected


def test_a_name_and_the_site_it_is_of() -> None:
    head = '<meta property="og:site_name" content="BHC News">'
    assert page(article("Bridge closed again", "Jane Scott-Doe,BHC News"), head=head).authors == ("Jane Scott-Doe",)
    assert page(article("Bridge closed again", "New York,BHC Sport"), head=head).authors == ()


def test_the_author_above_the_title_is_another_articles() -> None:
    other = '<nav><a href="/b">School opens</a><p><a href="/writer/ann-lee">Ann Lee</a></p></nav>'
    body = article("Bridge closed again", "Cracks in two piers", "Shares", '<a href="/writer/jane-doe">Jane Doe</a>')
    assert page(other + body).authors == ("Jane Doe",)


def test_a_station_is_no_person() -> None:
    line = '<div class="author">香港電台-財經</div>'
    assert page(article("小鎮的橋又關閉了", line, prose=PROSE_ZH), lang="zh-Hant").authors == ()
