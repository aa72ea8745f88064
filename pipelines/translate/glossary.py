"""What certain words must become: the user's glossary, and names that a page itself explains in parentheses.

``glossary.csv`` has a header and one term a line: ``source,target`` and, if wanted, ``case`` (``exact`` or empty) and
``scope`` (``title``, ``body``, a site's domain or name, or empty for everywhere). ``target`` may hold several accepted
spellings with ``|`` between them; the first is the one that is put in where the engine does not come up with any.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word and its accepted translations, the preferred one first; ``exact`` means upper and lower case count."""

    source: str
    targets: tuple[str, ...]
    exact: bool = False
    scope: str = ""

    def is_met(self, target: str) -> bool:
        """Tell whether a translation has one of the accepted spellings as a word of its own."""
        flags = 0 if self.exact else re.IGNORECASE
        return any(
            re.search(rf"(?<![A-Za-z0-9]){re.escape(spelling)}(?![A-Za-z0-9])", target, flags)
            for spelling in self.targets
        )

    def reach(self, *, title: bool, site: str | None, host: str) -> int:
        """Return how closely the scope fits a title or body of a site's page: 0 for everywhere, -1 for not at all.

        A domain holds for its subdomains too, and the longer one of two fits more closely.
        """
        scope = self.scope.lower()
        if scope in ("", "title" if title else "body"):
            return 1 if scope else 0
        if host == scope or host.endswith(f".{scope}"):
            return 2 + scope.count(".")
        return 2 if site and scope == site.lower() else -1


def load(path: Path) -> tuple[Term, ...]:
    """Return the terms of a glossary file; raise ``UsageError`` with the line that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = csv.DictReader(handle, skipinitialspace=True)
            names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
            if not {"source", "target"} <= names:
                raise UsageError(f"{path}: the first line must name the columns source and target")
            return tuple(term for row in rows if (term := _term(row, f"{path}, line {rows.line_num}")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: cannot be read as a glossary ({error})") from None


def _term(row: dict[str | None, str | None], where: str) -> Term | None:
    values = {str(k).strip().lower(): (v or "").strip() for k, v in row.items() if k and not isinstance(v, list)}
    source = values.get("source", "")
    targets = tuple(part.strip() for part in values.get("target", "").split("|") if part.strip())
    if not source and not targets:
        return None
    if not source or not targets:
        raise UsageError(f"{where}: a term needs both source and target")
    if values.get("case", "") not in ("", "exact"):
        raise UsageError(f"{where}: case is {values['case']!r}; it may be exact or empty")
    return Term(source=source, targets=targets, exact=values.get("case") == "exact", scope=values.get("scope", ""))


def fitting(
    terms: Iterable[Term], sentence: str, *, title: bool, site: str | None = None, host: str = ""
) -> tuple[Term, ...]:
    """Return the terms that stand in a sentence; a term inside a longer one that stands there too does not count.

    Of several for the same word the one with the narrowest scope counts, of equals the first.
    """
    there: dict[str, tuple[int, Term]] = {}
    for term in terms:
        if term.source in sentence:
            reach = term.reach(title=title, site=site, host=host)
            if reach > there.get(term.source, (-1, term))[0]:
                there[term.source] = (reach, term)
    return tuple(
        term for source, (_, term) in there.items() if not any(source != other and source in other for other in there)
    )


def written_in(sentence: str, terms: Iterable[Term]) -> str:
    """Return a source sentence with its terms already in the target language, which engines copy."""
    for term in terms:
        sentence = sentence.replace(term.source, f" {term.targets[0]} ")
    return " ".join(sentence.split())


def with_marks(sentence: str, terms: Sequence[Term]) -> tuple[str, dict[str, str]]:
    """Return a source sentence with a code in each term's place, and what each code stands for."""
    marks = {f"XQ{number}": term.targets[0] for number, term in enumerate(terms, 1)}
    for mark, term in zip(marks, terms, strict=True):
        sentence = sentence.replace(term.source, f" {mark} ")
    return " ".join(sentence.split()), marks


def without_marks(target: str, marks: dict[str, str], source: str) -> str | None:
    """Return a translation with its codes resolved, or None where one did not survive as often as it was put in."""
    for mark, text in marks.items():
        pattern = re.compile(rf"(?<![A-Za-z0-9]){mark}(?![A-Za-z0-9])")
        if len(pattern.findall(target)) != len(pattern.findall(source)):
            return None
        target = text.join(pattern.split(target))
    return target
