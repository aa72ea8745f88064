"""The entries of an XML sitemap, whatever slips it has: what is wrong in one entry costs no other. Pure.

Most sitemaps are put together by hand in templates: bare ``&``, prefixes that nobody declared, tags left open. A slip
that libxml2 can pass over changes what comes behind it; one that it cannot ends the file there without a word.
"""

from __future__ import annotations

import codecs
import functools
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import lxml.etree

from pipelines.errors import BrokenPage

_PLAIN = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(amp|lt|gt|quot|apos);|#\w{1,8};)?|<(?=\s)", re.DOTALL | re.IGNORECASE
)
_NUMBERS = {b"": b"&#38;", b"amp": b"&#38;", b"lt": b"&#60;", b"gt": b"&#62;", b"quot": b"&#34;", b"apos": b"&#39;"}
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_START = re.compile(rb"<(?:[\w-]+:)?(?:url|sitemap)[\s>]")
_END = re.compile(rb"</(?:[\w-]+:)?(?:url|sitemap)\s*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ``url`` or ``sitemap``: the texts of its own children, and those of its ``news:news``, by local name."""

    name: str
    own: dict[str, str]
    news: dict[str, str] = field(default_factory=dict)


def entries(body: bytes, limit: int) -> list[Entry]:
    """Return the first ``limit`` entries; of a torn file those before the tear. Entities are refused before this."""
    body = _mended(body)
    ends = [match.end() for match in _END.finditer(body)]
    body = body[: ends[-1]] if ends else body  # or a torn last entry would end in half an address
    found, slipped = _streamed(body, limit)
    return _one_by_one(body, ends, limit) if slipped and ends else found


def _streamed(body: bytes, limit: int) -> tuple[list[Entry], bool]:
    """Read the file as it is meant, in little memory; tell whether it had slips."""
    found: list[Entry] = []
    events = lxml.etree.iterparse(
        io.BytesIO(body), events=("end",), resolve_entities=False, load_dtd=False, no_network=True, recover=True
    )
    try:
        for _, element in events:
            if _local(element) in ("url", "sitemap"):
                found.append(_entry(element))
                element.clear()
                while element.getprevious() is not None:  # or the read part stays in memory
                    del element.getparent()[0]
            if len(found) >= limit:
                break
    except lxml.etree.XMLSyntaxError as error:
        if not found and not _END.search(body):
            raise BrokenPage("broken_sitemap", str(error)[:200]) from None
        return found, True
    # A prefix that nobody declared changes nothing, and a cut at the last entry leaves the outermost tag open.
    harmless = ("NS_ERR_UNDEFINED_NAMESPACE", "ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END")
    return found, any(one.type_name not in harmless for one in events.error_log)


def _one_by_one(body: bytes, ends: Sequence[int], limit: int) -> list[Entry]:
    """Read each entry as a file of its own."""
    parser = _parser(body)
    found: list[Entry] = []
    for start, end in zip((0, *ends), ends, strict=False):
        if len(found) >= limit:
            break
        piece = body[start:end]
        first = _START.search(piece)
        element = lxml.etree.fromstring(piece[first.start() :], parser) if first else None
        if element is not None and _local(element) in ("url", "sitemap"):
            found.append(_entry(element))
    return found


def _parser(body: bytes) -> lxml.etree.XMLParser:
    """Return a parser for the pieces of a file, which lack the line that states its charset."""
    stated = re.match(rb"\s*<\?xml[^>]{0,200}encoding=[\"']([\w-]{1,40})", body)
    make = functools.partial(
        lxml.etree.XMLParser, resolve_entities=False, load_dtd=False, no_network=True, recover=True
    )
    try:
        return make(encoding=codecs.lookup(stated[1].decode()).name if stated else None)
    except LookupError:  # none that Python knows, or none for texts
        return make()


def _entry(element: lxml.etree._Element) -> Entry:
    """Read one entry: its own address and change, never those of the pictures and videos it lists."""
    news = next((_texts(child) for child in element if _local(child) == "news"), {})
    return Entry(name=_local(element), own=_texts(element), news=news)


def _texts(element: lxml.etree._Element) -> dict[str, str]:
    """Return the texts of an element's own children by local name, the first of each."""
    values: dict[str, str] = {}
    for child in element:
        if (name := _local(child)) and (text := "".join(child.itertext()).strip()):
            values.setdefault(name, text)
    return values


def _local(element: lxml.etree._Element) -> str:
    """Return the name without its prefix; one that nobody declared stands in the tag itself."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _mended(body: bytes) -> bytes:
    """Drop comments, and write the signs that need it as numbers: ``&``, ``<`` before a space, the five named ones.

    After the first slip anywhere in a file libxml2 drops every ``&amp;``, but no number, so that one bare ``&`` would
    change all addresses behind it. Not for UTF-16 and ISO-2022, where these bytes are halves of other characters.
    """
    if b"\x00" in body[:4] or b"\x1b$" in body:
        return body
    return _PLAIN.sub(lambda match: _number(match[0], match[1]), _COMMENT.sub(b"", body))


def _number(sign: bytes, name: bytes | None) -> bytes:
    if sign == b"<":
        return b"&#60;"
    if sign[:2] in (b"<!", b"&#"):
        return sign
    return _NUMBERS[(name or b"").lower()]
