"""How a live run went, site by site, against each site's own history: figures, complaints, metrics, a log line.

Pure functions over ``Figures``; the run itself (``crawler.live``) collects them.
"""

from __future__ import annotations

import itertools
import json
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

UNHEALTHY = 4
"""Exit code of a run that missed a threshold."""
MIN_FETCHES, MIN_PAGES, MIN_RUNS = 20, 10, 5
"""Shares of fewer fetches, pages or runs than these say nothing (a share of 20 is known to about ±0.2)."""
RECENT = 5
"""Runs that are compared with the usual ones: single runs of a small site, at night say, are often empty."""
OURS = ("the crawl is stopping", "parked", "budget", "taken")
"""Refusals that say nothing of a source or of what it names."""
MIN_PAUSES, LONGER, MIN_SILENCE = 5, 3, 3 * 86_400.0
"""So many pauses between fruitful runs tell the longest usual one; three times that, and three days, is silence: a site
that writes from Monday to Friday pauses for two and a half days, and for a week over a holiday."""


_GAUGES = (
    *("fetched", "pages", "articles", "known", "empty", "unchanged", "translated", "flagged", "bytes"),
    *("lists", "named", "wanted"),
)


@dataclass(slots=True, kw_only=True)
class Figures:
    """What one run saw of one source."""

    fetched: int = 0
    pages: int = 0
    articles: int = 0
    known: int = 0
    empty: int = 0
    unchanged: int = 0
    translated: int = 0
    flagged: int = 0
    bytes: int = 0
    lists: int = 0
    """Feeds, sitemaps and section pages that were read, or are as they were."""
    named: int = 0
    wanted: int = 0
    """Addresses that the lists named, and those of them that are articles of the source."""
    elsewhere: int = 0
    """Those of the wanted ones that another source has, which takes them as well."""
    unread: Counter[str] = field(default_factory=Counter)
    """Why lists could not be read."""
    errors: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    parked: str = ""

    @property
    def failures(self) -> int:
        """Return the number of fetches that failed."""
        return sum(self.errors.values())

    @property
    def turned_away(self) -> Counter[str]:
        """Return the refusals that say something of the source: robots.txt, the guard, redirects without end."""
        return Counter({why: count for why, count in self.refused.items() if why not in OURS})

    def dumps(self) -> str:
        """Return the figures as JSON."""
        return json.dumps(self.plain(), sort_keys=True)

    def plain(self) -> dict[str, Any]:
        """Return the figures as JSON values (``asdict`` cannot copy a Counter)."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds: see the settings HEALTH_…."""

    min_share: float = 0.2
    max_errors: float = 0.5
    max_empty: float = 0.5


def complaints(now: Figures, history: Sequence[str], limits: Limits, *, knows: bool = True) -> list[str]:
    """Return what is wrong with a source, each as half a sentence; ``history`` are earlier runs' JSON, newest first.

    ``knows``: whether any run has found an article's address there.
    """
    found = []
    if now.parked:
        found.append(f"parked: {now.parked}")
    total = now.fetched + now.failures
    if total >= MIN_FETCHES and now.failures > limits.max_errors * total:
        worst, count = now.errors.most_common(1)[0]
        found.append(f"{now.failures} of {total} fetches failed ({worst}: {count}); blocked, or down?")
    gates = now.errors.get("gate", 0)
    if gates > limits.max_errors * (gates + now.pages):
        found.append(f"{gates} articles lead to a login, a consent or a wall instead; cookies = true helps with some")
    if now.pages >= MIN_PAGES and now.empty > limits.max_empty * now.pages:
        found.append(f"{now.empty} of {now.pages} article pages gave no article; a new layout, or a soft block?")
    earlier = [json.loads(line) for line in history]
    if now.unread and not now.lists and not any(one.get("lists", 1) for one in earlier[:3]):
        found.append(f"none of its lists could be read ({_counts(now.unread)})")
    if now.lists and not knows:
        found.append(_nothing_known(now, earlier))
    past = [int(one.get("articles", 0)) for one in earlier]
    if len(past) >= MIN_RUNS + RECENT and limits.min_share > 0:
        recent = statistics.fmean([now.articles, *past[: RECENT - 1]])
        usual = statistics.fmean(past[RECENT - 1 :])
        if usual >= 1 and recent < limits.min_share * usual:
            found.append(f"{recent:.1f} articles a run lately, usually {usual:.1f}; a new layout, or a soft block?")
    return found


