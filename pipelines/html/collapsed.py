"""The rest of a text below a button that unfolds it: there in the page, hidden until somebody asks to read on.

Pages for telephones above all show some paragraphs, "展开全文" or "Read more", and keep the others in an element that
is named or styled as hidden, where the vote takes them for a menu, a form or another article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import islice, takewhile

from pipelines.forms import is_prose
from pipelines.html.blocks import Container, Leaf, Page
from pipelines.html.votes.words import bits
from pipelines.lexicon import fold
from pipelines.model import Kind

NEAR = 3
"""Blocks below the last taken one among which the button stands: a fading line and a count may be above it."""
BUTTONS, STEPS = 20, 50
"""Buttons of a page that are looked at, and elements above a block: pages of millions of both end in time."""
MAX_LABEL = 30
"""Characters of the longest label of such a button."""
PROSE, LINKED, LINK = 0.6, 0.2, 0.7
"""Share of the rest that is running text, at least, and that is links, at most; of a block that is a link.

On about 1,000 real pages one rest is found, of a story on a Sohu page for telephones, and nothing else; without the
button there would be 200 hidden texts, nearly all notices, forms, biographies and teasers. Of 240 pages whose second
half was put below such a button, under four kinds of names, 49 lost it before and 2 do now.
"""
_FOLDED = re.compile(
    r"hid(?:e|den)|collaps|fold|more|rest(?![a-z])|full|expand|toggle|remain|truncat|clamp|left|after|second|all(?![a-z])",
    re.IGNORECASE,
)
_STYLED = re.compile(
    r"display\s{0,3}:\s{0,3}none|height\s{0,3}:\s{0,3}0|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE
)
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_ELSEWHERE = bits(
    ("share", "comment", "subscribe", "ad", "author", "t_nav", "t_footer", "t_form", "t_figcaption", "t_aside")
)
_PAGE = frozenset({"html", "body"})


@cache
def _labels() -> frozenset[str]:
    data = tomllib.loads(resources.files("pipelines").joinpath("data/collapsed.toml").read_text("utf-8"))
    return frozenset(_bare(label) for label in data["buttons"])


def _bare(label: str) -> str:
    return _AROUND.sub("", fold(label))


def with_rest(page: Page, keep: Sequence[bool]) -> list[bool]:
    """Return the choice of blocks with the hidden rest of the text below, or above, a button that unfolds it."""
    out = list(keep)
    ends = (at for at in range(len(out) - 1) if keep[at] and not keep[at + 1])
    near = ((index, at) for index in ends for at in range(index + 1, min(index + 1 + NEAR, len(out))))
    for index, button in islice(((index, at) for index, at in near if _is_button(page, at)), BUTTONS):
        start = next((at for at in (button + 1, index + 1) if _is_rest(page, index, at, button)), None)
        if start is not None:
            _take(page, out, index, start, button)
    return out


def _is_button(page: Page, index: int) -> bool:
    """Tell whether a block is a button that unfolds something, and no link to another page."""
    text = page.leaves[index].text
    if len(text) > MAX_LABEL or _bare(text) not in _labels():
        return False
    leads = (anchor.url for anchor in page.links if anchor.block == index)
    return all(not url or url.startswith(("#", "javascript:")) for url in leads)


def _is_rest(page: Page, last: int, start: int, button: int) -> bool:
    """Tell whether a hidden part of the text's own element begins with a block: running text without links."""
    if start >= len(page.leaves) or start == button:
        return False
    part = _part(page, last, start)
    if part is None or not _is_hidden(page, part):
        return False
    leaves = [leaf for leaf in page.leaves[part.start : part.end] if _is_text(page, leaf, part)]
    chars = sum(len(leaf.text) for leaf in leaves)
    prose = [leaf.kind is not Kind.CODE and is_prose(leaf.text) for leaf in leaves]
    # Lines of a dialogue are no prose by themselves; those that are made like the text above are its own.
    make = _make_of(page, page.leaves[last])
    alike = (len(leaf.text) for leaf, own in zip(leaves, prose, strict=True) if own or _make_of(page, leaf) == make)
    enough = any(prose) and sum(alike) >= PROSE * chars
    return enough and sum(leaf.link_chars for leaf in leaves) <= LINKED * chars


def _part(page: Page, last: int, start: int) -> Container | None:
    """Return the outermost element around a block that does not hold the last taken one; none right below the page."""
    above = set(page.around(page.leaves[last].container))
    own = list(page.around(page.leaves[start].container))
    outside = next((place for place, index in enumerate(own) if index in above), None)
    if not outside or page.containers[own[outside]].tag in _PAGE:
        return None
    part = page.containers[own[outside - 1]]
    return None if any(page.containers[index].own & _ELSEWHERE for index in own[:outside]) else part


def _is_hidden(page: Page, part: Container) -> bool:
    """Tell whether an element, or one alone in it, says that it is kept back."""
    element = part.element
    for _ in range(3):
        said = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
        if (
            _FOLDED.search(said)
            or _STYLED.search((element.get("style") or "")[:300])
            or element.get("hidden") is not None
        ):
            return True
        if len(element) != 1:
            return False
        element = element[0]
    return False


def _take(page: Page, out: list[bool], last: int, start: int, button: int) -> None:
    """Take the rest, part by part as long as they are made alike; a beginning that the rest repeats goes."""
    seen = {leaf.text for leaf, taken in zip(page.leaves, out, strict=True) if taken}
    make, first = None, page.leaves[start].text
    shown = page.leaves[last].text.rstrip(" .…⋯")
    if len(shown) < len(first) and first.startswith(shown):
        out[last] = False
    while (part := _part(page, last, start)) is not None and make in (None, made := _make(part)) and part.end > start:
        make = made
        for index in range(start, part.end):
            leaf = page.leaves[index]
            out[index] = out[index] or (index != button and leaf.text not in seen and _is_text(page, leaf, part))
        start = part.end
        if start >= len(page.leaves):
            break


def _make_of(page: Page, leaf: Leaf) -> tuple[str, str] | None:
    return _make(page.containers[leaf.container]) if leaf.container >= 0 else None


def _make(part: Container) -> tuple[str, str]:
    return part.tag, part.element.get("class") or ""


def _is_text(page: Page, leaf: Leaf, part: Container) -> bool:
    """Tell whether a block of the rest is text: no link alone, and nothing between says that it is something else."""
    if leaf.link_chars >= LINK * len(leaf.text) or leaf.inner & _ELSEWHERE:
        return False
    above = islice(page.around(leaf.container), STEPS)
    inside = takewhile(lambda index: page.containers[index] is not part, above)
    return not any(page.containers[index].own & _ELSEWHERE for index in inside)
