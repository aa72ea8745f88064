"""The block model: what counts as one block, by form of markup."""

import pytest

from pipelines.html.blocks import Page, path_of
from pipelines.html.parse import parse
from pipelines.html.votes.words import GROUPS, named
from pipelines.html.walk import Walker
from pipelines.model import Kind


def walk(body: str) -> Page:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return Walker().walk(root)


def texts(body: str) -> list[str]:
    return [leaf.text for leaf in walk(body).leaves]


def test_inline_elements_stay_in_one_block_with_single_spaces():
    assert texts("<p>One <b>bold</b>\n  and <a href='/x'>linked</a> line.</p>") == ["One bold and linked line."]


def test_two_line_breaks_separate_paragraphs():
    assert texts("<div>First paragraph here<br><br>second paragraph here</div>") == [
        "First paragraph here",
        "second paragraph here",
    ]


def test_a_line_break_and_ideographic_indent_begins_a_paragraph():
    assert texts("<td>　　第一段没有句号<br>　　第二段也没有句号</td>") == ["第一段没有句号", "第二段也没有句号"]


def test_a_numbered_chinese_line_begins_a_paragraph():
    lines = ["一、基本情况", "(一)时间地点", "(二)参加人员", "①甲方", "第三条 费用", "二、其他"]
    assert texts(f"<div>{'<br>'.join(lines)}</div>") == lines
    assert texts("<div>第三方机构<br>负责一项调查</div>") == ["第三方机构负责一项调查"]


def test_hard_wrapped_chinese_lines_are_joined_without_a_space():
    assert texts("<div>这一行被硬性<br>断开了的句子。</div>") == ["这一行被硬性断开了的句子。"]


def test_hard_wrapped_latin_lines_are_joined_with_a_space():
    assert texts("<div>a line that was<br>broken by hand</div>") == ["a line that was broken by hand"]


def test_a_single_break_after_a_finished_sentence_begins_a_paragraph():
    assert texts("<div>It ends here.<br>Another begins.</div>") == ["It ends here.", "Another begins."]


def test_cells_of_a_layout_table_stay_blocks_of_their_own():
    long = "Running text of a layout cell that goes on. " * 12
    found = texts(f"<table><tr><td>Menu</td><td><p>{long}</p><p>{long}</p></td></tr></table>")
    assert found[0] == "Menu" and len(found) == 3


def test_several_paragraphs_in_the_only_cell_of_a_row_are_no_table_row():
    for tag in ("p", "div"):
        cell = f"<{tag}>小镇议会周二晚间开会。</{tag}><{tag}>会议没有作出决定。</{tag}>"
        leaves = walk(f"<table width=100%><tr><td>{cell}</td></tr></table>").leaves
        assert [leaf.text for leaf in leaves] == ["小镇议会周二晚间开会。", "会议没有作出决定。"]
        assert all(leaf.kind is Kind.PARAGRAPH for leaf in leaves)


def test_a_row_that_holds_the_rows_of_other_tables_is_no_table_row():
    links = "".join(f"<tr><td><a href='/{n}'>Headline {n}</a></td></tr>" for n in range(5))
    text = "<tr><td><p>The council met.</p><p>It said that work had begun.</p></td></tr>"
    page = walk(f"<table><tr><td><table>{links}</table></td><td><table>{text}</table></td></tr></table>")
    assert {leaf.kind for leaf in page.leaves} == {Kind.PARAGRAPH}
    assert len(page.leaves) == 7


def test_a_cell_may_wrap_its_text_in_several_elements():
    def cell(text: str) -> str:
        return f"<td><section><section><p><span>{text}</span></p></section></section></td>"

    page = walk(f"<table><tbody><tr>{cell('Year')}{cell('Sales')}</tr></tbody></table>")
    assert [(leaf.kind, leaf.text) for leaf in page.leaves] == [(Kind.TABLE_ROW, "Year | Sales")]


def test_a_row_of_short_cells_is_one_table_row():
    leaves = walk("<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2023</td><td>12</td></tr></table>").leaves
    assert [(leaf.kind, leaf.text) for leaf in leaves] == [
        (Kind.TABLE_ROW, "Year | Sales"),
        (Kind.TABLE_ROW, "2023 | 12"),
    ]


