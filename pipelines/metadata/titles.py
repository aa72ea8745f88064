"""The article's title: the visible heading that the page's own title fields confirm, else a field less its suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Page, Sighting, text_of

MAX_TITLE = 400
_RANKS = (0.0, 0.6, 1.2, 1.8)
"""What a candidate of each rank loses against one of the rank before."""
_STRONG = re.compile(r"\s*(?:\|+|[｜丨]|_+|＿+|::+|»|«|·|•|>+|\s/\s|--+|－)\s*")
_WEAK = re.compile(r"\s+(?:-|–|—|:|~)\s+|\s+-(?=\S)|(?<=\S)-\s+")
_GLUED = re.compile(r"[-–—]+")
_BRACKETS = re.compile(r"^\s*【[^】]{1,12}】\s*|\s*【[^】]{1,20}】\s*$")
_MARK = re.compile(r"\s*(?:\[\s*(?:编辑|編輯|edit|bearbeiten|modifier)[^\]]{0,40}\]|¶|#|- -)\s*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A visible text that may be the title; ``rank``: h1 0, other headings 1, classes 2, lines 3."""

    text: str
    rank: int
    line: int
    foreign: bool
    parts: frozenset[str] = frozenset()
    """Keys of the elements inside: a kicker or a player set apart from the title by its own element."""


def find(page: Page, facts: Facts, site_names: Sequence[str], description: str = "") -> tuple[str | None, int | None]:
    """Return (title, index of the line it is shown on); None where the page gives none."""
    fields = _fields(page, facts)
    names = (*site_names, *_tails(fields))
    candidates = _visible(page, fields)
    best: tuple[float, _Candidate] | None = None
    for candidate in candidates:
        score = _score(candidate, fields, names)
        if score > 0 and (best is None or score > best[0]):
            best = (score, candidate)
    if best:
        return _settled(best[1], fields, names), best[1].line
    linked = {line.index for line in page.lines if line.linked * 2 > len(line.text)}
    alone = (each for each in candidates if _stands_alone(each, description, names))
    heading = next((each for each in alone if each.rank == 0 or each.line not in linked), None)
    chosen = _agreed(fields, names)
    if heading and (chosen is None or heading.rank == 0):
        return heading.text, heading.line
    return chosen, _start(candidates)


def _tails(fields: Sequence[str]) -> list[str]:
    """Return what one title field says after (or before) the whole of another: a name of the site or section."""
    out = []
    for longer in fields:
        for shorter in fields:
            if len(shorter) + 2 < len(longer) and weight(shorter) >= 3:
                if longer.startswith(shorter):
                    out.append(longer[len(shorter) :])
                elif longer.endswith(shorter):
                    out.append(longer[: -len(shorter)])
    return [name for each in out for piece in _pieces(each)[0] if 1 < len(name := piece.strip(" -–—|_·»:")) <= 60]


def _agreed(fields: Sequence[str], site_names: Sequence[str]) -> str | None:
    """Return the title that most fields agree on once the site's name is off them."""
    votes: dict[str, tuple[float, str]] = {}
    for position, text in enumerate(fields):
        stripped = strip_site(text, site_names)
        own = key(stripped)
        named = _is_site(stripped, site_names) or (weight(stripped) <= 4 and _names_site(stripped, site_names))
        if own and not named:
            count, first = votes.get(own, (-0.1 * position, stripped))
            votes[own] = (count + 1.0, first)
    return max(votes.values(), default=(0.0, None))[1]


def _start(candidates: Sequence[_Candidate]) -> int | None:
    """Return the line of the first h1, for want of a heading that repeats the title."""
    return next((each.line for each in candidates if each.rank == 0), None)


def _shouted(text: str) -> bool:
    """Tell whether a text is in capitals throughout; letters in a Chinese title ("CCER经济学人…") are no such case."""
    return text.isupper() and not dense(text)


def _stands_alone(candidate: _Candidate, description: str, site_names: Sequence[str]) -> bool:
    """Tell whether a heading can be the title of a page whose title fields say something else, or name the site."""
    own = key(candidate.text)
    if candidate.rank > 1 or candidate.foreign or _shouted(candidate.text) or own in key(description):
        return False
    return weight(candidate.text) >= 3 and not _names_site(candidate.text, site_names)


