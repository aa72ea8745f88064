"""The news of a morning or a week, told in a few lines each below a linked headline, is an article and no index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata, RawPage, Rejected, Stamp
from pipelines.process import clean
from pipelines.verdicts.verdict import judge

SENTENCE = "The harbour town opened its new ferry terminal on Monday after four years of work, the council said."
DAY = datetime(2026, 11, 21, tzinfo=UTC)
STORIES = {
    "Council to close three libraries": "The decision, taken by nine votes to eight, will save 400,000 a year.",
    "Storm closes coast road": "It was shut for six hours after waves brought down a section of the wall.",
    "Rovers sack manager": "He lasted eleven games, and won two of them. His assistant takes over.",
    "Otter on the banknote": "The public vote was not even close: the otter beat the badger by two to one.",
    "Swimming pool reopens": "After two years the baths on Mill Street are open again, and warmer than before.",
}
OPENING = "<p>Here are the five stories our readers talked about most this week, and why they matter.</p>"


def test_a_digest_has_a_day_an_opening_and_a_title_that_names_what_it_tells() -> None:
    block = Block(kind=Kind.PARAGRAPH, text=SENTENCE)
    meta = Metadata(
        title="The week: a new ferry terminal in the harbour town",
        published=Stamp(at=DAY, raw="21 November 2026", precision="day"),
    )
    digest = Draft(url="u", meta=meta, blocks=(block,) * 6, headlines=6, teasers=6, opened=True)
    assert judge(digest, Config()) is None
    assert judge(replace(digest, opened=False), Config()) == "index_page"
    assert judge(replace(digest, meta=replace(meta, published=None)), Config()) == "index_page"
    assert judge(replace(digest, meta=replace(meta, title="Kultur")), Config()) == "index_page"


def judged(opening: str, url: str) -> str:
    title = "The week in review: libraries, a storm and an otter"
    told = "".join(
        f"<h2><a href='/news/story-number-{at}-of-the-week'>{name}</a></h2><p>{text}</p>"
        for at, (name, text) in enumerate(STORIES.items())
    )
    head = f"<title>{title}</title><meta property='article:published_time' content='2026-11-21T08:00:00Z'>"
    html = f"<html><head>{head}</head><body><article><h1>{title}</h1>{opening}{told}</article></body></html>"
    page = RawPage(url=url, body=html.encode(), content_type="text/html", source="x", fetched_at=DAY)
    outcome = clean(page, Config())
    return outcome.reason if isinstance(outcome, Rejected) else "\n".join(block.text for block in outcome.blocks)


def test_a_page_of_it_is_kept_with_its_headlines() -> None:
    text = judged(OPENING, "https://www.river.example/news/week-in-review-libraries-storm-otter")
    assert all(line in text for story in STORIES.items() for line in story)


def test_without_words_of_its_own_or_an_address_of_its_own_it_is_an_index() -> None:
    assert judged("", "https://www.river.example/news/week-in-review-libraries-storm-otter") == "index_page"
    assert judged(OPENING, "https://www.river.example/news/") == "index_page"
