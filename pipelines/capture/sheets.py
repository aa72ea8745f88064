"""The pages of a text made from a printed document: their headers, footers and numbers go, and the text runs on.

Form feeds part the pages. A header or footer is a line among the outermost of its page that stands on another page as
well, numbers aside; the header of the first page stays, it may be the title. The text keeps its number of lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipelines import forms
from pipelines.capture import hyphens

EDGE = 2
"""Lines with text at the top and at the foot of a page that may be a header or a footer."""
LEAST = 10
"""Letters of a footer that goes wherever it stands: what floats on a page is printed out behind its footer."""
SKIPPED = "\u2060"
"""What stands in place of a line that is none, not even a blank one; it is never seen."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[ \t\r]*(?:\n|\f))")
_NUMBERS = re.compile(r"\d+")
_PRINTED = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d\d(?:\s?[AP]M)?\s*", re.IGNORECASE)
"""When a browser printed the page, which stands before its title."""
_FOLIO = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|pág\.|pag\.|p\.|s\.|стр\.|第)\s?)?\d{1,4}(?:\s?(?:/|of|von|de|di|sur|из)\s?\d{1,4})?"
    r"\s?[页頁]?\W*",
    re.IGNORECASE,
)


def joined(text: str) -> str:
    """Return the text of a document without what is printed on every page; one without pages as it is."""
    if "\f" not in text.strip("\f\r\n "):
        return text
    pages = [page.split("\n") for page in text.split("\f")]
    tops, feet = [_edge(page, 1) for page in pages], [_edge(page, -1) for page in pages]
    marks = [{_mark(page[at]) for at in (*top, *foot)} for page, top, foot in zip(pages, tops, feet, strict=True)]
    seen = Counter(mark for each in marks for mark in each)
    often = {mark for mark, times in seen.items() if 2 * times > len(pages) and len(mark) >= LEAST}
    for number, page in enumerate(pages):
        for at, line in enumerate(page):
            if number == 0 and at in tops[0]:
                page[at] = _PRINTED.sub("", line) or SKIPPED
            elif at in tops[number] or at in feet[number]:
                page[at] = SKIPPED if seen[_mark(line)] > 1 or _FOLIO.fullmatch(line) else line
            elif often and _mark(line) in often:
                page[at] = SKIPPED
    for page, following in pairwise(pages):
        _run_on(page, following)
    return _HYPHEN.sub(hyphens.DIVIDED, "\f".join("\n".join(page) for page in pages))


def _edge(page: Sequence[str], step: int) -> list[int]:
    """Return the places of the first lines with text of a page, or (-1) of the last ones."""
    return [at for at in range(len(page))[::step] if page[at].strip()][:EDGE]


def _mark(line: str) -> str:
    return _NUMBERS.sub("0", forms.squeeze(line).casefold())


def _run_on(page: list[str], following: list[str]) -> None:
    """Take the blank lines away between two pages where a sentence runs over from one to the other."""
    last, first = _said(page, -1), _said(following, 1)
    if last is None or first is None or forms.ends_sentence(page[last].strip()):
        return
    opening = following[first].strip()[0]
    if not (opening.islower() or forms.is_wide(opening)):
        return
    page[last + 1 :] = [SKIPPED] * (len(page) - last - 1)
    following[:first] = [SKIPPED] * first


def _said(page: Sequence[str], step: int) -> int | None:
    """Return the place of the first line of a page that is said, or (-1) of the last one."""
    return next((at for at in range(len(page))[::step] if page[at].replace(SKIPPED, "").strip()), None)
