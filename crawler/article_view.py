"""One article as a person wants to read it: what is known of it, what was kept, what was cut, and the translation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from pipelines.model import Article, Block, Kind, Sentence, Stamp

_MARKS = {Kind.LIST_ITEM: "• ", Kind.QUOTE: "│ ", Kind.TABLE_ROW: "▪ "}
_REMOVED_SHOWN = 400
"""Characters shown of a removed block: enough to tell what it is; the record has all of it."""


def show(console: Console, article: Article) -> None:
    """Print the article."""
    for part in _parts(article):
        console.print(part)


def _parts(article: Article) -> Iterator[RenderableType]:
    yield Text(article.meta.title or "(the page has no title)", style="bold")
    yield ""
    yield _facts(article)
    yield Rule(f"text: {len(article.blocks)} blocks, {len(article.text):,} characters", style="dim")
    for block in article.blocks:
        yield _block(block)
    if article.removed:
        yield Rule(f"removed: {len(article.removed)} blocks", style="dim")
        yield _removed(article)
    yield from _translation(article)


def _facts(article: Article) -> Table:
    """Return the metadata as two columns; what the page does not say is left out."""
    table = _grid()
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _known(article):
        if value:
            table.add_row(label, Text(value))
    return table


def _known(article: Article) -> Iterator[tuple[str, str | None]]:
    meta, language = article.meta, article.language
    yield "record", article.record_id
    yield "url", article.url
    yield "canonical url", article.canonical_url if article.canonical_url != article.url else None
    yield "site", article.site
    yield "section", meta.section
    yield "authors", ", ".join(meta.authors)
    yield "published", _stamp(meta.published)
    yield "modified", f"{_time(meta.modified.at, 'minutes')} UTC" if meta.modified else None
    yield "fetched", f"{_time(article.fetched_at, 'seconds')} UTC"
    script = f", {language.script}" if language.script else ""
    yield "language", f"{language.code}{script} ({language.score:.2f})"
    yield "description", meta.description
    yield "tags", ", ".join(meta.tags)
    yield "source", _source(article)
    yield "http status", str(article.http_status) if article.http_status != 200 else None
    yield "near duplicate of", article.near_duplicate_of
    yield "story", article.story_id if article.story_id != article.record_id else None
    yield "version", f"{article.version}, after {article.supersedes}" if article.supersedes else None
    yield "extractor", article.extractor_version
    yield "links, images", f"{len(article.links)}, {len(article.images)}"


def _stamp(stamp: Stamp | None) -> str | None:
    """Return the time as exact as the page gave it, with the characters that it was read from."""
    if stamp is None:
        return None
    exact = {"day": "", "minute": "minutes"}.get(stamp.precision, "seconds")
    time = f"{_time(stamp.at, exact)} UTC" if exact else stamp.at.date().isoformat()
    return time + (f"  (page: {stamp.raw})" if stamp.raw else "")


def _time(at: datetime, exact: str) -> str:
    """Return a time to the ``minutes`` or ``seconds``; the year always has four digits, as strftime does not see to."""
    return at.replace(tzinfo=None).isoformat(" ", exact)


def _source(article: Article) -> str:
    warc = f" → {article.warc_file} at {article.warc_offset:,}" if article.warc_file and article.warc_offset else ""
    return f"{article.source}{warc} ({article.encoding})"


def _block(block: Block) -> RenderableType:
    if block.kind is Kind.HEADING:
        return Text(f"\n{block.text}", style="bold")
    if block.kind is Kind.CODE:
        return Group("", Padding(Text(block.text, style="green"), (0, 0, 0, 4)))
    mark = _MARKS.get(block.kind)
    return Text(mark + block.text if mark else f"\n{block.text}")


def _removed(article: Article) -> Table:
    table = _grid()
    table.add_column(style="yellow", no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    for cut in article.removed:
        text = " ".join(cut.text.split())
        more = f" … ({len(text):,} characters)" if len(text) > _REMOVED_SHOWN else ""
        table.add_row(cut.reason, Text(text[:_REMOVED_SHOWN] + more))
    return table


def _translation(article: Article) -> Iterator[RenderableType]:
    """Yield the sentences side by side, or the line that says why there are none."""
    made = article.translation
    if made is None:
        return
    flagged = sum(bool(sentence.flags) for sentence in made.sentences)
    by = f" by {made.translator}" if made.translator else ""
    count = f": {len(made.sentences)} sentences, {flagged} flagged" if made.sentences else ""
    yield Rule(f"translation: {made.status}{count}", style="dim")
    if not made.sentences:
        return
    if made.title:
        yield Padding(Text(made.title, style="bold"), (0, 0, 1, 0))
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False, expand=True, show_lines=False)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for sentence in made.sentences:
        table.add_row(Text(sentence.source), Group(Text(sentence.target), *_notes(sentence)))
    yield table
    if by:
        yield Text(f"translated{by}", style="dim")


def _notes(sentence: Sentence) -> Iterator[Text]:
    """Yield a line of warning for a flagged sentence."""
    if sentence.flags:
        score = f", score {sentence.score:.2f}" if sentence.score is not None else ""
        yield Text(f"⚠ {', '.join(sentence.flags)}{score}", style="red")


def _grid() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
