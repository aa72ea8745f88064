"""Figures over all runs of an output folder, from its manifests and the columns that tell them; nothing is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.store import manifest, parquet, records
from pipelines.store.manifest import Manifest
from pipelines.store.recovery import RUNS

# Of nested columns only the leaves that are counted are read: a tenth of the bytes of all texts.
_COLUMNS = (
    "site",
    "language",
    "fetched_at",
    "translation_status",
    "near_duplicate_of",
    "removed.list.element.reason",
    "translation.list.element.flags.list.element",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as its manifests tell it; ``flagged`` of ``sentences`` is the share a reader should look at."""

    run_id: str
    started_at: str
    articles: int = 0
    rejected: int = 0
    known: int = 0
    replaced: int = 0
    near_duplicates: int = 0
    sentences: int = 0
    flagged: int = 0


@dataclass(slots=True, kw_only=True)
class Group:
    """What is counted of the records of one site, language or day."""

    articles: int = 0
    translated: int = 0
    sentences: int = 0
    flagged: int = 0
    removed: int = 0

    def add(self, other: Group) -> None:
        """Add another group's counts to this one's."""
        self.articles += other.articles
        self.translated += other.translated
        self.sentences += other.sentences
        self.flagged += other.flagged
        self.removed += other.removed


@dataclass(slots=True, kw_only=True)
class Report:
    """All figures. ``groups`` counts the records that are stored now; the rest of the manifests' runs is history."""

    root: str
    runs: list[Run] = field(default_factory=list)
    groups: dict[tuple[str, str, str], Group] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    status: Counter[str] = field(default_factory=Counter)
    near_duplicates: int = 0

    def total(self) -> Group:
        """Return the sum over all records."""
        return next(iter(self._by(lambda _: "all").values()), Group())

    def by_site(self) -> dict[str, Group]:
        """Return the groups by site, most articles first."""
        return self._by(lambda key: key[0])

    def by_language(self) -> dict[str, Group]:
        """Return the groups by language, most articles first."""
        return self._by(lambda key: key[1])

    def by_day(self) -> dict[str, Group]:
        """Return the groups by day of fetching (UTC), newest first."""
        return dict(sorted(self._by(lambda key: key[2]).items(), reverse=True))

    def _by(self, part: Any) -> dict[str, Group]:
        sums: dict[str, Group] = {}
        for key, group in self.groups.items():
            sums.setdefault(part(key), Group()).add(group)
        return dict(sorted(sums.items(), key=lambda item: (-item[1].articles, item[0])))


def collect(root: Path) -> Report:
    """Read the figures of an output folder."""
    report = Report(root=str(root))
    manifests = manifest.read_all(root / RUNS)
    report.runs = _runs(manifests)
    for one in manifests:
        report.rejected.update(one.counts.get("rejected_by_reason", {}))
    for batch in parquet.read_batches(records.files(root), _COLUMNS, size=5000):
        _count(report, batch)
    return report


def _runs(manifests: Iterable[Manifest]) -> list[Run]:
    """Return the runs, newest first, each the sum of its commits."""
    commits: dict[str, list[Manifest]] = {}
    for one in manifests:
        commits.setdefault(one.run_id, []).append(one)
    names = ("articles", "rejected", "known", "replaced", "near_duplicates", "sentences", "flagged")
    runs = []
    for run_id, parts in commits.items():
        if all((one.retired or "adopted" in one.extra) and not one.counts for one in parts):
            continue  # files were merged or named anew, and nothing was run
        sums = manifest.total(parts)
        counts = {name: int(sums.get(name, 0)) for name in names}
        runs.append(Run(run_id=run_id, started_at=parts[0].started_at, **counts))
    return runs[::-1]


def _count(report: Report, batch: pa.RecordBatch) -> None:
    """Add the records of one batch."""
    flags = [[one["flags"] for one in sentences] for sentences in batch["translation"].to_pylist()]
    removed = [len(cuts) for cuts in batch["removed"].to_pylist()]
    days = pc.strftime(batch["fetched_at"], format="%Y-%m-%d").to_pylist()
    sites, languages = batch["site"].to_pylist(), batch["language"].to_pylist()
    status = batch["translation_status"].to_pylist()
    for place in range(batch.num_rows):
        key = (sites[place] or "(no site)", languages[place] or "und", days[place])
        report.groups.setdefault(key, Group()).add(
            Group(
                articles=1,
                translated=str(status[place]).startswith("translated"),
                sentences=len(flags[place]),
                flagged=sum(map(bool, flags[place])),
                removed=removed[place],
            )
        )
        report.flags.update(flag for sentence in flags[place] for flag in sentence)
    report.status.update(status)
    report.near_duplicates += batch.num_rows - batch["near_duplicate_of"].null_count
    report.removed.update(pc.struct_field(pc.list_flatten(batch["removed"]), "reason").to_pylist())


def share(part: int, whole: int) -> str:
    """Return ``part`` of ``whole`` in per cent, or a dash where there is no whole."""
    return f"{100 * part / whole:.1f} %" if whole else "–"
