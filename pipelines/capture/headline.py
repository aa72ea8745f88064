"""Which line of a capture is the title of its article: a sum of what is seen on a line, weighed on public pages.

The weights are data (``data/capture_title.json``, written by ``benchmarks.captures.train_title``). A line with a sum
below nought is no title.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import starmap
from urllib.parse import unquote, urlsplit

from pipelines import forms
from pipelines.capture import signed
from pipelines.capture.lines import Line
from pipelines.capture.stats import STRONG, words_of
from pipelines.model import Kind
from pipelines.pruning import strays
from pipelines.pruning.shapes import Shape, crumbs

Weights = Mapping[str, float]

ABOVE, BELOW = 40, 6
"""Lines above and below the first running text among which the title is looked for: of 720 captures of public pages 653
have it in a line of its own, 638 within these, 628 in the forty above."""
WIDTH = (6, 230)
"""Columns of a line that may be one: the shortest and longest of the benchmark's 477 titles have 8 and 218."""
MARKED = 8.0
"""What a heading of the first level ("# Title") counts, more than all else: it is said to be the title. Few captures
keep such marks, none of the public ones does."""
NAMED = 28
"""Columns that the line over a name has at least, for the name to be its author's, and that a site's name has at most.
"""
LINES, PART = 4, 12
"""Lines that a headline in large letters may take; letters of a headline that a site's name may stand behind."""
STANDFIRST, LESS, AT_LEAST = 60, 2.5, 2.0
"""Columns of the narrowest standfirst; how much better one may do than the headline right above it, and how well that
one has to do. Of 719 captures of public pages, hosts unseen, two more titles are right and none is wrong, without the
address eight and two; of 690 other captures five and none, six and two."""
ISSUED = 2
"""Lines under a headline that was taken for the article's first line, in which its date stands."""
SIGNED, OVER, WORSE, TOLD = 2, 1.0, 4.5, 0.4
"""Different bylines that the head of an article has at most; how well the line above one has to do, how much worse than
a line below it, and the share of its words that the text says. Of 720 captures of public pages, hosts unseen, two more
titles are right and none is wrong; of 305 other captures eight and none."""
ASIDE = 400
"""Lines to either side in which a longer copy of a line is looked for ("Home / News / The title")."""
_SEPARATOR = re.compile(r"\s[-–|·•/:]\s|[|｜┊│_]")
_MENU_SEPARATOR = re.compile(r"\s[-–|·•/]\s|[|｜┊│]")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_PICTURE = re.compile(r"[供摄攝][图圖]|摄$|[（(]左|[（(]右|credit|photo|getty|bild:|foto:", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_ORIGINAL = re.compile(r"\W*(?:本文|文章|此文)?(?:原标题|原標題|原题|原題)")
"""The title that a text had where it was taken from."""
_LABELLED = re.compile(r"[\[【［][^\W\d_]{1,8}[\]】］]\s?\S")
"""What kind of news a headline is, before it: "[종합] …", "【独家】…"."""
_DATE_LINES = ("byline", "source_line", "date_line")
_SHORT, _LONG = 24, 100
"""Columns up to which a line near by is a menu's, and from which it is running text."""


class Candidates:
    """The lines of a capture that may be its title, and what is seen on each of them."""

    def __init__(
        self, lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool], start: int, url: str
    ) -> None:
        """``chosen`` marks the lines of the article, ``start`` is the first of them that is running text."""
        self.lines, self.shapes, self.chosen, self.start = lines, shapes, chosen, start
        self.near = range(max(0, start - ABOVE), min(len(lines), start + BELOW))
        self.bylines = signed.find(lines, shapes, start)
        far = {at for byline in self.bylines for at in signed.above(shapes, byline) if at not in self.near}
        within = (at for at in (*sorted(far), *self.near) if WIDTH[0] <= shapes[at].columns <= WIDTH[1])
        self.places = [at for at in within if self._may_be(at)]
        self._copies = Counter(shape.key for shape in shapes)
        self._told = Counter(
            word for line, taken in zip(lines, chosen, strict=True) if taken for word in words_of(line.text)
        )
        self._lead = words_of(lines[start].text)
        self._slug = _slug(url)

    def _may_be(self, at: int) -> bool:
        shape = self.shapes[at]
        if shape.stamp_only or shape.form in STRONG or signed.is_signature(self.lines[at].text, shape):
            return False
        if shape.prose and shape.sentence and not self._is_announced(at):
            return False
        if not shape.key or _ADDRESS.match(self.lines[at].text) or _ORIGINAL.match(self.lines[at].text):
            return False
        # Below the first running text a line of the article is a line of the article.
        return not (at >= self.start and self.chosen[at]) and not is_menu(self.lines[at].text)

    def _is_announced(self, at: int) -> bool:
        """Tell whether sentences as short as a headline stand right above the date or the byline of an article."""
        below = self.shapes[at + 1 : at + 2]
        return not self.chosen[at] and self.shapes[at].columns <= _LONG and any(map(_tells_date, below))

    def rows(self) -> list[dict[str, float]]:
        """Return what is seen on each of ``places``: numbers of about nought to one, by name."""
        return [self._form(at) | self._place(at) | self._around(at) | self._said(at) for at in self.places]

    def told(self, at: int) -> float:
        """Return the greater share of a line's words that the article says, or of the address's that the line says."""
        said = self._said(at)
        return max(said["said"], said["in_address"])

    def _form(self, at: int) -> dict[str, float]:
        """Return what a line is by itself."""
        line, shape = self.lines[at], self.shapes[at]
        text, columns = line.text, shape.columns
        end = text.rstrip()[-1:]
        return {
            "columns": min(columns, 60) / 60,
            "of_a_width": float(_SHORT <= columns <= _LONG),
            "long": max(0, columns - 110) / 100,
            "item": float(line.kind is Kind.LIST_ITEM),
            "tabbed": float(line.tabbed),
            "sentence": float(shape.sentence),
            "full_stop": float(end in ".。"),
            "colon": float(end in ":："),
            "dated": float(shape.dated),
            "caption": float(strays.is_caption(text) or shows_picture(text)),
            "crumbs": float(bool(crumbs(text))),
            "name": float(is_name(text)),
            "digit": float(any(map(str.isdigit, text))),
            "separators": float(min(3, len(_SEPARATOR.findall(text)))),
            "words": math.log1p(len(words_of(text))),
        }

    def _place(self, at: int) -> dict[str, float]:
        """Return where a line stands to the article's first running text."""
        steps = self.start - at
        wide = float(forms.is_wide(self.lines[at].text[0]))
        return {
            "below": float(steps <= 0),
            "distance": steps / ABOVE,
            "log_distance": math.log1p(max(0, steps)),
            "first": float(at == 0),
            "top": float(at < 5),
            "chosen": float(self.chosen[at]),
            "after_blank": float(self.lines[at].after_blank),
            "wide": wide,
            "wide_chosen": wide * self.chosen[at],
            "wide_distance": wide * steps / ABOVE,
            "wide_columns": wide * min(self.shapes[at].columns, 60) / 60,
        }

    def _around(self, at: int) -> dict[str, float]:
        """Return what stands right above and below a line."""
        shapes, columns = self.shapes, self.shapes[at].columns
        above = [shape.columns for shape in shapes[max(0, at - 5) : at]]
        below = [shape.columns for shape in shapes[at + 1 : at + 6]]
        after = range(at + 1, min(at + 5, len(shapes)))
        return {
            "dated_4": float(any(_tells_date(shapes[each]) or _is_dated(shapes[each], 80) for each in after)),
            "dated_3": float(any(_tells_date(shapes[each]) or _is_dated(shapes[each], 60) for each in after[:3])),
            "dated_before": float(any(map(_tells_date, shapes[max(0, at - 2) : at]))),
            "name_3": float(any(is_name(self.lines[each].text) for each in after[:3])),
            "name_below": float(columns < NAMED <= max(above[-2:], default=0) and is_name(self.lines[at].text)),
            "above": len(above) / 5,
            "above_short": sum(width < _SHORT for width in above) / 5,
            "above_narrower": float(max(above, default=0) < columns),
            "above_alike": float(at > 0 and above[-1] > _SHORT and not shapes[at - 1].prose),
            "below_short": sum(width < _SHORT for width in below) / 5,
            "below_chosen": sum(self.chosen[each] for each in after) / 4,
            "next_width": min(2.0, (below[0] if below else 0) / columns) / 2,
        }

    def _said(self, at: int) -> dict[str, float]:
        """Return how far the words of a line are the article's, the address's and other lines'."""
        text, key = self.lines[at].text, self.shapes[at].key
        words = words_of(text)
        count = len(words) + 1
        following = words_of(self.lines[at + 1].text) if at + 1 < len(self.lines) else set()
        said = sum(self._told[word] > 0 for word in words) / count
        near = self.shapes[max(0, at - ASIDE + 1) : at + ASIDE]
        others = [self.shapes[place].key for place in self.near if place != at]
        return {
            "said": said,
            "said_twice": sum(self._told[word] > 1 for word in words) / count,
            "wide_said": said * forms.is_wide(text[0]),
            "in_lead": len(words & self._lead) / count,
            "in_next": len(words & following) / count,
            "copied": float(self._copies[key] > 1),
            "in_longer": float(
                len(key) > 10 and any(0 < len(each.key) - len(key) < 40 and key in each.key for each in near)
            ),
            "ends_in_other": float(any(8 <= len(each) < len(key) and key.endswith(each) for each in others)),
            "in_address": len(self._slug & {word.lower() for word in _WORD.findall(text)}) / max(1, len(self._slug)),
        }


