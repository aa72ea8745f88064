"""The section: what a page calls it before what its address does, and what is no section."""

from __future__ import annotations

import json

import pytest

from pipelines.metadata.folders import is_front
from tests.metadata_pages import article, page

TITLE = "Bridge closed again"
URL = "https://www.example.com/town-life/harbour/bridge-closed-again.html"


def stated(*values: str) -> str:
    """Return meta elements that state sections."""
    return "".join(f'<meta property="article:section" content="{value}">' for value in values)


def crumbs(*steps: tuple[str, str]) -> str:
    """Return a path of JSON-LD, names and addresses."""
    listed = [{"name": name, "item": address} for name, address in steps]
    node = {"@type": "BreadcrumbList", "itemListElement": listed}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("values", "section"),
    [
        (("2016", "Harbour"), "Harbour"),
        (("HA", "Harbour"), "Harbour"),
        (("UK", "Harbour"), "UK"),
        (("{&quot;domainName&quot;:&quot;echo&quot;}", "Harbour"), "Harbour"),
        (("Прочее", "Порт"), "Порт"),
        (("头条", "港口"), "港口"),
    ],
)
def test_a_year_a_short_form_data_and_other_things_are_no_section(values: tuple[str, ...], section: str) -> None:
    assert page(article(TITLE), head=stated(*values)).section == section


def test_the_front_page_in_any_language_is_no_section() -> None:
    head = crumbs(("Etusivulle tästä", "https://www.example.com/"), (TITLE, "https://www.example.com/town/bridge"))
    assert page(article(TITLE), head=head).section is None
    head = crumbs(("Etusivulle tästä", "https://www.example.com/"), ("Satama", "https://www.example.com/satama/"))
    assert page(article(TITLE), head=head).section == "Satama"
    assert page(article(TITLE), head=crumbs(("Acasă", "x"), (TITLE, "y"))).section is None


def test_the_article_under_another_name_at_the_end_of_its_path_is_no_section() -> None:
    path = (("Harbour", "https://www.example.com/harbour"), ("Quay notes", URL))
    assert page(article(TITLE), head=crumbs(*path), url=URL).section == "Harbour"
    assert page(article(TITLE), head=crumbs(("Harbour", URL)), url=URL).section == "Harbour"


@pytest.mark.parametrize(
    ("address", "front"),
    [
        ("/", True),
        ("https://www.example.com", True),
        ("https://www.example.com/en/index.html", True),
        ("https://archive.example.org/web/2020/https://www.example.com/", True),
        ("/harbour/", False),
        ("https://www.example.com/harbour/index.html", False),
        ("#top", False),
    ],
)
def test_the_address_of_a_front_page(address: str, front: bool) -> None:
    assert is_front(address) is front


@pytest.mark.parametrize(
    ("slug", "section"),
    [
        ("harbour", "Harbour"),
        ("/town/old_harbour", "Old Harbour"),
        ("bay-news", "Bay News"),
        ("fishing", "fishing"),
    ],
)
def test_a_name_from_an_address_is_shown_as_the_menu_has_it(slug: str, section: str) -> None:
    menu = "<ul><li><a href='/h'>HARBOUR</a></li><li><a href='/h'>Harbour</a></li>"
    menu += "<li><a href='/o'>Old Harbour</a></li><li><a href='/b'>Bay News</a></li></ul>"
    assert page(menu + article(TITLE), head=stated(slug)).section == section


def test_a_name_in_words_comes_before_one_from_an_address() -> None:
    path = crumbs(("홈", "https://www.example.com/"), ("사회", "https://www.example.com/news/society/"))
    assert page(article("항구 다리 또 폐쇄"), head=stated("society") + path, lang="ko").section == "사회"


def test_the_links_of_an_element_called_a_path_lead_to_the_section() -> None:
    path = (
        "<ol class='breadcrumb'><li><a href='/'>Startsidan</a></li><li><a href='/hamn'>Hamnen</a></li><li>{}</li></ol>"
    )
    assert page(path.format(TITLE) + article(TITLE)).section == "Hamnen"
    assert page(article(TITLE) + "<p>Text</p>" * 9 + path.format("Another")).section is None
    menu = "<nav class='breadcrumbs'>" + "".join(f"<a href='/{n}'>Section number {n}</a>" for n in range(40)) + "</nav>"
    assert page(menu + article(TITLE)).section is None
    buttons = "<div class='breadcrumb'><a href='/mail'>Mail it</a> <a href='/trends'>Other topics</a></div>"
    assert page(buttons + article(TITLE)).section is None
    cut = "<ul class='breadcrumb'><li><a href='/t'>Town</a></li><li><a href='/x'>Bridge closed a...</a></li></ul>"
    assert page(cut + article(TITLE)).section == "Town"


