"""``scrapy replay``: saved pages in, clean translated Parquet out; a bar while it runs, a summary at the end."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.screen import open_log, open_streams, printed
from pipelines import errors


class Command(ScrapyCommand):
    """Replay saved pages."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] PATH [PATH ...]"

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Replay saved pages (files, folders, WARC, MHTML, manifests) into Parquet"

    def long_desc(self) -> str:
        """Return what `scrapy replay -h` says."""
        return (
            "PATH is a file, a folder, a glob, a .jsonl manifest, or - for a list of paths on standard input. "
            "Exit codes: 0 all fine, 1 some pages are broken and --strict is given, 2 usage, 3 the output cannot be "
            "written."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="DIR", help="where the records go (default: output)")
        parser.add_argument("--again", action="store_true", help="clean and store pages anew that are stored already")
        parser.add_argument("--strict", action="store_true", help="exit with 1 when a page is broken")
        parser.add_argument(
            "--templates", action="store_true", help="read twice, and cut what recurs on other pages of the same host"
        )
        parser.add_argument("--quiet", action="store_true", help="no bar and no summary")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Turn options into settings and refuse what cannot be meant."""
        open_streams()
        super().process_options(args, opts)
        assert self.settings is not None
        if opts.output is not None:
            self.settings.set("OUTPUT_DIR", opts.output, priority="cmdline")
        if opts.again:
            self.settings.set("REPROCESS", True, priority="cmdline")
        if opts.templates:
            self.settings.set("TEMPLATES", True, priority="cmdline")
        if opts.strict:
            self.settings.set("STRICT", True, priority="cmdline")
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            # The bar and the summary say how it goes; a warning is a page that could not be read.
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        from crawler.checks import check_settings

        check_settings(self.settings)
        if unknown := [arg for arg in args if arg.startswith("-") and arg != "-"]:
            raise UsageError(f"unknown option {unknown[0]}; `scrapy replay -h` lists them", print_help=False)
        if opts.templates and "-" in args:
            raise UsageError("--templates reads its pages twice, a list on standard input only once", print_help=False)
        if not args:
            raise UsageError("name what to replay, for example `scrapy replay seeds/`", print_help=False)
        open_log(self.settings["LOG_FILE"])

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the replay spider over ``args``."""
        from crawler import outcome
        from crawler.bar import Bar
        from crawler.console import Screen
        from crawler.pages import count_pages
        from crawler.runs import run_spider

        assert self.crawler_process is not None
        try:
            total = count_pages(args) if args != ["-"] else None
        except errors.UsageError as error:
            raise UsageError(str(error), print_help=False) from error
        crawler = self.crawler_process.create_crawler("replay")
        with Bar(total, crawler, shown=sys.stderr.isatty() and not opts.quiet):
            run = run_spider(self.crawler_process, crawler, {"pages": args})
        self.exitcode = run.exit_code
        if not opts.quiet and (run.exit_code not in (2, 3) or run.stats.get("polyglean/pages")):
            outcome.show(Screen(), run.stats, run.lines, run.seconds)
