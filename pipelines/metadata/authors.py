"""Who wrote the article: persons the page names, never an editor, a source, an agency, a form label or the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from pipelines.metadata import (
    asides,
    bylines,
    capitals,
    dense_bylines,
    elements,
    moments,
    people,
    posters,
    suffixes,
    teasers,
    tidying,
    walk,
    words,
    written,
)
from pipelines.metadata.bylines import from_byline
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import dense, key
from pipelines.metadata.tree import Line, Page, Sighting, text_of

__all__ = ["find", "from_byline", "from_text"]

_ABOUT = re.compile(
    r"^(?:About|(?:Read )?more (?:from|by)|(?:Posts|Articles|Stories) by"
    r"|Über|À propos de|Sobre|Acerca de|Over|O autorze:?|Об авторе:?)\s(?:the author:?\s)?",
    re.IGNORECASE,
)
_HANGUL = re.compile("[가-힣]{2,12}$")
_HOUSE = re.compile(r"\s[:：｜]\s")
"""Between a Japanese name and its house: "長谷川 隆 : 港新聞 記者"."""
_MAIL = re.compile(r"[<(]?[\w.+-]{1,64}@[\w-]+\.[\w.-]+[>)]?")
_INVERTED = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: [^\W\d_]\.?)?")
"""A family and a given name: two single words are no two authors."""
_KANA = re.compile(r"[\u3040-\u30ff]")
_EDITED_MARKS = ("编", "編", "校", "审", "edit", "Edit", "едакт", "edaktor")
_EDITED = re.compile(r"编|編|校|审|[Ee]dit|[Рр]едакт|[Rr]edaktor")


def from_text(text: str, no: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names of an attribute or element that holds nothing but authors; ``no`` are names of the site."""
    text = bylines.without_others(asides.without(clean(text)[: people.MAX_CREDIT]))
    if "@" in text:
        text = _MAIL.sub(" ", text).strip(" ()<>,;|-–/")  # "jane@example.org (Jane Doe)", "Jane Doe <jane@example.org>"
    elif _INVERTED.fullmatch(text):
        text = people.in_order(text)
    if not text or "://" in text or key(text) in map(key, no):
        return ()
    credited = from_byline(text)
    if credited:
        return tuple(name for name in credited if people.is_person(name, no))
    # In data a name with an underscore is a system's ("sina_mobile") more often than a user's.
    return tuple(name for name in people.names_of(text, no) if "_" not in name)


