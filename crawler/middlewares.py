"""Downloader middlewares of a live crawl: guard, budgets, retries, cookies, decompression, archive."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

import brotli
from scrapy.downloadermiddlewares import cookies
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest, ResponseDataLossError
from scrapy.http import HtmlResponse, Request, TextResponse
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached
from tldextract import TLDExtract

from crawler import cut, links, refresh
from crawler.discovery import script_target, twin_of
from crawler.guard import MAX_BODY, POLICY, parse_address
from crawler.pace import Pace, backoff, host_of
from crawler.pages.bounded import is_gzip, undo_encoding
from crawler.warc import ARTICLE, TAKEN, Exchange
from pipelines.errors import BrokenPage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sources import Source

logger = logging.getLogger(__name__)
SameAs = Callable[["Request", str], Awaitable["str | None"]]

RETRY_AFTER_MAX = 600.0
"""Seconds a run waits for a host that names a time; for longer the host is left to the next run."""


RENDERED_ROLES = (ARTICLE, "section")
"""What a source with ``javascript = true`` has rendered: its pages; feeds and sitemaps are read as they are."""


def source_of(crawler: Crawler, request: Request) -> Source | None:
    """Return the source a request belongs to."""
    sources: dict[str, Source] = getattr(crawler.spider, "sources", {})
    return sources.get(str(request.meta.get("source")))


def keeps_cookies(crawler: Crawler, request: Request) -> bool:
    """Tell whether a request's source keeps cookies."""
    source = source_of(crawler, request)
    return source is not None and source.cookies


class _OfCrawler:
    """A middleware that needs its crawler and nothing else."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware."""
        return cls(crawler)


class GuardMiddleware(_OfCrawler):
    """The last look at a request before it is sent: scheme, proxy, host; and the name for what the resolver refused."""

    def process_request(self, request: Request) -> None:
        """Refuse what is no http(s), goes through a proxy, leaves its source, or names a private address."""
        parts = urlparse_cached(request)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host:
            raise self._refusal(request, "only http and https are fetched")
        if request.meta.get("proxy"):
            raise self._refusal(request, "a proxy would connect where the guard cannot see")
        source = source_of(self._crawler, request)
        if source is not None and request.meta.get("role") != "robots" and not source.owns(host):
            raise self._refusal(request, f"{host} is no host of source {source.name}")
        if parse_address(host) is not None and not POLICY.allows(host, host):
            raise self._refusal(request, f"{host} is not a public address")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Name a refusal for what it is; it would look like a name that does not resolve, and be tried again."""
        host = (urlparse_cached(request).hostname or "").rstrip(".")
        if not isinstance(exception, CannotResolveHostError) or host not in POLICY.refused:
            return
        raise self._refusal(request, f"{host} is at {POLICY.refused[host]}, which is not public") from exception

    def _refusal(self, request: Request, why: str) -> IgnoreRequest:
        logger.warning("guard: not fetched: %s: %s", request.url[:200], why)
        self._crawler.stats.inc_value("polyglean/live/guard_refused")
        return IgnoreRequest(f"guard: {why}")


class BudgetMiddleware(_OfCrawler):
    """Lets a request through while its source has budget left, and each article only once a run."""

    def process_request(self, request: Request) -> None:
        """Ask the spider; set the host's pace up before its first request."""
        pace, source = self._crawler.get_extension(Pace), source_of(self._crawler, request)
        if pace is not None:
            pace.prepare(host_of(request), source)
        admit: Callable[[Request], str | None] | None = getattr(self._crawler.spider, "admit", None)
        refused = admit(request) if admit and request.meta.get("role") else None
        if refused:
            raise IgnoreRequest(refused)


# Scrapy's own middlewares still take the deprecated spider argument; ours do not, hence the ignored overrides.


