"""Lists in JSON: what a "load more" button or a site's own programs ask for, when a source names it. Pure.

The answer is read, never run: records with an address and a title or a time, pieces of HTML that hold links, the
address of the next page. What would have to be put together from parts (a number, a slug) is left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree
import lxml.html

from crawler import discovery, links, times
from crawler.discovery import Candidate, Found
from pipelines.decode import decode
from pipelines.errors import BrokenPage

_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\)\]\}'?,?\s*)?(?:/\*\*/)?\s*(?:[\w$.]{1,100}\s*\(\s*)?(?:[{\[]|\"(?:\\n|\s)*<)"
)
"""An object, an array or a text of HTML, bare, behind the mark that keeps scripts off, or as the argument of a call."""
_ADDRESS_NAMES = """
htmlurl weburl articleurl newsurl permalink link url fullurl href pageurl docurl detailurl shareurl canonicalurl path
alias uri
"""
_ADDRESS = tuple(_ADDRESS_NAMES.split())
"""Names of an article's own address, the surest first: where there are several, ``url`` is often that of the record."""
_LOOKS = re.compile(
    r"(?:https?:)?//\S+|\.{0,2}/\S*|\?\S+|[\w%.-]+/\S+|\S+\.(?:s?html?|php|aspx?|jsp)(?:\?\S*)?", re.IGNORECASE
)
_NEXT_NAMES = """
next nextpage nexturl nextpageurl nextlink nexthref more moreurl morelink loadmore loadmoreurl
"""
_NEXT = frozenset(_NEXT_NAMES.split())
_TIME_NAMES = """
modifiedgmt datemodified modified modifiedat modifiedtime updated updatedat updatetime lastmodified lastmod mtime
dategmt datepublished published publishedat publishedon publishdate publishtime publicationdate pubdate pubtime date
created createdat createtime posttime postdate ctime intime time timestamp datetime displaydate
"""
_TIMES = tuple(_TIME_NAMES.split())
"""Those of the last change first."""
_ASIDE_NAMES = """
author authors image images thumbnail thumbnails media photo photos icon logo category categories tag tags breadcrumb
breadcrumbs menu menus nav navigation footer ads ad advert adverts user users profile
"""
_ASIDE = frozenset(_ASIDE_NAMES.split())
"""What stands beside the articles of a list, or belongs to one, and has titles and addresses too."""
_LEVELS, _NODES, _FRAGMENTS = 24, 200_000, 500
"""Bounds, of how deep and how much is looked at; lists as sites send them have 6 levels, 5,000 values, 50 pieces."""


@dataclass(slots=True)
class _Reading:
    """What has been found so far, and how much may still be looked at."""

    url: str
    articles: list[Candidate] = field(default_factory=list)
    sections: list[Candidate] = field(default_factory=list)
    lists: int = 0
    nodes: int = _NODES
    fragments: int = _FRAGMENTS


def read(body: bytes, url: str, media: str) -> Found | None:
    """Read a JSON feed or any other list in JSON; None for what is none, ``BrokenPage`` for JSON that lists nothing."""
    if _START.match(body[:4096].lstrip()) is None:
        return None
    text, _ = decode(body, media, is_html=False)
    value = _loads(text)
    if value is None:
        return None
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        found = discovery.json_feed(value, url)
        if found.articles:
            return found
    reading = _Reading(url=url)
    _look(value, reading, 0)
    if not (reading.lists or reading.articles or reading.sections):
        raise BrokenPage("broken_list", "JSON in which nothing is listed")
    return discovery.gathered(reading.articles, reading.sections)


def _loads(text: str) -> Any:
    """Return the value of a text, bare or wrapped; None if it has none."""
    bare = text.removeprefix("\ufeff").strip()
    for unwrap in (str, lambda text: text.removeprefix(")]}").lstrip("',\r\n"), _argument):
        try:
            return json.loads(unwrap(bare))
        except (ValueError, RecursionError):
            continue
    return None


def _argument(text: str) -> str:
    """Return the argument of a call, which is all that its text is."""
    return text[text.find("(") + 1 :].rstrip("; \r\n").removesuffix(")")


