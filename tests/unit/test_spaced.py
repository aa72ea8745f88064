"""Paragraphs that only blank lines part are paragraphs; a text around inline elements stays one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.config import Config
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.metadata import from_tree
from pipelines.spaced import paragraphs
from tests.metadata_pages import FETCHED

SENTENCE = "The council has approved the new bridge over the river, and work on it begins in the spring."
LINES = [
    f"{SENTENCE} {SENTENCE}",
    f"“{SENTENCE}”",
    f"The mayor said: {SENTENCE}",
    "大桥的建成将使两岸的车程由一小时缩短为十分钟。",
]


def blocks(html: str) -> list[str]:
    root = parse(f"<html><body>{html}</body></html>")
    assert root is not None
    return [leaf.text for leaf in Walker().walk(root).leaves]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \t\n  ", "\n\n\n\n"])
def test_blank_lines_between_sentences_part_paragraphs(gap: str) -> None:
    text = gap.join(LINES)
    assert blocks(f"<div class='text'>\n{text}\n</div><p>Next.</p>") == [*LINES, "Next."]


def test_the_links_of_the_whole_count_for_the_first() -> None:
    linked = "\n\n".join([f"{LINES[0]} <a href='/plan'>The plan is public.</a>", *LINES[1:]])
    root = parse(f"<html><body><div>{linked}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    assert [leaf.links for leaf in page.leaves] == [1, 0, 0, 0]
    assert [anchor.block for anchor in page.links] == [0]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LINES),  # hard-wrapped in the source
        "\n\n".join(LINES[:2]),  # halves
        "\n\n".join(
            ["<b>Bridge</b> " + "of the river " * 9, "<i>and</i> " + "of the harbour " * 9, "<u>of</u> the town. " * 9]
        ),
        "\n\n".join(["A short line."] * 4),
    ],
)
def test_any_other_text_is_one_block(text: str) -> None:
    assert len(blocks(f"<div>{text}</div>")) == 1


def test_a_byline_among_them_is_a_line_of_its_own() -> None:
    text = "\n\n".join([*LINES, "(By Ann Lee)"])
    root = parse(f"<html><body><h1>Council approves the bridge</h1><div>{text}</div></body></html>")
    assert root is not None
    found = from_tree(root, url="https://example.org/a", fetched_at=FETCHED, config=Config())
    assert found.authors == ("Ann Lee",)


@given(st.text(st.sampled_from("ab .\n\t。"), max_size=200))
def test_no_word_is_lost_or_moved(raw: str) -> None:
    found = paragraphs(raw)
    assert found is None or " ".join(found).split() == raw.split()
