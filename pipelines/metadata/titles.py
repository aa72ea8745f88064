"""The article's title: the visible heading that the page's own title fields confirm, else a field less its suffix."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Protocol

from pipelines.metadata import datelines, headings, words
from pipelines.metadata.headings import Candidate
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.suffixes import is_site, names_site, pieces, strip_site
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Page, Sighting, text_of

MAX_TITLE = 400
_WORDS = re.compile(r"[^\W_]{3,}")
_RANKS = (0.0, 0.6, 1.2, 1.8)
"""What a candidate of each rank loses against one of the rank before."""
_TITLE_NAME = re.compile(r"(?<!web-app)(?<!sub)(?<!site)[:_.-](?:title|headline)$")
_CUT = ("...", "…")
_OPENS, _CLOSES = '《「“"：: ', re.compile(r"[》」”\"]")
MIN_STEM, MAX_FULL = 5, 400
"""Words of a title that was cut short, and lines in which the whole of it is looked for."""
_GOES_ON = re.compile(r"[,;:]\s\S+\s\S|\s[–—-]\s\S+\s\S")
"""What a headline has behind its shorter form: "…, killing at least 26"; a counter or a player has no such mark."""
_BY = re.compile(r"(?:by|von|par|por|di|door)\s(?=[^\W\d_]+\s[^\W\d_]+$)", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\[\s*(?:编辑|編輯|edit|bearbeiten|modifier)[^\]]{0,40}\]|¶|(?<=\s)#|- -)\s*$")
MAX_FIELDS, MAX_NAMED = 40, 12
"""Title fields looked at, and those among them that only end in "title"; 533 public pages have 9 at most."""


def find(
    page: Page, facts: Facts, site_names: Sequence[str], description: str = "", url: str = ""
) -> tuple[str | None, int | None]:
    """Return (title, index of the line it is shown on); None where the page gives none."""
    homes = [text for each in page.headings[:60] if each.line < 200 and (text := _leading_home(each, url))]
    fields = _fields(page, facts)
    # Blogs write "Their name: the post" in the title; the rest of it is a field of its own.
    fields += [rest for text in fields for home in homes if (rest := text.removeprefix(f"{home}: ")) != text]
    names = (*site_names, *homes, *_tails(fields))
    candidates = [each for each in _visible(page, fields, facts, url) if not _denied(each, fields, url)]
    prose = datelines.prose(page.lines)
    shown = {key(each.text) for each in candidates}
    sections = bool(fields) and all(
        headings.names_section(text, names, shown, bare=len(fields) == 1) for text in fields
    )
    if sections and (heading := headings.headline(page, candidates, prose, description, names)):
        return heading.text, heading.line
    if sections:  # a line that repeats such a field is the section's name or the site's
        candidates = [each for each in candidates if each.rank < len(_RANKS) - 1]
    slug = _slug(url)
    best: tuple[float, Candidate] | None = None
    for candidate in candidates:
        score = _score(candidate, fields, names)
        if score > 0:
            # Behind paragraphs stand other articles' headlines; what the address repeats is the article's.
            score -= min(3.0, 0.5 * bisect_left(prose, candidate.line)) - 0.3 * _repeated(candidate.text, slug)
        if score > 0 and (best is None or score > best[0]):
            best = (score, candidate)
    if best:
        chosen = _below(best[1], candidates, fields, prose)
        if chosen.rank == len(_RANKS) - 1 and key(chosen.text) not in map(key, fields):
            chosen = headings.named(page, candidates, prose) or chosen
        return _settled(chosen, fields, names), chosen.line
    linked = {line.index for line in page.lines if line.linked * 2 > len(line.text)}
    alone = (each for each in candidates if headings.stands_alone(each, description, names))
    heading = next((each for each in alone if each.rank == 0 or each.line not in linked), None)
    agreed = _agreed(fields, names)
    if heading and (agreed is None or heading.rank == 0):
        return in_full(heading.text, page.lines), heading.line
    return agreed and in_full(agreed, page.lines), _start(candidates)


class Shown(Protocol):
    """A line of a page, or of a capture of one."""

    @property
    def text(self) -> str:
        """Return what a reader sees."""


def in_full(title: str, lines: Sequence[Shown]) -> str:
    """Return a title that its template cut short as the page has it in full: "原标题：《…》", a line that begins so."""
    stem = title.rstrip(".… ")
    if not title.endswith(_CUT) or weight(stem) < MIN_STEM:
        return title
    for line in lines[:MAX_FULL]:
        place = line.text.find(stem)
        if place < 0 or (place and line.text[place - 1] not in _OPENS):
            continue
        full = _CLOSES.split(line.text[place:])[0].strip()
        if len(key(stem)) < len(key(full)) <= 2 * len(stem) + 20:
            return full
    return title


def _below(best: Candidate, candidates: Sequence[Candidate], fields: Sequence[str], prose: Sequence[int]) -> Candidate:
    """Return the candidate, or for an office's name ("Ministry - Bridge closed") the h1 below that ends a title."""
    ends = {key(pieces(field)[0][-1]) for field in fields} if best.rank == len(_RANKS) - 1 else set()
    last = prose[0] if prose else 0
    own = (each for each in candidates if each.rank == 0 and best.line < each.line < last and key(each.text) in ends)
    return next(own, best)


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
    return [name for each in out for piece in pieces(each)[0] if 1 < len(name := piece.strip(" -–—|_·»:")) <= 60]


