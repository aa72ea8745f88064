"""The loopback web of the tests: eight hosts, what they serve, which of it are articles, and how to crawl it."""

import gzip
import json
import os
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.dataset as ds

from tests import forked

from . import site
from .site import Page, Web, article, listing, rss, sitemap

ROOT = Path(__file__).parents[2]
HOSTS = ("daily.test", "www.daily.test", "xinwen.test", "taiwan.test", "calm.test", "rough.test", "down.test")


class World:
    """The web, the addresses of its articles, and a folder for output."""

    patience = 4
    """Seconds for one answer: some of these pages never end."""

    def __init__(self, folder, *, guarded_port=9):
        self.web, self.folder = Web(), folder
        self.output = folder / "output"
        self.articles = {}
        self.forbidden = []
        self.now = datetime.now(UTC)
        self._daily()
        self._xinwen()
        self._taiwan()
        self._calm()
        self._rough(guarded_port)
        self._down()
        (folder / "sources.toml").write_text(self.sources())

    def add(self, host, path, language, seed, *, charset="utf-8", **options):
        """Serve an article and count it among those that a crawl has to bring."""
        body = article(language, seed, charset=charset, **options)
        self.web.put(host, path, body, content_type=f"text/html; charset={charset}")
        self.articles[self.web.url(host, path)] = seed

    def edit(self, host, path, language, seed, **options):
        """Change the text of an article."""
        self.add(host, path, language, f"{seed} edited", **options)

    def feed(self, host, path, items):
        links = [(self.web.url(host, p), f"Item {n}", self.now - timedelta(hours=n)) for n, p in enumerate(items)]
        self.web.put(host, path, rss(links), content_type="application/rss+xml")

    def _daily(self):
        """English, a feed with trackers, a disallowed address, an AMP twin, redirects, a canonical."""
        web = self.web
        self.daily = [f"/2026/11/{day:02d}/the-story-number-{day}-of-the-month.html" for day in range(1, 7)]
        for number, path in enumerate(self.daily):
            self.add("daily.test", path, "en", f"daily {number}")
        amp = article("en", "daily amp", canonical=web.url("daily.test", "/2026/11/09/a-story-that-has-a-twin"))
        web.put("daily.test", "/amp-stories/2026/11/09/twin-3344", amp.replace(b"<html ", b"<html amp "))
        self.add("daily.test", "/2026/11/09/a-story-that-has-a-twin", "en", "daily amp")
        web.put("daily.test", "/old/2026/11/10/moved-once.html", site.redirect("/r2"))
        web.put("daily.test", "/r2", site.redirect("/2026/11/10/moved-here-for-good.html", 301))
        self.add("daily.test", "/2026/11/10/moved-here-for-good.html", "en", "daily moved")
        web.put("daily.test", "/2026/11/11/round-and-round-it-goes.html", site.redirect("/loop2"))
        web.put("daily.test", "/loop2", site.redirect("/2026/11/11/round-and-round-it-goes.html"))
        web.put("daily.test", "/private/2026/11/12/a-secret-story-to-leave.html", article("en", "secret"))
        self.forbidden.append("/private/2026/11/12/a-secret-story-to-leave.html")
        items = [
            *(f"{path}?utm_source=rss&utm_medium=feed" for path in self.daily),
            "/amp-stories/2026/11/09/twin-3344",
            "/old/2026/11/10/moved-once.html",
            "/2026/11/11/round-and-round-it-goes.html",
            "/private/2026/11/12/a-secret-story-to-leave.html",
            f"{self.daily[0]}?amp=1",
        ]
        self.feed("daily.test", "/feed.xml", items)
        robots = b"User-agent: otherbot\nDisallow: /\n\nUser-agent: *\nDisallow: /private/\n"
        web.put("daily.test", "/robots.txt", robots, content_type="text/plain")

    def _xinwen(self):
        """Simplified Chinese in gb18030; sitemaps named by robots.txt: an index, one gzipped, a news sitemap."""
        web = self.web
        self.xinwen = [f"/n1/2026/1121/c1002-4016{number:04d}.html" for number in range(6)]
        for number, path in enumerate(self.xinwen):
            self.add("xinwen.test", path, "zh", f"新闻 {number}", charset="gb18030")
        web.put("xinwen.test", "/about.html", article("zh", "关于"))
        web.put("xinwen.test", "/", listing([("/about.html", "关于")]))
        self.maps()
        robots = f"User-agent: *\nAllow: /\nSitemap: {web.url('xinwen.test', '/sitemap.xml')}\n".encode()
        web.put("xinwen.test", "/robots.txt", robots, content_type="text/plain")

    def maps(self):
        web, old = self.web, self.now - timedelta(days=400)
        half = len(self.xinwen) // 2
        first = [(web.url("xinwen.test", p), self.now - timedelta(hours=3)) for p in self.xinwen[:half]]
        first += [(web.url("xinwen.test", "/"), None), (web.url("xinwen.test", "/about.html"), None)]
        first += [(web.url("xinwen.test", "/n1/2025/1001/c1002-39000000.html"), old)]
        second = [(web.url("xinwen.test", p), None) for p in self.xinwen[half:]]
        web.put("xinwen.test", "/map1.xml.gz", gzip.compress(sitemap(first), mtime=0), content_type="application/gzip")
        web.put("xinwen.test", "/map2.xml", sitemap(second), content_type="text/xml")
        web.put("xinwen.test", "/map-old.xml", sitemap([(web.url("xinwen.test", "/old/1999/1.html"), old)]))
        index = "".join(
            f"<sitemap><loc>{web.url('xinwen.test', p)}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>"
            for p, at in (("/map1.xml.gz", self.now), ("/map2.xml", self.now), ("/map-old.xml", old))
        )
        web.put(
            "xinwen.test", "/sitemap.xml", f"<sitemapindex>{index}</sitemapindex>".encode(), content_type="text/xml"
        )

    def _taiwan(self):
        """Traditional Chinese in Big5; section pages only, with navigation, a calendar without end and a login."""
        self.taiwan = [f"/news/story/7{number:03d}/66{number:05d}" for number in range(6)]
        for number, path in enumerate(self.taiwan):
            self.add("taiwan.test", path, "zh_tw", f"消息 {number}", charset="big5")
        self.section()
        month = '<html><body><a href="{0}next/">下一個月</a> <a href="{0}day/">今天</a></body></html>'
        self.web.put("taiwan.test", "/calendar/*", Page(b"", act=_calendar(month)))

    def section(self):
        links = [(path, f"今天城裡發生的第 {number} 件大事,記者在現場報導") for number, path in enumerate(self.taiwan)]
        pages = [("/society/", "社會"), ("/login?next=/news/story/7000/6600000", "登入"), ("/tag/river", "河")]
        pages += [("/calendar/", "日曆"), ("/about", "關於我們"), ("/report.pdf", "這一年的完整報告請在這裡下載閱讀")]
        half = len(links) // 2
        self.web.put("taiwan.test", "/", listing(links[:half] + pages).decode().encode())
        self.web.put("taiwan.test", "/society/", listing(links[half:] + pages))

    def _calm(self):
        """German, a crawl-delay of two seconds, 429 with Retry-After, a cookie nobody should send back."""
        web = self.web
        self.calm = [f"/artikel/der-lange-weg-zum-meer-teil-{number}-{4000 + number}" for number in range(4)]
        for number, path in enumerate(self.calm):
            self.add("calm.test", path, "de", f"Artikel {number}")
        page = web.pages["calm.test"][self.calm[1]]
        page.headers = {"Set-Cookie": "track=me"}
        web.put("calm.test", self.calm[2], site.busy_once(web.pages["calm.test"][self.calm[2]], 4))
        self.feed("calm.test", "/feed", self.calm)
        web.put("calm.test", "/robots.txt", b"User-agent: polyglean\nCrawl-delay: 2\n", content_type="text/plain")

    def _rough(self, guarded_port):
        """Errors, slow and broken bodies, bombs, entities, ways into the private network; three honest articles."""
        web = self.web
        self.rough = [f"/2026/11/20/an-honest-story-among-thieves-{number}" for number in range(3)]
        for number, path in enumerate(self.rough):
            self.add("rough.test", path, "en", f"rough {number}")
        web.put("rough.test", self.rough[2], site.fails(1, web.pages["rough.test"][self.rough[2]]))
        bad = {
            "gone-for-good": Page(b"gone", status=410),
            "a-slow-one": site.drip(),
            "cut-in-the-middle": site.cut_short(article("en", "cut")),
            "torn-gzip": Page(gzip.compress(article("en", "torn"))[:40], headers={"Content-Encoding": "gzip"}),
            "endless": site.endless(),
            "refresh": Page(
                b'<html><head><meta http-equiv="refresh" content="0; url=http://127.0.0.1:%d/x"></head></html>'
                % guarded_port
            ),
            "inward": site.redirect(f"http://localhost:{guarded_port}/x"),
            "outward-file": site.redirect("file:///etc/passwd"),
            "empty": Page(b""),
        }
        bad |= {f"bomb-{encoding}": site.bomb(encoding) for encoding in ("gzip", "deflate", "br", "zstd")}
        paths = []
        for name, page in bad.items():
            paths.append(f"/2026/11/20/a-bad-page-called-{name}")
            web.put("rough.test", paths[-1], page)
        items = [{"url": web.url("rough.test", path)} for path in self.rough + paths]
        items += [{"url": f"http://127.0.0.1:{guarded_port}/2026/11/20/a-story-from-inside"}]
        web.put("rough.test", "/feed.json", json.dumps({"items": items}).encode(), content_type="application/feed+json")
        entity = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><link>&x;</link></item>'
        web.put("rough.test", "/evil.xml", entity + b"</channel></rss>", content_type="text/xml")

    def _down(self):
        """robots.txt answers 500: nothing else may be asked."""
        self.web.put("down.test", "/robots.txt", Page(b"error", status=500))
        self.feed("down.test", "/feed", ["/2026/11/20/never-to-be-asked-for-at-all"])
        self.web.put("down.test", "/2026/11/20/never-to-be-asked-for-at-all", article("en", "never"))
        self.forbidden += ["/feed@down.test"]

    def sources(self):
        u = self.web.url
        common = "revisit_min_minutes = 0\nrevisit_max_hours = 0\ndelay = 0\nallow_addresses = ['127.0.0.1/32']\n"
        blocks = {
            "daily": f'site = "{u("daily.test")}"\nfeeds = ["{u("daily.test", "/feed.xml")}"]',
            "xinwen": f'site = "{u("xinwen.test")}"\nrobots_sitemaps = true\ntimezone = "Asia/Shanghai"',
            "taiwan": f'site = "{u("taiwan.test")}"\nstart = ["{u("taiwan.test")}"]\ndeny = ["/calendar/"]',
            "calm": f'site = "{u("calm.test")}"\nfeeds = ["{u("calm.test", "/feed")}"]',
            "rough": f'site = "{u("rough.test")}"\nfeeds = ["{u("rough.test", "/feed.json")}", '
            f'"{u("rough.test", "/evil.xml")}"]\nerror_budget = 100',
            "down": f'site = "{u("down.test")}"\nfeeds = ["{u("down.test", "/feed")}"]',
        }
        text = f"[defaults]\n{common}\n" + "\n".join(
            f'[[source]]\nname = "{name}"\n{body}\n' for name, body in blocks.items()
        )
        assert tomllib.loads(text)
        return text

    # --- crawling

    def command(self, *arguments, output=None, **settings):
        """Return the arguments of scrapy for a crawl, and the environment."""
        values = {
            "OUTPUT_DIR": output or self.output,
            "STATIC_HOSTS": json.dumps(dict.fromkeys(HOSTS, "127.0.0.1")),
            "DOWNLOAD_TIMEOUT": self.patience,
            "CLEAN_WORKERS": 1,
            "CONTACT": "tests@example.org",
            "RETRY_TIMES": 1,
            **settings,
        }
        pairs = [part for name, value in values.items() for part in ("-s", f"{name}={value}")]
        spider = ["crawl", "news", "-a", f"sources={self.folder / 'sources.toml'}"]
        environment = {**os.environ, "POLYGLEAN_OFFLINE": "1", "http_proxy": "http://127.0.0.1:9/"}
        return [*spider, *pairs, *arguments], environment

    def start(self, *arguments, **settings):
        """Start a crawl."""
        line, environment = self.command(*arguments, **settings)
        return forked.Scrapy(line, env=environment)

    def crawl(self, *arguments, **settings):
        """Run a crawl to its end."""
        line, environment = self.command(*arguments, **settings)
        return forked.run(*line, env=environment)

    def replayed(self, folder):
        """Replay the archive into another folder; return its rows."""
        done = forked.run("replay", self.output / "archive", "-o", folder)
        assert done.returncode == 0, done.stderr
        return self.rows(folder)

    def rows(self, output=None):
        """Return all stored rows, as plain values, by address and version."""
        folder = (output or self.output) / "articles"
        files = sorted(folder.rglob("*.parquet"))
        if not files:
            return []
        rows = ds.dataset([str(file) for file in files]).to_table().to_pylist()
        return sorted(rows, key=lambda row: (row["url"], row["version"]))


def _calendar(template):
    def act(handler, _):
        body = template.format(handler.path).encode()
        handler.answer(Page(body, validators=False))

    return act
