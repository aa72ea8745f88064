"""What a page says of itself: title, dates, authors, site, section, tags; each the page's own, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lxml.html import HtmlElement

from pipelines.config import Config
from pipelines.metadata import (
    authors,
    datelines,
    dates,
    descriptions,
    folders,
    jsonld,
    orders,
    sections,
    sites,
    states,
    titles,
    topics,
    tree,
    walk,
    zones,
)
from pipelines.metadata.text import key
from pipelines.model import Block, Metadata, Stamp

__all__ = ["from_tree"]
MAX_HEADLINE = 300


def from_tree(
    root: HtmlElement, *, url: str, fetched_at: datetime, config: Config, body: Sequence[Block] = ()
) -> Metadata:
    """Return the metadata of one parsed page, which is not changed.

    ``body`` are the blocks of the article where they are known: its last one tells where the article ends.
    """
    page = walk.read(root)
    prose = datelines.prose(page.lines)
    facts = jsonld.facts(
        page.scripts,
        titles=[page.title, *page.meta("og:title")],
        headings=[tree.text_of(each.element, 300) for each in page.headings if each.element.tag == "h1"][:20],
        addresses=[url, page.canonical or "", *page.meta("og:url")],
        lines=_above(page, prose),
    )
    names = sites.names(page, facts, url)
    told = descriptions.candidates(page, facts)
    title, title_line = titles.find(page, facts, names, told[0] if told else "", url)
    if title_line is not None and title_line >= len(page.lines):
        title_line = None
    end = _end(page, body, title_line)
    language = sites.language(page, facts)
    regional = sites.regional(page, language)
    article = " ".join(line.text for line in page.lines[title_line or 0 : (end or 200) + 1][:300])
    footer = [line.text for line in page.lines[-zones.FOOTER :]]
    timezone = zones.find(url, config, footer)
    context = datelines.Context(
        url=url,
        fetched_at=dates.utc(fetched_at),
        timezone=timezone,
        day_first=orders.order(page, regional, url),
        year_first=(language or "").startswith(("zh", "ja", "ko")),
        title_line=title_line,
        body_end=end,
        prose=prose,
        comments=datelines.comments(page.lines, end),
    )
    published, modified = dates.find(page, facts, context)
    published = _settled(published, modified, root, title, context)
    text = " ".join(block.text for block in body)  # a page may have it in a script alone
    description = descriptions.choose(told, title, f"{article} {text}")
    signed = authors.find(page, facts, sites.declared(page, facts), title_line, end, sites.labels(url))
    place = sections.Place(title, title_line, (*names, *signed), folders.Folders(root, url))
    return Metadata(
        title=title,
        description=description,
        authors=signed,
        tags=topics.tags(page, facts, (*names, *signed), title, f"{description} {article}", (title_line, end)),
        section=sections.find(page, facts, place),
        site=sites.site_name(page, facts, title),
        canonical_url=sites.canonical(page, url),
        language=language,
        published=published,
        modified=modified,
    )


def _settled(
    published: Stamp | None, modified: Stamp | None, root: HtmlElement, title: str | None, context: datelines.Context
) -> Stamp | None:
    """Return the date with what only a script states: the whole of it, its time, the instant of one without a zone.

    Where the page shows nothing but when it was changed, the script's date counts if it is an earlier one.
    """
    if published is not None and published.precision == "day":
        day, noon = published.at.date(), published.at.replace(hour=12)
        timed = states.published(root, title, context, near=noon, day=day)
        # An epoch of midnight says no more than the day.
        return published if timed is None or timed.stamp.at == published.at else timed.stamp
    if published is not None and not dates.lacks_zone(published, context):
        return published
    changed = published is not None and modified is not None and published.at == modified.at
    near = published.at if published is not None and not changed else None
    stated = states.published(root, title, context, near=near)
    if stated is None:
        return published
    if changed and published is not None and stated.stamp.at < published.at:
        return stated.stamp
    return dates.told(published, stated)


def _above(page: tree.Page, prose: Sequence[int]) -> list[str]:
    """Return the lines above the running text that are no links, as no heading of others is."""
    first = next(iter(prose), len(page.lines))
    return [line.text for line in page.lines[:first] if not line.linked and len(line.text) <= MAX_HEADLINE]


def _end(page: tree.Page, body: Sequence[Block], title_line: int | None) -> int | None:
    """Return the index of the article's last line: that of the last known block, else the last long unlinked line."""
    wanted = {key(block.text[:200]) for block in body[-3:] if len(block.text) > 10}
    start = title_line or 0
    if wanted:
        for line in reversed(page.lines):
            if key(line.text[:200]) in wanted:
                return line.index
    return tree.last_prose(page.lines, start)
