"""What stands in a list element: the text of an item that an editor wraps in a section, a column that is no item."""

import pytest

from pipelines.html.lines import starts_paragraph
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.model import Kind

LONG = "第{}天，镇上的居民来到会议厅，谁也不愿意它在冬天关门，大家在会上说了很久，一直到天黑才回家，第二天又来了。"


def kinds(body: str) -> dict[str, Kind]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return {leaf.text: leaf.kind for leaf in Walker().walk(root).leaves}


def test_the_text_of_an_item_in_a_section_is_an_item() -> None:
    found = kinds(
        "<section><p>三件事：</p><ol><li><section>把门打开</section></li></ol><section>说完了</section></section>"
    )
    assert found["把门打开"] is Kind.LIST_ITEM
    assert found["说完了"] is Kind.PARAGRAPH


def test_a_quotation_in_sections_is_one() -> None:
    found = kinds("<blockquote><section><section>门一直开着</section></section></blockquote><section>说完了</section>")
    assert found["门一直开着"] is Kind.QUOTE
    assert found["说完了"] is Kind.PARAGRAPH


def test_a_line_behind_a_mark_begins_a_paragraph() -> None:
    assert starts_paragraph("▶ 아침신문 구독하기", "▶ 제보는 카카오톡")
    assert starts_paragraph("수문 두 곳을 고쳤고", "▲관로 연결")
    assert not starts_paragraph("별점은 다섯 개", "가운데 ★★★☆☆")


def test_a_column_in_a_list_element_is_no_item() -> None:
    text = "".join(f"<p>{LONG.format(day)}</p>" for day in range(5))
    found = kinds(f"<ul><li class='left'><div>{text}<ul><li><p>一件小事</p></li></ul></div></li><li>右边</li></ul>")
    assert {found[LONG.format(day)] for day in range(5)} == {Kind.PARAGRAPH}
    assert found["一件小事"] is found["右边"] is Kind.LIST_ITEM


def test_items_of_a_paragraph_or_two_stay_items() -> None:
    found = kinds("<ol>" + "".join(f"<li><p>{LONG.format(day)}</p><p>短。</p></li>" for day in range(9)) + "</ol>")
    assert set(found.values()) == {Kind.LIST_ITEM}


@pytest.mark.parametrize("caption", ["资料图", "▲晨光日报全媒体记者王小明摄", "居民在会议厅门口。晨光社记者 王小明 摄"])
def test_the_line_after_a_caption_begins_a_paragraph(caption: str) -> None:
    assert starts_paragraph(caption, "目前会议厅的门还开着")
    assert not starts_paragraph("目前会议厅的门", "还开着")
