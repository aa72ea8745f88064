"""How many damaged translations the checks find, how many good ones they suspect, how many numbers they put right.

Good translations are the human references of the test sets. Each is damaged in every way it gives a hold for, one
damage at a time (``corrupt.py``). Found means: the flag meant for that damage is raised. A reference the checks
suspect as it stands counts as a false alarm and takes no part in the rest.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.translation import sets
from benchmarks.translation.corrupt import KINDS, NUMBER_KINDS, SOME_NUMBERS, Damage, damages
from pipelines.translate import checks
from pipelines.translate.checks import numbers_en

_NUMBER = frozenset({"number_wrong", "number_lost", "number_added"})
MEANT: dict[str, frozenset[str]] = {
    **dict.fromkeys(NUMBER_KINDS + SOME_NUMBERS, _NUMBER),
    "code_dropped": frozenset({"code_lost"}),
    "name_replaced": frozenset({"name_lost", "code_lost"}),
    "untranslated": frozenset({"untranslated"}),
    "clause_dropped": frozenset(checks.FLAGS),
    "negation_dropped": frozenset({"negation"}),
    "truncated": frozenset({"short"}),
    "loop": frozenset({"loop"}),
    "empty": frozenset({"empty"}),
}
OWN: dict[str, tuple[str, ...]] = {
    "number_*": NUMBER_KINDS,
    "code_lost": ("code_dropped",),
    "name_lost": ("name_replaced",),
    "negation": ("negation_dropped",),
    "untranslated": ("untranslated",),
    "short": ("truncated",),
    "loop": ("loop",),
    "empty": ("empty",),
}
"""The damages each flag's precision and recall are counted on."""
_REPAIRABLE = ("number_x10", "number_d10", "number_scale", "money_x10")


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over one set, or several added up."""

    sentences: int = 0
    with_numbers: int = 0
    suspected: int = 0
    false_flags: Counter[str] = field(default_factory=Counter)
    damaged: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    misrepaired: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.sentences += other.sentences
        self.with_numbers += other.with_numbers
        self.suspected += other.suspected
        for name in ("false_flags", "damaged", "found", "repaired", "misrepaired"):
            getattr(self, name).update(getattr(other, name))


def _flags(source: str, target: str) -> set[str]:
    return set(checks.judge(source, target, from_code="zh", to_code="en"))


def _applies(damage: Damage) -> bool:
    """Tell whether the damage took away something the source has: references add codes and negations of their own."""
    if damage.kind == "code_dropped":
        source = unicodedata.normalize("NFKC", damage.source).lower()
        gone = [word.strip(".,;:()\"'") for word in damage.good.split() if word not in damage.bad.split()]
        return any(word.lower() in source for word in gone if any(c.isdigit() for c in word))
    if damage.kind == "negation_dropped":
        return any(c in damage.source for c in "不没未无非否别莫勿")
    return True


def _values(text: str) -> Counter[object]:
    return Counter(quantity.value for quantity in numbers_en.find(text) if quantity.hard)


def tally(pairs: list[tuple[str, str]], seed: int = 1) -> Tally:
    """Count one set; the seed chooses which of several numbers of a sentence is damaged."""
    # One for each kind: a kind added later leaves the others' figures as they were.
    chances = {kind: random.Random(f"{seed}/{kind}") for kind in KINDS}
    counts = Tally()
    for source, good in pairs:
        counts.sentences += 1
        counts.with_numbers += any(c.isdigit() for c in good)
        raised = _flags(source, good)
        counts.suspected += bool(raised)
        counts.false_flags.update(raised)
        if raised:
            continue
        for kind in KINDS:
            damage = damages(kind, source, good, chances[kind])
            if damage is None or not _applies(damage):
                continue
            counts.damaged[kind] += 1
            counts.found[kind] += not MEANT[kind].isdisjoint(_flags(source, damage.bad))
            mended = checks.repaired_numbers(source, damage.bad) if kind in _REPAIRABLE else None
            if mended is not None:
                right = _values(mended) == _values(good)
                counts.repaired[kind] += right
                counts.misrepaired[kind] += not right
    return counts


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _report(console: Console, title: str, counts: Tally) -> None:
    table = Table("damage", "sentences", "found", "put right", "put wrong", title=title, box=None)
    for kind in KINDS:
        whole = counts.damaged[kind]
        mended = (counts.repaired[kind], counts.misrepaired[kind]) if kind in _REPAIRABLE else (None, None)
        shown = [_percent(part, whole) if part is not None else "" for part in mended]
        table.add_row(kind, str(whole), _percent(counts.found[kind], whole), *shown)
    whole = sum(counts.damaged[kind] for kind in NUMBER_KINDS)
    found = sum(counts.found[kind] for kind in NUMBER_KINDS)
    mended = [sum(c[kind] for kind in NUMBER_KINDS) for c in (counts.repaired, counts.misrepaired)]
    table.add_row("all numbers", str(whole), _percent(found, whole), *(_percent(part, whole) for part in mended))
    console.print(table)
    console.print(
        f"false alarms: {_percent(counts.suspected, counts.sentences)} of {counts.sentences} human translations "
        f"({_percent(counts.suspected, counts.with_numbers)} if set against the {counts.with_numbers} with digits); "
        + ", ".join(f"{flag} {count}" for flag, count in counts.false_flags.most_common())
    )
    flags = Table("flag", "precision", "recall", box=None)
    for flag, kinds in OWN.items():
        true = sum(counts.found[kind] for kind in kinds)
        false = sum(counts.false_flags[name] for name in (_NUMBER if flag == "number_*" else {flag}))
        flags.add_row(flag, _percent(true, true + false), _percent(true, sum(counts.damaged[k] for k in kinds)))
    console.print(flags)


def _figures(counts: Tally) -> dict[str, Any]:
    return {
        "sentences": counts.sentences,
        "suspected": counts.suspected,
        "false_flags": dict(counts.false_flags),
        "damages": {
            kind: {name: getattr(counts, name)[kind] for name in ("damaged", "found", "repaired", "misrepaired")}
            for kind in KINDS
        },
    }


def run(data: Path, console: Console) -> dict[str, Any]:
    """Print the figures and return them: each set alone, then the held-out sets together."""
    held_out = Tally()
    figures = {}
    for name in sets.names(data):
        counts = tally(sets.pairs(data, name))
        figures[name] = _figures(counts)
        if name in sets.TUNED_ON:
            _report(console, f"\n{name} (the checks were set on it)", counts)
        else:
            held_out.add(counts)
            _report(console, f"\n{name} (held out)", counts)
    _report(console, "\nall held-out sets", held_out)
    console.print("precision is at this mix: every reference once as it is and once for each damage it gives hold for")
    return figures | {"held out": _figures(held_out)}
