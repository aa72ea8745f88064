"""The tags: those of the article, and none that systems make for themselves."""

from __future__ import annotations

import pytest

from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "Bridge to the harbour closed again"


def listed(keywords: str) -> str:
    """Return a list of keywords."""
    return f'<meta name="keywords" content="{keywords}">'


def tagged(*tags: str) -> str:
    """Return the article's own tags."""
    return "".join(f'<meta property="article:tag" content="{tag}">' for tag in tags)


def test_fields_among_the_tags_are_no_tags_and_a_name_with_a_colon_is_one() -> None:
    fields = tagged("harbour", "type: story", "Word count: 350-700 words", "Second brand: view", "view")
    assert page(article(TITLE), head=fields).tags == ("harbour",)
    assert page(article(TITLE), head=tagged("Echo: The Bridge")).tags == ("Echo: The Bridge",)


@pytest.mark.parametrize(
    "word", ["Uncategorized", "Featured", "news", "Noticias", "новости", "新闻", "2024", "editor&amp;#39;s picks"]
)
def test_words_that_say_nothing_of_an_article(word: str) -> None:
    assert page(article(TITLE), head=tagged("harbour", word)).tags == ("harbour",)


def test_the_title_is_no_tag_whole_or_cut_into_words() -> None:
    assert page(article(TITLE), head=listed(TITLE)).tags == ()
    assert page(article(TITLE), head=listed("bridge, to, the, harbour, closed, again")).tags == ()
    assert page(article(TITLE), head=listed("bridge, harbour, school, road")).tags == (
        "bridge",
        "harbour",
        "school",
        "road",
    )


def test_the_author_is_no_tag() -> None:
    head = listed("bridge, Jane Doe")
    assert page(article(TITLE, "By Jane Doe"), head=head).tags == ("bridge",)


def test_spaces_part_keywords_of_a_script_without_them() -> None:
    assert page(article("小镇的桥又关闭了", prose=PROSE_ZH), head=listed("小镇 桥梁 灯塔"), lang="zh").tags == (
        "小镇",
        "桥梁",
    )
    sentence = "小镇议会周二晚间开会三个小时 讨论桥梁"
    assert page(article("小镇的桥又关闭了", prose=PROSE_ZH), head=listed(sentence), lang="zh").tags == (sentence,)


def test_a_short_keyword_is_mentioned_as_a_word() -> None:
    prose = PROSE + " The U.S. envoy spoke of AI工具."
    assert page(article(TITLE, prose=prose), head=listed("AI, AG, U.S., EVE")).tags == ("AI", "U.S.")


def test_a_line_of_links_to_pages_of_tags_holds_tags() -> None:
    line = "<p><a href='/tag/bridge'>#bridge</a> <a href='/tag/ferry/'>ferry <span>(3)</span></a></p>"
    assert page(article(TITLE) + line).tags == ("bridge", "ferry")
    assert page(article(TITLE) + f"<aside>{line}</aside>").tags == ()
    prose = f"{PROSE} It leads to <a href='/tag/harbour'>the harbour</a>."
    assert page(article(TITLE, prose=prose)).tags == ()
    mixed = "<p><a href='/tag/bridge'>bridge</a> <a href='/help'>Help</a></p>"
    assert page(article(TITLE) + mixed).tags == ()
