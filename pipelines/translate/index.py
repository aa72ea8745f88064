"""The package index on the network, and downloads from it: short time limits, bounded, one clear line on failure."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.errors import PackageError
from pipelines.translate import argos
from pipelines.translate.packages import version_key

CONNECT_TIMEOUT_S = 5.0
MAX_INDEX_BYTES = 8 << 20
MAX_PACKAGE_BYTES = 1 << 30
_AGENT = "polyglean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One package that the index offers."""

    from_code: str
    to_code: str
    from_name: str
    to_name: str
    version: str
    links: tuple[str, ...]


def _resolve(address: str, timeout_s: float) -> None:
    """Look a host up with a time limit, which the C library's own look-up does not have."""
    parts = urlsplit(address)
    if parts.scheme in urllib.request.getproxies() or not parts.hostname:
        return  # a proxy looks it up
    failure: list[OSError] = [TimeoutError("no answer from the name server")]

    def look_up() -> None:
        try:
            socket.getaddrinfo(parts.hostname, parts.port or 443)
            failure.clear()
        except OSError as error:
            failure[:] = [error]

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(timeout_s)
    if failure:
        raise failure[0]


@contextlib.contextmanager
def _opened(address: str, timeout_s: float) -> Iterator[Any]:
    """Open an http(s) address; any failure becomes one ``PackageError`` line."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise PackageError(f"{address}: only http and https addresses are read")
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 (checked above)
    try:
        _resolve(address, timeout_s)
        with urllib.request.urlopen(request, timeout=timeout_s) as answer:  # noqa: S310
            yield answer
    except (OSError, HTTPException, ValueError) as error:
        reason = error if isinstance(error, urllib.error.HTTPError) else getattr(error, "reason", None) or error
        raise PackageError(f"cannot reach {address} ({reason})") from None


def offers(*, timeout_s: float = CONNECT_TIMEOUT_S) -> list[Offer]:
    """Return every translation package the index offers, newest of a pair first."""
    address = argos.index_address()
    with _opened(address, timeout_s) as answer:
        body = answer.read(MAX_INDEX_BYTES + 1)
    if len(body) > MAX_INDEX_BYTES:
        raise PackageError(f"{address}: larger than {MAX_INDEX_BYTES} bytes, not an index")
    try:
        known = [argos.package_module().AvailablePackage(entry) for entry in json.loads(body)]
    except (ValueError, AttributeError, TypeError):
        raise PackageError(f"{address}: not a package index") from None
    found = [
        Offer(
            from_code=p.from_code,
            to_code=p.to_code,
            from_name=p.from_name,
            to_name=p.to_name,
            version=str(p.package_version),
            links=tuple(link for link in p.links if isinstance(link, str)),
        )
        for p in known
        if p.type == "translate" and p.from_code and p.to_code
    ]
    return sorted(found, key=lambda o: version_key(o.version), reverse=True)


def choose(found: list[Offer], from_code: str, to_code: str) -> Offer:
    """Return the newest offer for a pair, or raise a line that says what to do."""
    for offer in found:
        if (offer.from_code, offer.to_code) == (from_code, to_code):
            return offer
    raise PackageError(f"the index has no package {from_code} → {to_code}; see: scrapy models available")


def download(
    offer: Offer, into: Path, *, timeout_s: float = CONNECT_TIMEOUT_S, seen: Callable[[int, int], None] | None = None
) -> Path:
    """Download a package to a folder and return the file; ``seen(bytes so far, bytes in all or 0)`` follows it."""
    links = [link for link in offer.links if urlsplit(link).scheme in ("https", "http")]
    failure = PackageError(f"the index names no address for {offer.from_code} → {offer.to_code}")
    for link in sorted(links, reverse=True):  # https before http
        try:
            return _fetch(link, into / f"translate-{offer.from_code}_{offer.to_code}.argosmodel", timeout_s, seen)
        except PackageError as error:
            failure = error
    raise failure


def _fetch(link: str, target: Path, timeout_s: float, seen: Callable[[int, int], None] | None) -> Path:
    """Stream one address to a file; a short or oversized answer is an error."""
    with _opened(link, timeout_s) as answer, target.open("wb") as sink:
        expected = int(answer.headers.get("Content-Length") or 0)
        got = 0
        while chunk := answer.read(1 << 18):
            got += len(chunk)
            if got > MAX_PACKAGE_BYTES:
                raise PackageError(f"{link}: larger than {MAX_PACKAGE_BYTES} bytes")
            sink.write(chunk)
            if seen:
                seen(got, expected)
    if expected and got != expected:
        raise PackageError(f"{link}: {got} of {expected} bytes came")
    return target
