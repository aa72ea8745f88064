"""Asks for the addresses of sources once, and says what each gives; nothing is stored."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import reading
from crawler.discovery import Found
from crawler.guard import POLICY, refuse_changes
from crawler.robots import RobotsMiddleware
from crawler.sources import Source, ascii_host
from pipelines.decode import decode
from pipelines.errors import BrokenPage

USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/sitemap.xml")
"""Where content systems put feeds and sitemaps when no page says where they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one address gave."""

    source: str
    role: str
    url: str
    good: bool
    says: str
    articles: int = 0
    language: str | None = None


class ProbeSpider(scrapy.Spider):
    """Run by ``scrapy sources``: each address once, through guard and robots.txt like any crawl."""

    name = "probe"
    custom_settings = {"ITEM_PIPELINES": {}, "RETRY_TIMES": 0}  # noqa: RUF012 (as Scrapy has it)
    """Nothing is stored, so that the records stay as they are and a crawl that holds them is not in the way."""

    def __init__(self, chosen: Sequence[Source], findings: list[Finding], *, discover: bool, **kwargs: Any) -> None:
        """Take the sources, the list to put findings in, and whether to look for more than the file names."""
        super().__init__(**kwargs)
        self.sources = {source.name: source for source in chosen}
        self._findings, self._discover = findings, discover
        self._asked: set[str] = set()
        self._answered: set[str] = set()
        POLICY.grant(chosen)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for everything the sources name, and with ``discover`` for the usual places and robots' sitemaps."""
        refuse_changes(self.crawler)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        for source in self.sources.values():
            named = [("section", url) for url in source.start] + [("feed", url) for url in source.feeds]
            named += [("sitemap", url) for url in source.sitemaps]
            if robots is not None and (source.robots_sitemaps or self._discover):
                rules = await robots.rules(Request(source.site, meta={"source": source.name, "role": "section"}))
                named += [("sitemap", url) for url in rules.sitemaps]
            if self._discover:
                named += [("sitemap" if "sitemap" in path else "usual", urljoin(source.site, path)) for path in USUAL]
            for role, url in named:
                if request := self._ask(source, role, url):
                    yield request

    def _ask(self, source: Source, role: str, url: str) -> Request | None:
        if url in self._asked or not source.owns(urlsplit(url).hostname or ""):
            return None
        self._asked.add(url)
        meta = {"source": source.name, "role": role, "depth": 0, "asked": url}
        return Request(url, callback=self.parse, errback=self.failed, meta=meta, dont_filter=True)

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        """Say what an address gives."""
        source, role = self.sources[str(response.meta["source"])], str(response.meta["role"])
        if response.status != 200:
            self._note(response.meta, good=False, says=f"answers {response.status}")
            return
        try:
            found, language = await asyncio.to_thread(_read, role, response)
        except BrokenPage as error:
            self._note(response.meta, good=False, says=str(error))
            return
        if self._discover and not self._is_new(source, response):
            return  # the usual places of a feed often lead to one and the same
        count = len(found.articles) + len(found.sitemaps)
        says = f"{len(found.articles)} articles" + (f", {len(found.sitemaps)} sitemaps" if found.sitemaps else "")
        self._note(response.meta, good=count > 0, says=says, articles=count, language=language)
        if self._discover and role == "section":
            for url in found.feeds:
                if request := self._ask(source, "feed", url):
                    yield request

    def _is_new(self, source: Source, response: Response) -> bool:
        """Tell whether an address is answered for the first time; name it by where it is, for a crawl to ask there."""
        if response.url in self._answered:
            return False
        self._answered.add(response.url)
        if source.owns(urlsplit(response.url).hostname or ""):
            response.meta["asked"] = response.url
        return True

    async def failed(self, failure: Failure) -> None:
        """Say why an address gives nothing."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self._note(request.meta, good=False, says=str(failure.value) or type(failure.value).__name__)

    def _note(
        self, meta: dict[str, Any], *, good: bool, says: str, articles: int = 0, language: str | None = None
    ) -> None:
        finding = Finding(
            source=str(meta["source"]),
            role=str(meta["role"]),
            url=str(meta["asked"]),
            good=good,
            says=says.splitlines()[0][:160],
            articles=articles,
            language=language,
        )
        self._findings.append(finding)


def _read(role: str, response: Response) -> tuple[Found, str | None]:
    media = reading.content_type(response)
    if role != "section":
        return reading.read_list(response.body, response.url, media), None
    text, _ = decode(response.body, media, is_html=True)
    stated = re.search(r"<html[^>]*\blang=[\"']?([a-zA-Z]{2,3})", text[:4096])
    return reading.read_section(response.body, response.url, media), stated[1].lower() if stated else None


def quoted(text: str) -> str:
    """Return a text as a sources file has it, whatever marks are in it: TOML's strings take what JSON's do."""
    return json.dumps(text, ensure_ascii=False)


def block(source: Source, findings: Sequence[Finding]) -> str:
    """Return a ready ``[[source]]`` block of what was found, best first."""
    good = sorted((one for one in findings if one.good), key=lambda one: -one.articles)
    host = ascii_host(urlsplit(source.site).hostname or "").removeprefix("www.")
    name = re.sub(r"[^a-z0-9.-]", "-", host).lstrip(".-")[:64] or "site"
    feeds = [one for one in good if one.role in ("feed", "usual")]
    maps = [one for one in good if one.role == "sitemap"]
    sections = [one for one in good if one.role == "section"]
    lines = ["[[source]]", f'name = "{name}"', f"site = {quoted(source.site)}"]
    for key, group in (("feeds", feeds), ("sitemaps", maps), ("start", sections)):
        if group:
            lines += [f"{key} = [", *(f"  {quoted(one.url)},  # {one.says}" for one in group), "]"]
    if language := next((one.language for one in sections if one.language), None):
        lines.append(f'language = "{language}"')
    if source.allow_addresses:
        nets = ", ".join(quoted(str(net)) for net in source.allow_addresses)
        lines.append(f"allow_addresses = [{nets}]")
    if not good:
        lines.append("# nothing found: neither a feed, nor a sitemap, nor links that look like articles")
        lines += [f"# {one.url}: {one.says}" for one in findings if one.role == "section"]
    return "\n".join(lines)
