"""The description: more than the title, of this article, whole."""

from __future__ import annotations

import json

import pytest

from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "Bridge to the harbour closed again"
WORDS = "The council talks about the bridge and the school"
LONG = PROSE + (
    " Nobody knows when workers will mend the pillars, which divers found cracked last winter, nor who pays: neither "
    "county nor ministry promised money, fishermen wait, shops along the quay report empty days, buses take another "
    "route through two villages, and pupils arrive late every morning. Engineers measured currents, collected samples, "
    "compared drawings from archives, interviewed former builders, wrote reports, presented figures, warned about "
    "floods, asked for patience; merchants answered with petitions, letters, flags, songs, marches, meetings, jokes, "
    "speeches, posters, leaflets, benefit concerts, raffles, bazaars, breakfasts, exhibitions and candles in windows."
)


def told(*values: str) -> str:
    """Return meta elements that hold descriptions, in the order in which they are asked."""
    names = ("og:description", "description", "twitter:description")
    return f"<title>{TITLE}</title>" + "".join(
        f'<meta property="{name}" content="{value}">' for name, value in zip(names, values, strict=False)
    )


@pytest.mark.parametrize("value", [TITLE, f"{TITLE} - Harbour Echo", TITLE[:20]])
def test_a_title_is_no_description(value: str) -> None:
    assert page(article(TITLE), head=told(value)).description is None
    assert page(article(TITLE), head=told(value, WORDS)).description == WORDS


def test_a_description_that_begins_with_the_title_is_one() -> None:
    for longer in (f"{TITLE}: {WORDS}.", f"{TITLE} for eight months."):
        assert page(article(TITLE), head=told(longer)).description == longer


def test_one_that_breaks_off_goes_on_in_another_field() -> None:
    whole = f'{WORDS} "as planned" on Tuesday.'
    head = (
        told(WORDS)
        + f'<script type="application/ld+json">{json.dumps({"@type": "Article", "headline": TITLE, "description": whole})}</script>'
    )
    assert page(article(TITLE), head=head).description == whole
    assert page(article(TITLE), head=told(WORDS, f"{WORDS} - Harbour Echo")).description == WORDS
    assert page(article(TITLE), head=told(WORDS, f"{WORDS} , bridge,harbour,council")).description == WORDS
    assert page(article(TITLE), head=told(f"{WORDS}.", f"{WORDS}. More about it here")).description == f"{WORDS}."


@pytest.mark.parametrize("cut", ["…", "...", " […]", " [...]"])
def test_one_cut_short_at_dots_goes_on_in_another_field(cut: str) -> None:
    whole = f"{WORDS} until late in the evening."
    assert page(article(TITLE), head=told(f"{WORDS[:40]}{cut}", whole)).description == whole
    assert page(article(TITLE), head=told(f"{WORDS[:40]}{cut}", f"{TITLE}.")).description == f"{WORDS[:40]}{cut}"


def test_a_description_of_the_site_is_none_of_the_article() -> None:
    slogan = "Independent journalism, weather, sports results, classified adverts from our coastal region"
    assert page(article(TITLE, prose=LONG), head=told(slogan)).description is None
    assert page(article(TITLE, prose=LONG), head=told(slogan, WORDS)).description == WORDS
    assert (
        page(article(TITLE, prose=LONG), head=told(slogan, "Harbour Echo: news, culture, events")).description is None
    )
    # Of a page that shows little, what it tells of the rest has few words on it.
    assert page(f"<h1>{TITLE}</h1>", head=told(slogan)).description == slogan
    slogan_zh = "本站提供最全面的体育、财经、娱乐资讯以及手机应用下载服务"
    assert page(article("小镇的桥又关闭了", prose=PROSE_ZH * 2), head=told(slogan_zh), lang="zh").description is None
