"""Builds small invented pages for the metadata tests."""

from __future__ import annotations

from datetime import UTC, datetime

import lxml.html

from pipelines.config import Config
from pipelines.metadata import from_tree
from pipelines.model import Metadata

FETCHED = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
PROSE = (
    "The council of the little town met on Tuesday evening and talked for three hours about the bridge, the school "
    "and the road to the harbour, without coming to a decision on any of the three."
)
PROSE_ZH = (
    "小镇议会周二晚间开会三个小时，讨论桥梁、学校和通往港口的道路，但没有就其中任何一项作出决定，"
    "与会者表示下周将继续讨论，并邀请居民发表意见。居民们希望道路能够早日修好，方便孩子们上学。"
)


def page(
    body: str,
    *,
    head: str = "",
    url: str = "https://www.example.com/town/bridge",
    lang: str = "en",
    config: Config | None = None,
) -> Metadata:
    """Return the metadata of a page made of these parts."""
    tree = lxml.html.document_fromstring(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>')
    return from_tree(tree, url=url, fetched_at=FETCHED, config=config or Config())


def article(title: str, *lines: str, prose: str = PROSE) -> str:
    """Return an article's mark-up: heading, lines under it, two paragraphs."""
    under = "".join(f"<div>{line}</div>" for line in lines)
    return f"<div><h1>{title}</h1>{under}<p>{prose}</p><p>{prose}</p></div>"
