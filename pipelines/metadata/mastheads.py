"""The day that a site's own header shows its readers: today's, whatever article stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from pipelines.metadata import words
from pipelines.metadata.tree import Line

LINKS = 3
"""Links between a day and the title from which they are a menu; an article has one or two, to its sections."""
MAX_LINES = 400
"""Lines above the title that are looked at for a menu."""
MAX_INSIDE = 30
_CLIMB = 4
"""Elements around a date that may be named for today's, where no title tells which of them are the page's."""
_MENU = re.compile(r"(?:^|-|main|top)(?:nav|navbar|navigation|menu)(?:$|-)")
_ENTRY = re.compile(r"(?:^|-)(?:article|post|hentry|entry|story)(?:$|-)")
_WHOLE = frozenset({"html", "body"})
_TOP = frozenset({"top", "topbar", "top-bar", "header", "masthead", "site-header", "header-top", "top-header"})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_todays(
    lines: Sequence[Line],
    index: int,
    element: HtmlElement,
    raw: str,
    *,
    title: int | None,
    prose: Sequence[int],
    fetched: bool,
) -> bool:
    """Tell whether a date that no word calls the article's is that of the site's header, above the title and a menu.

    ``element`` is the date's own, on the line ``index``; ``raw`` the date as it is written. ``fetched``: it is the day
    on which the page was fetched.
    """
    if title is not None and (index >= title or title >= len(lines)):
        return False
    around = set(_upwards(lines[title].element)) if title is not None else set()
    own = list(_apart(element, around))
    if any(map(_is_named_today, own if around else own[:_CLIMB])) or _holds_today(element, raw):
        return True
    if title is None:
        return False
    if _says_today(lines[index].text.partition(raw)[0]):
        return True
    entry = _entry(lines, title, prose, around)
    inside = entry is not None and entry in _upwards(element)
    if not inside and fetched and any(each.tag == "header" or not _TOP.isdisjoint(_names(each)) for each in own):
        return True
    return _has_menu(lines, index, title, entry, inside=inside)


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield an element and those around it."""
    yield element
    yield from element.iterancestors()


def _apart(element: HtmlElement, around: set[HtmlElement]) -> Iterator[HtmlElement]:
    """Yield an element and those around it that do not hold the title as well."""
    for each in _upwards(element):
        if each in around:
            return
        yield each


def _names(element: HtmlElement) -> list[str]:
    """Return an element's classes and its id, lower case."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300].lower().replace("_", "-").split()


def _is_named_today(element: HtmlElement) -> bool:
    """Tell whether an element's class or id calls what it holds today's day, or the weather."""
    return not words.words("dates", "today_classes").isdisjoint(_names(element))


def _holds_today(element: HtmlElement, raw: str) -> bool:
    """Tell whether an element inside is named so and holds the date."""
    inside = islice(element.iterdescendants(), MAX_INSIDE)
    return any(
        _is_named_today(each) and raw in " ".join("".join(each.itertext()).split())
        for each in inside
        if isinstance(each.tag, str)
    )


def _says_today(before: str) -> bool:
    """Tell whether all that stands before a date, but for the weekday, is "today": "USA Today" is a paper."""
    weekdays = words.words("dates", "weekdays")
    said = " ".join(word for word in _WORD.findall(before[-60:].casefold()) if word not in weekdays)
    return said in words.words("dates", "today")


def _entry(lines: Sequence[Line], title: int, prose: Sequence[int], around: set[HtmlElement]) -> HtmlElement | None:
    """Return the element of the article: the innermost with its title and first paragraph, or an outer one so named."""
    first = next((each for each in prose if title < each < len(lines)), None)
    inner = lines[title].element.getparent()
    if first is not None:
        inner = next((each for each in _upwards(lines[first].element) if each in around), None)
    around_it = [] if inner is None else [each for each in _upwards(inner) if each.tag not in _WHOLE]
    return next((each for each in reversed(around_it) if _is_entry(each)), inner)


def _is_entry(element: HtmlElement) -> bool:
    """Tell whether an element is called that of the article."""
    return element.tag in ("article", "main") or any(map(_ENTRY.search, _names(element)))


def _has_menu(lines: Sequence[Line], index: int, title: int, entry: HtmlElement | None, *, inside: bool) -> bool:
    """Tell whether the site's menu stands between a date and the title.

    ``inside``: the date is in the element that holds the article. Links to its sections stand there, too: only what is
    called a menu is one.
    """
    links = named = 0
    for line in lines[index : min(title, index + MAX_LINES)]:
        if not line.linked or (line.index > index and line.linked * 2 < len(line.text)):
            continue
        if line.index > index and entry is not None and not inside and entry in _upwards(line.element):
            break
        number = max(1, sum(1 for _ in islice(line.element.iter("a"), LINKS)))
        links += number
        if line.foreign is not None and _is_menu(line.foreign):
            named += number
    return named >= LINKS or (links >= LINKS and not inside)


def _is_menu(frame: HtmlElement) -> bool:
    """Tell whether a frame is called a menu; the path to the page is none."""
    names = _names(frame)
    return not any("crumb" in name for name in names) and (frame.tag == "nav" or any(map(_MENU.search, names)))
