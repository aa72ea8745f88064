"""Who is a person among what stands where a name would: houses, firms, places, fields of forms, what a film is made of."""

from __future__ import annotations

import json

import pytest

from pipelines.metadata.authors import from_byline, from_text
from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "The bridge of the little town closes again"
TITLE_ZH = "小镇的桥又关闭了"
TITLE_KO = "작은 마을의 다리가 다시 닫혔다"


def authors(*lines: str, head: str = "", after: str = "", before: str = "") -> tuple[str, ...]:
    """Return the authors of an English page with these lines under its title."""
    return page(before + article(TITLE, *lines) + after, head=head).authors


def authors_zh(*lines: str, head: str = "", after: str = "") -> tuple[str, ...]:
    """Return the authors of a Chinese page with these lines under its title."""
    return page(article(TITLE_ZH, *lines, prose=PROSE_ZH) + after, head=head, lang="zh-CN").authors


@pytest.mark.parametrize(
    "stated",
    [
        "name, email@gmail.com",
        "HS Harbour s.r.o.",
        "ABC Harbour Sp. z o.o.",
        "Harbour Limited",
        "Red Graphic Systems",
        "Grupa Portowa Polska",
        "CNN Wire",
        "North Korea",
        "Palma de Mallorca",
        "Display Name",
        "JPL.HARBOUR.GOV",
        "Columnists",
        "Harbour’s Journalistic Standards and Practices",
        "Analysis",
        "Harbour Review Insights",
        "网络整理",
        "港城消息",
        "青禾编译",
        "Harbour Office of",
        "Логин Пароль",
        "wpadmin",
    ],
)
def test_a_firm_a_place_and_a_field_are_nobody(stated: str) -> None:
    assert authors(head=f'<meta name="author" content="{stated}">') == ()


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Jane Doe, USA TODAY", ("Jane Doe",)),
        ("JANE DOE, JOHN ROE", ("Jane Doe", "John Roe")),
        ("Jane Doe, MA Harbour Health News", ("Jane Doe",)),
        ("Jane Doe (with John Roe and Ann Poe)", ("Jane Doe",)),
        ('Jane "Jay Bee" Doe', ('Jane "Jay Bee" Doe',)),
        ("Juan Pérez | Palma de Mallorca", ("Juan Pérez",)),
        ("青禾科技 青禾科技", ("青禾科技",)),
        ("홍길동 나무 칼럼니스트", ("홍길동",)),
        ("김철수 항구대 교수", ("김철수",)),
        ("jane@example.org (Jane Doe)", ("Jane Doe",)),
        ("Doe, Jane", ("Jane Doe",)),
        ("Jane Doe Reuters", ("Jane Doe",)),
        ("Jane R. Bloomberg", ("Jane R. Bloomberg",)),
        ("Jane Doe in Harbour Town", ("Jane Doe",)),
        ("Jane Doe for Harbour Echo", ("Jane Doe",)),
        ("Jane Doe. Harbour Agency", ("Jane Doe",)),
        ("Prof. Dr. Jane Doe", ("Prof. Dr. Jane Doe",)),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(stated: str, names: tuple[str, ...]) -> None:
    assert from_text(stated) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe Tuesday, Aug. 17, 2010", ("Jane Doe",)),
        ("Par CLAIRE DUMAS, JEAN MARTIN Envoyés spéciaux à Toulouse", ("Claire Dumas", "Jean Martin")),
        ("By Jane Doe, MA Harbour Health News", ("Jane Doe",)),
        ("by Taboolaby Taboola", ()),
        ("Text Without Notes", ()),
        ("发表于2014-08-24 21:30| 1164次阅读| 来源港城| 0 条评论| 作者张三", ("张三",)),
        ("0 条评论| 作者推荐", ()),
        ("By Jane Doe Senior Reporter", ("Jane Doe",)),
        ("BY JANE DOE STAFF WRITER", ("Jane Doe",)),
        ("By Jane Doe Political Editor", ("Jane Doe",)),
        ("By Jane Doe, AP Sports Writer", ("Jane Doe",)),
        ("By Harbour Echo Staff", ()),
        ("By Jane Doe and John Roe, Harbour Echo", ("Jane Doe", "John Roe")),
        ("May 4, 2024 By Jane Doe Leave a Comment", ("Jane Doe",)),
        ("By Jane Doe jane@example.com", ("Jane Doe",)),
        ("Posted on May 4, 2024 by jdoe in News", ("jdoe",)),
        ("Analysis: By Jane Doe", ("Jane Doe",)),
        ("Authors: Jane Doe¹, John Roe²", ("Jane Doe", "John Roe")),
        ("By Jane Doe1,2, John Roe3", ("Jane Doe", "John Roe")),
        ("By Jane Doe, Ph.D. and John Roe, M.D.", ("Jane Doe", "John Roe")),
        ("By Jane Doe III", ("Jane Doe III",)),
        ("By WU DI and ZHANG LE in Harbour | Updated: 2024-05-04 10:08", ("Wu Di", "Zhang Le")),
        ("Autors: Jānis Bērziņš", ("Jānis Bērziņš",)),
        ("Autorius: Jonas Jonaitis", ("Jonas Jonaitis",)),
        ("Avtor: Janez Novak", ("Janez Novak",)),
        ("执笔/叨叨姐、胡一刀&李小飞刀", ("叨叨姐", "胡一刀", "李小飞刀")),
        ("张三 文/图", ("张三",)),
        ("□张三", ("张三",)),
        ("◎张三 李四", ("张三", "李四")),
        ("●港城", ()),
        ("取材・文＝山田太郎", ("山田太郎",)),
        ("編集委員 山田太郎", ("山田太郎",)),
        ("山田太郎 記者", ("山田太郎",)),
        ("기자명 홍길동", ("홍길동",)),
        ("作者：[美]简·多伊", ("简·多伊",)),
        ("文｜张三 图｜李四", ("张三",)),
        ("文︱张三", ("张三",)),
        ("专栏作家：张三", ("张三",)),
        ("本报评论员 张三", ("张三",)),
        ("（作者为港城大学教授张三）", ("张三",)),
        ("作者简介：张三，港城大学教授，著有《港湾》等书。", ("张三",)),
        ("Reporting by Jane Doe in Port and John Roe in Harbour Town; Editing by Ann Poe", ("Jane Doe", "John Roe")),
        ("작성자 홍길동", ("홍길동",)),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert from_byline(line) == names


