"""``scrapy memory``: what the translation memory holds, and carrying it to translators' tools and back."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler.screen import printed
from pipelines.errors import PolygleanError, UsageError


class Command(ScrapyCommand):
    """Thin: arguments and printing; the work is done in ``pipelines.translate``."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return the arguments."""
        return "stats | export FILE.tmx | import FILE.tmx | clear"

    def short_desc(self) -> str:
        """Return one line."""
        return "Look at, export, import and clear the translation memory"

    def long_desc(self) -> str:
        """Return what --help says."""
        return (
            "stats: how much it holds. export: everything as TMX, for a translator to correct. import: what was "
            "changed or added comes back and goes before the engine from then on. clear: forget the machine's "
            "translations (--corrections: a person's as well)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add which memory, and what clear takes away."""
        super().add_options(parser)
        parser.add_argument("--memory", metavar="FILE", help="default: TRANSLATION_MEMORY, else OUTPUT_DIR's own")
        parser.add_argument("--author", default=None, help="import: whose corrections these are (default: you)")
        parser.add_argument("--corrections", action="store_true", help="clear: forget a person's corrections too")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the settings that the command line may have changed."""
        from crawler.checks import check_settings

        super().process_options(args, opts)
        assert self.settings is not None
        check_settings(self.settings)

    @printed
    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do one sub-command; exit code 2 for a wrong call, 1 for a failure, both with one line."""
        actions = {("stats", 0): _stats, ("export", 1): _export, ("import", 1): _import, ("clear", 0): _clear}
        action = actions.get((args[0], len(args) - 1)) if args else None
        if action is None or any(arg.startswith("-") for arg in args):
            print(f"usage: scrapy memory {self.syntax()}", file=sys.stderr)
            self.exitcode = UsageError.exit_code
            return
        assert self.settings is not None
        from pipelines.configure import memory_path

        try:
            action(Path(opts.memory or memory_path(self.settings)), args[1:], opts)
        except PolygleanError as error:
            print(f"memory: {error}", file=sys.stderr)
            self.exitcode = error.exit_code


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: there is no translation memory yet")
    return path


def _stats(path: Path, args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate.memory import Memory

    memory = Memory(_existing(path), read_only=True)
    stats = memory.stats()
    memory.close()
    print(f"{stats.path}: {stats.bytes / 2**20:.1f} MiB, {stats.sentences} sentences ({stats.flagged} flagged)")
    for from_code, to_code, count in stats.pairs:
        print(f"  {from_code} → {to_code}: {count}")
    print(f"  corrections by people: {stats.corrections}")


def _export(path: Path, args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate import tmx
    from pipelines.translate.memory import Memory

    memory = Memory(_existing(path), read_only=True)
    count = tmx.export(memory, Path(args[0]))
    memory.close()
    print(f"{count} units written to {args[0]}")


def _import(path: Path, args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate import tmx
    from pipelines.translate.memory import Memory

    memory = Memory(path)
    done = tmx.load(memory, Path(args[0]), author=opts.author or getpass.getuser())
    memory.close()
    print(f"{done.corrections} corrections taken over, {done.unchanged} unchanged, {done.unusable} without a pair")
    if done.corrections:
        print("they come first from now on; pages that are stored already take them over with: scrapy replay … --again")


def _clear(path: Path, args: list[str], opts: argparse.Namespace) -> None:
    from pipelines.translate.memory import Memory

    memory = Memory(_existing(path))
    print(f"{memory.clear(corrections=opts.corrections)} sentences forgotten")
    memory.close()
