"""Running text in <pre> becomes paragraphs, which are translated; code, logs and settings stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.model import Kind

LETTER = """
    The council has approved the new bridge over the river, three years
    after the old one was closed to lorries.  Work begins in the spring.

    "We have waited long for this day," said the mayor. The old bridge
    stays open to cyclists.
"""
CHINESE = """
　　新建的跨江大桥于22日正式通车。大桥全长三公里,双向六车道,设计时速八十
公里。
　　有关负责人表示,大桥的建成将使两岸的车程由一小时缩短为十分钟,对促进区域
经济发展具有重要意义。
"""
PROGRAM = """
def cross(bridge):
    # The mayor has the right of way. Others wait here.
    if bridge.is_open():
        return bridge.lanes["north"][0]
    raise Closed("The bridge is closed. Take the ferry.")
"""
LOG = """
2026-01-22 10:08:11 INFO  bridge.server   Started. Listening on port 8080.
2026-01-22 10:08:12 WARN  bridge.server   Lane 3 is closed.
2026-01-22 10:08:15 INFO  bridge.server   Stopped.
"""
SETTINGS = "; The bridge opens at six. It closes at ten.\n[bridge]\nopen = 6\nclose = 22\nlanes = north;south\n"


def blocks(html: str) -> list[tuple[Kind, str]]:
    root = parse(f"<html><body>{html}</body></html>")
    assert root is not None
    return [(leaf.kind, leaf.text) for leaf in Walker().walk(root).leaves]


def test_hard_wrapped_paragraphs_in_pre_are_joined() -> None:
    assert blocks(f"<pre>{LETTER}</pre>") == [
        (
            Kind.PARAGRAPH,
            "The council has approved the new bridge over the river, three years after the old one was closed to "
            "lorries. Work begins in the spring.",
        ),
        (Kind.PARAGRAPH, '"We have waited long for this day," said the mayor. The old bridge stays open to cyclists.'),
    ]


def test_chinese_paragraphs_in_pre_begin_with_an_indent() -> None:
    assert blocks(f"<pre>{CHINESE}</pre>") == [
        (Kind.PARAGRAPH, "新建的跨江大桥于22日正式通车。大桥全长三公里,双向六车道,设计时速八十公里。"),
        (
            Kind.PARAGRAPH,
            "有关负责人表示,大桥的建成将使两岸的车程由一小时缩短为十分钟,对促进区域经济发展具有重要意义。",
        ),
    ]


@pytest.mark.parametrize("code", [PROGRAM, LOG, SETTINGS, "sudo apt install bridge && bridge --open. Then wait."])
def test_code_in_pre_stays_as_it_is(code: str) -> None:
    assert blocks(f"<pre>{code}</pre>") == [(Kind.CODE, code.strip("\n").rstrip())]


@pytest.mark.parametrize(
    "html", [f"<pre><code>{LETTER}</code></pre>", f'<div class="highlight"><pre>{LETTER}</pre></div>']
)
def test_what_the_page_calls_code_is_code(html: str) -> None:
    assert [kind for kind, _ in blocks(html)] == [Kind.CODE]


def test_code_between_paragraphs_in_one_pre_stays_code() -> None:
    command = "    bridge --open \\\n        --lane=north"
    found = blocks(f"<pre>{LETTER}\n{command}\n\n{LETTER}</pre>")
    assert [kind for kind, _ in found] == [Kind.PARAGRAPH] * 2 + [Kind.CODE] + [Kind.PARAGRAPH] * 2
    assert found[2][1] == command


def test_a_heading_between_paragraphs_in_pre_is_no_code() -> None:
    assert (Kind.PARAGRAPH, "1. The old bridge") in blocks(f"<pre>{LETTER}\n1. The old bridge\n{LETTER}</pre>")


def test_the_verse_block_of_wordpress_keeps_its_lines() -> None:
    poem = "Over the river and far away\n  the bridge is down\n\nand nobody\n  comes home"
    assert blocks(f'<pre class="wp-block-verse">{poem}</pre>') == [
        (Kind.PARAGRAPH, "Over the river and far away\nthe bridge is down"),
        (Kind.PARAGRAPH, "and nobody\ncomes home"),
    ]


def test_links_and_images_of_a_pre_count_once() -> None:
    root = parse(f'<html><body><pre><a href="/x">Link</a>{LETTER}</pre></body></html>')
    assert root is not None
    leaves = Walker().walk(root).leaves
    assert [leaf.links for leaf in leaves] == [1, 0, 0]


BLANKS = st.sampled_from([" ", "    ", "\n", "\n\n", "\t", "\u3000", "\xa0", "<br>", "<br><br>", "<b> </b>"])
SAID = st.sampled_from(
    [
        "The council has approved the new bridge over the river, three years late.",
        "新桥于今天通车。" * 4,
        "and",
        "x = 1",
    ]
)


@given(st.lists(st.one_of(BLANKS, SAID), min_size=1, max_size=14), st.sampled_from(["", " class='verse'"]))
def test_no_block_is_empty_wherever_blanks_and_breaks_stand(parts: list[str], names: str) -> None:
    root = parse(f"<html><body><pre{names}>{''.join(parts)}</pre><p>Below.</p></body></html>")
    assert root is not None
    assert all(leaf.text and not leaf.text.isspace() for leaf in Walker().walk(root).leaves)


def test_a_line_of_blanks_behind_a_break_is_no_paragraph() -> None:
    line = "The council has approved the new bridge over the river, three years after the old one was closed."
    found = blocks(f"<pre><br>    \n{line}<br><br>    \n{line} It opens in May.<br>    \n</pre>")
    assert [text for _, text in found] == [line, f"{line} It opens in May."]
