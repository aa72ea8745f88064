"""What a capture says of itself above (and just below) its article: title, date, breadcrumb, category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from pipelines import forms, lexicon
from pipelines.capture.headline import rest
from pipelines.capture.lines import Line, glue
from pipelines.metadata import moments
from pipelines.metadata.dates import find_stamp
from pipelines.model import Stamp
from pipelines.pruning.shapes import Shape, crumbs

DATE_REACH = 12
"""Lines above the body within which a bare date line is the article's; higher up it may be today's."""
DATE_BELOW = 4
"""Lines under the first running text in which its date may stand: under a standfirst that is the text's own. Dates
found in the public pages by halves of hosts: en .62 → .69, .56 → .62, zh .89 → .92, .68 → .70; six lines: no more."""
DATE_BEHIND = 12
"""Lines behind the article in which a date counts that says it is one of publication: en the same, zh .92 → .95 and .70
→ .84 by halves of hosts, one wrong date among 373 pages. Bare dates there are other articles' as often."""
BYLINE_WIDTH = 120
WINDOW = 20
"""Lines above the body in which its title and dates are looked for: what stands higher is the site's."""
_UPDATED = re.compile(
    r"updat|modified|更新|修改|aktualisiert|mis à jour|modifié|actualizad|atualizad|aggiornat|обновл|изменен"
    r"|aktualizac|güncel|수정",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi|posted|发布|发表|编辑于|編輯於|發布|公開|掲載|投稿|veröffentlicht|erstellt|pubblicat|опублик|создан|opublik|yayın|입력|등록",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[\s:：\-–—|·,]+")
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
    published: Stamp | None = None
    modified: Stamp | None = None
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
    *,
    fetched_at: datetime,
    timezone: tzinfo | None,
) -> Head:
    """Read the lines above ``start``, the index of the article's first running text; ``title`` is that of its title."""
    head = Head()
    _read_crumbs(lines, start, head)
    if title is not None:
        head.title = lines[title].text
        head.used[title] = "title"
        for index in rest(shapes, title):
            head.title = glue(head.title, lines[index].text)
            head.used[index] = "title"
    _read_dates(lines, shapes, title, start, head, fetched_at, timezone)
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


def _read_dates(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    title: int | None,
    start: int,
    head: Head,
    fetched_at: datetime,
    timezone: tzinfo | None,
) -> None:
    """Take the first date line between title and body, or one with a label anywhere in the window.

    What stands under the title comes first, and there what says nothing else: above it stands the day of today, and in
    a caption the day of its picture.
    """
    window = range(max(0, start - WINDOW), start)
    for index in sorted(window, key=lambda at: (title is not None and at < title, not shapes[at].stamp_only, at)):
        shape = shapes[index]
        labelled = shape.reason == "date_line"
        near = start - index <= DATE_REACH or (title is not None and index >= title - 2)
        loose = shape.dated and not shape.prose and not shape.sentence and title is not None and index > title
        if index == title or not ((shape.stamp_only and (labelled or near)) or loose) or crumbs(lines[index].text):
            continue
        stamp = find_stamp(lines[index].text, fetched_at=fetched_at, timezone=timezone)
        head.used.setdefault(index, "date_line")
        if stamp is None:
            continue
        if _UPDATED.search(lines[index].text) and not _PUBLISHED.search(lines[index].text):
            head.modified = head.modified or stamp
        else:
            head.published = head.published or stamp
    head.published = head.published or head.modified  # a page that only says when it was last changed


def read_date_below(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    chosen: Sequence[bool],
    start: int,
    head: Head,
    *,
    fetched_at: datetime,
    timezone: tzinfo | None,
) -> None:
    """Take the date under the first running text or behind the article, in a line of its own, if none stands above."""
    end = max(index for index, taken in enumerate(chosen) if taken) + 1
    behind = range(end, min(len(lines), end + DATE_BEHIND))
    for index in [*range(start + 1, min(len(lines), start + 1 + DATE_BELOW)), *behind]:
        shape, text = shapes[index], lines[index].text
        loose = shape.stamp_only or (shape.dated and not shape.prose and not shape.sentence)
        told = shape.reason == "date_line" or (shape.columns <= BYLINE_WIDTH and _PUBLISHED.search(text) is not None)
        near = index - start <= DATE_BELOW
        if head.published is not None or chosen[index] or not loose or not (near or told):
            continue
        head.published = find_stamp(text, fetched_at=fetched_at, timezone=timezone)
        if head.published is not None:
            head.used.setdefault(index, "date_line")


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


def cut_date_prefix(text: str, *, fetched_at: datetime, timezone: tzinfo | None) -> tuple[str, str, Stamp | None]:
    """Split a leading dateline off a paragraph: ``(dateline, rest, stamp)``; without one ``("", text, None)``.

    Without a label only a date in figures, followed by a blank and the start of a sentence, is a dateline: "On 5 May
    2024 …" and "2024年5月，…" are the author's own words.
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
    opens = rest[:1] in " \u3000|" and (body[:1].isupper() or forms.is_wide(body[:1]) or body[:1] in '"“‘「『')
    if not label and not (figures and opens):
        return "", text, None
    stamp = find_stamp(text[: moment.end], fetched_at=fetched_at, timezone=timezone)
    return text[: len(text) - len(body)].strip(), body, stamp


def _is_date_label(word: str) -> bool:
    found = lexicon.match(word.strip() + ":")
    return found is not None and found.reason == "date_line"