def _nothing_known(now: Figures, earlier: Sequence[Mapping[str, Any]]) -> str:
    """Say why no article of a source is known, by the last run that read its lists: unchanged, they name nothing."""
    told = next((one for one in (now.plain(), *earlier) if one.get("named")), now.plain())
    wanted, elsewhere = int(told.get("wanted", 0)), int(told.get("elsewhere", 0))
    if not wanted:
        which = f"of {told['named']} addresses that its lists name none is an" if told["named"] else "its lists name no"
        return f"{which} article on its hosts; see hosts, allow and deny, or a soft block?"
    if elsewhere >= wanted:
        return f"all {wanted} articles that its lists name belong to other sources; see allow and deny of these"
    if elsewhere:
        others = f"{elsewhere} belong to other sources, and the others are older than max_age_days"
        return f"of {wanted} articles that its lists name {others}"
    return f"all {wanted} articles that its lists name are older than max_age_days"


def silence(now: float, fruitful: Sequence[float]) -> list[str]:
    """Say if a source has been silent for much longer than ever; ``fruitful``: runs with new articles, newest first.

    Shares of a run's articles (``complaints``) say nothing of a site that writes a few articles a week.
    """
    pauses = [later - sooner for later, sooner in itertools.pairwise(fruitful)]
    if len(pauses) < MIN_PAUSES or now - fruitful[0] < max(MIN_SILENCE, LONGER * max(pauses)):
        return []
    days, longest = (now - fruitful[0]) / 86_400, max(pauses) / 86_400
    return [f"no new article for {days:.0f} days, its longest pause before was {longest:.1f}; moved, or a new layout?"]


def prometheus(figures: Mapping[str, Figures], problems: Mapping[str, Sequence[str]], run: Mapping[str, float]) -> str:
    """Return the run as Prometheus text format, for node_exporter's textfile collector."""
    lines = []
    for name, value in sorted(run.items()):
        lines += [f"# TYPE polyglean_run_{name} gauge", f"polyglean_run_{name} {value:.10g}"]
    for name in _GAUGES:
        lines.append(f"# TYPE polyglean_source_{name} gauge")
        lines += [f"polyglean_source_{name}{_label(one)} {getattr(figures[one], name)}" for one in sorted(figures)]
    lines.append("# TYPE polyglean_source_errors gauge")
    for one in sorted(figures):
        lines += [
            f"polyglean_source_errors{_label(one, kind=kind)} {n}" for kind, n in sorted(figures[one].errors.items())
        ]
    lines.append("# TYPE polyglean_source_healthy gauge")
    lines += [f"polyglean_source_healthy{_label(one)} {int(not problems.get(one))}" for one in sorted(figures)]
    return "\n".join(lines) + "\n"


def log_line(
    figures: Mapping[str, Figures], problems: Mapping[str, Sequence[str]], run: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the run as one JSON object."""
    sources = {name: {**one.plain(), "problems": list(problems.get(name, ()))} for name, one in figures.items()}
    return {**run, "sources": sources}


def summary(figures: Mapping[str, Figures], problems: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines a person reads: a row a source, then what is wrong, each source by name."""
    width = max([6, *map(len, figures)])
    lines = [f"{'source':{width}}  fetched  304  pages  new  known  no article  failed  refused"]
    for name in sorted(figures):
        one = figures[name]
        lines.append(
            f"{name:{width}}  {one.fetched:7d}  {one.unchanged:3d}  {one.pages:5d}  {one.articles:3d}  {one.known:5d}"
            f"  {one.empty:10d}  {one.failures:6d}  {one.turned_away.total():7d}"
        )
    for name, one in sorted(figures.items()):
        if one.unread and (one.lists or name not in problems):
            lines.append(f"{name}: {one.unread.total()} of its lists could not be read ({_counts(one.unread)})")
        if one.turned_away:
            lines.append(f"{name}: not fetched: {_counts(one.turned_away)}")
    return lines + [f"{name}: {problem}" for name in sorted(problems) for problem in problems[name]]


def _counts(reasons: Counter[str]) -> str:
    return ", ".join(f"{name}: {count}" for name, count in reasons.most_common(3))


def _label(source: str, **more: str) -> str:
    def escaped(text: str) -> str:
        return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

    pairs = {"source": source, **more}
    return "{" + ",".join(f'{key}="{escaped(value)}"' for key, value in pairs.items()) + "}"
