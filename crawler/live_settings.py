"""Settings of live crawling, each with its reason; ``crawler.settings`` takes them all in.

Those named in ``guard.PROTECTED`` cannot be changed by a spider or from the command line: such a run does not start.
"""

from __future__ import annotations

from typing import Any

from scrapy.settings import default_settings

# --- safe
TWISTED_DNS_RESOLVER = "crawler.guard.GuardedResolver"  # only public addresses; custom_settings cannot reach it
STATIC_HOSTS: dict[str, str] = {}
"""Host name → address, as in /etc/hosts; the guard checks these addresses like any other."""
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}  # http and https are all there is
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # Scrapy's 1 GiB, many times over, is more than the machine has
DOWNLOAD_WARNSIZE = 0  # a cap is enough
DOWNLOAD_VERIFY_CERTIFICATES = True  # off by default in Scrapy
HTTPPROXY_ENABLED = False  # http_proxy in the environment would send everything where the guard cannot see
DOWNLOAD_FAIL_ON_DATALOSS = False  # crawler.cut tells a page that is whole from one that is not
URLLENGTH_LIMIT = 2000  # longer ones are traps

# --- polite
CONTACT = ""
"""Where a site's owner can reach you (a page or an address); it goes into the User-Agent. Please set it."""
USER_AGENT = "polyglean/0.1"
ROBOTSTXT_OBEY = True  # off by default in Scrapy
ROBOTSTXT_USER_AGENT = "polyglean"
CONCURRENT_REQUESTS = 64  # over all hosts; each has its own limit, 1 unless its source says more
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 8  # for each response; Scrapy starts so many tasks for it, and a page gives one item
DOWNLOAD_DELAY = 1.0  # for hosts that no source speaks of
DOWNLOAD_TIMEOUT = 15  # for a whole response; a stop must end within 30 s, and a page that needs longer comes back
RETRY_TIMES = 2
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 522, 524]
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # counted for each source and named in the summary
REDIRECT_MAX_TIMES = 6  # RFC 9309 asks for five for robots.txt; more is a loop
METAREFRESH_MAXDELAY = 10  # slower ones are pages that reload themselves
REFERRER_POLICY = "same-origin"
HTTPERROR_ALLOW_ALL = True  # the spider wants to see 304, 404 and 410
AUTOTHROTTLE_ENABLED = False  # crawler.pace does the same for each host, and keeps crawl-delays

# --- fair, and able to stop
SCHEDULER_PRIORITY_QUEUE = "crawler.pace.FairQueue"
SCHEDULER_DISK_QUEUE = "scrapy.squeues.PickleFifoSQLiteQueue"  # with JOBDIR; the plain files lose more in a crash
SCHEDULER_START_DISK_QUEUE = "scrapy.squeues.PickleFifoSQLiteQueue"
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the state knows each address; BudgetMiddleware asks it
COMMIT_SECONDS = 300.0
"""A live run's rows become visible at least this often."""
MAX_RUN_SECONDS = 0.0
MAX_RUN_PAGES = 0
MAX_RUN_BYTES = 0
"""Budgets of one run over all sources; 0: none. What they leave waits for the next run."""

# --- cookies only for sources that ask (crawler.middlewares.AskedCookies)
COOKIES_ENABLED = True

# --- watched
HEALTH_MIN_SHARE = 0.2
"""Exit code 4 if a source's last five runs gave less than this share of the articles it usually gives; 0: never."""
HEALTH_MAX_ERRORS = 0.5
"""Exit code 4 if more than this share of a source's fetches failed (of 20 or more); 1: never."""
HEALTH_MAX_EMPTY = 0.5
"""Exit code 4 if more than this share of a source's article pages (of 10 or more) gave no article; 1: never."""
PROMETHEUS_FILE = ""
"""Where to write metrics for node_exporter's textfile collector; empty: health.prom in OUTPUT_DIR/runs."""

DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the guard keeps requests to their source
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "crawler.middlewares.BudgetMiddleware": 50,
    "crawler.robots.RobotsMiddleware": 100,
    "crawler.middlewares.PatientRetry": 550,
    "crawler.middlewares.RefreshElsewhere": 580,
    "crawler.javascript.RenderMiddleware": 585,  # idle, unless a source asks for it
    "crawler.middlewares.BoundedCompression": 590,
    "crawler.middlewares.AskedCookies": 700,
    "crawler.middlewares.GuardMiddleware": 890,
    "crawler.middlewares.ArchiveMiddleware": 895,  # next to the network: it sees what came, before anything is undone
}
EXTENSIONS: dict[str, Any] = {"crawler.pace.Pace": 0}
# Scrapy's own without the consoles: one that is only switched off is loaded all the same, aiohttp and ssh with it.
EXTENSIONS_BASE = {
    name: order
    for name, order in default_settings.EXTENSIONS_BASE.items()
    if name not in ("scrapy.extensions.telnet.TelnetConsole", "scrapy.extensions.remote_control.RemoteControl")
}
