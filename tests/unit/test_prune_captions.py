"""Captions and credits of pictures among the paragraphs go; lines about pictures stay."""

from __future__ import annotations

import pytest

from pipelines.model import Kind
from tests.pruned import block, run
from tests.words import PROSE

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


def test_marks_before_the_items_of_a_list_are_no_captions() -> None:
    items = ["▲第一，屋顶必须在冬天之前修好。", "▲第二，暖气由协会出资更换。", "▲第三，周五开放桑拿。"]
    assert run(*PROSE[:2], *items, *PROSE[2:])[0] == [*PROSE[:2], *items, *PROSE[2:]]
    korean = "△지난해 매출은 100억원으로 늘었다."
    assert korean in run(*PROSE[:2], korean, *PROSE[2:])[0]


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
