"""Lines above or below the text that say nothing but who wrote it and for whom, by the names of its metadata."""

from __future__ import annotations

import re
from functools import cache

from pipelines import forms
from pipelines.metadata import sites, words
from pipelines.metadata.text import key
from pipelines.model import Draft

WIDTH = 80
"""Columns of the widest such line."""
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+")
_DOMAIN = re.compile(r"[^\W_]{3,}\.[^\W\d_]{2,4}")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_AND = frozenset(
    ["and", "und", "et", "y", "e", "i", "oraz", "и", "і", "та", "και", "ve", "en", "och", "og", "ja", "a", "și", "és"]
)
_FOR = frozenset(
    ["for", "für", "pour", "para", "per", "dla", "для", "για", "pro", "pentru", "voor", "för", "için", "за"]
)


def names_of(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    """Return what signs a page: its authors' names, case-folded, and the keys of the names of its site."""
    authors = frozenset(name.casefold() for name in draft.meta.authors if len(key(name)) > 3)
    host = sites.host(draft.url).removeprefix("www.")
    said = (draft.meta.site or "", host, sites.registered_domain(draft.url) or "", *sites.labels(draft.url))
    return authors, frozenset(own for name in said if len(own := key(name)) > 2)


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
        return False
    rest = _ADDRESS.sub(" ", rest)
    known = _around()
    left = [word for word in _WORD.findall(rest) if word not in known]
    said = " ".join(left)
    return not left or bool(_DOMAIN.fullmatch(said)) or key(said) in site or said in words.words("people", "nobody")


@cache
def _around() -> frozenset[str]:
    """Return the words that stand around names in a signature: what introduces them, trades, agencies."""
    spoken = (phrase.strip(" .:") for name in ("by", "trades", "nobody") for phrase in words.words("people", name))
    single = {phrase for phrase in spoken if " " not in phrase}
    return frozenset(single | _AND | _FOR)
