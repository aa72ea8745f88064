"""What the line model sees of each line of a capture: its form, its neighbours, its place; numbers only."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from pipelines import forms
from pipelines.capture.body import locate
from pipelines.capture.lines import Line
from pipelines.model import Kind
from pipelines.shapes import Shape, crumbs

REASONS = (
    "related_links", "share_bar", "comment_form", "legal_notice", "copyright", "advert", "subscription",
    "editor_credit", "byline", "source_line", "category", "date_line", "navigation", "caption",
)  # fmt: skip
"""Reasons of the lexicon in the order of their features; a new reason goes to the end and wants a new training."""
_WORD = re.compile(r"[^\W\d_]+")
_HAN_FUNCTION = frozenset(
    "的了是在和有不这這那他她也就与與及等着著被把对對为為以并並而但其从從将將让讓所又还還很都会會可说說"
)
_SEPARATOR = re.compile(r"[|｜·•/>»›→]")
_ADDRESS = re.compile(r"https?://|www\.|@\w|\.(?:com|org|net|cn|de|jp)\b", re.IGNORECASE)
_QUOTES = frozenset('"“”「」『』«»„')
TOPICS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bcookies?\b|gdpr|クッキー",
        r"newsletter|subscri|sign(?:ing)? up|inbox|abonn|订阅|訂閱|メルマガ|подпис|suscr|inscr",
        r"\b(?:writer|reporter|journalist|editor|author|correspondent|freelance|graduate|bio|autor|redakt\w*)\b|журналист|作者|记者|編輯",
        r"privacy|terms of|policy|consent|rights reserved|datenschutz|隐私|声明",
        r"\b(?:buy|shop|order|learn more|discover|click|download|free|book|save|price|sale)\b|点击|下载|购买",
        r"\b(?:reply|replied|says:|wrote:|commented|upvote|likes?)\b|回复|楼主|网友|評論|评论|コメント",
        r"photo|image|getty|credit|pictured|courtesy|图为|摄影|供图|图片|写真|foto",
        r"\b(?:you|your|we|our|us|my|i)\b|你|您|我们",
        r"\b(?:said|says|told|according)\b|表示|认为|指出|介绍|述べ|話し|sagte|dijo|заявил|сказал",
    )
)
"""Words of the things that stand near articles and read like one; the line model weighs them, no rule does."""
FAR = 30
"""Lines beyond which a distance says no more."""
GAP = 4
"""Lines without running text that part two clusters of it."""


def own_features(line: Line, shape: Shape, copies: int) -> list[float]:
    """Return the features of one line by itself."""
    text, columns = line.text, max(1, shape.columns)
    words = _WORD.findall(text[:600])
    latin = [word for word in words if not forms.is_wide(word[0])]
    small = sum(len(word) <= 3 and word.islower() for word in latin)
    capital = sum(word[0].isupper() for word in latin)
    han = sum(char in _HAN_FUNCTION for char in text[:600])
    kana = sum("\u3040" <= char <= "\u309f" for char in text[:600])
    wide = sum(map(forms.is_wide, text[:600]))
    digits = sum(map(str.isdigit, text[:600]))
    marks = sum(text.count(mark) for mark in ",，、;；")
    found = [
        math.log1p(columns),
        float(shape.prose),
        float(shape.sentence),
        float(min(forms.sentences(text), 8)),
        float(not shape.open_end),
        float(text[-1:] in "?？!！"),
        float(text[-1:] in ":："),
        float(text.endswith(("...", "…", "more", ">", "»"))),
        min(marks / columns * 60, 4.0),
        digits / columns,
        small / max(1, len(latin)),
        capital / max(1, len(latin)),
        float(len(latin)),
        (han + kana) / max(1, wide),
        wide / columns,
        float(text[:1].islower()),
        float(any(char in _QUOTES for char in text[:600])),
        float(line.kind is Kind.LIST_ITEM),
        float(line.kind is Kind.HEADING),
        float(line.tabbed),
        float(line.after_blank),
        float(line.indented),
        float(len(_SEPARATOR.findall(text[:200]))),
        float(bool(_ADDRESS.search(text[:400]))),
        float(shape.dated),
        float(shape.stamp_only),
        float(bool(crumbs(text))),
        float(min(copies, 4)),
    ]
    for reason in REASONS:
        matched = shape.reason == reason
        strong = shape.form in ("section", "whole", "label")
        found.append((2.0 if strong else 1.0) if matched else 0.0)
    found.append(float(shape.form == "section"))
    found += [float(min(3, len(topic.findall(text[:600])))) for topic in TOPICS]
    return found


OWN = 28 + len(REASONS) + 1
"""Own features before the topics: form and lexicon."""
_NEAR = (0, 1, 2, 3, 4, 17, 20, 24, 25)
"""Own features that are also given of the neighbours."""


def features(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[list[float]]:
    """Return one row of numbers a line."""
    copies = Counter(shape.key for shape in shapes)
    own = [own_features(line, shape, copies[shape.key]) for line, shape in zip(lines, shapes, strict=True)]
    mass = [float(min(s.columns, 600)) if (s.prose or s.sentence) and copies[s.key] == 1 else 0.0 for s in shapes]
    rows = [list(row) for row in own]
    _add_neighbours(rows, own)
    _add_windows(rows, mass, [float(s.columns) for s in shapes])
    _add_places(rows, mass)
    _add_words(rows, lines, mass)
    _add_topics(rows, own)
    _add_signs(rows, shapes)
    _add_clusters(rows, mass)
    _add_stretch(rows, lines, shapes)
    return rows


def _add_neighbours(rows: list[list[float]], own: Sequence[Sequence[float]]) -> None:
    size = len(own)
    for index, row in enumerate(rows):
        for step in (-3, -2, -1, 1, 2, 3):
            near = index + step
            inside = 0 <= near < size
            row.extend(own[near][f] if inside else -1.0 for f in _NEAR)
            if abs(step) <= 2:
                row.append(max(own[near][28:OWN]) if inside else -1.0)


def _add_windows(rows: list[list[float]], mass: Sequence[float], columns: Sequence[float]) -> None:
    """Add the running text near a line, on either side, and its share of all characters there."""
    sums = _sums(mass)
    wide = _sums(columns)
    size = len(mass)
    for index, row in enumerate(rows):
        for reach in (3, 8, 20):
            low, high = max(0, index - reach), min(size, index + reach + 1)
            before, after = sums[index] - sums[low], sums[high] - sums[index + 1]
            row += [math.log1p(before), math.log1p(after)]
            row.append((before + after) / max(1.0, wide[high] - wide[low] - columns[index]))


def _add_places(rows: list[list[float]], mass: Sequence[float]) -> None:
    """Add where a line stands in the page and in its running text."""
    size, sums = len(mass), _sums(mass)
    total = max(1.0, sums[-1])
    previous, following = _distances(mass), list(reversed(_distances(list(reversed(mass)))))
    longest = max(mass, default=0.0)
    for index, row in enumerate(rows):
        row += [
            index / size,
            sums[index] / total,
            (total - sums[index + 1]) / total,
            math.log1p(total),
            math.log1p(size),
        ]
        row += [float(previous[index]), float(following[index]), float(previous[index] + following[index])]
        row.append(mass[index] / max(1.0, longest))


def _add_topics(rows: list[list[float]], own: Sequence[Sequence[float]]) -> None:
    """Add how often each topic's words occur within five lines on either side."""
    size = len(rows)
    for topic in range(OWN, OWN + len(TOPICS)):
        sums = _sums([row[topic] for row in own])
        for index, row in enumerate(rows):
            row.append(sums[min(size, index + 6)] - sums[max(0, index - 5)])


