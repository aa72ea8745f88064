"""What stands right over the running text, and how it ends: an agency's mark, editors, a Korean signature."""

from __future__ import annotations

import pytest

from pipelines import forms
from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

FIRST = "小镇议会周二晚间开会三个小时，讨论桥梁、学校和通往港口的道路，但没有就其中任何一项作出决定，与会者表示下周将继续讨论。"
SECOND = (
    "居民们希望道路能够早日修好，方便孩子们上学。议会主席说，工程款已经列入明年的预算，最迟在夏天开工，请大家耐心等待。"
)


def kept(*texts: str, capture: bool = False) -> list[str]:
    """Return the texts that are left of a page of these."""
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text, line=line) for line, text in enumerate(texts))
    draft = Draft(url="", meta=Metadata(title="小镇的桥"), blocks=blocks, removed=(), is_capture=capture)
    return [block.text for block in prune(draft, Config()).blocks]


@pytest.mark.parametrize("cut", ["...", "…", "……"])
def test_the_beginning_of_the_text_cut_short_over_it_is_template(cut: str) -> None:
    assert kept(FIRST[:30] + cut, FIRST, SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize("rule", ["———", "* * *", "___", "----------", "•••", "※ ※ ※", "～～～", "❦"])
@pytest.mark.parametrize("capture", [False, True])
def test_a_rule_between_parts_is_no_text(rule: str, capture: bool) -> None:
    assert kept(FIRST, rule, SECOND, rule, FIRST[:40] + "。" + SECOND, capture=capture) == [
        FIRST,
        SECOND,
        FIRST[:40] + "。" + SECOND,
    ]


@pytest.mark.parametrize("line", ["“……”", "「……」", "？！", "🥹✨", "☺️", "…"])
def test_a_silence_or_an_outcry_is_the_authors(line: str) -> None:
    assert kept(FIRST, line, SECOND) == [FIRST, line, SECOND]


def test_a_rule_of_a_listing_or_a_row_without_values_stays() -> None:
    rows = (Block(kind=Kind.CODE, text="----"), Block(kind=Kind.TABLE_ROW, text="– | –"))
    draft = Draft(url="", meta=Metadata(title="T"), blocks=(Block(kind=Kind.PARAGRAPH, text=FIRST), *rows), removed=())
    assert prune(draft, Config()).blocks[1:] == rows


def test_a_sentence_that_trails_off_is_the_texts_own() -> None:
    own = "议会里坐着的人越来越少，灯一盏一盏地灭了……"
    assert kept(own, FIRST, SECOND) == [own, FIRST, SECOND]
    assert kept("居民们希望……", SECOND, FIRST) == ["居民们希望……", SECOND, FIRST]


def test_whom_a_notice_speaks_to_is_its_first_line_in_a_capture_too() -> None:
    to = "各县（市、区）人民政府，市政府各部门："
    assert kept("首页", to, FIRST, SECOND, capture=True) == [to, FIRST, SECOND]
    assert kept(to, "通知公告", FIRST, SECOND, capture=True) == [FIRST, SECOND]
    assert kept("分享到：", FIRST, SECOND, capture=True) == [FIRST, SECOND]


def test_what_a_wide_line_with_a_colon_announces_is_the_text_of_a_capture() -> None:
    opening = "为满足事业单位用人需求，根据有关规定，现面向社会公开招聘工作人员，有关事项公告如下："
    assert kept("通知公告", opening, "一、招聘岗位及人数", FIRST, SECOND, capture=True) == [
        opening,
        "一、招聘岗位及人数",
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize("end", ["(完)", "（完）", "【完】", "(End)", "(끝)"])
def test_an_agencys_mark_behind_the_last_sentence_leaves_it_one(end: str) -> None:
    last = "“这是几代人的梦想。”项目负责人说。" + end
    assert forms.is_sentence(last)
    assert kept(FIRST, SECOND, last, capture=True) == [FIRST, SECOND, last]
    assert not forms.is_sentence("项目负责人的几代人的梦想" + end)


@pytest.mark.parametrize("line", ["编辑 甘浩", "校对 柳宝庆", "责编　张三、李四", "核稿編輯 王小明"])
def test_an_editor_behind_a_space_is_a_credit(line: str) -> None:
    assert kept(FIRST, SECOND, line) == [FIRST, SECOND]


@pytest.mark.parametrize("line", ["编辑 出版 与发行", "审核 通过", "编辑 甘浩的一天从清晨五点开始"])
def test_what_is_no_name_behind_the_word_is_no_credit(line: str) -> None:
    assert kept(FIRST, line, SECOND) == [FIRST, line, SECOND]


def test_a_korean_signature_may_begin_with_the_place() -> None:
    text = "작은 마을의 의회는 화요일 저녁에 세 시간 동안 다리와 학교와 항구로 가는 길에 대해 이야기했지만 아무것도 결정하지 못했다고 밝혔다."
    assert kept(text, text[::-1] + ".", "부산=김화영 기자 run@example.com")[-1] != "부산=김화영 기자 run@example.com"
