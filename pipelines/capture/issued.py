"""When the article of a capture was out, and when changed: dates by its title, under its first line, behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipelines import language
from pipelines.capture.lines import Line
from pipelines.metadata import datelines, moments, orders, others, sites
from pipelines.metadata.datelines import Context
from pipelines.metadata.moments import Moment
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
UNDER = 8
"""Lines under the title that are read however far the text is: a player or a list of others may stand between."""
BY_TEXT = 2
"""Lines above the text within which a bare date is its own even if it is the last of several."""
BYLINE_WIDTH = 120
WINDOW = 20
"""Lines above the body in which its title and dates are looked for: what stands higher is the site's."""
LABEL_WIDTH, LEFT = 24, 12
"""Characters of the longest line that says what the date under it is, and letters that may stand beside that date."""
SAMPLE = 3000
"""Characters of the article that tell its language, of which the order of day and month depends."""
EITHER = {"en": "en-ca"}
"""A language that is written in either order, where no country's domain tells, is taken for that of such a country."""
_OURS = ("published", "modified")
"""What a date is called that is the article's own."""
_EITHER_ORDER = re.compile(r"(?<!\d)\d{1,2}([/-])\d{1,2}\1\d{4}(?!\d)")
_GLUED = re.compile(r"(?<=[^\d](?:19|20)\d\d)(?=[0-2]\d:[0-5]\d(?!\d))")
"""Where a time stands right behind the year, as elements without space between them are saved: "5 May 202410:08"."""


class Dates:
    """The dates of one capture's lines; ``published`` and ``modified`` are what has been found so far."""

    def __init__(
        self, lines: Sequence[Line], shapes: Sequence[Shape], chosen: Sequence[bool], context: Context
    ) -> None:
        """``chosen`` marks the lines of the article; ``context`` knows the address and the time of the fetch."""
        self.lines, self.shapes, self.chosen, self.context = lines, shapes, chosen, context
        self.published: Stamp | None = None
        self.modified: Stamp | None = None

    def by_title(self, title: int | None, start: int) -> list[int]:
        """Take the first dates of either kind by the title or above ``start``; return the lines they stand on.

        Several bare dates far from both are those of a list of other articles. What stands under the title comes first,
        and there what says nothing else: above it stands the day of today, and in a caption the day of its picture.
        """
        used = list[int]()
        under = () if title is None else range(title + 1, min(start, title + 1 + UNDER))
        window = {*range(max(0, start - WINDOW), start), *under}
        bare = [at for at in window if self.shapes[at].stamp_only]
        if len(bare) >= others.LIST and not any(at in under for at in bare):
            window -= {at for at in bare if start - at > BY_TEXT}
        for at in sorted(window, key=lambda at: (title is not None and at < title, not self.shapes[at].stamp_only, at)):
            if at != title and self._is_dateline(at, title, start) and not crumbs(self.lines[at].text):
                used.append(at)
                self._take(at)
        return used

    def below(self, start: int) -> int | None:
        """Take the date under the first running text or behind the article, in a line of its own, if none is found."""
        end = max(at for at, taken in enumerate(self.chosen) if taken) + 1
        behind = range(end, min(len(self.lines), end + DATE_BEHIND))
        for at in [*range(start + 1, min(len(self.lines), start + 1 + DATE_BELOW)), *behind]:
            if self.published is not None:
                break
            if self.chosen[at] or not (at - start <= DATE_BELOW or self._is_told(at)):
                continue
            if self.shapes[at].stamp_only or self._is_loose(at):
                self._take(at)
                if self.published is not None:
                    return at
        return None

    def otherwise(self) -> None:
        """Take the day that the address states, else that of the change, for an article that no line dates."""
        if self.published is None:
            address = orders.from_url(self.context)
            self.published = address.stamp if address is not None else self.modified

    def _is_dateline(self, at: int, title: int | None, start: int) -> bool:
        shape = self.shapes[at]
        near = start - at <= DATE_REACH or (title is not None and at >= title - 2)
        alone = shape.stamp_only and (shape.reason == "date_line" or near)
        return alone or (title is not None and at > title and self._is_loose(at))

    def _is_loose(self, at: int) -> bool:
        """Tell whether a line that is no text holds a date amid other words."""
        shape, text = self.shapes[at], self.lines[at].text
        if shape.prose or shape.sentence:
            return False
        return shape.dated or (shape.columns <= BYLINE_WIDTH and bool(_found(text, self.context)[1]))

    def _is_told(self, at: int) -> bool:
        """Tell whether a line says of its date that the article was out or changed then."""
        if self.shapes[at].reason == "date_line":
            return True
        text = self.lines[at].text
        return self.shapes[at].columns <= BYLINE_WIDTH and datelines.said(text) in _OURS

    def _take(self, at: int) -> None:
        for kind, stamp in _stamps(self.lines, at, self.context):
            if kind == "modified":
                self.modified = self.modified or stamp
            else:
                self.published = self.published or stamp


def day_first(lines: Sequence[Line], chosen: Sequence[bool], url: str) -> bool | None:
    """Return whether 3/4/2024 is the 3rd of April: by the capture's clear dates, else its language and country.

    English without a country's domain is of either order.
    """
    texts = [line.text for line in lines if len(line.text) <= BYLINE_WIDTH]
    if not any(_EITHER_ORDER.search(text) for text in texts):
        return None
    told = orders.order_on(texts, orders.known_days(url))
    if told is not None:
        return told
    sample = "\n".join(line.text for line, taken in zip(lines, chosen, strict=True) if taken)[:SAMPLE]
    code = language.detect(sample).code
    return None if code == "und" else orders.day_first(EITHER.get(code, code), sites.host(url).rpartition(".")[2])


def _stamps(lines: Sequence[Line], at: int, context: Context) -> Iterator[tuple[str, Stamp]]:
    """Yield (published, modified or nothing; date) of a line; the line above may say what its date is.

    A date that is neither the article's nor its change ("Expires: …") is left out.
    """
    text, found = _found(lines[at].text, context)
    above = lines[at - 1].text if at else ""
    for moment in found:
        name = datelines.label(text, moment)
        changed = datelines.change(text, moment) if len(found) == 1 and name != "modified" else None
        if changed is not None and moment.hour is None:
            name, moment = "modified", changed
        if not name and len(above) <= LABEL_WIDTH and moment.letters_beside(text) <= LEFT:
            name = told if (told := datelines.said(above)) in _OURS else ""
        made = datelines.stamp(moment, text, fetched_at=context.fetched_at, timezone=context.timezone)
        if made is not None and name != "foreign":
            yield name, made


def _found(text: str, context: Context) -> tuple[str, list[Moment]]:
    """Return a line with a blank between year and time, and the dates that are found in it."""
    text = _GLUED.sub(" ", text)
    return text, moments.find(text, day_first=context.day_first)
