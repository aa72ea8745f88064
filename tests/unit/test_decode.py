"""decode and media_kind: what the bytes are wins over what is declared; odd bytes cost a named refusal at most."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines import charsets
from pipelines.decode import decode, media_kind
from pipelines.errors import BrokenPage

# Sentences written for these tests, long enough (over 40 characters) to be told apart, as any article is.
SENTENCES = {
    "hans": "市议会周二通过了新的预算案,会议就道路和学校的经费进行了长时间的辩论,多位议员发表了自己的意见。",
    "hant": "市議會週二通過了新的預算案,會議就道路和學校的經費進行了長時間的辯論,多位議員發表了自己的意見。",
    "ja": "市議会は火曜日、道路と学校についての長い議論のあと、来年度の新しい予算案を賛成多数で可決しました。",
    "ko": "시의회는 화요일 도로와 학교에 대한 긴 토론 끝에 내년도 새 예산안을 찬성 다수로 통과시켰다고 밝혔다.",
    "ru": "Городской совет во вторник после долгих споров о дорогах и школах утвердил новый бюджет на следующий год.",
    "fr": "Après un long débat sur les routes et les écoles, le conseil a adopté mardi le nouveau budget.",
    "de": "Nach längerer Debatte über Straßen und Schulen hat der Rat am Dienstag den neuen Haushalt gebilligt.",
    "cs": "Městská rada v úterý po dlouhé rozpravě o silnicích a školách schválila nový rozpočet na příští rok.",
    "pl": "Rada miasta we wtorek po długiej dyskusji o drogach i szkołach przyjęła nowy budżet na przyszły rok.",
    "tr": "Belediye meclisi salı günü yollar ve okullar üzerine uzun bir tartışmanın ardından yeni bütçeyi kabul etti.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη τον νέο προϋπολογισμό μετά από μακρά συζήτηση για τους δρόμους.",
    "he": "מועצת העיר אישרה ביום שלישי את התקציב החדש לאחר דיון ארוך על הכבישים ועל בתי הספר.",
    "ar": "وافق مجلس المدينة يوم الثلاثاء على الميزانية الجديدة بعد نقاش طويل حول الطرق والمدارس.",
    "fa": "شوراي شهر روز سه‌شنبه پس از بحث طولاني درباره خيابان‌ها و مدرسه‌ها بودجه سال آينده را تصويب کرد.",
    "lt": "Miesto taryba antradienį po ilgų diskusijų apie kelius ir mokyklas patvirtino naują kitų metų biudžetą.",
    "lv": "Pilsētas dome otrdien pēc ilgām debatēm par ceļiem un skolām apstiprināja jauno budžetu nākamajam gadam.",
    "uk": "Міська рада у вівторок після довгих суперечок про дороги й школи затвердила її новий бюджет на рік.",
    "th": "สภาเมืองอนุมัติงบประมาณใหม่เมื่อวันอังคารหลังจากอภิปรายเรื่องถนนและโรงเรียนเป็นเวลานาน",
}
LATIN_1_TOO = ("cs", "tr", "lt", "lv")
UNDECLARED = [
    ("hans", "gb18030", "gb18030"),
    ("hans", "gbk", "gb18030"),
    ("hant", "big5", "big5"),
    ("ja", "cp932", "shift_jis"),
    ("ja", "euc_jp", "euc-jp"),
    ("ko", "cp949", "euc-kr"),
    ("ru", "cp1251", "windows-1251"),
    ("ru", "koi8_r", "koi8-r"),
    ("fr", "cp1252", "windows-1252"),
    ("de", "cp1252", "windows-1252"),
    ("cs", "cp1250", "windows-1250"),
    ("pl", "cp1250", "windows-1250"),
    ("cs", "iso8859_2", "iso-8859-2"),
    ("tr", "cp1254", "windows-1254"),
    ("lt", "cp1257", "windows-1257"),
    ("lv", "cp1257", "windows-1257"),
    ("uk", "cp1251", "windows-1251"),
    ("uk", "koi8_u", "koi8-u"),
    ("ru", "cp866", "ibm866"),
    ("ru", "iso8859_5", "iso-8859-5"),
    ("el", "cp1253", "windows-1253"),
    ("he", "cp1255", "windows-1255"),
    ("ar", "cp1256", "windows-1256"),
    ("ar", "iso8859_6", "iso-8859-6"),
    ("fa", "cp1256", "windows-1256"),
    ("th", "cp874", "windows-874"),
]
DECLARED_ONLY = [
    ("ja", "iso2022_jp", "iso-2022-jp"),
    ("hans", "hz", "hz-gb-2312"),
]


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}<title>{text[:20]}</title></head>\n<body><p class='a'>{text}</p></body></html>"


@pytest.mark.parametrize(("language", "codec", "name"), UNDECLARED)
def test_nothing_declared(language: str, codec: str, name: str) -> None:
    text = page(SENTENCES[language])
    assert decode(text.encode(codec), "text/html", is_html=True) == (text, name)
    assert decode(SENTENCES[language].encode(codec), "", is_html=False) == (SENTENCES[language], name)


@pytest.mark.parametrize(("language", "codec", "name"), UNDECLARED)
def test_the_language_alone_is_declared(language: str, codec: str, name: str) -> None:
    """It speaks for all the charsets of the language, and against none."""
    tag = {"hans": "zh-CN", "hant": "zh-Hant"}.get(language, language)
    text = f'<html lang="{tag}"><body><p>{SENTENCES[language]}</p></body></html>'
    assert decode(text.encode(codec), "text/html", is_html=True) == (text, name)


@pytest.mark.parametrize(("language", "codec", "name"), UNDECLARED + DECLARED_ONLY)
def test_declared_in_header_or_meta(language: str, codec: str, name: str) -> None:
    text = page(SENTENCES[language])
    assert decode(text.encode(codec), f"text/html; charset={name}", is_html=True) == (text, name)
    for meta in (f'<meta charset="{name}">', f"<META http-equiv=Content-Type content='text/html; charset={name}'>"):
        text = page(SENTENCES[language], meta)
        assert decode(text.encode(codec), "text/html", is_html=True) == (text, name)


@pytest.mark.parametrize(("language", "codec", "name"), [case for case in UNDECLARED if case[0] not in LATIN_1_TOO])
@pytest.mark.parametrize("false", ["utf-8", "iso-8859-1", "gb2312", "big5", "shift_jis", "euc-kr"])
def test_false_declaration_is_seen_through(language: str, codec: str, name: str, false: str) -> None:
    """All but what is letters in Latin-1 too (Czech, Turkish …), as which every browser would read it."""
    text = page(SENTENCES[language], f'<meta charset="{false}">')
    assert decode(text.encode(codec), f"text/html; charset={false}", is_html=True) == (text, name)


@pytest.mark.parametrize(
    ("language", "codec"), [("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "cp866"), ("uk", "koi8_u"), ("el", "cp1253")]
)
def test_capitals_alone(language: str, codec: str) -> None:
    """Russian capitals in koi8-r are where small Greek letters lie, in almost the same order."""
    text = SENTENCES[language].upper()
    assert decode(text.encode(codec), "", is_html=False)[0] == text


@pytest.mark.parametrize(("language", "codec"), [("el", "cp1253"), ("he", "cp1255"), ("lt", "cp1257")])
def test_a_meta_element_behind_long_scripts_is_not_needed(language: str, codec: str) -> None:
    text = page(SENTENCES[language], f"<script>{'x=1;' * 5000}</script><meta charset={codec}>")
    assert decode(text.encode(codec), "text/html", is_html=True)[0] == text


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("false", ["", "gb2312", "iso-8859-1", "big5", "windows-1251", "no-such-charset", "utf-16"])
def test_utf_8_is_recognised_whatever_is_declared(language: str, false: str) -> None:
    text = page(SENTENCES[language], f"<meta charset={false}>" if false else "")
    assert decode(text.encode(), f"text/html;charset={false}", is_html=True) == (text, "utf-8")


def test_header_and_meta_disagree() -> None:
    # The default header of many servers says Latin-1; the page knows better.
    text = page(SENTENCES["hans"], '<meta http-equiv="content-type" content="text/html; charset=gb2312" />')
    assert decode(text.encode("gbk"), "text/html; charset=ISO-8859-1", is_html=True) == (text, "gb18030")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(codec: str) -> None:
    text = page(SENTENCES["hant"])
    assert decode(text.encode(codec), "text/html; charset=gbk", is_html=True)[0] == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["hans", "hant", "ja", "ko", "ru", "uk", "el", "he", "ar", "th"])
@pytest.mark.parametrize("content_type", ["", "text/plain; charset=utf-16"])
def test_text_in_utf_16_without_mark_nor_markup(language: str, codec: str, content_type: str) -> None:
    """No markup, few spaces: hardly any byte is NUL, and those of Russian are control characters one by one."""
    text = SENTENCES[language].replace(",", "，")
    body = text.encode(codec)
    assert decode(body, content_type, is_html=False) == (text, codec.replace("16-", "16"))
    assert media_kind(body, content_type, "") == "text"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["hans", "de", "ru"])
def test_utf_16_without_mark(codec: str, language: str) -> None:
    text = page(SENTENCES[language])
    assert decode(text.encode(codec), "", is_html=True) == (text, codec.replace("16-", "16"))


def test_gb2312_is_read_as_gb18030() -> None:
    text = page("朱镕基和喆、囧、㐂以及€都不在GB2312里。" + SENTENCES["hans"], '<meta charset="gb2312">')
    body = text.encode("gb18030")
    assert decode(body, "", is_html=True) == (text, "gb18030")
    assert decode(body.replace("€".encode("gb18030"), b"\x80"), "", is_html=True)[0] == text


def test_big5_extensions() -> None:
    text = page("裏、銹、恒、粧、嫺、着、喆與馬克‧吐溫" + SENTENCES["hant"], '<meta charset="big5">')
    body = b"".join(char.encode("cp950" if char in "‧裏銹恒粧嫺" else "big5hkscs") for char in text)
    assert decode(body, "", is_html=True) == (text, "big5")


def test_euc_jp_with_circled_numbers() -> None:
    text = page("①と②について。" + SENTENCES["ja"])
    assert decode(text.encode("euc_jisx0213"), "text/html; charset=euc-jp", is_html=True)[0] == text


def test_stray_bytes_in_utf_8() -> None:
    body = page(SENTENCES["fr"]).encode() + b"<p>It\x92s the council\x97again</p>"
    text, name = decode(body, "", is_html=True)
    assert name == "utf-8"
    assert SENTENCES["fr"] in text
    assert "It’s the council—again" in text


def test_a_latin_1_template_around_an_article_in_utf_8() -> None:
    """More stray bytes than characters of UTF-8, but each run of these is one that no other charset would give."""
    foot = "".join(f"<li>{word}</li>" for word in ("À propos", "Météo", "Économie", "Société", "Télévision", "Santé"))
    head = f'<meta charset="utf-8"><ul>{foot * 3}</ul>'.encode("cp1252")
    text, name = decode(head + page(SENTENCES["fr"]).encode() + foot.encode("cp1252"), "text/html", is_html=True)
    assert name == "utf-8"
    assert SENTENCES["fr"] in text and text.count("<li>Télévision</li>") == 4 and "\ufffd" not in text


def test_a_chinese_article_under_menus_in_utf_8() -> None:
    """The menus have more runs of high bytes than the article, and fewer bytes."""
    menu = "<li>首页<li>国内<li>国际<li>军事<li>财经<li>体育<li>娱乐<li>科技<li>汽车<li>房产"
    body = f"<meta charset=gbk>{menu}".encode() + page(SENTENCES["hans"].replace(",", "，")).encode("gbk")
    text, name = decode(body, "", is_html=True)
    assert name == "gb18030" and SENTENCES["hans"].replace(",", "，") in text


@pytest.mark.parametrize("language", SENTENCES)
def test_emoji_as_two_surrogates_each_in_utf_8(language: str) -> None:
    """As old databases and Java write them (CESU-8): not UTF-8, but nothing else either."""
    twin = "😀".encode("utf-16-be")
    halves = b"".join(chr(int.from_bytes(half)).encode("utf-8", "surrogatepass") for half in (twin[:2], twin[2:]))
    text = SENTENCES[language] + "😀😀 and 😀"
    body = text.encode().replace("😀".encode(), halves)
    assert decode(body, "", is_html=False) == (text, "utf-8")
    assert decode(b"Only one here: " + halves, "", is_html=False) == ("Only one here: 😀", "utf-8")


def test_page_cut_within_a_character() -> None:
    body = SENTENCES["hans"].encode()
    assert decode(body[:-1], "", is_html=False) == (SENTENCES["hans"][:-1], "utf-8")
    body = SENTENCES["hans"].encode("gbk")
    assert decode(body[:-1], "", is_html=False) == (SENTENCES["hans"][:-1], "gb18030")


def test_bytes_in_no_charset_stay_visible() -> None:
    body = SENTENCES["hans"].encode("gb18030")
    text, _ = decode(body[:20] + b"\xff" + body[20:], "text/plain; charset=gbk", is_html=False)
    assert text == SENTENCES["hans"][:10] + "\ufffd" + SENTENCES["hans"][10:]


def test_nuls_and_controls_go_and_line_ends_are_plain() -> None:
    body = b"\x00one\r\ntwo\rthree\x00\x07\n\ttab\xef\xbb\xbf\xc2\x92end\x7f" + b" of the line" * 9
    assert decode(body, "", is_html=False)[0] == "one\ntwo\nthree\n\ttab’end" + " of the line" * 9


def test_meta_in_comment_script_or_text_is_no_declaration() -> None:
    head = '<!-- <meta charset="big5"> --><script src="a.js" charset="big5"></script>'
    text = page(SENTENCES["de"], head)
    assert decode(text.encode("cp1252"), "", is_html=True) == (text, "windows-1252")
    text = '<meta charset="koi8-r"> is how one declares it. ' + SENTENCES["ru"]
    assert decode(text.encode("cp1251"), "", is_html=False) == (text, "windows-1251")


def test_language_attribute_decides_between_equals() -> None:
    # Š and ž are in both charsets; only the attribute can tell that this is Lithuanian.
    text = (
        "<html lang='lt'><body><p>Ši žinia šiandien: miesto taryba po ilgų ginčų patvirtino biudžetą</p></body></html>"
    )
    assert decode(text.encode("cp1257"), "", is_html=True) == (text, "windows-1257")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("GB2312", "gb18030"),
        ("gb_2312-80", "gb18030"),
        ("x-gbk", "gb18030"),
        ("x-sjis", "shift_jis"),
        ("Windows-31J", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("Big5-HKSCS", "big5"),
        ("latin1", "windows-1252"),
        ("ISO-8859-9", "windows-1254"),
        ("utf8", "utf-8"),
        ("cp-1251", "windows-1251"),
        ("TIS-620", "windows-874"),
    ],
)
def test_labels(label: str, name: str) -> None:
    charset = charsets.by_label(label)
    assert charset is not None
    assert charset.name == name


@pytest.mark.parametrize("label", ["", "rot13", "hex", "unicode_escape", "idna", "x-user", "none"])
def test_codecs_that_are_no_charsets_are_unknown(label: str) -> None:
    assert charsets.by_label(label) is None


@pytest.mark.parametrize("body", [b"\x0b", "\u3000\u00a0".encode(), "\ufffd\n".encode()])
def test_nothing_visible_is_an_empty_page(body: bytes) -> None:
    with pytest.raises(BrokenPage, match="empty_page"):
        decode(body, "text/html", is_html=True)


def test_noise_in_no_charset_is_refused() -> None:
    noise = bytes(0x81 + i * 37 % 126 for i in range(4000))
    with pytest.raises(BrokenPage, match="undecodable"):
        decode(b"<p>" + noise.replace(b"\x81", b"\xff"), "text/html; charset=utf-8", is_html=True)


@pytest.mark.parametrize(("letters", "kept"), [(4000, True), (900, False)])
def test_a_page_that_lost_its_few_marks_is_read_and_one_that_lost_its_words_is_not(letters: int, kept: bool) -> None:
    page = "<style>" + "a" * 9000 + "</style><p>" + "word " * (letters // 4) + "\ufffd1m for the bridge. " * 20
    if kept:
        assert decode(page.encode(), "text/html", is_html=True)[0].count("\ufffd1m") == 20
    else:
        with pytest.raises(BrokenPage, match="undecodable"):
            decode(page.encode(), "text/html", is_html=True)


ANY_TYPE = st.sampled_from(
    ["", "text/html", "text/html; charset=gb2312", 'text/html; charset="utf-16"', "; charset=hz"]
)


@example(b"\x0b", "", False)
@given(st.binary(max_size=600), ANY_TYPE, st.booleans())
def test_decode_never_fails_otherwise(body: bytes, content_type: str, is_html: bool) -> None:
    try:
        text, name = decode(body, content_type, is_html=is_html)
    except BrokenPage as error:
        assert error.reason in ("empty_page", "binary", "undecodable")
    else:
        assert text.strip()
        assert name
        text.encode()  # no surrogates, which no file could hold


@given(st.binary(max_size=300), ANY_TYPE, st.text(max_size=30))
def test_media_kind_never_fails_otherwise(body: bytes, content_type: str, url: str) -> None:
    with contextlib.suppress(BrokenPage):
        assert media_kind(body, content_type, url) in ("html", "text")


@given(st.text(max_size=200), st.sampled_from(["<p>", "", "<meta charset=gbk>"]))
def test_any_unicode_text_survives_utf_8(text: str, prefix: str) -> None:
    plain = prefix + "Ünïcödé 文字 текст: " + "".join(char for char in text if char.isprintable()) + "."
    assert decode(plain.encode(), "text/html; charset=utf-8", is_html=True) == (plain, "utf-8")


@given(st.sampled_from(UNDECLARED + DECLARED_ONLY), st.data())
def test_declared_text_round_trips(case: tuple[str, str, str], data: st.DataObject) -> None:
    """Any text of words of the language survives its charset, whatever ASCII stands between."""
    language, codec, name = case
    sentence = SENTENCES[language]
    size = data.draw(st.integers(20, len(sentence)))
    ascii_part = data.draw(
        st.text(st.characters(min_codepoint=32, max_codepoint=125, exclude_characters="<>~&"), max_size=80)
    )
    text = f"<p>{ascii_part}</p>\n<p>{sentence[:size]}</p>" * data.draw(st.integers(1, 3))
    expected = "utf-8" if text.isascii() else name
    assert decode(text.encode(codec), f"text/html; charset={name}", is_html=True) == (text, expected)


def test_control_characters_are_found_by_their_codes() -> None:
    """White space is none, and the sign wraps at nought: each byte is asked about on its own."""
    found = {code for code in range(256) if charsets.has_controls(bytes([65, code, 66]))}
    assert found == {*range(9), *range(14, 32), 127} and not charsets.has_controls(b"")
