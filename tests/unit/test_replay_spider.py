"""How the replay spider reads its argument ``pages``."""

from __future__ import annotations

import pytest

from crawler.spiders.replay import ReplaySpider


@pytest.mark.parametrize(
    ("pages", "specs"),
    [
        ("seeds/", ["seeds/"]),
        ("a.html 'b c.html' \"d e\"", ["a.html", "b c.html", "d e"]),
        ("/data/L'Express/", ["/data/L'Express/"]),
        ("rock 'n roll\\", ["rock 'n roll\\"]),
        (["L'Express", "b c"], ["L'Express", "b c"]),
    ],
)
def test_paths_of_the_argument(pages: str | list[str], specs: list[str]) -> None:
    """A text that is not quoted as in a shell is one path: names may hold an apostrophe."""
    assert ReplaySpider(pages=pages).pages == specs