def find(candidates: Candidates, weights: Weights | None = None) -> int | None:
    """Return the index of the title's line, None where no line is likely to be one."""
    weights = load() if weights is None else weights
    scores: dict[int, float] = {}
    for at, row in zip(candidates.places, candidates.rows(), strict=True):
        scores[at] = weights[""] + math.fsum(starmap(lambda name, value: weights[name] * value, row.items()))
        line = candidates.lines[at]
        if line.kind is Kind.HEADING and line.level == 1:
            scores[at] += MARKED
    best = max(scores, key=lambda at: (scores[at], -at), default=None)
    if best is None or scores[best] < 0:
        return None
    best = _over_byline(candidates, scores, best)
    return _set_apart(candidates, best - 1 if _is_standfirst(candidates, scores, best) else best)


def _over_byline(candidates: Candidates, scores: Mapping[int, float], best: int) -> int:
    """Return the likeliest line right above the last byline of the head if ``best`` stands below that, else ``best``.

    Between the byline and the text stand headlines of other articles and of films.
    """
    shapes, byline = candidates.shapes, max(candidates.bylines, default=best)
    if byline >= best or len({shapes[at].key for at in candidates.bylines}) > SIGNED:
        return best
    over = {
        at: scores[at] for at in signed.above(shapes, byline) if at in scores and shapes[at].columns >= signed.LEAST
    }
    title = max(over, key=lambda at: over[at], default=best)
    fits = scores[title] >= max(OVER, scores[best] - WORSE)
    return title if fits and candidates.told(title) >= TOLD else best


