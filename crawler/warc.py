"""WARC 1.1 records of one exchange: response, request, and what is known about both."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus

ROLE, TIMEZONE, LANGUAGE = "Polyglean-Role", "Polyglean-Timezone", "Polyglean-Language"
ADDRESS = "Polyglean-Address"
ARTICLE = "article"
"""Extension fields of a response record. The role is ``article``, ``twin``, ``refresh`` (a page that sends elsewhere),
``gate`` (one that a redirect puts before the article), ``unrendered``, ``feed``, ``sitemap``, ``section`` or
``robots``; a replay takes the articles. The address is the clean one, where that differs from what was asked. Readers
skip fields they do not know, as the standard asks."""
TAKEN = (200, 203)
"""Statuses of an article; 203 is the page as a proxy on the way has changed it."""

_STATED = {"timezone": TIMEZONE, "language": LANGUAGE, "address": ADDRESS}

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its response, the body as it came (content encoding kept, transfer encoding undone)."""

    url: str
    at: datetime
    method: str
    request_headers: Headers
    status: int
    response_headers: Headers
    body: bytes = field(repr=False)
    ip: str | None = None
    role: str = ARTICLE
    facts: Mapping[str, str] = field(default_factory=dict)
    """For the metadata record: source, via, timezone, language, address, seconds."""


def records(exchange: Exchange, info: str) -> Iterable[bytes]:
    """Make the response, request and metadata records of one exchange."""
    at = exchange.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    target = exchange.url
    response_id, request_id = (f"<urn:uuid:{uuid.uuid4()}>" for _ in range(2))
    status = f"HTTP/1.1 {exchange.status} {_phrase(exchange.status)}".encode()
    block = _http(status, exchange.response_headers, exchange.body)
    common = [("WARC-Date", at), ("WARC-Target-URI", target), ("WARC-Warcinfo-ID", info)]
    place = [("WARC-IP-Address", exchange.ip)] if exchange.ip else []
    role = [(ROLE, exchange.role)]
    role += [(field, exchange.facts[key]) for key, field in _STATED.items() if key in exchange.facts]
    digest = [("WARC-Payload-Digest", _digest(exchange.body))]
    yield _record("response", response_id, block, "application/http; msgtype=response", common + place + digest + role)
    line, headers = _request_line(exchange)
    link = [("WARC-Concurrent-To", response_id)]
    yield _record("request", request_id, _http(line, headers, b""), "application/http; msgtype=request", common + link)
    facts = {"role": exchange.role, **exchange.facts}
    fields = "".join(f"{key}: {' '.join(str(value).split())}\r\n" for key, value in facts.items()).encode()
    yield _record("metadata", f"<urn:uuid:{uuid.uuid4()}>", fields, "application/warc-fields", common + link)


def _request_line(exchange: Exchange) -> tuple[bytes, Headers]:
    scheme_rest = exchange.url.partition("://")[2]
    host, slash, path = scheme_rest.partition("/")
    host, mark, query = host.partition("?")
    line = f"{exchange.method} {slash + path if slash else '/' + mark + query} HTTP/1.1"
    headers = [(name, value) for name, value in exchange.request_headers if name.lower() != b"host"]
    return line.encode(), [(b"Host", host.encode()), *headers]


def _http(line: bytes, headers: Headers, body: bytes) -> bytes:
    """Join a message; its length is stated as stored, because transfer encodings are undone by then."""
    skipped = (b"transfer-encoding", b"content-length")
    lines = [line, *(name + b": " + value for name, value in headers if name.lower() not in skipped)]
    if line.startswith(b"HTTP/"):
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def warcinfo(record_id: str, name: str) -> bytes:
    """Make the record that opens a file and says who wrote it."""
    fields = (
        "software: polyglean\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        "robots: obey\r\n"
    )
    at = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    headers = [("WARC-Date", at), ("WARC-Filename", name)]
    return _record("warcinfo", record_id, fields.encode(), "application/warc-fields", headers)


def _record(kind: str, record_id: str, block: bytes, content_type: str, headers: Sequence[tuple[str, str]]) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: {record_id}",
        *(f"{name}: {value}" for name, value in headers),
        f"WARC-Block-Digest: {_digest(block)}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
