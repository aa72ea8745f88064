"""``scrapy sources check`` and ``scrapy sources discover URL``: is the file right, and what does a site offer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from crawler.screen import open_log, open_streams, printed
from pipelines import errors

if TYPE_CHECKING:
    from crawler.probe import Finding
    from crawler.sources import Source


class Command(ScrapyCommand):
    """Check a sources file, or find a site's feeds and sitemaps."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments."""
        return "[options] check [FILE] | discover URL"

    def short_desc(self) -> str:
        """Return one line for `scrapy -h`."""
        return "Check a file of sources, or find a site's feeds and sitemaps"

    def long_desc(self) -> str:
        """Return what `scrapy sources -h` says."""
        return (
            "check [FILE] validates a sources file (default: seeds/sources.toml) and asks for each address in it once; "
            "discover URL finds a site's feeds and sitemaps and prints a [[source]] block. Both keep to robots.txt."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ours to Scrapy's options."""
        super().add_options(parser)
        parser.add_argument("--offline", action="store_true", help="check: validate only, ask for nothing")
        parser.add_argument(
            "--allow-address",
            action="append",
            default=[],
            metavar="NET",
            help="discover: also connect to this network of your own (10.0.0.0/8)",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Let the answers stand alone: without log lines between them, unless somebody asks for those."""
        open_streams()
        super().process_options(args, opts)
        assert self.settings is not None
        if (self.settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        from crawler.checks import check_settings

        check_settings(self.settings)
        open_log(self.settings["LOG_FILE"])

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit with 0 if all is well, 1 if an address does not answer as it should, 2 for a mistake in the file."""
        try:
            if args[:1] == ["check"] and len(args) <= 2:
                self._check(Path(args[1] if len(args) == 2 else "seeds/sources.toml"), offline=opts.offline)
            elif args[:1] == ["discover"] and len(args) == 2:
                self._discover(args[1], opts.allow_address)
            else:
                raise UsageError("use `scrapy sources check [FILE]` or `scrapy sources discover URL`", print_help=False)
        except errors.UsageError as error:
            raise UsageError(str(error), print_help=False) from error

    def _check(self, path: Path, *, offline: bool) -> None:
        from crawler import sources

        found = sources.load(path)
        print(f"{path}: {len(found)} source(s), no mistakes")
        if offline:
            return
        findings = self._probe(found, discover=False)
        for one in findings:
            print(f"{'ok  ' if one.good else 'BAD '} {one.source}  {one.role:8} {one.url}  {one.says}")
        bad = sum(not one.good for one in findings)
        print(f"{len(findings)} address(es) asked, {bad} in need of a look")
        self.exitcode = int(bad > 0)

    def _discover(self, url: str, allowed: Sequence[str]) -> None:
        from crawler import sources
        from crawler.probe import block, quoted

        nets = ", ".join(map(quoted, allowed))
        assert self.settings is not None
        delay = self.settings.getfloat("DOWNLOAD_DELAY")
        text = f'[[source]]\nname = "new"\nsite = {quoted(url)}\nstart = [{quoted(url)}]\ndelay = {delay}\n'
        text += f"allow_addresses = [{nets}]\n"
        try:
            (source,) = sources.parse(text)
        except errors.UsageError as error:
            raise errors.UsageError(f"{url}: {str(error).split(': ', 1)[1]}") from None
        findings = self._probe([source], discover=True)
        lines = block(source, findings)
        print(lines)
        self.exitcode = int(not any(one.good for one in findings))

    def _probe(self, chosen: Sequence[Source], *, discover: bool) -> list[Finding]:
        from crawler.probe import ProbeSpider

        assert self.crawler_process is not None
        findings: list[Finding] = []
        crawler = self.crawler_process.create_crawler(ProbeSpider)
        self.crawler_process.crawl(crawler, chosen=chosen, findings=findings, discover=discover)
        self.crawler_process.start()
        return sorted(findings, key=lambda one: (one.source, one.role, one.url))
