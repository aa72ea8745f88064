"""Puts a capture's lines together as a Draft: metadata of the head, blocks in their kinds, the rest named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.capture import credits, front, headline, issued, names, noted, standfirst
from pipelines.capture.head import Head, cut_date_prefix, first_text, read_head
from pipelines.capture.issued import Dates
from pipelines.capture.joins import join
from pipelines.capture.lines import Line, read
from pipelines.capture.quoted import unquoted
from pipelines.capture.reasons import reasons
from pipelines.capture.votes import Model
from pipelines.config import Config
from pipelines.metadata import titles as titles_of_pages
from pipelines.metadata import zones
from pipelines.metadata.datelines import Context, find_stamp
from pipelines.metadata.dates import utc
from pipelines.model import Block, Draft, Kind, Metadata, Removed
from pipelines.pruning.shapes import Shape, shape

MAX_LINES = 50_000
"""Lines of a capture that are read: 16 MiB of short lines would take minutes, and no article is near this."""
AFTER = 4
"""Lines behind the article that the verdict looks at: further down is the page's footer, where sites ask for
subscribers under every article."""
HEADING_WIDTH = 90
"""Widest sub-heading, in columns."""


def extract(
    text: str,
    *,
    url: str,
    fetched_at: datetime,
    config: Config,
    model: Model | None = None,
    titles: headline.Weights | None = None,
) -> Draft:
    """Take a text capture apart. Never raises; a capture without running text gives a Draft without blocks.

    ``model`` and ``titles`` stand in for the package's own line model and weights of titles, for measuring them on
    pages they have not seen.
    """
    stated, text = front.read(unquoted(text))
    lines = join(read(text))
    beyond, lines = lines[MAX_LINES:], lines[:MAX_LINES]
    removed = list(stated.removed)
    if beyond:
        removed.append(Removed(reason="too_long", text="\n".join(line.text for line in beyond)))
    shapes = [shape(line.text) for line in lines]
    chosen, odds = noted.weigh(lines, shapes, model)
    if not any(chosen):
        removed += [Removed(reason="no_article", text=line.text) for line in lines]
        return Draft(url=url, meta=Metadata(), blocks=(), removed=tuple(removed), is_capture=True)
    start = first_text(shapes, chosen)
    title = stated.line(lines)
    if not stated.title:
        below = headline.first_below(shapes, chosen, start)
        title = headline.find(headline.Candidates(lines, shapes, chosen, below, url), titles)
    if title is not None and title >= start and any(chosen[title + 1 :]):
        start = first_text(shapes, [taken and at > title for at, taken in enumerate(chosen)])
    dates = Dates(lines, shapes, chosen, _context(lines, chosen, url, fetched_at, config))
    head = read_head(lines, shapes, start, title, dates)
    if stated.date:
        timezone = dates.context.timezone
        dates.published = find_stamp(stated.date, fetched_at=fetched_at, timezone=timezone) or dates.published
    if (dated := dates.below(start)) is not None:
        head.used.setdefault(dated, "date_line")
    opening = standfirst.find(lines, shapes, chosen, odds, head.title_end, start)
    if opening is not None and opening not in head.used:
        chosen[opening] = True
    if found := names.find(lines, shapes, chosen, head.title_end, start):
        at, head.authors = found
        head.used.setdefault(at, "byline")
    else:
        head.authors = _credited(lines, chosen, start, head)
    head.title = titles_of_pages.in_full(head.title, lines) if head.title else stated.title or None
    head.authors = stated.authors or head.authors
    blocks, cut = _parted(lines, shapes, chosen, start, head, dates)
    dates.otherwise()
    return Draft(
        url=url,
        meta=stated.completed(_metadata(head, dates)),
        blocks=tuple(blocks),
        removed=(*removed, *cut),
        is_capture=True,
        after=_after(lines, chosen),
    )


def _context(lines: Sequence[Line], chosen: Sequence[bool], url: str, fetched_at: datetime, config: Config) -> Context:
    """Return what reading the dates of a capture needs to know of it."""
    timezone = zones.find(url, config, [line.text for line in lines[-zones.FOOTER :]])
    order = issued.day_first(lines, chosen, url)
    return Context(url=url, fetched_at=utc(fetched_at), timezone=timezone, day_first=order)


def _parted(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    chosen: Sequence[bool],
    start: int,
    head: Head,
    dates: Dates,
) -> tuple[list[Block], list[Removed]]:
    """Return the article's blocks, and what is cut; the text's dateline, cut off its first line, goes to ``dates``."""
    blocks, removed = list[Block](), list[Removed]()
    why = reasons(shapes, chosen, head.used, start)
    for index, line in enumerate(lines):
        if why[index]:
            removed.append(Removed(reason=why[index], text=line.text))
        elif not blocks or index == start:
            prefix, body, stamp = cut_date_prefix(line.text, dates.context)
            if prefix:
                removed.append(Removed(reason="date_line", text=prefix))
                dates.published = dates.published or stamp
            blocks.append(_block(lines, shapes, index, body))
        else:
            blocks.append(_block(lines, shapes, index, line.text))
    return blocks, removed


def _credited(lines: Sequence[Line], chosen: Sequence[bool], start: int, head: Head) -> tuple[str, ...]:
    """Return the authors that stand elsewhere than in a byline between title and text."""
    title = next((index for index, reason in head.used.items() if reason == "title"), start)
    above = [line.text for line in lines[title + 1 : start]]
    taken = [index for index in range(len(lines)) if chosen[index]]
    behind = [line.text for line in lines[taken[-1] + 1 :][: credits.FAR]]
    body = [lines[index].text for index in taken]
    return credits.beside_date(above) or credits.find(body, behind) or credits.with_biography(body, behind)


def _after(lines: Sequence[Line], chosen: Sequence[bool]) -> tuple[str, ...]:
    """Return the lines right behind the article: a paywall stands there."""
    end = max(index for index, taken in enumerate(chosen) if taken) + 1
    return tuple(line.text for line in lines[end : end + AFTER])


def _metadata(head: Head, dates: Dates) -> Metadata:
    return Metadata(
        title=head.title,
        authors=head.authors,
        section=head.section,
        tags=head.tags,
        published=dates.published,
        modified=dates.modified,
    )


def _block(lines: Sequence[Line], shapes: Sequence[Shape], index: int, text: str) -> Block:
    line = lines[index]
    kind, level = line.kind, line.level
    if kind is Kind.PARAGRAPH and line.tabbed and not shapes[index].prose:
        kind = Kind.TABLE_ROW
        text = line.row if line.row.replace(" | ", " ") == text else text
    elif kind is Kind.PARAGRAPH and _is_heading(lines, shapes, index):
        kind, level = Kind.HEADING, 2
    return Block(kind=kind, text=text, level=level, line=line.number)


def _is_heading(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> bool:
    """Say whether a short line without a full stop announces the running text right after it."""
    text, own = lines[index].text, shapes[index]
    if own.columns > HEADING_WIDTH or own.prose or own.sentence or text[-1] in ".。,，、;；:：":
        return False
    following = index + 1
    return following < len(lines) and (shapes[following].prose or shapes[following].sentence)