def test_what_stands_behind_a_link_comes_after_what_is_in_it() -> None:
    line = '<span class="byline"><a href="/staff/7/"><img src="a.png"> <b>Jane Doe</b></a>, HARBOUR ECHO</span>'
    assert authors(line) == ("Jane Doe",)


def test_each_of_several_authors_of_one_line_is_named_by_microdata() -> None:
    person = '<span itemscope itemprop="author"><a itemprop="name" href="#a">{}</a></span>'
    line = f'<ul><li class="auteur">Par {person.format("Claire Dumas")}, {person.format("Jean Martin")}</li></ul>'
    assert authors(line) == ("Claire Dumas", "Jean Martin")


def test_a_card_of_microformats_parts_name_and_trade() -> None:
    line = (
        '<div class="writerProfile"><p class="author vcard"><b class="fn">Jane Doe</b> '
        "<span>Senior Harbour Correspondent</span></p></div>"
    )
    assert authors(line) == ("Jane Doe",)


def test_a_name_a_place_and_a_date_some_lines_under_the_title() -> None:
    facts = [f"<ul><li>Fact {number} about the bridge</li></ul>" for number in range(4)]
    assert authors(*facts, "Juan Pérez | Madrid", "28/10/2012 03:21") == ("Juan Pérez",)


def test_a_section_beside_the_date_is_a_place() -> None:
    assert authors("North Korea 09:31 August 20, 2019") == ()


def test_whose_blog_it_is_stands_above_the_date_and_below_the_text() -> None:
    name = '<div><a href="/jane">Jane Anna Doe</a></div><div>May 4, 2024</div>'
    assert authors(before=name, after="<h2>About Jane Anna Doe</h2>") == ("Jane Anna Doe",)
    assert authors(before=name, after="<h2>About the harbour</h2>") == ()


def test_microdata_right_behind_the_article_in_a_frame() -> None:
    lines = [f"<p>{PROSE} {number}</p>" for number in range(12)]
    signed = '<aside><p><span itemprop="author">Jane Doe</span> — <time>2024-05-04</time></p></aside>'
    assert page(f"<article><h1>{TITLE}</h1>{''.join(lines)}{signed}</article>").authors == ("Jane Doe",)


def test_bylines_of_teasers_between_title_and_text_are_of_others() -> None:
    tools = "".join(f'<div class="nav"><a href="#">Tool {number}</a></div>' for number in range(9))
    related = '<aside class="related"><h2><a href="/b">Another bridge</a></h2><a>By John Roe</a></aside>'
    assert authors("AFP 30 April 2024", tools, related) == ()


def test_who_wrote_a_film_did_not_write_the_page() -> None:
    rows = "".join(
        f"<tr><th>{label}</th><td>{name}</td></tr>"
        for label, name in (("Directed by", "John Roe"), ("Written by", "Jane Doe"), ("Music by", "Ann Poe"))
    )
    assert authors(f"<table>{rows}</table>") == ()


