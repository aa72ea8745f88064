"""What a run came to: its exit code and the summary a person reads at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.config import Config
from pipelines.metadata.dates import local_day
from pipelines.metadata.sites import zone
from pipelines.model import Article, Status

if TYPE_CHECKING:
    from pipelines.items import PageItem

SHOWN = 20
"""Up to so many new articles are named one by one at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One article in the list at the end."""

    record_id: str
    title: str
    date: str
    language: str
    first: str


def line_of(article: Article) -> Line:
    """Return what the list shows: title, the day that readers saw, language, the first line in the target language."""
    translation = article.translation
    text = (translation.text if translation else None) or article.text
    stamp = article.meta.published
    return Line(
        record_id=article.record_id,
        title=article.meta.title or "–",
        date=local_day(stamp, zone(article.url, Config())) if stamp else "–",
        language=article.language.code,
        first=text.split("\n", 1)[0],
    )


class Collector:
    """Remembers the first articles of a run for the summary, and how many pages have left the pipelines."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, Line]] = []
        self.done = 0

    def item_scraped(self, item: PageItem) -> None:
        """Signal handler for every item that has gone through."""
        self.done += 1
        outcome = getattr(item, "outcome", None)
        if isinstance(outcome, Article) and not item.known and len(self.lines) <= SHOWN:
            line = line_of(outcome)
            if all(line.record_id != other.record_id for _, other in self.lines):  # an equal page of this run
                self.lines.append((item.number, line))


def exit_code(stats: Mapping[str, Any], *, strict: bool) -> int:
    """Return 0 all fine, 1 broken pages with ``strict`` (or an unforeseen error), 2 usage, 3 could not write."""
    if code := stats.get("polyglean/exit_code"):
        return int(code)
    if stats.get("finish_reason") == "start_error" or stats.get("log_count/CRITICAL"):
        return 1
    return int(bool(strict and stats.get("polyglean/broken")))


def _group(stats: Mapping[str, Any], name: str) -> list[tuple[str, int]]:
    prefix = f"polyglean/{name}/"
    found = [(key.removeprefix(prefix), int(value)) for key, value in stats.items() if key.startswith(prefix)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _counts(pairs: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in pairs) or "none"


def rows_of(stats: Mapping[str, Any], seconds: float) -> list[tuple[str, str]]:
    """Return the summary table's rows: label and value."""
    rejected = _group(stats, "rejected")
    total = sum(count for _, count in rejected)
    replaced, withdrawn = (int(stats.get(f"polyglean/{name}", 0)) for name in ("replaced", "withdrawn"))
    instead = f", {replaced:,} in place of stored ones" * bool(replaced)
    return [
        ("pages", f"{stats.get('polyglean/pages', 0):,}"),
        ("articles", f"{stats.get('polyglean/articles', 0) - replaced:,} new{instead}"),
        *([("withdrawn", f"{withdrawn:,} stored before: the pages do not give them any more")] * bool(withdrawn)),
        ("already stored", f"{stats.get('polyglean/known', 0):,}"),
        ("rejected", f"{total:,} ({_counts(rejected)})" if total else "0"),
        ("by language", _counts(_group(stats, "language"))),
        ("blocks removed", _counts(_group(stats, "removed"))),
        (
            "sentences",
            f"{stats.get('polyglean/sentences', 0):,} translated, "
            f"{stats.get('polyglean/sentences_flagged', 0):,} flagged",
        ),
        ("seconds", f"{seconds:.1f}"),
    ]


def notes_of(stats: Mapping[str, Any], target: str = "en") -> list[str]:
    """Return the lines of advice below the table."""
    notes = []
    missing = _group(stats, "no_package")
    if missing:
        code = next((name for name, _ in missing if name != "und"), "zh")
        notes.append(
            f"{sum(count for _, count in missing):,} article(s) not translated, no package is installed "
            f"({_counts(missing)}): `scrapy models install {code} {target}` gets the official one, "
            "`scrapy models install FILE.argosmodel` installs one without a network."
        )
    if failed := int(stats.get(f"polyglean/translation/{Status.FAILED}", 0)):
        notes.append(f"{failed:,} article(s) could not be translated; `scrapy doctor` checks the packages.")
    if known := int(stats.get("polyglean/known", 0)):
        notes.append(
            f"{known:,} page(s) were stored already, by an earlier run or as an equal page of this one, and not stored "
            "again; --again reprocesses those of earlier runs."
        )
    return notes


def show(console: Console, stats: Mapping[str, Any], lines: Sequence[Line], seconds: float) -> None:
    """Print the summary; what the terminal's or file's charset cannot hold becomes a question mark."""
    if isinstance(console.file, TextIOWrapper):
        console.file.reconfigure(errors="replace")
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in rows_of(stats, seconds):
        table.add_row(label, escape(value))
    console.print(table)
    if 0 < len(lines) <= SHOWN:
        console.print()
        for line in lines:
            console.print(f"[bold]{escape(line.title)}[/bold]  {line.date}  {line.language}  {line.record_id[:10]}")
            console.print(f"  {escape(line.first)}", no_wrap=True, overflow="ellipsis", crop=True)
    for note in notes_of(stats):
        console.print(f"\n{escape(note)}")