class PatientRetry(RetryMiddleware):
    """Retries with a pause of the whole host: as long as the server says, else 2, 4, 8 … seconds."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Pause and retry on an error status or a cut body; a host that asks for over ten minutes is left alone."""
        if cut.CUT in response.flags:
            return self._once_more(request)
        if response.status not in self.retry_http_codes or request.meta.get("dont_retry"):
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is not None and wait > RETRY_AFTER_MAX:
            park: Callable[[str, str], None] | None = getattr(self.crawler.spider, "park", None)
            if park is not None:
                park(str(request.meta.get("source")), f"{host_of(request)} asks to wait {wait:.0f} s")
            return response
        pace = self.crawler.get_extension(Pace)
        if pace is not None:
            pace.pause(host_of(request), wait if wait is not None else backoff(self._tries(request)))
        return super().process_response(request, response)

    def process_exception(  # type: ignore[override]
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Pause before a retry after a lost connection as well."""
        pace = self.crawler.get_extension(Pace)
        if pace is not None and isinstance(exception, self.exceptions_to_retry):
            pace.pause(host_of(request), backoff(self._tries(request)))
        return super().process_exception(request, exception)

    def _once_more(self, request: Request) -> Request:
        """Return the request for another try; raise when there were enough."""
        error = ResponseDataLossError("the connection ended before the page")
        again = self.process_exception(request, error)
        if not isinstance(again, Request):
            raise error
        return again

    @staticmethod
    def _tries(request: Request) -> int:
        return int(request.meta.get("retry_times", 0)) + 1


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or a date; None if there is none that can be read."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), 1e9)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


# Scrapy's own fetches the list of public suffixes at the first cookie, past the guard and on the event loop.
cookies._split_domain = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


class RefreshElsewhere(MetaRefreshMiddleware):
    """Follows a meta refresh, but not that of a page which only asks for itself again."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the page, or the request for the one that it leads to."""
        if isinstance(response, HtmlResponse):
            cookies = keeps_cookies(self.crawler, request)
            if refresh.reloads(request, response, self.crawler.settings, cookies=cookies):
                return response
        return super().process_response(request, response)


class AskedCookies(CookiesMiddleware):
    """Cookies only for the sources that ask for them, each with its own jar, for one run."""

    def process_request(self, request: Request) -> Any:  # type: ignore[override]
        """Send the source's cookies, if it keeps any."""
        source = source_of_spider(self, request)
        if source is None or not source.cookies:
            return None
        request.meta["cookiejar"] = source.name
        return super().process_request(request)

    def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]
        """Keep the answer's cookies, if the source keeps any."""
        source = source_of_spider(self, request)
        return super().process_response(request, response) if source and source.cookies else response


def source_of_spider(middleware: CookiesMiddleware, request: Request) -> Source | None:
    """Return the request's source by the crawler that a Scrapy middleware keeps."""
    crawler: Crawler | None = getattr(middleware, "crawler", None)
    return source_of(crawler, request) if crawler is not None else None


class BoundedCompression(HttpCompressionMiddleware):
    """Undoes content encodings as the replay of an archive does, within the guard's limit in every one of them."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the response with its body unpacked; raise IgnoreRequest for one that is broken or too large."""
        encoding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if request.method == "HEAD" or not (encoding or _is_packed_page(response)):
            return response
        body, why = _unpacked(response.body, encoding, min(self._max_size, MAX_BODY))
        if body is None:
            raise IgnoreRequest(why)
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        more = {"encoding": None} if issubclass(kind, TextResponse) else {}
        return response.replace(cls=kind, headers=headers, body=body, **more)


def _is_packed_page(response: Response) -> bool:
    """Tell whether a body is gzip and said to be text; a gzipped sitemap is unpacked where it is read."""
    kind = (response.headers.get("Content-Type") or b"").strip().lower()
    return is_gzip(response.body) and kind.startswith((b"text/", b"application/xhtml"))


