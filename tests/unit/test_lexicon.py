"""Words of the pages, matched by form."""

from __future__ import annotations

import time

import pytest

from pipelines import lexicon


def reason(line: str) -> str | None:
    found = lexicon.match(line)
    return found.reason if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Related articles", "related_links"),
        ("Pin this for later!", "share_bar"),
        ("پربازدید\u200cترین", "related_links"),
        ("Was this article helpful?", "comment_form"),
        ("War dieser Artikel hilfreich?", "comment_form"),
        ("Была ли статья полезна?", "comment_form"),
        ("本文对您有帮助吗？", "comment_form"),
        ("This post contains references to products from one or more of our advertisers.", "legal_notice"),
        ("RELATED ARTICLES:", "related_links"),
        ("» You may also like", "related_links"),
        ("延伸閱讀", "related_links"),
        ("【相关阅读】", "related_links"),
        ("あわせて読みたい", "related_links"),
        ("관련기사", "related_links"),
        ("Das könnte Sie auch interessieren", "related_links"),
        ("Sur le même sujet", "related_links"),
        ("Te puede interesar", "related_links"),
        ("Leia também: Outra notícia", "related_links"),
        ("Potrebbe interessarti", "related_links"),
        ("Читайте также", "related_links"),
        ("Czytaj także:", "related_links"),
        ("İlgili Haberler", "related_links"),
        ("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", "related_links"),
        ("Διαβάστε ακόμα:", "related_links"),
        ("Читайте ещё", "related_links"),
        ("Схожі новини", "related_links"),
        ("اقرأ أيضاً", "related_links"),
        ("أخبار ذات صلة", "related_links"),
        ("آخرین اخبار", "related_links"),
        ("כתבות נוספות", "related_links"),
        ("ये भी पढ़ें", "related_links"),
        ("ข่าวที่เกี่ยวข้อง", "related_links"),
        ("Tin cùng chuyên mục", "related_links"),
        ("Mohlo by vás zajímat", "related_links"),
        ("Kapcsolódó cikkek", "related_links"),
        ("Ακολουθήστε το στο Google News", "subscription"),
        ("この記事は会員限定です。", "subscription"),
        ("会員向け記事が読み放題", "subscription"),
        ("ΕΤΙΚΕΤΕΣ: Αθήνα, Βουλή", "category"),
        ("Πηγή: ΑΠΕ-ΜΠΕ", "source_line"),
        ("Kaynak: AA", "source_line"),
        ("3 σχόλια", "comment_form"),
        ("جميع الحقوق محفوظة © 2024", "copyright"),
        ("Share to", "share_bar"),
        ("分享到：", "share_bar"),
        ("Comments (12)", "comment_form"),
        ("12 Comments", "comment_form"),
        ("網友評論", "comment_form"),
        ("Оставить комментарий", "comment_form"),
        ("免責聲明：", "legal_notice"),
        ("责任编辑：王五", "editor_credit"),
        ("(责编：李四、王五)", "editor_credit"),
        ("来源：新华网", "source_line"),
        ("Source: Reuters", "source_line"),
        ("所属分类：区块链", "category"),
        ("Tags: news, politics", "category"),
        ("长按识别二维码关注我们", "advert"),
        ("- Anzeige -", "advert"),
        ("Get the FREE eBook!", "advert"),
        ("Jetzt kostenloses E-Book sichern", "advert"),
        ("By Jane Doe", "byline"),
        ("© 2024 Example Media Ltd.", "copyright"),
        ("京ICP备12345678号-1", "copyright"),
        ("Läs mer: Så mycket kostar biljetterna", "related_links"),
        ("Mohlo by vás zajímat: Kolik budou stát jízdenky", "related_links"),
        ("Kapcsolódó: Mennyibe kerülnek a jegyek", "related_links"),
        ("Citeşte şi: Cât vor costa biletele", "related_links"),
        ("AYRICA BAKIN: Bilet fiyatları", "related_links"),
        ("Your email address will not be published. Required fields are marked *", "comment_form"),
        ("Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert.", "comment_form"),
    ],
)
def test_lines_of_the_page(line: str, expected: str) -> None:
    assert reason(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Original title: The tea house reopened", "source_line"),
        ("Source of title picture: Visual China", "source_line"),
        ("Special statement: The above contents are uploaded and released by users of the platform.", "legal_notice"),
        ("Statement: This article is contributed by the author.", "legal_notice"),
        ("This article comes from the WeChat official account: Slow Life", "legal_notice"),
        ("(Editor in charge: Zhou Min)", "editor_credit"),
        ("[Editor in charge: He Yun]", "editor_credit"),
        ("Responsible editor: Zhou Min", "editor_credit"),
        ("Picture editor: Zhu Li", "editor_credit"),
        ("Text editor: Shen Qing", "editor_credit"),
        ("Column editor in chief: Gu Wei", "editor_credit"),
        ("Release time: 2024-09-03 09:15:00", "date_line"),
        ("Previous: The freshmen of 2024 reported", "related_links"),
        ("Next article: The library extended its opening hours", "related_links"),
        ("Popular recommendation", "related_links"),
        ("Relevant news", "related_links"),
        ("Guess you like it", "related_links"),
        ("Everyone is watching", "related_links"),
        ("Close the window", "share_bar"),
        ("Print this page", "share_bar"),
        ("Font: large, medium and small", "share_bar"),
        ("Font size: large medium small", "share_bar"),
        ("Scan with mobile phone to read", "share_bar"),
        (
            "Scan with WeChat and share to friends and circle of friends with the upper right corner button",
            "share_bar",
        ),
        (
            "Civilized Internet access, rational speech, please abide by the News Comment Service Agreement",
            "comment_form",
        ),
    ],
)
def test_lines_of_chinese_pages_turned_into_english_by_machine(line: str, expected: str) -> None:
    assert reason(line) == expected


