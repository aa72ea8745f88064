"""Why each block outside the article is cut: what it says, the heading it stands below, what its element is named.

The record keeps what is cut for audit, and reports count it, so a reason says what a reader would: the words
of the line come first, then the heading above its list, then names of elements, then its form. An element that holds
a part of the article says nothing about what is cut from it, whatever its name. All numbers here are set by reading
what is cut from fifty public pages: no truth tells a reason.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, islice

from pipelines import lexicon
from pipelines.forms import width
from pipelines.html.blocks import Leaf, Page
from pipelines.html.outline import LISTED_WIDTH
from pipelines.html.pictures import ABOVE_TEXT, MAX_CAPTION
from pipelines.html.votes import words
from pipelines.html.votes.features import Features
from pipelines.html.votes.textstats import REASONS
from pipelines.lexicon import BELOW, FIRM, OF_ITEMS

STEPS = 6
"""Elements around a block whose names are asked."""
LINKED = 0.5
"""Share of links from which a block is one of a list."""
IS_TITLE = 0.9
"""Share of a line's words in the page's title from which it repeats the title."""
MIN_TITLE = 8
SHORT = 60
"""Columns up to which a line can be a name, a date or a tag of the article."""
FILLED = 3
"""Blocks between two headlines of a list, or two comments, that belong to them: a section, a date, a name."""
DIALOG = 40
"""Blocks of the largest element that is a dialogue."""
READ = 2_000
"""Characters of a block that are read for what it speaks of."""
NAMED = (
    ("s_hidden", "hidden"),
    ("consent", "consent"),
    ("comment", "comment"),
    ("share", "share_bar"),
    ("related", "related_links"),
    ("subscribe", "subscription"),
    ("ad", "advert"),
    ("caption", "caption"),
    ("t_figure", "caption"),
    ("t_figcaption", "caption"),
    ("t_nav", "navigation"),
    ("nav", "navigation"),
    ("t_footer", "footer"),
    ("footer", "footer"),
)
"""Names that tell what a block is, the surest first."""
BRIEF = (("tag", "category"), ("date", "byline"), ("author", "byline"))
"""Names that tell it of a short line only: whole sections are named "info", and so are the links of a menu."""
PLACED = (
    ("consent", "overlay"),
    ("print", "tools"),
    ("user", "navigation"),
    ("t_header", "header"),
    ("header", "header"),
    ("t_aside", "sidebar"),
    ("side", "sidebar"),
)
"""Names that only tell where a block stands: asked when its form says nothing."""
_CLOSING = frozenset({"copyright", "legal_notice", "editor_credit"})
"""What a line is whatever element it stands in, if it speaks of it at all."""
_LISTS = {"related_links": "related_links", "headline_list": "headline_list"}
_READERS = {"comment": "comment", "comment_form": "comment"}
"""Lists by their lines: a comment stands between two buttons "reply", its writer and its date beside it."""
_PLAIN = frozenset({"outside_article", "header", "sidebar"})
_LINKS = frozenset({"headline_list", "navigation"})
_LOOSE = frozenset({"byline", "date_line", "category", "header", "sidebar", "navigation", "outside_article", "tools"})
"""Reasons that give way between two headlines of one list."""


class _Names:
    """Word groups and what each tells, the first that an element has counting."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self.bits = [(words.GROUPS[group], reason) for group, reason in names]
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, flags: int) -> str:
        return next((reason for bit, reason in self.bits if flags & bit), "")


_SURE, _NO_CONSENT = _Names(NAMED), _Names([each for each in NAMED if each[0] != "consent"])
_SHORT, _LINK, _PLACE = _Names(BRIEF), _Names(BRIEF[::2]), _Names(PLACED)


def reasons(page: Page, keep: Sequence[bool], features: Features) -> list[str]:
    """Return a reason a block; an empty one for the blocks that are kept."""
    places = [index for index, kept in enumerate(keep) if not kept]
    if not places:
        return [""] * len(keep)
    around = _Around(page, keep)
    said = _said(page, keep, features)
    titles = (features.column("i_title") >= IS_TITLE).tolist()
    dated = (features.column("clock") > 0).tolist()
    governed = _governed(around, said, places)
    found = [""] * len(keep)
    for index in places:
        leaf = page.leaves[index]
        named = around.surely(index)
        found[index] = (
            _own(said[index], governed[index], named)
            or ("repeated_title" if titles[index] and len(leaf.text) > MIN_TITLE else "")
            or governed[index]
            or named
            or said[index][0]
            or _by_form(leaf, around, index, dated=dated[index])
        )
    _fill(found, around, places)
    return found


