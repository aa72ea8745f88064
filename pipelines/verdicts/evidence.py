"""What can be counted on a page that speaks for an article or against one: the columns of the learned verdict.

All of it is at hand when a page is judged: its text, what was cut, who signed it, what it declares, its address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from urllib.parse import unquote, urlsplit

from pipelines.forms import MAX_COUNTED, is_sentence, weight
from pipelines.html.outline import is_story
from pipelines.model import Block, Draft, Kind
from pipelines.verdicts.remnant import words

NAMES = (
    "weight", "blocks", "running", "longest", "mean", "running_share", "sentences", "short", "homes",
    "commas", "stops", "quotes", "digits", "rows", "items", "heads", "linked",
    "headlines", "above", "teasers", "page", "kept", "cut", "fields", "goods", "links",
    "dated", "signed", "typed", "card", "title", "told",
    "known", "letters", "figures", "depth", "last", "words", "story", "days",
)  # fmt: skip
"""Names of the columns, in their order."""
SHORT_WEIGHT = 40
"""Below this a block is a label, an entry or a headline rather than a sentence."""
MAX_TITLE = 200
"""Characters of a title whose words are looked for."""
_END = 400
"""Characters at the end of a block that are looked at for its full stop."""
_DAY = re.compile(r"/(?:19|20)[0-9]{2}[/-]?[0-9]{0,2}")
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"\.\w{2,5}$")


def evidence(draft: Draft, running: Sequence[Block], *, typed: bool) -> tuple[float, ...]:
    """Return a number a name of ``NAMES``; ``running`` are the blocks of running text.

    ``typed``: the page's data say that it is an article. Lengths and counts are logarithms.
    """
    weights = [weight(block.text) for block in draft.blocks]
    text = " ".join([block.text for block in draft.blocks])[:MAX_COUNTED]
    cut = sum([len(piece.text) for piece in draft.removed])
    return (
        *_text(draft, weights, [weight(block.text) for block in running]),
        *_marks(draft, weights, text),
        *_page(draft, sum([len(block.text) for block in draft.blocks]), cut),
        float(draft.meta.published is not None),
        float(bool(draft.meta.authors)),
        float(typed),
        float("og:article" in draft.declared),
        log1p(weight(draft.meta.title or "")),
        _told(draft.meta.title or "", text),
        *_address(draft.url),
    )


def _text(draft: Draft, weights: Sequence[float], running: Sequence[float]) -> tuple[float, ...]:
    """Measure the blocks: how much of the text is running, in how long blocks, in how many places of the page."""
    total, count = sum(weights) or 1.0, max(1, len(weights))
    full = sum(size for block, size in zip(draft.blocks, weights, strict=True) if is_sentence(block.text[-_END:]))
    return (
        log1p(total),
        log1p(len(weights)),
        log1p(len(running)),
        log1p(max(running, default=0.0)),
        log1p(sum(running) / max(1, len(running))),
        sum(running) / total,
        full / total,
        sum(size < SHORT_WEIGHT for size in weights) / count,
        len({block.path.rpartition("/")[0] for block in draft.blocks}) / count,
    )


def _marks(draft: Draft, weights: Sequence[float], text: str) -> tuple[float, ...]:
    """Count marks a thousand characters, and the shares of rows, items and headings, and of what is link."""
    total, size = sum(weights) or 1.0, max(1, len(text))
    shares = dict.fromkeys(Kind, 0.0)
    for block, own in zip(draft.blocks, weights, strict=True):
        shares[block.kind] += own
    return (
        *(
            1_000 * sum(map(text.count, marks)) / size
            for marks in (",，、;،", ".。।", '“”"«»„「」『』‘’', "0123456789")
        ),
        shares[Kind.TABLE_ROW] / total,
        shares[Kind.LIST_ITEM] / total,
        shares[Kind.HEADING] / total,
        sum(own * block.link_density for block, own in zip(draft.blocks, weights, strict=True)) / total,
    )


def _told(title: str, text: str) -> float:
    """Return the share of the title's words that the text has; half where the title has none."""
    wanted, folded = words(title[:MAX_TITLE], plain=False), text.casefold()
    return sum(word in folded for word in wanted) / len(wanted) if wanted else 0.5


def _page(draft: Draft, total: int, cut: int) -> tuple[float, ...]:
    """Measure what stands around the text, in characters: weighing all that was cut takes as long as all the rest."""
    return (
        log1p(draft.headlines),
        log1p(draft.headlines_above),
        log1p(draft.teasers),
        log1p(total + cut),
        total / max(1.0, total + cut),
        log1p(len(draft.removed)),
        log1p(draft.screen.fields),
        float(draft.screen.has_goods),
        len(draft.links) / max(1, len(draft.blocks)),
    )


def _address(url: str) -> tuple[float, ...]:
    """Describe an address of the web; of a file's name nothing is known."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return (0.0,) * 8
    path = unquote(parts.path)
    steps = [step for step in path.split("/") if step]
    last = _ENDING.sub("", steps[-1]) if steps else ""
    return (
        1.0,
        log1p(len(path)),
        log1p(sum(map(str.isdigit, path))),
        float(len(steps)),
        log1p(len(last)),
        float(len(_WORD.findall(last))),
        float(is_story(parts._replace(query="").geturl())),
        float(_DAY.search(path) is not None),
    )
