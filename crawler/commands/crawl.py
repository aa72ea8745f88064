"""``scrapy crawl``: Scrapy's own command, with settings checked first and an exit code that a scheduler can use."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler.screen import open_log, open_streams, printed


class Command(ScrapyCrawl):
    """Run a spider of the project, by name."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the settings that the command line may have changed, and that the log can be written."""
        open_streams()
        if opts.output or opts.overwrite_output:  # Scrapy's exports would fail at every article
            advice = "name its folder with -s OUTPUT_DIR=DIR, and read it with DuckDB or pandas to export it"
            raise UsageError(f"-o and -O are of no use here: records are Parquet; {advice}", print_help=False)
        super().process_options(args, opts)
        assert self.settings is not None
        from crawler.checks import check_settings

        check_settings(self.settings)
        open_log(self.settings["LOG_FILE"])

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider and exit with its code.

        0 fine, 1 broken pages with STRICT, 2 usage, 3 could not write, 4 a source is unwell, 75 the output is locked.
        """
        from crawler.checks import check_arguments
        from crawler.runs import run_spider

        if len(args) != 1:
            raise UsageError("name one spider; `scrapy list` shows them")
        assert self.crawler_process is not None
        if args[0] not in self.crawler_process.spider_loader.list():
            raise UsageError(f"no spider is named {args[0]!r}; `scrapy list` shows them", print_help=False)
        check_arguments(self.crawler_process.spider_loader.load(args[0]), opts.spargs)
        run = run_spider(self.crawler_process, self._create_crawler(args[0]), opts.spargs)
        self.exitcode = run.exit_code
