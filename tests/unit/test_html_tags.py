"""The guard against hostile tags takes nothing from an ordinary page."""

from __future__ import annotations

import pytest

from pipelines.html.parse import parse

FILL = "<p>A sentence of the town's paper, and one more.</p>" * 3000


@pytest.mark.parametrize(
    "oddity",
    [
        '<h1 class="h1" "tabindex="0">Bridge closed</h1>',
        """<script>for(var i=0;i<t;i++)n+='%"'+"(";</script>""",
        """<script>a<b&&c.open('<bo'+'dy onload="x();">')</script>""",
        '<p>3 <x and "y</p>',
        "<p title='it\"s'>quote</p>",
    ],
)
def test_stray_quotes_and_scripts_swallow_nothing(oddity: str) -> None:
    root = parse(f"<html><body>{oddity}{FILL}</body></html>")
    assert root is not None
    assert len(root.findall(".//p")) >= 3000


@pytest.mark.parametrize("start", ["<p", "<p x='<>'", '<p "<>"'])
def test_a_tag_of_a_hundred_thousand_attributes_is_bared(start: str) -> None:
    names = " ".join(f"a{number}=1" for number in range(100_000))
    root = parse(f"<html><body>{start} {names}>x</p>{FILL}</body></html>")
    assert root is not None
    assert max(len(element.keys()) for element in root.iter()) <= 501
