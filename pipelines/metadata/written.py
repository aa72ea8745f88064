"""Bylines that readers see: by the title, labelled ones anywhere, at the article's end, in its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipelines.metadata import bare_names, biographies, bylines, dense_bylines, people, pictures, teasers, words
from pipelines.metadata.bylines import from_byline
from pipelines.metadata.text import dense
from pipelines.metadata.tree import Line, first_prose, last_prose

_LABELLED = re.compile(r"^\W*[^\W\d_]{2,20}(?:/[^\W\d_]{2,20})?\s?[:：]")
_OF_BOTH = ("Autorin/Autor ", "Autor/Autorin ", "Autor/in ")
"""Labels that nothing but a byline begins with, wherever it stands."""
_CREDIT = re.compile(r"^[^，。：:]{0,8}(?:记者|記者|通讯员|通訊員|实习生|實習生)\s?[：:\s/／]\s?[\u3400-\u9fff]")
CREDIT = 30
"""Characters of the longest line that holds a Chinese credit and nothing else."""
OWN = 8
"""Lines under the title that are the article's although a frame holds them: teasers of others have bylines, too."""
_SIGNED = re.compile(
    r"作\s{0,4}者\s?[：:]|^[^，。：:]{0,12}(?:作者|记者|記者)(?:\s+[\u3400-\u9fff]{2,4}){1,4}$"
    r"|^\W?作者(?:简介|介绍)\s?[：:]|发布时间.{8,30}\bby\s|^\W*(?:文|撰文|撰稿人?|执笔人?|采写)\s?[：:/｜|丨／]"
)


def credited(
    lines: Sequence[Line], no: Sequence[str], title_line: int | None, body_end: int | None, timed: Collection[int]
) -> Iterator[tuple[str, ...]]:
    """Yield the names of visible bylines: near the title, labelled ones anywhere, at the end, in brackets."""
    first = first_prose(lines)
    start = max(0, first - 8) if title_line is None else min(title_line, first)
    end = body_end if body_end is not None else min(len(lines) - 1, start + 200)
    top = start if title_line is None else title_line
    near = [
        line
        for line in lines[max(0, top - 4) : top + 14]
        if len(line.text) <= 200 and (line.foreign is None or line.index <= top + OWN)
    ]
    article = [line for line in lines[start : end + 9] if len(line.text) <= 120]
    signed = [line for line in article if _SIGNED.search(line.text)]
    signed += [line for line in lines[end + 9 :] if line.text.startswith(_OF_BOTH) and len(line.text) <= 120]
    labelled = [line for line in article if _LABELLED.match(line.text)]
    edges = _edges(lines, (start, first, end), top + OWN)
    # Without a title nothing tells which of a page's top lines belong to the article; a label does.
    told = (*near, *signed) if title_line is not None else (*signed, *near)
    for line in (*told, *labelled, *edges):
        if line.index == title_line and dense(line.text):
            continue  # a Chinese headline may begin with a kind of text: "评论员：…"
        names = tuple(name for name in from_byline(line.text) if people.is_person(name, no))
        below = _below(line, lines, no)
        if (names or below) and _is_others(line, lines, title_line, end):
            continue
        if names:
            yield (*names, *_next_credit(line, lines, no, names))
        if below:
            yield below
    for line in near:
        names = dense_bylines.in_dateline(line.text) or bylines.with_role(line.text, no)
        if names and not _is_others(line, lines, title_line, end):
            yield names
    if names := bare_names.before_body(lines, start):
        yield names
    if names := bare_names.beside_date(lines, no, title_line, timed):
        yield names
    if (
        names := bare_names.under_title(lines, title_line)
        or bare_names.mentioned(lines, title_line, end)
        or bare_names.with_biography(lines, end)
        or bare_names.signature(lines, end, no)
        or biographies.behind(lines, end, no)
    ):
        yield names
    article = [line for line in lines[start : end + 4] if line.index <= end or not teasers.hold(lines, end, line.index)]
    yield from _in_article(article, no, max(first, top + 2 if title_line is not None else 0))


