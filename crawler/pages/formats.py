"""The formats of saved pages. A new one joins by one entry in FORMATS: its endings, its reader, how to recognise it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines.decode import HTML_ENDINGS, TEXT_ENDINGS
from pipelines.errors import BrokenPage
from pipelines.model import RawPage, Rejected

from .bounded import open_regular
from .manifest import SUFFIXES as MANIFEST_SUFFIXES
from .manifest import is_manifest, read_manifest
from .mhtml import SUFFIXES as MHTML_SUFFIXES
from .mhtml import is_mhtml, read_mhtml
from .single import read_single
from .warc import SUFFIXES as WARC_SUFFIXES
from .warc import is_warc, read_warc

Reader = Callable[[Path, str, int], Iterator[RawPage | Rejected]]
"""(path, source as the user named it, most bytes of a page) → pages; raises BrokenPage or OSError for the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """``one_page``: a file holds exactly one page. ``matches`` judges the first inflated bytes of an unnamed file."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    one_page: bool
    matches: Callable[[bytes], bool]


def _and_gz(suffixes: tuple[str, ...]) -> tuple[str, ...]:
    return (*suffixes, *(f"{suffix}.gz" for suffix in suffixes))


WARC = Format(name="WARC", suffixes=WARC_SUFFIXES, read=read_warc, one_page=False, matches=is_warc)
MHTML = Format(name="MHTML", suffixes=_and_gz(MHTML_SUFFIXES), read=read_mhtml, one_page=True, matches=is_mhtml)
PAGE = Format(
    name="page",
    suffixes=_and_gz(HTML_ENDINGS + TEXT_ENDINGS),
    read=read_single,
    one_page=True,
    matches=lambda head: True,
)


def _read_listed(path: Path, source: str, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Read a file that a manifest names: any format of one page; archives and manifests inside it are refused."""
    form = format_of(path)
    if not form.one_page:
        raise BrokenPage("bad_manifest_line", f"a {form.name} file is not one page")
    return form.read(path, source, max_bytes)


MANIFEST = Format(
    name="manifest",
    suffixes=MANIFEST_SUFFIXES,
    read=partial(read_manifest, read_one=_read_listed),
    one_page=False,
    matches=is_manifest,
)

FORMATS = (WARC, MHTML, MANIFEST, PAGE)
"""In the order in which an unnamed file is tried: PAGE takes whatever is left, and decode judges it."""


def by_name(name: str) -> Format | None:
    """Return the format that a file's name promises."""
    lower = name.lower()
    return next((form for form in FORMATS if lower.endswith(form.suffixes)), None)


def format_of(path: Path) -> Format:
    """Return the format of a file that was named by the user: by its ending, else by its first bytes."""
    return by_name(path.name) or next(form for form in FORMATS if form.matches(head_of(path)))


def head_of(path: Path, size: int = 4096) -> bytes:
    """Return the first bytes of a file, inflated if it is gzip."""
    with open_regular(path) as file:
        head = file.read(size)
    if not head.startswith(b"\x1f\x8b"):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, size)
    except zlib.error:
        return head
