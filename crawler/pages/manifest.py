"""Manifests: JSON Lines with a page a line, for pages whose URL and time are known from elsewhere.

A line is ``{"url": …, "path" | "html" | "text": …, "fetched_at": …, "content_type": …}``; the last two are optional.
A path is relative to the manifest and may not leave its folder, not by ``..``, an absolute path or a symbolic link
either: manifests travel with the pages they list, and one from elsewhere must not read other files of this machine.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.binary import binary_kind
from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected
from pipelines.wellformed import well_formed

from .bounded import open_regular, too_large
from .single import content_type_of, file_url, modified_at

_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
_MARKDOWN = ("text/markdown", "text/x-markdown")
_CONTENT_KEYS = ("path", "html", "text")
_JSON_FACTOR = 6
r"""A byte of page takes at most six in JSON (``\u001f``)."""

ReadOne = Callable[[Path, str, int], Iterator[RawPage | Rejected]]


def read_manifest(path: Path, source: str, max_bytes: int, *, read_one: ReadOne) -> Iterator[RawPage | Rejected]:
    """Yield the page of each line, or one Rejected that names the line; ``read_one`` reads the files it points to."""
    with open_regular(path) as raw:
        empty = True
        for number, line in _lines(raw, _JSON_FACTOR * max_bytes + 65536):
            where = f"{source}:{number}"
            if line is not None and not line.strip():
                continue
            empty = False
            try:
                if line is None:
                    raise too_large(max_bytes)
                yield _page(_parse(line), path, where, max_bytes, read_one)
            except BrokenPage as error:
                detail = f"line {number}: {error.detail}"
                url = _url_of(line) or file_url(path)
                yield Rejected(url=url, source=where, reason=error.reason, detail=detail, broken=True)
        if empty:
            raise BrokenPage("empty_page", "the manifest lists no pages")


def is_manifest(head: bytes) -> bool:
    """Tell by a file's first bytes whether its first line is one of a manifest (other JSON Lines are data)."""
    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    # A first line longer than what was read may have its URL at its end.
    cut = len(line) > 60_000
    return (
        line.startswith(b"{")
        and binary_kind(line) is None
        and (cut or b'"url"' in line)
        and any(f'"{key}"'.encode() in line for key in _CONTENT_KEYS)
    )


def listed_paths(path: Path) -> Iterator[Path]:
    """Yield the files that a manifest points to, so that a folder's walk does not read them a second time."""
    try:
        with open_regular(path) as raw:
            for _, line in _lines(raw, 65536):
                try:
                    entry = json.loads(line) if line and b'"path"' in line else {}
                except (ValueError, RecursionError):
                    continue
                name = entry.get("path") if isinstance(entry, dict) else None
                if isinstance(name, str) and name and "\x00" not in name:
                    yield path.parent / _file_name(name)
    except (OSError, EOFError, BrokenPage, ValueError):
        return


def _lines(raw: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield line numbers from 1 and lines; None in place of a line over ``limit`` bytes, which is never held whole."""
    zipped = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    file: Any = gzip.GzipFile(fileobj=raw) if zipped else raw
    number = 0
    try:
        while line := file.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield number, None
    except (EOFError, OSError) as error:
        if not zipped:
            raise
        raise BrokenPage("truncated_gzip", f"after line {number}") from error


def _load(line: bytes) -> dict[str, Any]:
    """Return the object of a line that has at least a URL."""
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrokenPage("bad_manifest_line", f"not JSON ({str(error)[:80]})") from error
    if not isinstance(entry, dict):
        raise BrokenPage("bad_manifest_line", "not a JSON object")
    url = entry.get("url")
    if isinstance(url, str):
        url = entry["url"] = well_formed(url)  # JSON can spell half an emoji, which no catalogue can hold
    if isinstance(url, str) and _WEB.match(url):  # with spaces, as sites write them into their links
        url = entry["url"] = url.strip().replace(" ", "%20")
    if not isinstance(url, str) or ":" not in url or any(char <= " " for char in url):
        raise BrokenPage("bad_manifest_line", 'no "url"' if not url else f"not a URL: {str(url)[:80]!r}")
    return entry


def _parse(line: bytes) -> dict[str, Any]:
    entry = _load(line)
    given = [key for key in _CONTENT_KEYS if entry.get(key) is not None]
    if len(given) != 1:
        raise BrokenPage("bad_manifest_line", 'give one of "path", "html" and "text"')
    for key in (given[0], "fetched_at", "content_type"):
        if entry.get(key) is not None and not isinstance(entry[key], str):  # null is how writers say "not known"
            raise BrokenPage("bad_manifest_line", f'"{key}" is not a string')
    return entry


def _page(entry: dict[str, Any], manifest: Path, where: str, max_bytes: int, read_one: ReadOne) -> RawPage:
    fetched_at = _when(entry["fetched_at"]) if entry.get("fetched_at") else None
    if "path" in entry and entry["path"] is not None:
        page = _from_path(entry["path"], manifest, max_bytes, read_one)
        kind = entry.get("content_type") or page.content_type
        return replace(page, url=entry["url"], fetched_at=fetched_at or page.fetched_at, content_type=kind)
    # The key says what stands there; "content_type" may be the page's own, of which "text" is what somebody extracted.
    key, kind = ("html", "text/html") if entry.get("html") is not None else ("text", "text/plain")
    if key == "text" and (stated := _media_type(entry)) in _MARKDOWN:
        kind = stated
    # Lone surrogates, which JSON can spell and UTF-8 cannot, become question marks.
    body = entry[key].encode("utf-8", "replace")
    if not body.strip():
        raise BrokenPage("empty_page", f'"{key}" is empty')
    if len(body) > max_bytes:
        raise too_large(max_bytes)
    when = fetched_at or modified_at(manifest)
    return RawPage(url=entry["url"], fetched_at=when, body=body, source=where, content_type=f"{kind}; charset=utf-8")


def _media_type(entry: dict[str, Any]) -> str:
    return str(entry.get("content_type") or "").partition(";")[0].strip().lower()


def _from_path(name: str, manifest: Path, max_bytes: int, read_one: ReadOne) -> RawPage:
    base, name = manifest.parent, _file_name(name)
    told = well_formed(name)
    if "\x00" in name:
        raise BrokenPage("bad_manifest_line", "NUL in the path")
    try:
        path = (base / name).resolve()
        if not path.is_relative_to(base.resolve()):
            raise BrokenPage("path_outside", f"{told} is outside the manifest's folder")
        page = next(read_one(path, (base / name).as_posix(), max_bytes))
    except (OSError, RuntimeError) as error:
        raise BrokenPage("unreadable", f"{told}: {getattr(error, 'strerror', None) or error}") from error
    except BrokenPage as error:
        raise BrokenPage(
            error.reason, f"{told}: {error.detail}" if error.reason != "path_outside" else error.detail
        ) from error
    if isinstance(page, Rejected):
        raise BrokenPage(page.reason, page.detail)
    return replace(page, content_type=page.content_type or content_type_of(name))


def _file_name(name: str) -> str:
    """Return a path that the file system can be asked for: a byte that is no UTF-8 may be in it, half an emoji not."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return well_formed(name)
    return name


def _when(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BrokenPage("bad_manifest_line", f'"fetched_at" is not an ISO 8601 time: {text[:40]!r}') from error


def _url_of(line: bytes | None) -> str:
    try:
        return str(_load(line)["url"]) if line else ""
    except BrokenPage:
        return ""
