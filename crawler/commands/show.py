"""``scrapy show``: one article as a person wants to read it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.records_command import RecordsCommand
from crawler.screen import printed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.model import Article


MIN_WIDTH = 20
"""Columns of the narrowest page: a line has room for a word."""


class Command(RecordsCommand):
    """Show one article."""

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] RECORD_ID|PATH|URL"

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Show one article: metadata, text, what was removed and why, the translation side by side"

    def long_desc(self) -> str:
        """Return what `scrapy show -h` says."""
        return (
            "RECORD_ID may be cut short as long as it names one record. PATH is a saved page: its record is shown, or, "
            "if none is stored, what cleaning makes of it now; a Parquet file is listed, or shown if it holds one "
            "record. Exit codes: 0 shown, 1 not found, 2 usage, 3 the records cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("--fresh", action="store_true", help="clean the page at PATH now, stored or not")
        parser.add_argument("--width", type=int, metavar="COLUMNS", help="width of the page (default: the terminal's)")

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Find the article and print it, or say in one line why not."""
        if len(args) != 1:
            raise UsageError("name one record id, saved page or address to show", print_help=False)
        if opts.width is not None and opts.width < MIN_WIDTH:
            raise UsageError(f"--width must be {MIN_WIDTH} columns or more", print_help=False)
        from crawler import article_view
        from crawler.console import Screen
        from pipelines.errors import PolygleanError

        console = Screen(width=opts.width or (None if sys.stdout.isatty() else 100))
        try:
            for article in self._find(args[0], opts):
                article_view.show(console, article)
        except NotShownError as reason:
            print(reason, file=sys.stderr)
            self.exitcode = 1
        except PolygleanError as error:
            print(f"error: {error}", file=sys.stderr)
            self.exitcode = error.exit_code

    def _find(self, name: str, opts: argparse.Namespace) -> Iterator[Article]:
        """Yield the article meant by ``name``: a record of the output folder, or a page cleaned on the spot."""
        from pathlib import Path

        from pipelines import schema
        from pipelines.store import records

        assert self.settings is not None
        root, path = self.root(opts), Path(name)
        if path.suffix == ".parquet" and path.is_file():
            rows = list(records.of_file(path))
        elif opts.fresh:
            rows = []
        elif path.exists() or "/" in name:
            rows = records.by_origin(root, name)
        else:
            rows = records.by_id(root, name.lower())
        if len(rows) > 1:
            raise NotShownError("\n".join([f"{name} is {len(rows)} records or more:", *map(_line, rows[:10])]))
        if rows:
            yield schema.from_row(rows[0])
        elif path.is_file() and path.suffix != ".parquet":
            yield from self._clean(path)
        elif opts.fresh:
            raise NotShownError(f"{name} is no saved page")
        else:
            raise NotShownError(f"no record {name} in {root} ({len(records.files(root))} files)")

    def _clean(self, path: Path) -> Iterator[Article]:
        """Yield what cleaning makes of a saved page now; a file of many pages gives each of them.

        Why a page gives none is said where error messages go, and the next one is looked at.
        """
        from crawler import room

        room.check_space(room.PAGE_SPACE)  # before the libraries are loaded, one of which aborts where there is no room
        from crawler.pages import read_pages
        from pipelines.model import Rejected
        from pipelines.process import clean
        from pipelines.stages import config_from

        assert self.settings is not None
        config = config_from(self.settings)
        shown = refused = False
        for page in read_pages([str(path)], max_bytes=config.max_page_bytes):
            outcome = page if isinstance(page, Rejected) else clean(page, config)
            if isinstance(outcome, Rejected):
                detail = f" ({outcome.detail})" if outcome.detail else ""
                print(f"{outcome.source} gives no article: {outcome.reason}{detail}", file=sys.stderr)
                refused = True
            else:
                shown = True
                yield outcome
        if refused and not shown:
            self.exitcode = 1
        elif not shown:
            raise NotShownError(f"{path} holds no page")


class NotShownError(Exception):
    """There is nothing to show, and why."""


def _line(row: dict[str, Any]) -> str:
    return f"  {row['record_id']}  {row['fetched_at'].date()}  {row['language']}  {row['title'] or row['url']}"
