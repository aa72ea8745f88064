"""Says whether what was kept of a page is only what stands around an article that is not there.

Where a page holds no article, the body is chosen among its boxes: who the author is, what the site is about, a note on
cookies or commissions. Each of the four signs below is found on articles too, so two are asked for at least: the text
does not say what the title says, it stands in boxes around articles, far below the headline, beside many more links.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import filterfalse

from pipelines.forms import key, weight
from pipelines.model import Draft, Kind

MAX_WEIGHT, SHORT_WEIGHT = 3_000, 1_000
"""Weights below which a text may be what is left of a page; by the shorter one where its place alone speaks for that.

All thresholds here were set on 255 public articles and 1,354 pages without an article made of them (one half of the
hosts): of the articles that passed the other tests of the verdict none is taken for a remnant, of the others half are.
"""
UNRELATED = 0.15
"""Share of the title's words in the text below which the text is not on it; 2 % of the public articles have less."""
RELATED, RELATED_WORDS = 0.4, 2
"""Share, and number, of the title's words from which the text is on it and only stands oddly."""
FAR = 1_000
"""Columns of lines between the headline and the text, from which something else stands where the article would."""
NEAR = 200
"""Columns of lines under the headline from which a text may stand elsewhere: a date, a byline, buttons are fewer."""
BOXED = 0.7
"""Share of the text that stands in boxes around articles."""
OUTSIDE = 150
"""Weight of what stands outside of them from which that may be an article: a flash, a poem above its author's box."""
LINKED_LINES, LINKED_TIMES, MANY_TIMES = 8, 2, 3
"""Linked lines of a page, and how many times the text they are: a list of news, with a scrap of text beside it."""
CHROME, PERSONS, BESIDE = range(3)
OPENING = 16
"""Letters of the description that a text begins with when it is what the page is about."""
_DENSE = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that part no words or glue to them what inflects: Thai to Tibetan, Burmese, Khmer, kana, Han, Hangul."""
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
_WORDS = re.compile(rf"(?:[^\W\d_{_DENSE}]|[{_MARKS}]){{4,}}|[{_DENSE}]{{2,}}")
_GLUED = re.compile(rf"[{_DENSE}]")
_BODY = re.compile(r"article|(?:^|[-_.#])(?:post|entry|story|blog|news)(?:$|[-_.#s])|(?:has|no|with|without)-side")
"""Names of what holds an article, whatever else they say: ``newsletter-post``, ``has-sidebar``, ``article-widgets``."""
_PERSON = re.compile(
    r"author[-_]{0,2}(?:bio|info|box|card|summary|intro|about|desc|detail|wrap|content|text)|(?:bio|about)[-_]{1,2}(?:the[-_])?author"
)
_STEM, _ROOT = 5, 3
"""Letters by which two forms of a word are the same in languages that inflect; the second for a title of one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boxes:
    chrome: tuple[str, ...]
    beside: tuple[str, ...]


@cache
def _boxes() -> _Boxes:
    data = tomllib.loads(resources.files("pipelines").joinpath("data/verdict.toml").read_text("utf-8"))
    return _Boxes(chrome=tuple(data["chrome"]), beside=tuple(data["beside"]))


def words(text: str, *, plain: bool = True) -> set[str]:
    """Return the beginnings of a text's longer words, and the pairs of characters of scripts that part no words.

    ``plain``: without accents, which capitals of Greek go without.
    """
    found: set[str] = set()
    for word in _WORDS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if _GLUED.match(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            found.add((_plain(word) if plain and not word.isascii() else word)[:_STEM])
    return found


def _plain(word: str) -> str:
    """Return a word without accents, which capitals of Greek go without."""
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFD", word)))


@dataclass(frozen=True)
class Relation:
    """Whether a text says what its page's title and description say; a short title or none may leave both sides open.

    Found out when it is asked for: of most articles it never is, and all their words would be looked at.
    """

    draft: Draft

    @cached_property
    def on_title(self) -> bool:
        """Whether the text says what the title or the description says."""
        shared, wanted, text = self._shared
        related = shared >= RELATED_WORDS and shared >= RELATED * wanted
        return wanted > 0 and (related or _is_described(self.draft, text))

    @cached_property
    def off_title(self) -> bool:
        """Whether the text says something else than the title; never where there is no title."""
        shared, wanted, _ = self._shared
        return not self.on_title and shared < UNRELATED * wanted

    @cached_property
    def _shared(self) -> tuple[int, int, str]:
        """How many words of the title are in the text, of how many, and the text."""
        wanted = words(self.draft.meta.title or "")
        if not wanted:
            return 0, 0, ""
        text = " ".join(block.text for block in self.draft.blocks if block.kind is not Kind.HEADING)
        said = words(text)
        shared = len(wanted & said)
        if len(wanted) == 1 and not shared:
            # "US bans AI" has one word that is long enough, and the text says "banned".
            shared = int(not {word[:_ROOT] for word in wanted}.isdisjoint(word[:_ROOT] for word in said))
        return shared, len(wanted), text


def is_remnant(draft: Draft, total: float, related: Relation) -> bool:
    """Say whether a draft of this weight is what is left of a page that holds no article."""
    if total >= MAX_WEIGHT or related.on_title or not draft.meta.title:
        return False
    far, near = draft.gap >= FAR, 0 <= draft.gap < NEAR
    boxed, listed = is_boxed(draft, total, BESIDE), is_listed(draft, total)
    if related.off_title:
        many = total < SHORT_WEIGHT and listed and draft.linked_columns > MANY_TIMES * total
        return far or is_boxed(draft, total, PERSONS) or (not near and (boxed or many))
    return (far and (boxed or listed)) or (total < SHORT_WEIGHT and boxed and listed)


def is_listed(draft: Draft, total: float) -> bool:
    """Say whether the page holds many more links to read than text."""
    return draft.linked_lines >= LINKED_LINES and draft.linked_columns > LINKED_TIMES * total


def _is_described(draft: Draft, text: str) -> bool:
    """Say whether the text says what the page's description says."""
    opening = key(draft.meta.description or "")[:OPENING]
    return len(opening) == OPENING and opening in key(text)


def is_boxed(draft: Draft, total: float, reach: int) -> bool:
    """Say whether a text stands in boxes but for a few words, fewer than the shortest news has."""
    inside = boxes(draft, reach)
    return inside > BOXED * total and total - inside < OUTSIDE


def boxes(draft: Draft, reach: int) -> float:
    """Return the letters of what stands in boxes around articles, by the names of the three elements next to it.

    ``reach`` is ``CHROME`` for boxes that hold no article anywhere, ``PERSONS`` for those and authors', ``BESIDE`` for
    boxes that hold articles on some sites as well: widgets, cards.
    """
    return sum(
        weight(block.text)
        for block in draft.blocks
        if any(_is_box(step, reach) for step in block.path.rsplit("/", 3)[-3:])
    )


@lru_cache(maxsize=4096)
def _is_box(step: str, reach: int) -> bool:
    """Say whether an element of a path is a box by its class and id, and not the article with a word on its layout."""
    step = step.lower()
    if reach >= PERSONS and _PERSON.search(step):
        return True
    names = _boxes().chrome + (_boxes().beside if reach >= BESIDE else ())
    return any(name in step for name in names) and not _BODY.search(step)
