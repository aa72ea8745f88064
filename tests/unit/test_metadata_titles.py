"""Titles: which heading or field is the article's, and what is cut from it."""

from __future__ import annotations

import pytest

from pipelines.metadata.suffixes import strip_site
from tests.metadata_pages import PROSE, PROSE_ZH, article, page


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("Bridge closed again - Harbour News", (), "Bridge closed again"),
        ("Bridge closed again | Town | Harbour Echo", (), "Bridge closed again"),
        ("Bridge closed again — HE World News", ("HE",), "Bridge closed again"),
        ("Bridge closed again : HarbourEcho", ("HarbourEcho",), "Bridge closed again"),
        ("Bridge closed again » Harbour Echo", (), "Bridge closed again"),
        ("Bridge closed again :: Harbour Echo", (), "Bridge closed again"),
        ("Bridge closed again - harbour-echo.com", (), "Bridge closed again"),
        ("Harbour Echo - Bridge closed again", ("Harbour Echo",), "Bridge closed again"),
        ("Harbour Echo: Bridge closed again", ("Harbour Echo",), "Harbour Echo: Bridge closed again"),
        ("小镇的桥又关闭了_港口新闻_港口网", (), "小镇的桥又关闭了"),
        ("小镇的桥又关闭了-社会频道-港口网", (), "小镇的桥又关闭了"),
        ("小镇的桥又关闭了--港口在线", (), "小镇的桥又关闭了"),
        ("小鎮的橋又關閉了｜港口報", (), "小鎮的橋又關閉了"),
        ("町の橋がまた閉鎖 : 港ニュース", (), "町の橋がまた閉鎖"),
        ("항구 다리 또 폐쇄 - 항구일보", (), "항구 다리 또 폐쇄"),
        ("Мост снова закрыт - Портовые новости", (), "Мост снова закрыт"),
        ("Brücke wieder gesperrt - Hafenzeitung", ("Hafenzeitung",), "Brücke wieder gesperrt"),
        ("Brücke wieder gesperrt - Hafenzeitung", (), "Brücke wieder gesperrt"),
        ("항구 다리 또 폐쇄 < 사회 < 기사본문 - 항구신문", (), "항구 다리 또 폐쇄"),
        ("항구 다리 또 폐쇄 : 항구 뉴스", (), "항구 다리 또 폐쇄"),
        ("Most znów zamknięty dla ruchu - Wiadomości - Port24.pl", (), "Most znów zamknięty dla ruchu"),
        ("Мост снова закрыт для движения / Порт", (), "Мост снова закрыт для движения"),
        ("Мост снова закрыт :: Новости :: Портал", (), "Мост снова закрыт"),
        ("Мэр назвал мост «закрытым навсегда» | Порт", (), "Мэр назвал мост «закрытым навсегда»"),
        ("Η γέφυρα έκλεισε ξανά - in.gr", (), "Η γέφυρα έκλεισε ξανά"),
        ("Η γέφυρα έκλεισε ξανά | ΛΙΜΑΝΙ", (), "Η γέφυρα έκλεισε ξανά"),
        ("Köprü yeniden kapatıldı - Son Dakika Haberleri", (), "Köprü yeniden kapatıldı"),
        ("Bron i centrum är stängd igen - Hamnbladet", (), "Bron i centrum är stängd igen"),
        ("De brug is weer dicht - Havenkrant", (), "De brug is weer dicht"),
        ("Le pont est de nouveau fermé - Le Journal du Port", (), "Le pont est de nouveau fermé"),
        ("El puente vuelve a cerrarse - El Periódico del Puerto", (), "El puente vuelve a cerrarse"),
        ("Jembatan kembali ditutup - Pelabuhan.com", (), "Jembatan kembali ditutup"),
        ("الجسر يغلق مرة أخرى - الميناء نت", (), "الجسر يغلق مرة أخرى"),
        ("शहर का पुल फिर बंद हुआ | बंदरगाह समाचार", (), "शहर का पुल फिर बंद हुआ"),
        ("สะพานกลางเมืองปิดอีกครั้ง - ท่าเรือออนไลน์", (), "สะพานกลางเมืองปิดอีกครั้ง"),
        ("Cây cầu lại đóng cửa - Báo Cảng", (), "Cây cầu lại đóng cửa"),
    ],
)
def test_the_sites_name_is_cut(title: str, names: tuple[str, ...], expected: str) -> None:
    assert strip_site(title, names) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Spider-Man - far from home and close to the harbour",
        "Town – county 3-1: a late goal decides the cup",
        "BUDGET 3.0 | The harbour gets four billion to hire an army of masons",
        "The bridge: a history",
        "COVID-19: what the town must know",
        "Wild beat Sabres 4-1",
        "2024-2025学年小镇学校招生",
        "Президент: «Мост закрыт навсегда»",
        "Ο δήμαρχος στο λιμάνι: «Θα προχωρήσουμε»",
        "Macron : « Le pont est fermé »",
        "Bürgermeister: »Die Brücke bleibt zu«",
        "Un col·lectiu de veïns demana un pont",
        "How to use __init__ in Python",
        "std::vector in C++ explained",
        "Россия – Хорватия 2:2",
        "Most i rzeka – historia",
    ],
)
def test_a_title_that_holds_a_mark_is_left_whole(title: str) -> None:
    assert strip_site(title, ("Harbour Echo",)) == title


