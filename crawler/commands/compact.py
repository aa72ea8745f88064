"""``scrapy compact``: fewer, larger Parquet files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.records_command import RecordsCommand
from crawler.screen import printed

if TYPE_CHECKING:
    import argparse


class Command(RecordsCommand):
    """Merge small files of the records."""

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Merge the small Parquet files that many short runs leave"

    def long_desc(self) -> str:
        """Return what `scrapy compact -h` says."""
        return (
            "The records stay as they are; a query that is reading a file while it is merged must be run again. Exit "
            "codes: 0 done, 2 usage, 3 could not write, 75 a run is writing to the folder."
        )

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Merge, and say what came of it."""
        if args:
            raise UsageError("compact takes options only; `scrapy compact -h` lists them", print_help=False)
        from datetime import UTC, datetime

        from pipelines import identity
        from pipelines.errors import PolygleanError
        from pipelines.store.recovery import RUNS
        from pipelines.store.sink import Store

        assert self.settings is not None
        root = self.root(opts)
        if not (root / RUNS).is_dir():
            print(f"no records in {root}", file=sys.stderr)
            self.exitcode = 2
            return
        try:
            started = datetime.now(UTC)
            store = Store(
                root,
                run_id=f"compact-{self.settings['RUN_ID']}",
                started_at=started,
                config_digest="",
                signer=identity.signature,  # a lost catalogue is made here too, and wants to know what resembles what
            )
            try:
                fewer = store.compact()
                print(f"{len(store.catalogue.files()):,} files now, {fewer:,} fewer")
            finally:
                store.abandon()
        except PolygleanError as error:
            print(f"error: {error}", file=sys.stderr)
            self.exitcode = error.exit_code
