"""Which pictures are the article's: by its blocks, by captions cut from it, and the one the page's own data shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from urllib.parse import unquote

from pipelines.html.blocks import Anchor, Page, path_of
from pipelines.html.heads import Tree
from pipelines.model import Kind

MAX_CAPTION = 300
"""Characters of the longest line below a picture that no element calls its caption."""
LINKED = 0.34
"""Share of links from which a line below a picture is the teaser of another article."""
NEAR = 3
"""Blocks from such a line to the next one of the text, before it and behind it."""
ABOVE = 15
"""Blocks above the text among which the picture of the page's data stands: title, credits, buttons."""
MIN_NAME, MAX_ADDRESS = 4, 2_000
_SHARED = frozenset({"og:image", "twitter:image", "twitter:image:src"})
_OF_SITE = re.compile(r"logo|default|place-?holder|favicon|avatar|ornament|(?:^|[-_])(?:card|share|social)(?:$|[-_])")
_SIGN = re.compile(
    r"icon|fav|logo|author|avatar|/default/|\.svg(?:$|\?)|qr-?_?code|newsletter|badge|[-_/]banner|/ads?/", re.IGNORECASE
)
"""Behind the text stand signs of apps and portraits as well: of 60 pictures there on public pages, five."""
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|gif|webp|avif))+$")
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}$")
_OTHERS = frozenset({"related_links", "headline_list", "navigation"})
"""Of what is cut by a picture so, hardly anything else is not its caption: of 227 such lines on 700 pages, 12."""
_PICTURE = "(?:image|photo|picture|figure|img|foto)"
_CAPTION = re.compile(f"caption|{_PICTURE}[-_]?(?:cap|credit|source|copyright)")
_CREDIT = re.compile("credit|source|copyright")
_PICTURED = re.compile(_PICTURE)
_OF_PICTURE = re.compile(rf"^(?!.*(?:bio|author|byline|writer|avatar|profile)).*{_PICTURE}")
_CREDITS = frozenset({"caption", "byline"})
"""Why lines are cut that an element named after its picture holds: what it shows and who took it."""
ABOVE_TEXT = 5
"""Blocks above the text in which a caption stands that its element names: between are credits and buttons."""


def of_article(page: Page, keep: Sequence[bool], why: Sequence[str], heads: Tree) -> list[Anchor]:
    """Return the pictures of the article in the order of the page; ``why`` says of each block for what it was cut."""
    out = within(page.images, _shown(page, keep, why)) + _behind(page, keep)
    lead = _lead(page, keep, heads) if page.images else None
    if lead is None or any(each.url == lead.url for each in out):
        return out
    return sorted([lead, *out], key=lambda each: each.block)


def within(anchors: Sequence[Anchor], keep: Sequence[bool]) -> list[Anchor]:
    """Return the links or pictures that stand in kept blocks."""
    return [each for each in anchors if each.block < len(keep) and keep[each.block]]


def _behind(page: Page, keep: Sequence[bool]) -> list[Anchor]:
    """Return the pictures between the last paragraph and the end of the article, with captions alone between.

    One there that leads elsewhere is the teaser of another article.
    """
    last = max((index for index, flag in enumerate(keep) if flag), default=-1)
    near = [each for each in page.images if each.block > last] if last >= 0 else []
    own = _article(page, keep, last) if near else range(0)
    end = last + 1
    while end < len(page.leaves) and _is_named_caption(path_of(page.containers, page.leaves[end].container).lower()):
        end += 1
    out = []
    for each in near:
        if each.block <= end and each.place in own and not each.is_linked and not _SIGN.search(each.url):
            around = page.containers[each.place]
            # A frame of its own for the picture stands in the one that holds the text, too.
            outer = page.containers[around.parent] if around.parent in own else around
            if all(of.start <= last or of.end <= end for of in (around, outer)):  # else a portrait, a teaser
                out.append(each)
    return out


def _article(page: Page, keep: Sequence[bool], last: int) -> range:
    """Return the containers of the article: within the smallest around its last block that holds half of its text.

    Or within ``article`` right around that one.
    """
    told = [0, *accumulate(len(leaf.text) if kept else 0 for leaf, kept in zip(page.leaves, keep, strict=True))]
    containers = page.containers
    for place in page.around(page.leaves[last].container):
        if (told[last + 1] - told[containers[place].start]) * 2 >= told[-1]:
            above = containers[place].parent
            own = above if above >= 0 and containers[above].tag == "article" else place
            behind = range(own + 1, len(containers))
            ends = (each for each in behind if containers[each].depth <= containers[own].depth)
            return range(own, next(ends, len(containers)))
    return range(0)


def _lead(page: Page, keep: Sequence[bool], heads: Tree) -> Anchor | None:
    """Return the picture at the article that the page's data shows for it (``og:image``), the nearest to its opening.

    It stands above the first block with the headline and the credits. Of 301 pages with such a picture 126 have it by
    their blocks and 120 more so.
    """
    kept = [index for index, flag in enumerate(keep) if flag]
    told = {
        _name(content)
        for meta in heads.iter("meta")
        if (meta.get("property") or meta.get("name") or "").lower() in _SHARED
        and (content := (meta.get("content") or "")[:MAX_ADDRESS])
    }
    told = {name for name in told if len(name) >= MIN_NAME and not _OF_SITE.search(name)}
    if not kept or not told:
        return None
    near = [each for each in page.images if kept[0] - ABOVE <= each.block <= kept[-1] and _name(each.url) in told]
    above = [each for each in near if each.block <= kept[0]]
    return above[-1] if above else next(iter(near), None)


def _name(address: str) -> str:
    """Return the name of a picture's file without what differs between its sizes."""
    name = unquote(address).partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].lower()
    return _SIZE.sub("", _ENDING.sub("", name))


def _shown(page: Page, keep: Sequence[bool], why: Sequence[str]) -> list[bool]:
    """Return which leaves an image may stand before: those kept, and captions by them, which are cut from the text."""
    kept = [index for index, flag in enumerate(keep) if flag]
    out = list(keep)
    # The lead image and its caption stand right above the first paragraph.
    for index in {anchor.block for anchor in page.images if kept and kept[0] - ABOVE_TEXT <= anchor.block <= kept[-1]}:
        if not keep[index]:
            path = path_of(page.containers, page.leaves[index].container).lower()
            named = _is_named_caption(path)
            reason = why[index]
            named = named or (reason in _CREDITS and _OF_PICTURE.search(path.rpartition("/")[2]) is not None)
            out[index] = named or (index > kept[0] and reason not in _OTHERS and _is_below(page, keep, index))
    return out


def _is_named_caption(path: str) -> bool:
    """Tell whether a path in lower case is that of a caption: its element, or the one around it, says so."""
    *above, last = path.rsplit("/", 2)[-2:]
    around = above[0] if above else ""
    if "figcaption" in path or _CAPTION.search(around) or _CAPTION.search(last):
        return True
    return _CREDIT.search(last) is not None and _PICTURED.search(around) is not None


def _is_below(page: Page, keep: Sequence[bool], index: int) -> bool:
    """Tell whether a block that was cut amid the text has the form of a caption: a short line without a link."""
    leaf = page.leaves[index]
    if leaf.kind is not Kind.PARAGRAPH or len(leaf.text) > MAX_CAPTION or leaf.link_chars > LINKED * len(leaf.text):
        return False
    return any(keep[max(0, index - NEAR) : index]) and any(keep[index + 1 : index + 1 + NEAR])
