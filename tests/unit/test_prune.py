"""Prune by form, on HTML blocks and on lines of captures."""

from __future__ import annotations

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.prune import prune

PROSE = [
    "The council voted on Monday to keep the swimming hall open for another year, although the roof leaks in three places "
    "and the heating failed twice last winter. A repair would cost more than the town spends on all its schools.",
    "Swimmers had collected four thousand signatures in a week. Their speaker said that the vote was a beginning, and that "
    "the association would now look for donors who could pay for the tiles.",
    "The mayor, who had first wanted to close the hall in June, said that he had learned to count. He promised a report "
    "before the end of the year.",
    "Opening hours stay as they are. Children under six swim free of charge, and the sauna is open on Fridays only.",
]


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
