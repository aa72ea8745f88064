"""Articles and stores for the tests of everything that stores."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from pipelines import schema
from pipelines.model import (
    Article,
    Block,
    Kind,
    Language,
    Link,
    Metadata,
    Removed,
    Sentence,
    Stamp,
    Status,
    Translation,
)
from pipelines.store.sink import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def article(number: int = 1, **changes: Any) -> Article:
    """A Chinese article whose every column holds something; ``number`` makes it another one."""
    text = changes.pop("text", f"第{number}条新闻的正文。")
    values: dict[str, Any] = {
        "record_id": hashlib.sha256(f"{number} {text}".encode(errors="replace")).hexdigest()[:32],
        "url": f"https://news.example/{number}?utm=1",
        "canonical_url": f"https://news.example/{number}",
        "site": "news.example",
        "meta": Metadata(
            title=f"标题{number}",
            description="摘要",
            authors=("王芳", "Li Lei"),
            tags=("科技",),
            section="科技",
            site="news.example",
            canonical_url=f"https://news.example/{number}",
            published=Stamp(at=NOON, raw="2026年3月1日 20:00", precision="minute"),
            modified=Stamp(at=NOON, raw="", precision="second"),
        ),
        "fetched_at": NOON,
        "language": Language(code="zh", score=0.75, script="hans"),
        "blocks": (Block(kind=Kind.HEADING, text="小标题"), Block(kind=Kind.PARAGRAPH, text=text)),
        "removed": (Removed(reason="share_bar", text="分享到微信"), Removed(reason="advert", text="广告")),
        "links": (Link(url="https://a.example/", text="链接"),),
        "images": (Link(url="https://a.example/i.png", text=""),),
        "content_sha256": hashlib.sha256(text.encode(errors="replace")).hexdigest(),
        "raw_sha256": "0" * 64,
        "http_status": 200,
        "encoding": "gb18030",
        "source": f"pages/{number}.html",
        "warc_file": None,
        "warc_offset": None,
        "extractor_version": "polyglean 0.1.0, trafilatura 2.3.1",
        "translation": Translation(
            status=Status.TRANSLATED_WITH_FLAGS,
            title=f"Headline {number}",
            text="Sub-heading\n\nThe text.",
            sentences=(
                Sentence(source="小标题", target="Sub-heading", score=-0.5),
                Sentence(source=text, target="The text.", score=None, flags=("number_lost",)),
            ),
            translator="zh_en 1.9 abc",
        ),
    }
    return Article(**{**values, **changes})


def store(root: Path, run_id: str = "run-a", **options: Any) -> Store:
    """A store with a fixed clock."""
    return Store(root, run_id=run_id, started_at=NOON, config_digest="c0ffee", clock=lambda: NOON, **options)


def rows(root: Path) -> list[dict[str, Any]]:
    """All rows of a store, by address."""
    found = ds.dataset(root / "articles", format="parquet", partitioning="hive", schema=schema.SCHEMA).to_table()
    return sorted(found.to_pylist(), key=lambda row: row["url"])


def parts(root: Path) -> list[str]:
    """The files of a store's articles."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "articles").rglob("*") if path.is_file())


def fill(root: Path, numbers: range, run_id: str = "run-a", **options: Any) -> list[Article]:
    """Store articles of these numbers in one run."""
    made = [article(number) for number in numbers]
    with store(root, run_id, **options) as target:
        for one in made:
            assert target.add(one)
    return made
