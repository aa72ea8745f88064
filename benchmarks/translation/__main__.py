"""``python -m benchmarks.translation [fidelity | labelled | flow | speed | quality] [--data FOLDER]``; no name: all.

What is printed goes to ``benchmarks/results/translation.md`` and ``.json`` as well.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.translation import results, sets

_NEED_DATA = ("fidelity", "quality")


def _run(part: str, console: Console, data: Path | None, options: argparse.Namespace) -> Any:
    """Run one part and return its figures; each is imported only where it is wanted."""
    if part == "fidelity" and data:
        from benchmarks.translation import fidelity

        return fidelity.run(data, console)
    if part == "labelled":
        from benchmarks.translation import labelled

        return labelled.run(console)
    if part == "flow":
        from benchmarks.translation import flow

        return flow.run(console, articles=options.flow_articles)
    if part == "speed":
        from benchmarks.translation import speed

        return speed.run(console, rounds=options.rounds, articles=options.articles)
    from benchmarks.translation import quality

    return quality.run(data, console, limit=options.limit) if data else None


def _given(part: str, options: argparse.Namespace) -> str:
    """Return the options that a part's figures depend on."""
    if part == "flow":
        return f" --flow-articles {options.flow_articles}"
    if part == "speed":
        return f" --rounds {options.rounds} --articles {options.articles}"
    return " --data FOLDER" * (part in _NEED_DATA)


def main() -> int:
    """Run what was asked for; a part that lacks its data says so in one line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation", description=__doc__)
    parser.add_argument("part", nargs="?", choices=(*results.PARTS, "all"), default="all")
    parser.add_argument("--data", help=f"folder of NAME.zh and NAME.en files; default: {sets.VARIABLE}")
    # Four minutes on two idle cores, nearly all of them argostranslate's.
    parser.add_argument("--rounds", type=int, default=2, help="speed: how often both sides take turns")
    parser.add_argument("--articles", type=int, default=6, help="speed: articles in a round")
    parser.add_argument("--flow-articles", type=int, default=600, help="flow: articles in a pass")
    parser.add_argument("--limit", type=int, default=0, help="quality: sentences of each set, 0 for all")
    options = parser.parse_args()
    data = sets.folder(options.data)
    if data is not None and not sets.names(data):
        Console().print(f"{data}: no NAME.zh beside a NAME.en there")
        return 2
    lacking = 0
    for part in results.PARTS if options.part == "all" else (options.part,):
        console = Console(width=150, highlight=False, record=True)
        if part in _NEED_DATA and data is None:
            console.print(f"{part}: needs test sets (--data FOLDER or {sets.VARIABLE}=FOLDER)")
            lacking = 2
            continue
        figures = _run(part, console, data, options)
        if figures:
            command = f"python -m benchmarks.translation {part}{_given(part, options)}"
            results.keep(part, command, figures, console.export_text())
    return lacking


if __name__ == "__main__":
    sys.exit(main())
