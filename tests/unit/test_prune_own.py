"""Lines that the lexicon knows and that are the article's: its sub-headings, lists, fields, questions and dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata, Stamp
from pipelines.pruning.prune import prune
from pipelines.pruning.signatures import speaks
from tests.pruned import block, run
from tests.words import PROSE

BODY = "main/article.post/div.text"
META = Metadata(
    title="Hall stays open",
    authors=("Helen Marsh",),
    site="The Northern Courier",
    published=Stamp(at=datetime(2024, 3, 12, 8, 30, tzinfo=UTC), raw="12 March 2024", precision="day"),
)


def item(text: str, **more: object) -> Block:
    return block(text, Kind.LIST_ITEM, path=f"{BODY}/ul/li", **more)


def para(text: str, **more: object) -> Block:
    return block(text, path=f"{BODY}/p", **more)


def over_prose(heads: list[str], kind: Kind, tag: str) -> list[Block]:
    """A sub-heading, by its id its own, over each paragraph."""
    level = 3 if kind is Kind.HEADING else 0
    return [
        part
        for head, text in zip(heads, PROSE, strict=False)
        for part in (block(head, kind, level=level, path=f"{BODY}/{tag}#{head}"), para(text))
    ]


def left(*blocks: Block | str) -> list[str]:
    """The texts that are left of a page with its author, site and day."""
    made = tuple(each if isinstance(each, Block) else para(each) for each in blocks)
    return [each.text for each in prune(Draft(url="u", meta=META, blocks=made), Config()).blocks]


@pytest.mark.parametrize(("kind", "tag"), [(Kind.HEADING, "h3"), (Kind.PARAGRAPH, "p")])
@pytest.mark.parametrize(
    "heads",
    [["Politics", "Business", "Health"], ["历史", "文化", "旅游"], ["Facebook", "WhatsApp", "Telegram"]],
)
def test_sub_headings_that_are_words_of_menus_stay_as_a_group(heads: list[str], kind: Kind, tag: str) -> None:
    blocks = over_prose(heads, kind, tag)
    assert left(para(PROSE[3]), *blocks) == [PROSE[3], *[each.text for each in blocks]]
    assert left(*blocks, para(PROSE[3])) == [*[each.text for each in blocks], PROSE[3]]


def test_one_word_of_a_share_bar_among_other_sub_headings_stays() -> None:
    blocks = over_prose(["4. Deel", "5. Rippling", "6. Harbourside"], Kind.HEADING, "h3")
    assert left(para(PROSE[3]), *blocks)[1] == "4. Deel"


@pytest.mark.parametrize(
    "line",
    [
        [para("Share")],
        [block("Share", Kind.HEADING, level=3, path=f"{BODY}/h3")],
        [para("Facebook"), para("Twitter"), para("WhatsApp")],
        [item("Facebook"), item("Twitter"), item("E-mail")],
        [item("Home"), item("News"), item("Politics")],
        [para("Politics", link_density=1.0)],
        [para("Advertisement")],
    ],
)
def test_a_word_of_a_menu_alone_or_beside_others_goes(line: list[Block]) -> None:
    assert left(*PROSE[:2], *line, *PROSE[2:]) == PROSE


def test_buttons_that_come_again_and_again_are_no_sub_headings() -> None:
    lines = [para("Close"), para(PROSE[0]), para("Menu"), para(PROSE[1]), para("Close"), para(PROSE[2])]
    assert left(
        para(PROSE[3]), *lines, para("Menu"), para("Swim in June. It is warm, and nobody is there to see it.")
    ) == [
        PROSE[3],
        *PROSE[:3],
        "Swim in June. It is warm, and nobody is there to see it.",
    ]


def test_a_section_above_the_text_is_no_sub_heading_for_two_others() -> None:
    blocks = over_prose(["What the council said", "Who pays", "Sport"], Kind.PARAGRAPH, "p")
    assert left(para("Politics"), *blocks)[0] == "What the council said"


def test_words_of_menus_in_a_list_of_the_text_stay() -> None:
    words = [item(text) for text in ("Health", "Education", "Roads and bridges", "Culture")]
    texts = [each.text for each in words]
    assert left(*PROSE[:2], "More money goes to:", *words, *PROSE[2:])[3:7] == texts
    assert left(*PROSE, "More money goes to:", *words)[-4:] == texts
    mixed = [item(text) for text in ("Swimming halls", "Health", "Roads and bridges")]
    assert left(*PROSE[:2], *mixed, *PROSE[2:])[2:5] == [each.text for each in mixed]


RECOMMENDED = [item(text) for text in ("Repair the five roofs", "Move the ferry terminal", "Publish all contracts")]


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.PARAGRAPH])
@pytest.mark.parametrize("word", ["Recommendations", "Highlights", "Discussion", "Responses", "Further reading"])
def test_a_plain_list_below_a_word_for_lists_of_links_stays(word: str, kind: Kind) -> None:
    listed = [block(word, kind, level=2 if kind is Kind.HEADING else 0, path=f"{BODY}/h2"), *RECOMMENDED]
    texts = [each.text for each in listed]
    assert left(*PROSE[:2], *listed, *PROSE[2:])[2:6] == texts
    assert left(*PROSE, *listed)[-4:] == texts


def test_a_list_of_links_in_a_named_box_or_of_a_capture_goes() -> None:
    head = block("Recommendations", Kind.HEADING, level=2)
    linked = [item(each.text, link_density=1.0) for each in RECOMMENDED]
    named = [block(each.text, Kind.LIST_ITEM, path="main/ul.related-stories/li") for each in RECOMMENDED]
    assert left(*PROSE, head, *linked) == PROSE
    assert left(*PROSE, head, *named) == PROSE
    assert run(*PROSE, head, *RECOMMENDED, capture=True)[0] == PROSE


@pytest.mark.parametrize(
    "word", ["Related articles", "Most read", "You may also like", "相关阅读", "热门推荐", "관련기사"]
)
def test_a_plain_list_below_words_for_other_pages_alone_goes(word: str) -> None:
    for kind, level in ((Kind.HEADING, 2), (Kind.PARAGRAPH, 0)):
        listed = [block(word, kind, level=level, path=f"{BODY}/h2"), *RECOMMENDED]
        assert left(*PROSE, *listed) == PROSE
    heads = [block(word, Kind.HEADING, level=2), block("Sauna prices to rise", Kind.HEADING, level=3)]
    assert word not in left(*PROSE[:3], *heads, PROSE[3])


def test_labels_of_bars_and_forms_are_no_items_and_no_sub_headings() -> None:
    items = [item(text) for text in ("Swimming halls", "Follow us:", "E-mail: *", "Roads and bridges")]
    assert left(*PROSE[:2], *items, *PROSE[2:])[2:4] == ["Swimming halls", "Roads and bridges"]
    blocks = over_prose(["What it costs", "Share this:", "Who pays"], Kind.HEADING, "h3")
    assert "Share this:" not in left(para(PROSE[3]), *blocks)


def test_a_bar_that_a_line_of_its_own_announces_goes() -> None:
    bar = [item("Facebook"), item("Instagram")]
    named = [block(each.text, Kind.LIST_ITEM, path="main/ul.share-bar/li") for each in bar]
    assert "Facebook" not in left(*PROSE, "Follow the Courier on:", *bar)
    assert "Facebook" not in left(*PROSE[:2], "Tell your friends:", *named, *PROSE[2:])
    assert "Facebook" in left(*PROSE[:2], "These did not work on Tuesday:", *bar, *PROSE[2:])


def test_sub_headings_below_a_word_for_lists_of_links_stay() -> None:
    parts = [block("Recommendations", Kind.HEADING, level=2), block("For the council", Kind.HEADING, level=3)]
    assert left(*PROSE[:3], *parts, PROSE[3]) == [*PROSE[:3], *[each.text for each in parts], PROSE[3]]
    parts[1] = block("Sauna prices to rise", Kind.HEADING, level=3, link_density=1.0)
    assert parts[1].text not in left(*PROSE, *parts, "Prices rise in spring.")


FIELDS = ["Date: 12 April 2024", "Time: 7.30pm", "Venue: Town Hall", "Author: Margit Olsen", "Source: local oak"]


@pytest.mark.parametrize("make", [item, para])
def test_the_fields_of_an_announcement_in_the_text_stay(make) -> None:  # type: ignore[no-untyped-def]
    assert left(*PROSE[:2], *map(make, FIELDS), *PROSE[2:])[2:7] == FIELDS


@pytest.mark.parametrize(
    "lines",
    [
        ["Author: Helen Marsh", "Venue: Town Hall"],
        ["Venue: Town Hall", "Source: The Northern Courier"],
        ["Venue: Town Hall", "Date: 12 March 2024"],
        ["Author: Margit Olsen", "Source: local oak"],
        ["来源：江南日报", "作者：李文静"],
        ["Source: local oak"],
    ],
)
def test_labelled_lines_of_the_page_go(lines: list[str]) -> None:
    assert left(*PROSE[:2], *lines, *PROSE[2:]) == [
        *PROSE[:2],
        *[each for each in lines if "Venue" in each],
        *PROSE[2:],
    ]


@pytest.mark.parametrize("label", ["记者", "编辑"])
@pytest.mark.parametrize("capture", [False, True])
def test_the_short_questions_of_an_interview_stay(label: str, capture: bool) -> None:
    asked = [f"{label}：为什么？", f"{label}：后悔过吗？", f"{label}：谢谢您。"]
    told = "陈桂芳：这笔钱不如用在轮渡码头上，那里每年接待八十万名旅客，却只有一部电梯能够正常使用。"
    lines = [line for each in asked for line in (each, f"{told}{each[3]}")]
    assert run(*lines, capture=capture)[0] == lines


def test_what_an_editor_asks_is_said_by_him() -> None:
    asked = "Editor: Why did you come back to the quay after all those years?"
    assert left(PROSE[0], asked, *PROSE[1:]) == [PROSE[0], asked, *PROSE[1:]]
    assert not speaks("记者：？？") and not speaks("记者：李文静。")
    assert left(*PROSE[:2], "（编辑：王五）", *PROSE[2:]) == PROSE


@pytest.mark.parametrize(
    "lines",
    [
        ["Autor: Juan Pérez", "Lectura: 4 min"],
        ["Kategorie: Politik", "Aufrufe: 1.234"],
        ["Category: Business", "Permalink: https://courier.example/a"],
    ],
)
def test_counts_and_addresses_beside_a_label_of_the_page_make_no_announcement(lines: list[str]) -> None:
    assert lines[0] not in left(*PROSE[:2], *lines, *PROSE[2:])


@pytest.mark.parametrize("line", ["编辑：你怎么看？", "编辑：李明 你怎么看？欢迎留言！", "Redaktion: Was meinen Sie?"])
def test_what_an_editor_asks_the_readers_below_the_text_goes(line: str) -> None:
    assert left(*PROSE, line) == PROSE
