"""Authors: bylines of many forms, the page's data, and everybody who is no author."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.metadata import from_tree
from pipelines.metadata.authors import from_byline, from_text
from pipelines.metadata.bylines import editors
from pipelines.metadata.dense_bylines import from_prose
from pipelines.model import Block, Kind
from tests.metadata_pages import FETCHED, PROSE, PROSE_ZH, article, page


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("By JANE DOE", ["Jane Doe"]),
        ("by Jane Doe | Jan 19, 2024", ["Jane Doe"]),
        ("By Jane Doe and John Smith", ["Jane Doe", "John Smith"]),
        ("By Jane Doe, MS, RDN, LD", ["Jane Doe"]),
        ("Posted on September 21, 2020 by Jane Doe", ["Jane Doe"]),
        ("Written by Jane Doe", ["Jane Doe"]),
        ("Story by Jane Doe Photos by John Smith", ["Jane Doe"]),
        ("by harbourcat", ["harbourcat"]),
        ("Von Max Müller und Eva Maier", ["Max Müller", "Eva Maier"]),
        ("Von Max Müller, Berlin", ["Max Müller"]),
        ("Autorin: Eva Maier, Leiterin der HSS in Tunis.", ["Eva Maier"]),
        ("Text von Max Müller Illustration von Eva Maier", ["Max Müller"]),
        ("Posted 11. April 2018 by Walter von Aachen", ["Walter von Aachen"]),
        ("Do 25.04.24 | 14:07 Uhr | Von Eva Kirchner-Rätsch", ["Eva Kirchner-Rätsch"]),
        ("Das Hotel wurde wieder lebendig. Von Eva Maier", ["Eva Maier"]),
        ("By Jane Doe CNN", ["Jane Doe"]),
        ("By Jane Doe March 18 at 3:57 PM Follow @doe", ["Jane Doe"]),
        ("By Theresa May", ["Theresa May"]),
        ("By Jane Doe By Jane Doe May 15 Follow @doe", ["Jane Doe"]),
        ("by Jane Doe —in Gadgets", ["Jane Doe"]),
        ("12 jan 23 | 5h27 Por Jane Doe", ["Jane Doe"]),
        ("By JANE MACDONALD-DeWITT , JOHN ROE and AARON KROLL", ["JANE MACDONALD-DeWITT", "John Roe", "Aaron Kroll"]),
        ("Reporting by Jane Doe and John Smith; Editing by Mary Major", ["Jane Doe", "John Smith"]),
        ("Eine Analyse von Max Müller", ["Max Müller"]),
        ("Von ECHO-Online-Experte Max Müller", ["Max Müller"]),
        ("Von Anne-Marie Reporter", []),
        ("Von Hans-Peter Müller", ["Hans-Peter Müller"]),
        ("Tekst: Jan Kowalski", ["Jan Kowalski"]),
        ("By Kyle Howells 15 min read", ["Kyle Howells"]),
        ("文丨小镇特约评论员 王小明", ["王小明"]),
        ("（作者王小明系港口智库研究员）", ["王小明"]),
        ("Par Jeanne Dupont, avec AFP", ["Jeanne Dupont"]),
        ("Por Juan Pérez", ["Juan Pérez"]),
        ("Di Mario Rossi", ["Mario Rossi"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Yazan: Ahmet Yılmaz", ["Ahmet Yılmaz"]),
        ("Penulis: Budi Santoso, Editor: Siti", ["Budi Santoso"]),
        ("박준석 기자", ["박준석"]),
        ("作者：王小明", ["王小明"]),
        ("作 者：王小明", ["王小明"]),
        ("来源：港口日报 作者：王小明 李大伟", ["王小明", "李大伟"]),
        ("2024-01-19 10:08 来源：港口网 作者：王小明 责任编辑：李大伟", ["王小明"]),
        ("作者：港口大学 王小明", ["王小明"]),
        ("（本文来源：港口日报 作者：港口研究中心研究员王小明）返回", ["王小明"]),
        ("本报记者 王小明 通讯员 李大伟", ["王小明", "李大伟"]),
        ("本报记者王小明", ["王小明"]),
        ("本报记者罗科苏盈发自北京", ["罗科苏盈"]),
        ("港口报·小镇网记者 王小明 来源：港口报", ["王小明"]),
        ("记者丨王小明", ["王小明"]),
        ("记者 | 王小明 编辑 | 李大伟", ["王小明"]),
        ("采写：港都记者 王小明", ["王小明"]),
        ("文/王小明", ["王小明"]),
        ("文丨王小明", ["王小明"]),
        ("王小明/文", ["王小明"]),
        ("图文/王小明", ["王小明"]),
        ("（记者王小明 通讯员李大伟）", ["王小明", "李大伟"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("（中央社記者王小明台北19日電）", ["王小明"]),
        ("由大卫于2005年8月12日发表", ["大卫"]),
        ("harbourcat 发表于 2005-9-15 11:46:00", ["harbourcat"]),
        ("取材・文：山田太郎", ["山田太郎"]),
        ("著者：山田 太郎", ["山田 太郎"]),
    ],
)
def test_bylines(line: str, names: list[str]) -> None:
    assert list(from_byline(line)) == names


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：李大伟",
        "编辑：李大伟 校对：王小明",
        "摄影记者 王小明",
        "新华社记者 王小明 摄",
        "图片来源：视觉港口",
        "记者从有关部门获悉，今年一季度",
        "记者：据你了解现在农民学习的热情高吗？",
        "作者单位：港口大学",
        "发布者：admin",
        "来源：港口日报",
        "Edited by Jane Doe",
        "Photo by Jane Doe",
        "By the end of 2024 we will",
        "By Associated Press",
        "By A Staff Writer",
        "By Our Correspondent",
        "REDACCIÓN",
        "By BBC News",
        "Por favor, lea esto",
        "Von der Leyen kündigt neue Maßnahmen an",
        "Von unserer Redaktion",
        "Source: Harbour Echo",
        "Author:",
    ],
)
def test_who_is_no_author(line: str) -> None:
    assert from_byline(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("港社北京5月19日电（王小明、李大伟）中国专家19日介绍", ["王小明", "李大伟"]),
        ("本报讯（记者 王小明）昨日，项目开工建设。", ["王小明"]),
        ("实现多赢共赢。（王小明）", ["王小明"]),
        ("这是合理的吗？”（王小明 上海报道）", ["王小明"]),
        ("关注个人集资盖房事件(房产)", []),
        ("他们都来自小镇（照片由居民提供）", []),
    ],
)
def test_names_in_brackets_of_prose(line: str, names: list[str]) -> None:
    assert list(from_prose(line)) == names


def test_editors_are_told_apart() -> None:
    assert editors("责任编辑：李大伟") == ("李大伟",)
    assert editors("Editor : Jane Doe") == ("Jane Doe",)


@pytest.mark.parametrize(
    "value",
    [
        "admin",
        "https://example.com/jane",
        "jane@example.com",
        "Harbour Echo Staff",
        "Reuters",
        "港口网",
        "编辑部",
        "作者",
    ],
)
def test_values_that_name_no_person(value: str) -> None:
    assert from_text(value) == ()


def ld(author: str, more: str = "") -> str:
    return (
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle",'
        f'"headline":"Bridge closed again","author":{author}{more}}}]}}</script>'
    )


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('{"@type":"Person","name":"Jane Doe"}', ("Jane Doe",)),
        ('[{"@type":"Person","name":"Jane Doe"},{"@type":"Person","name":"John Smith"}]', ("Jane Doe", "John Smith")),
        ('"By Jane Doe"', ("Jane Doe",)),
        ('{"@type":"Organization","name":"Harbour Echo"}', ()),
        ('{"@type":"Person","name":["Jane Doe","John Smith"]}', ("Jane Doe", "John Smith")),
        ('{"@type":"Person","name":"王小明"}', ("王小明",)),
    ],
)
def test_json_ld_authors(author: str, names: tuple[str, ...]) -> None:
    assert page(article("Bridge closed again"), head=ld(author)).authors == names


def test_json_ld_references_are_followed() -> None:
    head = (
        '<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"Bridge closed again",'
        '"author":{"@id":"#jd"}},{"@type":"Person","@id":"#jd","name":"Jane Doe"}]}</script>'
    )
    assert page(article("Bridge closed again"), head=head).authors == ("Jane Doe",)


def test_a_persons_own_site_keeps_its_author() -> None:
    head = ld('{"@type":"Person","name":"Jane Doe"}', ',"publisher":{"@type":"Organization","name":"Jane Doe"}')
    assert page(article("Bridge closed again"), head=head).authors == ("Jane Doe",)


def test_a_site_named_after_the_author_of_its_bylines() -> None:
    head = '<meta property="og:site_name" content="Jane Doe"><meta name="author" content="Jane Doe">'
    assert page(article("Bridge closed again", "By Jane Doe"), head=head).authors == ("Jane Doe",)
    assert page(article("Bridge closed again"), head=head).authors == ()


def test_a_biography_at_the_end() -> None:
    end = "<h3>Jane Doe</h3><p>Jane Doe is a writer who lives by the harbour.</p>"
    assert page(article("Bridge closed again") + end).authors == ("Jane Doe",)


def test_a_biography_before_questions_and_answers() -> None:
    end = "<h3>Jane Doe</h3><p>Jane Doe is a writer who lives by the harbour.</p>"
    asked = "<h3>When does it open?</h3>" + f"<p>{PROSE}</p>" * 2
    assert page(article("Bridge closed again") + end + asked).authors == ("Jane Doe",)


def test_several_biographies_are_what_the_article_is_about() -> None:
    people = "".join(
        f"<h3>{name}</h3><p>{name} is a candidate for the council.</p>" for name in ("Jane Doe", "John Smith")
    )
    assert page(article("Who stands in May") + people).authors == ()


def test_a_name_under_the_title_with_a_biography_elsewhere() -> None:
    box = "<aside><div>Jane Doe</div><div>| Author</div><p>Jane Doe is a writer who lives by the harbour.</p></aside>"
    body = article("Bridge closed again", "Jane Doe", "Last Updated:")
    assert page(body + box).authors == ("Jane Doe",)
    assert page(body).authors == ()


def test_a_signature_above_the_notes() -> None:
    signed = '<p align="right"><em>Jeanne Dupont</em></p><p>(1) These figures are those of the town, of 2019 and of 2020.</p>'
    assert page(article("Bridge closed again") + signed).authors == ("Jeanne Dupont",)


def test_a_signature_under_the_last_paragraph() -> None:
    signed = '<p style="text-align:right"><strong>Lê Phương</strong></p>'
    assert page(article("Bridge closed again") + signed).authors == ("Lê Phương",)
    assert page(article("Bridge closed again") + "<p>Further Reading</p>").authors == ()


def test_several_names_right_under_the_title() -> None:
    assert page(article("Bridge closed again", "Jane Doe, John Smith, Eva Maier")).authors == (
        *("Jane Doe", "John Smith"),
        "Eva Maier",
    )


def test_of_several_meta_authors_the_owner_of_the_rights_goes() -> None:
    head = '<meta name="author" content="Condor Nest"><meta name="author" content="Jane Doe">'
    assert page(article("Bridge closed again") + "<p>© 2024 Condor Nest</p>", head=head).authors == ("Jane Doe",)


def test_the_sites_name_is_no_author() -> None:
    head = '<meta property="og:site_name" content="Harbour Echo"><meta name="author" content="Harbour Echo">'
    assert page(article("Bridge closed again"), head=head).authors == ()


def test_a_meta_author_that_the_page_credits_as_editor_is_none() -> None:
    head = '<meta name="author" content="李大伟"><title>小镇的桥又关闭了</title>'
    body = article("小镇的桥又关闭了", "2024-01-19 来源：港口日报", prose=PROSE_ZH) + "<p>责任编辑：李大伟</p>"
    assert page(body, head=head, lang="zh").authors == ()


def test_a_chinese_byline_comes_before_the_meta_author() -> None:
    head = '<meta name="author" content="李大伟"><title>小镇的桥又关闭了</title>'
    body = article("小镇的桥又关闭了", "2024-01-19 来源：港口日报 作者：王小明", prose=PROSE_ZH)
    assert page(body, head=head, lang="zh").authors == ("王小明",)


def test_a_byline_under_the_title_corrects_the_meta_author() -> None:
    head = '<meta name="author" content="Web Master"><meta name="author" content="Eva Maier">'
    assert page(article("Bridge closed again", "By Jane Doe"), head=head).authors == ("Jane Doe",)


def test_a_class_that_says_author() -> None:
    body = article("Bridge closed again", '<span class="post-author">Jane Doe</span>')
    assert page(body).authors == ("Jane Doe",)


def test_the_card_that_says_who_wrote_it() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">'
    assert page(article("Bridge closed again"), head=head).authors == ("Jane Doe",)
    head = '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Two Minutes">'
    assert page(article("Bridge closed again"), head=head).authors == ()


def test_microdata_that_shows_no_name() -> None:
    hidden = '<span itemprop="author" itemscope><meta itemprop="name" content="Jane Doe"></span>'
    assert page(article("Bridge closed again", hidden)).authors == ("Jane Doe",)


def test_microdata_parts_the_name_from_a_role_beside_it() -> None:
    box = (
        '<div class="Post-Author"><div itemprop="author" itemscope><meta itemprop="name" content="海边的风">'
        '<span class="name">海边的风</span><div>城市规划师</div></div></div>'
    )
    assert page(article("小镇的桥又关闭了", box, prose=PROSE_ZH), lang="zh").authors == ("海边的风",)


def test_a_name_with_its_role_under_the_title() -> None:
    assert page(article("Bridge closed again", "Jane Doe, Staff Writer")).authors == ("Jane Doe",)
    assert page(article("Bridge closed again", "JANE DOE | Staff Writer")).authors == ("Jane Doe",)
    assert page(article("Most znów zamknięty", "Jan Kowalski, dziennikarz"), lang="pl").authors == ("Jan Kowalski",)
    assert page(article("Мост снова закрыт", "Иван Сидоров, корреспондент"), lang="ru").authors == ("Иван Сидоров",)
    assert page(article("Bridge closed again", "Jane Doe, Managing Editor")).authors == ()
    assert page(article("Bridge closed again", "North Harbour, 3 Rooms")).authors == ()
    assert page(article("Bridge closed again", "Paris, Our Correspondent")).authors == ()


def test_a_link_to_an_authors_page() -> None:
    assert page(article("Bridge closed again", '<a href="/author/jane-doe/">Jane Doe</a>')).authors == ("Jane Doe",)
    assert page(article("Bridge closed again", '<a href="/town/harbour/">Jane Doe</a>')).authors == ()


def test_in_a_byline_with_links_the_linked_names_count() -> None:
    line = '<span class="byline">Harbour expert <a href="/author/jane">Jane Doe</a> <a href="/towns">Global Commons</a></span>'
    assert page(article("Bridge closed again", line)).authors == ("Jane Doe",)


def test_a_class_named_after_the_author_does_not_make_the_title_one() -> None:
    body = '<h1 class="hentry author-jane">Yellow Vests and Harbours</h1><p>January 4, 2024</p>'
    assert page(body).authors == ()


def test_a_sponsor_is_no_author() -> None:
    assert (
        page(article("Bridge closed again"), head='<meta name="author" content="Sponsored by Jane Doe">').authors == ()
    )


def test_a_signature_behind_what_the_body_leaves_out() -> None:
    body = article("小镇的桥又关闭了", prose=PROSE_ZH) + "".join(f"<p>{number}{PROSE_ZH}</p>" for number in range(30))
    tree = lxml.html.document_fromstring(f"<html><body>{body}<p>港口报记者 王小明 小镇报道</p></body></html>")
    blocks = [Block(kind=Kind.PARAGRAPH, text=PROSE_ZH)]
    meta = from_tree(tree, url="https://example.cn/a", fetched_at=FETCHED, config=Config(), body=blocks)
    assert meta.authors == ("王小明",)


def test_an_authors_box_with_a_role() -> None:
    box = '<div class="author-box"><div>Jane Doe</div><div>Contributing travel writer and editor at large</div></div>'
    assert page(article("Bridge closed again", box)).authors == ("Jane Doe",)


def test_the_author_of_another_article_is_not_this_ones() -> None:
    related = '<div class="related"><h3>School opens</h3><span class="author">Jane Doe</span></div>'
    body = article("Bridge closed again") + f"<p>{PROSE}</p>" * 12 + related
    assert page(body, head="<title>Bridge closed again</title>").authors == ()


def test_a_name_beside_the_date_under_the_title() -> None:
    assert page(article("Bridge closed again", "Jane Doe | 19.01.2024")).authors == ("Jane Doe",)
    assert page(article("Bridge closed again", "19.01.2024 Jane Doe")).authors == ("Jane Doe",)
    assert page(article("Bridge closed again", "World News", "19.01.2024")).authors == ()


def test_a_blog_named_after_its_author() -> None:
    head = '<meta property="og:site_name" content="Jane Doe&apos;s Blog"><meta name="author" content="Jane Doe">'
    assert page(article("Bridge closed again"), head=head).authors == ("Jane Doe",)


def test_a_name_in_brackets_on_the_dateline() -> None:
    body = article("小镇的桥又关闭了", "2004年7月16日08:19 [ 王小明 ] 来源：[ 港口报 ]", prose=PROSE_ZH)
    assert page(body, lang="zh").authors == ("王小明",)


def test_a_name_alone_before_the_first_paragraph() -> None:
    assert page(article("小镇的桥又关闭了", "王小明、李大伟", prose=PROSE_ZH * 2), lang="zh").authors == (
        "王小明",
        "李大伟",
    )


@given(st.text(max_size=200))
def test_any_byline_is_read_without_error_and_names_stand_in_it(line: str) -> None:
    for name in from_byline(line):
        folded = "".join(line.lower().split())
        assert "".join(name.lower().split()) in folded or name.title() == name


def test_a_users_name_is_spelled_out_by_the_byline() -> None:
    line = '<a class="byline__authorLink" href="/staff/janedoe/posts.html">Jane Doe | jdoe@echo.org</a>'
    head = '<meta name="author" content="janedoe">'
    assert page(article("Bridge closed again", line), head=head).authors == ("Jane Doe",)
    other = '<a class="byline__authorLink" href="/staff/jsmith/posts.html">John Smith</a>'
    assert page(article("Bridge closed again", other), head=head).authors == ("janedoe",)