def _agreed(fields: Sequence[str], site_names: Sequence[str]) -> str | None:
    """Return the title that most fields agree on once the site's name is off them."""
    votes: dict[str, tuple[float, str]] = {}
    for position, text in enumerate(fields):
        stripped = strip_site(text, site_names, bare=len(fields) == 1)
        own = key(stripped)
        named = is_site(stripped, site_names) or (weight(stripped) <= 4 and names_site(stripped, site_names))
        if own and not named:
            count, first = votes.get(own, (-0.1 * position, stripped))
            votes[own] = (count + 1.0, first)
    return max(votes.values(), default=(0.0, None))[1]


def _start(candidates: Sequence[Candidate]) -> int | None:
    """Return the line of the first h1, for want of a heading that repeats the title."""
    return next((each.line for each in candidates if each.rank == 0), None)


def _denied(candidate: Candidate, fields: Sequence[str], url: str) -> bool:
    """Tell whether the address speaks for a field and against an h1 that no field confirms (a call to action).

    Addresses are made of the headline when the page is first put out.
    """
    own = key(candidate.text)
    if candidate.rank or any(own in key(field) or key(field) in own for field in fields):
        return False
    steps = _slug(url)
    if len(steps) < 3:
        return False
    shares = [len(steps & set(_WORDS.findall(text.lower()))) / len(steps) for text in (candidate.text, *fields)]
    # 0.35 was set on the 19 pages of the 533 whose h1 no field confirms and whose address has words.
    return max(shares[1:], default=0.0) - shares[0] > 0.35


def _fields(page: Page, facts: Facts) -> list[str]:
    """Return the title fields of the page, the likelier clean ones first."""
    raw = [
        facts.headline,
        *islice(page.meta(*words.table("fields")["title"]), MAX_FIELDS),
        page.title,
        *islice((each for name, all_ in page.metas.items() if _TITLE_NAME.search(name) for each in all_), MAX_NAMED),
    ]
    out = (clean(text)[:MAX_TITLE] for text in raw)
    return list(dict.fromkeys(text for text in out if key(text) and text.lower() not in words.words("sites", "empty")))


def _slug(url: str) -> frozenset[str]:
    """Return the words of the longest step of an address, made of the headline when the page is first put out."""
    paths = [frozenset(_WORDS.findall(step.lower())) for step in url[:500].split("?")[0].split("/")[3:]]
    return max(paths, key=len, default=frozenset())


