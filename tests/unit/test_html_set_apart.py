"""A line below a picture that is set as no other line of the page is its caption; so is one that its element names."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract

PROSE = (
    "<p style='text-indent:2em'>第{}天，镇上的{}位居民来到会议厅，谁也不愿意它在冬天关门，大家在会上说了很久，"
    "一直说到天黑才各自回家。</p>"
)
IMAGE = "<img src='/i/hall.jpg'>"
LINE = "会议厅的老照片"
TOLD = "居民在会议厅门口排队等候。"


def body(inside: str, *, prose: str = PROSE) -> str:
    text = [prose.format(day, day + 3) for day in range(8)]
    page = (
        "<html><head><title>会议厅不关门</title></head><body><nav><a href='/'>首页</a></nav><div class='article'>"
        f"<h1>会议厅不关门</h1>{''.join(text[:4])}{inside}{''.join(text[4:])}</div></body></html>"
    )
    draft = extract(page, url="https://a.org/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    assert sum("位居民来到" in block.text for block in draft.blocks) == 8
    return "\n".join(block.text for block in draft.blocks)


@pytest.mark.parametrize(
    "line",
    [
        f"<p align='center'>{IMAGE}</p><p align='center'>{LINE}</p>",
        f"<p align='center'>{IMAGE}</p><p>&nbsp;</p><p style='text-align: center;'><span>{TOLD}</span></p>",
        f"<center>{IMAGE}</center><p><font style='font-size: 9pt'>{TOLD}</font></p>",
        f"<p>{IMAGE}</p><p><span style='color:#999999;'>{LINE}</span></p>",
        f"<p>{IMAGE}</p><p class='text-center'>{LINE}</p>",
        f"<div>{IMAGE}</div><div><p><em>{LINE}</em></p></div>",
        f"<p align='center'>{IMAGE}</p><p class='text image_desc'>（{LINE}）</p>",
        f"<p align='center'>{IMAGE}</p><p class='text pic-caption'>{TOLD}</p>",
    ],
)
def test_a_line_set_apart_below_a_picture_is_a_caption(line: str) -> None:
    kept = body(line)
    assert LINE not in kept
    assert TOLD not in kept


@pytest.mark.parametrize(
    "inside",
    [
        f"<p align='center'>{IMAGE}</p><p align='center'><b>{LINE}</b></p>",
        f"<p align='center'>{IMAGE}</p><p>{LINE}</p>",
        f"<p align='center'>{LINE}</p>",
        f"<p align='center'>{IMAGE}</p><p align='center'>{LINE}</p>"
        + "<p>会上还有人提到，这座会议厅是镇上的老人们自己盖起来的，一砖一瓦都有来历。</p>"
        + "<p align='center'>又过了一年</p>",
        f"<p align='center'>{IMAGE}</p><p align='center'>{LINE}：</p>",
    ],
    ids=["in bold", "as the text", "no picture", "as other lines", "a colon"],
)
def test_other_lines_below_a_picture_stay(inside: str) -> None:
    assert LINE in body(inside)


def test_lines_in_bold_are_captions_where_picture_follows_picture() -> None:
    pair = f"<p align='center'>{IMAGE}</p><p align='center'><b>{{}}</b></p>"
    lines = ["居民在会议厅前", "会议厅的舞台", "会议厅的窗户"]
    assert not set(lines) & set(body("".join(map(pair.format, lines))).splitlines())
    between = "<p>大家在会上说了很久，有人说起自己小时候在这里看过的戏，有人说起冬天里的火炉。第{}次。</p>"
    apart = "".join(pair.format(line) + between.format(line) for line in lines)
    assert set(lines) <= set(body(apart).splitlines())


def test_a_text_in_the_middle_keeps_its_lines() -> None:
    inside = f"<p style='text-align:center'>{IMAGE}</p><p style='text-align:center'>{LINE}</p>"
    assert LINE in body(inside, prose=PROSE.replace("text-indent:2em", "text-align:center"))


def test_pictures_with_captions_that_are_the_article_keep_them() -> None:
    telling = "这张照片是镇上的老人留下来的，照片里的人后来都离开了这里，只有这座会议厅还在原来的地方。"
    pictures = "".join(f"<p align='center'>{IMAGE}</p><p align='center'>第{i}张，{telling}</p>" for i in range(14))
    assert "第7张" in body(pictures)


NAMES = ["老会议厅。", "镇上的居民。", "会议厅的大门。"]


def _with_names(names: list[str], more: str = "") -> str:
    long = "<p>大家在会上说了很久，有人说起自己小时候在这里看过的戏，有人说起冬天里的火炉，一直说到天黑才回家。{}</p>"
    return "".join(f"<p>{IMAGE}</p><p>{name}</p>{long.format(name)}" for name in names) + more


def test_names_with_a_full_stop_below_pictures_are_captions() -> None:
    kept = body(_with_names(NAMES)).splitlines()
    assert not set(NAMES) & set(kept)


@pytest.mark.parametrize(
    ("names", "more"), [(NAMES[:2], ""), (NAMES, "<p>天黑了。</p>")], ids=["too few", "a short sentence elsewhere"]
)
def test_short_sentences_of_a_text_stay(names: list[str], more: str) -> None:
    assert set(names) <= set(body(_with_names(names, more)).splitlines())


def test_what_stands_around_the_text_may_be_as_small_and_grey() -> None:
    grey = "<p style='text-align:center'><span style='font-size:12px;color:#888'>{}</span></p>"
    text = "".join(PROSE.format(day, day + 3) for day in range(8))
    inside = f"<p>{IMAGE}</p>{grey.format(LINE)}"
    page = (
        "<html><head><title>会议厅不关门</title></head><body><div id='js_content'>"
        f"{grey.format('一起来看看会议厅里的事')}{text}{inside}{text.replace('第', '又过了第')}"
        f"{grey.format('晨光工作室出品')}</div></body></html>"
    )
    draft = extract(page, url="https://a.org/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    assert sum("位居民来到" in block.text for block in draft.blocks) == 16
    assert LINE not in [block.text for block in draft.blocks]


def test_a_caption_inside_the_run_of_a_text_is_none_of_it() -> None:
    told = "第{}天，镇上的居民来到会议厅，谁也不愿意它在冬天关门，大家在会上说了很久，一直说到天黑才各自回家。<br><br>"
    picture = f"<span class='photo'>{IMAGE}<em class='img_desc'>{LINE}</em></span><br><br>"
    text = "".join(told.format(day) + (picture if day in (0, 3) else "") for day in range(7))
    page = f"<html><head><title>会议厅不关门</title></head><body><article id='dic_area'>{picture}{text}</article></body></html>"
    draft = extract(page, url="https://a.org/1", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    assert [block.text[:3] for block in draft.blocks] == [f"第{day}天" for day in range(7)]
    assert any(LINE in each.text and each.reason == "caption" for each in draft.removed)
