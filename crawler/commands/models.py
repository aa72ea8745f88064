"""``scrapy models``: which translation packages are there, and installing or removing them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from rich.table import Table
from scrapy.commands import ScrapyCommand

from crawler.console import Screen
from crawler.screen import printed
from pipelines.errors import PolygleanError, UsageError


class Command(ScrapyCommand):
    """Thin: arguments and printing; the work is done in ``pipelines.translate``."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "list | available | install FROM TO | install FILE.argosmodel | remove FROM TO"

    def short_desc(self) -> str:
        """Return one line."""
        return "List, install and remove translation packages"

    def long_desc(self) -> str:
        """Return what --help says."""
        return (
            "list: the installed packages. available: what the Argos index offers. install FROM TO: download and "
            "install the newest package for a pair of language codes (zh en). install FILE: the same from a file, "
            "without a network. remove FROM TO: take a package away."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what the sub-commands take."""
        super().add_options(parser)
        parser.add_argument(
            "--once",
            action="store_true",
            help="for set-up: do nothing if the pair is installed or POLYGLEAN_OFFLINE=1 is set, and never fail",
        )
        parser.add_argument("--sha256", metavar="HEX", help="refuse a package file that has another checksum")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the settings that the command line may have changed."""
        from crawler.checks import check_settings

        super().process_options(args, opts)
        assert self.settings is not None
        check_settings(self.settings)

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do one sub-command; exit code 2 for a wrong call, 1 for a failure, both with one line."""
        actions = {
            ("list", 0): _list,
            ("available", 0): _available,
            ("install", 1): _install_file,
            ("install", 2): _install_pair,
            ("remove", 2): _remove,
        }
        action = actions.get((args[0], len(args) - 1)) if args else None
        if action is None or any(arg.startswith("-") for arg in args):
            print(f"usage: scrapy models {self.syntax()}", file=sys.stderr)
            self.exitcode = UsageError.exit_code
            return
        try:
            action(args[1:], opts)
        except PolygleanError as error:
            later = f"; later: scrapy models {' '.join(args)}" if opts.once else ""
            print(f"models: {error}{later}", file=sys.stderr)
            self.exitcode = 0 if opts.once else error.exit_code


def _list(args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate import argos, packages

    found = packages.installed() + packages.bundled()
    if not found:
        print(f"no translation package in {argos.packages_dir()}; get one with: scrapy models install zh en")
        return
    table = Table("from", "to", "version", "sha256", "where", box=None, pad_edge=False)
    for package in found:
        where = "bundled" if package.bundled else str(package.path)
        pair = (f"{package.from_name} ({package.from_code})", f"{package.to_name} ({package.to_code})")
        table.add_row(*pair, package.version, package.sha256[:16], where)
    Screen(soft_wrap=True).print(table)


def _available(args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate import index, packages

    have = {(package.from_code, package.to_code): package.version for package in packages.installed()}
    table = Table("from", "to", "version", "installed", box=None, pad_edge=False)
    for offer in sorted(index.offers(), key=lambda o: (o.from_code, o.to_code)):
        pair = (f"{offer.from_name} ({offer.from_code})", f"{offer.to_name} ({offer.to_code})")
        table.add_row(*pair, offer.version, have.get((offer.from_code, offer.to_code), ""))
    Screen(soft_wrap=True).print(table)


def _install(file: Path, wanted: str | None) -> None:
    from pipelines.errors import PackageError
    from pipelines.translate import argos, install

    if wanted and install.file_sha256(file) != wanted.lower():
        raise PackageError(f"{file}: its SHA-256 is {install.file_sha256(file)}, not the one that was asked for")
    done = install.install_file(file, argos.packages_dir())
    instead = f" in place of {', '.join(done.replaced)}" if done.replaced else ""
    print(f"installed {done.package.name} {done.package.version}{instead}")
    print(f"file sha256 {done.file_sha256}")
    print(f"in {done.package.path}")


def _install_file(args: list[str], opts: argparse.Namespace) -> None:
    if args[0].isalpha() and len(args[0]) <= 3 and not Path(args[0]).exists():
        raise UsageError(f"{args[0]} alone is no pair of languages: `scrapy models install {args[0]} en`")
    _install(Path(args[0]), opts.sha256)


def _install_pair(args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate import index, packages

    from_code, to_code = args
    if opts.once:
        if os.environ.get("POLYGLEAN_OFFLINE") == "1":
            print(f"models: offline: the {from_code}→{to_code} package was not looked for")
            return
        if packages.best(packages.installed(), from_code, to_code):
            return
    offer = index.choose(index.offers(), from_code, to_code)
    print(f"downloading {offer.from_name} → {offer.to_name} {offer.version}")
    with tempfile.TemporaryDirectory(prefix="polyglean-") as folder:
        _install(index.download(offer, Path(folder), seen=_progress if sys.stderr.isatty() else None), opts.sha256)


def _progress(got: int, of: int) -> None:
    share = f" of {of >> 20}" if of else ""
    print(f"\r{got >> 20}{share} MiB", end="\n" if got == of else "", file=sys.stderr, flush=True)


def _remove(args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.errors import PackageError
    from pipelines.translate import install, packages

    from_code, to_code = args
    fitting = [p for p in packages.installed() if (p.from_code, p.to_code) == (from_code, to_code)]
    if not fitting:
        raise PackageError(f"no package {from_code} → {to_code} is installed")
    for package in fitting:
        install.remove(package)
        print(f"removed {package.name} {package.version}")
