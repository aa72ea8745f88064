"""Lines of a capture: marks, hard wraps, joins."""

from __future__ import annotations

import textwrap

import pytest

from pipelines.capture.joins import glue, join
from pipelines.capture.lines import read
from pipelines.model import Kind

ENGLISH = (
    "The harbour of the old town was closed for the third time in a week after a barge carrying gravel struck the "
    "northern pier and sank within minutes. Nobody was hurt, but the port authority said that the wreck would have to "
    "be lifted before ferries could use the basin again, which may take until the end of the month."
)
CHINESE = (
    "市政府周三宣布，从下个月起，所有跨河大桥在夜间封闭维修，预计工程将持续到明年春天。负责人表示，维修期间公共汽车将绕行，"
    "居民可以在网站上查询新的路线和时刻表。他还说，这是该桥建成三十年来第一次大规模检修。"
)


def texts(capture: str) -> list[str]:
    return [line.text for line in join(read(capture))]


@pytest.mark.parametrize("column", [50, 72, 80, 100])
def test_fixed_column_of_latin_text(column: int) -> None:
    wrapped = "\n".join(textwrap.wrap(ENGLISH, column))
    assert texts(f"{wrapped}\n\n{wrapped}") == [ENGLISH, ENGLISH]


@pytest.mark.parametrize("column", [18, 30, 40])
def test_fixed_column_of_ideographs_joins_without_blanks(column: int) -> None:
    wrapped = "\n".join(CHINESE[i : i + column] for i in range(0, len(CHINESE), column))
    assert texts(f"{wrapped}\n\n{wrapped}") == [CHINESE, CHINESE]


def test_wrapped_paragraphs_without_blank_lines_part_at_short_lines() -> None:
    wrapped = "\n".join(textwrap.wrap(ENGLISH, 70))
    assert texts(f"{wrapped}\n{wrapped}\n{wrapped}") == [ENGLISH] * 3


def test_breaks_before_numbers_and_names() -> None:
    capture = (
        "The carrier said on Monday that it had ordered forty of the new aircraft. They are known as the Falcon\n"
        "9 and will replace the oldest part of the fleet. Pilots who flew the earlier Falcon\n"
        "8 praised the change, but unions said that training on the\n"
        "simulators had started late. The company expects the first Falcon\n"
        "9 in spring.\n"
        "Tickets stay as they are, the spokesman added, and no route will be closed before next year."
    )
    first, second = texts(capture)
    assert first.endswith("expects the first Falcon 9 in spring.")
    assert "training on the simulators" in first
    assert second.startswith("Tickets stay")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    capture = f"{ENGLISH}\n{ENGLISH[::-1].capitalize()}.\nShort heading\n{ENGLISH}"
    assert len(texts(capture)) == 4


def test_headlines_below_each_other_stay_apart() -> None:
    capture = "City opens new bridge over the river\nMinister resigns after vote\nTeam wins third title in a row"
    assert len(texts(capture)) == 3


def test_bullets_headings_quotes_code_tables() -> None:
    capture = (
        "# Head\n\n## Sub ##\n\n* one\n* two\n• three\n- four\n\n1. first\n\n> said\n\n```\nx = 1\n  y\n```\n\na\tb\n"
    )
    lines = join(read(capture))
    assert [(line.kind, line.text) for line in lines[:9]] == [
        (Kind.HEADING, "Head"),
        (Kind.HEADING, "Sub"),
        (Kind.LIST_ITEM, "one"),
        (Kind.LIST_ITEM, "two"),
        (Kind.LIST_ITEM, "three"),
        (Kind.LIST_ITEM, "four"),
        (Kind.LIST_ITEM, "1. first"),
        (Kind.QUOTE, "said"),
        (Kind.CODE, "x = 1\n  y"),
    ]
    assert (lines[0].level, lines[1].level) == (1, 2)
    assert lines[9].tabbed


def test_a_fence_round_nothing_is_no_line() -> None:
    assert texts("before\n```\n \n```\nafter") == ["before", "after"]


def test_an_open_fence_loses_nothing() -> None:
    assert texts("```\nnever closed\n\nmore") == ["never closed", "more"]


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        ("from Llama", "2 jump", "from Llama 2 jump"),
        ("在2024年", "年底前", "在2024年年底前"),
        ("购买GPU", "芯片", "购买GPU芯片"),
        ("한국어", "문장", "한국어 문장"),
        ("an exam-", "ple", "an exam-ple"),
        ("", "x", "x"),
    ],
)
def test_glue(left: str, right: str, whole: str) -> None:
    assert glue(left, right) == whole


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\u2028", "\x0b", "\x0c"])
def test_every_line_break_counts(mark: str) -> None:
    assert texts(f"One line.{mark}Another line.") == ["One line.", "Another line."]


def test_invisible_characters_go() -> None:
    assert texts("\ufeffA\u200b word\u00a0here\u00ad.") == ["A word here."]