def _is_others(line: Line, lines: Sequence[Line], title_line: int | None, end: int) -> bool:
    """Tell whether the byline on a line is a picture's, or another article's behind ``end``, this one's last line."""
    title = lines[title_line] if title_line is not None else None
    if pictures.is_credit(line.text) or pictures.captions(line, title):
        return True
    return not line.text.startswith(_OF_BOTH) and teasers.hold(lines, end, line.index)


def _next_credit(line: Line, lines: Sequence[Line], no: Sequence[str], found: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the next line where both hold nothing but a credit: 本报记者 张三, then 通讯员 李四."""
    if not dense(line.text) or len(line.text) > CREDIT or line.index + 1 >= len(lines):
        return ()
    text = lines[line.index + 1].text
    credit = len(text) <= CREDIT and _CREDIT.match(line.text) and _CREDIT.match(text)
    return (
        tuple(each for each in from_byline(text) if each not in found and people.is_person(each, no)) if credit else ()
    )


def _edges(lines: Sequence[Line], places: tuple[int, int, int], own: int) -> Iterator[Line]:
    """Yield the short lines about the article's end, then those above its first prose.

    ``places`` are the lines of its start, its first prose and its end; from ``own`` on frames hold teasers of others.
    """
    start, first, end = places
    last = [line for line in lines[max(start, end - 12) : end + 9] if _is_own(line, own, end)]
    # Where the body as it was chosen ends before the prose does, the signature may stand behind the rest.
    behind = last_prose(lines, start)
    if behind is not None and behind > end:
        last += lines[max(start, behind - 3) : behind + 9]
    yield from (line for line in last if len(line.text) <= 120)
    head = (line for line in lines[max(0, first - 8) : first + 1] if _is_own(line, own, end))
    yield from (line for line in head if len(line.text) <= 60 and not line.linked)


def _is_own(line: Line, own: int, end: int) -> bool:
    """Tell whether a line is the article's: behind its title and before its end frames hold teasers of others."""
    return line.foreign is None or not own < line.index < end


def _below(label: Line, lines: Sequence[Line], no: Sequence[str]) -> tuple[str, ...]:
    """Return the names on the line after one that says nothing but "Written by"."""
    if len(label.text) > 20 or label.index + 1 >= len(lines) or not bylines.is_label(label.text):
        return ()
    if label.element.tag == "th" and _is_of_work(label, lines):
        return ()
    if label.linked:  # "Authors" among the sections of a site
        return ()
    found = from_byline(f"{label.text.rstrip(' :：')}: {_joined(lines, label.index + 1)}")
    return tuple(name for name in found if people.is_person(name, no))


def _joined(lines: Sequence[Line], start: int) -> str:
    """Return the text of a line and of those that an "and" on a line of its own joins to it."""
    text, place, joints = lines[start].text[:80], start + 1, words.words("people", "joints")
    while place + 1 < min(len(lines), start + 8) and lines[place].text.casefold() in joints:
        text = f"{text} {lines[place].text} {lines[place + 1].text[:80]}"
        place += 2
    return text


def _is_of_work(label: Line, lines: Sequence[Line]) -> bool:
    """Tell whether who wrote something stands among those who directed it or made its music: it is a film."""
    around = lines[max(0, label.index - 4) : label.index + 5]
    return any(line.text.casefold().strip(" :") in words.words("people", "of_work") for line in around)


def _in_article(lines: Sequence[Line], no: Sequence[str], prose: int) -> Iterator[tuple[str, ...]]:
    """Yield the names that the paragraphs themselves credit: a Korean lead, Chinese brackets at either end.

    ``prose`` is the index of the first line of prose: short brackets above it are no signature but part of a headline.
    """
    for line in lines:
        if "기자" in line.text[:60] and (names := bylines.from_korean(line.text[:60])):
            yield names
        if dense(line.text) and (
            names := tuple(
                name
                for name in dense_bylines.from_prose(line.text, signed=line.index >= prose or len(line.text) >= 40)
                if people.is_person(name, no)
            )
        ):
            yield names
