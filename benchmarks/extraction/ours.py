"""The worker of Polyglean: bytes in, through the public way of a page, prediction out."""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.extraction.folds import Unseen
from pipelines import html
from pipelines.config import Config
from pipelines.decode import decode, media_kind
from pipelines.metadata import dates, sites
from pipelines.model import Block, Metadata, RawPage, Rejected
from pipelines.process import clean
from pipelines.pruning.prune import prune

FETCHED = datetime(2026, 12, 31, tzinfo=UTC)
"""The pages do not say when they were fetched; none is newer than this day."""
CONFIG = Config()


def prediction(meta: Metadata, blocks: tuple[Block, ...], url: str) -> dict[str, Any]:
    """Return what score.py reads: the date is the day that the page's readers see."""
    day = dates.local_day(meta.published, sites.zone(url, CONFIG)) if meta.published else None
    body = "\n\n".join(block.text for block in blocks)
    return {"title": meta.title, "author": list(meta.authors), "date": day, "body": body}


def whole(raw: bytes, url: str) -> dict[str, Any]:
    """Return the prediction of the whole way of a page, which also decides whether the page is an article."""
    done = clean(RawPage(url=url, fetched_at=FETCHED, body=raw, source="page", content_type="text/html"), CONFIG)
    if isinstance(done, Rejected):
        return {"failed": done.reason}
    return prediction(done.meta, done.blocks, url)


def parts(raw: bytes, url: str) -> dict[str, Any]:
    """Return the prediction without the decision whether the page is an article."""
    text, _ = decode(raw, "text/html", is_html=media_kind(raw, "text/html", url) == "html")
    draft = prune(html.extract(text, url=url, fetched_at=FETCHED, config=CONFIG), CONFIG)
    return prediction(draft.meta, draft.blocks, url)


def main() -> None:
    """Answer pages until the input ends."""
    extract = whole if sys.argv[1] == "polyglean" else parts
    unseen = Unseen() if sys.argv[1] == "polyglean-unseen" else None
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # Two sentences, as one that is repeated counts once: too short a page ends before its language is asked for.
    sample = "<html><body><h1>Warm up</h1><p>A sentence, and another one, so that everything is loaded.</p>"
    sample += "<p>The language of this page is English, and its profiles are read before the first page counts.</p>"
    extract(sample.encode(), "https://example.com/a")
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        page = json.loads(line)
        raw = gzip.decompress(Path(page["raw"]).read_bytes())
        if unseen is not None:
            unseen.use(page["id"])
        start = time.process_time()
        try:
            out = extract(raw, page["url"])
        except Exception as error:
            out = {"failed": f"{type(error).__name__}: {error}"}
        seconds = time.process_time() - start
        print(json.dumps({"id": page["id"], **out, "seconds": seconds}), file=answers, flush=True)


if __name__ == "__main__":
    main()