def test_the_card_names_who_made_the_page_only_by_a_name() -> None:
    assert authors(head='<meta name="twitter:creator" content="Jane Doe">') == ("Jane Doe",)
    assert authors(head='<meta name="twitter:creator" content="@janedoe">') == ()


def test_the_site_named_as_the_author_is_not_parted_at_its_mark() -> None:
    head = '<meta name="dc.creator" content="Mole &amp; i"><meta property="og:site_name" content="Mole &amp; i">'
    assert authors(head=head) == ()


def test_a_name_and_its_paper_over_the_date() -> None:
    assert authors_zh("张三/港城青年报", "2019-09-24 09:10") == ("张三",)


def test_a_byline_between_summary_and_text_below_many_buttons() -> None:
    buttons = [f'<ul><li><a href="#">按钮{number}</a></li></ul>' for number in range(14)]
    assert authors_zh(*buttons, f"<ul><li>{PROSE_ZH}</li></ul>", "《港湾》作者 张三") == ("张三",)


def test_a_trade_behind_a_korean_name() -> None:
    prose = (
        "작은 마을의 의회는 화요일 저녁에 세 시간 동안 다리와 학교와 항구로 가는 길에 대하여 이야기하였으나 결정하지 못하였다. "
        * 2
    )
    body = article(TITLE_KO, '<div class="author">홍길동 나무 칼럼니스트</div>', prose=prose)
    assert page(body, lang="ko").authors == ("홍길동",)


@pytest.mark.parametrize(
    ("element", "names"),
    [
        ('<div class="byline">Jane Doe<br>Harbour Echo</div>', ("Jane Doe",)),
        ('<div class="autor">María Pérez<br>Madrid</div>', ("María Pérez",)),
        ('<div class="auteur">Claire Dumas<p>Journaliste</p></div>', ("Claire Dumas",)),
        ('<ul class="authors"><li>Jane Doe</li><li>John Roe</li></ul>', ("Jane Doe", "John Roe")),
        ('<div class="author"><a href="/a/jane">Jane Doe</a> Harbour Reporter</div>', ("Jane Doe",)),
        ('<div class="author"><b>Jane Doe</b> 2 days ago</div>', ("Jane Doe",)),
        ('<div class="author">Jane Doe 5 min read</div>', ("Jane Doe",)),
        ('<div class="author">Jane Doe View all posts</div>', ("Jane Doe",)),
        ('<div class="author">More from Jane Doe</div>', ("Jane Doe",)),
        ('<span class="author vcard"><a class="url fn n" href="#">jane</a></span>', ("jane",)),
        ('<span class="author vcard"><a class="url fn n" href="#">admin</a></span>', ()),
    ],
)
def test_an_element_holds_more_than_the_name(element: str, names: tuple[str, ...]) -> None:
    assert authors(element) == names


def test_a_chinese_name_and_who_that_is_in_one_element() -> None:
    assert authors_zh('<div class="author"><a>张三</a><span>港城作家</span></div>') == ("张三",)


def test_a_line_of_reporters_goes_on_in_the_next() -> None:
    assert authors_zh("本报实习生 张三 李四", "本报记者 王五") == ("张三", "李四", "王五")
    assert authors_zh("本报记者 王五", "编辑 李四") == ("王五",)


def test_a_byline_names_more_authors_than_the_data_has_room_for() -> None:
    head = '<meta name="author" content="Jane Doe">'
    assert authors("By Jane Doe, John Roe and Ann Poe", head=head) == ("Jane Doe", "John Roe", "Ann Poe")
    assert authors("By John Roe and Ann Poe", head=head) == ("John Roe", "Ann Poe")


def test_a_time_and_a_name_in_one_line() -> None:
    assert authors("04.05.2024 - 10:08 Uhr | Anna Muster") == ("Anna Muster",)


def test_a_list_in_the_data() -> None:
    node = {"@type": "NewsArticle", "headline": TITLE, "author": {"@list": [{"@type": "Person", "name": "Jane Doe"}]}}
    assert authors(head=f'<script type="application/ld+json">{json.dumps(node)}</script>') == ("Jane Doe",)


def ended(*parts: str, lang: str = "en", title: str = TITLE, prose: str = PROSE) -> tuple[str, ...]:
    """Return the authors of a page that ends with these parts."""
    return page(f"<div><h1>{title}</h1><p>{prose}</p><p>{prose}</p>{''.join(parts)}</div>", lang=lang).authors


IS_A = "is a reporter at the harbour who has written about bridges for ten years."


