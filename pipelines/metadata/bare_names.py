"""Names that no word introduces: beside the date, under the title, above a biography, at the article's end."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice, pairwise

from pipelines.metadata import bylines, moments, people, pictures, tidying, words
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Line, text_of

_IS_A = re.compile(r"(?:is|was|ist|war|est|es|é|è|jest|является)\b")
READING = re.compile(r"\bmin(?:ute)?s?\b.{0,6}\bread|\bLesezeit|阅读|閱讀", re.IGNORECASE)
"""How long it takes to read, which pages say beside the date."""
BIOGRAPHY_REACH = 20
"""Lines from the article's end within which a biography counts: questions and answers come after it on some pages."""
REACH, ABOVE, LONGEST = 6, 4, 40
"""Lines under and above the title among which a name may stand alone, and characters of the longest name."""
MENTION = re.compile(
    r"(?:About(?: the author)?|More (?:by|from)|Über|Mehr von|À propos de|Sobre|Acerca de|Más de|Over|O autorze"
    r"|Об авторе)"
    r"\s?:?\s([^\W\d_].{3,40})$"
)
"""What introduces an author's portrait behind the article."""
_BY = re.compile(r"\bby\b", re.IGNORECASE)
CATEGORY = re.compile(
    r"/(?:categor(?:y|ies|ia|ias|ía|ías|ie)|tags?|topics?|sections?|kategori[ae]n?|rubri(?:k|ken|que|ques|ka)|temas?|themen?"
    r"|tematy|channels?|archives?)/|[?&]cat(?:egory)?=|\btag\b",
    re.IGNORECASE,
)
"""Where sites list what they have on a subject."""
PLACE = 24
"""Characters of the longest line between a name and its date that is a place in capitals."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PROSE = 100
"""Lines of an article that are looked at for what it says of a name."""
NOTES_REACH = 4
"""Lines of notes that may stand between the signature and the article's end."""


def before_body(lines: Sequence[Line], start: int) -> tuple[str, ...]:
    """Return the Chinese names that stand alone right before the first paragraph."""
    for line in lines[start : start + 12]:
        if len(line.text) >= 80:
            break
        following = lines[line.index + 1 : line.index + 5]
        body_next = any(len(each.text) >= 80 for each in following[:2])
        bare_page = line.index < 6 and len(following) == 4 and not any(each.linked for each in following)
        if 2 <= len(line.text) <= 24 and not line.linked and (body_next or bare_page):
            names = tuple(people.split(line.text))
            if people.are_han_names(names) and not any(map(_is_han_place, names)):
                return names
    return ()


def beside_date(
    lines: Sequence[Line], no: Sequence[str], title_line: int | None, timed: Collection[int] = ()
) -> tuple[str, ...]:
    """Return the names that stand alone within four lines of the title, on or beside the line of the date.

    ``timed`` are the lines with an element of the time, which may show no more than "today, 09:22".
    """
    if title_line is None:
        return ()
    title = key(lines[title_line].text)
    for line in lines[title_line + 1 : title_line + 2]:
        pieces = [tidying.tidy(piece) for piece in people.split(line.text[:200]) if not piece.isdigit()]
        if len(pieces) > 1 and all(_is_bare_name(name) and key(name) not in title for name in pieces):
            return tuple(pieces)
    around = [line for line in lines[title_line + 1 : title_line + REACH + 2] if len(line.text) <= 80]
    for position, line in enumerate(around):
        if line.index > title_line + REACH:
            break
        found = moments.find(line.text, day_first=True)
        beside = [line, *around[position + 1 : position + 2]]
        if len(beside) == 2 and _is_between(beside[1].text):
            beside += around[position + 2 : position + 3]  # "Lucía Pérez", "GIJÓN.", the date
        if not any(_is_dated(each, timed) for each in beside):
            continue
        text = line.text
        if found:
            text = text[: found[0].start].strip() or bylines.without_unit(text[found[-1].end :])
        parts = people.split(people.without_places(text))
        behind = (part for part in parts[1:] if not _is_house(part))
        pieces = [tidying.tidy(part) for part in (*parts[:1], *behind)]  # an agency may stand behind a name
        if _credits(text, lines[line.index - 1].text) or _is_category(line):
            continue
        if pieces and all(_is_bare_name(name) and key(name) not in title for name in pieces):
            names = tuple(name for name in pieces if people.is_person(name, no))
            if names and not _is_place(names[0], lines[title_line + 1 : title_line + PROSE]):
                return names
    return ()


def _is_place(name: str, lines: Sequence[Line]) -> bool:
    """Tell whether the article says of a name that something is in it: "dans le Grand Est"."""
    if dense(name) or not any(name in line.text for line in lines if line.text != name):
        return False
    heads = "|".join(map(re.escape, words.words("people", "place_heads")))
    inside = re.compile(rf"\b(?P<head>{heads})\s{re.escape(name)}\b(?!['’])")  # "in Jane Doe's novel"
    return any(not _joins(found, line.text) for line in lines for found in inside.finditer(line.text))


