"""What the commands that read a folder of records share; outside ``commands``, where Scrapy looks for real ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

if TYPE_CHECKING:
    import argparse


class RecordsCommand(ScrapyCommand):
    """A command over the records of ``--output``: no crawl, no log lines between what it prints."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add where the records lie."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="DIR", help="the folder of records (default: output)")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse settings that cannot be used, and an option that there is not; argparse takes it for an argument."""
        from crawler.checks import check_settings

        super().process_options(args, opts)
        assert self.settings is not None
        check_settings(self.settings)
        if unknown := [arg for arg in args if arg.startswith("-")]:
            name = type(self).__module__.rpartition(".")[2]
            raise UsageError(f"unknown option {unknown[0]}; `scrapy {name} -h` lists them", print_help=False)

    def root(self, opts: argparse.Namespace) -> Path:
        """Return the folder of records."""
        assert self.settings is not None
        name = str(self.settings["OUTPUT_DIR"] if opts.output is None else opts.output)
        if not name.strip():
            raise UsageError("the folder of records has no name: give one after -o", print_help=False)
        return Path(name)
