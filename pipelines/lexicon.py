"""The words that pages put round an article, in many languages: loaded once, matched by form, never inside a sentence.

The phrases are data (``data/lexicon.toml``). A line is folded and cut into prefixes that are looked up in a table, so a
match costs a few dictionary look-ups whatever the size of the lexicon; ``part`` phrases are one alternation of plain
strings. Where a match may be believed (head, tail, list, lone line) is the business of the caller.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from operator import add
from typing import Any

from pipelines.forms import bare, is_wide, width

_COLON = re.compile(r"[:：︰∶|｜丨/／＝=]")
_COUNT = re.compile(r"^\(?\d[\d.,]*\)?\s+|\s*[(（\[]?\s*\d[\d.,]*\s*[)）\]]?$|\s*[(（\[].{0,12}[)）\]]$")
_BRACKETED = re.compile(r"[\[【〔]([^\[\]【】〔〕]{2,16})[\]】〕]\s*(?=\S)")
_CALL = re.compile(r"\w\([frb]?[\"']|^[\w.]+ ?= ?[\w.]+\(", re.ASCII)
"""A line of a program: "print('the end')", "data = client.pop(5)"."""
_HEAD, _PART_HEAD = 4, 6
_PIECE = 4
"""Characters of the pieces in which a line is searched for the head of a part: every third piece is enough, as each
head holds three of them."""
MAX_WIDTH = 320
"""Wider lines are never looked at: the widest notice of the lexicon has 160 columns."""
OWN_SHARE = 3
"""A start that is a third of its line is believed in a line of any width: it is half a sentence by itself ("Your email
address will not be published")."""
_STEP = _PART_HEAD - _PIECE + 1
_PLACES = tuple(slice(at, at + _PIECE) for at in range(0, MAX_WIDTH, _STEP))
"""Where the pieces of a line are."""


FIRM = {"section": 4.0, "whole": 3.0, "label": 3.0, "start": 2.0, "part": 1.0}
"""How firmly a line is known by the form of its match: a heading, the whole line, its beginning, a part of it."""
BELOW = {
    "related_links": "related_links",
    "comment_form": "comment",
    "subscription": "subscription",
    "advert": "advert",
    "navigation": "navigation",
    "legal_notice": "legal_notice",
}
"""What the lines below a heading are, by the reason of the heading."""
OF_ITEMS = frozenset({"byline", "date_line", "category", "source_line", "caption"})
"""Reasons of lines that items of a list have too: below its heading they are the list's."""
MENU = frozenset({"navigation", "share_bar", "category"})
"""Reasons of single words of menus and bars that head parts of articles as well ("Health", "WhatsApp")."""
LISTS = frozenset({"related_links", "comment_form"})
"""Reasons of headings over links and comments that head lists of an article as well ("Recommendations")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a line says by the lexicon: the reason, and the form: section, whole, label, start or part."""

    reason: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The phrases in the shape they are looked up in; ``widths`` is the widest line a reason speaks of, by reason."""

    lines: dict[str, Match]
    labels: dict[str, Match]
    starts: dict[str, Match]
    sizes: tuple[int, ...]
    parts: re.Pattern[str]
    pointers: tuple[str, ...]
    part_of: dict[str, Match]
    widths: dict[str, int]
    start_heads: frozenset[str]
    part_heads: frozenset[str]
    short_parts: tuple[str, ...]
    short_ascii: tuple[str, ...]
    short_marks: re.Pattern[str]
    short_pairs: frozenset[str]
    widest_part: int
    part_pieces: frozenset[str]
    """First characters of ``starts`` and ``parts``, the parts with no more, and pieces of both: most lines have none of
    them and are spared the dear look-ups."""


@cache
def _fold_table() -> dict[int, str | None]:
    pairs: str = _data()["fold"]["pairs"]
    table: dict[int, str | None] = {ord(pair[0]): pair[1] for pair in pairs.split()}
    # The dot that lower-casing leaves on a Turkish capital İ, the curly apostrophe, and the non-joiner of Persian
    # words, which not every page has in them.
    return table | {0x0307: None, ord("’"): "'", 0x200C: None}


@cache
def _data() -> dict[str, dict[str, Any]]:
    text = resources.files("pipelines").joinpath("data/lexicon.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _topics() -> frozenset[str]:
    return frozenset(bare(fold(phrase)) for entry in _data().values() for phrase in entry.get("topic", ()))


def is_topic(line: str) -> bool:
    """Say whether a line that opens a list of links on other pages may head a part of an article: "Discussion"."""
    return bare(fold(line)) in _topics()


def fold(text: str) -> str:
    """Return ``text`` as the phrases are written: NFKC, lower case, Simplified characters, single blanks."""
    if text.isascii():
        return " ".join(text.lower().split())
    # A circled c is the mark of a copyright, and no letter; the dot above stands for a colon in Hong Kong.
    plain = text.replace("ⓒ", "©").replace("˙", ":")
    folded = " ".join(unicodedata.normalize("NFKC", plain).casefold().split())
    return folded.translate(_fold_table()) if _foldable().search(folded) else folded


@cache
def _foldable() -> re.Pattern[str]:
    """Return the pattern of a character that is written otherwise in the phrases."""
    return re.compile(f"[{re.escape(''.join(map(chr, _fold_table())))}]")


_SPREAD = re.compile(r"[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,3}")


@cache
def load() -> Lexicon:
    """Return the lexicon of the package, built once in a process."""
    lines: dict[str, Match] = {}
    labels: dict[str, Match] = {}
    starts: dict[str, Match] = {}
    part_of: dict[str, Match] = {}
    widths: dict[str, int] = {}
    for reason, entry in _data().items():
        if reason == "fold":
            continue
        widths[reason] = int(entry["width"])
        for form, table in (
            ("section", lines),
            ("whole", lines),
            ("label", labels),
            ("start", starts),
            ("part", part_of),
        ):
            for phrase in entry.get(form, ()):
                folded = fold(phrase)
                table.setdefault(bare(folded) if table is lines else folded, Match(reason=reason, form=form))
    alternatives = sorted((re.escape(part) for part in part_of), key=len, reverse=True)
    short = tuple(phrase for phrase in part_of if len(phrase) < _PART_HEAD)
    sizes = tuple(sorted({len(phrase) for phrase in starts}, reverse=True))
    return Lexicon(
        lines=lines,
        labels=labels,
        starts=starts,
        sizes=sizes,
        parts=re.compile("|".join(alternatives)),
        pointers=tuple(
            phrase
            for phrase, found in labels.items()
            if found.reason == "related_links" and (" " in phrase or (is_wide(phrase[0]) and len(phrase) > 3))
        ),
        part_of=part_of,
        widths=widths,
        start_heads=frozenset(phrase[:_HEAD] for phrase in starts),
        part_heads=frozenset(phrase[:_PART_HEAD] for phrase in part_of if len(phrase) >= _PART_HEAD),
        part_pieces=frozenset(
            phrase[at : at + _PIECE]
            for phrase in part_of
            if len(phrase) >= _PART_HEAD
            for at in range(_PART_HEAD - _PIECE + 1)
        ),
        short_marks=re.compile(f"[{re.escape(''.join(sorted(set(''.join(short)) - set(map(chr, range(128))))))}]"),
        widest_part=max(widths[each.reason] for each in part_of.values()),
        short_pairs=frozenset(phrase[:2] for phrase in short),
        short_parts=short,
        short_ascii=tuple(phrase for phrase in short if phrase.isascii()),
    )


@lru_cache(maxsize=4096)
def match(line: str) -> Match | None:
    """Return what the lexicon makes of one line, the firmest form first; None for a line it does not know.

    ``section`` and ``whole`` are the line itself, ``label`` a phrase with a colon; ``start`` and ``part`` are weaker:
    they also fit some sentences of an article.
    """
    if not line or _is_wider(line, MAX_WIDTH):
        return None
    folded, lexicon = fold(line), load()
    stripped = bare(folded)
    found = (
        _whole(folded, stripped, lexicon)
        or _label(folded, stripped, lexicon)
        or _start(folded, lexicon)
        or _part(folded, lexicon)
    )
    return None if found and "(" in line and _CALL.search(line) else found


def _is_wider(line: str, columns: int) -> bool:
    """Say whether a line takes more columns than these; no character takes more than two."""
    return len(line) > columns or (len(line) * 2 > columns and width(line) > columns)


def _whole(folded: str, stripped: str, lexicon: Lexicon) -> Match | None:
    """Look the line up without the marks at its ends, then without a count ("Comments (12)", "12 comments")."""
    found = lexicon.lines.get(stripped)
    if found is None and _may_count(folded):
        found = lexicon.lines.get(bare(_COUNT.sub("", folded)))
    return found


def _may_count(folded: str) -> bool:
    """Say whether a line begins or ends as a count does; the others are spared the search for one."""
    if folded.startswith("(") or folded.endswith((")", "）", "]")):
        return True
    return folded[:1].isdecimal() or folded.rstrip(".,")[-1:].isdecimal()


def _label(folded: str, stripped: str, lexicon: Lexicon) -> Match | None:
    """Look up what stands before the first colon or its like; a phrase that is the whole line is a label too.

    So is what stands in brackets where it points elsewhere ("【関連記事】…"): other brackets hold a place, a subject.
    A phrase that is written with its colon ("statement:") is none without one: alone it may be a sub-heading. Chinese
    labels are spread to the width of one another ("责 编："、"审　读：").
    """
    colon = _COLON.search(folded, 1, 40)
    name = bare(folded[: colon.start()]) if colon else stripped
    found = lexicon.labels.get(name) or (lexicon.labels.get(name + ":") if colon else None)
    if found is None and colon and _SPREAD.fullmatch(name):
        found = lexicon.labels.get(name.replace(" ", ""))
    if found is None and folded[:1] in ("[", "【", "〔") and (label := _BRACKETED.match(folded)):
        found = lexicon.labels.get(bare(label[1]))
        found = found if found and found.reason == "related_links" else None
    return found if found and width(folded) <= 2 * lexicon.widths[found.reason] else None


def _start(folded: str, lexicon: Lexicon) -> Match | None:
    heads = lexicon.start_heads
    if not (folded[:4] in heads or folded[:3] in heads or folded[:2] in heads or folded[:1] in heads):
        return None
    for size in lexicon.sizes:
        found = lexicon.starts.get(folded[:size])
        if found and ends_word(folded, size):
            columns = width(folded)
            if columns <= lexicon.widths[found.reason] or columns <= OWN_SHARE * width(folded[:size]):
                return found
    return None


def _part(folded: str, lexicon: Lexicon) -> Match | None:
    if _is_wider(folded, lexicon.widest_part) or not _may_hold_part(folded, lexicon):
        return None
    hit = lexicon.parts.search(folded)
    if hit is None:
        return None
    found = lexicon.part_of[hit.group()]
    return found if width(folded) <= lexicon.widths[found.reason] else None


def _may_hold_part(folded: str, lexicon: Lexicon) -> bool:
    """Say whether a line holds the head of a long part or a short part: most lines hold neither."""
    places = _PLACES[: max(0, len(folded) - _PIECE) // _STEP + 1]
    if not lexicon.part_pieces.isdisjoint(map(folded.__getitem__, places)):
        heads = [folded[at : at + _PART_HEAD] for at in range(len(folded) - _PART_HEAD + 1)]
        if not lexicon.part_heads.isdisjoint(heads):
            return True
    if folded.isascii() or not lexicon.short_marks.search(folded):
        return any(map(folded.__contains__, lexicon.short_ascii))
    pairs = map(add, folded, folded[1:])
    return not lexicon.short_pairs.isdisjoint(pairs) and any(part in folded for part in lexicon.short_parts)


def points(line: str) -> bool:
    """Tell whether a line begins with words that send the reader elsewhere ("Lees ook"), two of them or more."""
    folded, lexicon = fold(line[:80]), load()
    folded = folded[len(folded) - len(folded.lstrip(" >»-–—•*[(")) :]
    return any(folded.startswith(phrase) and ends_word(folded, len(phrase)) for phrase in lexicon.pointers)


def ends_word(text: str, size: int) -> bool:
    """Say whether a word ends at ``size``: "by" starts "by hand", not "bytes"; ideographs need no blank."""
    if size >= len(text):
        return True
    last, following = text[size - 1], text[size]
    return not (last.isalnum() and following.isalnum()) or is_wide(last) or is_wide(following)
