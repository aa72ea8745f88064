"""Scores predictions with the score.py of the data folder, and writes the tables."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

COLUMNS = (
    "F1",
    "P",
    "R",
    "with",
    "leak",
    "t_norm",
    "t_exact",
    "t_suffix",
    "date",
    "d1",
    "dmiss",
    "a_hit",
    "a_clean",
    "a_false",
)
MEANING = (
    "F1, P, R: word 4-shingles (4-grams of characters in zh, ja, th), mean over pages. with / leak: share of the "
    "strings that must be / must not be in the body and are. t_norm / t_exact / t_suffix: title right without case and "
    "marks / exactly / with something put before or after. date / d1 / dmiss: right day / within one day / none given. "
    "a_hit / a_clean / a_false: a true author found / exactly the true set / a name given where the page has none. "
    "Higher is better but for leak, t_suffix, dmiss and a_false."
)
HEADS = (
    *("", "body F1 en", "zh", "de", "ja", "title (norm) en / zh", "date en / zh", "author hit zh", "leak en"),
    *("pages/s, one core", "× trafilatura"),
)


def scorer(data: Path) -> ModuleType:
    """Return the data folder's own score.py."""
    spec = importlib.util.spec_from_file_location("extraction_score", data / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{data / 'score.py'} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def grouped(
    score: ModuleType, truth: Sequence[Mapping[str, Any]], predictions: Mapping[str, Mapping[str, Any]], by: str
) -> dict[str, dict[str, float]]:
    """Return group → column → value; groups are the values of ``by`` with at least five pages, and ``all``."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in truth:
        found = score.page(page, predictions.get(page["id"], {}))
        rows["all"].append(found)
        rows[str(page.get(by))].append(found)
    order = sorted((name for name in rows if name != "all" and len(rows[name]) >= 5), key=lambda name: -len(rows[name]))
    return {name: score.agg(rows[name]) for name in [*order, "all"]}


def headline(
    names: Mapping[str, str],
    scores: Mapping[str, dict[str, dict[str, float]]],
    speed: Mapping[str, float],
    ratio: Mapping[str, float],
) -> str:
    """Return the table of the goals: one system a row."""

    def cell(name: str, language: str, column: str) -> str:
        value = scores[name].get(language, {}).get(column)
        given = column in ("F1", "leak") or _gives(scores[name], column)
        return f"{value:.3f}" if value is not None and given else "–"

    lines = ["| " + " | ".join(HEADS) + " |", "|---" * len(HEADS) + "|"]
    for name in scores:
        cells = [names[name], *(cell(name, language, "F1") for language in ("en", "zh", "de", "ja"))]
        cells += [f"{cell(name, 'en', column)} / {cell(name, 'zh', column)}" for column in ("t_norm", "date")]
        cells += [cell(name, "zh", "a_hit"), cell(name, "en", "leak")]
        cells.append(f"{speed[name]:.1f}" if name in speed else "–")
        cells.append(f"{ratio[name]:.2f}" if name in ratio else "–")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _gives(groups: Mapping[str, dict[str, float]], column: str) -> bool:
    """Tell whether a system gives titles, dates or authors at all."""
    if column in ("date", "d1", "dmiss"):
        return groups["all"].get("dmiss", 1.0) < 1.0
    return groups["all"].get("t_norm" if column.startswith("t_") else "a_hit", 0.0) > 0.0


def full(names: Mapping[str, str], scores: Mapping[str, dict[str, dict[str, float]]], group: str) -> str:
    """Return every column of one group of pages: one system a row."""
    lines = ["| | n | " + " | ".join(COLUMNS) + " |", "|---|" + "---|" * (len(COLUMNS) + 1)]
    for name, groups in scores.items():
        values = groups.get(group)
        if values:
            cells = " | ".join(f"{values[column]:.3f}" if column in values else "–" for column in COLUMNS)
            lines.append(f"| {names[name]} | {int(values['n'])} | {cells} |")
    return "\n".join(lines)
