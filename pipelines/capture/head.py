"""What a capture says of itself above (and just below) its article: title, date, names, breadcrumb, category."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from pipelines import forms, lexicon
from pipelines.capture.lines import Line
from pipelines.capture.stats import STRONG, words_of
from pipelines.metadata import moments
from pipelines.metadata.authors import from_byline
from pipelines.metadata.dates import find_stamp
from pipelines.model import Kind, Stamp
from pipelines.shapes import Shape, crumbs

TITLE_WIDTH = (8, 220)
"""Columns of a title: the shortest and longest of the benchmark's 477 titles have 8 and 218."""
DATE_REACH = 12
"""Lines above the body within which a bare date line is the article's; higher up it may be today's."""
DATE_BELOW = 4
"""Lines under the first running text in which its date may stand: under a standfirst that is the text's own. Dates
found in the public pages by halves of hosts: en .62 → .69, .56 → .62, zh .89 → .92, .68 → .70; six lines: no more."""
DATE_BEHIND = 12
"""Lines behind the article in which a date counts that says it is one of publication: en the same, zh .92 → .95 and .70
→ .84 by halves of hosts, one wrong date among 373 pages. Bare dates there are other articles' as often."""
BYLINE_WIDTH = 120
HEADLINE_WIDTH = 28
TITLE_REACH, SLOPE = 40, 0.012
"""Lines above the body in which a title is looked for, and what a line of distance takes off its score."""
SAID = 2.0
"""Worth of a headline whose every word is in the text. With it, and lines of two kinds that count less below, 69.0 % of
the titles of the public pages are found instead of 60.4 %, with a gain in either half of the hosts (set on both)."""
SENTENCE, NOTICE = 0.5, 0.4
"""What a full stop, and a phrase of the lexicon inside it, take off a line's score: few headlines have them."""
TAKEN = 0.3
"""What being a line of the article's text takes off a line's score. Of the public pages' titles, rendered by inscriptis
and by Chromium, hosts unseen, it finds en .756 instead of .733 and .705 instead of .699, zh .765 and .794 instead of
.735 and .750; .5 finds more in zh, fewer in en."""
STANDFIRST = 0.5
"""How much less than the best line's the score of the line over it may be, for that to be the headline."""
WINDOW = 20
"""Lines above the body in which its title and dates are looked for: what stands higher is the site's."""
_SEPARATOR = re.compile(r"\s[-–|·•/]\s|[|｜┊│]")
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


def read_head(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    start: int,
    *,
    fetched_at: datetime,
    timezone: tzinfo | None,
    chosen: Sequence[bool],
    told: Counter[str],
) -> Head:
    """Read the lines above ``start``, the index of the article's first running text; ``told``: the text's words.

    ``chosen`` marks the lines of the article: one of them is the title only where no other line is nearly as good.
    """
    head = Head()
    _read_crumbs(lines, start, head)
    title = _find_title(lines, shapes, range(max(0, start - TITLE_REACH), start), chosen, told)
    if title is not None:
        head.title = lines[title].text
        head.used[title] = "title"
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


def _find_title(
    lines: Sequence[Line], shapes: Sequence[Shape], above: range, chosen: Sequence[bool], told: Counter[str]
) -> int | None:
    """Return the line of the title: near above the body, made like a headline, in words that the text repeats."""
    copies = Counter(shape.key for shape in shapes)
    scores: dict[int, float] = {}
    for index in above:
        score = _title_score(lines[index], shapes[index], above.stop - index)
        if score is None:
            continue
        following = shapes[index + 1 : min(index + 4, above.stop)]
        dated = any(own.stamp_only or own.reason in ("byline", "source_line", "date_line") for own in following)
        words = words_of(lines[index].text)
        said = sum(told[word] > 0 for word in words) / (len(words) + 1)
        scores[index] = score + 0.4 * (copies[shapes[index].key] > 1) + 0.6 * dated + SAID * said
    return _best_title(lines, shapes, {index: score - TAKEN * chosen[index] for index, score in scores.items()})


def _best_title(lines: Sequence[Line], shapes: Sequence[Shape], scores: dict[int, float]) -> int | None:
    """Return the best line, or the one over it where the best is its standfirst or its author."""
    if not scores:
        return None
    best = max(scores, key=lambda index: (scores[index], -index))
    above = next((index for index in (best - 1, best - 2) if index in scores), None)
    if above is None or shapes[above].columns < HEADLINE_WIDTH:
        return best
    # A headline over a standfirst: the upper line is the title if it is no longer and wide enough to be one.
    over_standfirst = shapes[above].columns <= shapes[best].columns and scores[above] >= scores[best] - STANDFIRST
    # A biography under the text repeats the author's name as often as the text repeats the headline's words.
    over_name = shapes[best].columns < HEADLINE_WIDTH and _is_name(lines[best].text)
    return above if over_standfirst or over_name else best


def _is_name(text: str) -> bool:
    """Say whether a line is made like a name: two to four words, all with a capital."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words)


def _title_score(line: Line, shape: Shape, distance: int) -> float | None:
    """Return how far the form of a line is a headline's, None where it cannot be one."""
    low, high = TITLE_WIDTH
    if not low <= shape.columns <= high or shape.prose or shape.stamp_only or shape.form in STRONG:
        return None
    if line.kind is Kind.LIST_ITEM or line.tabbed or crumbs(line.text) or _is_menu(line.text):
        return None
    score = min(shape.columns, 60) / 60 + 0.2 - SLOPE * distance
    score -= SENTENCE * shape.sentence + NOTICE * (shape.found is not None)
    return score + 0.6 if line.kind is Kind.HEADING and line.level == 1 else score


def _is_menu(text: str) -> bool:
    """Say whether a line is a row of links: several separators, or ideographs in many short groups."""
    if len(_SEPARATOR.findall(text)) >= 3:
        return True
    words = text.split()
    # Korean sets spaces between words: a headline has many short ones.
    ideographs = (word for word in words if forms.is_wide(word[0]) and not "가" <= word[0] <= "힣")
    return len(words) >= 5 and sum(len(word) <= 5 for word in ideographs) >= 5


def _read_dates(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    title: int | None,
    start: int,
    head: Head,
    fetched_at: datetime,
    timezone: tzinfo | None,
) -> None:
    """Take the first date line between title and body, or one with a label anywhere in the window."""
    for index in range(max(0, start - WINDOW), start):
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
    """Read and mark the labelled lines of the head: names, source, category."""
    title = next((index for index, reason in head.used.items() if reason == "title"), None)
    near = range(title + 1 if title is not None else start - 4, start)
    for index in range(max(0, start - WINDOW), start):
        shape = shapes[index]
        if shape.reason == "category" and shape.form == "label" and head.section is None:
            value = re.split(r"[:：]", lines[index].text, maxsplit=1)[-1].strip()
            if value and value != lines[index].text and forms.width(value) <= 40:
                head.section = value
        if not head.authors and not shape.prose and shape.columns <= BYLINE_WIDTH and index in near:
            head.authors = from_byline(lines[index].text)
            if head.authors:
                head.used.setdefault(index, "byline")
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
