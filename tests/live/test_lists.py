"""Which lists are asked in a crawl, when, and how: each source its own, each in its turn, none in vain."""

from datetime import timedelta

from .plain import COMMON
from .site import listing, sitemap

HOUR = timedelta(hours=1)


def sources(plain, **blocks):
    """Write a sources file of several sources of one site."""
    text = "".join(f'[[source]]\nname = "{name}"\nsite = "{plain.url()}"\n{keys}\n' for name, keys in blocks.items())
    (plain.folder / "sources.toml").write_text(f"[defaults]\n{COMMON}{text}")


def asked(plain, only):
    """Crawl one source of the file; return the paths that were asked, robots.txt left out."""
    plain.web.log.clear()
    done = plain.crawl("-a", f"only={only}", STATIC_HOSTS='{"a.test": "127.0.0.1"}')
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-3000:]
    return [path for path, _ in plain.web.asked()]


def test_a_feed_that_two_sources_read_gives_each_its_news_whoever_comes_first(plain):
    paths = {name: [f"/{name}/2026/11/0{day}/the-story-of-day-{day}" for day in (1, 2)] for name in ("a", "b")}
    for path in [*paths["a"], *paths["b"]]:
        plain.story(path)
    sources(plain, **{name: f'{plain.feeds("/feed")}\nallow = ["/{name}/"]' for name in paths})
    for day in (0, 1):
        plain.news("/feed", [(paths[name][number], HOUR) for name in paths for number in range(day + 1)])
        for name in paths:
            assert paths[name][day] in asked(plain, name)
    assert plain.stored() == sorted([*paths["a"], *paths["b"]])
    asked(plain, "b")
    assert [one.status for one in plain.web.log if one.path == "/feed"] == [304]


def test_a_source_that_is_split_loses_nothing_that_waited(plain):
    politics = [f"/politics/2026/11/0{day}/the-story-of-day-{day}" for day in (1, 2, 3)]
    for path in ["/2026/11/20/the-newest-story-of-all", *politics]:
        plain.story(path)
    plain.news("/feed", [("/2026/11/20/the-newest-story-of-all", 0 * HOUR), *((path, HOUR) for path in politics)])
    plain.news("/own", [(politics[0], HOUR)])  # the others are named no more
    plain.asked_in_a_crawl(plain.feeds("/feed") + "\nmax_pages = 1")
    deny, allow = (f'{key} = ["/politics/"]' for key in ("deny", "allow"))
    sources(plain, one=f"{plain.feeds('/feed')}\n{deny}", politics=f"{plain.feeds('/own')}\n{allow}")
    assert set(politics) <= set(plain.asked_in_a_crawl())
    assert plain.stored() == sorted(["/2026/11/20/the-newest-story-of-all", *politics])


def test_a_source_whose_articles_another_has_is_told_so(plain):
    plain.story("/2026/11/20/the-newest-story-of-all")
    plain.news("/feed", [("/2026/11/20/the-newest-story-of-all", HOUR)])
    sources(plain, one=plain.feeds("/feed"))
    plain.asked_in_a_crawl()
    sources(plain, one=plain.feeds("/feed"), two=plain.feeds("/feed"))
    for _ in range(2):
        done = plain.crawl(STATIC_HOSTS='{"a.test": "127.0.0.1"}')
        assert done.returncode == 4 and "all 1 articles that its lists name belong to other sources" in done.stdout


def test_lists_are_asked_for_changes_however_their_addresses_are_written(plain):
    path = "/2026/11/20/the-newest-story-of-all"
    plain.story(path)
    plain.news("/%E6%96%B0%E9%97%BB/feed.xml", [(path, HOUR)])
    plain.put("/?map=1", sitemap([(plain.url(path), plain.now)]))
    plain.put("/list%20of%20all", listing([(path, "A long headline of the newest story of all")]))
    keys = f"""feeds = ["{plain.url("/新闻/feed.xml")}"]\nsitemaps = ["{plain.url("?map=1", "A.test")}"]
        start = ["{plain.url("/list of all")}"]"""
    plain.asked_in_a_crawl(keys)
    plain.asked_in_a_crawl(keys)
    lists = [(one.path, one.status) for one in plain.web.log if one.path not in (path, "/robots.txt")]
    assert sorted(lists) == [("/%E6%96%B0%E9%97%BB/feed.xml", 304), ("/?map=1", 304), ("/list%20of%20all", 304)]
