"""An empty loopback web with a sources file of one's own, for tests that need a site of one certain form."""

import json
import sqlite3
from datetime import UTC, datetime

from .site import Web, article, rss
from .world import World

COMMON = "revisit_min_minutes = 0\nrevisit_max_hours = 0\ndelay = 0\nallow_addresses = ['127.0.0.1/32']\n"


class Plain(World):
    """Some hosts with nothing on them yet; addresses without a host are on the first."""

    patience = 60

    def __init__(self, folder, *hosts):
        self.web, self.folder, self.output = Web(), folder, folder / "output"
        self.hosts, self.articles, self.now = hosts or ("a.test",), {}, datetime.now(UTC)

    def url(self, path="/", host=None):
        return self.web.url(host or self.hosts[0], path)

    def put(self, path, body, host=None, **options):
        self.web.put(host or self.hosts[0], path, body, **options)

    def story(self, path, seed=None, host=None, **options):
        self.put(path, article("en", seed or path, **options), host)

    def news(self, path, ages, host=None):
        """Serve a feed of (path, age) pairs."""
        self.put(path, rss([(self.url(one, host), "T", self.now - age) for one, age in ages]), host)

    def write(self, keys, name="one"):
        text = f'[defaults]\n{COMMON}[[source]]\nname = "{name}"\nsite = "{self.url()}"\n{keys}\n'
        (self.folder / "sources.toml").write_text(text)

    def feeds(self, *paths):
        return "feeds = " + json.dumps([self.url(path) for path in paths])

    def asked_in_a_crawl(self, keys=None, name="one", **settings):
        """Crawl once; return the paths that were asked, in their order, robots.txt left out."""
        if keys is not None:
            self.write(keys, name)
        self.web.log.clear()
        done = self.crawl(STATIC_HOSTS=json.dumps(dict.fromkeys(self.hosts, "127.0.0.1")), **settings)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return [one.path for one in self.web.log if one.path != "/robots.txt"]

    def stored(self):
        return sorted(row["url"].split(f":{self.web.port}")[1] for row in self.rows())

    def sql(self, query):
        with sqlite3.connect(self.output / "state.sqlite") as base:
            return base.execute(query).fetchall()


def stories(plain, count, start=1):
    paths = [f"/2026/11/{day:02d}/the-story-number-{day}-is-here" for day in range(start, start + count)]
    for path in paths:
        plain.story(path)
    return paths
