"""Lists in JSON that a source names: read like any other list, asked again with their validators."""

import json
from datetime import timedelta

from . import site
from .plain import stories

DAY = timedelta(days=1)


def test_a_load_more_address_as_a_start_and_an_interface_as_a_feed(plain):
    paths = stories(plain, 6)
    cards = "".join(f'<div><h3><a href="{path}">A long headline for this story</a></h3></div>' for path in paths[:2])
    first = {"success": True, "data": {"html": cards, "next": "/ajax/more?page=2"}}
    second = {
        "articles": [{"title": "A story", "url": path, "date": "2026-11-20"} for path in paths[2:4]],
        "next": None,
    }
    posts = [
        {"link": plain.url(path), "title": {"rendered": "T"}, "date_gmt": "2026-11-20T08:00:00"} for path in paths[4:]
    ]
    for path, value in (("/ajax/more", first), ("/ajax/more?page=2", second), ("/wp-json/wp/v2/posts", posts)):
        plain.put(path, json.dumps(value).encode(), content_type="application/json")
    keys = plain.feeds("/wp-json/wp/v2/posts") + f'\nstart = ["{plain.url("/ajax/more")}"]'
    asked = plain.asked_in_a_crawl(keys)
    assert sorted(asked) == sorted([*paths, "/ajax/more", "/ajax/more?page=2", "/wp-json/wp/v2/posts"])
    assert plain.stored() == paths
    plain.asked_in_a_crawl()
    assert {one.status for one in plain.web.log if one.path != "/robots.txt"} == {304}
    assert plain.stored() == paths


def test_an_interface_that_answers_with_an_error_is_an_unread_list(plain):
    plain.put("/api", b'{"error": "unauthorized"}', content_type="application/json")
    paths = stories(plain, 1)
    plain.put("/feed.xml", site.rss([(plain.url(paths[0]), "T", plain.now - DAY)]))
    plain.write(plain.feeds("/feed.xml", "/api"))
    done = plain.crawl(STATIC_HOSTS=json.dumps({"a.test": "127.0.0.1"}))
    assert "broken_list" in done.stdout and plain.stored() == paths, done.stdout
