"""What stands in the flow of the text and looks like none of it: listings, tables, terms, notes, short sub-headings.

Documentation, posts on programs and official pages are half made of such blocks, the pages that the vote was trained on
hardly at all. Between two taken blocks they are taken if nothing around them, up to the element that holds both, has a
name or tag of something else; paragraphs only in a box that is named as a note, as an advert is a paragraph too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipelines.html.blocks import Container, Leaf, Page
from pipelines.html.votes import words
from pipelines.html.votes.containers import Array
from pipelines.html.votes.features import Features
from pipelines.html.votes.words import GROUPS, bits
from pipelines.model import Kind

FAR = 60
"""Blocks between two taken ones beyond which what stands there is no part of the text around it."""
LINKED, LINK_WEIGHT, NUMBER_WEIGHT = 0.25, 40.0, 3.0
"""Share of link text from which a block is none of these; between a heading and its text there may be a link of so many
letters ("[edit]") or the number of a paragraph."""
CODE_VOTE, BOX_VOTE, ITEM_VOTE, HEAD_VOTE = 0.02, 0.02, 0.05, 0.03
"""Votes from which listings, notes, items and rows, headings are taken.

On the 373 public pages with a body, hosts unseen, 17 bodies change by all of them, 11 for the better (-.0024 the
others at most): F1 .9533 to .9538; paragraphs outside of notes would lose .0010.
"""
ALIKE = 2
"""Taken headings of its make from which a heading is one of theirs."""
FIRST_VOTE = 0.15
"""Vote from which a heading above the first taken block is one of the text's."""
LABEL_VOTE = 0.1
"""Vote from which a line with a colon above a list or listing is its own."""
TEXT_BLOCKS, HEADED_VOTE = 3, 0.2
"""Taken blocks from which the element around the last one is that of the text: what follows there is part of it,
paragraphs with such a vote under a heading. On the public pages two bodies change by that, .842 to .880 and .944 to
.946."""
LISTING = 2_000.0
"""Letters of the longest listing taken; longer ones are an appendix, which one public body is without."""
NOTE_LINKED, NOTE_WEIGHT = 0.9, 12.0
"""Share of link text from which a footnote is a way back and no more, and letters of the shortest: shorter ones are the
numbers of notes, or open their list."""
_ELSEWHERE = ("share", "related", "comment", "subscribe", "ad", "t_nav", "t_footer", "t_form", "t_figcaption")
_BESIDE = ("footer", "side", "author", "tag", "caption", "t_aside")
_MAYBE = ("nav", "date", "print", "product", "header", "media", "hidden", "user", "t_button", "t_header", "s_hidden")
"""Word groups that say what else an element is: any of them; not a box that is named as a note ("alert--secondary");
not a listing (tabs, the name of a language) or an element in such a box either."""
_TAGS = frozenset(
    re.split(
        r"\s+",
        "p h2 h3 h4 h5 h6 ul ol li dl dt dd pre table tbody thead tfoot tr td th blockquote figure details summary "
        "section div article",
    )
)
_NOTE = re.compile(
    r"admonition|callout|details|(?:^|[\s_-])(?:note|tip|warning|hint|important|caution|toggle|math|equation|formula|"
    r"footnotes?|endnotes?|version(?:added|changed))(?:$|[\s_-])",
    re.IGNORECASE,
)
"""What documentation systems and blogs call the boxes of a text."""
_FOOTNOTE = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])", re.IGNORECASE)
_SOURCES = re.compile(r"(?:^|[\s_-])(?:ref(?:list|begin)|references|bibliography|biblist)(?:$|[\s_-])", re.IGNORECASE)
"""What wikis and papers call the list of their sources."""
_LETTER = re.compile(r"[^\W\d_]")


_QUOTED = GROUPS["quote"]
_FOREIGN = bits(_ELSEWHERE)
_ASIDE = _FOREIGN | bits(_BESIDE)
_DOUBTFUL = _ASIDE | bits(_MAYBE)


