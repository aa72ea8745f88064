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
_STRONG = re.compile(r"\s*(?:\|+|[｜丨]|_+|＿+|::+|»|«|·|•|>+|\s/\s|--+|－)\s*")
_WEAK = re.compile(r"\s+(?:-|–|—|:|~)\s+|\s+-(?=\S)|(?<=\S)-\s+")
_GLUED = re.compile(r"[-–—]+")
_BRACKETS = re.compile(r"^\s*【[^】]{1,12}】\s*|\s*【[^】]{1,20}】\s*$")
_MARK = re.compile(r"\s*(?:\[\s*(?:编辑|編輯|edit|bearbeiten|modifier)[^\]]{0,40}\]|¶|#|- -)\s*$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A visible text that may be the title; ``rank`` orders kinds of element: h1 0, other headings 1, classes 2, lines 3."""

    text: str
    rank: int
    line: int
    foreign: bool


def find(page: Page, facts: Facts, site_names: Sequence[str], description: str = "") -> tuple[str | None, int | None]:
    """Return (title, index of the line it is shown on); None where the page gives none."""
    fields = _fields(page, facts, site_names)
    candidates = _visible(page)
    best: tuple[float, _Candidate] | None = None
    for candidate in candidates:
        score = _score(candidate, fields, site_names, description, page.title)
        if score > 0 and (best is None or score > best[0]):
            best = (score, candidate)
    if best:
        return _settled(best[1].text, fields, site_names), best[1].line
    for text in fields:
        stripped = strip_site(text, site_names, fields)
        if stripped and key(stripped) and not _is_site(stripped, site_names):
            return stripped, None
    return None, None


def _fields(page: Page, facts: Facts, site_names: Sequence[str]) -> list[str]:
    """Return the title fields of the page, the likelier clean ones first."""
    raw = [
        facts.headline,
        *page.meta(
            "og:title",
            "citation_title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
            "sailthru.title",
            "twitter:title",
            "weibo:article:title",
            "articletitle",
            "headline",
        ),
        page.title,
    ]
    out = (clean(text)[:MAX_TITLE] for text in raw)
    return list(dict.fromkeys(text for text in out if key(text) and text.lower() not in words.words("sites", "empty")))


def _visible(page: Page) -> list[_Candidate]:
    """Return the texts of headings, of elements that a class calls title, and of early lines, without repeats."""
    out: list[_Candidate] = []
    for heading in page.headings[:60]:
        out.append(_candidate(heading, 0 if heading.element.tag == "h1" else 1))
    for hint in page.hints[:400]:
        if "title" in hint.roles and len(out) < 120 and hint.element.tag not in ("body", "a", "li", "html"):
            out.append(_candidate(hint, 2))
    for line in page.lines[:1500]:
        if 4 <= len(line.text) <= 200 and line.linked * 2 < len(line.text):
            out.append(_Candidate(line.text, 3, line.index, line.foreign is not None))
    return [candidate for candidate in out if key(candidate.text)]


def _candidate(sighting: Sighting, rank: int) -> _Candidate:
    """Return the candidate of an element."""
    text = _MARK.sub("", text_of(sighting.element, MAX_TITLE))
    return _Candidate(text, rank, sighting.line, sighting.foreign is not None)


def _score(
    candidate: _Candidate, fields: Sequence[str], site_names: Sequence[str], description: str, title: str
) -> float:
    """Return how surely a visible text is the article's title; 0 where it is not."""
    own = key(candidate.text)
    if len(candidate.text) > MAX_TITLE - 50 or _is_site(candidate.text, site_names):
        return 0.0
    score = 0.0
    for text in fields:
        whole = key(text)
        if own == whole:
            score = max(score, 10.0)
        elif own in whole and (len(own) * 2 >= len(whole) or _is_piece(own, text)):
            score = max(score, 8.0 + len(own) / len(whole))
        elif candidate.rank < 3 and whole in own and len(whole) * 2 >= len(own):
            score = max(score, 7.0)
        elif candidate.rank == 0 and weight(candidate.text) >= 3 and (share := _overlap(candidate.text, text)) >= 0.4:
            score = max(score, 5.0 + share)
    if weight(candidate.text) < 2 and score < 10.0:
        return 0.0
    if (
        not score
        and candidate.rank == 0
        and not candidate.foreign
        and weight(candidate.text) >= 4
        and own not in key(description)
    ):
        score = 3.0
    if not score:
        return 0.0
    return score - 0.6 * candidate.rank - 0.7 * candidate.foreign - min(candidate.line, 1500) / 4000


def _is_piece(own: str, text: str) -> bool:
    """Tell whether a key is a whole piece (or the first pieces) of a title field."""
    pieces = [key(piece) for piece in _pieces(text)[0]]
    joined = ""
    for piece in pieces:
        joined += piece
        if joined == own:
            return True
    return own in pieces and len(own) >= max(map(len, pieces)) * 0.6


def _overlap(left: str, right: str) -> float:
    """Return the share of the shorter text's words (character pairs in dense scripts) that the other has."""
    sets = []
    for text in (left, right):
        lowered = key(text)
        sets.append(
            {lowered[i : i + 2] for i in range(len(lowered) - 1)}
            if dense(text)
            else {w for w in re.findall(r"\w{3,}", text.lower())}
        )
    small = min(len(sets[0]), len(sets[1]))
    return len(sets[0] & sets[1]) / small if small else 0.0


def _settled(text: str, fields: Sequence[str], site_names: Sequence[str]) -> str:
    """Return the heading without what it carries besides the title (a counter, a kicker) and without a site suffix."""
    own = key(text)
    for field in fields[:-1] or fields:
        stripped = strip_site(field, site_names, ())
        inner = key(stripped)
        if inner and inner != own and inner in own and len(inner) >= len(own) * 0.7 and weight(stripped) >= 2:
            return stripped
    return strip_site(text, site_names, (text,)) or text


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
    if dense(piece):
        return any(piece.endswith(end) for end in words.table("sites")["site_endings"])
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


def strip_site(title: str, site_names: Iterable[str] = (), shown: Sequence[str] = ()) -> str:
    """Return a title without the site's name and sections before or after it.

    ``shown`` are the page's other titles: a tail that all of them keep, set off by a mere dash, belongs to the title
    unless it names the site or sounds like one.
    """
    title = " ".join(title.split())
    names = tuple(site_names)
    pieces, marks = _pieces(title)
    pieces_left = len(pieces)
    while pieces_left > 1:
        tail, mark = pieces[pieces_left - 1], marks[pieces_left - 2]
        head = _joined(pieces[: pieces_left - 1], marks)
        strong = bool(_STRONG.fullmatch(mark))
        if not tail.strip() or _names_site(tail, names) or _sounds_like_site(tail):
            drop = weight(head) >= 1
        elif strong:
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