def _is_standfirst(candidates: Candidates, scores: Mapping[int, float], at: int) -> bool:
    """Say whether a wide line stands right under a narrower one that is nearly as likely the title."""
    own, over = candidates.shapes[at], candidates.shapes[at - 1]
    return (
        scores.get(at - 1, 0.0) >= max(AT_LEAST, scores[at] - LESS)
        and (own.columns >= STANDFIRST or _LABELLED.match(candidates.lines[at - 1].text) is not None)
        and _SHORT <= over.columns < own.columns  # a kicker is shorter
        and over.found is None
        and candidates.lines[at - 1].kind is not Kind.LIST_ITEM
        and not (over.dated or crumbs(candidates.lines[at - 1].text) or is_name(candidates.lines[at - 1].text))
    )


def first_below(shapes: Sequence[Shape], chosen: Sequence[bool], start: int) -> int:
    """Return the first line of the article under a headline that was taken for it: one without a full stop, dated."""
    dated = [at for at in range(start + 1, start + 1 + ISSUED) if at < len(shapes) and _tells_date(shapes[at])]
    if shapes[start].sentence or shapes[start].columns > _LONG or not dated or chosen[dated[-1]]:
        return start
    return next((at for at in range(dated[-1] + 1, len(chosen)) if chosen[at]), start)


