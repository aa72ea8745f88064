"""The site's name at the end (or head) of a title: parting a title into pieces, and telling names of sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipelines.metadata import words
from pipelines.metadata.text import dense, key, weight

_BARS = r"\s*[|｜丨│┃❘∣]+\s*"
# Between words: spaces on one side at least, or a Catalan col·legi, std::vector and snake_case are parted.
_SPACED = _BARS + r"|\s+(?:_+|::+|[»«›‹·•⋆*<]|>+|/|--+)\s+|\s*(?:::+|[»›•]|--+)\s+|\s+(?:::+|[»›•]|--+)\s*"
_STRONG = re.compile(_BARS + r"|\s*(?:_+|＿+|::+|»|«|·|•|>+|\s/\s|--+|－|\s[<*‹›⋆@]\s)\s*")
_WEAK = re.compile(r"\s+(?:-|–|—|:|~)\s+|\s+-(?=\S)|(?<=\S)-\s+")
_GLUED = re.compile(r"[-–—]+")
_IN_SPACED = re.compile(f"({_SPACED}|{_WEAK.pattern})")
_IN_DENSE = re.compile(f"({_STRONG.pattern}|{_WEAK.pattern}|{_GLUED.pattern})")
_IN_QUOTED = re.compile(re.sub("[«»]", "", _IN_SPACED.pattern))
_DOMAIN = re.compile(r"[^\W\d_][\w-]+\.(?:[^\W\d_]{2}|com|net|org|info|укр|срб)")
_ENDS = re.compile(r"[\d?!\"”»“)\]]$|[\d\"“„«]")


@lru_cache(maxsize=1024)
def pieces(title: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the pieces of a title between separators, and the separators between them.

    Remembered: every heading of a page is compared with the pieces of the same few titles.
    """
    quoted = "«" in title and "»" in title
    pattern = _IN_DENSE if dense(title) else _IN_QUOTED if quoted else _IN_SPACED
    parts = tuple(pattern.split(title))
    return parts[0::2], parts[1::2]


def is_site(text: str, site_names: Iterable[str]) -> bool:
    """Tell whether a text is nothing but a name of the site."""
    own = key(text)
    return any(own == (name := key(each)) or (own == "the" + name) or name == "the" + own for each in site_names)


def names_site(piece: str, site_names: Iterable[str]) -> bool:
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
            or found[-1].endswith(tuple(words.table("sites")["compound_endings"]))
            or bool(_DOMAIN.fullmatch(found[-1]))
            or (len(found) > 1 and found[1] in known and found[0] in words.words("sites", "articles"))
        )
    )


def strip_site(title: str, site_names: Iterable[str] = (), *, heading: bool = False, bare: bool = False) -> str:
    """Return a title without the site's name and sections before or after it.

    A ``heading`` loses only what names the site: what else stands there is shown to readers as part of the title.
    A ``bare`` title is all that a page says of its name: a short capitalised end behind a dash is the site's.
    """
    title = " ".join(title.split())
    names = tuple(site_names)
    parts, marks = pieces(title)
    left = len(parts)
    while left > 1:
        tail, mark = parts[left - 1], marks[left - 2]
        head = _joined(parts[: left - 1], marks)
        strong = bool(_STRONG.fullmatch(mark))
        if _amid(head, marks[: left - 1], tail):
            drop = names_site(tail, names) and not _open(head)
        elif not tail.strip() or names_site(tail, names) or (not heading and _sounds_like_site(tail)):
            drop = weight(head) >= 1
        elif strong and not heading:
            drop = weight(tail) <= 5 and weight(tail) <= weight(head)
        else:
            drop = bare and _is_short_name(tail, head)
        if not drop:
            break
        left -= 1
    first = 0
    while left - first > 1 and (
        is_site(parts[first], names) or (names_site(parts[first], names) and weight(parts[first]) <= 3)
    ):
        first += 1
    out = _joined(parts[first:left], marks[first:]).strip(" -–—|_·:")
    return (out if "«" in out else out.strip(" »")) or title


def _amid(head: str, marks: Sequence[str], tail: str) -> bool:
    """Tell whether the last mark parts no name of a site but stands in a bracket or a foreign name (斯科特·贝森特)."""
    glued = set(marks) == {"·"} and dense(head[-1:]) and dense(tail[:1])
    return glued or _open(head)


def _open(head: str) -> bool:
    """Tell whether a text ends inside a bracket."""
    return any(head.rfind(opening) > head.rfind(closing) for opening, closing in ("（）", "()", "《》", "【】", "「」"))


def _is_short_name(tail: str, head: str) -> bool:
    """Tell whether what follows a dash can be nothing but a site's short name: "… is closed again - Vijesti"."""
    name = tail.strip()
    small = weight(name) <= 3 and weight(name) * 2 <= weight(head)
    return small and not name[:1].islower() and not _ENDS.search(name)


def _joined(parts: Sequence[str], marks: Sequence[str]) -> str:
    """Return pieces put together again with the marks that stood between them."""
    out = parts[0] if parts else ""
    for piece, mark in zip(parts[1:], marks, strict=False):
        out += mark + piece
    return out
