"""The pages that the learned verdict is trained on: the public ones, those made of them, and those of some packages."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from typing import Any

from benchmarks.captures import hosts
from benchmarks.verdict.forms import ARTICLES
from benchmarks.verdict.make import Maker, Story
from crawler.pages.mementos import original
from pipelines.decode import decode
from pipelines.metadata.sites import registered_domain
from pipelines.model import RawPage

PACKAGES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("packages.toml").read_text("utf-8"))
FETCHED = datetime(2026, 12, 31, tzinfo=UTC)
"""No page is newer than this day."""
SMALL = 4_000
"""Bytes below which a file of a package is a snippet rather than a page."""
_HEAD = 400_000
_OWN = (
    re.compile(rb"saved from url=\(\d+\)(\S+)", re.IGNORECASE),
    re.compile(rb"<link[^>]+rel=[\"']?canonical[\"']?[^>]*href=[\"']?(http[^\"' >]+)", re.IGNORECASE),
    re.compile(rb"<link[^>]+href=[\"']?(http[^\"' >]+)[\"']?[^>]*rel=[\"']?canonical", re.IGNORECASE),
    re.compile(rb"og:url[\"'][^>]*content=[\"'](http[^\"' >]+)", re.IGNORECASE),
    re.compile(rb"content=[\"'](http[^\"' >]+)[\"'][^>]*property=[\"']og:url", re.IGNORECASE),
)
_ADDRESS = re.compile(r"https?://[^\"'\s)]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page, whether it is an article, and the host whose pages are all on one side of a cross-validation.

    ``group`` is the set it is counted under, ``is_made`` says that it was made by form.
    """

    name: str
    group: str
    host: str
    is_article: bool
    page: RawPage
    is_made: bool = False


def public(data: Path, truth: dict[str, Any], *, is_article: bool) -> Sample:
    """Return one of the public pages."""
    body = gzip.decompress((data / "pages" / f"{truth['id']}.html.gz").read_bytes())
    page = _page(truth.get("url") or f"/{truth['id']}.html", body, truth["id"])
    return Sample(name=truth["id"], group="public", host=_host(truth), is_article=is_article, page=page)


def made(data: Path, truth: dict[str, Any], others: list[Story], half: str) -> Iterator[Sample]:
    """Yield what can be made of a public page."""
    body = gzip.decompress((data / "pages" / f"{truth['id']}.html.gz").read_bytes())
    text, _ = decode(body, "text/html", is_html=True)
    for one in Maker(truth, text, others, half).every():
        page = _page(one.url, one.text.encode("utf-8", "replace"), f"{truth['id']}:{one.kind}", "; charset=utf-8")
        yield Sample(
            name=page.source,
            group=f"made: {'articles' if one.kind in ARTICLES else 'others'}",
            host=_host(truth),
            is_article=one.kind in ARTICLES,
            page=page,
            is_made=True,
        )


def of_packages(folder: Path) -> Iterator[Sample]:
    """Yield the pages of all packages that lie unpacked under a folder."""
    for name, package in PACKAGES.items():
        root = folder / package.get("folder", name)
        known = _addresses(root, package)
        for path in sorted(path for pattern in package["pages"] for path in root.glob(pattern)):
            place = path.relative_to(root).as_posix()
            body = path.read_bytes()
            if len(body) < SMALL or _is_named(place, package.get("unsure", ())):
                continue
            url = known.get(path.name) or known.get(path.stem) or _own_address(body) or f"/{name}/{place}"
            page = original(_page(url, body, f"{name}/{place}"))
            yield Sample(
                name=page.source,
                group=name,
                host=registered_domain(page.url) or page.source,
                is_article=package.get("are_articles", True) != _is_exception(place, package),
                page=page,
            )


def _is_exception(place: str, package: dict[str, Any]) -> bool:
    return _is_named(place, package.get("others" if package.get("are_articles", True) else "articles", ()))


def _is_named(place: str, names: list[str]) -> bool:
    """Say whether a file is one of some that are named by the end of their path, or by the beginning of a hash."""
    return any(place.endswith("/" + name) or place.rpartition("/")[2].startswith(name) for name in names)


def _addresses(root: Path, package: dict[str, Any]) -> dict[str, str]:
    """Return the addresses of a package's files by their names, where it lists them or names files by their hashes."""
    if "addresses" in package:
        index = json.loads((root / package["addresses"]).read_text("utf-8"))
        return {name.rpartition("/")[2]: entry["url"] for name, entry in index.items() if entry.get("url")}
    found: set[str] = set()
    for path in root.glob(package["hashed"]) if "hashed" in package else ():
        found.update(_ADDRESS.findall(path.read_text("utf-8")))
    return {md5(url.encode(), usedforsecurity=False).hexdigest(): url for url in found}


def _own_address(body: bytes) -> str | None:
    """Return the address that a page gives as its own."""
    match = next((match for pattern in _OWN if (match := pattern.search(body[:_HEAD]))), None)
    return match[1].decode("utf-8", "replace") if match else None


def _page(url: str, body: bytes, name: str, charset: str = "") -> RawPage:
    return RawPage(url=url, fetched_at=FETCHED, body=body, source=name, content_type=f"text/html{charset}")


def _host(truth: dict[str, Any]) -> str:
    return registered_domain(truth.get("url") or "") or hosts(truth)