@pytest.mark.parametrize(
    ("links", "section"),
    [
        ("<a href='/town-life/'>Town Life</a> <a href='/town-life/harbour'>The Harbour</a>", "The Harbour"),
        ("<a href='https://example.com/town-life/index.html'>Town Life</a>", "Town Life"),
        ("<a href='/town-life'>Town Life <span>(current)</span></a>", "Town Life"),
        ("<a href='/town-life'>See all</a> <a href='/town-life'>Town Life</a>", "Town Life"),
        ("It was closed <a href='/town-life'>last month</a>.", None),
        ("<p><i>Closed</i> <a href='/town-life'>last month</a>.</p>", None),
        ("<a href='/town-life/harbour/#comments'>Comments</a>", None),
        ("<a href='https://other.org/town-life/'>Town Life</a>", None),
        ("<a href='/town-life'>All that moves the people of our town</a>", None),
        ("<a href='/town-life/harbour/bridge-closed-again.html'>Read it aloud</a>", None),
    ],
)
def test_the_menu_names_the_folder_that_the_article_lies_in(links: str, section: str | None) -> None:
    assert page(f"<div>{links}</div>" + article(TITLE), url=URL).section == section


@pytest.mark.parametrize("folder", ["2024", "en", "news", "@jane", "article", "example"])
def test_folders_that_name_nothing(folder: str) -> None:
    menu = f"<div><a href='/{folder}/'>Whatever it is</a></div>"
    url = f"https://www.example.com/{folder}/bridge-closed-again/"
    assert page(menu + article(TITLE), url=url).section is None


def test_the_editions_of_a_site_are_no_path() -> None:
    line = "<div><a href='https://example.com'>Inland</a> / <a href='https://world.example.com'>Abroad</a></div>"
    assert page(line + article(TITLE)).section is None


def test_who_wrote_it_is_no_section() -> None:
    path = "<ol class='breadcrumb'><li><a href='/'>Start</a></li><li><a href='/jane'>Jane Doe</a></li></ol>"
    assert page(path + article(TITLE, "By Jane Doe")).section is None


@pytest.mark.parametrize("value", ["- Harbour", "– Harbour", "Category: Harbour", "Rubrik: Harbour"])
def test_what_a_template_leaves_before_the_name_is_not_of_it(value: str) -> None:
    assert page(article(TITLE), head=stated(value)).section == "Harbour"
    assert page(article(TITLE), head=stated("Category: Uncategorized")).section is None


def test_a_link_behind_the_last_step_of_a_path_is_a_button() -> None:
    path = '<a href="https://www.example.com/">Home</a> &gt; <a href="/harbour/">Harbour</a> &gt; Text '
    body = f'<div class="post_crumb">{path}<a href="/apply.html">Write for us</a></div>{article(TITLE)}'
    assert page(body).section == "Harbour"
    body = f'<div class="post_crumb">{path.replace("Text", "")}<a href="/harbour/quay/">Quay</a></div>{article(TITLE)}'
    assert page(body).section == "Quay"


@pytest.mark.parametrize(
    ("said", "section"),
    [
        ("Harbour", "Harbour"),
        ("All Stories", None),
        ("View the archive", None),
        ("Alle Meldungen", None),
        ("Weitere Nachrichten:", None),
        ("Toutes les dépêches", None),
        ("Español", None),
        ("ブログトップ", None),
        ("過去の記事一覧", None),
        ("我的随笔", None),
        ("港口", "港口"),
    ],
)
def test_a_button_that_leads_to_the_folder_is_not_its_name(said: str, section: str | None) -> None:
    body = f'{article(TITLE)}<div><a href="/town-life/harbour/">{said}</a></div>'
    assert page(body, url=URL).section == section


@pytest.mark.parametrize("name", ["Your Money", "Our Planet", "All Blacks", "Show Business", "Last Word"])
def test_a_section_whose_name_begins_like_a_button_is_told_by_its_folder(name: str) -> None:
    folder = f"https://www.example.com/{name.lower().replace(' ', '-')}/"
    assert page(f'<div><a href="{folder}">{name}</a></div>' + article(TITLE), url=f"{folder}old-bridge").section == name
    url = "https://www.example.com/all-news/old-bridge"
    assert page('<div><a href="/all-news/">All news</a></div>' + article(TITLE), url=url).section is None