SIGNS: tuple[Callable[[Shape], bool], ...] = (
    lambda shape: shape.form == "section" and shape.reason in ("related_links", "subscription"),
    lambda shape: shape.reason == "comment_form" and shape.form != "part",
    lambda shape: shape.stamp_only,
    lambda shape: shape.reason in ("byline", "source_line", "date_line") and not shape.prose,
    lambda shape: shape.reason in ("share_bar", "category") and not shape.prose,
    lambda shape: shape.reason in ("copyright", "legal_notice"),
)
"""Lines that tell where a reader is: above an article, below it, among comments."""


def _add_signs(rows: list[list[float]], shapes: Sequence[Shape]) -> None:
    """Add for each sign how far back and ahead it stands, and how many stand within eight lines."""
    size = len(shapes)
    for sign in SIGNS:
        seen = [1.0 if sign(shape) else 0.0 for shape in shapes]
        back, ahead = _distances(seen), list(reversed(_distances(list(reversed(seen)))))
        sums = _sums(seen)
        for index, row in enumerate(rows):
            near = sums[min(size, index + 9)] - sums[max(0, index - 8)]
            row += [float(back[index]), float(ahead[index]), near]


def _add_clusters(rows: list[list[float]], mass: Sequence[float]) -> None:
    """Add which cluster of running text a line is in: its text, its rank, its order, the text before it.

    A cluster ends where more than ``GAP`` lines in a row are no running text; a line outside belongs to the nearest
    cluster above it.
    """
    of: list[int] = []
    sizes, last = [0.0], -GAP - 2
    for index, value in enumerate(mass):
        if value:
            if index - last > GAP + 1:
                sizes.append(0.0)
            sizes[-1] += value
            last = index
        of.append(len(sizes) - 1)
    greatest = max(sizes) or 1.0
    ranks = {c: rank for rank, c in enumerate(sorted(range(len(sizes)), key=lambda c: -sizes[c]))}
    before = _sums(sizes)
    for row, cluster in zip(rows, of, strict=True):
        row += [math.log1p(sizes[cluster]), sizes[cluster] / greatest, float(min(ranks[cluster], 9))]
        row += [float(min(cluster, 20)), before[cluster] / greatest]


