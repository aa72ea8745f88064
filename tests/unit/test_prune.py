"""Prune by form, on HTML blocks and on lines of captures."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune
from tests.words import PROSE

DATA = Path(__file__).parents[2] / "pipelines" / "data"


def block(text: str, kind: Kind = Kind.PARAGRAPH, **more: object) -> Block:
    return Block(kind=kind, text=text, **more)  # type: ignore[arg-type]


def run(*blocks: Block | str, title: str | None = None, capture: bool = False) -> tuple[list[str], dict[str, str]]:
    made = tuple(item if isinstance(item, Block) else block(item) for item in blocks)
    done = prune(Draft(url="u", meta=Metadata(title=title), blocks=made, is_capture=capture), Config())
    return [item.text for item in done.blocks], {item.text: item.reason for item in done.removed}


@pytest.mark.parametrize("capture", [False, True])
def test_clean_articles_stay_whole(capture: bool) -> None:
    kept, removed = run(*PROSE, capture=capture)
    assert kept == PROSE
    assert removed == {}


def test_the_title_is_no_paragraph() -> None:
    kept, removed = run("Hall stays open!", *PROSE[:2], "HALL STAYS OPEN", *PROSE[2:], title="Hall stays open")
    assert kept == PROSE
    assert set(removed.values()) == {"repeated_title"}


def test_a_paragraph_that_comes_twice_comes_once() -> None:
    kept, removed = run(*PROSE, PROSE[0])
    assert kept == PROSE
    assert removed == {PROSE[0]: "repetition"}


def test_rows_that_come_twice_stay() -> None:
    rows = ["Adults, day ticket: 4 euros", "Children, day ticket: 2 euros", "Adults, ten tickets: 36 euros"]
    items = [block(row, Kind.LIST_ITEM) for row in (*rows, *rows)]
    kept, _ = run(*PROSE[:2], *items, *PROSE[2:])
    assert kept == [*PROSE[:2], *rows, *rows, *PROSE[2:]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Share this article", "share_bar"),
        ("分享到：", "share_bar"),
        ("Advertisement", "advert"),
        ("- Anzeige -", "advert"),
        ("Read also: Sauna prices to rise in spring", "related_links"),
        ("延伸閱讀：三溫暖明年漲價", "related_links"),
        ("Читайте также: Бассейн закроют на ремонт", "related_links"),
        ("(责任编辑：王五)", "editor_credit"),
        ("Tags: swimming, council", "category"),
    ],
)
def test_template_lines_between_paragraphs(line: str, reason: str) -> None:
    kept, removed = run(*PROSE[:2], line, *PROSE[2:])
    assert kept == PROSE
    assert removed == {line: reason}


@pytest.mark.parametrize(
    "sentence",
    [
        "Readers may share this article with whom they like, the editor said, as long as the source is named in full.",
        "The related articles of the statute were repealed in 1994.",
        "“免责声明写得很清楚，”他说，“扫码关注的人并不多。”",
        "Comments on the plan can be sent to the council until the end of May.",
        "Subscribe to a paper, he used to say, and you will never be alone at breakfast.",
        "Source: Reuters, as the saying goes, is not a source but a postbox, and he had learned that the hard way in Bonn.",
    ],
)
def test_sentences_with_words_of_the_lexicon_stay(sentence: str) -> None:
    kept, _ = run(*PROSE[:2], sentence, *PROSE[2:])
    assert sentence in kept


def test_sub_headings_with_words_of_the_lexicon_stay() -> None:
    kept, _ = run(
        PROSE[0], block("Background", Kind.HEADING, level=2), *PROSE[1:3], block("News", Kind.HEADING), PROSE[3]
    )
    assert "Background" in kept
    assert "News" in kept


def test_a_heading_over_sub_headings_stays() -> None:
    lines = [
        block("FAQ", Kind.HEADING, level=2),
        block("Can I swim there?", Kind.HEADING, level=3),
        "No. Swim in June instead.",
    ]
    assert run(*PROSE, *lines)[0][-3:] == ["FAQ", "Can I swim there?", "No. Swim in June instead."]
    assert "FAQ" not in run(*PROSE, *lines[:1])[0]


def test_a_wider_heading_opens_the_notices_as_well() -> None:
    notice = "This release speaks of the future, which may differ from what the company expects of it today."
    kept, removed = run(*PROSE, "Forward-Looking Statements", notice)
    assert kept == PROSE
    assert removed[notice] == "legal_notice"


@pytest.mark.parametrize("head", ["External links", "Weblinks", "Внешние ссылки", "外部連結"])
def test_the_links_at_the_end_of_an_encyclopaedia_go(head: str) -> None:
    link = block("Commons: swimming halls, a collection of pictures", Kind.LIST_ITEM)
    kept, removed = run(*PROSE, block(head, Kind.HEADING, level=2), link)
    assert kept == PROSE
    assert set(removed.values()) == {"related_links"}


def test_the_days_of_a_chronicle_are_its_headings() -> None:
    days = [block(f"March {day}, 2025", Kind.HEADING, level=2) for day in (4, 9, 18)]
    lines = [line for day, text in zip(days, PROSE, strict=False) for line in (day, text)]
    assert run(*lines)[0] == [line.text if isinstance(line, Block) else line for line in lines]
    assert run(days[0], *PROSE)[0] == PROSE


def test_a_section_under_its_heading() -> None:
    links = ["Sauna prices to rise in spring", "Three lifeguards wanted", "What the tiles are made of"]
    kept, removed = run(*PROSE, "You may also like", *[block(link, link_density=1.0) for link in links])
    assert kept == PROSE
    assert set(removed.values()) == {"related_links"}


def test_a_section_in_the_middle_ends_where_the_article_goes_on() -> None:
    kept, removed = run(PROSE[0], "Related articles", "Sauna prices to rise", "Three lifeguards wanted", *PROSE[1:])
    assert kept == PROSE
    assert list(removed) == ["Related articles", "Sauna prices to rise", "Three lifeguards wanted"]


def test_lists_of_an_article_stay() -> None:
    items = [block(text, Kind.LIST_ITEM) for text in ("Bring a towel", "Shower before you swim", "No diving")]
    kept, _ = run(*PROSE[:2], "The rules of the hall are short:", *items, *PROSE[2:])
    assert [item.text for item in items] == kept[3:6]


def test_headlines_with_sources_and_stamps() -> None:
    listed = []
    for number in range(5):
        listed += [f"A headline about something else, number {number}", "Evening Post", f"2024-09-1{number} 10:11:12"]
    kept, removed = run(*PROSE, *listed, capture=True)
    assert kept == PROSE
    assert set(removed.values()) == {"headline_list"}
    kept, removed = run(*PROSE, *[block(text, link_density=float("headline" in text)) for text in listed])
    assert kept == PROSE
    assert set(removed.values()) == {"headline_list"}


def test_a_heading_with_the_titles_words_inside_an_html_body_stays() -> None:
    heading = block("What is mesh WiFi?", Kind.HEADING, level=2)
    kept, _ = run(heading, PROSE[0], heading, *PROSE[1:], title="What is mesh WiFi?")
    assert kept == [PROSE[0], heading.text, *PROSE[1:]]


def test_verses_and_scores_are_no_stamps() -> None:
    rows = [
        "The first reading (Eph 5:17)",
        "The second reading (Acts 22:14)",
        "The third reading (Isa 30:21)",
        "A hymn (4:1)",
    ]
    kept, _ = run(*PROSE[:2], *rows, *PROSE[2:])
    assert kept == [*PROSE[:2], *rows, *PROSE[2:]]


@pytest.mark.parametrize(
    "rows",
    [
        [
            "09:00 男子团体第一阶段第一轮",
            "10:30 女子单打四分之一决赛",
            "14:00 混合双打半决赛",
            "19:30 男子单打决赛第一场",
        ],
        ["1. Daniel Kibet (KEN) 2:04:11", "2. Amos Serem (KEN) 2:04:50", "3. Tola Bekele (ETH) 2:05:02"],
    ],
)
@pytest.mark.parametrize("capture", [False, True])
def test_rows_of_a_programme_and_of_results_are_no_stamps(rows: list[str], capture: bool) -> None:
    """A clock time makes a line a stamp only where little stands beside it."""
    kept, _ = run(*PROSE[:2], *rows, *PROSE[2:], capture=capture)
    assert kept == [*PROSE[:2], *rows, *PROSE[2:]]


def test_a_clock_time_alone_is_a_stamp() -> None:
    kept, removed = run("Today, 10:45", *PROSE)
    assert kept == PROSE
    assert removed == {"Today, 10:45": "date_line"}


@pytest.mark.parametrize(
    "notices",
    [
        [
            "Disclaimer",
            "The views expressed here are those of the author. They are not ours.",
            "Nothing here is advice.",
        ],
        ["免责声明：", "本文不代表本站立场，且不构成投资建议，请谨慎对待。", "本站不对内容的准确性作任何承诺；"],
        ["© 2024 Example Ltd. All rights reserved."],
        ["（责任编辑：王五）", "转载请注明来源，未经授权不得转载。"],
        ["저작권자 ⓒ 강변일보 무단 전재 및 재배포 금지"],
        [
            "© 2022, ValleyNews.example. This article is the property of Valley News. Written permission must be obtained "
            "before it is printed again in online or print media. PRINTING IT WITHOUT PERMISSION OR PAYMENT IS THEFT."
        ],
        [
            "Copyright (c) 2019 by the author; this text may be read aloud to children, and to nobody else, in any country."
        ],
    ],
)
@pytest.mark.parametrize("capture", [False, True])
def test_notices_at_the_end(notices: list[str], capture: bool) -> None:
    kept, removed = run(*PROSE, *notices, capture=capture)
    assert kept == PROSE
    assert list(removed) == notices


@pytest.mark.parametrize(
    "appeal",
    [
        ["We need your help", "Help us continue to bring a poem a day to readers everywhere"],
        [
            "This story is funded by readers like you",
            "Our newsroom keeps its reports free of charge. Your monthly donations play a part in what we can do.",
        ],
        ["Unterstützen Sie uns!", "Schon fünf Euro im Monat helfen uns weiter"],
        ["Soutenez-nous", "Un média libre vit de ses lecteurs"],
        ["Поддержите нас", "Любая сумма поможет редакции"],
        ["支持我们", "您的每一份捐助都很重要"],
    ],
)
@pytest.mark.parametrize("capture", [False, True])
def test_an_appeal_for_money_at_the_end(appeal: list[str], capture: bool) -> None:
    head = block(appeal[0], Kind.HEADING, level=3)
    kept, removed = run(*PROSE, head, *appeal[1:], capture=capture)
    assert kept == PROSE
    assert removed == dict.fromkeys(appeal, "subscription")


def test_an_appeal_as_a_sub_heading_stays() -> None:
    head = block("We need your help", Kind.HEADING, level=3)
    kept, _ = run(*PROSE[:2], head, *PROSE[2:])
    assert kept == [*PROSE[:2], head.text, *PROSE[2:]]


def test_a_notice_as_the_subject_of_an_article() -> None:
    kept, _ = run(PROSE[0], block("Disclaimer", Kind.HEADING, level=2), *PROSE[1:])
    assert kept[-3:] == PROSE[1:]


def test_a_page_of_template_alone_is_left_to_the_verdict() -> None:
    kept, _ = run("Share to", "Advertisement", capture=True)
    assert kept == ["Share to", "Advertisement"]


def test_no_blocks() -> None:
    assert run() == ([], {})


DISGUISED = "Аdvеrtіѕе wіth thе most visited news site іn thе whole valley ~ Wе оffеr fullу flехіblе расkаgеѕ."
OFFER = "A word from our kitchen: every meal is cooked on the day. Get $10 off your first order with code: HELLOmeal."


@pytest.mark.parametrize("capture", [False, True])
def test_a_text_in_look_alike_letters_is_an_advert(capture: bool) -> None:
    kept, removed = run(*PROSE[:2], DISGUISED, *PROSE[2:], capture=capture)
    assert kept == PROSE
    assert removed == {DISGUISED: "advert"}


@pytest.mark.parametrize(
    "text",
    [
        "Die IT-компания hat ihren Namen nie übersetzt, und ihre Kunden schreiben ihn, wie sie wollen.",
        "Президент показал журналистам новый iPhone и сказал, что USB-кабель к нему не нужен, а Wi-Fi есть и в метро.",
        "The letters А and В of the Russian plates were read as Latin ones by the cameras of four cities.",
    ],
)
def test_two_alphabets_in_one_text_are_no_disguise(text: str) -> None:
    assert run(*PROSE[:2], text, *PROSE[2:])[1] == {}


@pytest.mark.parametrize("capture", [False, True])
@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        "Unser Partner schenkt Ihnen zum Abschied noch etwas, nämlich 20 % Rabatt mit dem Gutscheincode FREUDE20.",
        "Наш магазин дарит читателям скидку 15%: введите промокод ЧИТАТЕЛЬ или промокод READER15 при оплате заказа.",
        "本店为读者准备了一份小小的礼物，下单时输入优惠码 READER88 即可享受八折，也就是8折的优惠，欢迎前来选购。",
    ],
)
def test_an_offer_with_a_code_that_ends_the_page(offer: str, capture: bool) -> None:
    kept, removed = run(*PROSE, offer, capture=capture)
    assert kept == PROSE
    assert removed == {offer: "advert"}


def test_an_article_about_offers_keeps_them() -> None:
    offers = [
        OFFER,
        "The second shop gives 15% off on every first order with the code WINTER15, until the end of March.",
    ]
    assert run(*PROSE, *offers)[0] == [*PROSE, *offers]


def test_an_offer_inside_an_article_is_its_subject() -> None:
    assert run(PROSE[0], OFFER, *PROSE[1:])[1] == {}


def test_codes_and_cuts_of_other_kinds_stay() -> None:
    text = "The building code was rewritten in May, and the town now gives 20% off on the fee for a first permit."
    assert run(*PROSE, text)[1] == {}


def test_a_script_shown_as_text_is_dropped() -> None:
    script = "(function() { document.addEventListener('DOMContentLoaded', function() { var rating = JSON.parse('{}'); }) })();"
    kept, removed = run(*PROSE[:2], script, *PROSE[2:])
    assert kept == PROSE
    assert removed == {script: "script"}


def test_code_and_talk_of_code_stay() -> None:
    code = block("(function() { document.title = 'x'; })();", Kind.CODE)
    talk = "Wrap it in (function() { … })() and call document.querySelector() once, as the manual of the browser says."
    kept, _ = run(*PROSE[:2], code, talk, *PROSE[2:])
    assert kept == [*PROSE[:2], code.text, talk, *PROSE[2:]]


def test_a_link_behind_an_arrow_is_a_pointer() -> None:
    pointer = block(">> The vote on the swimming hall, hour by hour <<", link_density=0.9)
    kept, removed = run(*PROSE[:2], pointer, *PROSE[2:])
    assert kept == PROSE
    assert removed == {pointer.text: "related_links"}


@pytest.mark.parametrize(
    "item",
    [
        block("→ Bring a towel and a coin for the locker."),
        block("» Bring a towel and a coin for the locker.", Kind.LIST_ITEM, link_density=0.9),
        block("-> 3 degrees warmer than last year", link_density=0.9),
    ],
)
def test_steps_and_lists_behind_an_arrow_stay(item: Block) -> None:
    kept, _ = run(*PROSE[:2], item, *PROSE[2:])
    assert item.text in kept


CHINESE = [
    "市议会周一投票决定，尽管屋顶三处漏水，去年冬天暖气又坏了两次，游泳馆仍将再开放一年。维修费用将超过全镇所有学校的开支。",
    "游泳爱好者一周内征集了四千个签名。他们的发言人说，这次投票只是一个开始，协会接下来将寻找愿意承担瓷砖费用的捐助者。",
    "原本打算六月关闭游泳馆的镇长说，他学会了算账。他承诺在年底之前提交一份报告，开放时间保持不变。",
]


@pytest.mark.parametrize(
    "credit", ["（資料照）", "（资料图片）", "（取自鎮公所臉書）", "（記者王小明攝）", "(游泳協會提供)"]
)
def test_a_credited_sentence_above_the_text_is_a_caption(credit: str) -> None:
    caption = f"鎮公所下午公佈游泳館的維修計畫，鎮長與協會代表一同出席說明會。{credit}"
    kept, removed = run(caption, *CHINESE)
    assert kept == CHINESE
    assert removed == {caption: "caption"}


def test_a_credit_inside_the_text_drops_no_paragraph() -> None:
    last = f"{CHINESE[2][:-1]}（游泳协会提供）"
    assert run(*CHINESE[:2], last)[0] == [*CHINESE[:2], last]
    assert run(*CHINESE[:1], last)[0] == [*CHINESE[:1], last]


def test_posts_shown_in_an_article_leave_no_frame() -> None:
    frame = ["View this post on Instagram", "A post shared by The Hall (@thehall) on Jun 16, 2019 at 7:30am PDT"]
    kept, removed = run(*PROSE[:2], *frame, *PROSE[2:])
    assert kept == PROSE
    assert set(removed) == set(frame)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Dalsza część artykułu pod materiałem wideo", "advert"),
        ("Tekst gaat verder onder de video.", "advert"),
        ("Artikeln fortsätter under annonsen", "advert"),
        ("Juttu jatkuu mainoksen jälkeen", "advert"),
        ("La suite après cette publicité", "advert"),
        ("Članak se nastavlja nakon oglasa", "advert"),
        ("Lesen Sie nach der Anzeige weiter", "advert"),
        ("Der Text des Artikels wird Ihnen vorgelesen. Diese Funktion wird künstlich erzeugt.", "advert"),
        ("Нашли ошибку? Выделите текст и нажмите Ctrl+Enter", "advert"),
        ("点击阅读原文", "advert"),
        ("◎공감언론 강변통신 kim@river.example", "advert"),
        ("Síguenos en Google News", "subscription"),
        ("Подписывайтесь на наш Telegram-канал", "subscription"),
        ("Tilmeld dig vores nyhedsbrev", "subscription"),
        ("Iratkozzon fel hírlevelünkre!", "subscription"),
        ("Clique aqui para seguir o canal no WhatsApp", "subscription"),
        ("Follow us on WhatsApp, X and Facebook for the latest news.", "subscription"),
        ("Folgen Sie uns auf WhatsApp, um keine Nachricht zu verpassen.", "subscription"),
        ("Don’t miss a story — sign up for our free daily newsletter.", "subscription"),
        ("0:00 / 3:21", "navigation"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.HEADING])
def test_lines_that_speak_of_the_page_between_paragraphs(line: str, reason: str, kind: Kind) -> None:
    """Where the text goes on, calls to follow or subscribe, players: dropped as whole sentences too."""
    kept, removed = run(*PROSE[:2], block(line, kind), *PROSE[2:])
    assert kept == PROSE
    assert removed == {line: reason}


@pytest.mark.parametrize(
    "sentence",
    [
        "“Follow us on Facebook,” the poster said, and nobody did.",
        "The club asks its members to sign up for the spring course by Friday.",
        "Sign up for the course at the desk of the hall, or by letter.",
        "The text continues below the line with a list of names.",
        "Melden Sie sich bei Facebook an und öffnen Sie die Einstellungen.",
        "Entre no WhatsApp e toque em Configurações.",
        "Follow us down the stairs, the guide said, and mind the third step.",
        "Abonnierte Zeitungen kamen früher mit der Post.",
        "Lea: I never read the newsletter of the club.",
        "Segui questi passaggi per installare WhatsApp sul tuo telefono.",
        "They scored at 3:21 and at 5:40.",
        "12:30 / 14:00",
        "Artikeln fortsätter att vara omstridd, säger hon.",
        "Juttu jatkuu pitkään, sanoi hän.",
        "La suite après la publicité est une expression que l'on connaît.",
        "Bizi Facebook'ta takip edenler arttı, dedi.",
        "Ontvang je geen nieuwsbrief? Kijk dan in de map met spam.",
        "Подписывайтесь под петицией, сказал он соседям.",
    ],
)
def test_sentences_that_call_for_other_things_stay(sentence: str) -> None:
    kept, removed = run(*PROSE[:2], sentence, *PROSE[2:])
    assert kept == [*PROSE[:2], sentence, *PROSE[2:]]
    assert removed == {}


@pytest.mark.parametrize(
    "caption",
    [
        "Bonde no Centro de Santos — Foto: Vanessa Rodrigues/A Tribuna",
        "Tramwaj w centrum miasta (fot. Jan Kowalski)",
        "Spårvagn i Lund. Foto: Johan Nilsson/TT",
        "Le tramway dans le centre. © Radio France - Jean Martin",
        "Le tramway dans le centre. Photo AFP",
        "Il tram in centro (Foto Ansa)",
        "Die Tram in der Mitte (Foto: dpa)",
        "The tram in the centre (Photo: John Smith)",
        "Villamos a pályaudvarnál (Fotó: Nagy Zoltán)",
        "Трамвай в центре города. Фото: Иван Иванов",
        "Ratikka Tampereella. Kuva: Lehtikuva",
        "Tramvaj u centru / Foto: Pixsell",
        "KUVA: JUSSI MANSIKKA / YLE",
        "Снимка: БТА",
        "(Borítókép: Villamos Miskolcon. Fotó: Vajda János / MTI)",
        "© AFP",
        "11月18日，工人在码头作业。新华社记者 江汉 摄",
        "西郊调蓄湖。受访者供图",
        "图 | 视觉中国",
        "▲青铜器展厅内，孩子们正在听讲解。",
        "한빛반도체 평택 공장 전경. /사진=한빛반도체",
        "사진 제공=한빛반도체",
        "訓練に参加する住民（写真：共同通信）",
    ],
)
def test_a_line_that_ends_in_a_credit_is_a_caption(caption: str) -> None:
    """Where a page has no element for captions, the end of the line tells: whose the picture is."""
    kept, removed = run(*PROSE[:2], caption, *PROSE[2:])
    assert kept == PROSE
    assert removed == {caption: "caption"}


@pytest.mark.parametrize(
    "line",
    [
        "He showed her the photo: a tram on a bridge, in snow.",
        "What you see in the picture: nothing at all",
        "Das Bild: Ein Mann, ein Hund, ein Haus",
        "记者 江汉 摄影多年，从未见过这样的雪。",
        "이 사진은 한빛반도체가 제공한 것이다.",
        "The company, whose name ends in ©, was sold in May",
        "Siehe Abbildung 3 (Foto: siehe unten)",
        "Step 3 (image: the finished shelf)",
        "© is the sign of copyright",
    ],
)
def test_lines_about_pictures_stay(line: str) -> None:
    assert line in run(*PROSE[:2], line, *PROSE[2:])[0]


def test_a_page_of_pictures_keeps_their_captions() -> None:
    captions = [f"{text[:100]} (Photo: Jane Doe)" for text in PROSE]
    assert run("Ten pictures of the hall, and what is on them.", *captions)[0][1:] == captions


@pytest.mark.parametrize(
    "box",
    [
        [
            "Empfohlener redaktioneller Inhalt",
            "An dieser Stelle finden Sie einen externen Inhalt von Instagram, der den Artikel ergänzt. Sie können ihn sich "
            "mit einem Klick anzeigen lassen und wieder ausblenden.",
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können personenbezogene Daten "
            "an Drittplattformen übermittelt werden. Mehr dazu in unserer Datenschutzerklärung.",
        ],
        ["Mit Ihrer Zustimmung wird hier ein externer Inhalt geladen."],
        ["This content is hosted by a third party. To view it you must accept cookies."],
        [
            "Allow Twitter content?",
            "This article contains content provided by Twitter. We ask for your permission before anything is loaded, as "
            "they may be using cookies and other technologies. To view this content, click ‘Accept and continue’.",
        ],
    ],
)
def test_boxes_that_ask_before_they_load(box: list[str]) -> None:
    kept, removed = run(*PROSE[:2], *box, *PROSE[2:])
    assert kept == PROSE
    assert list(removed) == box


def test_an_article_about_such_boxes_stays() -> None:
    text = (
        "Third-party content may not be loaded without consent, the court said. Publishers must accept that readers "
        "turn it down, and many do, as a count of the last year shows."
    )
    assert run(*PROSE[:2], text, *PROSE[2:])[1] == {}


@pytest.mark.parametrize(
    "line",
    [
        "Leggi anche Quanto costeranno i biglietti l’anno prossimo",
        "Revivez le direct du vote à l’Assemblée avec vos questions.",
        "Download the report by the harbour office",
        "LEGGI ANCHE – Quanto costeranno i biglietti",
        "Читайте также Сколько будет стоить проезд",
        "Läs också Så mycket kostar biljetterna nästa år",
        "À LIRE AUSSI Combien coûteront les billets",
    ],
)
def test_a_link_behind_the_words_for_it_is_a_pointer(line: str) -> None:
    kept, removed = run(*PROSE[:2], block(line, link_density=0.8), *PROSE[2:])
    assert kept == PROSE
    assert removed == {line: "related_links"}
    assert line in run(*PROSE[:2], f"{line}.", *PROSE[2:])[0][2]


KOREAN = [
    "시의회는 월요일 지붕이 세 군데에서 새고 난방이 두 번 고장 났지만 수영장을 1년 더 열기로 의결했다.",
    "수영 애호가들은 일주일 만에 서명 4천 건을 모았다. 협회는 타일 비용을 낼 기부자를 찾겠다고 밝혔다.",
]


@pytest.mark.parametrize(
    "line", ["손지민 기자 sjm@river.example", "이승준 기자(lsj@river.example)", "lsj@river.example"]
)
def test_the_signature_under_a_korean_text(line: str) -> None:
    assert run(*KOREAN, line)[0] == KOREAN
    assert run(*PROSE, "desk@river.example")[0] == [*PROSE, "desk@river.example"]


def test_marks_before_the_items_of_a_list_are_no_captions() -> None:
    items = ["▲第一，屋顶必须在冬天之前修好。", "▲第二，暖气由协会出资更换。", "▲第三，周五开放桑拿。"]
    assert run(*PROSE[:2], *items, *PROSE[2:])[0] == [*PROSE[:2], *items, *PROSE[2:]]
    korean = "△지난해 매출은 100억원으로 늘었다."
    assert korean in run(*PROSE[:2], korean, *PROSE[2:])[0]


def test_a_box_for_a_newsletter_inside_the_text() -> None:
    box = [
        "Sign up to Down by the Water",
        "Free weekly newsletter",
        "The most important stories of the valley. Get all the week's news - the good, the bad and the essential",
        "Enter your email address",
    ]
    kept, removed = run(*PROSE[:2], block(box[0], Kind.HEADING), *box[1:], *PROSE[2:])
    assert kept == PROSE
    assert set(removed) == set(box)


def test_steps_that_ask_for_an_address_stay() -> None:
    steps = ["Open the page of the hall.", "Enter your email address and the day.", "Wait for the answer."]
    assert run(*PROSE[:2], *steps, *PROSE[2:])[0] == [*PROSE[:2], *steps, *PROSE[2:]]


@pytest.mark.parametrize("capture", [False, True])
def test_a_span_of_time_is_no_stamp(capture: bool) -> None:
    rows = ["9:50—10:10 休息", "10:10—11:30 报告", "3:30—4:00 闭幕式"]
    assert run(*PROSE[:2], *rows, *PROSE[2:], capture=capture)[0] == [*PROSE[:2], *rows, *PROSE[2:]]


@pytest.mark.parametrize("stamp", ["2 days ago at 07:52 am", "Updated at 1:23 p.m."])
def test_a_clock_time_beside_days_ago_is_a_stamp(stamp: str) -> None:
    assert run(stamp, *PROSE)[1] == {stamp: "date_line"}


@pytest.mark.parametrize(
    "notice",
    [
        "Article réservé aux abonnés",
        "Cet article est réservé aux abonnés.",
        "Il vous reste 70 % de cet article à lire.",
    ],
)
def test_what_locks_an_article_is_left_to_the_verdict(notice: str) -> None:
    kept, _ = run(*PROSE[:2], notice, *PROSE[2:])
    assert notice in kept


def test_no_phrase_for_a_line_of_the_page_is_one_that_locks_an_article() -> None:
    tables = [tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")) for name in ("strays", "verdict")]
    phrases = [phrase for form in tables[0]["service"].values() for phrase in form]
    assert not [phrase for phrase in phrases if any(lock in phrase for lock in tables[1]["paywall"])]


def test_a_figure_with_a_number_is_the_texts_and_other_captions_are_not() -> None:
    figure, photo = "Figure 4: The crew runs the pumps and the office the tides", "Photo: harbour office"
    kept, removed = run(*PROSE[:2], figure, photo, *PROSE[2:])
    assert kept == [*PROSE[:2], figure, *PROSE[2:]]
    assert removed == {photo: "caption"}


@pytest.mark.parametrize(
    "line", ["Top photo by Joan Bell", "Featured image by Al Riva/The Post", "Photos courtesy of the port"]
)
def test_whose_the_picture_on_top_is_goes(line: str) -> None:
    assert run(*PROSE, line)[1] == {line: "caption"}


def test_what_a_picture_on_top_is_in_a_manual_stays() -> None:
    heading, item = block("Featured image sizes", Kind.HEADING, level=3), block("Cover image and logo", Kind.LIST_ITEM)
    assert run(*PROSE[:2], heading, PROSE[2], item, *PROSE[3:])[1] == {}