def _repeated(text: str, slug: frozenset[str]) -> float:
    """Return 0–1: how much of a text its address repeats; an address of fewer than three words tells nothing."""
    return len(slug & frozenset(_WORDS.findall(words.plain(text.lower())))) / len(slug) if len(slug) >= 3 else 0.0


def _leading_home(heading: Sighting, url: str) -> str:
    """Return the text of a heading that is a link to the front page: the name of the site; else nothing."""
    for link in heading.element.iter("a"):
        href = (link.get("href") or "").strip()
        # An empty address is the page's own; one step of the page's own path is that of a blog among others.
        root = url[: url.find("/", 8)]
        above = url[: url.find("/", len(root) + 1)] if url.count("/", len(root)) > 2 else root
        if href and href.rstrip("/") in ("", root, above, above[len(root) :]):
            text = text_of(heading.element, 200)
            return text if text_of(link, 200) == text else ""
        return ""
    return ""


def _visible(page: Page, fields: Sequence[str], facts: Facts, url: str) -> list[Candidate]:
    """Return the texts of headings, of elements that a class calls title, and of lines that the title fields repeat."""
    out: list[Candidate] = []
    # Class words call some headlines breadcrumbs; one that the data and the card repeat is the title all the same.
    said = {key(text) for text in (facts.headline, next(page.meta("og:title"), ""))}
    for heading in page.headings[:60]:
        if "crumb" in heading.roles and {key(text_of(heading.element, MAX_TITLE))} != said:
            continue
        out.append(_candidate(heading, 0 if heading.element.tag == "h1" else 1))
    for hint in page.hints[:400]:
        if "title" in hint.roles and len(out) < 120 and hint.element.tag not in ("body", "a", "li", "html"):
            out.append(_candidate(hint, 2))
    joined = "\n".join(map(key, fields))
    for line in page.lines[:1500]:
        if 4 <= len(line.text) <= 200 and line.linked * 2 < len(line.text) and key(line.text) in joined:
            out.append(Candidate(line.text, 3, line.index, line.foreign is not None))
    return [candidate for candidate in out if key(candidate.text)]


def _candidate(sighting: Sighting, rank: int) -> Candidate:
    """Return the candidate of an element."""
    text = text_of(sighting.element, MAX_TITLE)
    if text[-1:] == "#" and any((link.text or "").strip() == "#" for link in sighting.element.iter("a")):
        text = text[:-1]  # the link to the heading itself, and no "C#"
    text = _MARK.sub("", text)
    inside = [child for child in sighting.element.iterdescendants() if isinstance(child.tag, str)][:12]
    parts = frozenset(key(text_of(child, MAX_TITLE)) for child in inside) if rank < 2 else frozenset()
    return Candidate(text, rank, sighting.line, sighting.foreign is not None, parts)


def _score(candidate: Candidate, fields: Sequence[str], site_names: Sequence[str]) -> float:
    """Return how surely a visible text is the article's title, as far as the page's title fields confirm it."""
    own = key(candidate.text)
    if len(candidate.text) > MAX_TITLE - 50 or is_site(candidate.text, site_names) or candidate.text.endswith(_CUT):
        return 0.0
    score = 0.0
    for text in fields:
        whole = key(text)
        if own == whole:
            score = max(score, 10.0)
        elif own == key(pieces(text)[0][-1]) and weight(candidate.text) <= 4:
            # The end of a title is the site's name more often than the headline, as a line by a picture always.
            score = max(score, 6.0 if candidate.rank < 3 else 0.0)
        elif own in whole and (len(own) * 2 >= len(whole) or _is_piece(own, text)):
            score = max(score, 8.0 + len(own) / len(whole))
        elif candidate.rank < 3 and whole in own and len(whole) * 2 >= len(own):
            score = max(score, 7.0 + len(whole) / len(own))
        elif (
            candidate.rank == 0
            and not headings.shouted(candidate.text)
            and (share := _reworded(candidate.text, text)) >= 0.3
        ):
            # Most words of the title in an h1: it is the headline in other words, before any lower heading's share.
            score = max(score, 8.0 + share / 2 if share >= 0.5 else 4.5 + share)
    if not score or (weight(candidate.text) < 2 and score < 10.0 and candidate.rank):
        return 0.0
    return score - _RANKS[candidate.rank] - 0.3 * candidate.foreign - min(candidate.line, 1500) / 4000


