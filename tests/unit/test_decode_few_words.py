"""One or two words of Asia in a Latin page: nothing but the declared charset can tell what they are."""

from __future__ import annotations

import pytest

from pipelines.decode import decode

NAMES = {
    "gbk": "腾讯 李强 网易 美团 中兴 茅台 万科 朱镕基 哔哩哔哩",
    "big5": "台積電 臺北 香港 蔡英文 林鄭月娥 茶餐廳 誠品",
    "shift_jis": "任天堂 三菱 トヨタ 忍者 素敵 看板",
    "euc-jp": "岸田文雄 寿司 福島 トヨタ 侍",
    "euc-kr": "김치 카카오 재벌 비빔밥 정 손흥민",
}
PROSE = "Sales rose strongly this year. " * 10


def page(charset: str, word: str) -> str:
    return f"<html><head><meta charset={charset}></head><body><p>The company ({word}) will expand. {PROSE}</p></body>"


@pytest.mark.parametrize(("charset", "word"), [(name, word) for name in NAMES for word in NAMES[name].split()])
@pytest.mark.parametrize("times", [1, 3])
def test_a_name_in_an_english_page_is_read_as_declared(charset: str, word: str, times: int) -> None:
    text = page(charset, " and ".join([word] * times))
    name = "gb18030" if charset == "gbk" else charset
    for content_type in ("", "text/html; charset=ISO-8859-1"):
        assert decode(text.encode(charset), content_type, is_html=True) == (text, name)


@pytest.mark.parametrize("charset", NAMES)
@pytest.mark.parametrize("word", ["été", "Citroën", "Österreich", "Ärger", "it’s", "“yes”", "20°C", "£5m", "Åsa — Åre"])
def test_a_western_word_under_a_false_declaration(charset: str, word: str) -> None:
    text = page(charset, word)
    assert decode(text.encode("cp1252"), "", is_html=True) == (text, "windows-1252")


@pytest.mark.parametrize("charset", NAMES)
@pytest.mark.parametrize("word", ["café", "naïve", "it’s", "Москва", "中国", "トヨタ", "김치", "München"])
def test_a_word_in_utf_8_under_a_false_declaration(charset: str, word: str) -> None:
    """``é`` in UTF-8 is ``茅`` in GBK, one of its usual ideographs."""
    text = page(charset, word)
    assert decode(text.encode(), "", is_html=True) == (text, "utf-8")


@pytest.mark.parametrize("charset", NAMES)
@pytest.mark.parametrize(("word", "codec"), [("Новости дня", "cp1251"), ("Собчак", "koi8_r")])
def test_a_word_of_another_alphabet_under_a_false_declaration(charset: str, word: str, codec: str) -> None:
    text = page(charset, word)
    assert decode(text.encode(codec), "", is_html=True)[0] == text