class _Around:
    """The elements around each block that hold no part of the article."""

    def __init__(self, page: Page, keep: Sequence[bool]) -> None:
        self.page, self.keep = page, keep
        self.sums = [0, *accumulate(keep)]
        self.all: dict[int, bool] = {}
        self.dialogs: dict[int, bool] = {}
        self.known: dict[_Names, dict[int, str]] = {}

    def cut(self, index: int) -> Iterator[int]:
        """Yield the containers of a block, innermost first, up to the first that holds a part of the article."""
        containers = self.page.containers
        for place in self.page.around(self.page.leaves[index].container):
            if place not in self.all:
                each = containers[place]
                self.all[place] = self.sums[each.end] > self.sums[each.start]
            if self.all[place]:
                return
            yield place

    def surely(self, index: int) -> str:
        """Return what the nearest name says of a block; a dialogue is one about data by its words."""
        found = self.named(index, _SURE)
        return self.named(index, _NO_CONSENT) if found == "consent" and not self._is_consent(index) else found

    def named(self, index: int, names: _Names) -> str:
        """Return what the nearest of these names says of a block."""
        leaf = self.page.leaves[index]
        if leaf.inner and (found := names.of(leaf.inner)):
            return found
        known = self.known.setdefault(names, {})
        if leaf.container not in known:
            flags = (self.page.containers[place].own for place in islice(self.cut(index), STEPS))
            known[leaf.container] = next((found for each in flags if each and (found := names.of(each))), "")
        return known[leaf.container]

    def pictured(self, index: int) -> str:
        """Return that a block is a caption where a picture stands right before it amid the article or above it."""
        leaf, end = self.page.leaves[index], min(len(self.keep), index + ABOVE_TEXT)
        near = self.sums[index] < self.sums[-1] and (self.sums[index] > 0 or self.sums[end] > 0)
        return "caption" if leaf.images_before and near and len(leaf.text) <= MAX_CAPTION else ""

    def _is_consent(self, index: int) -> bool:
        """Tell whether the text around a block speaks of data, in the smallest elements around it."""
        around = islice(self.cut(index), STEPS)
        return _speaks_of_data(self.page.leaves[index]) or any(map(self._is_dialog, around))

    def _is_dialog(self, place: int) -> bool:
        if place not in self.dialogs:
            each = self.page.containers[place]
            leaves = self.page.leaves[each.start : each.end]
            self.dialogs[place] = len(leaves) <= DIALOG and any(map(_speaks_of_data, leaves))
        return self.dialogs[place]


def _speaks_of_data(leaf: Leaf) -> bool:
    text = leaf.text[:READ].lower()
    return any(map(text.__contains__, _words_of_data()))


