"""Lines between breaks: those of Chinese or Japanese are one text only where a column's width broke them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract
from pipelines.html.lines import apart
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.model import Kind

VERSES = ["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"]
LECTURE = ["时间：3月12日下午", "地 点：市图书馆三楼", "主讲人：陈桂芳"]
WRAPPED = [
    "江南市港务局周一晚间召开会议，讨论东码头的老粮仓究竟应当拆除，还是改建为手工作",
    "坊，这个问题已经困扰小城将近九年。居民从下午五点起就在门外排队，旁听席只能容纳",
    "六十人，其余的人在院子里收听辩论。",
]


@pytest.mark.parametrize(
    "lines",
    [
        VERSES,
        LECTURE,
        ["江南市港务局", "东码头路17号"],
        ["周二 会员大会", "主持人：港务局局长陈桂芳", "会员：约六十人，来自三个县"],
        ["関連する展示", "港の倉庫がたどった百年の歩みを、写真と手紙で紹介する展示が市立博物館で始まった。"],
        ["陈桂芳（港务局）论东码头的归属与旁听席的安排", "李文（大学）屋顶测算", "周立（船社）渡轮码头的电梯与旅客人数的变化"],
    ],
    ids=["verses", "labels", "address", "schedule", "head of a sentence", "list of talks"],
)  # fmt: skip
def test_lines_that_no_column_broke_are_apart(lines: list[str]) -> None:
    assert apart(lines) == lines


@pytest.mark.parametrize(
    "lines",
    [
        WRAPPED,
        WRAPPED[:2],
        ["这一行被硬性", "断开了的句子。"],
        ["今", "日", "推", "荐"],
        ["人口", "（万人）"],
        ["不管她穿的如何朋克，", "我都想起那个广告"],
    ],
    ids=["column", "two lines of one", "sentence", "set one below another", "unit", "clauses"],
)
def test_lines_that_go_on_are_one_text(lines: list[str]) -> None:
    assert apart(lines) == ["".join(lines)]


def test_a_label_begins_a_line_whatever_ends_the_one_before() -> None:
    assert apart(["港务局 Tel 0511-4711", "地址：东码头路 17", "邮编：210000"])[1:] == [
        "地址：东码头路 17",
        "邮编：210000",
    ]
    assert apart(["见报道", "https://example.com/a"]) == ["见报道 https://example.com/a"]


def test_the_model_reads_one_block_and_the_article_has_a_block_a_line() -> None:
    root = parse(f"<html><body><p>{'<br>'.join(VERSES)}</p><p>Poem<br>of the tide</p></body></html>")
    assert root is not None
    leaves = Walker().walk(root).leaves
    assert [leaf.text for leaf in leaves] == ["".join(VERSES), "Poem of the tide"]
    assert [leaf.lines for leaf in leaves] == [tuple(VERSES), ()]


def test_lines_of_an_item_stay_one_item() -> None:
    prose = "".join(f"<p>{''.join(WRAPPED)}这是第{number}次会议。</p>" for number in "一二三四")
    body = f"<p>{'<br>'.join(LECTURE)}</p><ul><li>{'<br>'.join(VERSES)}</li></ul>"
    page = f"<html><head><title>老粮仓</title></head><body><h1>老粮仓</h1><div>{prose}{body}{prose}</div></body></html>"
    draft = extract(page, url="https://example.com/a", fetched_at=datetime(2024, 3, 20, tzinfo=UTC), config=Config())
    texts = [block.text for block in draft.blocks]
    at = texts.index(LECTURE[0])
    assert texts[at : at + 4] == [*LECTURE, " ".join(VERSES)]
    assert draft.blocks[at + 3].kind is Kind.LIST_ITEM
