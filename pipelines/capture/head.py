"""What a capture says of itself above (and just below) its article: title, date, breadcrumb, category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce

from pipelines import forms, lexicon
from pipelines.capture.headline import whole
from pipelines.capture.issued import WINDOW, Dates
from pipelines.capture.joins import glue
from pipelines.capture.lines import Line
from pipelines.metadata import moments
from pipelines.metadata.datelines import Context, find_stamp
from pipelines.model import Stamp
from pipelines.pruning.shapes import Shape, crumbs

_LEAD = re.compile(r"^[\s:：\-–—|·,]+")
_DASH = re.compile(r"\s?(?:--|[–—])\s?(?=\S)")
_LABELLED = re.compile(r"^\W*([^\W\d](?:[^\W\d]|[ '’.-]){0,30}?)\s*[:：]?\s*$")
_NAME_END = re.compile(r"\s*(?:homepage|home page|home|首页|主页|首頁|主頁)$", re.IGNORECASE)
_HOME = frozenset(
    "|".join(
        (
            "home|homepage|首页|首頁|主页|主頁|ホーム|トップ|トップページ|홈|startseite|start|accueil|inicio|início|главная",
            "anasayfa|text|正文|本文|article|artikel|detail|details|content|新闻正文|内容",
        )
    ).split("|")
)


@dataclass(slots=True, kw_only=True)
class Head:
    """What was found; ``used`` maps the lines it was found on to the reason they are no part of the article."""

    title: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    used: dict[int, str] = field(default_factory=dict)

    @property
    def title_end(self) -> int | None:
        """Return the last line of the title, None where there is none."""
        return max((index for index, reason in self.used.items() if reason == "title"), default=None)


def read_head(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    start: int,
    title: int | None,
    dates: Dates,
) -> Head:
    """Read the lines above ``start``, the index of the article's first running text; ``title`` is that of its title."""
    head = Head()
    _read_crumbs(lines, start, head)
    if title is not None:
        places = whole(lines, shapes, title)
        head.title = reduce(glue, (lines[index].text for index in places))
        head.used |= dict.fromkeys(places, "title")
    head.used |= {at: "date_line" for at in dates.by_title(title, start) if at not in head.used}
    _read_labels(lines, shapes, start, head)
    return head


def first_text(shapes: Sequence[Shape], chosen: Sequence[bool]) -> int:
    """Return the index of the first chosen line that is running text, else of the first chosen line."""
    inside = [index for index, taken in enumerate(chosen) if taken]
    return next((index for index in inside if shapes[index].prose or shapes[index].sentence), inside[0])


def _read_crumbs(lines: Sequence[Line], start: int, head: Head) -> None:
    for index in range(max(0, start - WINDOW), start):
        steps = crumbs(lines[index].text)
        if not steps:
            continue
        head.used[index] = "breadcrumb"
        named = [step for step in steps if step.casefold() not in _HOME and not _NAME_END.search(step)]
        head.section = named[-1] if named and forms.width(named[-1]) <= 40 else head.section


def _read_labels(lines: Sequence[Line], shapes: Sequence[Shape], start: int, head: Head) -> None:
    """Read and mark the labelled lines of the head: source, category."""
    for index in range(max(0, start - WINDOW), start):
        shape = shapes[index]
        if shape.reason == "category" and shape.form == "label" and head.section is None:
            value = re.split(r"[:：]", lines[index].text, maxsplit=1)[-1].strip()
            if value and value != lines[index].text and forms.width(value) <= 40:
                head.section = value
        if shape.found is not None and shape.form != "part" and not shape.prose:
            head.used.setdefault(index, shape.found.reason)


def cut_date_prefix(text: str, context: Context) -> tuple[str, str, Stamp | None]:
    """Split a leading dateline off a paragraph: ``(dateline, rest, stamp)``; without one ``("", text, None)``.

    Without a label only a date in figures, followed by a blank and the start of a sentence, is a dateline, or one with
    a dash behind it: "On 5 May 2024 …" and "2024年5月，…" are the author's own words.
    """
    found = moments.find(text[:80])
    if not found:
        return "", text, None
    moment = found[0]
    before, rest = text[: moment.start], text[moment.end :]
    label = _LABELLED.match(before) if before.strip() else None
    if before.strip() and not (label and _is_date_label(label[1])):
        return "", text, None
    body = _LEAD.sub("", rest)
    if not forms.is_prose(body):
        return "", text, None
    figures = not any(char.isalpha() for char in text[moment.start : moment.end])
    opens = body[:1].isupper() or forms.is_wide(body[:1]) or body[:1] in '"“‘「『'
    follows = (figures and rest[:1] in " \u3000|") or _DASH.match(rest) is not None
    if not label and not (follows and opens):
        return "", text, None
    stamp = find_stamp(text[: moment.end], fetched_at=context.fetched_at, timezone=context.timezone)
    return text[: len(text) - len(body)].strip(), body, stamp


def _is_date_label(word: str) -> bool:
    found = lexicon.match(word.strip() + ":")
    return found is not None and found.reason == "date_line"