def _fields(page: Page, facts: Facts) -> list[str]:
    """Return the title fields of the page, the likelier clean ones first."""
    raw = [
        facts.headline,
        *page.meta(*words.table("fields")["title"]),
        page.title,
    ]
    out = (clean(text)[:MAX_TITLE] for text in raw)
    return list(dict.fromkeys(text for text in out if key(text) and text.lower() not in words.words("sites", "empty")))


def _visible(page: Page, fields: Sequence[str]) -> list[_Candidate]:
    """Return the texts of headings, of elements that a class calls title, and of lines that the title fields repeat."""
    out: list[_Candidate] = []
    for heading in page.headings[:60]:
        if "crumb" in heading.roles:
            continue
        out.append(_candidate(heading, 0 if heading.element.tag == "h1" else 1))
    for hint in page.hints[:400]:
        if "title" in hint.roles and len(out) < 120 and hint.element.tag not in ("body", "a", "li", "html"):
            out.append(_candidate(hint, 2))
    joined = "\n".join(map(key, fields))
    for line in page.lines[:1500]:
        if 4 <= len(line.text) <= 200 and line.linked * 2 < len(line.text) and key(line.text) in joined:
            out.append(_Candidate(line.text, 3, line.index, line.foreign is not None))
    return [candidate for candidate in out if key(candidate.text)]


def _candidate(sighting: Sighting, rank: int) -> _Candidate:
    """Return the candidate of an element."""
    text = _MARK.sub("", text_of(sighting.element, MAX_TITLE))
    inside = [child for child in sighting.element.iterdescendants() if isinstance(child.tag, str)][:12]
    parts = frozenset(key(text_of(child, MAX_TITLE)) for child in inside) if rank < 2 else frozenset()
    return _Candidate(text, rank, sighting.line, sighting.foreign is not None, parts)


def _score(candidate: _Candidate, fields: Sequence[str], site_names: Sequence[str]) -> float:
    """Return how surely a visible text is the article's title, as far as the page's title fields confirm it."""
    own = key(candidate.text)
    if (
        len(candidate.text) > MAX_TITLE - 50
        or _is_site(candidate.text, site_names)
        or candidate.text.endswith(("...", "…"))
    ):
        return 0.0
    score = 0.0
    for text in fields:
        whole = key(text)
        if own == whole:
            score = max(score, 10.0)
        elif own == key(_pieces(text)[0][-1]) and weight(candidate.text) <= 4:
            score = max(score, 6.0)  # the end of a title is the site's name more often than the headline
        elif own in whole and (len(own) * 2 >= len(whole) or _is_piece(own, text)):
            score = max(score, 8.0 + len(own) / len(whole))
        elif candidate.rank < 3 and whole in own and len(whole) * 2 >= len(own):
            score = max(score, 7.0 + len(whole) / len(own))
        elif candidate.rank == 0 and (share := _overlap(candidate.text, text)) >= 0.3:
            score = max(score, 4.5 + share)
    if not score or (weight(candidate.text) < 2 and score < 10.0 and candidate.rank):
        return 0.0
    if score < 6.0 and _shouted(candidate.text):
        return 0.0
    return score - _RANKS[candidate.rank] - 0.3 * candidate.foreign - min(candidate.line, 1500) / 4000


def _is_piece(own: str, text: str) -> bool:
    """Tell whether a key is a whole piece (or the first pieces) of a title field."""
    pieces = [key(piece) for piece in _pieces(text)[0]]
    joined = ""
    for piece in pieces:
        joined += piece
        if joined == own:
            return True
    largest = max(map(weight, pieces))
    return any(own in piece and len(own) >= len(piece) * 0.6 and weight(piece) >= largest * 0.5 for piece in pieces)


def _overlap(left: str, right: str) -> float:
    """Return the share of the shorter text's words (character pairs in dense scripts) that the other has."""
    sets = []
    for text in (left, right):
        own = key(text)
        pairs = {own[i : i + 2] for i in range(len(own) - 1)}
        sets.append(pairs if dense(text) else set(re.findall(r"\w{3,}", text.lower())))
    small = min(len(sets[0]), len(sets[1]))
    return len(sets[0] & sets[1]) / small if small else 0.0