def with_flow(page: Page, features: Features, vote: Array, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with those added that stand between two of them as parts of the text do, or below."""
    out = list(keep)
    taken = np.flatnonzero(np.array(out, dtype=bool)).tolist()
    if not taken:
        return out
    flow = _Flow(page, features, vote, out)
    flow.over(taken)
    if flow.under(taken[-1]):
        taken.append(taken[-1] + 1)
    for before, after in pairwise(taken):
        if 1 < after - before <= FAR:
            flow.fill(before, after)
    flow.close(taken[-1])
    return out


class _Flow:
    """The choice of a page's blocks, and which others have the form of what may stand in the flow of a text."""

    def __init__(self, page: Page, features: Features, vote: Array, out: list[bool]) -> None:
        self.page, self.vote, self.out, self.weight = page, vote, out, features.weight
        self.make, self.headline = features.signature, features.column("i_title")
        link = features.column("link_density")
        self.fit, self.link = (vote >= min(CODE_VOTE, BOX_VOTE)) & (link < LINKED), link
        self.new = features.column("earlier") == 0
        self.plain = self.new & (features.column("x_any") == 0)
        self.skipped = ((link >= 2 * LINKED) & (self.weight < LINK_WEIGHT)) | (self.weight <= NUMBER_WEIGHT)
        for container in page.containers:
            if container.tag == "caption":  # that of a table, of which it is no end
                self.skipped[container.start : container.end] = True

    def over(self, taken: list[int]) -> None:
        """Take the headings right above the first taken block that are made like taken ones: the first question."""
        heads = {self._make(row) for row in taken if self.page.leaves[row].kind is Kind.HEADING}
        row = taken[0] - 1
        while row >= 0 and self._is_first(row) and self._make(row) in heads:
            self.out[row] = True
            row -= 1

    def _make(self, row: int) -> tuple[str, ...]:
        """Return tags and first class names around a block: what else there is may say that it is open or shut."""
        own = self.page.containers[self.page.leaves[row].container]
        around = (own, self.page.containers[own.parent]) if own.parent >= 0 else (own,)
        return tuple(f"{each.tag} {(each.element.get('class') or '').split(' ', 1)[0]}" for each in around)

    def _is_first(self, row: int) -> bool:
        """Say whether a block is a sub-heading with some vote, without links, and not the headline."""
        leaf, headline = self.page.leaves[row], self.headline[row] >= 0.5
        return (
            leaf.kind is Kind.HEADING
            and leaf.level > 1
            and self.vote[row] >= FIRST_VOTE
            and not (leaf.links or headline)
        )

    def under(self, last: int) -> bool:
        """Take the paragraph beside the last taken block where that is its heading; say whether there is one."""
        leaves, containers = self.page.leaves, self.page.containers
        if last + 1 >= len(leaves) or leaves[last].kind is not Kind.HEADING or not self.plain[last + 1]:
            return False
        head, text = leaves[last], leaves[last + 1]
        beside = containers[head.container].parent == containers[text.container].parent
        fits = text.kind is Kind.PARAGRAPH and not text.links and bool(self.vote[last + 1] >= HEADED_VOTE)
        self.out[last + 1] = beside and fits
        return self.out[last + 1]

    def fill(self, before: int, after: int) -> None:
        """Take what stands between two taken blocks, from the last to the first: a heading goes with its text."""
        rows = before + 1 + np.flatnonzero(self.fit[before + 1 : after])
        around = _shared(self.page, before, after) if len(rows) else -1
        for row in rows[::-1].tolist():
            leaf = self.page.leaves[row]
            if leaf.kind is Kind.HEADING:
                fits = self._is_over_text(row, after) and self._is_head(row)
            else:
                fits = self._fits(row)
            self.out[row] = fits and _is_in_flow(self.page, leaf, around, self._announces(row))

    def close(self, last: int) -> None:
        """Take what follows the last taken block in the element of the text, up to the first block of another kind."""
        around = self.page.leaves[last].container
        while around >= 0:
            container = self.page.containers[around]
            if sum(self.out[container.start : container.end]) >= TEXT_BLOCKS:
                break
            around = container.parent
        if around < 0 or self.page.containers[around].tag in ("html", "body", "main"):
            return
        self._close(last, around)
        self._notes(last, around)

    def _close(self, last: int, around: int) -> None:
        """Take what follows without a gap."""
        heads, headed, skipped = [], False, False
        for row in range(last + 1, self.page.containers[around].end):
            leaf = self.page.leaves[row]
            direct = around in (leaf.container, self.page.containers[leaf.container].parent)
            below = headed and direct and self.vote[row] >= HEADED_VOTE
            if not (self.fit[row] and _is_in_flow(self.page, leaf, around, below)):
                if not self.skipped[row]:
                    return
                skipped = True
            elif leaf.kind is Kind.HEADING:
                if not self._is_head(row):
                    return
                heads.append(row)
                headed = headed or direct
            elif not self._fits(row) or (skipped and leaf.kind is Kind.LIST_ITEM and not _is_boxed(self.page, leaf)):
                return
            else:
                for at in (*heads, row):
                    self.out[at] = True
                heads = []

    def _notes(self, last: int, around: int) -> None:
        """Take the footnotes at the end of the text's element, whatever stands between them and the text."""
        leaves, containers = self.page.leaves, self.page.containers
        seen, end = last + 1, containers[around].end
        for container in containers[leaves[last].container + 1 :]:
            if container.start >= end:
                break
            name = container.element.get("class") if container.end > seen else None
            if container.start <= last or not name or not _FOOTNOTE.search(name[:300]):
                continue
            for row in range(max(seen, container.start), container.end):
                fits = self.weight[row] >= NOTE_WEIGHT and self.vote[row] >= BOX_VOTE and self.link[row] < NOTE_LINKED
                if fits and leaves[row].kind is not Kind.HEADING and self.new[row]:
                    self.out[row] = True
            seen = container.end

    def _is_over_text(self, row: int, after: int) -> bool:
        """Say whether a taken block stands below a heading, no other heading behind what may stand between the two."""
        below = next(at for at in range(row + 1, after + 1) if self.out[at] or not self.skipped[at])
        return self.out[below] and (below == row + 1 or self.page.leaves[below].kind is not Kind.HEADING)

    def _is_head(self, row: int) -> bool:
        """Say whether a block is a sub-heading; with words of a page ("FAQ") it is if taken ones are made like it."""
        if not (self.page.leaves[row].level > 1 and self.vote[row] >= HEAD_VOTE and self.new[row]):
            return False
        alike = self.make == self.make[row]
        return bool(self.plain[row]) or sum(self.out[at] for at in np.flatnonzero(alike).tolist()) >= ALIKE

    def _fits(self, row: int) -> bool:
        """Say whether a block has form and vote of what may stand in the flow; of a paragraph its box decides."""
        leaf = self.page.leaves[row]
        if leaf.kind is Kind.CODE:
            return bool(self.weight[row] <= LISTING) and _LETTER.search(leaf.text) is not None
        # A row or term over taken ones is the head of their table, whatever it says.
        over = row + 1 < len(self.out) and self.out[row + 1]
        head = over and (leaf.kind is Kind.TABLE_ROW or self.page.containers[leaf.container].tag == "dt")
        if leaf.kind is Kind.LIST_ITEM and self.weight[row] <= NUMBER_WEIGHT and not _LETTER.search(leaf.text):
            return False
        least = BOX_VOTE if leaf.kind is Kind.PARAGRAPH else ITEM_VOTE
        return bool(self.vote[row] >= least) and (head or bool(self.plain[row]))

    def _announces(self, row: int) -> bool:
        """Say whether a line with a colon stands right above a listing, list or table that is taken."""
        leaf, below = self.page.leaves[row], self.page.leaves[row + 1].kind
        listed = self.out[row + 1] and below in (Kind.CODE, Kind.LIST_ITEM, Kind.TABLE_ROW)
        return listed and leaf.text.endswith(":") and bool(self.vote[row] >= LABEL_VOTE)


def _shared(page: Page, before: int, after: int) -> int:
    """Return the innermost container that holds two blocks, -1 for none."""
    home, holds = page.leaves[before].container, after
    while home >= 0 and page.containers[home].end <= holds:
        home = page.containers[home].parent
    return home


def _is_in_flow(page: Page, leaf: Leaf, around: int, is_told: bool = False) -> bool:
    """Say whether nothing between a block and the container ``around`` the text is something else.

    A paragraph must stand in a note or be what a table is called, or its place have told that it is the text's.
    """
    home, boxed = leaf.container, False
    if (table := _table(page, home)) >= 0:
        home, is_told = table, True
    while home not in (around, -1):
        container = page.containers[home]
        note = _is_note(container)
        boxed = boxed or note
        other = _FOREIGN if note else _ASIDE if boxed or leaf.kind is Kind.CODE else _DOUBTFUL
        if container.tag not in _TAGS or (container.own & other and _job(container) & other):
            return False
        if container.own & _QUOTED and _SOURCES.search((container.element.get("class") or "")[:300]):
            return False
        home = container.parent
    # The id of a heading repeats it ("Advertising"), on wikis inside of it.
    return (leaf.kind is Kind.HEADING or table >= 0 or not leaf.inner & _ASIDE) and (
        boxed or is_told or leaf.kind is not Kind.PARAGRAPH
    )


def _table(page: Page, home: int) -> int:
    """Return the table whose caption an element is, or whose caption it stands right in; -1 where it is none."""
    for _ in range(2):
        if home >= 0 and page.containers[home].tag == "caption":
            return page.containers[home].parent
        home = page.containers[home].parent if home >= 0 else -1
    return -1


def _is_note(container: Container) -> bool:
    """Say whether an element is called a note of a text, or folds a part of it away."""
    called = (container.element.get("class") or "")[:300]
    return container.tag in ("details", "summary") or (called != "" and _NOTE.search(called) is not None)


def _is_boxed(page: Page, leaf: Leaf) -> bool:
    """Say whether a block stands in a note, by the three elements around it."""
    home = leaf.container
    for _ in range(3):
        if home >= 0 and _is_note(page.containers[home]):
            return True
        home = page.containers[home].parent if home >= 0 else -1
    return False


def _job(container: Container) -> int:
    """Return the word groups of an element without those of its id, which in a text repeats a heading (``#search``)."""
    return words.named(container.element.get("class") or "") if container.element.get("id") else container.own