def _is_piece(own: str, text: str) -> bool:
    """Tell whether a key is a whole piece (or the first pieces) of a title field."""
    whole = pieces(text)[0]
    # "The bridge opens | by Jane Doe | Medium": the name is no headline.
    named = [piece for position, piece in enumerate(whole) if not position or not _BY.match(piece.strip())]
    parts = [key(piece) for piece in named]
    joined = ""
    for piece in parts:
        joined += piece
        if joined == own:
            return True
    weights = list(map(weight, named))
    sized = zip(parts, weights, strict=True)
    return any(own in piece and len(own) >= len(piece) * 0.6 and size >= max(weights) * 0.5 for piece, size in sized)


def _reworded(text: str, field: str) -> float:
    """Return the share of an h1's words that a title field has: none where its longest piece has none of them.

    "The bridge opens - Jane's diary": the diary's name is an h1 too.
    """
    share = _overlap(text, field)
    parts = pieces(field)[0] if share >= 0.3 else ()
    return share if len(parts) < 2 or _overlap(text, max(parts, key=weight)) else 0.0


def _overlap(left: str, right: str) -> float:
    """Return the share of the shorter text's words (character pairs in dense scripts) that the other has."""
    sets = []
    for text in (left, right):
        own = key(text)
        pairs = {own[i : i + 2] for i in range(len(own) - 1)}
        sets.append(pairs if dense(text) else set(re.findall(r"\w{3,}", text.lower())))
    small = min(len(sets[0]), len(sets[1]))
    return len(sets[0] & sets[1]) / small if small else 0.0


def _settled(candidate: Candidate, fields: Sequence[str], site_names: Sequence[str]) -> str:
    """Return the heading without what it carries besides the title (a counter, a kicker) and without a site suffix."""
    own = key(candidate.text)
    confirmed = any(own == key(field) for field in fields)
    for field in () if confirmed else fields:
        if own in key(field):
            continue  # it confirms the whole heading: what stands behind that is the site's
        stripped = strip_site(field, site_names, bare=len(fields) == 1)
        inner = key(stripped)
        if not inner or inner == own or field.endswith(_CUT) or stripped.endswith(_CUT) or weight(stripped) < 2:
            continue
        # What follows the title in its heading is a counter, a player, an "[edit]"; what precedes it is its part,
        # unless an element of its own sets it apart.
        goes_on = _GOES_ON.match(candidate.text[len(stripped) :]) and candidate.text.startswith(stripped)
        if own.startswith(inner) and (
            (len(inner) >= len(own) * 0.7 and not goes_on) or own[len(inner) :] in candidate.parts
        ):
            return stripped
        if own.endswith(inner) and {inner, own[: -len(inner)]} & candidate.parts:
            return stripped
        # A forum's section in brackets before the subject: the title begins with the subject itself.
        first = pieces(field)[0][0].strip()
        if candidate.text.startswith(("[", "【")) and own.endswith(key(first)) and key(first) in candidate.parts:
            return first
    return _parted(strip_site(candidate.text, site_names, heading=True) or candidate.text, candidate, fields)


def _parted(text: str, candidate: Candidate, fields: Sequence[str]) -> str:
    """Return a heading as the field of the same letters parts it: "HarbourFerry to …", where only style parts spans."""
    if not candidate.parts or dense(text):
        return text
    own, size = key(text), _count(text)
    same = (field for field in fields if key(field) == own)
    return next((each for each in same if _count(each) > size or (":" in each and ":" not in text)), text)


def _count(text: str) -> int:
    """Return how many words a text has, marks that stand alone not counted."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
