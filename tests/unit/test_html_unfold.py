"""Articles that a page keeps folded for its scripts: template scripts, template elements, noscript."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract

LINES = [
    "The harbour town opened its new ferry terminal on Monday, after four years of work and two changes of plan.",
    "The council said that the first boats had carried two thousand passengers by noon, more than on any day before.",
    "Fishermen still doubt the promise: the quay, they say, was moved twice, and nobody has asked them about the tide.",
]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
FRAME = "<html><head><title>Ferry terminal opens</title></head><body><h1>Ferry terminal opens</h1>{}</body></html>"


def texts(markup: str) -> list[str]:
    draft = extract(
        FRAME.format(markup),
        url="https://a.example/ferry",
        fetched_at=datetime(2026, 11, 2, tzinfo=UTC),
        config=Config(),
    )
    return [block.text for block in draft.blocks if block.text != "Ferry terminal opens"]


@pytest.mark.parametrize(
    "folded",
    [
        "<div itemprop='articleBody'><script type='text/template'>{}</script></div>",
        "<div class='post'><script type=' Text/X-Template '>{}</script></div>",
        "<article><template>{}</template></article>",
        "<article><noscript>{}</noscript></article>",
        "<article><script type='text/template'>{0}</script><noscript>{0}</noscript></article>",
    ],
)
def test_folded_text_is_read_where_the_page_shows_none(folded: str) -> None:
    assert texts(folded.format(MARKUP)) == LINES


def test_folded_text_beside_an_article_stays_folded() -> None:
    shown = [line.replace("ferry", "railway") for line in LINES] * 2
    body = "".join(f"<p>{number} {line}</p>" for number, line in enumerate(shown))
    kept = texts(
        f"<article>{body}</article><script type='text/template'>{MARKUP}</script><noscript>{MARKUP}</noscript>"
    )
    assert kept == [f"{number} {line}" for number, line in enumerate(shown)]


def test_a_script_of_code_and_a_form_to_fill_in_are_no_text() -> None:
    form = "<div class='card'><b>{{name}}</b><i>{{time}}</i><a href='{{link}}'>{{more}}</a></div>" * 20
    assert texts(f"<script type='text/template'>{form}</script><script>var a = '{MARKUP}';</script>") == []
