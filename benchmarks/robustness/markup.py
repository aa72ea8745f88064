"""Changes of a page's source: names of elements, their nesting and tags. A reader sees the same page.

A change takes the tree and the truth's body, changes the tree in place and says whether there was anything to change.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

import lxml.etree
import lxml.html

Tree = lxml.html.HtmlElement
Change = Callable[[Tree, str], bool]

LEAST = 4
"""Paragraphs of the truth that one element must hold to be called the article's."""
POST = "post-812 post type-post status-publish format-standard hentry category-{0} tag-{0}"
"""The class that WordPress gives to the element of a post."""


def _elements(tree: Tree) -> Iterator[Tree]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _article(tree: Tree, body: str) -> tuple[Tree, list[Tree]] | None:
    """Return the element that holds most paragraphs of the truth, and these; None where there are few."""
    told = re.sub(r"\s", "", body)
    said = ((each, re.sub(r"\s", "", each.text_content())) for each in tree.iter("p"))
    own = [each for each, text in said if len(text) > 20 and text[:40] in told]
    homes = Counter(each.getparent() for each in own)
    if not homes or homes.most_common(1)[0][1] < LEAST:
        return None
    home = homes.most_common(1)[0][0]
    return home, [each for each in own if each.getparent() is home]


def _filled(element: Tree, children: list[Tree]) -> Tree:
    for child in children:
        element.append(child)
    return element


def _made(tag: str, name: str, text: str | None = None) -> Tree:
    element = lxml.html.Element(tag)
    if name:
        element.set("class", name)
    element.text = text
    return element


def names_hashed(tree: Tree, body: str) -> bool:
    """Put something that says nothing in the place of every class and id."""
    for element in _elements(tree):
        for attribute in ("class", "id"):
            if value := element.get(attribute):
                element.set(attribute, " ".join(f"c{zlib.crc32(name.encode()):x}" for name in value.split()))
    return True


def tags_plain(tree: Tree, body: str) -> bool:
    """Make ``div`` of the tags that say what they hold, and drop roles."""
    for element in _elements(tree):
        if element.tag in ("article", "main", "section", "header", "footer", "nav", "aside", "figure", "figcaption"):
            element.tag = "div"
        for attribute in ("role", "itemprop"):
            element.attrib.pop(attribute, None)
    return True


def data_gone(tree: Tree, body: str) -> bool:
    """Drop scripts and what ``meta`` says of the article, as programs do that save pages."""
    for element in [*tree.iter("script"), *tree.iter("meta")]:
        if element.tag == "script" or element.get("property") or element.get("name"):
            element.drop_tree()
    return True


def paragraphs_as(tag: str) -> Change:
    """Return the change that sets the article's paragraphs in another tag."""

    def change(tree: Tree, body: str) -> bool:
        found = _article(tree, body)
        for each in found[1] if found else ():
            each.tag = tag
        return found is not None

    return change


def article_in(name: str) -> Change:
    """Return the change that puts all of the article's element into one of this class."""

    def change(tree: Tree, body: str) -> bool:
        if (found := _article(tree, body)) is None:
            return False
        home = found[0]
        inner = _made("div", name, home.text)
        home.text = None
        home.append(_filled(inner, list(home)))
        return True

    return change


def page_in(name: str) -> Change:
    """Return the change that puts all of the page into an element of this class."""

    def change(tree: Tree, body: str) -> bool:
        page = tree.find("body")
        if page is None:
            return False
        page.append(_filled(_made("div", name), list(page)))
        return True

    return change


def each_in(name: str) -> Change:
    """Return the change that puts each of the article's paragraphs into an element of this class."""

    def change(tree: Tree, body: str) -> bool:
        if (found := _article(tree, body)) is None:
            return False
        home, paragraphs = found
        for each in paragraphs:
            box, place = _made("div", name), home.index(each)
            box.tail, each.tail = each.tail, None
            home[place] = box
            box.append(each)
        return True

    return change


def rest_in(name: str, button: str = "") -> Change:
    """Return the change that puts the second half of the article into an element of this class, below a button."""

    def change(tree: Tree, body: str) -> bool:
        if (found := _article(tree, body)) is None:
            return False
        home, paragraphs = found
        rest = list(home)[home.index(paragraphs[len(paragraphs) // 2]) :]
        if button:
            home.append(_made("div", "btn-more", button))
        home.append(_filled(_made("div", name), rest))
        return True

    return change


CHANGES: dict[str, Change] = {
    "as it is": lambda tree, body: True,
    "names hashed": names_hashed,
    "tags without meaning": tags_plain,
    "scripts and data gone": data_gone,
    **{f"paragraphs in {tag}": paragraphs_as(tag) for tag in ("div", "span", "li", "blockquote", "pre")},
    **{f"page in {name}": page_in(name) for name in ("has-sidebar", "comments", "related-content", "modal", "hide")},
    **{
        f"article in {name}": article_in(name)
        for name in ("kommentar", "comment-body", "related-content", "newsletter", "paywall", "hide", "ad-container")
    },
    **{f"article a post on {name}": article_in(POST.format(name)) for name in ("forum", "coral", "cookies")},
    **{f"paragraphs each in {name}": each_in(name) for name in ("row", "paywall", "ad-wrapper", "slide")},
    **{f"second half in {name}": rest_in(name) for name in ("row", "paywall", "more", "hide")},
    **{
        f"second half in {name}, below a button": rest_in(name, ("展开全文", "Read more")[at % 2])
        for at, name in enumerate(("hidden-content", "more hide", "collapsed", "full"))
    },
}
