"""Site, section, tags, address, language; frames; odd and hostile pages."""

from __future__ import annotations

from datetime import timedelta

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.metadata import from_tree, sites, walk
from pipelines.metadata.jsonld import clean
from pipelines.metadata.text import key
from pipelines.metadata.tree import SKIPPED, roles_of
from tests.metadata_pages import FETCHED, PROSE, PROSE_ZH, article, page


def test_site_name_is_what_the_page_calls_itself() -> None:
    assert page("<p>x</p>", head='<meta property="og:site_name" content="Harbour Echo">').site == "Harbour Echo"
    node = '{"@type":"Article","headline":"A","publisher":{"name":"Harbour Echo"}}'
    publisher = f'<script type="application/ld+json">{node}</script>'
    assert page("<p>x</p>", head=publisher).site == "Harbour Echo"
    assert page("<p>x</p>").site is None


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("http://news.example.com.cn/a", "example.com.cn"),
        ("https://blog.example.github.io/", "example.github.io"),
        ("http://192.0.2.1/a", "192.0.2.1"),
        ("http://localhost:8000/", "localhost"),
        ("file:///tmp/a.html", None),
        ("not a url", None),
        ("http://[broken", None),
    ],
)
def test_registered_domain(url: str, domain: str | None) -> None:
    found = sites.registered_domain(url)
    assert found == domain or (domain == "example.github.io" and found == "github.io")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.example.com/town/bridge-1", "https://www.example.com/town/bridge-1"),
        ("/town/bridge-1", "https://www.example.com/town/bridge-1"),
        ("https://m.example.com/town/bridge-1", "https://m.example.com/town/bridge-1"),
        ("https://www.example.com/", None),
        ("https://other.org/town/bridge-1", None),
        ("www.example.com/town/bridge-1", "https://www.example.com/town/bridge-1"),
        ("javascript:void(0)", None),
        ("http://[broken", None),
    ],
)
def test_canonical_is_an_article_of_the_same_site(href: str, expected: str | None) -> None:
    assert page("<p>x</p>", head=f'<link rel="canonical" href="{href}">').canonical_url == expected


def test_section_is_the_last_crumb_before_the_article() -> None:
    assert page("<p>x</p>", head='<meta property="article:section" content="Town">').section == "Town"
    crumbs = (
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},'
        '{"name":"Town"},{"item":{"name":"Bridge closed again"}}]}</script>'
    )
    assert page(article("Bridge closed again"), head=crumbs + "<title>Bridge closed again</title>").section == "Town"


def test_section_from_a_visible_path() -> None:
    path = '<div>当前位置：<a href="/">首页</a> > <a href="/n">新闻</a> > <a href="/n/s">社会</a> > 正文</div>'
    assert page(path + article("小镇的桥又关闭了"), head="<title>小镇的桥又关闭了</title>", lang="zh").section == "社会"


def test_tags_are_the_articles_own() -> None:
    head = '<meta property="article:tag" content="bridge"><meta property="article:tag" content="harbour">'
    assert page("<p>x</p>", head=head).tags == ("bridge", "harbour")


def test_keywords_that_the_article_never_mentions_are_the_sites() -> None:
    head = '<meta name="keywords" content="灯塔，港口,体育,股票">'
    assert page(article("小镇的桥又关闭了", prose="港口附近的桥又关闭了。"), head=head, lang="zh").tags == ("港口",)


def test_a_slogan_is_not_part_of_the_sites_name() -> None:
    head = '<meta property="og:site_name" content="Harbour Echo | All the news of the coast">'
    assert page("<p>x</p>", head=head).site == "Harbour Echo"


@pytest.mark.parametrize(
    ("said", "publisher", "site"),
    [
        ("All the news of the coast | Harbour Echo", "Harbour Echo", "Harbour Echo"),
        ("Harbour Echo - independent daily of the county of Bay and of the islands", "", "Harbour Echo"),
        ("The Bay - Harbour Echo", "", "The Bay - Harbour Echo"),
        ("harbourecho", "Harbour Echo", "Harbour Echo"),
        ("Harbourecho", "Harbour Echo", "Harbourecho"),
        ("harbourecho", "Echo Media Group", "harbourecho"),
        ("www.example.com", "Harbour Echo", "Harbour Echo"),
        ("www.example.com", "", "example.com"),
    ],
)
def test_a_site_is_named_as_its_readers_know_it(said: str, publisher: str, site: str) -> None:
    node = f'{{"@type":"Article","headline":"A","publisher":{{"name":"{publisher}"}}}}'
    head = f'<meta property="og:site_name" content="{said}"><script type="application/ld+json">{node}</script>'
    assert page("<p>x</p>", head=head).site == site