def test_a_heading_keeps_what_only_sounds_like_a_site() -> None:
    assert strip_site("Derek Jarman · The Garden", ("Harbour Echo",), heading=True) == "Derek Jarman · The Garden"


def test_the_heading_that_the_title_confirms_wins_over_a_banner() -> None:
    body = '<h1><a href="/">Harbour Echo</a></h1><div><h2>Bridge closed again</h2><p>' + PROSE + "</p></div>"
    assert page(body, head="<title>Bridge closed again - Harbour Echo</title>").title == "Bridge closed again"


def test_a_related_headline_is_never_the_title() -> None:
    body = article("Bridge closed again") + '<div class="related"><h2>School opens its doors to all</h2></div>'
    assert page(body, head="<title>Bridge closed again | Harbour Echo</title>").title == "Bridge closed again"


def test_the_visible_heading_wins_over_a_reworded_field() -> None:
    fields = "Town bridge shut: all you need to know"
    head = f'<title>{fields} - Harbour Echo</title><meta property="og:title" content="{fields}">'
    assert (
        page(article("Why the town bridge is shut once more"), head=head).title
        == "Why the town bridge is shut once more"
    )


def test_a_breadcrumb_heading_is_no_title() -> None:
    head = '<title>Bridge shut: what now | ECHO.de</title><meta property="og:title" content="What the town does now">'
    body = (
        '<h1 class="breadcrumb__headline">Bridge shut: what now</h1><h2>What the town does now</h2><p>' + PROSE + "</p>"
    )
    assert page(body, head=head).title == "What the town does now"


def test_quotes_and_entities_inside_attributes() -> None:
    head = '<meta property="og:title" content="Mayor: &quot;The bridge &amp;amp; the road&quot;   will open">'
    assert page(f"<p>{PROSE}</p>", head=head).title == 'Mayor: "The bridge & the road" will open'


def test_the_title_of_a_page_without_headings_is_its_line() -> None:
    body = f"<table><tr><td><b>Bridge closed again(photos)</b></td></tr></table><p>{PROSE}</p>"
    head = "<title>Bridge closed again(photos)(page 1) - Local - Echo of the harbour</title>"
    assert page(body, head=head).title == "Bridge closed again(photos)"


def test_a_counter_behind_the_heading_is_cut() -> None:
    head = '<meta property="og:title" content="Chapter two: the captain of the ship">'
    assert (
        page(article("Chapter two: the captain of the ship <span>241</span>"), head=head).title
        == "Chapter two: the captain of the ship"
    )


def test_what_one_field_adds_to_another_is_the_sites_name() -> None:
    og = '<meta property="og:title" content="Bridge closed again until May">'
    head = f"<title>Bridge closed again until May | Trust of the Old Harbour</title>{og}"
    body = f"<div><h2>Trust of the Old Harbour</h2></div><p>{PROSE}</p>"
    assert page(body, head=head).title == "Bridge closed again until May"


