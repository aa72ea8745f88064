"""What certain words must become: the user's glossary, and names that a page itself explains in parentheses.

``glossary.csv`` has a header and one term a line: ``source,target`` and, if wanted, ``case`` (``exact`` or empty) and
``scope`` (``title``, ``body``, a site's domain, or empty for everywhere). ``target`` may hold several accepted
spellings with ``|`` between them; the first is the one that is put in where the engine does not come up with any.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipelines.errors import UsageError

# 扎克伯格 (Mark Zuckerberg), 国际货币基金组织（International Monetary Fund，IMF）. Where the Chinese name begins is
# told by where else on the page it stands.
_EXPLAINED = re.compile(
    r"([\u4e00-\u9fff·•・]{2,16})\s*[（(]\s*([A-ZÀ-Þ][A-Za-zÀ-ɏ'’.\-& ]{2,60}?)\s*(?:[,，、;；][^()（）]*)?[)）]"
)
# Every name is looked for in the whole page; the longest articles of the public sets have 60,000 characters.
_MAX_PAGE, _MAX_NAMES = 200_000, 200
_NAME_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*")


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

    def applies(self, *, title: bool, site: str | None) -> bool:
        """Tell whether the term counts in a title or body of a site's page."""
        return self.scope in ("", "title" if title else "body") or (bool(site) and self.scope == site)


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


def explained(texts: Sequence[str]) -> tuple[Term, ...]:
    """Return the names that a page explains, where they come again without the explanation.

    The Chinese name is the longest ending of what stands before the parenthesis that stands elsewhere on the page
    too; where there is none the name is not needed again. Accepted are the full name, its last word, and capitals.
    """
    page = "\n".join(texts)[:_MAX_PAGE]
    found: dict[str, Term] = {}
    for match in islice(_EXPLAINED.finditer(page), _MAX_NAMES):
        before, name = match[1], match[2].strip()
        elsewhere = page[: match.start()] + "\n" + page[match.end() :]
        term = next((before[at:] for at in range(len(before) - 1) if before[at:] in elsewhere), None)
        words = _NAME_WORD.findall(name)
        if term and words and not _is_common(term, elsewhere):
            capitals = "".join(word[0] for word in words if word[0].isupper())
            spellings = (name, words[-1], *([capitals] if len(capitals) > 1 else []))
            found.setdefault(term, Term(source=term, targets=tuple(dict.fromkeys(spellings))))
    return tuple(found.values())


def _is_common(term: str, elsewhere: str) -> bool:
    """Tell whether a two-character ending is but the tail of other words (公司, 先生), by what stands before it."""
    if len(term) > 2:
        return False
    preceding = {elsewhere[match.start() - 1] for match in re.finditer(re.escape(term), elsewhere) if match.start()}
    return len([c for c in preceding if "\u4e00" <= c <= "\u9fff"]) > 2


def fitting(terms: Iterable[Term], sentence: str, *, title: bool, site: str | None) -> tuple[Term, ...]:
    """Return the terms that stand in a sentence; a term inside a longer one that stands there too does not count."""
    there = [term for term in terms if term.source in sentence and term.applies(title=title, site=site)]
    return tuple(
        term
        for term in there
        if not any(term is not other and term.source != other.source and term.source in other.source for other in there)
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
