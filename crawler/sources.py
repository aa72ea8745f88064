"""Reads ``seeds/sources.toml``: which sites are crawled, and how. A mistake is reported with its line.

One file is the whole description of a crawl; ``seeds/sources.example.toml`` documents every key. Nothing here
touches the network.
"""

from __future__ import annotations

import difflib
import hashlib
import ipaddress
import json
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.errors import UsageError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One site to crawl; the keys of one ``[[source]]`` block, checked and with their defaults."""

    name: str
    site: str
    start: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    robots_sitemaps: bool = False
    hosts: tuple[str, ...] = ()
    allow: tuple[re.Pattern[str], ...] = ()
    deny: tuple[re.Pattern[str], ...] = ()
    depth: int = 1
    max_pages: int = 500
    max_age_days: float = 30.0
    language: str | None = None
    timezone: str | None = None
    delay: float = 1.0
    concurrency: int = 1
    revisit_min_minutes: float = 60.0
    revisit_max_hours: float = 168.0
    revisit_days: float = 14.0
    error_budget: int = 20
    cookies: bool = False
    javascript: bool = False
    allow_addresses: tuple[Network, ...] = field(default=())
    line: int = 0

    def owns(self, host: str) -> bool:
        """Tell whether ``host`` belongs to the source: the site's own, a sub-domain of it, or one of ``hosts``."""
        host = ascii_host(host)
        return any(host == own or host.endswith("." + own) for own in self.own_hosts())

    def own_hosts(self) -> tuple[str, ...]:
        """Return the host names of the site: without ``www.``, so that sub-domains count, then ``hosts``."""
        main = ascii_host(urlsplit(self.site).hostname or "").removeprefix("www.")
        return (main, *self.hosts)

    def takes(self, url: str) -> bool:
        """Tell whether an article's address is on one of the source's hosts, and wanted."""
        return self.owns(urlsplit(url).hostname or "") and self.wants(url)

    def what_it_takes(self) -> str:
        """Return a digest of all that decides which addresses are found and wanted; it says when that has changed."""
        patterns = [[one.pattern for one in group] for group in (self.allow, self.deny)]
        lists = [sorted(group) for group in (self.start, self.feeds, self.sitemaps, self.own_hosts())]
        plain = json.dumps([patterns, lists, self.robots_sitemaps, self.depth, self.max_age_days])
        return hashlib.sha256(plain.encode()).hexdigest()

    def wants(self, url: str) -> bool:
        """Tell whether the patterns let an article URL through: no deny matches, and an allow does (if any)."""
        if any(pattern.search(url) for pattern in self.deny):
            return False
        return not self.allow or any(pattern.search(url) for pattern in self.allow)


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """Return a host name as it stands in requests: small letters, no dot at the end, IDNA instead of other scripts."""
    host = host.lower().rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def load(path: Path) -> tuple[Source, ...]:
    """Read a sources file; raise ``UsageError`` with file and line for whatever is wrong with it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Windows editors begin a file with the mark
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file; copy seeds/sources.example.toml and edit it") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: not UTF-8: save the file in that encoding") from None
    return parse(text, str(path))


def parse(text: str, name: str = "sources.toml") -> tuple[Source, ...]:
    """Turn the text of a sources file into ``Source`` values."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _syntax_line(str(error), text)
        typeset = re.search("[“”„‘’＂＝]", "".join(text.split("\n")[line - 1 : line]))
        hint = f'; write plain " and = instead of {typeset[0]}' if typeset else ""
        raise UsageError(f"{name}:{line}: not valid TOML: {error}{hint}") from None
    where = _Lines(text, name)
    for key in data:
        if key not in ("source", "defaults"):
            raise where.error(f"unknown table {key!r}; use [defaults] and [[source]]", key)
    defaults, blocks = data.get("defaults", {}), data.get("source", [])
    if not isinstance(defaults, dict):
        raise where.error("[defaults] is a table", "defaults")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise where.error("write each source as [[source]] (two brackets)", "source")
    if not blocks:
        raise UsageError(f"{name}:1: no [[source]] block in this file")
    shared = _checked(defaults, where, -1, barred=("name", "site"))
    found: list[Source] = []
    for number, block in enumerate(blocks):
        source = _source({**shared, **_checked(block, where, number)}, where, number)
        if any(source.name == other.name for other in found):
            raise where.error(f"a second source is named {source.name!r}", "name", number)
        found.append(source)
    return tuple(found)


def _source(values: Mapping[str, Any], where: _Lines, number: int) -> Source:
    for key in ("name", "site"):
        if key not in values:
            raise where.error(f"a source needs {key!r}", None, number)
    source = Source(**values, line=where.line(None, number))
    if not (source.start or source.feeds or source.sitemaps or source.robots_sitemaps):
        raise where.error("nothing to read: give start, feeds, sitemaps or robots_sitemaps = true", None, number)
    for key in ("start", "feeds", "sitemaps"):
        for url in getattr(source, key):
            if not source.owns(urlsplit(url).hostname or ""):
                raise where.error(f"{url} is on another host than the site; add its host to 'hosts'", key, number)
    if source.revisit_min_minutes > source.revisit_max_hours * 60:
        raise where.error("revisit_min_minutes is longer than revisit_max_hours", "revisit_min_minutes", number)
    return source