def test_a_shouted_heading_yields_to_the_field() -> None:
    head = "<title>Best coffee makers: tips from the harbour</title>"
    assert (
        page(article("BEST COFFEE MAKERS IN TOWN: HARBOUR TIPS"), head=head).title
        == "Best coffee makers: tips from the harbour"
    )


def test_a_page_whose_fields_only_name_the_site_has_its_first_heading() -> None:
    head = "<title>Harbour Echo</title><meta property='og:site_name' content='Harbour Echo'>"
    body = f"<h2>Advice for travellers by night boat</h2><p>{PROSE}</p>"
    assert page(body, head=head).title == "Advice for travellers by night boat"


@pytest.mark.parametrize("title", ["", "Untitled Document", "无标题文档", "null"])
def test_a_templates_empty_title_is_none(title: str) -> None:
    assert page(f"<p>{PROSE}</p>", head=f"<title>{title}</title>").title is None


def test_a_kicker_in_an_element_of_its_own_is_cut() -> None:
    head = '<meta property="og:title" content="Old hotel opens its doors as a theatre">'
    apart = article("<span>Premiere in Eisenstadt</span> <span>Old hotel opens its doors as a theatre</span>")
    assert page(apart, head=head).title == "Old hotel opens its doors as a theatre"
    together = article("Why the old hotel opens its doors as a theatre")
    assert page(together, head=head).title == "Why the old hotel opens its doors as a theatre"


def test_a_short_heading_is_a_title_where_the_field_begins_with_it() -> None:
    assert (
        page("<h1>夜雨</h1><p>早蛩啼复歇</p>", head="<title>夜雨_原文、翻译及赏析</title>", lang="zh").title == "夜雨"
    )


def test_capitals_in_a_chinese_heading_are_not_shouting() -> None:
    body = "<h1>CCER经济学人分析中国经济热度</h1><p>正文</p><h2><a href='/b'>民营石油大亨又有新动作</a></h2>"
    assert page(body, lang="zh").title == "CCER经济学人分析中国经济热度"


def test_a_linked_heading_does_not_stand_for_a_missing_title() -> None:
    assert page("<h2><a href='/b'>School opens its doors to all of us</a></h2><p>x</p>").title is None


def test_a_call_to_action_yields_to_the_field_that_the_address_repeats() -> None:
    head = "<title>How to found a company by the harbour</title>"
    url = "https://www.example.com/articles/how-to-found-a-company-by-the-harbour"
    body = article("Form your harbour company today")
    assert page(body, head=head, url=url).title == "How to found a company by the harbour"
    assert page(body, head=head, url="https://www.example.com/a/4711").title == "Form your harbour company today"


def test_an_h1_in_other_words_wins_over_a_lower_heading_that_the_field_holds() -> None:
    head = "<title>7 key methods of harbour building | Echo</title>"
    body = "<h1>Methods of harbour building compared</h1><p>x</p><h2>Key methods of harbour building</h2><p>y</p>"
    assert page(body, head=head).title == "Methods of harbour building compared"


def test_a_heading_that_a_field_confirms_is_not_cut_to_a_shorter_field() -> None:
    full = "India fires missiles into the territory of the neighbour, killing many"
    head = f'<meta property="og:title" content="{full}"><title>India fires missiles into the territory of the neighbour</title>'
    assert page(article(full), head=head).title == full


@pytest.mark.parametrize("name", ["Vijesti", "Коммерсантъ", "Večernji list", "הארץ", "РБК"])
def test_the_short_end_of_a_title_that_stands_alone_is_the_sites_name(name: str) -> None:
    assert page(f"<p>{PROSE}</p>", head=f"<title>Most u centru je ponovo zatvoren - {name}</title>").title == (
        "Most u centru je ponovo zatvoren"
    )


@pytest.mark.parametrize("end", ["part 2", "historia", "„Das Ende“", "was it?"])
def test_an_end_that_goes_on_with_the_headline_stays(end: str) -> None:
    title = f"Most u centru je ponovo zatvoren - {end}"
    assert page(f"<p>{PROSE}</p>", head=f"<title>{title}</title>").title == title


