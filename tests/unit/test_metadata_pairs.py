"""A date and that of its change side by side: which is which, only the class of each says."""

from __future__ import annotations

from datetime import UTC

import pytest

from pipelines.model import Stamp
from tests.metadata_pages import article, page

TITLE = "Old swing bridge to stay closed for six weeks"
OUT = '<time class="entry-date published" datetime="2024-03-14T09:08:22+00:00">March 14, 2024</time>'
CHANGED = '<time class="updated" datetime="2024-03-15T10:08:22+00:00">March 15, 2024</time>'
DATES = ("2024-03-14 09:08:22", "2024-03-15 10:08:22")


def told(stamp: Stamp | None) -> str:
    return stamp.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if stamp else "none"


@pytest.mark.parametrize(
    "line",
    [
        f'<span class="posted-on">{CHANGED}{OUT}</span>',
        f'<span class="posted-on">{OUT}{CHANGED}</span>',
        f'<span class="posted-on">Posted on <a href="/">{OUT}{CHANGED}</a></span> by Jane Doe',
        f'<span class="posted-on">Posted on {OUT} {CHANGED}</span>',
        f"Posted on {OUT}, updated {CHANGED}",
        f"Updated {CHANGED} | {OUT}",
        '<time itemprop="dateModified" datetime="2024-03-15T10:08:22+00:00">March 15, 2024</time> '
        '<time itemprop="datePublished" datetime="2024-03-14T09:08:22+00:00">March 14, 2024</time>',
    ],
)
def test_a_theme_writes_both_dates_and_hides_one_by_style(line: str) -> None:
    made = page(article(TITLE, line))
    assert (told(made.published), told(made.modified)) == DATES


def test_both_on_the_same_day() -> None:
    changed = CHANGED.replace("15", "14")
    made = page(article(TITLE, f'<span class="posted-on">Posted on {OUT}{changed}</span>'))
    assert (told(made.published), told(made.modified)) == (DATES[0], "2024-03-14 10:08:22")


@pytest.mark.parametrize("line", [CHANGED, f"Posted on {CHANGED}"])
def test_one_date_alone_is_that_of_the_entry_whatever_its_class(line: str) -> None:
    assert told(page(article(TITLE, line)).published)[:10] == "2024-03-15"


def test_a_word_that_rules_a_date_out_rules_the_next_one_out() -> None:
    line = "Application deadline: <time>March 14, 2024</time> or <time>March 15, 2024</time>"
    assert page(article(TITLE, line)).published is None