def _look(value: Any, reading: _Reading, level: int) -> None:
    """Take what a value lists, in its order."""
    reading.nodes -= 1
    if reading.nodes < 0 or level > _LEVELS or len(reading.articles) >= discovery.MAX_ENTRIES:
        return
    if isinstance(value, list):
        reading.lists += 1
        for one in value:
            _look(one, reading, level + 1)
    elif isinstance(value, dict):
        _look_into(value, reading, level)
    elif isinstance(value, str):
        _look_at_text(value, reading, level)


def _look_into(record: dict[str, Any], reading: _Reading, level: int) -> None:
    """Take a record for an article, or look at what it holds: what an article holds is its own."""
    fields = {re.sub(r"[^a-z]", "", name.lower()): value for name, value in record.items()}
    if (address := _address(fields, reading.url)) and not links.is_file(address):
        title, at = _title(fields), next(_stamps(fields), None)
        score = links.article_score(address, title)
        one = Candidate(url=address, at=at, text=title)
        if score >= 3 or (title and at and score > -5):
            reading.articles.append(one)
            return
        if title and score > -5:
            reading.sections.append(one)
    for name, value in fields.items():
        if name in _NEXT and (further := _next(value, reading.url)):
            reading.sections.append(Candidate(url=further))
        elif name not in _ASIDE and isinstance(value, dict | list | str):
            _look(value, reading, level + 1)


def _look_at_text(text: str, reading: _Reading, level: int) -> None:
    """Read a piece of HTML as a section page, and JSON within JSON as what it is."""
    if text[:1] in "[{" and text[-1:] in "]}" and len(text) > 1:
        try:
            _look(json.loads(text), reading, level + 1)
        except (ValueError, RecursionError):
            return
    elif "<a" in text and "href" in text and reading.fragments > 0:
        reading.fragments -= 1
        try:
            tree = lxml.html.document_fromstring(
                text.encode(errors="replace"), parser=lxml.html.HTMLParser(encoding="utf-8")
            )
        except (lxml.etree.ParserError, ValueError):
            return
        found = discovery.read_page(tree, reading.url)
        reading.articles += found.articles
        reading.sections += found.sections
    elif not text.strip() and level <= 2:
        reading.lists += 1  # {"html": ""}: there is nothing more


def _address(fields: dict[str, Any], base: str) -> str | None:
    """Return a record's own address."""
    return next((found for name in _ADDRESS if (found := _as_address(fields.get(name), base))), None)


def _as_address(value: Any, base: str) -> str | None:
    """Return the address in a value, or in a record that holds nothing else of use, as ``{"href": "/2"}``."""
    if isinstance(value, dict):
        value = next((one for name in ("href", "url", "alias") if isinstance(one := value.get(name), str)), None)
    if not isinstance(value, str) or not _LOOKS.fullmatch(value.strip()):
        return None
    return links.clean(value.strip(), base)


def _next(value: Any, base: str) -> str | None:
    """Return the address of the next page; a mere token, which a program would put into one, is none."""
    text = value.get("href") or value.get("url") if isinstance(value, dict) else value
    is_address = isinstance(text, str) and re.match(r"https?://|/[\w.-]|\?\w+=", text.strip())
    return _as_address(text, base) if is_address else None


def _title(fields: dict[str, Any]) -> str:
    """Return a record's title, without marks."""
    named = [
        name for name in fields if name.endswith(("title", "headline", "subject", "heading")) and name != "subtitle"
    ]
    for name in sorted(named, key=lambda name: name not in ("title", "headline")):
        value = fields[name]
        text = value.get("rendered") or value.get("text") if isinstance(value, dict) else value
        if isinstance(text, str) and text.strip():
            return " ".join(re.sub(r"<[^>]*>", " ", text).split())[:300]
    return ""


def _stamps(fields: dict[str, Any]) -> Iterator[Any]:
    """Yield the times of a record, that of its last change first."""
    for name in _TIMES:
        value = fields.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and (at := times.read(str(value))):
            yield at
