"""What the page says in a sentence or two that its article is about: not its title again, not the site's slogan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import dense, key, weight
from pipelines.metadata.tree import Page

MIN_KEYWORDS = 5
"""Characters of the shortest list of keywords that a description may end with."""
_LISTED = re.compile("[,，;；、|]")
_ENDED = re.compile(r"[.!?…。！？؟।။\"”»)]\W*$")
_BROKEN = re.compile(r"\s*(?:\[(?:…|\.{3})\]|…|\.{3})$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_PARTED = re.compile(r"\s*[-–—|·•,;]\s")
_BEHIND = re.compile(r"\s*[-–—|_·•]")
_LETTERS = re.compile(r"[\W\d_]+")
STEM = 5
"""Letters of a word that are compared: what follows is mostly its ending."""
OFF_TOPIC, MIN_TOLD, MIN_KNOWN = 0.3, 6, 60
"""Share of a description's words, of so many at least, up to which it is the site's: of 208 on pages read, those of
sites have up to .05 in the article, its own from .56 on. Of a page that shows few words it may tell the rest."""
LEAD = 2_000
"""Characters of the text that are compared first: on 210 of 222 public pages with a description they settle it."""
SUFFIX = 30
"""Characters of the site's name behind a title that is given as the description."""


def candidates(page: Page, facts: Facts) -> tuple[str, ...]:
    """Return the page's descriptions without keywords behind them; one of a word or two is a template's filler."""
    keywords = [clean(raw) for raw in page.meta(*words.table("fields")["keywords"])]
    listed = [each for each in keywords if len(each) >= MIN_KEYWORDS and _LISTED.search(each)]
    out: list[str] = []
    for raw in (*page.meta(*words.table("fields")["description"]), facts.description):
        text = clean(raw)
        ends = next((each for each in listed if text.endswith(each)), "")
        text = text.removesuffix(ends).rstrip(" ,，;；|-") if ends else text
        if weight(text) >= 3 and text not in out:
            out.append(text)
    return tuple(out)


def choose(told: Sequence[str], title: str | None, article: str) -> str | None:
    """Return the first description that says more than the title and is of the ``article``, whole where it is cut."""
    fit = [text for text in told if not _repeats(text, title or "")]
    if not fit:
        return None
    lead = _stems(f"{title or ''} {article[:LEAD]}")
    if len(lead) >= MIN_KNOWN and _is_of(fit[0], lead, doubted=False):  # most pages: more text would only add to it
        return _whole(fit[0], fit)
    known = _stems(f"{title or ''} {article}")
    for place, text in enumerate(fit):
        if _is_of(text, known, doubted=place > 0):
            return _whole(text, fit)
    return None


def _repeats(text: str, title: str) -> bool:
    """Tell whether a description is the title, a part of it, or the title and the site's name."""
    rest = text[len(title) :] if title and text.startswith(title) else ""
    return key(text) in key(title) or (len(rest) <= SUFFIX and bool(_BEHIND.match(rest)))


def _whole(text: str, told: Sequence[str]) -> str:
    """Return the description that goes on where this one breaks off: at a quotation mark, or after so many letters."""
    stem = _BROKEN.sub("", text)
    if stem == text and _ENDED.search(text):
        return text
    longer = (each for each in told if each.startswith(stem) and len(_BROKEN.sub("", each)) > len(stem))
    goes_on = (each for each in longer if not _PARTED.match(each[len(stem) :]))
    return max(goes_on, key=len, default=text)


def _is_of(text: str, known: set[str], *, doubted: bool) -> bool:
    """Tell whether a description shares words with the article: that of the site stands on every page.

    Where one before it is the site's, a short one is as well unless it shares most of its words (``doubted``).
    """
    said = _stems(text)
    if len(known) < MIN_KNOWN or (len(said) < MIN_TOLD and not doubted):
        return True
    return len(said & known) > (OFF_TOPIC if len(said) >= MIN_TOLD else 0.5) * len(said)


def _stems(text: str) -> set[str]:
    """Return the beginnings of a text's words, pairs of characters of a script without spaces."""
    if dense(text):
        letters = _LETTERS.sub("", text)
        return {letters[place : place + 2] for place in range(len(letters) - 1)}
    return {word[:STEM] for word in _WORD.findall(text.casefold())}
