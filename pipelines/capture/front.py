"""What stands at the head of a saved text about it: front matter, the header of an e-mail, the fields of a reader.

"Title: …", "URL Source: …", "Published Time: …" of services that turn pages into Markdown; "From: …", "Subject: …" of
newsletters; what tools for clippings write between two lines of "---".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipelines import forms
from pipelines.capture.lines import Line
from pipelines.metadata import words
from pipelines.metadata.authors import from_text
from pipelines.metadata.text import key
from pipelines.model import Metadata, Removed

REACH = 60
"""Lines of a text within which such a head must end."""
NEAR = 60
"""Lines of the article among which the title that it states is looked for."""
LEAST = 8
"""Letters of a line that a stated title begins with, for the rest of that title to be the site's name."""
NOTE = 300
"""Columns of the longest note above a message that is passed on: more is a text that quotes a message."""
PASSED_ON = 3
"""Fields that such a message has at least: its subject, who wrote it and when or to whom."""
_FIELD = re.compile(r"^[\"'*]{0,2}([^\W\d_][\w -]{0,39}?)[\"'*]{0,2}\s?[:：](?:\s+|$|(?<=：))(.*)$")
_ITEM = re.compile(r"^\s*-\s+(.+)$")
_FORWARDED = re.compile(r"^-{3,}\s?\w[\w ]{4,40}\s?-{3,}$")
_OTHERS = ("address", "site", "description", "section", "topics", "saved", "mail")
_ROLES = ("title", "byline", "date_line", "navigation", *_OTHERS)
_REASON = dict.fromkeys(_OTHERS, "navigation")
"""What the line of a field is cut as, where that is not what the field is."""
_FENCES = ("---", "+++")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@cache
def _role_of() -> dict[str, str]:
    """Return what the line of a field is by the name of the field."""
    return {name: role for role in _ROLES for name in words.words("front", role)}


@cache
def _noted() -> re.Pattern[str]:
    """Return the pattern of a line that says without a colon when the copy was made: "Saved on 2024-01-19 10:08"."""
    names = "|".join(map(re.escape, sorted(words.words("front", "saved"), key=len, reverse=True)))
    day = r"\d{4}\s?[-./年]\s?\d|\d{1,2}[-./]\d{1,2}[-./]\d{2}|\d{1,2}\.?\s\w{3,12}\.?\s\d{4}"
    return re.compile(rf"({names})\s+((?:{day}).*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a text says of itself: each as it stands there, empty where it does not."""

    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    address: str = ""
    site: str = ""
    description: str = ""
    section: str = ""
    topics: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()

    def completed(self, meta: Metadata) -> Metadata:
        """Return what the text shows of itself, with what its head states beside title, date and authors."""
        return replace(
            meta,
            site=self.site or meta.site,
            description=self.description or meta.description,
            section=self.section or meta.section,
            tags=self.topics or meta.tags,
        )

    def line(self, lines: Sequence[Line]) -> int | None:
        """Return the line that repeats the title, or the first part of it, behind which the site's name stands."""
        own = key(self.title)
        said = [(key(line.text), at) for at, line in enumerate(lines[:NEAR])]
        same = [at for text, at in said if text == own]
        parts = [(len(text), -at) for text, at in said if len(text) >= LEAST and own.startswith(text)]
        return same[0] if same else -max(parts)[1] if parts else None


def read(text: str) -> tuple[Front, str]:
    """Return what the head of a text states, and the text with blank lines in its place; without one all as it is."""
    lines = text.removeprefix("\ufeff").split("\n", REACH)
    start, fields, end = 0, *_fields(lines[:REACH])
    if not fields and (start := _passed_on(lines[:REACH])):
        fields, end = _fields(lines[start:REACH])
        if len(fields) < PASSED_ON or not {"title", "mail"} <= {role for role, value, _ in fields if value}:
            return Front(), text
    roles = {role for role, _, _ in fields}
    if roles.isdisjoint(("title", "address")) or len(fields) < 2 or not end:
        return Front(), text
    stated = {role: [value for each, value, _ in fields if each == role and value] for role in roles}
    is_noted = lines[0].strip() in _FENCES or stated.get("saved")
    if not stated.get("title") and not (is_noted and stated.get("address")):
        return Front(), text
    names = [name for value in stated.get("byline", ()) for name in from_text(value.strip("[]"))]
    addresses = [value for value in stated.get("address", ()) if _ADDRESS.fullmatch(value)]
    listed = [_listed(value) for value in stated.get("topics", ())]
    first = {role: next(iter(values), "") for role, values in stated.items()}
    front = Front(
        title=first.get("title", ""),
        date=first.get("date_line", ""),
        authors=tuple(dict.fromkeys(names)),
        address=next(iter(addresses), ""),
        site=first.get("site", ""),
        description=first.get("description", ""),
        section=next(iter(_listed(first.get("section", ""))), ""),
        topics=tuple(dict.fromkeys(topic for topics in listed for topic in topics)),
        removed=(
            *(Removed(reason="outside_article", text=line.strip()) for line in lines[:start] if line.strip()),
            *(Removed(reason=_REASON.get(role, role), text=line) for role, _, line in fields),
        ),
    )
    return front, "\n".join([""] * (start + end) + lines[start + end :])


def _passed_on(lines: Sequence[str]) -> int:
    """Return where a message begins that somebody passed on with a short note above it, 0 where none does."""
    said = 0
    for at, text in enumerate(map(str.strip, lines)):
        field = _FIELD.match(text) if ":" in text or "：" in text else None
        if _FORWARDED.match(text) or (field and _role_of().get(field[1].casefold()) == "mail"):
            return at
        said += forms.width(text)
        # What a colon announces is quoted: "The minister then wrote:".
        if said > NOTE or text.endswith((":", "：")):
            break
    return 0


def _listed(value: str) -> list[str]:
    """Return the items of a list in one line: "[a, b]", "['a', 'b']", "a, b"."""
    items = value.strip().removeprefix("[").removesuffix("]").split(",")
    return [text for each in items if (text := _bare(each))]


def _fields(lines: Sequence[str]) -> tuple[list[tuple[str, str, str]], int]:
    """Return the fields of a head (what each is, its value, its line), and where it ends; 0 where there is none."""
    at = next((place for place, line in enumerate(lines) if line.strip()), 0)
    first = lines[at].strip() if lines else ""
    closed = first if first in _FENCES else ""
    if closed or _FORWARDED.match(first):
        at += 1
    found: list[tuple[str, str, str]] = []
    role, end = "navigation", 0
    for place in range(at, len(lines)):
        line = lines[place].strip()
        if closed and line == closed:
            return found, place + 1
        match = _noted().match(line) or _FIELD.match(line)
        known = _role_of().get(match[1].casefold()) if match else None
        if match and (known or closed):
            role = known or "navigation"
            found.append((role, _bare(match[2]), line))
            end = place + 1
        elif line and (item := _ITEM.match(lines[place])) and closed:
            found.append((role, _bare(item[1]), line))
        elif line and not closed and not (found and lines[place][0] in " \t" and lines[place - 1].strip()):
            break
    return found, 0 if closed else end


def _bare(value: str) -> str:
    return value.strip().strip("\"'").removeprefix("[[").removesuffix("]]").strip()
