"""Articles that stand in a script's JSON alone: the state that Next.js, Nuxt, Apollo or Redux build a page from.

Used only where the tree holds next to no text, so other pages pay nothing. Plain JSON is read, nothing is evaluated,
and every step is bounded: characters, values, depth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

import lxml.html

from pipelines.forms import is_prose, is_sentence, key, width
from pipelines.html.parse import parse
from pipelines.html.votes.second import FEW
from pipelines.html.walk import Walker
from pipelines.metadata import words
from pipelines.model import Block, Kind, Metadata, Stamp

MIN_PROSE = 300
"""Columns of running text from which a value may be an article: descriptions and teasers are shorter."""
MAX_SCRIPT, MAX_SCRIPTS = 4_000_000, 8_000_000
MAX_VALUES, MAX_DEPTH = 100_000, 40
_MIN_SCRIPT = 400
_ASSIGNED = re.compile(r"(?:[\w$\]\"']\s*=\s*|\(\s*)(?=[\[{])")
"""Where a value may begin in a script that is more than JSON: ``window.__STATE__ = {``, ``push([``."""
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")
_TRIES = 20
_QUOTED_KEYS = 4
_TEXT = ("text", "html", "content", "contenthtml", "body", "bodyhtml", "value", "data", "rendered", "paragraph", "copy")
_NESTED = ("model", "attrs", "props", "fields", "children", "blocks", "nodes", "items", *_TEXT)
_TITLES = ("headline", "title", "name")
_DATES: tuple[str, ...] = ("datepublished", "publishedat", "published", "publishdate", "publisheddate")
_DATES += (
    "publicationdate",
    "firstpublished",
    "pubdate",
    "publishtime",
    "published_at",
    "publish_date",
    "displaydate",
    "createdat",
    "pub_time",
    "pubtime",
    "publish_time",
    "releasetime",
    "release_time",
    "inputtime",
    "ctime",
    "create_time",
)
_AUTHORS = ("author", "authors", "byline", "creator", "contributors")


@dataclass(frozen=True, slots=True)
class Found:
    """An article in a script: its blocks, and what the object that holds it says of itself."""

    blocks: tuple[Block, ...]
    facts: Mapping[str, Any]
    prose: int


def is_scarce(blocks: Sequence[Block]) -> bool:
    """Say whether a page shows so little text that its article may stand elsewhere."""
    return sum(width(block.text) for block in blocks) < FEW


def rescue(
    root: lxml.html.HtmlElement, blocks: tuple[Block, ...], title: str | None
) -> tuple[tuple[Block, ...], Mapping[str, Any]]:
    """Return the blocks of the article in the page's scripts where ``blocks`` are next to nothing, and its object.

    A page's state holds other articles as well: an object with a title counts if that is the page's own, or, where the
    page has none or that of a section ("News details"), if no other holds an article.
    """
    if not is_scarce(blocks):
        return blocks, {}
    wanted = key(title or "")
    best = Found((), {}, 0)
    others: dict[str, Found] = {}
    for value in _values(root):
        for found in _candidates(value):
            titles = [key(found.facts[name]) for name in _TITLES if isinstance(found.facts.get(name), str)]
            same = len(wanted) > 5 and any(len(own) > 5 and (own in wanted or wanted in own) for own in titles)
            if (same or not titles) and found.prose > best.prose:
                best = found
            elif titles and found.prose > getattr(others.get(titles[0]), "prose", 0):
                others[titles[0]] = found
    if not best.blocks and len(others) == 1 and _is_bare(title):
        best = next(iter(others.values()))
    return (best.blocks, best.facts) if best.blocks else (blocks, {})


def _is_bare(title: str | None) -> bool:
    """Say whether a page's title tells nothing of its article: none, or what sites call a section."""
    return not title or title.casefold() in words.words("sites", "sections")


def with_facts(meta: Metadata, facts: Mapping[str, Any], zone: tzinfo | None = None) -> Metadata:
    """Return the metadata with what the article's object says where the page itself says nothing.

    ``zone`` is that of times that name none.
    """
    if not facts:
        return meta
    title = next((" ".join(str(facts[name]).split()) for name in _TITLES if isinstance(facts.get(name), str)), None)
    stamps = (_stamp(facts.get(name), zone or UTC) for name in _DATES)
    names = next((found for name in _AUTHORS if (found := _names(facts.get(name)))), ())
    return replace(
        meta,
        title=title if title and _is_bare(meta.title) else meta.title,
        published=meta.published or next((stamp for stamp in stamps if stamp), None),
        authors=meta.authors or names,
    )


def _values(root: lxml.html.HtmlElement) -> Iterator[Any]:
    """Yield the JSON values of the page's scripts."""
    room = MAX_SCRIPTS
    for script in root.iter("script"):
        text = script.text or ""
        if not _MIN_SCRIPT <= len(text) <= min(MAX_SCRIPT, room) or "ld+json" in (script.get("type") or ""):
            continue
        room -= len(text)
        yield from _parsed(text.strip())


def _parsed(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    text = _UNDEFINED.sub("null", text) if "undefined" in text else text
    at = tries = 0
    while at < len(text) and tries < _TRIES:
        tries += 1
        begin = at if text[at] in "[{" else None
        if begin is None:
            quoted, plain = _PARSED.search(text, at), _ASSIGNED.search(text, at)
            hit = min((hit for hit in (quoted, plain) if hit), key=lambda hit: hit.start(), default=None)
            if hit is None:
                return
            begin = hit.end()
        try:
            value, at = decoder.raw_decode(text, begin)
            yield json.loads(value, strict=False) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            at = begin + 1


def _candidates(value: Any) -> Iterator[Found]:
    """Yield everything in a value that may be an article."""
    stack: list[tuple[Any, Mapping[str, Any], int]] = [(value, {}, 0)]
    seen = 0
    while stack and seen < MAX_VALUES:
        item, holder, depth = stack.pop()
        seen += 1
        if isinstance(item, str):
            # JSON in a string (the flight data of server components) is no text of an article.
            if (
                len(item) >= MIN_PROSE // 2
                and item.count('":') < _QUOTED_KEYS
                and (found := _found(_from_text(item), holder))
            ):
                yield found
        elif depth >= MAX_DEPTH:
            continue
        elif isinstance(item, list):
            lines = [line for each in item[:2_000] for line in _lines_of(each, 0)]
            if len(lines) >= 3 and (
                found := _found(tuple(block for line in lines for block in _from_text(line)), holder)
            ):
                yield found
            stack.extend((each, holder, depth + 1) for each in item if isinstance(each, list | dict | str))
        elif isinstance(item, dict):
            facts = {str(name).lower(): each for name, each in item.items()}
            # An object without a title of its own is a part of the one around it.
            holder = facts if any(isinstance(facts.get(name), str) for name in _TITLES) else holder
            stack.extend((each, holder, depth + 1) for each in item.values() if isinstance(each, list | dict | str))


def _lines_of(item: Any, depth: int) -> list[str]:
    """Return the text of one paragraph object of a list of them."""
    if isinstance(item, str):
        return [item]
    if not isinstance(item, dict) or depth > 4:
        return []
    facts = {str(name).lower(): each for name, each in item.items()}
    if any(isinstance(facts.get(name), str) for name in _TITLES) and ("url" in facts or "slug" in facts):
        return []  # a list of other articles
    for name in _TEXT:
        if isinstance(facts.get(name), str):
            return [str(facts[name])]
    lines: list[str] = []
    for name in _NESTED:
        inner = facts.get(name)
        for each in inner[:200] if isinstance(inner, list) else [inner]:
            if isinstance(each, dict):
                lines += _lines_of(each, depth + 1)
    return lines


def _from_text(text: str) -> tuple[Block, ...]:
    """Return the blocks of a string: markup, or plain lines."""
    if "<" not in text:
        lines = (" ".join(line.split()) for line in text.splitlines())
        return tuple(Block(kind=Kind.PARAGRAPH, text=line) for line in lines if line)
    root = parse(f"<html><body><div>{text}</div></body></html>")
    leaves = Walker().walk(root).leaves if root is not None else []
    return tuple(
        Block(
            kind=leaf.kind,
            text=leaf.text,
            level=leaf.level,
            link_density=round(min(1.0, leaf.link_chars / max(1, len(leaf.text))), 3),
        )
        for leaf in leaves
    )


def _found(blocks: tuple[Block, ...], facts: Mapping[str, Any]) -> Found | None:
    # A Chinese paragraph of one sentence is no wider than a headline in letters.
    prose = sum(
        width(block.text)
        for block in blocks
        if is_prose(block.text) or (not block.text.isascii() and is_sentence(block.text))
    )
    total = sum(width(block.text) for block in blocks)
    return Found(blocks, facts, prose) if prose >= MIN_PROSE and prose * 2 >= total else None


def _stamp(value: Any, zone: tzinfo) -> Stamp | None:
    """Read an ISO date, or seconds or milliseconds since 1970."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            at = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
            return Stamp(at=at, raw=str(value), precision="second") if at.year > 1990 else None
        if not isinstance(value, str) or not 8 <= len(value) <= 40:
            return None
        at = datetime.fromisoformat(value.strip())
    except (ValueError, OverflowError, OSError):
        return None
    if len(value.strip()) <= 10:
        return Stamp(at=at.replace(tzinfo=UTC), raw=value, precision="day")
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    return Stamp(at=at.astimezone(UTC), raw=value, precision="second")


def _names(value: Any) -> tuple[str, ...]:
    """Return the names of an author value: a string, an object with a name, or a list of them."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("fullName")
    if isinstance(value, str):
        name = " ".join(value.split())
        return (name.removeprefix("By "),) if 2 <= len(name) <= 60 else ()
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for each in value[:10] if not isinstance(each, list) for name in _names(each)))
    return ()
