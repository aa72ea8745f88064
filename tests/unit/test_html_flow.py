"""Listings, tables, terms, notes and short headings in the flow of a text are the article's, whatever the vote says."""

import numpy as np
import pytest

from pipelines.html.flow import LISTING, with_flow
from pipelines.html.parse import parse
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

PROSE = (
    "<p>Passage {}: the tides of every station are stored in one file, and old files are read but never written.</p>"
)
TEXT = [PROSE.format(number) for number in range(4)]


def taken(body: str, *, low: float = 0.06) -> list[str]:
    root = parse(f"<html><body><div>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    sure = [leaf.text.startswith("Passage") for leaf in page.leaves]
    votes = np.array([0.95 if each else low for each in sure])
    keep = with_flow(page, compute(page, Hints(root)), votes, sure)
    return [leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept]


def between(inside: str, *, low: float = 0.06) -> list[str]:
    return [text for text in taken("".join(TEXT[:2]) + inside + "".join(TEXT[2:]), low=low) if text[:7] != "Passage"]


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        ('<div class="highlight"><pre class="language-yaml">in: tides.db</pre></div>', ["in: tides.db"]),
        ("<table><tr><td>Harwich</td><td>12</td></tr></table>", ["Harwich | 12"]),
        ("<table><tr><th>Category</th><th>Fare</th></tr><tr><td>Seat</td><td>9</td></tr></table>", ["Category | Fare", "Seat | 9"]),
        ("<dl><dt>end:</dt><dd>Last year, exclusive.</dd></dl>", ["end:", "Last year, exclusive."]),
        ("<section id='search'><h3>Searching</h3><ul><li>Every interval</li></ul></section>", ["Searching", "Every interval"]),
        ('<div class="admonition alert alert--secondary"><p>Make a copy first.</p></div>', ["Make a copy first."]),
        ("<details><summary>Why ten?</summary><p>Queues are shared.</p></details>", ["Why ten?", "Queues are shared."]),
    ],
    ids=["listing", "row", "head of a table", "terms", "section with an id", "note", "folded"],
)  # fmt: skip
def test_between_two_parts_of_the_text_it_is_taken(inside: str, wanted: list[str]) -> None:
    assert between(inside) == wanted


CAPTION = "<caption>{}</caption><tr><th>Year</th><th>Fares</th></tr><tr><td>2019</td><td>765</td></tr>"
LINES = ["Ferries", "What crossing cost", "Year | Fares", "2019 | 765"]


@pytest.mark.parametrize(
    "called",
    ["What crossing cost", "<p>What crossing cost</p>", "<span class='caption-title'>What crossing cost</span>"],
)
def test_what_a_table_is_called_is_part_of_it(called: str) -> None:
    table = f"<h2>Ferries</h2><figure class='table-media'><table>{CAPTION.format(called)}</table></figure>"
    plain = table.replace(" class='table-media'", "")
    assert between(plain) == LINES
    assert taken("".join(TEXT) + plain)[4:] == LINES
    assert between(table) == taken("".join(TEXT) + table)[4:] == []
    below = "<table><tr><td>2019</td><td>765</td></tr><caption>Subscribe</caption></table><ul><li>Twice a day</li></ul>"
    assert taken("".join(TEXT) + below)[4:] == ["2019 | 765"]


def test_a_line_with_a_colon_goes_with_its_listing() -> None:
    inside = "<p>Run the converter:</p><pre>tidepool convert</pre>"
    assert between(inside, low=0.15) == ["Run the converter:", "tidepool convert"]


def test_a_heading_whose_id_repeats_it_is_taken() -> None:
    heading = "<h2><span class='mw-headline' id='Share_of_comments'>Share of the harbour</span></h2>"
    assert "Share of the harbour" in taken("".join(TEXT[:2]) + heading + "".join(TEXT[2:]))


@pytest.mark.parametrize("mark", ["<span>[<a href='/edit'>edit</a>]</span>", "<span>1.</span>"])
def test_between_a_heading_and_its_text_there_may_be_a_mark(mark: str) -> None:
    assert "History" in taken("".join(TEXT[:2]) + f"<div><h2>History</h2>{mark}</div>" + "".join(TEXT[2:]))


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Try our service free for a month</p>",
        '<div class="related"><ul><li>Three other harbours</li></ul></div>',
        '<div class="newsletter-signup"><table><tr><td>Your name</td><td>Address</td></tr></table></div>',
        "<ul><li><a href='/other'>Three other harbours</a></li></ul>",
        "<aside><h3>Harbours</h3></aside>",
        "<pre>1\n2\n3</pre>",
        "<pre>" + "tidepool check\n" * (int(LISTING) // 10) + "</pre>",
        "<h3>Related harbours</h3><p><a href='/other'>Another harbour</a></p><h2>Passage of ships</h2>",
        "<ul><li><div>1</div></li></ul>",
        "<ol class='references'><li>Karl Behnert: Ferries of the Elster, 1998.</li></ol>",
        "<h2>What others read</h2><p>Try our service free for a month</p>",
    ],
    ids=[
        "paragraph",
        "related",
        "sign-up",
        "links",
        "aside",
        "line numbers",
        "appendix",
        "over a link",
        "number",
        "sources",
        "over what is left out",
    ],
)
def test_other_things_there_are_not(inside: str) -> None:
    assert between(inside) == []


