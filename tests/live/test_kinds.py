"""Sites of many kinds, each crawled twice: what a source should bring comes, once, and nothing that stands before it."""

import itertools
import json
import re

import pytest

from . import site
from .plain import COMMON, Plain
from .site import Page, article

HEADLINE = "A long headline about the river and the town, number"
SESSION = "lit3py55t21z5v55vlm25s55"


def page(*parts):
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{''.join(parts)}</body></html>".encode()


class Kinds(Plain):
    """One host for each kind, all in one sources file; a kind's method serves it and returns its keys."""

    def __init__(self, folder):
        self.kinds = [name for name in dir(self) if name.startswith("kind_")]
        super().__init__(folder, *(f"{name[5:]}.test" for name in self.kinds))
        self.wanted = {}
        blocks = []
        for name, host in zip(self.kinds, self.hosts, strict=True):
            self.host = host
            keys, paths = getattr(self, name)()
            self.wanted[host] = sorted(paths)
            blocks.append(f'[[source]]\nname = "{name[5:]}"\nsite = "{self.url(host=host)}"\n{keys}\n')
        (folder / "sources.toml").write_text(f"[defaults]\n{COMMON}" + "\n".join(blocks))

    def serve(self, path, body=None, **options):
        self.put(path, body if body is not None else article("en", self.host + path), self.host, **options)
        return path

    def start(self, *parts, path="/", more=""):
        self.serve(path, page(*parts))
        return f'start = ["{self.url(path, self.host)}"]\n{more}'

    def listed(self, paths):
        self.serve("/feed", site.rss([(self.url(path, self.host), "T", self.now) for path in paths]))
        return f'feeds = ["{self.url("/feed", self.host)}"]\n'

    def kind_bulletin(self):
        """A folder a year, a folder a number, acts whose addresses say nothing."""
        paths = [f"/bulletin/2026/no-{number}/art_{act}.html" for number in (11, 12) for act in (1, 2)]
        for number in (11, 12):
            acts = [self.serve(path) for path in paths if f"-{number}/" in path]
            links = (f'<a href="{path}">Decree on the repair of bridges</a>' for path in acts)
            self.serve(f"/bulletin/2026/no-{number}/", page(*links))
        self.serve("/bulletin/2026/", page('<a href="no-11/">No. 11</a><a href="no-12/">No. 12</a>'))
        return self.start('<a href="2026/">2026</a>', path="/bulletin/", more="depth = 2"), paths

    def kind_joomla(self):
        """Every page is index.php; only the headlines tell articles from lists."""
        form = "/index.php?option=com_content&view=article&id={}:the-bridge&catid=3&Itemid=101"
        paths = [self.serve(form.format(number)) for number in (15, 16)]
        links = [f'<h2><a href="{path.replace("&", "&amp;")}">{HEADLINE} {path[-30:]}</a></h2>' for path in paths]
        menu = '<a href="/index.php?option=com_content&amp;view=category&amp;id=3&amp;Itemid=101">All news</a>'
        return self.start(*links, menu, path="/index.php", more="depth = 0"), paths

    def kind_session(self):
        """ASP.NET for visitors without cookies: another address for every visit."""

        def act(handler, one):
            if "(S(" not in handler.path:
                place = f"/(S({SESSION})){handler.path}"
                return handler.send(Page(b"", status=302, headers={"Location": place}))
            path = handler.path.replace(f"/(S({SESSION}))", "")
            return handler.answer(self.pages.get(path) or Page(b"", status=404))

        paths = [f"/news/story-{number}-of-the-long-winter.aspx" for number in (1, 2)]
        links = [f'<h3><a href="/(S({SESSION}1)){path}">{HEADLINE} {path}</a></h3>' for path in paths]
        self.pages = {path: Page(article("en", path)) for path in paths} | {"/": Page(page(*links))}
        for path in ("/*", "/"):
            self.serve(path, Page(b"", act=act))
        return f'start = ["{self.url(host=self.host)}"]', paths

    def kind_frames(self):
        links = [f'<h3><a href="{self.serve("/2026/11/01/story-in-a-frame")}">{HEADLINE}</a></h3>']
        self.serve("/list.html", page(*links))
        frames = '<frameset><frame src="menu.html"><frame src="list.html"></frameset>'
        self.serve("/", b"<html>" + frames.encode() + b"</html>")
        self.serve("/menu.html", page('<a href="/about.html">About</a>'))
        return f'start = ["{self.url(host=self.host)}"]', ["/2026/11/01/story-in-a-frame"]

    def kind_cards(self):
        """Addresses that say nothing, and headlines beside the links."""
        forms = (
            '<article><a href="/sport">Sport</a><h3>{0}</h3><p>A teaser.</p><a href="{1}">Read more</a></article>',
            '<div><h3>{0}</h3><p>A teaser.</p><a class="stretched-link" href="{1}"></a><a href="/sport">Sport</a></div>',
            '<div><a href="{1}"><img src="/i.jpg" alt="{0}"></a><p>A teaser.</p></div>',
            '<li><a href="{1}"><img src="/i.jpg" alt=""></a><h2>{0}</h2></li>',
            '<map><area href="{1}" alt="{0}"></map>',
            '<article><h3>{0}</h3><p>A teaser.</p><a href="{1}">Read more</a></article>',
        )
        paths = [self.serve(f"/stories/bridge-{'abcdef'[number]}") for number in range(len(forms))]
        cells = [form.format(f"{HEADLINE} {path}", path) for form, path in zip(forms, paths, strict=True)]
        more = '<section><h2>From all over the country and beyond</h2><a href="/r/a">Read more</a></section>'
        lists = "".join(f'<a href="/r/{letter}">Region {letter}</a>' for letter in "bcdefghij")
        return self.start(*cells, more.replace("</section>", f"{lists}</section>"), more="depth = 0"), paths

    def kind_consent(self):
        """Every article leads to a page about cookies, which keeps none of it from being the article."""
        words = "<h1>We value your privacy</h1><p>We and our 842 partners store and access information on a device.</p>"
        self.serve("/consent*", page(words * 3))
        paths = [f"/2026/11/0{day}/a-story-behind-a-consent" for day in (1, 2)]
        for path in paths:
            self.serve(path, site.redirect(f"/consent?return={path}"))
        return self.listed(paths), []

    def kind_cookies(self):
        """The same for a source that keeps cookies."""

        def gate(inner):
            def act(handler, _):
                if "yes=1" in handler.headers.get("Cookie", ""):
                    return handler.answer(inner)
                return handler.send(Page(b"", status=302, headers={"Location": f"/consent?to={handler.path}"}))

            return Page(b"", act=act)

        def consent(handler, _):
            back = re.search("to=(.*)", handler.path)[1]
            handler.send(Page(b"", status=302, headers={"Location": back, "Set-Cookie": "yes=1; Path=/"}))

        path = "/2026/11/01/a-story-for-those-who-agree"
        self.serve("/consent*", Page(b"", act=consent))
        self.serve(path, gate(Page(article("en", path))))
        return self.listed([path]) + "cookies = true", [path]

    def kind_moved(self):
        """An old address whose new one tells where it came from is no wall."""
        path = "/2026/11/05/the-story-after-the-move?redirected_from=/old/77"
        self.serve("/old/77", site.redirect(self.serve(path)))
        return self.listed(["/old/77"]), [path]

    def kind_board(self):
        """A Korean board: the links to its articles carry the page of the list, which grows with every new one."""
        visits = itertools.count(1)
        form = "/bbs/board.php?bo_table=news&wr_id=31&page={}"

        def act(handler, _):
            link = form.format(next(visits)).replace("&", "&amp;")
            handler.answer(Page(page(f'<a href="{link}">정부 새로운 정책 발표해 시민들 환영</a>'), validators=False))

        self.serve("/bbs/board.php?bo_table=news", Page(b"", act=act))
        for number in (1, 2):
            self.serve(form.format(number))
        return f'start = ["{self.url("/bbs/board.php?bo_table=news", self.host)}"]', [form.format(1)]

    def kind_epaper(self):
        """The front page leads to today's first sheet, each sheet to the next; the articles are areas of a picture."""
        paths = [self.serve(f"/html/2026-11/20/content_4{number}.htm") for number in range(4)]
        for sheet in (1, 2):
            areas = "".join(f'<area href="{path}">' for path in paths[2 * sheet - 2 : 2 * sheet])
            following = f'<a href="node_{3 - sheet}.htm">下一版</a>'
            self.serve(f"/html/2026-11/20/node_{sheet}.htm", page(f"<map>{areas}</map>{following}"))
        self.serve("/", b'<html><script>location.href = "/html/2026-11/20/node_1.htm";</script></html>')
        return f'start = ["{self.url(host=self.host)}"]\ndepth = 2', paths

    def kind_announced(self):
        """A start page of scripts that names only its feed."""
        head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        return self.start("<p>Loading</p>", head, more=""), []

    def kind_canonical(self):
        """Every article says that it is the section it lies in."""
        paths = [f"/news/2026/11/0{day}/a-story-that-denies-itself" for day in (1, 2)]
        for path in paths:
            self.serve(path, article("en", path, canonical=self.url("/news/", self.host)))
        return self.listed(paths), paths

    def kind_deaf(self):
        """Last-Modified is a clock that was never set, and nothing has changed since, whatever happens."""

        def act(handler, _):
            if handler.headers.get("If-Modified-Since"):
                return handler.send(Page(b"", status=304), body=False)
            links = [(self.url(path, "deaf.test"), "T", self.now) for path in self.deaf]
            return handler.send(Page(site.rss(links), headers={"Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"}))

        self.deaf = [self.serve("/2026/11/01/a-story-of-the-deaf-server")]
        self.serve("/feed", Page(b"", act=act))
        return f'feeds = ["{self.url("/feed", self.host)}"]', self.deaf


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """Crawl twice, with one more article on the deaf server in between."""
    made = Kinds(tmp_path_factory.mktemp("kinds"))
    made.runs = []
    for _ in range(2):
        made.runs.append(made.crawl(STATIC_HOSTS=json.dumps(dict.fromkeys(made.hosts, "127.0.0.1"))))
        made.host = "deaf.test"
        made.deaf.append(made.serve("/2026/11/02/another-story-of-the-deaf-server"))
    yield made
    made.web.close()


@pytest.mark.parametrize("kind", [name[5:] for name in dir(Kinds) if name.startswith("kind_")])
def test_what_a_source_of_this_kind_should_bring_and_nothing_else(kinds, kind):
    start = kinds.url(host=f"{kind}.test").rstrip("/")
    stored = sorted(row["url"].removeprefix(start) for row in kinds.rows() if row["url"].startswith(start))
    wanted = kinds.deaf[:2] if kind == "deaf" else kinds.wanted[f"{kind}.test"]
    assert stored == wanted, kinds.runs[0].stdout


def test_a_wall_before_the_articles_is_named_and_no_replay_takes_it(kinds, tmp_path):
    assert "consent: 2 articles lead to a login, a consent or a wall instead" in kinds.runs[0].stdout
    assert [run.returncode for run in kinds.runs] == [4, 4]
    assert "names no article, but a feed: http://announced.test" in kinds.runs[0].stderr
    assert {row["version"] for row in kinds.rows()} == {1}
    for run in kinds.runs:
        assert "Traceback" not in run.stderr, run.stderr.partition("Traceback")[2][:3000]
    again = kinds.replayed(tmp_path / "again")
    assert [row["record_id"] for row in again] == [row["record_id"] for row in kinds.rows()]
