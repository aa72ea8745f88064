"""Drops what is not the article from a Draft: every drop keeps its reason, and no sentence falls for a single word.

Rules speak of form (repetition, stamps, width, punctuation, position, link density); the lexicon only counts where the
form already speaks for it: in a short line, in the head or tail, under a heading that opens a section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines import forms, lexicon
from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Removed
from pipelines.pruning import adverts, fields, margins, notices, pointers, signatures, strays, topics
from pipelines.pruning.shapes import Shape, crumbs, is_teaser, shape
from pipelines.pruning.stamps import Stamps

TAIL_SHARE = 0.3
"""A notice counts as the end of the page when no more than this share of the text follows it."""
NOTICE_WIDTH = 320
"""Columns of the widest notice that ends a page; the widest that the body model left of the public pages has 259."""
ECHO_REACH = 2
"""Blocks within which a headline that stands twice (picture text and link) repeats itself."""
CAPTIONS_SHARE = 0.34
"""Share of a page's columns from which lines that end in a credit are a gallery's text and stay."""
_LOOSE = (Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM)
STRONG = ("section", "whole", "label")
"""Forms of a lexicon match that are the line itself, not a phrase in it."""
UNSURE = ("navigation", "category", "date_line", "related_links", "caption")
_COPYRIGHT = re.compile(r"(?:copyright\W*)?(?:[©ⓒ]|\(c\)|copyright)\W*(?:copyright\W*)?(?:19|20)\d\d\b", re.IGNORECASE)
LIST_REASONS = frozenset({"related_links", "comment_form", "subscription", "navigation", "share_bar", "advert"})
"""Reasons whose headings open a list of things that are not the article."""


def prune(draft: Draft, config: Config) -> Draft:
    """Return ``draft`` without its template blocks; each dropped block becomes a ``Removed``. Never raises."""
    del config  # every threshold here is a matter of form
    blocks = draft.blocks
    if not blocks:
        return draft
    page = _Page(draft)
    page.drop_repeats()
    page.drop_stamped_lists()
    page.drop_adverts()
    page.drop_strays()
    page.drop_disclosures()
    page.drop_signatures(draft)
    page.find_own(draft)
    page.drop_lines(draft)
    page.drop_sections()
    page.drop_notices()
    page.drop_ends()
    if all(page.reasons):
        return draft  # a page of nothing but template: the verdict on it is not ours
    kept = tuple(block for block, reason in zip(blocks, page.reasons, strict=True) if reason is None)
    dropped = tuple(
        Removed(reason=reason, text=block.text)
        for block, reason in zip(blocks, page.reasons, strict=True)
        if reason is not None
    )
    return replace(draft, blocks=kept, removed=draft.removed + dropped)


class _Page:
    """The blocks of one draft with their shapes, and the reason each is dropped for (None: kept)."""

    def __init__(self, draft: Draft) -> None:
        self.blocks: Sequence[Block] = draft.blocks
        self.shapes: list[Shape] = [shape(block.text) for block in draft.blocks]
        self.reasons: list[str | None] = [None] * len(draft.blocks)
        self.own: frozenset[int] = frozenset()
        self.is_capture = draft.is_capture
        self.title = forms.key(draft.meta.title or "")
        mass = [0 if not s.prose and not s.sentence else s.columns for s in self.shapes]
        self.total = max(1, sum(mass))
        self.before: list[int] = [0]
        for columns in mass:
            self.before.append(self.before[-1] + columns)

    def share_after(self, index: int) -> float:
        """Return the share of the running text that stands after a block."""
        return (self.total - self.before[index + 1]) / self.total

    def drop(self, index: int, reason: str) -> None:
        """Drop a block unless an earlier rule has."""
        if self.reasons[index] is None:
            self.reasons[index] = reason

    def is_text(self, index: int) -> bool:
        """Say whether a block is kept running text."""
        return self.reasons[index] is None and (self.shapes[index].prose or self.shapes[index].sentence)

    def bounds(self) -> tuple[int, int]:
        """Return the first and last index of kept running text; (0, -1) where there is none."""
        found = [i for i in range(len(self.blocks)) if self.is_text(i) or self.blocks[i].kind is Kind.CODE]
        return (found[0], found[-1]) if found else (0, -1)

    def drop_repeats(self) -> None:
        """Drop the title where it is repeated (a banner, a caption), and a paragraph that was there before."""
        seen: dict[str, int] = {}
        first, _ = self.bounds()
        for index, own in enumerate(self.shapes):
            if self.blocks[index].kind in (Kind.CODE, Kind.TABLE_ROW) or not own.key:
                continue
            if self.title and own.key == self.title and self._is_banner(index, first):
                self.drop(index, "repeated_title")
                continue
            if is_teaser(self.blocks[index].text, own, self.shapes[index + 1 : index + 1 + ECHO_REACH]):
                self.drop(index, "repetition")
            if own.key in seen and self._is_echo(own, index - seen[own.key]):
                self.drop(index, "repetition")
            seen[own.key] = index

    def _is_banner(self, index: int, first: int) -> bool:
        """Say whether the title's words are template here: anywhere in a capture, where captions repeat them.

        In the body of an HTML page, whose captions are known, a heading with the words of the title is the article's.
        """
        return self.is_capture or index < first or self.blocks[index].kind is not Kind.HEADING

    @staticmethod
    def _is_echo(own: Shape, distance: int) -> bool:
        """Say whether a second copy is template: a whole paragraph, or a headline right after itself.

        A short line further on is an article's own: a step of its contents, a row of a price list, a refrain.
        """
        return own.prose or (own.columns >= 16 and distance <= ECHO_REACH)

    def drop_adverts(self) -> None:
        """Drop adverts in whole sentences: disguised ones anywhere, the one offer with a code where it ends the page.

        An article about offers holds several, and none of them is an advert in it.
        """
        for index, block in enumerate(self.blocks):
            if adverts.is_disguised(block.text):
                self.drop(index, "advert")
        last = max(0, self.bounds()[1])
        for index in range(last, len(self.blocks)):
            if adverts.offers_code(self.blocks[index].text):
                others = (block for at, block in enumerate(self.blocks) if at != index)
                if not any(adverts.offers_code(block.text) for block in others):
                    self.drop(index, "advert")
                break

    def drop_strays(self) -> None:
        """Drop scripts shown as text, lines of the page inside the running text, credited captions, signatures."""
        first, last = self.bounds()
        for index, block in enumerate(self.blocks):
            if reason := strays.machine(block, next(iter(self.blocks[index + 1 : index + 2]), None)):
                self.drop(index, reason)
            elif strays.is_pointer(block) and (index < last or lexicon.points(block.text)):
                self.drop(index, "related_links")
            elif self._is_line(index) and (reason := strays.service(block.text)):
                self.drop(index, reason)
            elif block.kind in _LOOSE and strays.asks_consent(block.text):
                self.drop(index, "consent")
                if (
                    index
                    and self.shapes[index - 1].columns <= margins.WIDTH
                    and strays.heads_consent(self.blocks[index - 1].text)
                ):
                    self.drop(index - 1, "consent")
            elif index > last >= 0 and strays.is_signature(block.text, self.blocks[last].text):
                self.drop(index, "byline")
        for index in pointers.within(self.blocks, first, last):
            self.drop(index, "related_links")
        texts = [block.text for block in self.blocks]
        for index in range(len(texts)):
            for at in strays.box(texts, index):
                self.drop(at, "subscription")
        self._drop_captions(first)

    def drop_disclosures(self) -> None:
        """Drop what the page says of itself in whole sentences: who pays for it, where it is from, what it warns of."""
        texts = [block.text if self._is_line(index) else "" for index, block in enumerate(self.blocks)]
        for index, reason in notices.find(texts).items():
            self.drop(index, reason)

    def drop_signatures(self, draft: Draft) -> None:
        """Drop lines around the text with nothing but the author's name or the site's, and who the author is."""
        first, last = self.bounds()
        around = [index for index in (*range(first), *range(last + 1, len(self.blocks))) if not self.reasons[index]]
        if last < 0:
            return
        authors, site = signatures.names_of(draft)
        if last > first and signatures.is_biography(self.blocks[last].text, authors):
            self.drop(last, "byline")
        for index in around:
            if self.blocks[index].kind in _LOOSE and signatures.is_signature(self.blocks[index].text, authors, site):
                self.drop(index, "byline")

    def _is_line(self, index: int) -> bool:
        """Say whether a block may be a line of the page by itself; what opens a section falls with the section."""
        return self.blocks[index].kind in _LOOSE and self.shapes[index].form != "section"

    def _drop_captions(self, first: int) -> None:
        """Drop captions that end in a credit, unless they are the article: a page of pictures."""
        for index in range(first + 1 if self.is_text_after(first) else first):
            if self.blocks[index].kind is Kind.PARAGRAPH and strays.is_credited(self.blocks[index].text):
                self.drop(index, "caption")
        marked = [block.kind in _LOOSE and strays.is_marked(block.text) for block in self.blocks]
        found = [
            i
            for i, block in enumerate(self.blocks)
            # A mark that the next line has as well begins the items of a list.
            if (marked[i] and not any(marked[max(0, i - 1) : i] + marked[i + 1 : i + 2]))
            or (block.kind in _LOOSE and strays.is_caption(block.text))
        ]
        if sum(self.shapes[i].columns for i in found) <= CAPTIONS_SHARE * sum(own.columns for own in self.shapes):
            for index in found:
                self.drop(index, "caption")

    def find_own(self, draft: Draft) -> None:
        """Note which lines that the lexicon knows are the article's all the same, where more than their words tells."""
        known = [index for index, own in enumerate(self.shapes) if own.found and self.reasons[index] is None]
        own = set(fields.spoken(self.shapes, self.blocks, known))
        if known and not self.is_capture:
            first, last = self.bounds()
            own |= topics.find(self.blocks, self.shapes, self.reasons, known, range(first + 1, last))
            own.update(fields.find(draft, self.shapes, self.reasons, known, range(first + 1, last)))
        self.own = frozenset(own)

    def drop_lines(self, draft: Draft) -> None:
        """Drop single lines that are template by themselves: share bars, credits, adverts, breadcrumbs, captions."""
        first, last = self.bounds()
        stamps, above = Stamps(draft, self.shapes), -1
        for index, own in enumerate(self.shapes):
            is_line = self.blocks[index].kind not in (Kind.CODE, Kind.TABLE_ROW) and index not in self.own
            if self.reasons[index] is None and is_line and not own.prose:
                outside = index < first or index > last
                if index < first and crumbs(self.blocks[index].text):
                    self.reasons[index] = "breadcrumb"
                elif own.found is not None:
                    self.reasons[index] = self._known(index, own, outside=outside)
                elif own.stamp_only and (outside or index == first):
                    is_text = index > last and not self.is_capture and stamps.tells(index)
                    if not is_text and not stamps.is_of_document(index, last, above):
                        self.reasons[index] = "date_line"
            above = above if self.reasons[index] else index

    def _known(self, index: int, own: Shape, *, outside: bool) -> str | None:
        """Return the reason to drop a line that the lexicon knows, None where it is not believed."""
        if own.form in STRONG and self._stands_alone(index, own):
            return None if own.form == "section" else own.reason
        always = own.reason in ("caption", "editor_credit", "advert", "share_bar")
        return own.reason if (outside or always) and not own.sentence else None

    def _stands_alone(self, index: int, own: Shape) -> bool:
        """Say whether a lexicon line is believed here: "News" or "FAQ" may be a heading over text or others."""
        wide = own.sentence or own.columns > 70
        if own.form == "label" and wide and own.reason not in ("editor_credit", "related_links"):
            return False
        heading = self.blocks[index].kind is Kind.HEADING and own.form != "label"
        below = range(index + 1, min(index + 2, len(self.blocks)))
        over = any(self.shapes[at].prose or self.blocks[at].level > self.blocks[index].level for at in below)
        return not (heading and over and own.reason in UNSURE)

    def drop_stamped_lists(self) -> None:
        """Drop runs of headlines with sources and stamps: three or more in a row that are short, some of them dated."""
        index, size = 0, len(self.blocks)
        while index < size:
            end = index
            while end < size and (self.reasons[end] or not self._is_running(end)):
                end += 1
            run = range(index, end)
            stamps = sum(self.shapes[i].dated for i in run)
            if len(run) >= 3 and stamps >= 2 and stamps * 6 >= len(run) and self._is_linked(run):
                for i in run:
                    self.drop(i, "headline_list")
            index = max(end, index) + 1

    def _is_linked(self, run: range) -> bool:
        """Say whether a run may be a list of links: half of it are links, or nobody can know (a capture)."""
        return self.is_capture or sum(self.blocks[i].link_density >= 0.5 for i in run) * 3 >= len(run)

    def _is_running(self, index: int) -> bool:
        """Say whether a block can only be article text: long enough, and with more than one sentence or a real end."""
        own = self.shapes[index]
        return (own.prose and own.columns >= 160) or own.sentence or self.blocks[index].kind is Kind.CODE

    def drop_sections(self) -> None:
        """Drop a section that a heading of the lexicon opens ("Extended reading"), as long as it looks like a list."""
        for index, own in enumerate(self.shapes):
            if own.form != "section" or own.reason not in LIST_REASONS or self.reasons[index] or index in self.own:
                continue
            end = self._section_end(index)
            if end == index + 1 and self.is_text_after(index) and self.blocks[index].kind is Kind.HEADING:
                continue
            for i in range(index, end):
                self.drop(i, str(own.reason))

    def is_text_after(self, index: int) -> bool:
        """Say whether running text comes right after a block."""
        return index + 1 < len(self.blocks) and self.is_text(index + 1)

    def _section_end(self, index: int) -> int:
        """Return where the list under a heading ends: at running text that more running text follows."""
        end = index + 1
        while end < len(self.blocks):
            own = self.shapes[end]
            if self._is_running(end) and self.blocks[end].link_density < 0.5:
                more = sum(self._is_running(i) for i in range(end, min(end + 3, len(self.blocks))))
                if more >= 2 or own.columns >= 240 or self.share_after(index) > TAIL_SHARE:
                    break
            end += 1
        return end

    def drop_notices(self) -> None:
        """Drop the notices that end a page (disclaimer, copyright, credits), each by its own words or its heading."""
        for index, own in enumerate(self.shapes):
            heads = own.form in ("section", "label") and own.reason == "legal_notice" and own.columns <= 30
            if heads and self.share_after(index) <= TAIL_SHARE and self.before[index] >= 0.5 * self.total:
                for i in range(index, len(self.blocks)):
                    self.drop(i, "legal_notice")
                break
        for index in range(len(self.blocks) - 1, -1, -1):
            if self.reasons[index]:
                continue
            own = self.shapes[index]
            if own.columns > NOTICE_WIDTH or index in self.own:
                break
            text = self.blocks[index].text
            if _COPYRIGHT.match(text):  # the terms that follow make it too wide for the lexicon
                self.drop(index, "copyright")
            elif own.found is None or (own.sentence and notices.is_of_text(text, own.found)):
                break
            elif own.reason in (
                "legal_notice",
                "copyright",
                "subscription",
                "advert",
                "editor_credit",
                "source_line",
                "comment_form",
            ):
                self.drop(index, own.found.reason)
            else:
                break

    def drop_ends(self) -> None:
        """Drop the short lines before the first and after the last running text of a capture."""
        if self.is_capture:
            for index in margins.find(self.blocks, self.shapes, self.reasons, self.bounds()):
                self.drop(index, "navigation")
