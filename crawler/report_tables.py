"""The report's tables: what both the terminal and the HTML page show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipelines.store.report import Group, Report, share

ROWS = 30
"""Rows of a table before the rest is summed up in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: a title, column heads, and rows of text and numbers; ``weight`` is the column to draw bars of.

    It is -1 where the numbers of a column are of different things.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    weight: int = 1
    more: str = ""


def sheets(report: Report, limit: int = ROWS) -> Iterator[Sheet]:
    """Yield the tables that have anything to show."""
    total = report.total()
    yield Sheet(
        title="Records",
        heads=("", "records"),
        weight=-1,
        rows=(
            ("articles", total.articles),
            ("translated", total.translated),
            ("near-duplicates", report.near_duplicates),
            ("sentences translated", total.sentences),
            (f"sentences flagged ({share(total.flagged, total.sentences)})", total.flagged),
            ("blocks removed", total.removed),
            ("pages rejected", report.rejected.total()),
        ),
    )
    yield from _groups("By language", "language", report.by_language(), limit)
    yield from _groups("By site", "site", report.by_site(), limit)
    yield from _groups("By day of fetching", "day (UTC)", report.by_day(), limit)
    yield from _counter("Translation", "status", report.status, limit)
    yield from _counter("Flags on translated sentences", "flag", report.flags, limit)
    yield from _counter("Blocks removed", "reason", report.removed, limit)
    yield from _counter("Pages rejected", "reason", report.rejected, limit)
    yield from _runs(report, limit)


def _groups(title: str, head: str, groups: Mapping[str, Group], limit: int) -> Iterator[Sheet]:
    if not groups:
        return
    rows = tuple(
        (
            name,
            group.articles,
            share(group.translated, group.articles),
            share(group.flagged, group.sentences),
            f"{group.removed / group.articles:.1f}",
        )
        for name, group in list(groups.items())[:limit]
    )
    heads = (head, "articles", "translated", "flagged", "removed an article")
    yield Sheet(title=title, heads=heads, rows=rows, more=_more(len(groups), limit))


def _counter(title: str, head: str, counter: Mapping[str, int], limit: int) -> Iterator[Sheet]:
    if not counter:
        return
    whole = sum(counter.values())
    order = sorted(counter.items(), key=lambda item: (-item[1], str(item[0])))
    rows = tuple((str(name), count, share(count, whole)) for name, count in order[:limit])
    yield Sheet(title=title, heads=(head, "count", "share"), rows=rows, more=_more(len(counter), limit))


def _runs(report: Report, limit: int) -> Iterator[Sheet]:
    if not report.runs:
        return
    rows = tuple(
        (
            run.run_id,
            run.articles,
            f"{run.started_at[:16].replace('T', ' ')}",
            run.rejected,
            run.known,
            run.replaced,
            run.near_duplicates,
            share(run.flagged, run.sentences),
        )
        for run in report.runs[:limit]
    )
    heads = ("run", "articles", "started", "rejected", "known", "replaced", "near-duplicates", "flagged")
    yield Sheet(title="Runs", heads=heads, rows=rows, more=_more(len(report.runs), limit))


def _more(count: int, limit: int) -> str:
    return f"and {count - limit:,} more" if count > limit else ""
