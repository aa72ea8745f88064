"""What an address says of the day, and whether 3/4/2024 is the 3rd of April on a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from pipelines.metadata import sites, words
from pipelines.metadata.datelines import Context, Found
from pipelines.metadata.tree import Page
from pipelines.model import Stamp

_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/_.](0?[1-9]|1[0-2])[-/_.](0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"|/([a-z]{3,9})/(\d\d?))(?!\d)",
    re.IGNORECASE,
)
_URL_PARTED = re.compile(
    r"/((?:19|20)\d\d)((?:/[a-z][a-z_.]{1,20}){1,2})/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=/|$)", re.IGNORECASE
)
"""The section stands between the year and the day: /2010/POLITICS/08/13/, /2009/WORLD/europe/01/19/."""
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:20)?(\d\d)(?![\d/])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAY_FIRST = frozenset({"au"})
"""Countries of several zones, which therefore have none of their own in the table."""
_MONTH_FIRST = frozenset({"us", "gov", "mil", "edu", "ph"})
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)


def from_url(context: Context) -> Found | None:
    """Return the day that the address itself states (/2024/01/19/, /2023/october/03/, t20240119_)."""
    found = _url_day(context.url)
    if found and (made := context.read("-".join(found[:3]))):
        stamp = Stamp(at=made[0].at, raw=found[3], precision="day")
        return Found(stamp, made[1], found[4])
    return None


def _url_day(url: str) -> tuple[str, str, str, str, float] | None:
    """Return (year, month, day, its characters, trust) of the day that an address states."""
    for match in _URL_DAY.finditer(_ARCHIVE.sub("", url[:500])):
        year, parted_month, parted_day, glued_month, glued_day, name, named_day = match.groups()
        month = parted_month or glued_month or words.months().get((name or "").lower())
        day = parted_day or glued_day or named_day
        if month:
            return year, str(month), day, match.group(), 5.0 if glued_month else 5.5
    parted = _URL_PARTED.search(url[:500])
    return (parted[1], parted[3], parted[4], parted.group(), 5.0) if parted else None


def known_days(url: str) -> set[str]:
    """Return the day (YYYY-MM-DD) that an address states, nothing where it states none."""
    address = _url_day(url)
    return {f"{address[0]}-{int(address[1]):02}-{int(address[2]):02}"} if address else set()


def order(page: Page, language: str | None, url: str) -> bool | None:
    """Return whether 3/4/2024 is the 3rd of April: as the page's clear dates have it, else as its language does."""
    known = known_days(url)
    for kind in ("published", "modified"):
        known.update(value[:10] for value in page.meta(*words.table("fields")[kind]) if _ISO.match(value))
    texts = (*(line.text for line in page.lines[:2000]), *page.meta(*words.table("fields")["published"]))
    shown = order_on(texts, known)
    return day_first(language, sites.host(url).rpartition(".")[2]) if shown is None else shown


def day_first(language: str | None, suffix: str) -> bool | None:
    """Return whether the day comes first, by the page's language and country domain; None where nothing tells.

    English that names no country is American, by Unicode's likely subtags (en is en-Latn-US).
    """
    tag = (language or "").lower()
    if tag.startswith("en"):
        if suffix in _MONTH_FIRST or tag in ("en-us", "en-ph"):
            return False
        if tag in ("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za") or suffix in _DAY_FIRST:
            return True
        if suffix in words.countries():
            return True
        return None if tag == "en-ca" or suffix == "ca" else False
    if tag.startswith(("zh", "ja", "ko", "hu", "lt")):
        return None
    return True if tag else None


def order_on(texts: Iterable[str], known: Collection[str] = ()) -> bool | None:
    """Return whether the page itself writes the day first, by its unambiguous dates (1/19/2024 or 19/1/2024).

    One that is a ``known`` day (YYYY-MM-DD) in one order only is unambiguous too.
    """
    seen = set()
    for text in texts:
        if "/" in text:
            for left, right, year in _SLASHED.findall(text[:300]):
                first, second = int(left), int(right)
                if max(first, second) <= 31 and (first > 12) != (second > 12):
                    seen.add(first > 12)
                elif first != second and known:
                    readings = f"20{year}-{second:02}-{first:02}", f"20{year}-{first:02}-{second:02}"
                    if (readings[0] in known) != (readings[1] in known):
                        seen.add(readings[0] in known)
    return seen.pop() if len(seen) == 1 else None