@pytest.mark.parametrize("line", ["Statement", "Photo editor", "Next", "Statement of the family, read out in court"])
def test_a_label_with_a_colon_needs_it(line: str) -> None:
    found = lexicon.match(line)
    assert found is None or (found.form, found.reason) == ("whole", "related_links")


@pytest.mark.parametrize(
    "line",
    [
        "The related articles that the court cited in its ruling were published between 2011 and 2014 in three journals, "
        "and the judge said that readers may also like to know who paid for them before they believed a word.",
        "他在免责声明中写道，这份相关阅读清单并不完整，扫码关注的人数也没有公布，因此法院认为原告的主张缺乏依据，驳回了全部请求，"
        "并要求双方在三十日之内就诉讼费用达成一致，否则将由法院另行裁定，不再另外开庭审理此案，判决书随后将送达双方当事人和代理律师。",
        "Bytes are sold by weight here",
        "",
    ],
)
def test_sentences_are_not_matched(line: str) -> None:
    assert lexicon.match(line) is None


def test_a_phrase_ends_at_a_word() -> None:
    assert reason("By hand of a friend") == "byline"
    assert reason("Byzantine emperors") is None


def test_traditional_and_simplified_are_one() -> None:
    assert lexicon.match("相關閱讀") == lexicon.match("相关阅读")
    assert lexicon.match("責任編輯：張三") == lexicon.match("责任编辑：张三")


def test_hostile_lines_cost_little() -> None:
    start = time.process_time()
    for line in ("(" * 300, "a" * 320, ":" * 320, "分享" * 160, "1," * 150, " " * 320, "© " * 150):
        lexicon.match(line)
    assert time.process_time() - start < 1.0


def test_phrases_stand_as_they_are_folded() -> None:
    for phrase in lexicon.load().starts:
        assert phrase == lexicon.fold(phrase) or phrase.endswith(" "), phrase


def test_letters_with_and_without_their_marks_are_one() -> None:
    """Greek capitals carry no accents, Russian prints е for ё, Arabic leaves out its hamza."""
    assert lexicon.fold("ΔΕΊΤΕ ΑΚΌΜΗ") == lexicon.fold("δείτε ακόμη") == lexicon.fold("ΔΕΙΤΕ ΑΚΟΜΗ")
    assert lexicon.fold("CITEŞTE ŞI") == lexicon.fold("citește și")
    assert lexicon.fold("ÇOK OKUNAN ILGILI") == lexicon.fold("çok okunan ılgılı")
    assert lexicon.fold("Ещё") == lexicon.fold("еще")
    assert lexicon.fold("اقرأ") == lexicon.fold("اقرا")


@pytest.mark.parametrize("line", ["data = client.lpop('test')", "print('退出缩进')", 'share("https://example.org/")'])
def test_a_line_of_a_program_says_nothing(line: str) -> None:
    assert lexicon.match(line) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("This field is for validation purposes and should be left unchanged.", "subscription"),
        ("Dieses Feld dient zur Validierung und sollte nicht verändert werden.", "subscription"),
        ("Already have an account? Sign in", "comment_form"),
    ],
)
def test_lines_of_forms(line: str, reason: str) -> None:
    found = lexicon.match(line)
    assert found is not None
    assert (found.reason, found.form) == (reason, "whole")
