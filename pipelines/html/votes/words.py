"""Word groups: what class names, ids, roles and tags say of an element's job on the page, as bits of one integer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources

import lxml.html

_WORDS: dict[str, list[str]] = tomllib.loads(
    resources.files("pipelines").joinpath("data/body_words.toml").read_text("utf-8")
)
_MADE = (
    "strong", "t_nav", "t_footer", "t_header", "t_aside", "t_form", "t_figure", "t_article", "t_main", "t_button",
    "s_hidden", "s_body", "t_table", "t_list", "t_figcaption", "t_blockquote", "t_section",
)  # fmt: skip
GROUPS: dict[str, int] = {name: 1 << place for place, name in enumerate([*_WORDS, *_MADE])}
"""Bit of each group. ``strong`` is a name for the body itself, ``t_…`` are tags and roles, ``s_hidden`` a style or
attribute, ``s_body`` itemprop articleBody; the others are lists of words (``data/body_words.toml``)."""
COUNT = len(GROUPS)


def bits(names: Iterable[str]) -> int:
    """Return the bits of several groups."""
    return sum(GROUPS[name] for name in names)


_LOOKUP: dict[str, int] = {}
for _name, _list in _WORDS.items():
    for _word in _list:
        _LOOKUP[_word] = _LOOKUP.get(_word, 0) | GROUPS[_name]

_TAGS = {
    "nav": "t_nav", "footer": "t_footer", "header": "t_header", "aside": "t_aside", "form": "t_form",
    "figure": "t_figure", "article": "t_article", "main": "t_main", "button": "t_button", "fieldset": "t_form",
    "table": "t_table", "ul": "t_list", "ol": "t_list", "dl": "t_list", "figcaption": "t_figcaption",
    "blockquote": "t_blockquote", "section": "t_section", "menu": "t_nav", "label": "t_form",
}  # fmt: skip
_TAG_FLAGS = {tag: GROUPS[group] for tag, group in _TAGS.items()}
_ROLES = {
    "navigation": "t_nav", "contentinfo": "t_footer", "banner": "t_header", "complementary": "t_aside",
    "search": "t_form", "article": "t_article", "main": "t_main", "button": "t_button", "form": "t_form",
    "dialog": "consent", "alertdialog": "consent", "menu": "t_nav", "menubar": "t_nav", "tablist": "t_nav",
}  # fmt: skip

_PARTS = re.compile(r"[A-Z]+[a-z]*|[a-z]+")
"""Letters between other characters and between camel humps: ``navBar-top`` is nav, Bar, top."""
_HIDDEN_STYLE = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)


def flags_of(element: lxml.html.HtmlElement, tag: str) -> int:
    """Return the word groups that an element's tag, class, id, role, style and itemprop speak of."""
    flags = _TAG_FLAGS.get(tag, 0)
    for name, value in element.items():
        if name == "class" or name == "id":
            known = _KNOWN.get(value)
            flags |= named(value) if known is None else known
        elif name not in _TELLING:
            continue
        elif name == "role":
            flags |= _ROLE_FLAGS.get(value, 0)
        elif name == "hidden" or (name == "style" and "none" in value and _HIDDEN_STYLE.search(value[:500])):
            flags |= _HIDDEN
        elif name == "itemprop" and "articlebody" in value[:60].lower():
            flags |= _BODY
    if flags & _COMMENT and tag in _WHOLE:
        flags &= ~_COMMENT
    return flags


_COMMENT, _WHOLE = GROUPS["comment"], frozenset({"html", "body"})
"""Elements that are no comments, whatever their class says of the page: "single-post comments-open"."""
_TELLING = frozenset({"role", "hidden", "style", "itemprop"})
_ROLE_FLAGS = {role: GROUPS[group] for role, group in _ROLES.items()}
_HIDDEN = GROUPS["s_hidden"]
_BODY = GROUPS["s_body"]
_KNOWN: dict[str, int] = {}
_MAX_KNOWN = 50_000


