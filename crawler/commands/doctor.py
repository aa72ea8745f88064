"""``scrapy doctor``: checks that a run has all it needs, and that the records are what their manifests say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.records_command import RecordsCommand
from crawler.screen import printed

if TYPE_CHECKING:
    import argparse


class Command(RecordsCommand):
    """Check the installation and the records."""

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Check the installation, the translation packages and the stored records"

    def long_desc(self) -> str:
        """Return what `scrapy doctor -h` says."""
        return (
            "Changes nothing. Exit codes: 0 all fine (notes may say what could be better), 1 there is a problem, "
            "2 usage, 3 what was found cannot be printed."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--deep", action="store_true", help="read every byte: hashes, page checksums, doubles")

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print one line for each thing looked at."""
        if args:
            raise UsageError("doctor takes options only; `scrapy doctor -h` lists them", print_help=False)
        from pathlib import Path

        from rich.table import Table
        from rich.text import Text

        from crawler import checkup
        from crawler.console import Screen
        from pipelines.store import audit

        assert self.settings is not None
        root = self.root(opts)
        project = Path(__file__).resolve().parents[2]
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        colours = {audit.Level.FINE: "green", audit.Level.NOTE: "yellow", audit.Level.PROBLEM: "bold red"}
        for source in (
            checkup.check(project, root, self.settings["TARGET_LANGUAGE"]),
            audit.check(root, deep=opts.deep),
            checkup.archives(root, deep=opts.deep),
        ):
            for finding in source:
                table.add_row(Text(finding.level, colours[finding.level]), finding.subject, Text(finding.detail))
                if finding.level is audit.Level.PROBLEM:
                    self.exitcode = 1
        Screen.wide().print(table)
