"""Pages that only a browser can read: rendered in Chromium, which itself has no network.

Every request that a page makes in the browser is handed to the crawl's own downloader, so that guard, robots.txt,
pace and archive see it like any other; Chromium's own way out is closed. Hence Playwright is driven here directly:
scrapy-playwright lets the browser connect by itself, past all of them. An optional extra, chosen by a source with
``javascript = true``: it needs the playwright package and the system's Chromium.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import os
import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, signals
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from crawler.middlewares import RENDERED_ROLES, facts_of, source_of
from crawler.warc import Exchange
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

PAGES = 2
"""Pages rendered at once; each costs Chromium about 100 MB."""
TIMEOUT = 30.0
"""Seconds for one page, with everything it loads."""
MAX_REQUESTS = 60
"""Scripts, styles and data that one page may ask for; more are refused."""
_TYPES = ("document", "script", "stylesheet", "xhr", "fetch")
PLAYWRIGHT = "playwright==1.65.2"
"""The version that the tests run with."""
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No name resolves and the only proxy is a closed port, loopback included: whatever is not handed to us goes nowhere.
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-quic",
)


def browser_path() -> str:
    """Return the system's Chromium; raise UsageError, saying what to do, if it or Playwright is missing."""
    if importlib.util.find_spec("playwright") is None:
        raise UsageError(
            f"a source has javascript = true: install Playwright, {sys.executable} -m pip install {PLAYWRIGHT}"
        )
    named = os.environ.get("POLYGLEAN_CHROMIUM")
    found = named or next((path for name in _CHROMIUM if (path := shutil.which(name))), None)
    if not found:
        raise UsageError("a source has javascript = true: install Chromium, or name it in POLYGLEAN_CHROMIUM")
    return found


class RenderMiddleware:
    """Renders the HTML of sources with ``javascript = true``; its place is behind decompression."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._places = asyncio.Semaphore(PAGES)
        self._start = asyncio.Lock()
        self._driver: Any = None
        self._browser: Any = None
        crawler.signals.connect(self._closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware; no browser starts before the first page that needs one."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the page as the browser shows it, archived as such."""
        source = source_of(self._crawler, request)
        if source is None or not source.javascript or response.status != 200:
            return response
        if request.meta.get("role") not in RENDERED_ROLES or not isinstance(response, HtmlResponse):
            return response
        if request.meta.get("twin_of") or request.meta.get("same_as"):
            return response  # it is not going to be stored
        async with self._places:
            html = await asyncio.wait_for(self._render(request, response), TIMEOUT + 10)
        body = html.encode("utf-8", "replace")
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        if (write := getattr(self._crawler.spider, "archive", None)) is not None:
            at = datetime.now(UTC)
            facts = {"rendered": "chromium", **facts_of(source, response)}
            place = await write(
                Exchange(
                    url=response.url,
                    at=at,
                    method="GET",
                    request_headers=[],
                    status=200,
                    response_headers=[(b"Content-Type", b"text/html; charset=utf-8")],
                    body=body,
                    role=str(request.meta["role"]),
                    facts=facts,
                )
            )
            request.meta["archived"] = (at, place.file, place.offset)
        return response.replace(body=body, headers=headers, encoding="utf-8", flags=[*response.flags, "rendered"])

    async def _render(self, request: Request, response: HtmlResponse) -> str:
        browser = await self._running()
        context = await browser.new_context(service_workers="block", accept_downloads=False, locale="en-US")
        try:
            page = await context.new_page()
            courier = _Courier(self._crawler, request, response)
            await context.route("**/*", courier.fetch)
            await context.route_web_socket("**/*", _refuse_socket)
            with contextlib.suppress(Exception):  # a page that never comes to rest is read as it stands
                await page.goto(response.url, wait_until="networkidle", timeout=TIMEOUT * 1000)
            return str(await page.content())
        finally:
            await context.close()

    async def _running(self) -> Any:
        async with self._start:
            if self._browser is None:
                from playwright.async_api import async_playwright

                path = browser_path()
                self._driver = await async_playwright().start()
                self._browser = await self._driver.chromium.launch(
                    executable_path=path,
                    args=list(_ARGUMENTS),
                    chromium_sandbox=os.geteuid() != 0,  # Chromium refuses its sandbox to root; run as a user
                )
            return self._browser

    async def _closed(self) -> None:
        if self._browser is not None:
            await self._browser.close()
            await self._driver.stop()


class _Courier:
    """Answers one page's requests through the crawl's downloader."""

    def __init__(self, crawler: Crawler, request: Request, response: HtmlResponse) -> None:
        self._crawler, self._request, self._response = crawler, request, response
        self._left = MAX_REQUESTS
        self._served = False

    async def fetch(self, route: Any) -> None:
        """Give the browser what it asks for, or refuse."""
        asked = route.request
        if asked.resource_type == "document" and not self._served and asked.is_navigation_request():
            self._served = True
            html = self._response.text
            await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)
            return
        self._left -= 1
        if asked.method != "GET" or asked.resource_type not in _TYPES or self._left < 0:
            await route.abort()
            return
        meta = {"source": self._request.meta["source"], "role": "resource"}
        wanted = Request(asked.url, meta=meta, callback=NO_CALLBACK, dont_filter=True, priority=500)
        try:
            got = await self._crawler.engine.download_async(wanted)
        except Exception as error:  # refused by guard or robots.txt, or not to be had
            logger.debug("browser: %s: %s", asked.url[:200], error)
            await route.abort()
            return
        media = (got.headers.get("Content-Type") or b"application/octet-stream").decode("latin-1")
        headers = {"Content-Type": media, "Access-Control-Allow-Origin": "*"}
        await route.fulfill(status=got.status, headers=headers, body=got.body)


async def _refuse_socket(socket: Any) -> None:
    await socket.close()
