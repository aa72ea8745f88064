"""Odd but common forms of data: names in two parts, the house behind a name, dates as Java and C write them."""

from __future__ import annotations

import json

import pytest

from pipelines.metadata.authors import from_byline
from tests.metadata_pages import article, page


def data(**fields: object) -> str:
    """Return a head with the data of an article."""
    node = {"@type": "NewsArticle", "headline": "Bridge closed again", **fields}
    title = "<title>Bridge closed again | Harbour Post</title>"
    return f'{title}<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"@type": "Person", "givenName": "Jane", "familyName": "Doe"}, ("Jane Doe",)),
        ({"@type": "Person", "name": "Jane Doe | Harbour Post"}, ("Jane Doe",)),
        ({"@type": "Person", "name": "Jane Doe For Harbourpost.com"}, ("Jane Doe",)),
        ({"@type": "Person", "name": "Jane Doe for Harbour Post"}, ("Jane Doe",)),
        ({"@type": "Person", "name": ["Jane Doe", "John Smith"]}, ("Jane Doe", "John Smith")),
        ({"@type": "Person", "name": "https://www.example.com/author/jane-doe"}, ()),
        ({"@type": "Person", "name": "Harbour Post"}, ("Harbour Post",)),
    ],
)
def test_authors_as_data_have_them(author: dict[str, object], expected: tuple[str, ...]) -> None:
    assert page(article("Bridge closed again"), head=data(author=author)).authors == expected


@pytest.mark.parametrize(
    "value",
    [
        "Fri Jan 19 10:08:00 EST 2024",
        "Fri Jan 19 10:08:00 GMT-05:00 2024",
        "Fri Jan 19 2024 10:08:00 GMT-0500 (Eastern Standard Time)",
        "1705676880",
        "2024-01-19 10:08:00 -0500",
    ],
)
def test_dates_as_programs_write_them(value: str) -> None:
    made = page(article("Bridge closed again"), head=data(datePublished=value)).published
    assert made is not None and made.at.isoformat() == "2024-01-19T15:08:00+00:00"


def test_the_title_in_a_meta_element_of_that_name() -> None:
    assert page("<p>x</p>", head='<meta name="title" content="Bridge closed again">').title == "Bridge closed again"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe and John Smith, USA TODAY", ("Jane Doe", "John Smith")),
        ("By JANE DOE and JOHN SMITH", ("Jane Doe", "John Smith")),
        ("Words: Jane Doe. Pictures: John Smith", ("Jane Doe",)),
        ("Opinion by Jane Doe", ("Jane Doe",)),
        ("Analysis by Jane Doe, CNN", ("Jane Doe",)),
        ("Posted in News by Jane Doe on January 19, 2024", ("Jane Doe",)),
        ("Interview: Neue Brücke", ()),
        ("By Jane Doe Harbour News", ("Jane Doe",)),
        ("By Port City Daily News", ()),
        ("By Wall Street Journal", ()),
        ("Das Interview führte Jana Holm", ("Jana Holm",)),
        ("Entrevista de Lucía Pérez", ("Lucía Pérez",)),
        ("Door: redactie", ()),
        ("記者・佐藤由紀子", ("佐藤由紀子",)),
        ("사진=김철수 기자", ()),
        ("홍길동 기자 | 사진=김철수 기자", ("홍길동",)),
        ("글·사진 홍길동 기자", ("홍길동",)),
    ],
)
def test_words_before_and_behind_a_name(line: str, expected: tuple[str, ...]) -> None:
    assert from_byline(line) == expected


def test_who_writes_specially_for_a_paper() -> None:
    assert page(article("Bridge closed again", "Jane Doe, Special to the Post")).authors == ("Jane Doe",)
    assert page(article("Bridge closed again", "Harbour Sale, Special offers to the door")).authors == ()


def test_a_japanese_paragraph_ends_in_who_wrote_it() -> None:
    prose = "町議会は火曜日の夜に三時間、橋と学校と港への道について話し合ったが、どれについても何も決めなかった。"
    made = page(article("橋がまた閉鎖", prose=f"{prose}【佐藤由紀子】"), lang="ja")
    assert made.authors == ("佐藤由紀子",)
    assert page(article("橋がまた閉鎖", prose=f"{prose}【社会部から】"), lang="ja").authors == ()