# Names that content systems give to the body itself: a word for the article joined to a word for its text.
_OF_ARTICLE = r"(?:article|entry|post|story|news|blog|single|artikel|articolo|articulo|art|node|item|main|page)"
_OF_TEXT = r"(?:main[_-]?)?(?:body|content|text|txt|copy|inner|detail|details|con|cont|paragraphs?|inhalt|texte)\b"
_BODY_NAME = re.compile(
    rf"(?:^|[\s_-]){_OF_ARTICLE}[\s_-]{{0,2}}{_OF_TEXT}"
    r"|(?:body|content|text|rich|field|wysiwyg)[_-]{0,2}(?:body|text|article|content|copy|editor)\b|\be-content\b"
    r"|trs_editor|js_content|artibody|endtext|zoom\b|wysiwyg|neirong|zhengwen|rte\b|\bprose\b",
    re.I,
)
_UTILITY = re.compile(
    r"(?:^|:)-?pl-(?:[\d\[]|px$)|[a-z]_pl$"
    r"|^(?:has|no|with|without|hide|show)[-_](?:[a-z]+[-_])?comments?$|^comments?[-_](?:enabled|open|closed|feature|off|on)$"
)
"""A distance from the left ("pl-4", "md:pl-[12px]"), which utility classes put on lists and quotations, and no Chinese
word for comments; nor is that the last of several. Nor are comments what a state says of them ("comments-open")."""
_TERM = re.compile(r"(?!(?:type|format|status|post|entry|article|has)-)[a-z][a-z_]*-.")
"""What WordPress calls a post by its topics, "tag-coral" and "category-forum", between "type-post" and "hentry": it
says what the article is about."""
_SECOND_HALF = re.compile(rf"[_-]?{_OF_TEXT}", re.I)
_BODY_NAME_HOLDS = re.compile(
    "con|body|text|detail|inner|txt|copy|paragraph|inhalt|article|editor|zoom|wysiwyg|neirong|zhengwen|rte|prose"
)
"""A word that every name of ``_BODY_NAME`` holds: most hold none, and are spared the dear pattern."""
_SECOND = 1 << COUNT
"""Mark of a name that begins as the second word of "article body" does."""
_KNOWN_NAMES: dict[str, int] = {}
"""Groups of single names: sites share names (``row``, ``col-md-6``) more than values."""


def named(value: str) -> int:
    """Return the groups of the words in a class or id: whole names, then parts at hyphens and camel humps."""
    flags = 0
    whole, value = value, value[:300]
    names = value.split()
    if "hentry" in names or ("type-" in value and "status-" in value):
        names = [name for name in names if not _TERM.match(name)]
    for name in names:
        known = _KNOWN_NAMES.get(name)
        flags |= _of_name(name) if known is None else known
    if flags & _SECOND:
        # The one name of a body that runs over two names of a value: "article body".
        if len(names) > 1 and _BODY_NAME.search(value):
            flags |= GROUPS["strong"]
        flags ^= _SECOND
    if len(_KNOWN) >= _MAX_KNOWN:
        _KNOWN.clear()
    _KNOWN[whole] = flags
    return flags


def _of_name(name: str) -> int:
    """Return the groups of one name and of its parts, and ``_SECOND`` for the second half of a name for the body."""
    lower = name.lower()
    flags = _LOOKUP.get(lower, 0)
    if not _UTILITY.search(lower):
        for part in _PARTS.findall(name):
            flags |= _LOOKUP.get(part.lower(), 0)
    # Beyond ASCII there are letters that the patterns take for s and k.
    if _BODY_NAME_HOLDS.search(lower) or not name.isascii():
        if _BODY_NAME.search(name):
            flags |= GROUPS["strong"]
        if _SECOND_HALF.match(name):
            flags |= _SECOND
    if len(_KNOWN_NAMES) >= _MAX_KNOWN:
        _KNOWN_NAMES.clear()
    _KNOWN_NAMES[name] = flags
    return flags