@cache
def _words_of_data() -> tuple[str, ...]:
    text = resources.files("pipelines").joinpath("data/consent.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["words"])


def _said(page: Page, keep: Sequence[bool], features: Features) -> list[tuple[str, float]]:
    """Return what the lexicon knows of each line, and how firmly: 4 a heading, 3 the whole line, 1 a part of it.

    The features spare the lines that are one link; a heading is looked up though it be one ("More news").
    """
    table = features.columns(tuple(f"x_{reason}" for reason in REASONS))
    best = table.argmax(axis=1)
    firm = table[range(len(best)), best]
    pairs = zip(best.tolist(), firm.tolist(), strict=True)
    found = [(REASONS[place] if value else "", value) for place, value in pairs]
    for index, leaf in enumerate(page.leaves):
        if leaf.level and not keep[index] and not found[index][0] and _is_linked(leaf):
            match = lexicon.match(leaf.text) if len(leaf.text) < SHORT else None
            found[index] = (match.reason, FIRM[match.form]) if match and match.form == "section" else ("", 0.0)
    return found


def _own(said: tuple[str, float], governed: str, named: str) -> str:
    """Return what a line surely says of itself; a date in a list of headlines is the list's.

    "Login" and "E-mail" are of a form, which is that of the comments where the element is not named otherwise.
    """
    reason, firm = said
    if reason in _CLOSING or (governed and BELOW.get(reason) == governed):
        return reason
    if firm < FIRM["label"] or (governed and reason in OF_ITEMS):
        return ""
    return named if named and reason == "comment_form" and firm < FIRM["section"] else reason


def _governed(around: _Around, said: Sequence[tuple[str, float]], places: Sequence[int]) -> list[str]:
    """Return for each block what the heading says that it stands below, nothing where none does."""
    found = [""] * len(said)
    leaves = around.page.leaves
    heads = {
        index
        for index in places
        if said[index][0] in BELOW and said[index][1] >= _firm_enough(said[index][0], leaves[index])
    }
    for index in sorted(heads):
        end, reason = _end(around, index), BELOW[said[index][0]]
        if reason == "comment" and around.sums[index] < around.sums[-1]:
            continue  # Above the article "3 comments" is a button: readers' words stand below it.
        for below in range(index + 1, end or len(leaves)):
            leaf = leaves[below]
            if around.keep[below] or below in heads or _ends(leaf, leaves[index].level):
                break
            if not end and not _is_linked(leaf):
                break
            if reason not in _CLOSING or (not _is_linked(leaf) and width(leaf.text[:SHORT]) >= SHORT):
                found[below] = reason
    return found


def _firm_enough(reason: str, leaf: Leaf) -> float:
    """Return how firmly a line must be known to stand above a list; "Login" above a form is no heading of comments."""
    return FIRM["whole" if leaf.level and reason != "comment_form" else "section"]


def _end(around: _Around, index: int) -> int:
    """Return where the smallest element ends that holds more than a heading; 0 where it holds a part of the article."""
    for place in around.cut(index):
        if (end := around.page.containers[place].end) > index + 1:
            return end
    return 0


def _ends(leaf: Leaf, level: int) -> bool:
    """Tell whether a block is the next heading, and no headline of the list."""
    return leaf.level > 0 and (not level or leaf.level <= level) and not _is_linked(leaf)


def _is_linked(leaf: Leaf) -> bool:
    return leaf.link_chars > LINKED * len(leaf.text)


def _by_form(leaf: Leaf, around: _Around, index: int, *, dated: bool) -> str:
    """Return what the form of a block says, and where it stands."""
    linked = _is_linked(leaf)
    if not linked and width(leaf.text[:SHORT]) < SHORT:
        if dated:
            return "date_line"
        if found := around.named(index, _SHORT):
            return found
    if linked:
        if width(leaf.text) >= LISTED_WIDTH * max(1, leaf.links):
            return "headline_list"
        return around.named(index, _LINK) or "navigation"
    return around.pictured(index) or around.named(index, _PLACE) or "outside_article"


def _fill(found: list[str], around: _Around, places: Sequence[int]) -> None:
    """Give the lines of a list to it of which nothing surer is known: amid its headlines, its heading, lone marks."""
    kept = [index for index, each in enumerate(around.keep) if each]
    # What stands right above the article or amid it is of the article: its byline, its date, its section.
    own = range(max(0, kept[0] - ABOVE_TEXT), kept[-1] + 1) if kept else range(0)
    _between(found, own, _LISTS, _LOOSE)
    _between(found, own, _READERS, _LOOSE | {"headline_list"})
    leaves = around.page.leaves
    for index in places:
        if found[index] not in _PLAIN or width(leaves[index].text[:SHORT]) >= SHORT:
            continue
        if index and found[index - 1] and not any(letter.isalnum() for letter in leaves[index].text):
            found[index] = found[index - 1]
        elif index + 1 < len(found) and found[index + 1] in _LINKS and not _is_linked(leaves[index]):
            found[index] = found[index + 1]


def _between(found: list[str], own: range, group: Mapping[str, str], loose: frozenset[str]) -> None:
    """Give up to ``FILLED`` loose lines between two of a group to it: ``group`` names its reasons and what it is.

    ``own`` are the article's places, of which none is given away.
    """
    last = -1
    for index, reason in enumerate(found):
        if reason not in group:
            continue
        between = range(last + 1, index)
        if last >= 0 and group[found[last]] == group[reason] and len(between) <= FILLED:
            for each in between:
                if each not in own and found[each] in loose:
                    found[each] = group[reason]
        last = index
