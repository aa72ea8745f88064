"""Prune by form, on HTML blocks and on lines of captures."""

from __future__ import annotations

import pytest

from pipelines.model import Block, Kind
from tests.pruned import block, run
from tests.words import PROSE


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


@pytest.mark.parametrize("capture", [False, True])
def test_a_span_of_time_is_no_stamp(capture: bool) -> None:
    rows = ["9:50—10:10 休息", "10:10—11:30 报告", "3:30—4:00 闭幕式"]
    assert run(*PROSE[:2], *rows, *PROSE[2:], capture=capture)[0] == [*PROSE[:2], *rows, *PROSE[2:]]


@pytest.mark.parametrize("stamp", ["2 days ago at 07:52 am", "Updated at 1:23 p.m."])
def test_a_clock_time_beside_days_ago_is_a_stamp(stamp: str) -> None:
    assert run(stamp, *PROSE)[1] == {stamp: "date_line"}