def test_a_fillers_description_is_none() -> None:
    assert page("<p>x</p>", head='<meta name="description" content="#">').description is None


def test_language_and_description() -> None:
    meta = page("<p>x</p>", head='<meta name="description" content="All about &amp;quot;it&amp;quot;">', lang="zh_Hant")
    assert meta.language == "zh-hant"
    assert meta.description == 'All about "it"'


def test_a_frame_that_holds_the_prose_is_none() -> None:
    body = f'<div class="container no-sidebar"><h1>Bridge closed again</h1><p>2024-01-19</p><p>{PROSE}</p></div>'
    found = walk.read(lxml.html.document_fromstring(body))
    assert all(line.foreign is None for line in found.lines)


def test_text_after_comments_and_inside_inline_elements_is_one_line() -> None:
    found = walk.read(lxml.html.document_fromstring("<p>a<!-- x -->b<b>c</b>d</p><p>e</p>"))
    assert [line.text for line in found.lines] == ["abcd", "e"]


def test_hidden_elements_show_no_line_but_keep_their_role() -> None:
    found = walk.read(
        lxml.html.document_fromstring('<p>a</p><span style="display: none" class="date">2024-01-19</span>')
    )
    assert [line.text for line in found.lines] == ["a"]
    assert len(found.hints) == 1


def test_roles_of_class_values() -> None:
    assert roles_of("postAuthor") == {"author"}
    assert roles_of("entry-date published") == {"date"}
    assert "foreign" in roles_of("related_posts")
    assert roles_of("authority") == frozenset()


def test_the_tree_is_not_changed() -> None:
    tree = lxml.html.document_fromstring(article("Bridge closed again", "2024-01-19"))
    before = lxml.html.tostring(tree)
    from_tree(tree, url="https://example.com/", fetched_at=FETCHED, config=Config())
    assert lxml.html.tostring(tree) == before


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 3000 + "x",
        "<p " + " ".join(f'a{number}="1"' for number in range(20_000)) + ">x</p>",
        '<h1 class="' + "title " * 100_000 + '">x</h1>',
        "<h1>" + "a - " * 50_000 + "</h1>",
        "<p>" + "2024-01-19 " * 50_000 + "</p>",
        "<p>" + "1" * 200_000 + "</p>",
        "<p>作者：" + "王" * 200_000 + "</p>",
        "<p>By " + "Aa " * 100_000 + "</p>",
        "<p>" + "记者 " * 50_000 + "</p>",
        "<p>" + "（" * 50_000 + "</p>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@graph":[' + '{"@type":"Article"},' * 20_000 + '{"a":1}]}</script>',
        '<script type="application/ld+json">{"@type":"Article","@id":"#a","author":{"@id":"#a"}}</script>',
        "<span>x</span>" * 60_000,
        "<time datetime='" + "9" * 10_000 + "'>x</time>" * 3000,
    ],
    ids=range(15),
)
def test_hostile_pages_are_read_in_bounded_work(body: str) -> None:
    parser = lxml.html.HTMLParser(huge_tree=True)
    tree = lxml.html.document_fromstring(f"<html><body>{body}</body></html>", parser=parser)
    found = walk.read(tree)
    assert len(found.lines) <= walk.MAX_LINES + 1
    assert all(len(line.text) <= 1000 for line in found.lines)
    from_tree(tree, url="https://example.com/a", fetched_at=FETCHED, config=Config())


