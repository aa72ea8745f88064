"""Pages built to cost time or memory: bounded, never an exception.

The bounds are asserted as counts; the worst pages run in a child process that the system ends when it takes too much.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines import decode, forms
from pipelines.config import Config
from pipelines.html import extract
from pipelines.html import parse as parsing
from pipelines.html.votes import second
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import MAX_BLOCKS, Walker
from pipelines.metadata.walk import MAX_VALUES, read

ROOT = Path(__file__).parents[2]
AT = datetime(2025, 1, 1, tzinfo=UTC)
CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from datetime import UTC, datetime
from pipelines.config import Config
from pipelines.html import extract
page = eval(sys.argv[1])
draft = extract(page, url="https://a.com/x", fetched_at=datetime(2025, 1, 1, tzinfo=UTC), config=Config())
print(len(draft.blocks))
"""
BOMBS = {
    "nested": "'<div>' * 100_000 + 'text' + '</div>' * 100_000",
    "nested inline": "'<b><a href=x>' * 50_000 + 'text'",
    "one line of 50 MB": "'<p>' + 'hello world ' * 4_200_000",
    "50 MB of tags": "'<p>hello world, this is</p>' * 2_000_000",
    "a million attributes": "'<div ' + ' '.join(f'a{n}=1' for n in range(1_000_000)) + '>text</div>'",
    "attributes that hide their end": "'<div ' + ' '.join(f'a{n}={chr(34)}>{chr(34)}' for n in range(300_000)) + '>text</div>'",
    "quotes never closed": "('<a href=' + chr(34)) * 300_000",
    "half entities": "'&' * 2_000_000 + '&#' * 1_000_000",
    "dates without end": "'<p>' + '12.12.' * 1_000_000",
    "white space": "'<p>a' + ' \\n' * 5_000_000 + 'b'",
    "line breaks": "'<div>' + 'a<br>' * 140_000",
    "json without end": "'<script type=application/ld+json>' + '[' * 1_500_000 + 'articleBody</script><p>text'",
    "one class of 5 MB": "'<p class=' + 'share-' * 900_000 + '>text</p>'",
    "comments never closed": "'<!--' * 1_000_000",
    "one line of ideographs and marks": "'<p>' + '记者a。' * 3_000_000",
    "a hundred thousand authors": "('<meta name=author content=' + chr(34) + 'By John Doe' + chr(34) + '>') * 100_000",
    "cells": "'<table>' + '<tr><td>a<td>b' * 40_000",
    "comments in comments": "'<div class=comment>' * 1_500 + ('<p>' + 'One says this, and the other that. ' * 3) * 15_000",
    "buttons": "('<p>' + 'One says this, and the other that. ' * 3 + '<p>Read more<div class=hide>') * 20_000",
    "layers and headings": "'<div class=modal>' * 1_000 + ('<div class=modal>' + '<p>Related<p>x' * 19 + '</div>') * 2_000",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_the_limits_of_its_process(name: str):
    done = subprocess.run(
        [sys.executable, "-c", CHILD, BOMBS[name]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert int(done.stdout) <= MAX_BLOCKS


def test_a_tag_with_too_many_attributes_loses_them_and_its_text_stays():
    page = "<p>before</p><div " + " ".join(f"a{n}='>'" for n in range(30_000)) + ">inside</div><p>after</p>"
    root = parsing.parse(page)
    assert root is not None
    assert max(len(element.attrib) for element in root.iter()) <= parsing.MAX_ATTRIBUTES
    assert [leaf.text for leaf in Walker().walk(root).leaves] == ["before", "inside", "after"]


def test_an_image_in_the_page_itself_keeps_its_long_attribute():
    page = f"<p>text</p><img alt=x src='data:image/png;base64,{'QUJD' * 60_000}'>"
    root = parsing.parse(page)
    assert root is not None and len(root.find(".//img").get("src")) > 200_000


def test_tags_beyond_the_limit_are_not_parsed():
    root = parsing.parse("<p>x</p>" * (parsing.MAX_TAGS + 5_000))
    assert root is not None and sum(1 for _ in root.iter("p")) <= parsing.MAX_TAGS


def test_blocks_beyond_the_limit_are_not_taken():
    root = parsing.parse("<p>x</p>" * (MAX_BLOCKS + 500))
    assert root is not None and len(Walker().walk(root).leaves) == MAX_BLOCKS


def test_text_after_a_thousand_unclosed_tags_is_found():
    root = parsing.parse("<font><b>x " * 900 + "<p>after</p>")
    assert root is not None and Walker().walk(root).leaves[-1].text == "after"


def test_a_json_body_of_any_size_is_compared_in_bounded_pieces():
    body = "a long story " * 100_000
    root = parsing.parse(f'<script type="application/ld+json">{{"articleBody": "{body}"}}</script><p>a long story</p>')
    assert root is not None
    hints = Hints(root)
    shares = [hints.of(f"{'a long story ' * 40}{number} and more of it") for number in range(40)]
    assert len(hints._folded) <= 60_000 and hints._grams, "many questions are answered from a table"
    assert len(set(shares)) == 1 and shares[0][2] > 0.9, "the table answers as the text does"


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "<", "</", "<!DOCTYPE html>", "<html></html>", "\ud800<p>x", "<?xml"]
)
def test_a_page_of_nothing_gives_a_draft_of_nothing_or_little(text: str):
    draft = extract(text, url="https://a.com/", fetched_at=AT, config=Config())
    assert len(draft.blocks) <= 1


def removed_for_length(body: str) -> list[str]:
    draft = extract(body, url="https://a.com/", fetched_at=AT, config=Config())
    return [piece.text for piece in draft.removed if piece.reason == "too_long"]


def test_what_the_limits_leave_out_is_named():
    assert removed_for_length("<p>a paragraph</p>" * 100) == []
    assert removed_for_length("<b>x</b>" * 60_000) == ["80004 of 480000 characters were not read"]
    assert removed_for_length("x" * 12_000_010) == ["10 of 12000010 characters were not read"]
    assert removed_for_length("<p>x" * (MAX_BLOCKS + 5)) == [f"no more than {MAX_BLOCKS} blocks were read"]


def test_lines_between_breaks_are_blocks_up_to_the_limit():
    root = parsing.parse("<div>" + "A sentence. <br>" * (MAX_BLOCKS + 500))
    page = Walker().walk(root)
    assert len(page.leaves) == MAX_BLOCKS and page.is_cut


def test_meta_elements_of_one_name_are_read_up_to_a_limit():
    root = parsing.parse('<meta name="author" content="Jane Doe">' * 5_000 + "<p>x</p>")
    assert len(read(root).metas["author"]) == MAX_VALUES


def test_a_wide_text_of_any_size_is_counted_up_to_a_limit():
    assert forms.width("中" * forms.MAX_COUNTED + "中" * 10) == 2 * forms.MAX_COUNTED + 10
    assert forms.width("a中b中") == 6


def test_no_second_opinion_on_pages_beyond_any_article(monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr(second, "trafilatura_extract", lambda *_, **__: asked.append(1))
    few = Walker().walk(parsing.parse("<p>x</p><p>y</p>")).leaves
    second.second_opinion("<p>x</p>", few, [True, False])
    second.second_opinion("<p>x</p>", few * second.MAX_BLOCKS, [False] * 2 * second.MAX_BLOCKS)
    second.second_opinion("x" * (second.MAX_CHARS + 1), few, [True, False])
    second.second_opinion("<td>" * (second.MAX_TAGS + 1), few, [True, False])
    assert asked == [1]


def test_an_unclosed_comment_is_no_comment():
    assert decode._without_comments(b"a<!-- b -->c<!-->d<!-- e") == b"ac<!-->d<!-- e"
    assert decode._without_comments(b"<!--" * 4_000) == b"<!--" * 4_000
