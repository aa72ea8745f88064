"""The other side of the speed comparison, in a process of its own: Polyglean's stage with all its checks, no memory."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.translation.measured import Side, main
from pipelines.config import Config
from pipelines.model import Article, Block, Kind, Language, Metadata
from pipelines.translate import Translator


def article(text: str) -> Article:
    """Return a Chinese article with nothing but its text."""
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=part) for part in text.split("\n\n"))
    return Article(
        record_id="",
        url="",
        canonical_url=None,
        site=None,
        meta=Metadata(),
        fetched_at=datetime(2024, 1, 1, tzinfo=UTC),
        language=Language(code="zh", score=1.0, script="hans"),
        blocks=blocks,
        removed=(),
        links=(),
        images=(),
        content_sha256="",
        raw_sha256="",
        http_status=200,
        encoding="",
        source="",
        warc_file=None,
        warc_offset=None,
        extractor_version="",
    )


class Ours(Side):
    """The translator as the crawl uses it."""

    def load(self) -> None:
        """Open it and translate nothing much, so that the model is in memory."""
        self.translator = Translator.open(Config(), packages_dirs=[Path(os.environ["ARGOS_PACKAGES_DIR"])])
        self.translator.translate([article("好。")])

    def translate(self, articles: list[str]) -> list[str]:
        """Translate all articles in one call."""
        return [done.text or "" for done in self.translator.translate([article(text) for text in articles])]


if __name__ == "__main__":
    main(Ours())
