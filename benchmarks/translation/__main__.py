"""``python -m benchmarks.translation [fidelity | flow | speed | quality] [--data FOLDER]``; without a name, all."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console

from benchmarks.translation import sets


def main() -> int:
    """Run what was asked for; a part that lacks its data says so in one line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation", description=__doc__)
    parser.add_argument("part", nargs="?", choices=("fidelity", "flow", "speed", "quality", "all"), default="all")
    parser.add_argument("--data", help=f"folder of NAME.zh and NAME.en files; default: {sets.VARIABLE}")
    parser.add_argument("--rounds", type=int, default=3, help="speed: how often both sides take turns")
    parser.add_argument("--articles", type=int, default=12, help="speed: articles in a round")
    parser.add_argument("--flow-articles", type=int, default=2_000, help="flow: articles in a pass")
    parser.add_argument("--limit", type=int, default=0, help="quality: sentences of each set, 0 for all")
    options = parser.parse_args()
    console = Console(width=150, highlight=False)
    data = sets.folder(options.data)
    if data is not None and not sets.names(data):
        console.print(f"{data}: no NAME.zh beside a NAME.en there")
        return 2
    if options.part in ("fidelity", "all"):
        if data is None:
            console.print(f"fidelity: needs test sets (--data FOLDER or {sets.VARIABLE}=FOLDER)")
        else:
            from benchmarks.translation import fidelity

            fidelity.run(data, console)
    if options.part in ("flow", "all"):
        from benchmarks.translation import flow

        flow.run(console, articles=options.flow_articles)
    if options.part in ("speed", "all"):
        from benchmarks.translation import speed

        speed.run(data, console, rounds=options.rounds, articles=options.articles)
    if options.part in ("quality", "all"):
        if data is None:
            console.print(f"quality: needs test sets (--data FOLDER or {sets.VARIABLE}=FOLDER)")
        else:
            from benchmarks.translation import quality

            quality.run(data, console, limit=options.limit)
    return 0 if data is not None or options.part in ("speed", "flow") else 2


if __name__ == "__main__":
    sys.exit(main())
