"""Terms that a button explains, quotations in ``<q>`` and words with their reading stay words of their sentence."""

from __future__ import annotations

import time

import pytest

from pipelines.html.inline import mend_sentences
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.metadata.tree import lines_of, text_of


def texts(body: str) -> list[str]:
    html = f"<html><body>{body}</body></html>"
    root = parse(html)
    assert root is not None
    mend_sentences(root, html)
    return [leaf.text for leaf in Walker().walk(root).leaves]


def test_quotations_in_one_another_take_no_time() -> None:
    start = time.perf_counter()
    texts("<p>" + "<q>" * 2_000 + "<q>a</q> b " * 20_000)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "<p>The <button class='glossary-term'>draught</button> of the vessel was too great for the quay.</p>",
            "The draught of the vessel was too great for the quay.",
        ),
        (
            "<li>Für den <button>Tiefgang</button>, sagte der <button>Lotse</button> am Abend, reicht es nicht.</li>",
            "Für den Tiefgang, sagte der Lotse am Abend, reicht es nicht.",
        ),
        ("<p>这艘船的<button>吃水</button>对于东码头来说实在太深了，只好停在外面的锚地过夜。</p>", "这艘船的吃水对于东码头来说实在太深了，只好停在外面的锚地过夜。"),
    ],
)  # fmt: skip
def test_a_button_amid_a_sentence_is_a_word_of_it(body: str, sentence: str) -> None:
    assert texts(body) == [sentence]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Was this report on the harbour of any use? <button>Yes</button> <button>No</button></p>",
        "<p>Get the news of the harbour by letter. <button>Sign up</button> You may leave at any time.</p>",
        "<div>All of the harbour in one letter <button>Share</button> 12 comments on this page</div>",
        "<p>The harbour at dusk <button>Share</button> 12 comments</p>",
    ],
)
def test_a_button_beside_a_sentence_is_none(body: str) -> None:
    assert len(texts(body)) > 1


def test_a_quotation_has_the_marks_that_a_browser_sets() -> None:
    assert texts("<p>She said <q>we are not <b>against</b> change</q>, twice.</p>") == [
        "She said “we are not against change”, twice."
    ]
    assert texts("<p>He said <q> <i>never</i> </q> and <q>„nie“</q>.<q></q></p>") == ["He said “never” and „nie“."]


def test_a_label_of_a_portal_is_no_quotation() -> None:
    assert texts("<div><q>分享到：</q></div><div>来源：日报 <q>字号</q></div>") == ["分享到：", "来源：日报 字号"]


def test_the_reading_of_a_word_is_no_part_of_it() -> None:
    ruby = "<h1><ruby>東京<rp>（</rp><rt>とうきょう</rt><rp>）</rp></ruby>の<ruby>港<rt>みなと</ruby>は朝が早い</h1>"
    assert texts(ruby) == ["東京の港は朝が早い"]
    root = parse(f"<html><body>{ruby}</body></html>")
    assert root is not None
    heading = next(root.iter("h1"))
    assert text_of(heading) == "東京の港は朝が早い"
    assert lines_of(heading, 100) == ["東京の港は朝が早い"]
