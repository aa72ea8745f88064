"""Sub-headings of a capture that menus have as well."""

from __future__ import annotations

import pytest

from pipelines import capture
from pipelines.config import Config
from pipelines.pruning.prune import prune
from tests.metadata_pages import FETCHED

EN = (
    "The harbour bridge closes on Monday for repairs that will take three weeks, the city council said after its meeting"
    " on Tuesday evening. Buses will go round by the market.",
    "The council has looked for the money since autumn. A first tender drew no bids at all, and the second one only two,"
    " both of them well above the estimate of the engineers.",
    "Ferries will run twice as often while the bridge is closed, and pupils of the northern schools may use them for free"
    " until the holidays begin in July.",
)
ZH = (
    "市政府周日表示，大桥从周一起封闭三周进行维修，期间公交车绕行市场，轮渡班次增加一倍，沿线学校的学生可以免费乘坐轮渡。",
    "议会从去年秋天起就在为这笔维修费用寻找来源。第一次招标没有任何公司参加，第二次只有两家公司投标，报价都远远高于估算。",
    "负责人说，维修结束以后大桥可以再使用三十年，届时将重新评估是否需要新建一座桥梁，并听取沿岸居民的意见和建议。",
)


def kept(prose: tuple[str, ...], first: str, second: str, gap: str = "\n\n", menu: str = "") -> list[str]:
    """Return which of two lines over the second and the third paragraph are the article's."""
    text = gap.join([f"{menu}{prose[0]}", first, prose[1], second, prose[2]])
    found = prune(capture.extract(text, url="", fetched_at=FETCHED, config=Config()), Config())
    said = [block.text for block in found.blocks]
    assert [text for text in said if text in prose] == [*prose]
    return [text for text in said if text not in prose]


@pytest.mark.parametrize(
    ("prose", "heads"),
    [
        (EN, ["Politics", "Culture"]),
        (EN, ["Health", "The ferries"]),
        (ZH, ["文化", "历史"]),
        (ZH, ["教育", "轮渡安排"]),
    ],
    ids=["English", "beside another", "Chinese", "Chinese beside another"],
)
def test_topics_over_prose_are_sub_headings(prose: tuple[str, ...], heads: list[str]) -> None:
    assert kept(prose, *heads) == heads


def test_topics_as_headings_of_markdown() -> None:
    assert kept(EN, "## Politics", "## Culture") == ["Politics", "Culture"]


@pytest.mark.parametrize("word", ["Video", "Menu", "Share", "Advertisement", "Search"])
def test_what_a_page_does_is_none_of_the_text(word: str) -> None:
    assert kept(EN, word, "The ferries") == ["The ferries"]
    assert kept(EN, "Photos", word) == []


def test_a_word_of_a_menu_alone_or_often_is_none_of_the_text() -> None:
    assert kept(EN, "Politics", "Politics") == []
    assert kept(EN, "Politics", "## The ferries") == ["The ferries"]
    assert kept(EN, "Politics", "Culture", menu="Home\n\nPolitics\n\nCulture\n\n") == []


def test_lines_without_blank_ones_around_them_tell_nothing() -> None:
    assert kept(EN, "Politics", "Culture", gap="\n") == []
