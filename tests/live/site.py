"""A small web on the loopback: several host names on one port, with articles that can be edited and added.

Every request is kept in ``Web.log``. Nothing here knows the crawler.
"""

import functools
import gzip
import hashlib
import random
import socket
import struct
import threading
import time
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
from backports import zstd

WORDS = {
    "en": """river council bridge morning winter harbour market teacher engine garden minister railway factory doctor
        village library picture island weather journey farmer language station history captain kitchen mountain
        window letter season border summer painter forest student hospital museum signal valley theatre meadow""",
    "zh": """河流 桥梁 市场 冬天 港口 教师 花园 铁路 工厂 医生 村庄 图书馆 岛屿 天气 旅行 农民 语言 车站 历史 船长
        厨房 山谷 窗户 信件 季节 边境 夏天 森林 学生 博物馆""",
    "zh_tw": """河流 橋樑 市場 冬天 港口 教師 花園 鐵路 工廠 醫生 村莊 圖書館 島嶼 天氣 旅行 農民 語言 車站 歷史 船長
        廚房 山谷 窗戶 信件 季節 邊境 夏天 森林 學生 博物館""",
    "de": """Brücke Fluss Rathaus Winter Hafen Markt Lehrerin Garten Bahnhof Fabrik Ärztin Dorf Bücherei Insel Wetter
        Reise Bauer Sprache Geschichte Küche Gebirge Fenster Brief Grenze Sommer Malerin Wald Schüler Museum Tal""",
}
TEMPLATE = {
    "en": "The {} and the {} were seen near the {} on the day when the {} opened, said a {} from the {}.",
    "zh": "{}和{}在{}附近的{}出现,一位来自{}的居民对记者说,这是{}今年的第一次变化,大家都很关心。",
    "zh_tw": "{}和{}在{}附近的{}出現,一位來自{}的居民對記者說,這是{}今年的第一次變化,大家都很關心。",
    "de": "Die {} und der {} standen am Tag der Eröffnung nahe bei der {}, sagte eine {} aus dem {} über den {}.",
}


