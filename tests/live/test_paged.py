"""Articles over several pages on a real loopback site: fetched whole, written once, whatever is missing or breaks."""

import time

import pytest

from .site import Page, Web, article, rss
from .world import World

HOST = "daily.test"
STORY = "/2026/11/20/a-long-story-in-three-pages"
SHORT = "/2026/11/20/a-story-of-which-the-end-is-gone.html"
CLOSED = "/2026/11/20/a-story-whose-end-is-closed-to-robots"
LONE = "/2026/11/20/a-story-on-a-page-of-its-own-77"


def pager(here, addresses):
    links = [f'<a href="{url}">{n}</a>' if n != here else str(n) for n, url in enumerate(addresses, 1)]
    return f'<div class="pages">{" ".join(links)}</div>'


class Paged(World):
    """One host; a feed that names first pages, and one later page as well."""

    patience = 60

    def __init__(self, folder):
        self.web, self.folder, self.output = Web(), folder, folder / "output"
        self.folder.mkdir(exist_ok=True)
        self.articles = {}
        self.story = [STORY, f"{STORY}?page=2", f"{STORY}?page=3"]
        self.put_pages(self.story, "long")
        short = [SHORT, SHORT.replace(".html", "_2.html")]
        self.put_pages(short, "short", gone=(2,))
        self.web.put(HOST, CLOSED, article("en", "closed 1", extra=pager(1, [CLOSED, f"{CLOSED}/page/2"])))
        self.web.put(HOST, f"{CLOSED}/page/2", article("en", "closed 2", extra=pager(2, [CLOSED, f"{CLOSED}/page/2"])))
        self.web.put(HOST, LONE, article("en", "lone"))
        robots = f"User-agent: *\nDisallow: {CLOSED}/page/\n".encode()
        self.web.put(HOST, "/robots.txt", robots, content_type="text/plain")
        self.feed_now([self.story[1], STORY, SHORT, CLOSED, LONE])
        (folder / "sources.toml").write_text(self.sources())

    def feed_now(self, paths):
        from datetime import UTC, datetime, timedelta

        now = datetime.now(UTC)
        items = [(self.web.url(HOST, path), f"Item {n}", now - timedelta(hours=n)) for n, path in enumerate(paths)]
        self.web.put(HOST, "/feed.xml", rss(items), content_type="application/rss+xml")

    def put_pages(self, paths, seed, gone=()):
        for number, path in enumerate(paths, 1):
            if number in gone:
                self.web.put(HOST, path, Page(b"gone", status=404, validators=False))
                continue
            body = article("en", f"{seed} {number}", title=f"The {seed} story", extra=pager(number, paths))
            self.web.put(HOST, path, body)

    def sources(self):
        u = self.web.url
        return (
            f'[[source]]\nname = "daily"\nsite = "{u(HOST)}"\nfeeds = ["{u(HOST, "/feed.xml")}"]\n'
            "revisit_min_minutes = 0\nrevisit_max_hours = 0\ndelay = 0\nallow_addresses = ['127.0.0.1/32']\n"
        )


def plain(rows):
    return [{key: value for key, value in row.items() if key != "run_id"} for row in rows]


def first_words(seed):
    """Return a sentence that only the page of this seed has."""
    from lxml import html

    return html.fromstring(article("en", seed)).findtext(".//article/p").partition(".")[0]


@pytest.fixture
def paged(tmp_path):
    one = Paged(tmp_path / "web")
    yield one
    one.web.close()


def test_all_pages_are_one_record_and_what_is_missing_is_named(paged, tmp_path):
    result = paged.crawl()
    rows = {row["url"]: row for row in paged.rows()}
    assert set(rows) == {paged.web.url(HOST, path) for path in (STORY, SHORT, CLOSED, LONE)}, result.stderr[-3000:]

    story = rows[paged.web.url(HOST, STORY)]
    places = [story["text"].find(first_words(f"long {number}")) for number in (1, 2, 3)]
    assert -1 not in places and places == sorted(places)
    marks = {path: [cut["text"] for cut in rows[paged.web.url(HOST, path)]["removed"] if cut["reason"] == "missing_page"]
             for path in (STORY, SHORT, CLOSED, LONE)}  # fmt: skip
    assert marks[STORY] == marks[LONE] == []
    assert marks[SHORT] == [paged.web.url(HOST, SHORT.replace(".html", "_2.html"))]
    assert marks[CLOSED] == [paged.web.url(HOST, f"{CLOSED}/page/2")]

    asked = [path for path, _ in paged.web.asked(HOST)]
    assert f"{CLOSED}/page/2" not in asked
    assert asked.count(paged.story[2]) == 1 and asked.count(STORY) == 1
    assert plain(paged.replayed(tmp_path / "again")) == plain(paged.rows())


def test_the_next_crawl_asks_the_first_page_alone_and_an_edit_gives_one_new_version(paged, tmp_path):
    paged.crawl()
    before = paged.rows()
    paged.web.log.clear()
    paged.crawl()
    assert paged.rows() == before
    assert [status for path, status in paged.web.asked(HOST) if path == STORY] == [304]
    assert not [path for path, _ in paged.web.asked(HOST) if path == paged.story[2]]

    paged.put_pages(paged.story, "longer")
    paged.crawl()
    rows = [row for row in paged.rows() if row["url"] == paged.web.url(HOST, STORY)]
    assert [row["version"] for row in rows] == [1, 2]
    assert all(first_words(f"longer {number}") in rows[1]["text"] for number in (1, 2, 3))
    assert plain(paged.replayed(tmp_path / "again")) == plain(paged.rows())


def test_a_crawl_killed_between_two_pages_leaves_the_article_to_the_next(paged, tmp_path):
    whole = paged.web.pages[HOST][paged.story[2]]

    def hang(handler, _):
        handler.note(200)
        time.sleep(30)

    paged.web.put(HOST, paged.story[2], Page(b"", act=hang))
    with paged.start(DOWNLOAD_TIMEOUT=30) as run:
        end = time.monotonic() + 600
        while not [path for path, _ in paged.web.asked(HOST) if path == paged.story[2]]:
            assert time.monotonic() < end, "the third page was never asked for"
            time.sleep(0.1)
        run.kill()
    assert not [row for row in paged.rows() if row["url"] == paged.web.url(HOST, STORY)]

    paged.web.put(HOST, paged.story[2], whole)
    paged.crawl()
    (row,) = [row for row in paged.rows() if row["url"] == paged.web.url(HOST, STORY)]
    assert all(first_words(f"long {number}") in row["text"] for number in (1, 2, 3))
    assert [cut for cut in row["removed"] if cut["reason"] == "missing_page"] == []
    again = paged.replayed(tmp_path / "again")
    assert [(one["url"], one["record_id"]) for one in again] == [(one["url"], one["record_id"]) for one in paged.rows()]