def test_below_the_text_in_its_element_it_is_taken() -> None:
    note = '<div class="footnote"><a href="#back">1</a><p>Folio 211, verso.</p></div>'
    assert taken("".join(TEXT) + "<a href='/share'>Share</a>" + note)[-1] == "Folio 211, verso."
    assert taken("".join(TEXT) + "<h2>Output</h2><pre>ok harwich</pre>")[-2:] == ["Output", "ok harwich"]


def test_a_paragraph_below_the_text_is_taken_under_a_heading() -> None:
    body = "".join(f"<h2>Part {at}</h2>{text}" for at, text in enumerate(TEXT))
    asked = "<h2>FAQ</h2><h3>Can I fly with one?</h3><p>No. Buy one when you land.</p>"
    headed = body.replace("Part", "Passage")
    assert taken(headed + asked, low=0.25)[-3:] == ["FAQ", "Can I fly with one?", "No. Buy one when you land."]
    assert taken(headed + "<p>No. Buy one when you land.</p>", low=0.25)[-1].startswith("Passage")
    assert taken(headed + f"<div>{asked}</div>", low=0.25)[-1].startswith("Passage")


def test_the_headings_over_the_first_text_are_taken_if_others_are_made_like_them() -> None:
    asked = "".join(f"<h3>Passage {at}?</h3>{text}" for at, text in enumerate(TEXT))
    assert taken(f"<h3>How do I pay?</h3>{TEXT[0]}{asked}", low=0.2)[0] == "How do I pay?"
    shut = asked.replace("<h3>", "<h3 class='item shut'>")
    assert taken(f"<h3 class='item'>How do I pay?</h3>{TEXT[0]}{shut}", low=0.2)[0] == "How do I pay?"
    assert taken(f"<h2>How do I pay?</h2>{TEXT[0]}{asked}", low=0.2)[0].startswith("Passage")
    assert taken(f"<h3><a href='/pay'>How do I pay?</a></h3>{TEXT[0]}{asked}", low=0.2)[0].startswith("Passage")
    assert taken(f"<h3>How do I pay?</h3>{TEXT[0]}{asked}", low=0.1)[0].startswith("Passage")


def test_the_paragraph_under_the_last_heading_is_taken_with_it() -> None:
    last = "<div><h2>Passage to come</h2>{}<p>The path opens in spring.</p></div>"
    assert taken("".join(TEXT) + last.format(""), low=0.3)[-1] == "The path opens in spring."
    assert (
        taken("".join(TEXT) + last.format("<p>Posted by <a href='/kim'>Kim</a></p>"), low=0.3)[-1] == "Passage to come"
    )


@pytest.mark.parametrize(
    "below",
    ["<h2>Output</h2>", "<p>Written by Kim</p><pre>ok harwich</pre>", "</div><div><pre>ok harwich</pre>"],
    ids=["a heading alone", "behind a paragraph", "outside"],
)
def test_below_the_text_other_things_are_not(below: str) -> None:
    assert taken("".join(TEXT) + below)[-1].startswith("Passage")


NOTES = (
    '<div class="footnote"><a href="#a1">1</a><div class="footnote-content"><p>The old files, 203-204.</p></div></div>'
)


@pytest.mark.parametrize(
    "notes",
    [NOTES, '<section class="footnotes"><ol><li>The old files, 203-204.</li></ol></section>'],
    ids=["a box each", "a list"],
)
def test_footnotes_are_taken_whatever_stands_above_them(notes: str) -> None:
    offer = "<div class='widget'><p>Tidepool sends a letter each week.</p><button>Subscribe</button></div>"
    assert taken("".join(TEXT) + offer + notes)[4:] == ["The old files, 203-204."]


def test_notes_beside_the_text_and_marks_of_notes_are_not() -> None:
    assert taken(f"<div>{''.join(TEXT)}</div><div>{NOTES}</div>")[4:] == []
    assert (
        taken("".join(TEXT) + "<p>Tidepool sends a letter each week.</p><div class='footnotes'><p>Notes[+]</p></div>")[
            4:
        ]
        == []
    )
