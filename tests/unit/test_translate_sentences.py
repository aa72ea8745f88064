"""Sentences and clauses: not a character lost, not a paragraph shifted, no number cut in two."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.translate import script, sentences
from pipelines.translate.sentences import Segment

MIXED = st.text("今天下雨。！？，、；：“”（）… \n\t.A1b, 3.5%", max_size=120)


def whole(segments: list[Segment]) -> str:
    return "".join(segment.lead + segment.core + segment.trail for segment in segments)


@given(st.one_of(MIXED, st.text(max_size=80)), st.sampled_from(["zh", "zt", "en", "de", "ja", "xx"]))
def test_segments_give_the_text_back(text: str, language: str) -> None:
    segments = sentences.split(text, language)
    assert whole(segments) == text
    assert all(segment.core == segment.core.strip() for segment in segments)


@given(MIXED)
def test_untranslated_sentences_join_to_the_text_between_languages_of_one_kind(text: str) -> None:
    segments = sentences.split(text, "zh")
    assert sentences.join(segments, [s.core for s in segments], "zh", "zh") == text


@given(MIXED)
def test_paragraphs_and_outer_white_space_stay_in_any_language(text: str) -> None:
    segments = sentences.split(text, "zh")
    joined = sentences.join(segments, [s.core for s in segments], "zh", "en")
    assert joined.count("\n") == text.count("\n")
    assert joined[: len(joined) - len(joined.lstrip())] == text[: len(text) - len(text.lstrip())]
    assert "".join(joined.split()) == "".join(text.split())


@given(st.text("今天下雨，。；：、,1234567890.%ABCdef 的了", min_size=1, max_size=200), st.integers(1, 40))
def test_a_cut_sentence_loses_nothing_and_fits(text: str, limit: int) -> None:
    parts = sentences.cut(text, len, limit)
    assert "".join(parts) == text
    assert all(0 < len(part) <= max(limit, 1) for part in parts)


def test_cuts_prefer_strong_marks_near_the_middle_and_spare_numbers() -> None:
    text = "公司今天宣布购买芯片；公司明天宣布购买更多芯片，共花费1,234,567.89元。"
    assert sentences.cut(text, len, 30)[0] == "公司今天宣布购买芯片；"
    number = "约" + "1,234,567" * 1 + "人"
    assert sentences.cut(number, len, 8)[0] in ("约", "约1,234,567")
    assert sentences.halves("今天下雨很大，公司购买很多芯片。") == ["今天下雨很大，公司购买很多芯片。"]
    assert sentences.halves("今天北京下雨很大，公司购买很多芯片。") == ["今天北京下雨很大，", "公司购买很多芯片。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“下雨了。”公司不信。", ["他说：“下雨了。”", "公司不信。"]),
        ("Llama 3.1发布了。速度快3.5倍！", ["Llama 3.1发布了。", "速度快3.5倍！"]),
        ("“……”", ["“……”"]),
    ],
)
def test_chinese_sentences(text: str, expected: list[str]) -> None:
    assert [segment.core for segment in sentences.split(text, "zh")] == expected


def test_clauses_join_with_a_comma_where_the_model_put_a_full_stop() -> None:
    assert sentences.join_clauses(["今天下雨，", "公司不信。"], ["It rains.", "The firm doubts it."], "en") == (
        "It rains, The firm doubts it."
    )
    assert sentences.join_clauses(["a,", "b."], ["今天。", "下雨。"], "zh") == "今天，下雨。"


def test_scripts() -> None:
    assert script.to_simplified("軟體開發，滑鼠") == "软件开发，鼠标"
    assert script.has_traditional("他說電腦很貴") and not script.has_traditional("Meta的晶片，電")
    assert not script.has_traditional("他说“今天”——GPT-5 €")
    assert script.is_cantonese("佢哋喺度食嘢") and script.is_cantonese("我唔知點解")
    assert not script.is_cantonese("他们之间的關係很好。")
    assert not script.is_cantonese("这首歌叫《喜欢你》，由咗先生在一九九三年演唱并且获得了广泛的好评和喜爱。")
    assert script.is_foreign("これは日本語の文です", "zh") and script.is_foreign("한국어 문장", "zh")
    assert not script.is_foreign("他买了の牌子的芯片并且今天下雨了", "zh")
    assert not script.has_source_letters("GPT-5 (2024)", "zh")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("华为昇腾处理器程序文件的质量", None),  # rare characters of names: nothing else may change for them
        ("李喆支援影片，朱镕基的著作，囧", None),
        ("公開追悼会的影片程序", "公开追悼会的影片程序"),  # one Traditional character that slipped in
        ("他說：「軟體開發」", "他说：「软件开发」"),  # a quotation in Traditional script
        ("他说今天下雨。", None),
    ],
)
def test_sentences_of_a_simplified_page_become_wholly_simplified(text: str, expected: str | None) -> None:
    assert script.conversion(text)(text) == (expected or text)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("zh", ["骨牌仍在推倒。", "9月19日,该平台被查。", "60%投资者担忧。"]),
        ("zh", ["设计与去年相同。", "iPhone 20有新颜色!", "OK。"]),
        ("zh", ["他说“到了!”。", "3天后再说。"]),
        ("zh", ["他说:“到了。9月再说。”", "大家同意。"]),
        ("zh", ['他说:"到了。9月再说。"', "大家同意。"]),
        ("zh", ["版本升至3.5。", "5月发布。"]),
        ("ja", ["橋が開通した。", "2026年の予定だった。"]),
    ],
)
def test_a_sentence_may_begin_with_a_number_or_a_latin_name(language: str, parts: list[str]) -> None:
    assert [segment.core for segment in sentences.split("".join(parts), language)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("「你好。」他說。『再見！』她說。", ["「你好。」", "他說。", "『再見！』", "她說。"]),
        ("《好嗎？》她問。【完。】她走了。", ["《好嗎？》", "她問。", "【完。】", "她走了。"]),
        ("〈再見。〉他說。", ["〈再見。〉", "他說。"]),
    ],
)
def test_a_closing_mark_stays_with_its_opening_mark(text: str, parts: list[str]) -> None:
    assert [segment.core for segment in sentences.split(text, "zh")] == parts


PHRASES = st.sampled_from(
    ["今天下雨。", "他说：“下雨了。”", "“到了！”她说。", "公司（2020年成立。后来搬走了）不信！", "「你好。」他說。", "为什么？",
     "版本升至3.5。", "5月发布。", "共有1,234人，OK。", "《书。名》很好。", '"今天。明天。"他说。', "……", "A股上涨！！", " 今天， "]
)  # fmt: skip


@given(st.lists(PHRASES, max_size=40), st.sampled_from(["zh", "ja"]))
def test_a_long_line_in_pieces_has_the_sentences_of_the_whole(phrases: list[str], language: str) -> None:
    text = "".join(phrases)
    whole_line = sentences.split(text, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_PIECE", 60)
        assert sentences.split(text, language) == whole_line


@pytest.mark.parametrize(
    "line",
    [
        "“今天很好。”他说。这是一句话，后面还有一句话。" * 4_000,
        '"(“' * 20_000 + "。1" * 8_000,
        "。" * 50_000,
        "“今天” " * 9_000,
    ],
    ids=["quotes", "open brackets", "full stops", "no end"],
)
def test_a_long_line_takes_no_square_of_its_length(line: str) -> None:
    start = time.process_time()
    assert whole(sentences.split(line, "zh")) == line
    assert time.process_time() - start < 2
