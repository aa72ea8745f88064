"""Text that a page keeps folded away for its scripts: in template scripts, ``<template>`` or ``<noscript>``.

Blogs put a whole post into ``<script type="text/template">`` and let a script lay it out. Used only where the tree
shows next to no text, because elsewhere such markup is a form, a comment to fill in or a second copy.
"""

from __future__ import annotations

import lxml.html

from pipelines.forms import is_prose, width
from pipelines.html.embedded import MAX_SCRIPT, MAX_SCRIPTS, MIN_PROSE
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

TYPES = frozenset(("text/template", "text/x-template", "text/html", "text/x-handlebars", "text/x-jquery-tmpl"))
_FOLDED = ("template", "noscript")


def unfold(root: lxml.html.HtmlElement) -> bool:
    """Put folded running text into the tree, where it stands; say whether there was any."""
    seen: set[str] = set()
    room = MAX_SCRIPTS
    for script in [each for each in root.iter("script") if (each.get("type") or "").strip().lower() in TYPES]:
        text = script.text or ""
        if not MIN_PROSE <= len(text) <= min(MAX_SCRIPT, room):
            continue
        room -= len(text)
        inner = parse(f"<html><body><div>{text}</div></body></html>")
        if inner is not None and _is_news(inner, seen):
            script.tag, script.text = "div", None
            script.extend(list(inner.find("body")))
    for element in list(root.iter(*_FOLDED)):
        name, element.tag = element.tag, "div"
        if not _is_news(element, seen):
            element.tag = name
    return bool(seen)


def _is_news(element: lxml.html.HtmlElement, seen: set[str]) -> bool:
    """Say whether an element holds running text that was not ``seen``, and remember that: copies come in pairs."""
    prose = {leaf.text for leaf in Walker().walk(element).leaves if is_prose(leaf.text)} - seen
    enough = sum(map(width, prose)) >= MIN_PROSE
    if enough:
        seen |= prose
    return enough
