"""Names of the site and its parts: site name, section, breadcrumb, canonical address, registered domain, time zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tldextract

from pipelines.config import Config
from pipelines.metadata import words
from pipelines.metadata.jsonld import Facts, clean
from pipelines.metadata.text import key
from pipelines.metadata.tree import Page

MAX_NAME = 60
"""Longest name of a site, in characters; what is longer is a slogan or the headline."""
_AROUND = re.compile(r"\s*\(.*$|^\W*(?:copyright\W*)?(?:\d{4}\W*)?", re.IGNORECASE)
_SLOGAN = re.compile(r"\s*[|｜]\s*")
_DASH = re.compile(r"\s+[-–—•·:]\s+|:\s+")
_ADDRESS = re.compile(r"www\.", re.IGNORECASE)
_HOST_LABEL = re.compile(r"^(?:www\d?|m|mobile|wap|amp|news|new|en|blog|blogs|bbs|archive)$")


@cache
def _extractor() -> tldextract.TLDExtract:
    """Return tldextract on its bundled list of suffixes: no network, no cache folder."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tldextract.ExtractResult:
    """Return the parts of a host; several rules ask about a page's own, and the pages of a site share it."""
    return _extractor()(name)


def host(url: str) -> str:
    """Return the host of a URL, empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


def registered_domain(url: str) -> str | None:
    """Return the registered domain of a URL (``bbc.co.uk``), else its bare host, None without a host."""
    name = host(url)
    if not name or len(name) > 253:
        return None
    return _parts(name).top_domain_under_public_suffix or name


def labels(url: str) -> tuple[str, ...]:
    """Return the telling labels of a host without its suffix (``edition.cnn.com`` → edition, cnn)."""
    name = host(url)
    if not name or len(name) > 253:
        return ()
    parts = _parts(name)
    return tuple(each for each in (*parts.subdomain.split("."), parts.domain) if each and not _HOST_LABEL.match(each))


def zone(url: str, config: Config) -> ZoneInfo | None:
    """Return the zone of times that name none: the configured one, else that of the site's country, else None."""
    name = config.default_timezone or words.countries().get(host(url).rpartition(".")[2])
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def names(page: Page, facts: Facts, url: str) -> tuple[str, ...]:
    """Return every name the page gives its site, and the host's labels: no title's suffix, no author."""
    said = [*page.meta(*words.table("fields")["site"], *words.table("fields")["site_aliases"])]
    said += [handle.lstrip("@") for handle in page.meta("twitter:site", "twitter:creator")]
    said += [facts.publisher, *facts.names, *labels(url), host(url).removeprefix("www.")]
    out = (clean(name).strip() for name in said if name and "://" not in name)
    return tuple(dict.fromkeys(name for name in out if 1 < len(name) <= MAX_NAME))


def declared(page: Page, facts: Facts) -> tuple[str, ...]:
    """Return the names the page itself declares for its site: no author bears one of them."""
    said = [*page.meta(*words.table("fields")["site"], "copyright"), facts.publisher, *facts.names]
    short = (clean(name) for name in said if name and len(name) <= MAX_NAME)
    # "Deutsche Welle (www.dw.com)", "© 2021 Harbour Echo": the name without what stands around it.
    return tuple(dict.fromkeys(each for name in short for each in (name, _AROUND.sub("", name).strip()) if each))


def site_name(page: Page, facts: Facts, title: str | None) -> str | None:
    """Return the name the page gives its site, None where it gives none."""
    said = [*page.meta("og:site_name"), facts.publisher, *page.meta(*words.table("fields")["site"])]
    given = [clean(raw) for raw in said]
    found = [name for each in given if (name := _without_slogan(each, given)) and _is_name(name, title)]
    # An address is given where a name is not known.
    first = next((name for name in found if not _ADDRESS.match(name)), found[0] if found else None)
    return first and _ADDRESS.sub("", _spelt(first, found))


def _is_name(name: str, title: str | None) -> bool:
    """Tell whether a text can be a site's name: no address, no title, not what templates leave in the field."""
    fits = 1 < len(name) <= MAX_NAME and "://" not in name and key(name) != key(title or "")
    return fits and name.lower() not in words.words("sites", "empty")


def _without_slogan(name: str, given: Sequence[str]) -> str:
    """Return a name without the slogan beside it: "Harbour Echo | All the news of the coast".

    Mostly the name stands first; behind the slogan it is told by another field that gives it alone. A dash parts a name
    only from a slogan that makes it too long for one.
    """
    parts = _SLOGAN.split(name)
    others = {key(each) for each in given if each != name}
    named = next((part for part in parts if key(part) in others), parts[0]).strip()
    return named if len(named) <= MAX_NAME else _DASH.split(named)[0].strip()


def _spelt(name: str, found: Sequence[str]) -> str:
    """Return a name as readers know it where another field has the same letters: "harbourecho" → "Harbour Echo"."""
    if " " in name or not name.islower():
        return name
    return next((each for each in found if key(each) == key(name) and not each.islower()), name)


def canonical(page: Page, url: str) -> str | None:
    """Return the canonical URL if it is an article of the same site: not another site's, not the front page."""
    for raw in (page.canonical, next(page.meta("og:url"), None)):
        if not raw:
            continue
        try:
            made = urljoin(url, "//" + raw if _ADDRESS.match(raw) else raw)
            parts = urlsplit(made)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or (parts.path in ("", "/") and not parts.query):
            continue
        own = registered_domain(url)
        if url.startswith(("http://", "https://")) and registered_domain(made) != own:
            continue
        return made
    return None


def language(page: Page, facts: Facts) -> str | None:
    """Return the language the page declares, a lower-case BCP 47 tag such as ``zh-hant``; None where it does not."""
    for raw in (page.language, facts.language, *page.meta("og:locale", "content-language", "language", "dc.language")):
        tag = (raw or "").strip().lower().replace("_", "-")
        if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", tag):
            return tag
    return None


def regional(page: Page, tag: str | None) -> str | None:
    """Return the language with its region where any field states one (``en`` and ``og:locale`` en_US: ``en-us``)."""
    if tag and "-" not in tag:
        for raw in page.meta("og:locale", "content-language", "dc.language"):
            full = raw.strip().lower().replace("_", "-")
            if full.startswith(tag + "-"):
                return full
    return tag
