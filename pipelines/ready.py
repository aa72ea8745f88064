"""Reads what the first page of a process needs: imported once in the server that the workers are forked from.

Tables, models and patterns take 0.8 s of processor time to load, as much as thirty pages. Loaded here they cost a run
that time once instead of once a worker, and the workers share the memory they are in.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from pipelines.config import Config
from pipelines.model import RawPage
from pipelines.process import clean
from pipelines.verdicts import learned

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_ENGLISH = (
    "The harbour of the town will be rebuilt over the next five years, the council said on Friday, and it will cost "
    "more than anybody had thought. Fishermen were told that their boats can stay where they are. "
)
_CHINESE = "镇政府周五表示，港口将在未来五年内重建，费用将超过所有人的预期。渔民被告知，他们的船可以留在原地。"


def _page(text: str, date: str, author: str, media: str) -> bytes:
    lines = [text * 3] * 4
    if media == "text/plain":
        return "\n\n".join(["The harbour", f"{author} {date}", *lines]).encode()
    body = "".join(f"<p>{line}</p>" for line in lines)
    related = "".join(f'<li><a href="/{number}.html">The harbour of yesterday {number}</a></li>' for number in range(5))
    head = f"<title>The harbour - The Town</title><meta name=description content='{text[:60]}'>"
    return (
        f"<html><head>{head}</head><body><h1>The harbour</h1><div class=byline>{author} {date}</div>"
        f"<div class=content>{body}</div><h3>Related</h3><ul>{related}</ul></body></html>"
    ).encode()


def prepare() -> None:
    """Clean a small page of each kind, and keep what that loaded out of the collector's sight."""
    for text, date, author in (
        (_ENGLISH, "January 19, 2024, 10:08 am", "By Jane Smith"),
        (_CHINESE, "2024年1月19日 10:08", "记者 张三 编辑：李四"),
    ):
        for media in ("text/html", "text/plain"):
            body = _page(text, date, author, media)
            page = RawPage(url="https://example.org/a", fetched_at=_AT, body=body, source="ready", content_type=media)
            clean(page, Config())
    learned.load()  # only pages that passed everything else are shown to it
    gc.collect()
    gc.freeze()


prepare()