def test_a_short_end_stays_where_the_card_repeats_it() -> None:
    title = "Most u centru je ponovo zatvoren - Milanović"
    head = f'<title>{title} | Luka</title><meta property="og:title" content="{title}">'
    assert page(f"<p>{PROSE}</p>", head=head).title == title


def test_a_heading_behind_the_article_is_not_its_title() -> None:
    fields = "Mayor joins the harbour's war on rust"
    head = f'<title>{fields} | Echo</title><meta property="x:headline" content="War on rust: mayor leads a plea">'
    body = f"<h2>War on rust: mayor leads a plea</h2>{f'<p>{PROSE}</p>' * 8}<h1>{fields}</h1>"
    assert page(body, head=head).title == "War on rust: mayor leads a plea"


def test_a_heading_that_links_home_is_the_sites_name() -> None:
    blog = '<h1><a href="https://www.example.com/">Harbour and sea, my diary</a></h1>'
    body = f"{blog}<h3>Small boats</h3><p>{PROSE}</p>"
    assert page(body, head="<title>Harbour and sea, my diary: Small boats</title>").title == "Small boats"


def test_what_the_address_repeats_breaks_a_tie() -> None:
    head = '<title>The bridge shut once more</title><meta property="og:title" content="Town loses its old bridge">'
    body = f"<h2>The bridge shut once more</h2><h2>Town loses its old bridge</h2><p>{PROSE}</p>"
    assert page(body, head=head, url="https://www.example.com/a/town-loses-bridge").title == "Town loses its old bridge"
    assert page(body, head=head, url="https://www.example.com/a/bridge-shut-more").title == "The bridge shut once more"


def test_a_headline_whose_class_says_breadcrumb_counts_where_the_data_and_the_card_repeat_it() -> None:
    title = "Bridge shut: what now"
    head = (
        f'<meta property="og:title" content="{title}"><meta name="twitter:title" content="What the town does now">'
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}"}}</script>'
    )
    body = f'<h1 class="breadcrumb__headline">{title}</h1><h2>What the town does now</h2><p>{PROSE}</p>'
    assert page(body, head=head).title == title


def test_the_title_of_an_icon_is_no_part_of_the_heading() -> None:
    icon = "<svg><g><title>Menu</title><path/></g>x</svg>"
    assert page(article(f"{icon}Bridge closed again")).title == "Bridge closed again"


def test_a_forums_section_in_brackets_is_no_part_of_the_subject() -> None:
    head = "<title>小镇的桥又关闭了 - 港城论坛 - Powered by Discuz!</title>"
    body = (
        '<h1><a href="/t/1">[本地]</a> <span id="thread_subject">小镇的桥又关闭了</span></h1>' + f"<p>{PROSE}</p>" * 2
    )
    assert page(body, head=head, lang="zh").title == "小镇的桥又关闭了"


def test_a_name_that_the_title_ends_with_is_no_headline() -> None:
    head = "<title>Harbour town opens new ferry terminal | by Jane Doe | Harbour Notes | Medium</title>"
    body = f"<div>Jane Doe</div><div>Jan 19, 2024</div><p>{PROSE}</p><p>{PROSE}</p>"
    assert page(body, head=head).title == "Harbour town opens new ferry terminal"


def test_a_subtitle_in_an_element_of_its_own_is_no_part_of_the_title() -> None:
    body = f"<h1>Harbour town opens terminal <small>Council thanks builders</small></h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert page(body, head="<title>Harbour town opens terminal | Echo</title>").title == "Harbour town opens terminal"


def test_a_title_that_is_cut_before_the_sites_name_does_not_cut_the_heading() -> None:
    whole = "Old bridge to close for eight months after engineers find cracks in two of its four piers"
    head = f"<title>{whole[:82]} ... - Harbour Times</title>"
    assert page(article(whole), head=head).title == whole


def test_a_sections_heading_is_no_title_where_a_lower_one_is_the_longest_piece() -> None:
    body = f"<h1>News</h1><h2>The bridge is closed again</h2><p>{PROSE}</p>"
    assert page(body, head="<title>The bridge is closed again | News | Harbour</title>").title == (
        "The bridge is closed again"
    )


