"""Sentences in which a page speaks of itself: who pays for it, where its text is from, what it warns of or asks for.

They stand above, under and between the paragraphs of an article, and are as long as those. No single word tells them:
an article may be about commissions, cookies or copying. So each is asked for two signs at least, one of them that the
page itself speaks; a sentence that tells what somebody said or did is none. The words are data (``data/notices.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pipelines import forms, lexicon
from pipelines.pruning import contacts

MAX_WIDTH = 480
"""Columns of the widest text that may be a notice; the widest disclosure of the public pages has 466."""
LEAST = 5
"""Characters of the shortest notice."""
MANY = 3
"""Blocks that speak of paying links, apart from the notices, from which they are what the page is about."""
WEAK_PARTS = frozenset({"advert", "comment_form", "editor_credit", "source_line"})
"""Reasons whose words inside a whole sentence speak of the subject as well ("It is sold in the App Store."): of the
blocks of 526 public pages one such sentence is the page's and two are the text's; of the other reasons 55 and 4."""
SHARE = 0.4
"""Share of a text that must speak of it: behind a sentence of the article stands at times "(This post contains
affiliate links.)". Of the disclosures of 526 public pages one has less, 0.31."""
LINE_SHARE = 0.25
"""The same for lines by their beginning, which stand before a paragraph in it at times; the lowest of those pages has
0.29."""
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_MARKS = re.compile(r"[\W_]+")
_LABEL = re.compile(r"[^:.!?。\])】]{2,24}[:\])】]\s*(?=\S)")
_LABEL_ENDS = ":])】"
_TITLED = re.compile(r"\W*\w+['’\s](?:\w+\s)?\W?(?:[A-Z0-9]|[^\W_a-zß-öø-ÿа-яα-ω])")
"""Two words at most and a title, which no small letter begins."""
_HEADS = (4, 3, 2, 1)
OPENING = 80
"""Characters of a text by whose first words most texts are let go: to fold the whole of a paragraph is dear."""
_THIRD = re.compile("(?<!其)[他她]")


@dataclass(frozen=True, slots=True)
class _Links:
    """The words of one language with which a page says that its links earn money."""

    strong: tuple[str, ...]
    pay: tuple[str, ...]
    link: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """How one kind of line begins and what it holds besides."""

    reason: str
    begin: tuple[str, ...]
    hold: tuple[str, ...]
    gap: int
    title: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """All words: paying links by language, and their signs; lines by their first characters."""

    links: tuple[_Links, ...]
    signs: tuple[str, ...]
    ascii_signs: tuple[str, ...]
    lines: dict[str, tuple[_Line, ...]]
    first: frozenset[str]
    told: tuple[str, ...]
    dense: tuple[str, ...]


def find(texts: Sequence[str]) -> dict[int, str]:
    """Return which of a page's texts are notices, each with the reason to drop it for.

    Disclosures are none where paying links are what the page is about: more of its texts speak of them than disclose.
    """
    narrow = {at: text for at, text in enumerate(texts) if _is_narrow(text)}
    found = {at: reason for at, text in narrow.items() if (reason := _notice(text))}
    found |= dict.fromkeys(contacts.find(texts), "contact")
    page = "\n".join(narrow.values()).lower()
    signs = _words().ascii_signs if page.isascii() else _words().signs
    if not (signs := tuple(filter(page.__contains__, signs))):  # most pages
        return found
    linked = {at: _of_links(text) for at, text in narrow.items() if any(map(text.lower().__contains__, signs))}
    if sum(own is False for own in linked.values()) >= MANY:
        return found
    return {at: "legal_notice" for at, own in linked.items() if own} | found


def _notice(text: str) -> str | None:
    """Return the reason to drop a text that begins as a notice does, None for any other."""
    opening = text[:OPENING]
    opening = _unmarked(opening.lower() if opening.isascii() else lexicon.fold(opening))
    label = _LABEL.match(opening) if any(map(opening.__contains__, _LABEL_ENDS)) else None
    if not _kinds(opening) and not (label and _kinds(opening[label.end() :])):  # most texts
        return None
    line = _unmarked(lexicon.fold(text))
    kind = _kind(line)
    if kind is None and label:
        line = line[label.end() :]
        kind = _kind(line)
    if kind is None or tells(text) or (kind.title and not _TITLED.match(text)):
        return None
    spoken = sum(len(piece) for piece in _SENTENCE.split(line) if _speaks(piece, kind))
    return kind.reason if spoken >= LINE_SHARE * len(line) else None


def _of_links(text: str) -> bool | None:
    """Say whether a text on links that pay is the page's own words; None for a text on anything else."""
    words = _words()
    folded = lexicon.fold(text)
    spaced = _spaced(folded)
    near = [each for each in words.links if _is_near(spaced, each)]
    if not near:
        return None
    own = [each for each in near if any(map(spaced.__contains__, each.own))]
    return any(_share(folded, each) >= SHARE for each in own) and not tells(text)


