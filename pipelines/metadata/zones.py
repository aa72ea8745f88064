"""The zone of times that name none: the configured one, else that of the site's country.

Where the host's domain names no country (``.com``), a registration in the footer proves a site of mainland China. The
language proves none: Chinese is written in Paris and San Francisco as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.config import Config
from pipelines.metadata import sites, words

FOOTER = 80
"""Last lines of a page among which a registration is looked for."""
_PROVINCE = "[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新蒙]"
_REGISTERED = re.compile(
    rf"{_PROVINCE}\s?ICP\s?[备備证證]\s?\d{{5}}|公网安备\s?\d{{8}}|{_PROVINCE}B2-\d{{6}}|\bICP\s?[备證证]\s?{_PROVINCE}?B2-\d{{6}}"
)
"""Licences that every site of mainland China shows: 京ICP备05000001号, 京公网安备11010502000001号, 粤B2-20090001."""


def find(url: str, config: Config, lines: Sequence[str]) -> ZoneInfo | None:
    """Return the zone of times that name none, None where nothing tells; ``lines`` are the page's last ones."""
    if known := sites.zone(url, config):
        return known
    if any(_REGISTERED.search(line) for line in lines[-FOOTER:] if not line.isascii()):
        return _named(words.countries()["cn"])
    return None


def _named(name: str | None) -> ZoneInfo | None:
    """Return a zone by its name, None where this machine does not know it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
