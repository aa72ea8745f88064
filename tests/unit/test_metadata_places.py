"""Lines that have the shape of a name and are none: places above the date, credits of pictures."""

from __future__ import annotations

import pytest

from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "The bridge of the little town closes again"
AGENCIES = ["/ Getty Images", "| Shutterstock", "/AFP via Getty Images", "— Getty Images", ", Alamy", "/ imago images"]


@pytest.mark.parametrize("place", ["温州市", "和平区", "石川県", "华西村", "温州", "江苏省"])
def test_a_han_place_above_the_date_is_nobody(place: str) -> None:
    title = "小镇的桥又关闭了"
    assert page(article(title, place, "2024-05-14", prose=PROSE_ZH), lang="zh").authors == ()
    assert page(f"<p>2024-05-14</p><h1>{title}</h1><p>{place}</p><p>{PROSE_ZH}</p>", lang="zh").authors == ()


@pytest.mark.parametrize("name", ["王九州", "张伟", "李娜"])
def test_a_han_name_above_the_date_is_the_authors(name: str) -> None:
    assert page(article("小镇的桥又关闭了", name, "2024-05-14", prose=PROSE_ZH), lang="zh").authors == (name,)


@pytest.mark.parametrize(
    ("line", "said", "lang"),
    [
        ("Grand Est", "La préfecture a fermé le pont, comme quatre autres dans le Grand Est, pour un mois.", "fr"),
        ("Minas Gerais", "A ponte fica em Minas Gerais, e vai ficar fechada por seis semanas.", "pt"),
        ("Port Stanley", "Engineers in Port Stanley said they would inspect the bearings of the bridge.", "en"),
    ],
)
def test_what_something_is_in_is_a_place(line: str, said: str, lang: str) -> None:
    body = f"<div><h1>{TITLE}</h1><p>{line}</p><p>14/05/2024</p><p>{PROSE}</p><p>{said}</p><p>{PROSE}</p></div>"
    assert page(body, lang=lang).authors == ()
    assert page(body.replace(said, ""), lang=lang).authors == (line,)


def test_what_stands_in_somebodys_book_is_in_no_place() -> None:
    said = "The bridge that stands in Jane Doe's novel is a bridge of another town, readers say."
    assert page(article(TITLE, "Jane Doe", "14 May 2024", said, prose=PROSE)).authors == ("Jane Doe",)


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("by", ["", "By "])
def test_a_name_beside_a_picture_agency_is_a_photographers(agency: str, by: str) -> None:
    credit = f"{by}Sam Poe {agency}".replace(" ,", ",").replace(" /A", "/A")
    assert page(article(TITLE, credit, "14 May 2024")).authors == ()
    assert page(article(TITLE, "14 May 2024", credit)).authors == ()
    assert page(article(TITLE, "By Jane Doe", credit, "14 May 2024")).authors == ("Jane Doe",)


@pytest.mark.parametrize("credit", ["By Sam Poe/Reuters", "By Sam Poe", "Sam Poe / AFP"])
@pytest.mark.parametrize(
    "caption",
    [
        "<figure><img src=/bridge.jpg><figcaption>{0}</figcaption></figure>",
        "<figure><img src=/bridge.jpg><p>{0}</p></figure>",
        '<img src=/bridge.jpg><p class="wp-caption-text">{0}</p>',
    ],
)
def test_a_name_in_a_caption_is_a_photographers(caption: str, credit: str) -> None:
    assert page(article(TITLE, "14 May 2024", caption.format(credit))).authors == ()
    over = f"<figure><img src=/bridge.jpg><figcaption><h1>{TITLE}</h1><p>By Jane Doe</p></figcaption></figure>"
    assert page(f"{over}<p>14 May 2024</p><p>{PROSE}</p><p>{PROSE}</p>").authors == ("Jane Doe",)
    assert page(article(TITLE, "Jane Doe / Reuters", "14 May 2024")).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("name", "said", "lang"),
    [
        ("Mehmet Demir", "Fotoğraf: Ayşe Kaya ve Mehmet Demir", "tr"),
        ("Piet Jansen", "Eerder schreven Kees Smit en Piet Jansen over de haven.", "nl"),
    ],
)
def test_who_stands_behind_another_name_and_an_and_is_no_place(name: str, said: str, lang: str) -> None:
    assert page(article("A short title", name, "14.05.2024") + f"<p>{said}</p>", lang=lang).authors == (name,)
