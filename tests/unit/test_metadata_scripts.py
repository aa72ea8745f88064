"""Data that is slightly broken, as templates made by hand write it."""

from __future__ import annotations

import html
import json
from datetime import UTC
from time import perf_counter

import pytest

from pipelines.metadata.scripts import parse
from tests.metadata_pages import article, page

TITLE = "Old swing bridge to stay closed for six weeks"
DATA = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2024-03-14T10:08:22Z",
    "author": {"@type": "Person", "name": "Jane Doe"},
    "publisher": {"@type": "Organization", "name": "Harbour Echo", "logo": {"@type": "ImageObject", "url": "/l.png"}},
    "articleSection": "Harbour",
}
WHOLE = json.dumps(DATA)
INNER = WHOLE[1:-1]


@pytest.mark.parametrize(
    "script",
    [
        f'{{"description":"He said "no" to it",{INNER}}}',
        f'{{"description":"He said "no", and "never" to it",{INNER}}}',
        f'{{{INNER},"description":"He called it "madness""}}',
        f'{{"keywords":["the "old" bridge","harbour"],{INNER}}}',
        f'{{"description":"The town\\\'s bridge",{INNER}}}',
        f'{{"description":"50\\% of it",{INNER}}}',
        f"/*<![CDATA[*/ {WHOLE} /*]]>*/",
        f"/* <![CDATA[ */{WHOLE}/* ]]> */",
        f"//<![CDATA[\n{WHOLE}\n//]]>",
        f"/* the data of the article */\n{WHOLE}\n/* end */",
        f'{WHOLE}\n{{"@type":"WebSite","name":"Harbour Echo"}}',
        f'{{"@type":"WebSite","name":"Harbour Echo"}},{WHOLE};',
        f"{WHOLE}}}",
        html.escape(WHOLE),
        html.escape(f"[{WHOLE}]").replace("&quot;", "&#34;"),
        f"\ufeff{WHOLE}",
        f"\n// the article\n{WHOLE[:-1]},}}",
    ],
)
def test_the_mended_data_says_all_that_it_said(script: str) -> None:
    made = page(article(TITLE), head=f'<script type="application/ld+json">{script}</script>')
    assert (made.title, made.authors, made.section, made.site) == (TITLE, ("Jane Doe",), "Harbour", "Harbour Echo")
    assert made.published is not None
    assert made.published.at.astimezone(UTC).isoformat() == "2024-03-14T10:08:22+00:00"


@pytest.mark.parametrize("end", [",", ', "image": [{]', ', "description": "He said: "no": never", "a": {'])
def test_pairs_of_what_nothing_mends(end: str) -> None:
    value = parse(WHOLE[:-1].replace(TITLE, 'The "old" bridge') + end)
    assert value["headline"] == 'The "old" bridge'
    assert value["datePublished"] == DATA["datePublished"]
    assert [each["name"] for each in (*value["author"], *value["publisher"])] == ["Jane Doe", "Harbour Echo"]


def test_pairs_of_several_articles_name_no_author() -> None:
    value = parse(f"[{WHOLE},{WHOLE},")
    assert value["headline"] == TITLE
    assert "author" not in value


def test_several_authors_and_an_organisation_among_pairs() -> None:
    authors = '[{"@type":"Person","name":"Jane Doe"},{"@type":"Organization","name":"Wire"}]'
    value = parse(f'{{"headline":"{TITLE}","author":{authors},')
    assert value["author"] == [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Wire"}]


@pytest.mark.parametrize(
    "headline", ['The "old" bridge', 'The bridge "closes"', '"No" to the bridge', '"No", "no", "no"']
)
def test_a_bare_quote_cuts_no_headline(headline: str) -> None:
    assert parse(f'{{"@type":"NewsArticle","headline":"{headline}","author":"Jane Doe"}}')["headline"] == headline


@pytest.mark.parametrize(
    "value", [{"a": ['x"', "y"], "b": "c, d"}, ["a", 'b "c"', {"d": "e}"}], {"a": "\\", "b": ""}, 1]
)
def test_sound_data_is_read_as_it_is(value: object) -> None:
    assert parse(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["", "x", "{", "<!-- -->", '"', "/*", "/**/", "&quot;"])
def test_no_data(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "unit", ['"', '"a', "{", '{"', '":"', '" , "a" : ', "}", " ", '\\"', "1 ", '"headline":"', "/*", "]]>"]
)
def test_the_time_of_mending_does_not_grow_with_the_square(unit: str) -> None:
    text = '{"headline":"x' + unit * (200_000 // len(unit))
    start = perf_counter()
    parse(text)
    assert perf_counter() - start < 5


def test_the_time_of_comments_before_the_data_does_not_grow_with_the_square() -> None:
    begin = perf_counter()
    assert parse("/**/" * 150_000 + '{"headline": "Bridge"}') == {"headline": "Bridge"}
    assert perf_counter() - begin < 1
