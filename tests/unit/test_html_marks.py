"""Permanent links, ways back from a footnote and the numbers of lines are no text of a page."""

import pytest

from pipelines.html.blocks import Leaf
from pipelines.html.marks import without_edit_links
from pipelines.html.parse import parse
from pipelines.html.walk import Walker


def leaves(body: str) -> list[Leaf]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    return Walker().walk(root).leaves


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<h2>The idea<a hidden class="anchor" href="#the-idea">#</a></h2>', "The idea"),
        ('<h2>Steps<a class="headerlink" href="#steps" title="Permanent link">&para;</a></h2>', "Steps"),
        ('<li>Better filters, 2006.&#160;<a href="#fnref:1">&#x21a9;&#xfe0e;</a></li>', "Better filters, 2006."),
        ('<h2>Plans&#160;<a href="/guides/plans/#plans">#</a></h2>', "Plans"),
        ('<p><a href="#cite_ref-1">↑</a> Ferries on the river, 1998.</p>', "Ferries on the river, 1998."),
        (
            "<p>会议厅不关门，大家在会上说了很久，一直说到天黑才回家。<a href='//a.org/?s=1'><i></i>返回晨光，查看更多</a></p>",
            "会议厅不关门，大家在会上说了很久，一直说到天黑才回家。",
        ),
        (
            "<p>会议厅不关门，大家在会上说了很久，一直说到天黑才回家。<a href='//a.org/'><img src='/l.png'>返回晨光网首页&gt;&gt;</a></p>",
            "会议厅不关门，大家在会上说了很久，一直说到天黑才回家。",
        ),
    ],
)
def test_marks_of_places_go(body: str, wanted: str) -> None:
    (leaf,) = leaves(body)
    assert (leaf.text, leaf.links, leaf.link_chars) == (wanted, 0, 0)


@pytest.mark.parametrize(
    "body",
    [
        '<p>See the note.<a href="#fn1">1</a></p>',
        '<p>Filed under <a href="/c-sharp">#</a></p>',
        '<p>Read <a href="#next">the next part</a></p>',
        '<p>What <a href="#x">C#</a> does</p>',
        "<p>会议厅不关门，大家在会上说了很久，天黑才<a href='/home'>返回家乡</a>。</p>",
        "<p><a href='/'>返回首页</a></p>",
    ],
)
def test_other_links_stay(body: str) -> None:
    (leaf,) = leaves(body)
    assert leaf.links == 1
    assert leaf.link_chars > 0


def test_numbers_of_lines_go_and_other_numbers_stay() -> None:
    table = "<table><tr><td><pre>1\n2\n3\n</pre></td><td><pre>first\nsecond\nthird</pre></td></tr></table>"
    assert [leaf.text for leaf in leaves(table)] == ["first\nsecond\nthird"]
    assert [leaf.text for leaf in leaves("<pre>1\n2\n4</pre><pre>1</pre>")] == ["1\n2\n4", "1"]


def test_edit_links_of_wikis_go() -> None:
    edit = '<span class="mw-editsection">[<a href="/edit">edit</a> | <a href="/source">edit source</a>]</span>'
    text = (
        f'<html><body><h2><span class="mw-headline">History</span>{edit} of it</h2><h3>{edit}Ferry</h3></body></html>'
    )
    root = parse(text)
    assert root is not None
    without_edit_links(root, text)
    assert [(leaf.text, leaf.links) for leaf in Walker().walk(root).leaves] == [("History of it", 0), ("Ferry", 0)]
