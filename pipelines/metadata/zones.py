"""The zone of times that name none: the configured one, that of the site's country, or what the page tells of it.

Where the host's country is no help (``.com``), a registration in the footer proves a site of mainland China, and the
region of the declared language or the writing itself stand for the country: Chinese, Japanese and Korean are each at
home in one zone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.config import Config
from pipelines.metadata import sites, words
from pipelines.metadata.text import dense

FOOTER = 80
"""Last lines of a page among which a registration is looked for."""
SAMPLE = 600
"""Characters of the article that tell its writing."""
_PROVINCE = "[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀贵黔云滇藏陕秦甘陇青宁新蒙]"
_REGISTERED = re.compile(
    rf"{_PROVINCE}\s?ICP\s?[备備证證]\s?\d{{5}}|公网安备\s?\d{{8}}|{_PROVINCE}B2-\d{{6}}|\bICP\s?[备證证]\s?{_PROVINCE}?B2-\d{{6}}"
)
"""Licences that every site of mainland China shows: 京ICP备05000001号, 京公网安备11010502000001号, 粤B2-20090001."""
_REGION = re.compile(r"(?:zh|ja|ko)(?:-[a-z]{3,4})*-([a-z]{2})")
_HANGUL, _KANA = re.compile("[가-힣]"), re.compile("[\u3041-\u30fa]")


def find(
    url: str, config: Config, lines: Sequence[str], sample: str, language: str | None = None
) -> tuple[ZoneInfo | None, bool]:
    """Return the zone of times that name none, and whether it is only likely; (None, False) where nothing tells.

    ``lines`` are the page's last ones, ``sample`` is the beginning of its article, ``language`` the declared one.
    """
    if known := sites.zone(url, config):
        return known, False
    if any(_REGISTERED.search(line) for line in lines[-FOOTER:] if not line.isascii()):
        return _named(words.countries()["cn"]), False
    region = _REGION.fullmatch(language or "")
    country = (region[1] if region else "") or _country(sample[:SAMPLE])
    return _named(words.countries().get(country)), True


def _country(sample: str) -> str:
    """Return the country domain that the writing of a text stands for, empty where it is at home in many places."""
    if sample.isascii():
        return ""
    if len(_HANGUL.findall(sample)) * 3 > len(sample):
        return "kr"
    if not dense(sample):
        return ""
    kana = len(_KANA.findall(sample))
    if kana * 10 > len(sample):
        return "jp"
    # Mainland, Taiwan, Hong Kong, Macau, Singapore and Malaysia all keep one time.
    return "cn" if kana * 50 < len(sample) and re.search("[\u4e00-\u9fff]", sample) else ""


def _named(name: str | None) -> ZoneInfo | None:
    """Return a zone by its name, None where this machine does not know it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