def test_a_title_that_is_the_hosts_owner_with_a_legal_form_names_no_page() -> None:
    body = f"<h1>TSV Hafen e.V.</h1><h2>Brücke gesperrt: Training fällt aus</h2><p>{PROSE}</p>"
    made = page(body, head="<title>TSV Hafen e.V.</title>", url="https://www.tsv-hafen.de/news/1", lang="de")
    assert made.title == "Brücke gesperrt: Training fällt aus"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("보도자료 상세보기 - 항구청", '<h3>보도자료</h3><h4 class="tit">항구 다리 또 폐쇄, 이달 말까지 통제</h4>'),
        ("公告详情", '<h2>公告</h2><div class="title">小镇的桥又关闭了,车辆请绕行</div>'),
    ],
)
def test_where_only_a_sections_heading_stands_what_a_class_calls_the_title_is_it(head: str, body: str) -> None:
    wanted = body.rpartition('">')[2].partition("<")[0]
    found = page(f"<div>{body}<p>{PROSE}</p><p>{PROSE}</p></div>", head=f"<title>{head}</title>")
    assert found.title == wanted


def test_a_longer_heading_that_goes_on_behind_a_comma_is_whole() -> None:
    whole = "Storm breaks the old bridge over the harbour, cutting 26 off"
    assert page(article(whole), head="<title>Storm breaks the old bridge over the harbour</title>").title == whole
    heard = "Storm breaks the old bridge over the harbour Listen 4 min"
    assert page(article(heard), head=f"<title>{heard[:44]}</title>").title == heard[:44]


def test_the_houses_name_by_a_picture_is_no_title() -> None:
    body = "<h1>A hundred years on the bridge: much more than a road</h1><div>(Harbour Coast Times)</div>"
    head = "<title>The bridge is 100 years old, and more than a road - Harbour Coast Times</title>"
    made = page(f"{body}<p>{PROSE}</p><p>{PROSE}</p>", head=head, url="https://www.example.com/bridge-100-years-old")
    assert made.title != "(Harbour Coast Times)"


def test_an_office_that_puts_its_name_before_the_headline() -> None:
    body = f"<div>Ministry of Transport</div><p>19.01.2024</p><h1>Bridge closed again</h1><p>{PROSE}</p><p>{PROSE}</p>"
    head = "<title>Ministry of Transport - Bridge closed again</title>"
    assert page(body, head=head).title == "Bridge closed again"
    body = f"<h1>Harbour Parish</h1><p><b>Bridge closed again</b></p><p>{PROSE}</p><p>{PROSE}</p>"
    assert page(body, head="<title>Bridge closed again - Harbour Parish</title>").title == "Bridge closed again"


def test_below_a_section_the_headline_may_be_a_heading_of_a_low_level() -> None:
    body = (
        "<div class=nav><h3>首页 - 新闻动态</h3></div><h5>港口大桥今年第三次关闭</h5><div>来源：港口协会</div>"
        f"<p>{PROSE_ZH}</p><p>{PROSE_ZH}</p><p>港口协会</p>"
    )
    made = page(body, head="<title>新闻动态--港口协会官网</title>", lang="zh")
    assert made.title == "港口大桥今年第三次关闭"


def test_a_line_that_names_the_agency_is_not_the_title_where_an_element_calls_itself_the_headline() -> None:
    body = (
        '<p class=body><span class="headline entry-title">Bridge closed again after a storm</span></p>'
        f"<div>By JANE DOE</div><div>Harbour Press</div><p>{PROSE}</p><p>{PROSE}</p>"
    )
    assert page(body, head="<title>News from The Harbour Press</title>").title == "Bridge closed again after a storm"


def test_a_title_that_its_template_cut_short_is_taken_in_full_from_the_text() -> None:
    cut = "港口大桥今年第三次关闭！居民希望道路早日修好..."
    head = f"<title>{cut}_政务_港口新闻</title>"
    original = "港口大桥今年第三次关闭！居民希望道路早日修好并向孩子们开放"
    body = f"<h1>{cut}</h1><div>本文原标题：《{original}》</div><p>{PROSE_ZH}</p><p>{PROSE_ZH}</p>"
    assert page(body, head=head, lang="zh").title == original
    assert page(body.replace(original, "另一个标题"), head=head, lang="zh").title == cut
