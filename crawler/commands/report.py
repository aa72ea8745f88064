"""``scrapy report``: figures over all runs, on the terminal or as one HTML page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.records_command import RecordsCommand
from crawler.screen import printed

if TYPE_CHECKING:
    import argparse


class Command(RecordsCommand):
    """Report on the stored records."""

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Report figures over all runs: articles, rejections, removed blocks, translation flags"

    def long_desc(self) -> str:
        """Return what `scrapy report -h` says."""
        return (
            "Reads the manifests and the Parquet files and changes nothing. Exit codes: 0 shown, 1 there are no "
            "records, 2 usage, 3 the records cannot be read or the page cannot be written."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--html", metavar="FILE", help="write one self-contained HTML page instead")
        parser.add_argument("--rows", type=int, default=30, metavar="N", help="rows of a table (default: 30)")

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Collect the figures and show them."""
        if args or opts.rows < 1:
            raise UsageError("report takes options only, --rows of at least 1", print_help=False)
        if opts.html is not None and not opts.html.strip():
            raise UsageError("the page has no name: give a file after --html", print_help=False)
        from pathlib import Path

        from crawler.report_tables import sheets
        from pipelines.errors import PolygleanError
        from pipelines.store import report

        root = self.root(opts)
        try:
            figures = report.collect(root)
            if not figures.runs and not figures.groups:
                print(f"no records in {root}", file=sys.stderr)
                self.exitcode = 1
            elif opts.html:
                self._write(Path(opts.html), root, figures.runs, list(sheets(figures, opts.rows)))
            else:
                self._print(list(sheets(figures, opts.rows)))
        except PolygleanError as error:
            print(f"error: {error}", file=sys.stderr)
            self.exitcode = error.exit_code

    def _print(self, tables: list[Any]) -> None:
        """Print the tables, as wide as they need to be in a pipe."""
        from rich.table import Table
        from rich.text import Text

        from crawler.console import Screen

        console = Screen.wide()
        for sheet in tables:
            table = Table(title=sheet.title, title_justify="left", title_style="bold", box=None, pad_edge=False)
            for place, head in enumerate(sheet.heads):
                table.add_column(head, justify="right" if place else "left", overflow="fold", header_style="dim")
            for row in sheet.rows:
                table.add_row(*(Text(f"{value:,}" if isinstance(value, int) else value) for value in row))
            console.print(table)
            if sheet.more:
                console.print(sheet.more, style="dim")
            console.print()

    def _write(self, path: Any, root: Any, runs: list[Any], tables: list[Any]) -> None:
        """Write the page in one piece: another one is replaced only when this one is whole."""
        from crawler.report_page import page
        from pipelines.errors import StoreError
        from pipelines.store.durable import whole_file

        last = f", the last started {runs[0].started_at[:16].replace('T', ' ')} UTC" if runs else ""
        subtitle = f"{root}: {len(runs):,} run{'' if len(runs) == 1 else 's'}{last}"
        try:
            with whole_file(path) as stream:
                stream.write(page("Polyglean report", subtitle, tables).encode(errors="replace"))
        except OSError as error:
            raise StoreError(f"cannot write {path}: {error.strerror}") from error
        if path.is_file():  # to /dev/stdout the page alone goes
            print(f"written: {path}")
