"""Titles that end in a mark which is theirs, marks that are the heading's, and pages with fields without end."""

from __future__ import annotations

import pytest

from pipelines.metadata import titles
from pipelines.metadata.jsonld import Facts
from pipelines.metadata.walk import read
from tests.metadata_pages import PROSE, article, page

SHARP = "Getting started with C#"


@pytest.mark.parametrize("title", [SHARP, "Warum F#", "Track #", "Prelude in A♭ #"])
def test_a_sharp_at_the_end_is_the_titles_where_letters_stand_before_it(title: str) -> None:
    expected = title if title[-2] != " " else title[:-2]
    head = f'<title>{title} - Example</title><meta property="og:title" content="{title}">'
    assert page(article(title), head=head).title == expected


@pytest.mark.parametrize("mark", ["#", "¶", " #", " ¶"])
def test_a_link_to_the_heading_itself_is_not_of_the_title(mark: str) -> None:
    heading = f'{SHARP}<a class="headerlink" href="#start">{mark}</a>'
    assert page(article(heading), head=f"<title>{SHARP} - Example</title>").title == SHARP


def test_fields_without_end_are_not_all_compared(make: int = 5_000) -> None:
    import lxml.html

    many = "".join(f'<meta name="x{n}:title" content="{"word " * (3 + n % 70)}{n}">' for n in range(make))
    many += "".join(f'<meta property="og:title" content="Bridge closed for week {n}">' for n in range(make))
    head = f"<title>Bridge closed</title>{many}"
    tree = lxml.html.document_fromstring(f"<html><head>{head}</head><body><h1>Bridge</h1><p>{PROSE}</p></body></html>")
    found = titles._fields(read(tree), Facts())
    assert len(found) <= titles.MAX_FIELDS + titles.MAX_NAMED + 2
    assert "Bridge closed" in found