def _share(folded: str, words: _Links) -> float:
    """Return how much of a folded text stands in sentences with words on paying links, or of the page's own."""
    pieces = list(map(_spaced, filter(None, _SENTENCE.split(folded))))
    roles = words.strong + words.pay + words.link + words.own
    spoken = sum(len(piece) for piece in pieces if any(map(piece.__contains__, roles)))
    return spoken / max(1, sum(map(len, pieces)))


def _is_near(spaced: str, words: _Links) -> bool:
    return any(map(spaced.__contains__, words.strong)) or (
        any(map(spaced.__contains__, words.pay)) and any(map(spaced.__contains__, words.link))
    )


def is_of_text(text: str, found: lexicon.Match) -> bool:
    """Tell whether a sentence that holds words of the lexicon is the article's, at its end.

    It tells what somebody said or did, or a word inside it is all that speaks against it.
    """
    if found.form not in ("start", "part"):
        return False
    return (found.form == "part" and found.reason in WEAK_PARTS) or tells(text)


def tells(text: str) -> bool:
    """Tell whether a text is told: a quotation begins it, or it holds what a report on others does."""
    if forms.begins_quotation(text):
        return True
    line, words = lexicon.fold(text), _words()
    if any(map(line.__contains__, words.told)):
        return True
    return not line.isascii() and (any(map(line.__contains__, words.dense)) or _THIRD.search(line) is not None)


def _is_narrow(text: str) -> bool:
    """Say whether a text may be a notice by its width."""
    return LEAST <= len(text) <= MAX_WIDTH and forms.width(text) <= MAX_WIDTH


def _unmarked(line: str) -> str:
    """Return a folded line without the marks before it but those that begin a service line."""
    if line[:1].isalnum():
        return line
    at = next((at for at, char in enumerate(line) if char.isalnum() or char in "※◎"), len(line))
    return line[at:]


def _spaced(folded: str) -> str:
    """Return a folded text with one blank for all that is no letter or digit, and at both ends."""
    return f" {_MARKS.sub(' ', folded)} "


def _kind(line: str) -> _Line | None:
    """Return the first kind of line that a folded line is."""
    for kind in _kinds(line):
        start = _begin(line, kind.begin)
        if start and (not kind.hold or _holds(line, start, kind)):
            return kind
    return None


def _kinds(line: str) -> list[_Line]:
    """Return the kinds of line that begin as a folded line does, but for where a word ends."""
    words = _words()
    if line[:1] not in words.first:
        return []
    kinds = [kind for size in _HEADS if (head := line[:size]) in words.lines for kind in words.lines[head]]
    return [kind for kind in kinds if line.startswith(kind.begin)]


def _begin(line: str, phrases: tuple[str, ...]) -> int:
    """Return the length of the phrase that a line begins with, 0 for none of these."""
    if not line.startswith(phrases):
        return 0
    return max(
        len(phrase) if line.startswith(phrase) and lexicon.ends_word(line, len(phrase)) else 0 for phrase in phrases
    )


def _speaks(piece: str, kind: _Line) -> bool:
    """Say whether a sentence of a folded text has the beginning of a kind of line or one of its phrases."""
    return _begin(piece, kind.begin) > 0 or any(map(piece.__contains__, kind.hold))


def _holds(line: str, start: int, kind: _Line) -> bool:
    """Say whether a line that begins as its kind does, in ``start`` letters, holds a phrase of it, near enough."""
    if not kind.gap:
        return any(map(line.__contains__, kind.hold))
    return any(0 <= line[start:].find(phrase) <= kind.gap for phrase in kind.hold)


@cache
def _words() -> _Words:
    """Return the words of the data, folded."""
    data = tomllib.loads(resources.files("pipelines").joinpath("data/notices.toml").read_text("utf-8"))
    links = tuple(
        _Links(**{role: tuple(map(_phrase, phrases)) for role, phrases in table.items()})
        for table in data["affiliate"].values()
    )
    lines: dict[str, list[_Line]] = {}
    for table in data["line"]:
        begin = _all_folded(table["begin"])
        hold = _all_folded(table.get("hold", ()))
        kind = _Line(table["reason"], begin, hold, table.get("gap", 0), table.get("title", False))
        for head in dict.fromkeys(phrase[: _HEADS[0]] for phrase in begin):
            lines.setdefault(head, []).append(kind)
    written = data["signs"]["words"]
    signs = tuple(dict.fromkeys((*written, *_all_folded(written))))
    return _Words(
        links=links,
        signs=signs,
        ascii_signs=tuple(filter(str.isascii, signs)),
        lines={head: tuple(kinds) for head, kinds in lines.items()},
        first=frozenset(head[0] for head in lines),
        told=_all_folded(data["told"]["words"]),
        dense=_all_folded(data["told"]["dense"]),
    )


def _all_folded(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(lexicon.fold, phrases))


def _phrase(phrase: str) -> str:
    """Return a phrase as it stands in a text with blanks for marks: a blank where its first word begins."""
    spaced = _spaced(lexicon.fold(phrase))
    start = 1 if forms.is_wide(spaced[1]) else 0
    return spaced[start:] if phrase.endswith(" ") else spaced[start:-1]