@pytest.mark.parametrize(
    ("end", "names"),
    [
        (f"<h3>About the author</h3><p>Jane Doe {IS_A}</p>", ("Jane Doe",)),
        ("<h3>About the Author:</h3><div>Jane Doe</div><p>She writes about bridges.</p>", ("Jane Doe",)),
        ("<h3>L'AUTEUR</h3><p>Claire Dumas</p>", ("Claire Dumas",)),
        ("<h3>Über die Autorin</h3><p>Anna Muster ist Redakteurin beim Hafenblatt.</p>", ("Anna Muster",)),
        (f"<p><em>Jane Doe {IS_A}</em></p>", ("Jane Doe",)),
        (f"<p>Jane Doe {IS_A}</p>", ()),
        ("<h3><em>Related Posts</em></h3>", ()),
        ("<p>Jane Doe can be reached at jane@example.com.</p>", ("Jane Doe",)),
        ("<p>Contact Jane Doe at jane@example.com.</p>", ("Jane Doe",)),
        ("<p>Contact Harbour Town at office@example.com.</p>", ()),
    ],
)
def test_a_portrait_behind_the_article(end: str, names: tuple[str, ...]) -> None:
    assert ended(end) == names


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("<h3>关于作者</h3><p>张三，港城大学教授，著有《港湾》等书。</p>", ("张三",)),
        ("<p>作者简介：张三，港城大学教授，著有《港湾》等书。</p>", ("张三",)),
        ("<h3>この記事を書いた人</h3><p>山田 太郎</p>", ("山田太郎",)),
    ],
)
def test_a_portrait_behind_a_dense_article(end: str, names: tuple[str, ...]) -> None:
    assert ended(end, lang="zh-CN", title=TITLE_ZH, prose=PROSE_ZH) == names


def test_a_headline_that_begins_with_a_kind_of_text_credits_nobody() -> None:
    assert ended(lang="zh-CN", title="港城日报评论员：再论小镇的桥", prose=PROSE_ZH) == ()


@pytest.mark.parametrize(
    "label",
    ["Press Release", "Climate Change", "Real Estate", "Case Study", "Faits Divers", "Medio Ambiente", "White House"],
)
def test_a_section_beside_the_date_is_no_person(label: str) -> None:
    assert authors(label, "May 4, 2024") == ()
    assert authors(f"{label} | May 4, 2024") == ()


def test_what_the_data_calls_a_section_or_a_link_a_category_is_no_person() -> None:
    assert authors("Harbour Town", "May 4, 2024", head='<meta property="article:section" content="Harbour Town">') == ()
    assert authors('<a href="/category/harbour-town/">Harbour Town</a>', "May 4, 2024") == ()
    assert authors('<a href="/people/jane-doe/">Jane Doe</a>', "May 4, 2024") == ("Jane Doe",)


@pytest.mark.parametrize("label", ["焦点", "文化", "全国", "高铁", "成都", "管理", "时代"])
def test_a_chinese_word_beside_the_date_is_no_person(label: str) -> None:
    assert authors_zh(label, "2024-01-19 10:08") == ()


@pytest.mark.parametrize("word", ["Edited", "Reviewed", "Hosted", "Sponsored", "Loved"])
def test_who_is_credited_with_something_else_beside_the_date(word: str) -> None:
    assert authors(f"{word} by Ann Poe", "May 4, 2024") == ()


def test_who_provides_the_news_beside_the_date_did_not_write_it() -> None:
    assert authors("News provided by", "Harbour Robotics", "May 04, 2024, 08:00 ET") == ()
    assert authors("Jane Doe", "May 04, 2024, 08:00 ET") == ("Jane Doe",)


@pytest.mark.parametrize("between", ["@janedoe", "Senior Editor", "HARBOUR TOWN"])
def test_what_stands_between_a_name_and_its_date(between: str) -> None:
    assert authors("Jane Doe", between, "May 4, 2024") == ("Jane Doe",)


def test_names_and_what_joins_them_on_lines_of_their_own() -> None:
    assert authors("By", "Jane Doe", "and", "John Roe") == ("Jane Doe", "John Roe")


def test_the_page_of_a_contributor_is_an_authors() -> None:
    assert authors('<a href="/contributors/jane-doe">Jane Doe</a>') == ("Jane Doe",)


def test_a_credit_in_brackets_at_the_end_leaves_none_behind_the_name() -> None:
    assert from_byline("Reporting by Jane Doe)") == ("Jane Doe",)


def test_a_name_that_begins_with_the_hosts_is_a_house() -> None:
    head = '<meta name="author" content="Harbour Times UGC">'
    found = page(article(TITLE, "Monday"), head=head, url="https://www.harbourtimes.example/news/bridge")
    assert found.authors == ()


def test_tools_beside_the_date_are_nobody() -> None:
    assert authors('<span>June 5, 2026</span> <span><a href="/rss">RSS Feed</a> <a href="/p">Print</a></span>') == ()