def _add_stretch(rows: list[list[float]], lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
    """Add where a line lies against the stretch that plain rules take for the article."""
    start, end = locate(lines, shapes)
    for index, row in enumerate(rows):
        row += [float(start <= index < end), _clip(index - start), _clip(index - end)]


def _clip(distance: int) -> float:
    return float(max(-FAR, min(FAR, distance)))


def _distances(mass: Sequence[float]) -> list[int]:
    """Return the lines back to the last running text, ``FAR`` at most."""
    found, distance = [], FAR
    for value in mass:
        found.append(distance)
        distance = 1 if value else min(FAR, distance + 1)
    return found


def _add_words(rows: list[list[float]], lines: Sequence[Line], mass: Sequence[float]) -> None:
    """Add how far a line shares its words with the page's running text other than itself."""
    tokens = [_tokens(line.text) for line in lines]
    counts: Counter[str] = Counter()
    for words, value in zip(tokens, mass, strict=True):
        if value >= 60:
            counts.update(words)
    for row, words, value in zip(rows, tokens, mass, strict=True):
        own = 1 if value >= 60 else 0
        shared = sum(counts[word] > own for word in words)
        row.append(shared / max(1, len(words)))
        row.append(float(min(shared, 12)))


def _tokens(text: str) -> set[str]:
    """Return the longer words of a text, and the pairs of its ideographs."""
    found: set[str] = set()
    for word in _WORD.findall(text[:2000].casefold()):
        if forms.is_wide(word[0]):
            found.update(word[i : i + 2] for i in range(len(word) - 1))
        elif len(word) >= 5:
            found.add(word)
    return found


def _sums(values: Sequence[float]) -> list[float]:
    found = [0.0]
    for value in values:
        found.append(found[-1] + value)
    return found
