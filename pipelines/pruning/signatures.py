"""Lines above or below the text that say nothing but who wrote it and for whom, by the names of its metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipelines import forms
from pipelines.metadata import people, sites, words
from pipelines.metadata.text import dense, key
from pipelines.model import Draft

WIDTH, SPOKEN_WIDTH = 80, 12
"""Columns of the widest such line, and of the shortest thing that somebody says behind a label."""
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+")
_DOMAIN = re.compile(r"[^\W_]{3,}\.[^\W\d_]{2,4}")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_AND = frozenset(
    ["and", "und", "et", "y", "e", "i", "oraz", "и", "і", "та", "και", "ve", "en", "och", "og", "ja", "a", "și", "és"]
)
_FOR = frozenset(
    ["for", "für", "pour", "para", "per", "dla", "для", "για", "pro", "pentru", "voor", "för", "için", "за"]
)


OPENING = 160
"""Characters of a text in which a name, what follows it and a trade are looked for."""
_TOLD_OF = re.compile(
    r"(?:,[^.]{2,60},)?\s(?:is|can be|may be|covers|reports|writes|works|has|joined|ist|arbeitet|schreibt|est|écrit"
    r"|travaille|es|escribe|trabaja|è|scrive|lavora|é|escreve|trabalha|schrijft|werkt|jest|pisze|är|skriver|er|[—–-])\s"
)
_TRADES = frozenset(
    re.split(
        r"\s+",
        "author autor autora autorin auteur autrice autore blogger co-host critic director editor escritor escritora "
        "economist fellow founder freelance historian lawyer lecturer photographer producer professor redactor "
        "redactora researcher scientist scrittore scrittrice strategist",
    )
)
"""What else than a journalist somebody is who writes."""
_ISSUED = re.compile(
    r"\W*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日\W*"
)
"""A date and nothing else, as documents write it: 2024年11月15日, 二〇二四年十一月十五日."""
_ISSUER = re.compile(
    r"(?:[局委厅廳部院会會府办辦处處科社司署所站室组組庭县縣市省区區镇鎮校行]|中心|公司|集团|集團|大学|大學|学院|學院|小学|中学|幼儿园|支队|大队|总队"
    r"|支行|俱乐部|基金|图书馆|博物馆)\W*$"
)
"""How the names of those end who issue documents: offices, committees, firms, schools, towns."""
_LABELLED = re.compile("[:：]")
_PLACED = re.compile(r"[^\W\d_][^\d,:|·–—]{1,40},\s(?:[^\W\d_]{1,5}\s)?\d{1,2}[.\s]")
ISSUER_WIDTH = 60
"""Columns of the widest line with who issued a document."""


def spoken(lines: Mapping[int, str], last: int) -> frozenset[int]:
    """Return which labelled lines are what the bearer of the label says, by their places.

    Where one of them is, the others with its label that end as a sentence does are too: "记者：谢谢您。". Who asks only
    below the ``last`` running text gets no answer: it is the page that asks its readers.
    """
    asked = {at for at, text in lines.items() if speaks(text)}
    bearers = {_bearer(lines[at]) for at in asked if at < last}
    return frozenset(at for at, text in lines.items() if _bearer(text) in bearers and (at in asked or _said(text)[1]))


def speaks(text: str) -> bool:
    """Tell whether a line that begins with a label of a byline is what its bearer says: "记者：您为什么去那里？"."""
    said, end = _said(text)
    if end in ("", ".") or (forms.width(said) < SPOKEN_WIDTH and end not in "?？"):
        return False
    return forms.key(said) != "" and not people.are_han_names(people.split(said.rstrip("。")))


def _said(text: str) -> tuple[str, str]:
    """Return what stands behind a label, and the mark with which it ends as a sentence does, none if it does not."""
    said = _LABELLED.split(text, maxsplit=1)[-1].strip()
    end = said.rstrip(forms.CLOSING)[-1:]
    return said, end if end in "?？!！。…." else ""


def _bearer(text: str) -> str:
    """Return the label of a line."""
    return forms.key(_LABELLED.split(text, maxsplit=1)[0])


def issues(above: str, text: str) -> bool:
    """Tell whether a line is the date of a document: below who issued it, or behind a place ("Mérida, 8 mayo 2022")."""
    if _PLACED.match(text) is not None and text.rstrip(" .")[-1:] in "0123456789rг":
        return True
    if _ISSUED.fullmatch(text) is None:
        return False
    return (
        forms.width(above) <= ISSUER_WIDTH and bool(_ISSUER.search(above[-12:])) and above.rstrip()[-1:] not in "。：:"
    )


def names_of(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """Return what signs a page: its authors' names, case-folded, and the keys of the names of its site."""
    authors = frozenset(
        name.casefold() for name in draft.meta.authors if len(key(name)) > 3 or people.is_han_name(name)
    )
    host = sites.host(draft.url).removeprefix("www.")
    said = (draft.meta.site or "", host, sites.registered_domain(draft.url) or "", *sites.labels(draft.url))
    return authors, frozenset(own for name in said if len(own := key(name)) > 2)


def is_biography(text: str, authors: frozenset[str]) -> bool:
    """Tell whether a page's last words speak of one of ``authors``: "Jane Doe is a reporter at …", in full name."""
    opening = text[:OPENING].casefold()
    name = next((name for name in authors if " " in name and opening.startswith(name)), None)
    if name is None or not _TOLD_OF.match(opening[len(name) :]):
        return False
    said = _WORD.findall(opening[len(name) :])
    return _ADDRESS.search(text) is not None or any(word in _TRADES or word in _trades() for word in said)


def is_signature(text: str, authors: frozenset[str], site: frozenset[str]) -> bool:
    """Tell whether a line is nothing but names of ``authors``, what introduces or follows them, the site, an agency."""
    if forms.width(text) > WIDTH:
        return False
    if key(text) in site:
        return True
    line = text.casefold()
    rest = line
    for name in authors:
        rest = rest.replace(name, " ")
    if rest == line:
        # "金　苍": a Chinese name of two characters is set as wide as one of three.
        return dense(text) and forms.squeeze(line) in authors
    rest = _ADDRESS.sub(" ", rest)
    known = _around()
    left = [word for word in _WORD.findall(rest) if word not in known]
    said = " ".join(left)
    return not left or bool(_DOMAIN.fullmatch(said)) or key(said) in site or said in words.words("people", "nobody")


@cache
def _trades() -> frozenset[str]:
    """Return the words for those who write for a living."""
    return frozenset(words.words("people", "trades"))


@cache
def _around() -> frozenset[str]:
    """Return the words that stand around names in a signature: what introduces them, trades, agencies."""
    spoken = (phrase.strip(" .:") for name in ("by", "trades", "nobody") for phrase in words.words("people", name))
    single = {phrase for phrase in spoken if " " not in phrase}
    return frozenset(single | _AND | _FOR)