PIECES = st.sampled_from(
    [
        *("<h1>", "</h1>", "<div class='author'>", "</div>", "<time datetime='2024-01-19'>", "</time>", "<p>", "</a>"),
        *(
            "<a href='/'>",
            "By Jane Doe",
            "2024年1月19日",
            "作者：王小明",
            "<title>",
            "</title>",
            "<!--",
            "-->",
            "<svg>",
        ),
        *("<script type='application/ld+json'>", "</script>", " - ", "|", "Bridge closed again", "2099-12-31", "é"),
        *("<meta property='og:title' content='", "'>", "\x00", "&#0;", "<link rel=canonical href='//[' >"),
        '{"@type":"Article","headline":"x","datePublished":"2031-01-01","author":[null,{"name":3}]}',
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40))
def test_any_mark_up_gives_metadata_that_stands_on_the_page(pieces: list[str]) -> None:
    source = "<html><body>" + "".join(pieces) + "</body></html>"
    tree = lxml.html.document_fromstring(source)
    meta = from_tree(tree, url="https://example.com/2030/01/01/a", fetched_at=FETCHED, config=Config())
    for found in (meta.published, meta.modified):
        assert found is None or found.at <= FETCHED + timedelta(days=1)
    if meta.title is not None:
        said = [value for element in tree.iter("meta") for value in element.values()]
        said += list(tree.itertext())
        for element in list(tree.iter(*SKIPPED)):
            element.clear(keep_tail=True)  # a heading's text runs on over a script inside it
        said += list(tree.itertext())
        texts = (" ".join(said), clean(" ".join(said)), "".join(map(clean, said)))
        assert any(key(meta.title) in key(text) for text in texts)


def test_of_several_sections_in_one_value_the_first_counts() -> None:
    head = '<meta property="article:section" content="Mundo,América">'
    assert page(article("Bridge closed again"), head=head).section == "Mundo"
    head = '<meta property="article:section" content="Arts, Books and Music">'
    assert page(article("Bridge closed again"), head=head).section == "Arts, Books and Music"


def test_a_link_to_print_is_no_section() -> None:
    path = '<div><a href="/">Start</a> &gt; <a href="/p">Drucken</a></div>'
    assert page(path + article("Brücke wieder gesperrt"), lang="de").section is None


def test_codes_among_the_tags_are_no_tags() -> None:
    tags = ("type_news", "channel_harbour_hardware", "RTX 3080", "& Economics", "x:1", "harbour")
    head = "".join(f'<meta property="article:tag" content="{tag.replace("&", "&amp;")}">' for tag in tags)
    assert page(article("Bridge closed again"), head=head).tags == ("RTX 3080", "Economics", "harbour")


def test_rdfa_and_class_names_of_other_languages_name_the_parts() -> None:
    line = '<span property="dc:date dc:created" content="2024-01-19T10:08:00+01:00">Fri, 01/19/2024 - 10:08</span>'
    found = page(article("Bridge closed again", line)).published
    assert found and found.at.isoformat() == "2024-01-19T09:08:00+00:00"
    assert page(article("Köprü yeniden kapatıldı", '<span class="yazar">Ahmet Yılmaz</span>')).authors == (
        "Ahmet Yılmaz",
    )


def test_a_year_above_its_month_and_day_is_a_date() -> None:
    shown = (
        '<div class="header-time"><span class="year"><em>2024</em></span><span class="day"><em>01</em>/<em>19</em></span>'
        '<span class="time">10:08:23</span></div>'
    )
    published = page(shown + article("小镇的桥又关闭了", prose=PROSE_ZH), url="http://www.example.cn/x.html").published
    assert published is not None and published.at.date().isoformat() == "2024-01-19"


def test_elements_of_a_sites_own_hold_dates_as_time_does_and_edits_do_not() -> None:
    for tag, day in (("relative-time", "2024-01-19"), ("local-time", "2024-01-19"), ("ins", None)):
        shown = f'<{tag} datetime="2024-01-19T10:08:00Z">Jan 19</{tag}>'
        published = page(article("Bridge closed again", shown)).published
        assert (published.at.date().isoformat() if published else None) == day


def test_links_say_by_rel_that_they_lead_to_a_tag() -> None:
    tags = "<footer class='entry-footer'>In: <a rel='category tag' href='/c/town'>Town</a> <a rel='tag'>#bridge</a>"
    tags += " <a rel='tag' href='/t/2'>ferry</a> <a rel='tag'>Uncategorized</a> <a rel='tag'>2024</a></footer>"
    related = "<aside><h3>More</h3><a rel='tag' href='/t/3'>school</a></aside>"
    made = page(article("Bridge closed again") + tags + related)
    assert made.tags == ("bridge", "ferry")
    teaser = "<div><h3><a href='/b'>School opens in spring</a></h3><p><a rel='tag'>school</a></p></div>"
    assert page(article("Bridge closed again") + teaser).tags == ()
    assert page(article("Bridge closed again") + tags + teaser).tags == ("bridge", "ferry")