def find(
    page: Page,
    facts: Facts,
    no: Sequence[str],
    title_line: int | None,
    body_end: int | None,
    labels: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return the authors: what the page's data says, else elements named so, else visible bylines by the article.

    ``no`` are names of the site, ``labels`` those of its host. On a Chinese page the visible byline comes before the
    meta element, where many content systems put the editor.
    """
    start = title_line or 0
    metas = list(_metas(page))
    declared = [*facts.authors, *metas]
    top = page.lines[max(0, start - 3) : start + 6]  # all of an article of three lines, and what stands behind it
    own = [line for line in top if body_end is None or not teasers.hold(page.lines, body_end, line.index)]
    shown = [name for line in own for name in from_byline(line.text[:200])]
    # A name that the data gives the author and a byline repeats is the author's, also where the site bears it.
    both = {key(name) for text in declared for name in from_text(text)} & {key(name) for name in shown}
    no = [name for name in no if key(name) not in both or not people.is_spaced_name(name)]
    edited = {key(name) for line in _with_editors(page.lines) for name in _editors(line)}
    # A single word at the end of the title is the site's name ("… | News | Izvestia") unless a byline repeats it or
    # the data calls it a person.
    last = [each for piece in suffixes.pieces(page.title)[0][1:] if (each := piece.strip())[:1].isalpha()][-1:]
    hosts = {key(label) for label in labels} | {key(each) for each in last if " " not in each} - both
    hosts -= {key(name) for name in facts.persons}
    if title_line is not None:
        hosts.add(key(page.lines[title_line].text))  # a short Chinese title has the shape of a name
    from_meta = (from_text(text, no) for text in metas)
    timed = frozenset(each.line for each in page.times[:400] if each.element.get("datetime"))
    sections = page.meta(*words.table("fields")["section"])  # "Port City" beside the date
    seen = written.credited(page.lines, [*no, *sections], title_line, body_end, timed)
    marked = _marked(page, no, title_line, body_end, near=True)
    elsewhere = _marked(page, no, title_line, body_end, near=False)
    stated = iter([_stated(facts, no)])
    posted = posters.names(page, no, title_line)
    told = [stated, from_meta, marked, seen, posted, elsewhere, _card(page, no)]
    if _is_chinese(page.lines[start : start + 30]):
        told = [stated, seen, marked, posted, elsewhere, from_meta]
    for source in told:
        kept: dict[str, str] = {}
        for found in source:
            kept.update((key(name), name) for name in found if _fits(name, () if source is seen else edited, hosts))
            if kept and source is not from_meta:
                break
        if kept:
            # Where the data names somebody else than the byline right under the title, readers see the byline.
            under = {key(name): name for name in shown if people.is_person(name, no) and _fits(name, edited, hosts)}
            if (
                source is from_meta
                and under
                and not any(own in other or other in own for own in under for other in kept)
            ):
                kept = under
            if source is stated or source is from_meta:
                first = next(marked, ())
                kept = _with_rest(kept, under, {key(name): name for name in first if _fits(name, edited, hosts)})
                if source is from_meta:
                    kept = _spelled_out(kept, chain([first], marked, elsewhere))
            names = tuple(_without_owner(kept, page).values())[: people.MAX_STATED]
            return _in_language(names, page, declared)
    return ()


def _in_language(names: tuple[str, ...], page: Page, declared: Sequence[str]) -> tuple[str, ...]:
    """Return the names as the page's language has them; ``declared`` are those of its data."""
    language = (page.language or "").lower()
    if language.startswith("ro"):
        names = tuple(name.removeprefix("De ") for name in names)  # "by", no noble's particle
    if not language.startswith(capitals.OWN_LETTERS):
        return names
    text = "\n".join([*declared, *(line.text for line in page.lines)])
    return tuple(capitals.in_language(name, language, text) for name in names)


def _metas(page: Page) -> Iterator[str]:
    """Yield the authors that meta elements state, the card's "Written by" among them."""
    for name in words.table("fields")["author"]:
        for value in page.meta(name):
            yield people.in_order(value) if name in words.table("fields")["inverted"] else value
    for number in ("1", "2", "3"):
        for said, value in zip(page.meta(f"twitter:label{number}"), page.meta(f"twitter:data{number}"), strict=False):
            if said.casefold().strip(" :") in words.words("people", "by"):
                yield value


def _card(page: Page, no: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield whom the card calls the page's maker, where that is a name and no account."""
    yield tuple(
        name for name in page.meta("twitter:creator") if people.is_spaced_name(name) and people.is_person(name, no)
    )


def _is_chinese(lines: Sequence[Line]) -> bool:
    """Tell whether lines are Chinese: in a dense script, without kana."""
    sample = "".join(line.text for line in lines)[:600]
    return dense(sample) and not _KANA.search(sample)


def _without_owner(names: dict[str, str], page: Page) -> dict[str, str]:
    """Return the names but for those that the page's title ends with or its copyright line names, if any are left."""
    if len(names) == 1:
        return names
    ends = {key(piece) for piece in suffixes.pieces(page.title)[0][1:]}
    names = {own: name for own, name in names.items() if own not in ends} or names
    rights = "".join(
        key(line.text) for line in page.lines[-40:] if "©" in line.text or "copyright" in line.text.lower()
    )
    return {own: name for own, name in names.items() if own not in rights} or names


def _with_rest(names: dict[str, str], *shown: dict[str, str]) -> dict[str, str]:
    """Return the names of the data, or those of a byline that names them and others: the data has room for one."""
    return next((others for others in shown if names.keys() < others.keys()), names)


def _spelled_out(names: dict[str, str], marked: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return the names, those that are a user's name ("mikecason") as elements called author spell them."""
    handles = {own for own, name in names.items() if name.isascii() and name.islower()}
    if not handles:
        return names
    spelled = {key(name): name for name in chain.from_iterable(marked) if " " in name}
    return {own: spelled.get(own, name) if own in handles else name for own, name in names.items()}


def _fits(name: str, edited: Collection[str], hosts: Collection[str]) -> bool:
    """Tell whether a name is neither an editor's nor, as a single word, the host's or the title.

    Nor one that begins with the host's, spaced, and goes on: "Harbour Times UGC" on harbourtimes.example.
    """
    own, tokens = key(name), name.split()
    house = any(key("".join(tokens[:size])) in hosts for size in range(2, len(tokens)))
    return own not in edited and not house and not (" " not in name and own in hosts)


def _stated(facts: Facts, no: Sequence[str]) -> tuple[str, ...]:
    """Return the authors of the JSON-LD; one marked a person may bear the name of their own site."""
    names = tuple(dict.fromkeys(name for text in facts.authors for name in from_text(text, no)))
    own = tuple(name for name in facts.persons if people.is_spaced_name(name))
    return names or own


def _with_editors(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that may credit an editor: a pattern on each of a page's lines would cost ten times as much."""
    every = "\n".join([line.text for line in lines])
    marks = [mark for mark in _EDITED_MARKS if mark in every]
    return (line for line in lines if any(mark in line.text for mark in marks))


def _editors(line: Line) -> tuple[str, ...]:
    """Return the editors a line credits."""
    return bylines.editors(line.text) if len(line.text) <= 300 and _EDITED.search(line.text) else ()


def _marked(
    page: Page, no: Sequence[str], title_line: int | None, body_end: int | None, *, near: bool
) -> Iterator[tuple[str, ...]]:
    """Yield the names in elements called author or byline, within ten lines of the title or farther, nearest first."""
    hints = [hint for hint in page.hints[:600] if "author" in hint.roles and "foreign" not in hint.roles]
    start = title_line or 0
    end = body_end if body_end is not None else start + 200
    title = key(page.lines[title_line].text) if title_line is not None else ""
    for hint in sorted(hints, key=lambda each: elements.away(each, start)):
        far = abs(hint.line - start) > 10
        signs = elements.signs(hint, hint.line - end)
        if far == near or (far and ((hint.foreign is not None and not signs) or hint.line > end + 12)):
            continue
        if teasers.hold(page.lines, end, hint.line, hint.element, signs=signs):
            continue
        text = elements.held(hint.element)
        if text and key(text) in title:
            continue
        first = page.lines[hint.line].text if hint.line < len(page.lines) else ""
        names = _linked(hint, no) or _in_element(text, no)
        if not names and " " not in text and (signs or elements.is_card(hint)) and people.is_person(text, no):
            names = (text,)
        names = _with_others(names, hint, hints, first, no)
        # An author's box: the name on its first line, a role or a portrait after it.
        shown = _ABOUT.sub("", first)
        if not names and people.is_spaced_name(shown) and shown in text:
            names = _in_element(shown, no)
        if hint.line == title_line:
            # An element around the title as well: half of a headline can look like a name.
            names = tuple(name for name in names if key(name) not in title)
        if names:
            yield names


def _with_others(
    names: tuple[str, ...], hint: Sighting, hints: Sequence[Sighting], line: str, no: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of an element and of those beside it: each of several authors has one of their own."""
    stated = "author" in (hint.element.get("rel") or hint.element.get("itemprop") or "")
    page = hint.element.tag == "a" and walk.AUTHOR_PAGE.search((hint.element.get("href") or "")[:300])
    if not (stated or page):
        return names
    beside = (each.element for each in hints if each.line == hint.line and each.element.tag == hint.element.tag)
    said = (elements.own_name(each) or text_of(each, 80) for each in beside)
    others = (name for each in said for name in _in_element(each, no))
    # Who reviewed or edited an article has a page of their own, too.
    credited = "" if stated else bylines.without_others(line)
    return tuple(dict.fromkeys((*names, *(name for name in others if stated or name in credited))))


def _linked(hint: Sighting, no: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a byline links to their own pages: what else stands in it is a role, a place, a date."""
    out = []
    for link in list(hint.element.iter("a"))[:12]:
        href = (link.get("href") or "")[:300]
        user = walk.USER_PAGE.search(href)
        named = user or walk.AUTHOR_PAGE.search(href) or "author" in (link.get("rel") or "")
        text = tidying.tidy(text_of(link, 80)) if named else ""
        fits = people.is_han_name(text, strict=False) or (user and dense(text) and " " not in text)
        if (people.is_spaced_name(text) or fits) and people.is_person(text, no):
            out.append(text)
    if len(out) > 1:  # who checked the facts may have a page, too
        own = bylines.without_others(text_of(hint.element, dense_bylines.MAX_BYLINE))
        out = [name for name in out if name in own] or out
    return tuple(dict.fromkeys(out))


def _in_element(text: str, no: Sequence[str]) -> tuple[str, ...]:
    """Return the names in the text of an element that is called author or byline."""
    if not 2 <= len(text) <= 150:
        return ()
    names = from_byline(text)
    text = text.strip("[]［］")
    if not names and len(text) <= 60:
        found = moments.find(text, day_first=True)
        plain = _HOUSE.split(bylines.undated(text[: found[0].start]) if found else text)[0]
        names = () if bylines.is_role(plain) else people.names_of(bylines.without_others(plain), no)
        if not dense(plain):
            # "[佐藤由紀子，ITmedia]": a Japanese name and its house.
            han = tuple(name for name in names if people.is_han_name(name))
            told = (name for name in names if name[:1].isupper() or _HANGUL.match(name))
            names = han or tuple(name for name in told if not _is_phrase(name))
    return tuple(name for name in names if people.is_person(name, no))


def _is_phrase(name: str) -> bool:
    """Tell whether a byline's words are no name: "ANKARA", "Door onze redactie" with its small words."""
    small = (word for word in name.split() if word.islower() and word not in ("the", "of"))  # "Ask the Doctors"
    return (name.isupper() and " " not in name and len(name) > 2) or not people.are_particles(small)