def _settled(candidate: _Candidate, fields: Sequence[str], site_names: Sequence[str]) -> str:
    """Return the heading without what it carries besides the title (a counter, a kicker) and without a site suffix."""
    own = key(candidate.text)
    for field in fields:
        stripped = strip_site(field, site_names)
        inner = key(stripped)
        if not inner or inner == own or field.endswith(("...", "…")) or weight(stripped) < 2:
            continue
        # What follows the title in its heading is a counter, a player, an "[edit]"; what precedes it is its part,
        # unless an element of its own sets it apart.
        if own.startswith(inner) and len(inner) >= len(own) * 0.7:
            return stripped
        if own.endswith(inner) and {inner, own[: -len(inner)]} & candidate.parts:
            return stripped
    return strip_site(candidate.text, site_names, heading=True) or candidate.text


def _pieces(title: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a title between separators, and the separators between them."""
    pattern = re.compile(f"({_STRONG.pattern}|{_WEAK.pattern}" + (f"|{_GLUED.pattern}" if dense(title) else "") + ")")
    parts = pattern.split(title)
    return parts[0::2], parts[1::2]


def _is_site(text: str, site_names: Iterable[str]) -> bool:
    """Tell whether a text is nothing but a name of the site."""
    own = key(text)
    return any(own == (name := key(each)) or (own == "the" + name) or name == "the" + own for each in site_names)


def _names_site(piece: str, site_names: Iterable[str]) -> bool:
    """Tell whether a piece holds (or is held by) a name of the site: "GSMArena.com news", "RT World News"."""
    own = key(piece)
    for each in site_names:
        name = key(each)
        if (
            name
            and own
            and (
                own == name
                or (len(name) >= 3 and name in own and len(own) <= len(name) + 14)
                or (len(own) >= 3 and own in name)
            )
        ):
            return True
    return False


def _sounds_like_site(piece: str) -> bool:
    """Tell whether a piece ends or begins like names of papers, sites and sections do."""
    found = [word.strip(".,").casefold() for word in piece.split()]
    if any(piece.endswith(end) for end in words.table("sites")["site_endings"]):
        return True
    if dense(piece):
        return False
    known = words.words("sites", "site_words")
    return (
        bool(found)
        and len(found) <= 6
        and (
            found[-1] in known
            or found[0] in known
            or bool(re.search(r"\.(?:com|net|org|de|fr|co\.uk|ru|it|es|pl|info)$", found[-1]))
        )
    )


def strip_site(title: str, site_names: Iterable[str] = (), *, heading: bool = False) -> str:
    """Return a title without the site's name and sections before or after it.

    A ``heading`` loses only what names the site: what else stands there is shown to readers as part of the title.
    """
    title = " ".join(title.split())
    names = tuple(site_names)
    pieces, marks = _pieces(title)
    pieces_left = len(pieces)
    while pieces_left > 1:
        tail, mark = pieces[pieces_left - 1], marks[pieces_left - 2]
        head = _joined(pieces[: pieces_left - 1], marks)
        strong = bool(_STRONG.fullmatch(mark))
        if not tail.strip() or _names_site(tail, names) or (not heading and _sounds_like_site(tail)):
            drop = weight(head) >= 1
        elif strong and not heading:
            drop = weight(tail) <= 5 and weight(tail) <= weight(head)
        else:
            drop = False
        if not drop:
            break
        pieces_left -= 1
    first = 0
    while pieces_left - first > 1 and (
        _is_site(pieces[first], names) or (_names_site(pieces[first], names) and weight(pieces[first]) <= 3)
    ):
        first += 1
    out = _joined(pieces[first:pieces_left], marks[first:]).strip(" -–—|_·»:")
    return out or title


def _joined(pieces: Sequence[str], marks: Sequence[str]) -> str:
    """Return pieces put together again with the marks that stood between them."""
    out = pieces[0] if pieces else ""
    for piece, mark in zip(pieces[1:], marks, strict=False):
        out += mark + piece
    return out