def test_kinds_and_levels_follow_the_markup():
    leaves = walk(
        "<h2>Head</h2><ul><li>Item</li></ul><blockquote><p>Said</p></blockquote><pre>a\n  b</pre><p>Text</p>"
    ).leaves
    assert [(leaf.kind, leaf.level) for leaf in leaves] == [
        (Kind.HEADING, 2),
        (Kind.LIST_ITEM, 0),
        (Kind.QUOTE, 0),
        (Kind.CODE, 0),
        (Kind.PARAGRAPH, 0),
    ]
    assert leaves[3].text == "a\n  b"


def test_the_numbered_lines_of_a_listing_are_code():
    page = walk("<pre><code><ol><li>import json</li><li>print(json)</li></ol></code></pre><ol><li>point</li></ol>")
    assert [leaf.kind for leaf in page.leaves] == [Kind.CODE, Kind.CODE, Kind.LIST_ITEM]


def test_scripts_styles_and_choices_are_no_text():
    assert texts("<script>var a</script><style>p{}</style><select><option>One</select><p>Seen</p>") == ["Seen"]


def test_text_of_a_body_that_the_parser_puts_into_head_is_found():
    assert texts("") == []
    root = parse("<script>1</script><sohu:include><table><tr><td><p>正文在这里。</p></td></tr></table></sohu:include>")
    assert root is not None
    assert [leaf.text for leaf in Walker().walk(root).leaves] == ["正文在这里。"]


def test_links_count_by_their_characters_also_when_they_wrap_blocks():
    leaves = walk("<a href='/a'><div>Whole card</div></a><p>Half <a href='/b'>half</a></p>").leaves
    assert leaves[0].link_chars == 10 and leaves[1].link_chars == 4


def test_invisible_characters_are_dropped():
    assert texts("<p>so\u00adft\u200b hy\ufeffphen</p>") == ["soft hyphen"]


def test_the_non_joiner_of_a_persian_word_is_no_invisible_character():
    assert texts("<p>\u200cشهردار گفت می\u200cخواهم بمانم.\u200c</p>") == ["شهردار گفت می\u200cخواهم بمانم."]


def test_word_groups_come_from_names_roles_and_styles():
    page = walk(
        "<div class='relatedPosts'><p>a</p></div><div role='navigation'><p>b</p></div>"
        "<div style='display: none'><p>c</p></div><div itemprop='articleBody'><p>d</p></div>"
    )
    boxes = [page.containers[page.containers[leaf.container].parent] for leaf in page.leaves]
    for box, group in zip(boxes, ("related", "t_nav", "s_hidden", "s_body"), strict=True):
        assert box.own & GROUPS[group]


@pytest.mark.parametrize(
    "name",
    [
        "list-disc pl-5",
        "md:pl-[12px]",
        "border-l-4 pl-4",
        "baidu_pl",
        "comments-open",
        "no-comments",
        "comment_feature",
    ],
)
def test_a_distance_from_the_left_and_a_state_are_no_comment(name: str):
    page = walk(f"<ul class='{name}'><li>point</li></ul>")
    assert not page.containers[-2].own & GROUPS["comment"]


def test_the_whole_page_is_no_comment():
    root = parse("<html><body class='post comment-page'><p>x</p></body></html>")
    assert root is not None
    assert not any(container.own & GROUPS["comment"] for container in Walker().walk(root).containers)


def test_the_chinese_word_for_comments_in_short_is_one():
    assert all(walk(f"<div id='{name}'>x</div>").containers[-1].own & GROUPS["comment"] for name in ("pl", "pl-box"))


def test_path_names_tags_classes_and_ids():
    page = walk("<article class='post wide'><div id='content'><p>Text</p></div></article>")
    assert path_of(page.containers, page.leaves[0].container) == "article.post.wide/div#content/p"


def test_cmp_in_front_of_a_name_is_a_component_and_no_consent() -> None:
    assert not named("cmp-text") & GROUPS["consent"]
    assert named("cookie-banner") & GROUPS["consent"]
