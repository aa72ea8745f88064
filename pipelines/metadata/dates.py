"""Dates of a page or of a line: published and modified stamps, never in the future of the fetch."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from pipelines.metadata import moments
from pipelines.metadata.moments import Moment
from pipelines.model import Stamp

SLACK = timedelta(days=1)
"""A stamp may lie this far after the fetch: a day without a zone can be tomorrow's in UTC."""
EARLIEST_YEAR = 1990
"""No web page is older; an earlier date on a page is about its subject."""


def stamp(moment: Moment, line: str, *, fetched_at: datetime, timezone: tzinfo | None) -> Stamp | None:
    """Return the stamp of a moment found in ``line``, None where it cannot be the page's own date."""
    at = moment.instant(timezone)
    if at > fetched_at + SLACK or moment.day.year < EARLIEST_YEAR:
        return None
    return Stamp(at=at, raw=" ".join(line[moment.start : moment.end].split()), precision=moment.precision)


def find_stamp(
    line: str, *, fetched_at: datetime, timezone: tzinfo | None, day_first: bool | None = None
) -> Stamp | None:
    """Return the first date of one visible line, None where it states no full date that can be the page's.

    ``timezone`` is the zone of a time that names none (None: UTC); ``day_first`` settles 3/4/2024, which is left out
    without it. Whether the line is a dateline at all (and not a sentence or a headline) is the caller's to judge.
    """
    for moment in moments.find(line, day_first=day_first):
        found = stamp(moment, line, fetched_at=fetched_at, timezone=timezone)
        if found:
            return found
    return None
