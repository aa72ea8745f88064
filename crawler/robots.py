"""robots.txt by RFC 9309, its crawl-delay kept, its sitemaps noted.

Missing (4xx): everything may be fetched. Unreachable (5xx, 429, no connection): nothing may, until the next run. The
file is asked for once a day and origin, through the crawl's own downloader: guarded, archived and paced like a page.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler import discovery
from crawler.middlewares import source_of
from crawler.pace import Pace
from pipelines.errors import BrokenPage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

MAX_BYTES = 512 * 1024
"""RFC 9309 asks for at least 500 KiB."""
MAX_AGE = 86_400.0
"""Seconds; RFC 9309 asks for no more than a day."""
MAX_STARS = 8
"""In one pattern: each star is a regular expression's ``.*``, and many of them make matching explode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an origin allows. ``parser`` None: everything, or with ``closed`` nothing."""

    parser: Protego | None = None
    closed: bool = False
    sitemaps: tuple[str, ...] = ()
    read_at: float = 0.0

    def allow(self, url: str, agent: str) -> bool:
        """Tell whether ``agent`` may fetch ``url``."""
        return not self.closed and (self.parser is None or self.parser.can_fetch(url, agent))


class RobotsMiddleware:
    """Lets through what robots.txt allows; the first request of an origin waits for it."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._known: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware, unless ROBOTSTXT_OBEY is off."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for what may not be fetched."""
        if request.meta.get("role") == "robots" or urlparse_cached(request).scheme not in ("http", "https"):
            return
        source = source_of(self._crawler, request)
        if source is not None and not source.owns(urlparse_cached(request).hostname or ""):
            return  # a redirect has left the site: the guard refuses it, whatever that host allows
        rules = await self.rules(request)
        if not rules.allow(request.url, self._agent):
            self._crawler.stats.inc_value("polyglean/live/robots_refused")
            raise IgnoreRequest("robots.txt is unreachable" if rules.closed else "robots.txt disallows it")

    async def rules(self, request: Request) -> Rules:
        """Return the rules of a request's origin, read now if need be."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._known.get(origin)
        if known is None or (known.done() and known.result().read_at < time.monotonic() - MAX_AGE):
            known = self._known[origin] = asyncio.ensure_future(self._read(origin, request))
        return await asyncio.shield(known)

    async def _read(self, origin: str, request: Request) -> Rules:
        meta = {"role": "robots", "source": request.meta.get("source"), "dont_obey_robotstxt": True}
        wanted = Request(f"{origin}/robots.txt", meta=meta, priority=2000, callback=NO_CALLBACK, dont_filter=True)
        now = time.monotonic()
        try:
            response = await self._crawler.engine.download_async(wanted)
        except IgnoreRequest as error:
            if "redirections" in str(error):  # RFC 9309 2.3.1.2: as if it were missing
                return Rules(read_at=now)
            return Rules(closed=True, read_at=now)
        except Exception as error:
            logger.info("%s: robots.txt is unreachable (%s)", origin, type(error).__name__)
            return Rules(closed=True, read_at=now)
        if response.status >= 500 or response.status == 429:
            logger.info("%s: robots.txt answers %d: nothing is fetched from there", origin, response.status)
            return Rules(closed=True, read_at=now)
        if not 200 <= response.status < 300:
            return Rules(read_at=now)
        rules = await asyncio.to_thread(parse, response.body, response.url, now)
        pace = self._crawler.get_extension(Pace)
        delay = delay_of(rules, self._agent)
        if pace is not None and delay:
            pace.crawl_delay(urlparse_cached(request).hostname or "", float(delay))
        return rules


def delay_of(rules: Rules, agent: str) -> float:
    """Return the seconds between two requests that the rules ask for, as Crawl-delay or as Request-rate; 0: none."""
    if rules.parser is None:
        return 0.0
    rate = rules.parser.request_rate(agent)
    return max(rules.parser.crawl_delay(agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)


def parse(body: bytes, url: str, now: float) -> Rules:
    """Read a robots.txt; what cannot be read in it is skipped.

    No pattern here looks past the end of a line: in a file of nothing but empty lines each would look through all.
    """
    with contextlib.suppress(BrokenPage):
        body = discovery.unpacked(body, MAX_BYTES + 1)
    if len(body) > MAX_BYTES:  # half a line may close the whole site: "Disallow: /"
        body = body[:MAX_BYTES]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    charset = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = body.decode(charset, "replace")
    text = re.sub(
        r"(?im)^([ \t]*user-agent[ \t]*:[ \t]*[\w-]+)/[^\r\n#]*", r"\1", text
    )  # RFC 9309: the name, not the version
    text = re.sub(r"(?im)^([ \t]*crawl-delay[ \t]*:[ \t]*\d+)[.,]?(\d*)[^\r\n]*", r"\1.\g<2>0", text)  # 10s, 0,5
    text = re.sub(r"(?im)^([ \t]*(?:dis)?allow[ \t]*:)(.*)$", lambda match: match[1] + _tame(match[2]), text)
    return Rules(parser=Protego.parse(text), sitemaps=discovery.robots_sitemaps(body, url), read_at=now)


def _tame(pattern: str) -> str:
    """Merge stars, and cut a pattern behind too many: what is left covers more addresses, not fewer."""
    parts = re.sub(r"\*+", "*", pattern).split("*")
    return "*".join(parts) if len(parts) <= MAX_STARS + 1 else "*".join(parts[:MAX_STARS]) + "*"
