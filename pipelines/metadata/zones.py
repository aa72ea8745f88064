"""The zone of times that name none: the configured one, that of the page's foot, else that of the site's country.

Forums state it ("All times are GMT -5."). Where the host's domain names no country (``.com``), a registration in the
footer proves a site of mainland China or of South Korea. The language proves none: Chinese is written in Paris and San
Francisco as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta, timezone, tzinfo
from functools import cache
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
_KOREAN = re.compile(
    r"(?:인터넷신문|정기간행물|신문사업)?\s?등록\s?번호\s?[:：]?\s?[가-힣]{2}\s?[,.]?\s?[가-힣]\s?\d{4,5}|사업자\s?등록\s?번호\s?[:：]?\s?\d{3}-\d\d-\d{5}"
)
"""What Korean news sites (서울 아00001) and shops (a tax number) must show."""
_OFFSET = re.compile(
    r"\W{0,3}(?:GMT|UTC|WEZ|MEZ)\s?(?:(?P<sign>[+\-−])\s?(?P<h>\d\d?)(?:[:.]?(?P<m>\d\d)(?!\d))?)?", re.IGNORECASE
)
_STAMPED = re.compile(r"GMT\s?(?P<sign>[+\-−])(?P<h>\d\d?)(?:\.(?P<m>\d))?\s?,\s?\d{4}-\d")
"""The foot of a Discuz forum: "GMT+8, 2024-1-19 10:08"."""
_MARKS = ("GMT", "UTC", "WEZ", "MEZ")
_SUMMER = re.compile(r"\bDST\b")
MAX_STATED = 160


def find(url: str, config: Config, lines: Sequence[str]) -> tzinfo | None:
    """Return the zone of times that name none, None where nothing tells; ``lines`` are the page's last ones."""
    last = lines[-FOOTER:]
    foot = "\n".join(last)
    if not config.default_timezone and any(mark in foot for mark in _MARKS) and (stated := _stated(last)):
        return stated
    if known := sites.zone(url, config):
        return known
    if foot.isascii():
        return None
    if any(_REGISTERED.search(line) for line in last if not line.isascii()):
        return _named(words.countries()["cn"])
    korean = "등록" in foot and any(_KOREAN.search(line) for line in last if "등록" in line)
    return _named(words.countries()["kr"]) if korean else None


def _stated(lines: Sequence[str]) -> tzinfo | None:
    """Return the zone that the foot of a page gives all its times in, None where it gives none or several."""
    found = {zone for line in lines if len(line) <= MAX_STATED and (zone := _stated_in(line)) is not None}
    return found.pop() if len(found) == 1 else None


def _stated_in(line: str) -> tzinfo | None:
    """Return the zone that one line states for all times of the page."""
    if match := _STAMPED.match(line):
        return _offset(match)
    phrase = _phrases().search(line) if any(map(line.__contains__, _MARKS)) else None
    match = _OFFSET.match(line, phrase.end()) if phrase else None
    return _offset(match) if match else None


def _offset(match: re.Match[str]) -> tzinfo | None:
    """Return the zone of an offset from Greenwich, none where it is too far."""
    minutes = (int(match["h"] or 0) * 60 + int(match["m"] or 0)) * (-1 if match["sign"] in ("-", "−") else 1)
    minutes += 60 if _SUMMER.search(match.string) else 0  # "UTC + 1 hour [ DST ]"
    return timezone(timedelta(minutes=minutes)) if abs(minutes) <= 14 * 60 else None


@cache
def _phrases() -> re.Pattern[str]:
    """Return the pattern of what stands before the zone that all times of a page are in."""
    phrases = sorted(words.words("dates", "all_times"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)), re.IGNORECASE)


def _named(name: str | None) -> ZoneInfo | None:
    """Return a zone by its name, None where this machine does not know it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