def _joins(found: re.Match[str], text: str) -> bool:
    """Tell whether the word before a name is an "and" behind another: "Kees Smit en Piet Jansen"."""
    if found["head"] not in words.words("people", "joints"):
        return False
    before = text[max(0, found.start() - 40) : found.start()].split()
    return bool(before) and before[-1][:1].isupper()


def _credits(text: str, above: str) -> bool:
    """Tell whether a word says what somebody did: "Edited by Jane Doe", "Jane Doe/Getty Images".

    Or the line above it does: "News provided by".
    """
    other = above.casefold().strip(" :") in words.words("people", "other")
    return other or _BY.search(text) is not None or bylines.without_others(text) != text or pictures.is_credit(text)


def _is_between(text: str) -> bool:
    """Tell whether a line may stand between a name and its date: a place in capitals, an account, a post."""
    tokens = text.casefold().split()
    post = len(tokens) <= 4 and bool(tokens) and tokens[-1] in words.words("people", "posts")
    return (text.isupper() and len(text) <= PLACE) or (text[:1] == "@" and len(tokens) == 1) or post


def _is_category(line: Line) -> bool:
    """Tell whether a line links to a category of the site: it is the label of a section."""
    links = islice(line.element.iter("a"), 4)
    return line.linked > 0 and any(CATEGORY.search((link.get("href") or "")[:300]) for link in links)


def _is_house(part: str) -> bool:
    """Tell whether what stands behind a name is an agency's or a paper's: "Jana Nováková / ČTK", 张三/港城日报."""
    return part.casefold() in words.words("people", "nobody") or (dense(part) and people.is_group(part))


def _is_dated(line: Line, timed: Collection[int]) -> bool:
    """Tell whether a line says when an article was out, or how long it takes to read, which stands beside that."""
    return bool(line.index in timed or moments.find(line.text, day_first=True) or READING.search(line.text))


def under_title(lines: Sequence[Line], title_line: int | None) -> tuple[str, ...]:
    """Return the name that stands alone right under the title, if a biography on the page begins with it."""
    if title_line is None or title_line + 1 >= len(lines):
        return ()
    name = lines[title_line + 1].text
    if len(name) > 60 or not _is_bare_name(name):
        return ()
    return (name,) if any(begins_biography(line.text, name) for line in lines) else ()


def mentioned(lines: Sequence[Line], title_line: int | None, end: int) -> tuple[str, ...]:
    """Return the name that stands alone by the title, if a line behind the article says "About" or "More from" it."""
    if title_line is None:
        return ()
    around = lines[max(0, title_line - ABOVE) : title_line + REACH]
    alone = {
        line.text
        for line in around
        if line.index != title_line and len(line.text) <= LONGEST and _is_bare_name(line.text)
    }
    if not alone:
        return ()
    said = (MENTION.match(line.text) for line in lines[end : end + BIOGRAPHY_REACH] if len(line.text) <= 2 * LONGEST)
    return next(((match[1],) for match in said if match and match[1] in alone), ())


def begins_biography(text: str, name: str) -> bool:
    """Tell whether a text begins "Jane Doe is a …"."""
    rest = text.removeprefix(name)
    return rest != text and _IS_A.match(rest.lstrip()) is not None


def with_biography(lines: Sequence[Line], end: int) -> tuple[str, ...]:
    """Return the name that stands alone near the article's end and begins the sentence after it: "Jane Doe is a …".

    Questions and answers may come after it; of several such names none is taken, they are what the article is about.
    """
    found = {
        line.text
        for line, following in pairwise(lines[max(0, end - BIOGRAPHY_REACH) : end + 13])
        if begins_biography(following.text, line.text)
        and len(line.text.split()) <= 3
        and people.is_spaced_name(line.text)
    }
    return tuple(found) if len(found) == 1 else ()


def signature(lines: Sequence[Line], end: int, no: Sequence[str]) -> tuple[str, ...]:
    """Return the name that stands alone, set to the right or in a face of its own, among the article's last lines."""
    for line in lines[max(0, end - NOTES_REACH) : end + 2]:
        if line.linked or line.foreign is not None or line.element.tag in HEADINGS or not _is_bare_name(line.text):
            continue
        style = f"{line.element.get('style') or ''} {line.element.get('align') or ''}"[:200]
        # A bold line is the heading of what follows more often than a name.
        faces = [child for child in line.element if child.tag in ("em", "i")]
        if "right" in style or (len(faces) == 1 and key(text_of(faces[0])) == key(line.text)):
            return (line.text,) if people.is_person(line.text, no) else ()
    return ()


def _is_bare_name(text: str) -> bool:
    """Tell whether a text that no word introduces is a name: a Chinese one, or two or three capitalised words."""
    spaced = len(text.split()) <= 3 and people.is_spaced_name(text)
    named = spaced or (people.is_han_name(text) and not _is_han_place(text))
    return named and bylines.without_others(text) == text


def _is_han_place(text: str) -> bool:
    """Tell whether a text is a place by its last character, which no word beside it tells from a name: 温州市, 温州."""
    return text[-1:] in words.table("people")["place_ends"] or (len(text) == 2 and text.endswith("州"))
