"""Lines that are a date and little else: the page's own stamp, or a date that the article says itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from pipelines import forms
from pipelines.metadata import datelines, moments, words
from pipelines.model import Block, Draft, Kind
from pipelines.pruning import signatures
from pipelines.pruning.shapes import LABEL_REST, Shape

CHRONICLE = 3
"""Headings that are dates from which they are the days of a chronicle."""
LINKED = 0.5
"""Share of link text from which a line with a date leads elsewhere."""
_NEAR = timedelta(days=1)
"""How far the day of a stamp may be from the page's own, which is an instant in UTC."""
_PRINTED = re.compile(r"第\s?[\dA-Z]{1,4}\s?版|\W*(?:本文)?(?:原载|原刊|首刊|选自|转自|摘自|刊载于|刊于|载于)")
"""Where a text was printed first, beside the day of that issue."""
_NAMED = re.compile(r"[^\W\d_]+")


def _is_entered(text: str) -> bool:
    """Say whether a line begins with who wrote or entered something, or ends so above a comment ("Max Weber says:")."""
    found = [name.casefold() for name in _NAMED.findall(text)]
    if not found:
        return False
    return found[0] in words.words("dates", "entered") or not words.words("dates", "says").isdisjoint(found[1:][-2:])


class Stamps:
    """The date lines of a page and which of them are the article's; counted once, as a page may be full of them."""

    def __init__(self, draft: Draft, shapes: Sequence[Shape]) -> None:
        meta = draft.meta
        self.blocks: Sequence[Block] = draft.blocks
        self.days = [stamp.at.date() for stamp in (meta.published, meta.modified) if stamp]
        self.names = frozenset(map(forms.key, (*meta.authors, meta.site or "")))
        self.shapes = shapes

    @cached_property
    def is_chronicle(self) -> bool:
        """Whether so many headings are dates that they are the days of a chronicle."""
        pairs = zip(self.blocks, self.shapes, strict=True)
        return sum(own.stamp_only and each.kind is Kind.HEADING for each, own in pairs) >= CHRONICLE

    def is_of_document(self, index: int, last: int, above: int) -> bool:
        """Say whether a date is one of the headings of a chronicle, or signs a notice: right below who issued it.

        ``last`` is the last running text, ``above`` the last kept block before this one.
        """
        if self.is_chronicle and self.blocks[index].kind is Kind.HEADING:
            return True
        return 0 < last <= above < index and signatures.issues(self.blocks[above].text, self.blocks[index].text)

    def tells(self, index: int) -> bool:
        """Say whether a line with a full date says what is on that day, or was ("The show is open until 30 June 2024").

        The page's own stamp has the page's date, or a word for when it was published or changed, or nothing beside its
        date but a name: no label with a colon. A headline with its day is a link.
        """
        text, spans = self.blocks[index].text, moments.find(self.blocks[index].text)
        if not spans or self.blocks[index].link_density >= LINKED or self.has_own_day(text):
            return False
        if any(datelines.label(text, each) in ("published", "modified") for each in spans):
            return False
        for each in reversed(spans):
            text = text[: each.start] + text[each.end :]
        if _PRINTED.search(text) or _is_entered(text):
            return False
        if not any(map(str.isalpha, text)) or forms.key(text) in self.names:
            return False
        return forms.width(text.strip()) > LABEL_REST or ":" in text or "：" in text

    def has_own_day(self, text: str) -> bool:
        """Say whether a line holds the day on which the page says it was published or changed."""
        return any(abs(moment.day - day) <= _NEAR for moment in moments.find(text) for day in self.days)
