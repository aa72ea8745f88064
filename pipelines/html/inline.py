"""Words of a sentence that its markup takes out of it: a term that a button explains, a quotation without its marks."""

from __future__ import annotations

from itertools import islice

import lxml.html

from pipelines.forms import weight

_AROUND = frozenset({"p", "li", "dd", "td", "blockquote", "figcaption"})
"""What holds a sentence; in any other element buttons stand in a row, with counts between them."""
TERM, REST, AFTER = 60, 30, 8
"""Characters of the longest term, letters of the shortest sentence around it and of the shortest part behind it: the
button of a form stands behind its sentence. Of 533 public pages one has such buttons, in its notice on data."""
_INLINE = frozenset({"a", "b", "cite", "em", "font", "i", "small", "span", "strong"})
_MARKS = "\"'“”„«»‹›「『《‘’‚"
PIECES, STEPS = 50, 5
"""Pieces of a sentence or quotation, and elements around a quotation, that are looked at."""


def mend_sentences(root: lxml.html.HtmlElement, text: str) -> None:
    """Make words of the buttons amid a sentence, and write the marks that a browser sets around a quotation."""
    if "<button" in text:
        for button in root.iter("button"):
            if button.tail and not button.tail.isspace() and _is_term(button):
                button.tag = "span"
    if "<q" in text:
        for quotation in root.iter("q"):
            _mark(quotation)


def _is_term(button: lxml.html.HtmlElement) -> bool:
    """Say whether a button is a word or two amid a sentence, which goes on behind it."""
    around, after = button.getparent(), " ".join((button.tail or "").split())
    if around is None or around.tag not in _AROUND or weight(after) < AFTER or after[0].isupper() or after[0].isdigit():
        return False
    above = button.getprevious()
    before = " ".join(((around.text if above is None else above.tail) or "").split())
    if not before or not (before[-1].isalpha() or before[-1] in ",，、(（“"):
        return False
    rest = (around.text or "", *(each.tail or "" for each in islice(around, PIECES)))
    if weight(" ".join("".join(rest).split())) < REST:
        return False
    inside = "".join(islice(button.itertext(), PIECES)).strip()
    return 0 < len(inside) <= TERM and not len(button)


def _is_in_sentence(quotation: lxml.html.HtmlElement) -> bool:
    """Say whether an element stands in one that holds a sentence: portals use ``<q>`` in others for labels."""
    around = (each.tag for each in islice(quotation.iterancestors(), STEPS))
    return next((tag for tag in around if tag not in _INLINE), "") in _AROUND


def _mark(quotation: lxml.html.HtmlElement) -> None:
    """Put marks around a quotation that has none of its own."""
    if not _is_in_sentence(quotation):
        return
    said = "".join(islice(quotation.itertext(), PIECES)).strip()
    if not said or said[0] in _MARKS or said[-1] in ":：":
        return
    quotation.text = "“" + (quotation.text or "").lstrip()
    if len(quotation):
        quotation[-1].tail = (quotation[-1].tail or "").rstrip() + "”"
    else:
        quotation.text = quotation.text.rstrip() + "”"
