"""Saved pages of every kind, read lazily and in a fixed order, with no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from pipelines.errors import BrokenPage, UsageError
from pipelines.model import RawPage, Rejected

from . import formats, walk
from .mementos import original
from .single import file_url

__all__ = ["count_pages", "read_pages"]

_COUNT_AT_MOST = 50_000
"""Counting so many files takes about a second; a larger folder starts at once, without a total."""


def read_pages(specs: Sequence[str], *, max_bytes: int) -> Iterator[RawPage | Rejected]:
    """Yield the pages behind files, folders, globs or ``-``; a bad file or page is a Rejected, never an exception.

    Raises UsageError when there is nothing at all behind the specs.
    """
    problems: list[walk.Found] = []
    anything = False
    for found in walk.find(specs):
        if found.problem and not anything:
            problems.append(found)  # held back: without a single page, this is a mistyped command rather than data
            continue
        if not anything:
            anything = True
            yield from map(_rejected, problems)
        yield from [_rejected(found)] if found.problem else _read(found, max_bytes)
    if not anything:
        raise _nothing(specs, problems)


def count_pages(specs: Sequence[str]) -> int | None:
    """Return how many pages and problems ``read_pages`` will yield, None where counting would mean reading.

    Raises UsageError when there is nothing at all behind the specs, so that a command can say so before it starts.
    """
    if walk.STDIN in specs:
        return None
    total, anything, knowable = 0, False, True
    problems: list[walk.Found] = []
    for found in islice(walk.find(specs), _COUNT_AT_MOST):
        total += 1
        if found.problem:
            problems.append(found)
            continue
        anything = True
        form = formats.by_name(found.path.name)
        if form is None or not form.one_page:
            knowable = False
            break
    if not anything:
        raise _nothing(specs, problems)
    return total if knowable and total < _COUNT_AT_MOST else None


def _read(found: walk.Found, max_bytes: int) -> Iterator[RawPage | Rejected]:
    try:
        for page in formats.format_of(found.path).read(found.path, found.source, max_bytes):
            yield original(page) if isinstance(page, RawPage) else page
    except BrokenPage as error:
        yield _broken(found, error.reason, error.detail)
    except OSError as error:
        yield _broken(found, "unreadable", error.strerror or str(error))


def _rejected(found: walk.Found) -> Rejected:
    reason, detail = found.problem or ("unreadable", "")
    return _broken(found, reason, detail)


def _broken(found: walk.Found, reason: str, detail: str) -> Rejected:
    return Rejected(url=_url(found.path), source=found.source, reason=reason, detail=detail, broken=True)


def _url(path: Path) -> str:
    return file_url(path).replace("\x00", "")


def _nothing(specs: Sequence[str], problems: list[walk.Found]) -> UsageError:
    if not problems:
        named = "standard input" if walk.STDIN in specs else "nothing"
        return UsageError(f"no pages: {named} names no file")
    said = "; ".join(f"{found.source}: {(found.problem or ('', ''))[1]}" for found in problems[:3])
    more = f" (and {len(problems) - 3} more)" if len(problems) > 3 else ""
    endings = "html, htm, xhtml, shtml, txt, md, mhtml, warc or jsonl"
    return UsageError(f"no pages in {said}{more}; pages are files in {endings}, plain or .gz")