def test_a_category_by_the_title_is_the_section() -> None:
    line = "<a rel='category tag' href='/c/town'>Town</a> <a rel='category tag' href='/c/1'>Uncategorized</a>"
    assert page(article("Bridge closed again", line)).section == "Town"
    assert page(article("Bridge closed again", line.replace("Town", "Allgemein"))).section is None


def test_a_section_in_the_pages_title_that_a_menu_repeats() -> None:
    title = "<title>항구 다리 또 폐쇄 &lt; 사회 &lt; 기사본문 - 항구신문</title>"
    menu = "<ul><li><a href='/1'>경제</a></li><li><a href='/2'>사회</a></li><li><a href='/3'>기사본문</a></li></ul>"
    assert page(menu + article("항구 다리 또 폐쇄"), head=title, lang="ko").section == "사회"
    assert page(article("항구 다리 또 폐쇄"), head=title, lang="ko").section is None


@pytest.mark.parametrize(
    "step", ["10:08 am Fri Jul 19, 2013", "January", "2017", "Tags", "Why our readers love the old bridge"]
)
def test_a_step_that_names_no_section(step: str) -> None:
    crumbs = '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"name":"Town"},'
    crumbs += f'{{"name":"{step}"}},{{"name":"Bridge closed again"}}]}}</script><title>Bridge closed again</title>'
    assert page(article("Bridge closed again"), head=crumbs).section == "Town"


def test_offices_name_site_and_column_in_fields_of_their_own() -> None:
    head = '<meta name="SiteName" content="港口市政府"><meta name="ColumnName" content="政务动态">'
    made = page(article("小镇的桥又关闭了"), head=head, lang="zh")
    assert (made.site, made.section) == ("港口市政府", "政务动态")


def test_what_stands_behind_the_path_does_not_hide_it() -> None:
    path = "<div><a href='/'>首页</a> &gt; <a href='/n'>社会</a> &gt; 正文 <a href='/p'>打印</a></div>"
    assert page(path + article("小镇的桥又关闭了"), lang="zh").section == "社会"
    path = "<div><a href='/'>Home</a> &gt; <a href='/t'>Town</a> &gt; {}</div>"
    title = "The bridge over the bay is closed again for eight months"
    assert page(path.format(title) + article(title)).section == "Town"
    assert page(path.format("10:08 am Fri Jul 19") + article(title)).section is None


@pytest.mark.parametrize(
    "line",
    [
        "<a href=/a>« Vorige</a> | <a href=/b>Nächste »</a>",
        "» <a href=/help>Help</a>",
        "-&gt;<a href=/big>One big page</a>",
        "<a href=/>港口网</a> &gt; <a></a> &gt; 正文",
        "<a href=/>Echo Online</a> &gt; <a href=/2024>2024</a> &gt; <a href=/kw>KW 15</a> &gt; Bridge closed again",
    ],
)
def test_a_pager_a_bullet_and_the_root_of_a_path_are_no_sections(line: str) -> None:
    assert (
        page(f"<div><a href=/m>Menu of it</a></div><div>{line}</div>{article('Bridge closed again')}").section is None
    )


def test_the_number_of_its_articles_is_no_part_of_a_tag() -> None:
    links = "<div>" + " ".join(
        f"<a rel=tag href=/tags/{name}>{name} <span>{count}</span></a>"
        for name, count in (("harbour", "1,888"), ("bridge-2024", "(50)"))
    )
    assert page(article("Bridge closed again") + links + "</div>").tags == ("harbour", "bridge-2024")


def test_a_day_among_the_keywords_is_no_tag() -> None:
    head = '<meta name="keywords" content="20240119|bridge|harbour">'
    assert page(article("Bridge 20240119 closed again, harbour shut"), head=head).tags == ("bridge", "harbour")


def test_a_description_is_given_without_the_keywords_behind_it() -> None:
    head = '<meta name="keywords" content="bridge,harbour,town"><meta name="description" content="{}">'
    words = "The bridge over the harbour is closed again"
    assert page(article("Bridge"), head=head.format(f"{words} bridge,harbour,town")).description == words
    assert page(article("Bridge"), head=head.format("bridge,harbour,town")).description is None
