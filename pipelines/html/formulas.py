"""Formulas in the run of a text: one of MathML, or that a script is to set, says what it is in TeX or by its letters.

Half a sentence of mathematics without its formulas says nothing. Where a program has set a formula for the eye as well
(KaTeX, MathJax), that copy goes: its letters lie about in the order of their boxes.
"""

from __future__ import annotations

import re

import lxml.etree
from lxml.html import HtmlElement

_STYLED = re.compile(r"\{\\(?:display|text)style\s?(.*)\}", re.DOTALL)
"""What MediaWiki puts around each formula."""
_LETTERS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_SIGNS = {
    **dict.fromkeys(("msup", "mover"), "^"),
    **dict.fromkeys(("msub", "munder"), "_"),
    **dict.fromkeys(("msubsup", "munderover"), "_^"),
    "mfrac": "/",
}
"""What stands before the second and the third part of an element."""
_NOTES = frozenset({"annotation", "annotation-xml"})
_SET = re.compile(r"katex-html|MathJax(?!_(?:Preview|Error))", re.IGNORECASE)
"""What the copies for the eye are called."""


def write_formulas(root: HtmlElement, text: str) -> None:
    """Put the text of each formula into the tree where it stands."""
    if "<math" in text:
        for formula in _outermost(root):
            if written := _written(formula):
                _drop_copies(formula)
                _write(formula, written)
    if "math/tex" in text:
        for script in [each for each in root.iter("script") if (each.get("type") or "").startswith("math/tex")]:
            before = script.getprevious()
            if before is None or not _SET.search(before.get("class") or ""):
                _write(script, " ".join((script.text or "").split()))


def _outermost(root: HtmlElement) -> list[HtmlElement]:
    events = lxml.etree.iterwalk(root, events=("start",), tag="math")
    found = []
    for _, element in events:
        found.append(element)
        events.skip_subtree()
    return found


def _write(element: HtmlElement, written: str) -> None:
    """Make an element of the run of a text of it that holds nothing but these words."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "span", written, tail


def _written(formula: HtmlElement) -> str:
    """Return a formula in TeX where it says so, else its letters in their order."""
    found = formula.get("alttext")
    if not found:
        notes = (each for each in formula.iter("annotation") if each.get("encoding") == "application/x-tex")
        found = next((each.text for each in notes if each.text), None)
    if not found:
        return _letters(formula)
    found = " ".join(found.split())
    styled = _STYLED.fullmatch(found)
    return styled.group(1).strip() if styled else found


def _letters(formula: HtmlElement) -> str:
    """Return the letters of a formula, with signs for what stands above, below or over another part of it."""
    parts: list[str] = []
    events = lxml.etree.iterwalk(formula, events=("start", "end"))
    for event, element in events:
        if element.tag in _NOTES:
            if event == "start":
                events.skip_subtree()
            continue
        above = element.getparent()
        signs = _SIGNS.get(above.tag, "") if above is not None and element is not formula else ""
        if event == "start":
            before = element.getprevious()
            if signs and before is not None:
                parts.append(signs[-1] if before.getprevious() is not None else signs[0])
            if signs and len(element) > 1:
                parts.append("(")
            if element.tag in _LETTERS:
                parts.append(" ".join((element.text or "").split()))
        elif signs and len(element) > 1:
            parts.append(")")
    return "".join(parts)


def _drop_copies(formula: HtmlElement) -> None:
    """Take away what stands beside a formula, or the element for it alone, and shows the same."""
    around = formula.getparent()
    for beside in () if around is None else (around.getprevious(), around.getnext()):
        if beside is None:
            continue
        if beside.tag in ("nobr", "mjx-math") or (beside.tag == "span" and _SET.search(beside.get("class") or "")):
            tail = beside.tail
            beside.clear()
            beside.tail = tail