def _unpacked(body: bytes, encoding: str, limit: int) -> tuple[bytes | None, str]:
    """Return the body, or why there is none; the exception ends here, because its traceback holds what was unpacked."""
    try:
        return undo_encoding(body, encoding, limit), ""
    except BrokenPage as error:
        return None, str(error)


class ArchiveMiddleware(_OfCrawler):
    """Writes every exchange down before anything else sees it; a page goes on when its bytes are on the disk."""

    async def process_response(self, request: Request, response: Response) -> Response:
        """Archive one response; ``request.meta["archived"]`` says when it came and where it lies."""
        if cut.is_cut(response, MAX_BODY):
            return cut.emptied(response)
        write = getattr(self._crawler.spider, "archive", None)
        if write is None or "cached" in response.flags:
            return response
        at = datetime.now(UTC)
        role, source = str(request.meta.get("role") or ARTICLE), source_of(self._crawler, request)
        if role == ARTICLE and response.status in TAKEN:
            role = await self._role(request, response)
        if source is not None and source.javascript and role in RENDERED_ROLES and response.status == 200:
            role = "unrendered"  # what the browser makes of it is archived as the page (crawler.javascript)
        facts = {"seconds": f"{request.meta.get('download_latency', 0):.3f}", **facts_of(source, response)}
        if via := request.headers.get("Referer"):
            facts["via"] = via.decode("latin-1")
        place = await write(
            Exchange(
                url=response.url,
                at=at,
                method=request.method,
                request_headers=_pairs(request.headers),
                status=response.status,
                response_headers=_pairs(response.headers),
                body=response.body,
                ip=str(response.ip_address) if response.ip_address else None,
                role=role,
                facts=facts,
            )
        )
        request.meta["archived"] = (at, place.file, place.offset)
        return response

    async def _role(self, request: Request, response: Response) -> str:
        """Tell an article from its twin, one known by itself, and a page that sends on or stands before it."""
        request.meta.pop("twin_of", None)
        request.meta.pop("same_as", None)
        request.meta["gate"] = links.is_gate(response.url, request.meta.get("redirect_urls", ()))
        if request.meta["gate"]:
            return "gate"
        head = _head(response)
        cookies = keeps_cookies(self._crawler, request)
        if refresh.sends_on(head, request, response, self._crawler.settings, cookies=cookies):
            return "refresh"
        same_as: SameAs | None = getattr(self._crawler.spider, "same_as", None)
        if same_as and request.meta.get("redirect_urls") and (known := await same_as(request, response.url)):
            request.meta["same_as"] = known
            return "twin"
        if not request.meta.get("full") and (full := twin_of(head, response.url)):
            request.meta["twin_of"] = full
            return "twin"
        if not request.meta.get("full") and (target := script_target(head, response.url)):
            request.meta["twin_of"] = target
            return "refresh"
        return ARTICLE


def facts_of(source: Source | None, response: Response) -> dict[str, str]:
    """Return what a replay has to know of a page beside its bytes: whose it is, and its clean address."""
    facts = {"source": source.name if source else ""}
    if source is not None:
        facts |= {key: value for key in ("timezone", "language") if (value := getattr(source, key))}
    if (address := links.clean(response.url)) and address != response.url:
        facts["address"] = address
    return facts


def _pairs(headers: Any) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in headers.items() for value in values]


def _head(response: Response, limit: int = 262_144) -> bytes:
    """Return the beginning of the decoded body; empty when it cannot be decoded (later layers will say so)."""
    encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
    try:
        if encoding in (b"gzip", b"x-gzip") or (not encoding and is_gzip(response.body)):
            return zlib.decompressobj(31).decompress(response.body, limit)
        if encoding == b"br":
            return bytes(brotli.Decompressor().process(response.body, output_buffer_limit=limit))[:limit]
    except (zlib.error, brotli.error):
        return b""
    if encoding:
        return (_unpacked(response.body, encoding.decode("latin-1"), MAX_BODY)[0] or b"")[:limit]
    return response.body[:limit]