@dataclass
class Page:
    """What one address answers."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict = field(default_factory=dict)
    validators: bool = True
    act: object = None  # a function(handler, page) that answers in its own way


@dataclass
class Request:
    """One line of the log."""

    at: float
    host: str
    path: str
    status: int
    conditional: bool
    agent: str
    cookie: str


def article(language, seed, *, title=None, canonical=None, extra="", charset="utf-8", age_hours=5):
    """Make an article page of about ten sentences; equal seeds give equal text."""
    rnd = random.Random(f"{language}/{seed}")
    words = WORDS[language].split()
    sep = "" if language.startswith("zh") else " "

    def some():
        return sep.join(rnd.sample(words, 2))

    paragraphs = [sep.join(TEMPLATE[language].format(*(some() for _ in range(6))) for _ in range(2)) for _ in range(6)]
    title = title or f"{some()} {seed}"
    at = (datetime.now(UTC) - timedelta(hours=age_hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f'<!DOCTYPE html><html lang="{language[:2]}"><head><meta charset="{charset}"><title>{title}</title>{link}'
        f'<meta property="article:published_time" content="{at}"></head><body><nav><a href="/">Home</a> '
        f'<a href="/about">About</a></nav><article><h1>{title}</h1>\n{text}\n{extra}</article>'
        "<footer>Imprint</footer></body></html>"
    )
    return html.encode(charset)


def listing(links, *, extra=""):
    """Make a section page out of (address, text) pairs."""
    items = "\n".join(f'<li><h3><a href="{url}">{text}</a></h3></li>' for url, text in links)
    page = f"<!DOCTYPE html><html><head><title>Section</title></head><body><ul>{items}</ul>{extra}</body></html>"
    return page.encode()


def rss(links):
    """Make an RSS feed out of (address, title, datetime) triples."""
    items = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{format_datetime(at)}</pubDate></item>"
        for url, title, at in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()


def sitemap(links):
    """Make a sitemap out of (address, datetime or None) pairs."""
    items = "".join(
        f"<url><loc>{url.replace('&', '&amp;')}</loc>{f'<lastmod>{at.isoformat()}</lastmod>' if at else ''}</url>"
        for url, at in links
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'.encode()


class Web:
    """The server: ``pages[host][path]`` is what it answers, ``log`` what it was asked."""

    def __init__(self, address="127.0.0.1", context=None):
        self.pages = defaultdict(dict)
        self.log = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((address, 0), _handler(self))
        self._server.daemon_threads = True
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def url(self, host, path="/"):
        return f"http://{host}:{self.port}{path}"

    def put(self, host, path, body=b"", **options):
        self.pages[host][path] = body if isinstance(body, Page) else Page(body, **options)

    def note(self, request):
        with self._lock:
            self.log.append(request)

    def asked(self, host=None):
        """Return (path, status) of the requests so far, robots.txt left out."""
        with self._lock:
            return [
                (one.path, one.status)
                for one in self.log
                if (host is None or one.host == host) and one.path != "/robots.txt"
            ]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def _handler(web):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = self.headers.get("Host", "").partition(":")[0]
            page = web.pages[host].get(self.path) or _pattern(web.pages[host], self.path)
            self.web, self.host = web, host
            if page is None:
                page = Page(b"<html><body><h1>Not found</h1></body></html>", status=404, validators=False)
            if page.act is not None:
                return page.act(self, page)
            return self.answer(page)

        def answer(self, page):
            etag = '"' + hashlib.sha256(page.body).hexdigest()[:16] + '"'
            if page.validators and page.status == 200 and self.headers.get("If-None-Match") == etag:
                return self.send(Page(b"", status=304, headers={"ETag": etag}), body=False)
            headers = {**page.headers, "ETag": etag} if page.validators and page.status == 200 else page.headers
            return self.send(Page(page.body, page.content_type, page.status, headers))

        def send(self, page, body=True):
            self.note(page.status)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if body:
                self.send_header("Content-Type", page.content_type)
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            if body:
                self.wfile.write(page.body)

        def note(self, status):
            headers = self.headers
            conditional = bool(headers.get("If-None-Match") or headers.get("If-Modified-Since"))
            agent, cookie = headers.get("User-Agent", ""), headers.get("Cookie", "")
            web.note(Request(time.time(), self.host, self.path, status, conditional, agent, cookie))

        def log_message(self, *_):
            pass

    return Handler


def _pattern(pages, path):
    """An address ending in ``*`` answers everything below it."""
    for key, page in pages.items():
        if key.endswith("*") and path.startswith(key[:-1]):
            return page
    return None


# --- ways to misbehave, for Page.act


def redirect(target, status=302):
    return Page(b"", status=status, headers={"Location": target}, validators=False)


def busy_once(page, seconds=1):
    """429 with Retry-After at the first request, the page itself from then on."""
    state = {"first": True}

    def act(handler, _):
        if state.pop("first", False):
            return handler.send(Page(b"busy", status=429, headers={"Retry-After": str(seconds)}))
        return handler.answer(page)

    return Page(b"", act=act)


def fails(times, page, status=503):
    """An error so many times, then the page itself."""
    state = {"left": times}

    def act(handler, _):
        if state["left"] > 0:
            state["left"] -= 1
            return handler.send(Page(b"error", status=status))
        return handler.answer(page)

    return Page(b"", act=act)


def drip(seconds=60):
    """One byte a tenth of a second, for longer than anybody should wait."""

    def act(handler, _):
        handler.note(200)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        end = time.time() + seconds
        try:
            while time.time() < end:
                handler.wfile.write(b"x")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    return Page(b"", act=act)


def cut_short(body):
    """Promise the whole body, send half, and reset the connection."""

    def act(handler, _):
        handler.note(200)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True

    return Page(b"", act=act)


def promises_more(page, more=500):
    """State a longer body than the whole one that is sent, and close the connection."""

    def act(handler, _):
        handler.note(200)
        handler.send_response(200)
        for name, value in {"Content-Type": page.content_type, **page.headers}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(page.body) + more))
        handler.end_headers()
        handler.wfile.write(page.body)
        handler.close_connection = True

    return Page(b"", act=act)


def endless():
    """A chunked body that never ends (a gigabyte, in case nobody stops it)."""

    def act(handler, _):
        handler.note(200)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        chunk = b"10000\r\n" + b"<p>more and more</p>" * 3276 + b"x" * 16 + b"\r\n"
        try:
            for _ in range(16_384):
                handler.wfile.write(chunk)
        except OSError:
            pass

    return Page(b"", act=act)


@functools.cache
def bomb_bytes(encoding, size):
    block = b"<p>boom</p>" * 100_000
    if encoding == "br":
        packer = brotli.Compressor(quality=4)
        return b"".join([*(packer.process(block) for _ in range(size // len(block))), packer.finish()])
    if encoding == "zstd":
        packer = zstd.ZstdCompressor(level=1)
    else:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join([*(packer.compress(block) for _ in range(size // len(block))), packer.flush()])


def bomb(encoding, size=200_000_000):
    """A small compressed body that unpacks to ``size`` bytes."""
    return Page(bomb_bytes(encoding, size), headers={"Content-Encoding": encoding}, validators=False)


def wide_zstd():
    """A zstd frame that asks for a window of 128 MiB, as zstd itself still allows."""
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.compression_level: 1}
    packer = zstd.ZstdCompressor(options=options)
    body = packer.compress(b"x" * 1_000_000) + packer.flush()
    return Page(body, headers={"Content-Encoding": "zstd"}, validators=False)


def packed_twice(size):
    """A gzip bomb in another gzip."""
    body = gzip.compress(bomb_bytes("gzip", size))
    return Page(body, headers={"Content-Encoding": "gzip, gzip"}, validators=False)


def packed(page, encoding="gzip"):
    return Page(gzip.compress(page), headers={"Content-Encoding": encoding})
