"""Which lists are asked in a crawl, when, and how: each source its own, each in its turn, none in vain."""

from datetime import timedelta

from .plain import COMMON

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
