"""What the checks say of outputs labelled by hand: recall by what is wrong, precision by flag.

``data/labelled.txt`` holds sentences of our own with outputs of the kinds small models make. It stands in for labelled
outputs of a real package; it says how the checks take such mistakes, not how often a package makes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipelines.translate import checks

FILE = Path(__file__).with_name("data") / "labelled.txt"
_NUMBER = ("number_wrong", "number_lost", "number_added")
# Which flags name the fault; a clause left out or made up may show by whatever it held.
MEANT: dict[str, tuple[str, ...]] = {
    "number": _NUMBER,
    "date": _NUMBER,
    "code": ("code_lost",),
    "name": ("name_lost", "code_lost"),
    "negation": ("negation",),
    "dropped": ("short", "negation", "code_lost", "name_lost", *_NUMBER),
    "invented": ("long", "number_added"),
    "loop": ("loop",),
    "untranslated": ("untranslated",),
    "meaning": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One output, what it should say, and what a person says of it."""

    label: str
    source: str
    output: str

    @property
    def flags(self) -> tuple[str, ...]:
        """Return what the checks say of it."""
        return checks.judge(self.source, self.output, from_code="zh", to_code="en")


def read(file: Path = FILE) -> Iterator[Labelled]:
    """Yield the outputs of the file."""
    source = ""
    for line in file.read_text("utf-8").splitlines():
        label, _, text = line.partition(": ")
        if label == "zh":
            source = text
        elif line and not line.startswith("#"):
            yield Labelled(label=label, source=source, output=text)


def count(outputs: list[Labelled]) -> dict[str, Any]:
    """Count what was found of each label, and what was right of each flag."""
    labels: dict[str, dict[str, int]] = {}
    flags: dict[str, dict[str, int]] = {}
    for one in outputs:
        row = labels.setdefault(one.label, {"outputs": 0, "flagged": 0, "named": 0})
        row["outputs"] += 1
        row["flagged"] += bool(one.flags)
        row["named"] += not set(MEANT.get(one.label, ())).isdisjoint(one.flags)
        for flag in one.flags:
            hits = flags.setdefault(flag, {"raised": 0, "right": 0})
            hits["raised"] += 1
            hits["right"] += flag in MEANT.get(one.label, ())
    return {"labels": labels, "flags": flags}


def run(console: Console) -> dict[str, Any]:
    """Print both tables and return the counts."""
    outputs = list(read())
    counts = count(outputs)
    sources = len({one.source for one in outputs})
    table = Table("what is wrong", "outputs", "flagged", "by a flag that names it", box=None)
    table.title = f"\n{len(outputs)} outputs of {sources} sentences, labelled by hand"
    for label, row in sorted(counts["labels"].items(), key=lambda item: -item[1]["outputs"]):
        table.add_row("nothing" if label == "ok" else label, *(str(value) for value in row.values()))
    wrong = [row for label, row in counts["labels"].items() if label != "ok"]
    table.add_row(
        "all that is wrong", *(str(sum(row[name] for row in wrong)) for name in ("outputs", "flagged", "named"))
    )
    console.print(table)
    table = Table("flag", "raised", "right", box=None)
    for flag, row in sorted(counts["flags"].items(), key=lambda item: -item[1]["raised"]):
        table.add_row(flag, str(row["raised"]), str(row["right"]))
    console.print(table)
    return counts