def _set_apart(candidates: Candidates, title: int) -> int:
    """Return the line where the title begins again below without the name of the site behind it, else the title's."""
    text = candidates.lines[title].text
    ends = [match for match in _SEPARATOR.finditer(text) if forms.width(text[match.end() :]) <= NAMED]
    starts = {start for match in ends if len(start := forms.folded(text[: match.start()])) >= PART}
    for at in range(title + 1, min(len(candidates.lines), title + ABOVE)) if starts else ():
        own = ""
        for shape in candidates.shapes[at : at + LINES]:
            own += shape.key
            if own in starts:
                return at
            if not any(start.startswith(own) for start in starts):
                break
    return title


def whole(lines: Sequence[Line], shapes: Sequence[Shape], title: int) -> list[int]:
    """Return the lines of the title, if another line has them one right behind the other: it was set in several.

    Of the lines above only one with a colon at its end belongs to it: others are the section's.
    """
    found = [title]
    for at in (title - 1, *range(title + 1, min(len(shapes), title + LINES))):
        if at < 0 or (at < title and lines[at].text[-1:] not in ":："):
            continue
        joined = sorted((*found, at))
        own = "".join(shapes[each].key for each in joined)
        others = (shape.key for each, shape in enumerate(shapes) if each not in joined)
        if len(shapes[at].key) >= 2 and any(own in key for key in others if len(key) < 3 * len(own)):
            found = joined
        elif at > title:
            break
    return found


def shows_picture(text: str) -> bool:
    """Say whether a line holds a word for a picture or for who took it, as captions do."""
    return _PICTURE.search(text) is not None


def is_name(text: str) -> bool:
    """Say whether a line is made like a name: two to four words, all with a capital."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(word[:1].isupper() for word in words)


def is_menu(text: str) -> bool:
    """Say whether a line is a row of links: several separators, or ideographs in many short groups."""
    if len(_MENU_SEPARATOR.findall(text)) >= 3:
        return True
    words = text.split()
    # Korean sets spaces between words: a headline has many short ones.
    ideographs = (word for word in words if forms.is_wide(word[0]) and not "가" <= word[0] <= "힣")
    return len(words) >= 5 and sum(len(word) <= 5 for word in ideographs) >= 5


@cache
def load() -> Weights:
    """Return the weights of the package by name; "" is what every line begins with."""
    found: Weights = json.loads(resources.files("pipelines").joinpath("data/capture_title.json").read_text("utf-8"))
    return found


def _tells_date(shape: Shape) -> bool:
    return shape.stamp_only or shape.reason in _DATE_LINES


def _is_dated(shape: Shape, columns: int) -> bool:
    return shape.dated and shape.columns < columns


@lru_cache(maxsize=16)
def _slug(url: str) -> frozenset[str]:
    """Return the words of the longest step of an address, none where there are fewer than three."""
    try:
        steps = unquote(urlsplit(url).path).split("/")
    except ValueError:  # "http://[example.org/"
        return frozenset()
    words = [word.lower() for word in _WORD.findall(max(steps, key=len)) if len(word) > 1]
    return frozenset(words) if len(words) >= 3 else frozenset()
