"""The title where no title field of the page names it: of pages that only their section or their site is named for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from pipelines.metadata import words
from pipelines.metadata.suffixes import names_site, pieces, strip_site
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Line, Page, Sighting

LEGAL_FORM = 4
"""Letters of the longest legal form behind the name of a house: GmbH."""
_LOW = frozenset({"h4", "h5", "h6"})
MAX_LOW = 200
_NAMED = frozenset(
    {"entry-title", "headline", "article-title", "post-title", "articletitle", "news-title", "entry_title"}
)
"""Classes and properties that name the headline of an entry and nothing else."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visible text that may be the title; ``rank``: h1 0, other headings 1, classes 2, lines 3."""

    text: str
    rank: int
    line: int
    foreign: bool
    parts: frozenset[str] = frozenset()
    """Keys of the elements inside: a kicker or a player set apart from the title by its own element."""


def names_section(field: str, site_names: Sequence[str], shown: Set[str], *, bare: bool) -> bool:
    """Tell whether a title field names no more than a section of the site ("Aktualności - Akademia Zamojska").

    ``shown`` are the keys of the headings: what one of them repeats behind the section is the title.
    """
    known = words.words("sites", "sections")
    if strip_site(field, site_names, bare=bare).strip().casefold() in known or _is_house(field, site_names):
        return True
    first, *rest = (piece.strip() for piece in pieces(field)[0])
    return first.casefold() in known and shown.isdisjoint(map(key, rest))


def _is_house(field: str, site_names: Sequence[str]) -> bool:
    """Tell whether a title field is the name of the host's owner and its legal form: "TSV Hafen e.V." on tsv-hafen."""
    own = key(field)
    names = (key(name) for name in site_names)
    return any(len(name) >= 5 and own.startswith(name) and len(own) <= len(name) + LEGAL_FORM for name in names)


def headline(
    page: Page, candidates: Sequence[Candidate], prose: Sequence[int], description: str, site_names: Sequence[str]
) -> Candidate | None:
    """Return the heading that stands for the title where no field does: an h1, else the last one above the prose.

    Where there is none but the section's, what a class calls the title stands for it.
    """
    last, known = prose[0] if prose else len(page.lines), words.words("sites", "sections")
    above = [each for each in candidates if each.line < last and each.text.casefold() not in known]
    plain = [each for each in above if page.lines[each.line].linked * 2 <= len(page.lines[each.line].text)]
    own = [each for each in plain if stands_alone(each, description, site_names)]
    classed = [
        each for each in plain if each.rank == 2 and stands_alone(replace(each, rank=1), description, site_names)
    ]
    low = (Candidate(line.text, 1, line.index, line.foreign is not None) for line in _low(page.lines[:last]))
    found = own or classed or [each for each in low if stands_alone(each, description, site_names)]
    return next((each for each in own if each.rank == 0), found[-1] if found else None)


def _low(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the unlinked lines that are headings of a lower level than the walk notes."""
    for line in lines:
        if line.element.tag in _LOW and line.linked * 2 <= len(line.text) <= MAX_LOW:
            yield line


def named(page: Page, candidates: Sequence[Candidate], prose: Sequence[int]) -> Candidate | None:
    """Return the one text above the prose that its own element calls the headline of the entry, None without one."""
    last = prose[0] if prose else len(page.lines)
    lines = {hint.line for hint in page.hints[:400] if hint.line < last and hint.foreign is None and _is_named(hint)}
    found = [each for each in candidates if each.line in lines and each.rank == 2 and weight(each.text) >= 3]
    return found[0] if len({key(each.text) for each in found}) == 1 else None


def _is_named(hint: Sighting) -> bool:
    """Tell whether an element calls itself the headline of an entry."""
    said = f"{hint.element.get('class') or ''} {hint.element.get('itemprop') or ''}".lower().split()
    return not _NAMED.isdisjoint(said)


def shouted(text: str) -> bool:
    """Tell whether a text is in capitals throughout; letters in a Chinese title ("CCER经济学人…") are no such case."""
    return text.isupper() and not dense(text)


def stands_alone(candidate: Candidate, description: str, site_names: Sequence[str]) -> bool:
    """Tell whether a heading can be the title of a page whose title fields say something else, or name the site."""
    own = key(candidate.text)
    if candidate.rank > 1 or candidate.foreign or shouted(candidate.text) or own in key(description):
        return False
    return weight(candidate.text) >= 3 and not names_site(candidate.text, site_names)