def _checked(block: Mapping[str, Any], where: _Lines, number: int, barred: tuple[str, ...] = ()) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in block.items():
        check = _CHECKS.get(key)
        if check is None:
            close = difflib.get_close_matches(key, _CHECKS, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise where.error(f"unknown key {key!r}{hint}", key, number)
        if key in barred:
            raise where.error(f"{key!r} cannot stand in [defaults]", key, number)
        try:
            values[key] = check(value)
        except ValueError as error:
            raise where.error(f"{key}: {error}", key, number) from None
    return values


class _Lines:
    """Finds the line of a key, so that a mistake can be named: tomllib keeps no positions."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self._at: dict[tuple[int, str | None], int] = {}
        block = -1
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(r"\s*\[\[\s*source\s*\]\]", line):
                block += 1
                self._at.setdefault((block, None), number)
            elif match := re.match(r"""\s*(?:\[\s*)?["']?([\w-]+)["']?\s*[\].=]""", line):
                self._at.setdefault((block, match[1]), number)

    def line(self, key: str | None, block: int = -1) -> int:
        """Return the 1-based line of a key in a block (-1: before any block), or the best known line."""
        known = self._at.get((block, key)) or self._at.get((-1, key)) or self._at.get((block, None))
        return known or next((line for (_, name), line in self._at.items() if name == key), 1)

    def error(self, message: str, key: str | None, block: int = -1) -> UsageError:
        """Return the error to raise for a key."""
        return UsageError(f"{self.name}:{self.line(key, block)}: {message}")


def _syntax_line(message: str, text: str) -> int:
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else len(text.splitlines()) or 1


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"expects a text, not {value!r}")
    return value.strip()


def _name(value: Any) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", text := _text(value)):
        raise ValueError(f"use letters, digits, '.', '_' and '-' (at most 64), not {value!r}")
    return text


def _url(value: Any) -> str:
    parts = urlsplit(text := _text(value))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"expects an http(s) address, not {text!r}")
    if parts.username or parts.password:
        raise ValueError("no user name or password in an address")
    if not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", ascii_host(parts.hostname), re.ASCII):
        raise ValueError(f"no host has the name {parts.hostname!r}")
    try:
        _ = parts.port
    except ValueError:
        raise ValueError(f"a port is a number up to 65535: {text!r}") from None
    return text


def _host(value: Any) -> str:
    if not re.fullmatch(r"[\w.-]+", text := ascii_host(_text(value)), re.ASCII):
        raise ValueError(f"expects a host name such as cdn.example.org, not {value!r}")
    return text


def _pattern(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(_text(value))
    except re.error as error:
        raise ValueError(f"not a regular expression: {value!r}: {error}") from None


def _network(value: Any) -> Network:
    try:
        return ipaddress.ip_network(_text(value))
    except ValueError as error:
        raise ValueError(f"expects a network such as 127.0.0.0/8: {error}") from None


def _zone(value: Any) -> str:
    try:
        return zoneinfo.ZoneInfo(_text(value)).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"unknown time zone {value!r}; use an IANA name such as Asia/Shanghai") from None


def _language(value: Any) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,8})?", text := _text(value)):
        raise ValueError(f"expects a language code such as zh or zh-Hant, not {value!r}")
    return text


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expects true or false, not {value!r}")
    return value


def _number(low: float, high: float, *, whole: bool = False) -> Callable[[Any], Any]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or (whole and not isinstance(value, int)):
            raise ValueError(f"expects a {'whole ' if whole else ''}number, not {value!r}")
        if not low <= value <= high:
            raise ValueError(f"expects {low:g} to {high:g}, not {value!r}")
        return value

    return check


def _many(check: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def checked(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f'expects a list, such as ["…"], not {value!r}')
        return tuple(dict.fromkeys(check(item) for item in value))

    return checked


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": _name,
    "site": _url,
    "start": _many(_url),
    "feeds": _many(_url),
    "sitemaps": _many(_url),
    "robots_sitemaps": _flag,
    "hosts": _many(_host),
    "allow": _many(_pattern),
    "deny": _many(_pattern),
    "depth": _number(0, 10, whole=True),
    "max_pages": _number(1, 1_000_000, whole=True),
    "max_age_days": _number(0, 36_500),
    "language": _language,
    "timezone": _zone,
    "delay": _number(0, 3600),
    "concurrency": _number(1, 16, whole=True),
    "revisit_min_minutes": _number(0, 525_600),
    "revisit_max_hours": _number(0, 8_760),
    "revisit_days": _number(0, 36_500),
    "error_budget": _number(1, 100_000, whole=True),
    "cookies": _flag,
    "javascript": _flag,
    "allow_addresses": _many(_network),
}
assert set(_CHECKS) == {item.name for item in fields(Source)} - {"line"}