@pytest.mark.parametrize("column", [60, 72, 80])
@pytest.mark.parametrize("lead", ["    ", "\t", "  "])
def test_wrapped_paragraphs_that_begin_indented(column: int, lead: str) -> None:
    """A renderer fills the line up to its column with the indentation, so the first lines are no shorter than others."""
    paragraphs = [ENGLISH, ENGLISH.replace("harbour", "market"), ENGLISH.replace("barge", "steamer")]
    width = len(lead.expandtabs())
    wrapped = [
        textwrap.wrap(" " * width + each, column, drop_whitespace=True, initial_indent="") for each in paragraphs
    ]
    lines = [lead + line.lstrip() if not at else line for part in wrapped for at, line in enumerate(part)]
    assert texts("\n".join(lines)) == paragraphs


def test_ideographs_that_begin_indented() -> None:
    paragraphs = [CHINESE, CHINESE.replace("大桥", "隧道"), CHINESE.replace("周三", "周五")]
    indented = ["\u3000\u3000" + each for each in paragraphs]
    lines = [each[at : at + 36] for each in indented for at in range(0, len(each), 36)]
    assert texts("\n".join(lines)) == paragraphs


def test_a_bullet_and_the_lines_under_it() -> None:
    item = textwrap.wrap(ENGLISH, 70, initial_indent="* ", subsequent_indent="  ")
    assert texts("\n".join(item * 2)) == [ENGLISH, ENGLISH]


@pytest.mark.parametrize("end", ["\n\n", "\r\r\n\r\r\n", "\n\n\n"])
def test_a_copy_with_a_blank_line_after_every_line(end: str) -> None:
    parts = [textwrap.wrap(each, 72) for each in (ENGLISH, ENGLISH.replace("harbour", "market"))]
    assert len(parts[0][-1]) < 60
    assert texts(end.join(line for part in parts for line in part)) == [
        ENGLISH,
        ENGLISH.replace("harbour", "market"),
    ]


def test_wider_gaps_between_the_paragraphs_of_such_a_copy() -> None:
    parts = ["\n\n".join(textwrap.wrap(each, 72)) for each in (ENGLISH, ENGLISH)]
    assert texts("\n\n\n\n".join(parts)) == [ENGLISH, ENGLISH]


def test_paragraphs_of_a_line_each_with_blank_lines_between_stay_apart() -> None:
    lines = [f"{ENGLISH[at : at + 70].strip()}." for at in range(0, 210, 30)]
    assert texts("\n\n".join(lines)) == lines


def test_a_line_end_that_was_converted_twice_is_one() -> None:
    assert [line.after_blank for line in read("one\r\r\ntwo\r\r\n\r\r\nthree")] == [True, False, True]


def test_headlines_and_bylines_between_do_not_hide_the_column() -> None:
    head = ["Council tax to rise", "Harbour road closes for repairs next week", "By Helen Marsh", "Tue 14 May"] * 3
    wrapped = textwrap.wrap(ENGLISH, 76)
    assert texts("\n".join([*head, "", *wrapped, "", *wrapped]))[-2:] == [ENGLISH, ENGLISH]


def test_the_column_is_that_of_the_fullest_lines() -> None:
    """A heading that is a little longer than the column does not hide it."""
    long = "A heading that is a little longer than all of the lines that come under it here"
    wrapped = textwrap.wrap(ENGLISH, 75)
    text = "\n".join([long, "", *wrapped, "", *wrapped, "", *wrapped])
    assert texts(text) == [long, ENGLISH, ENGLISH, ENGLISH]


@pytest.mark.parametrize(
    "note", ["September 26, 2024", "By Anurag Singh", "Getty Images", "Updated: 7 January 2025", "Source: Harbour Post"]
)
def test_what_stands_under_a_title_as_wide_as_the_column_is_not_its_end(note: str) -> None:
    title = "Harbour of the old town closed for the third time in a week after a barge"
    wrapped = "\n".join(textwrap.wrap(ENGLISH, 76))
    assert texts(f"{title}\n{note}\n\n{wrapped}\n\n{wrapped}")[:2] == [title, note]


def test_a_title_of_two_lines_is_joined_in_a_wrapped_text() -> None:
    title = "Harbour of the old town closed for the third time in a week after a barge struck the pier"
    wrapped = "\n".join(textwrap.wrap(ENGLISH, 76))
    assert texts("\n".join(textwrap.wrap(title, 76)) + f"\n\n{wrapped}\n\n{wrapped}")[0] == title


def test_few_wrapped_paragraphs_among_many_short_lines_of_ideographs() -> None:
    long = CHINESE * 2
    wrapped = "\n".join(long[i : i + 36] for i in range(0, len(long), 36))
    menu = "\n".join(f"{kind}，频道第{at}页" for at in range(12) for kind in ("新闻", "财经", "体育", "娱乐", "科技"))
    short = "\n".join(f"读者的话，第{at}条，写在文章下面的几个字，供编辑参考使用和回复" for at in range(9))
    found = texts(f"{menu}\n\n{wrapped}\n\n{wrapped}\n\n{wrapped}\n\n{short}")
    assert found.count(long) == 3


def test_headlines_cut_to_one_width_are_not_joined_to_what_stands_below() -> None:
    heads = [f"{'新旧大桥' * 7}第{at}" for at in range(10, 22)]
    found = texts("\n".join(line for head in heads for line in (head, "热文推荐")))
    assert all(head in found for head in heads)
