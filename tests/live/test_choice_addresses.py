"""One article under one address: twins, redirects, trackers, aliases; and a replay that takes what the crawl took."""

import itertools
from datetime import timedelta

from . import site
from .plain import stories
from .site import Page, article

HOUR = timedelta(hours=1)


def test_a_site_all_in_amp_that_names_itself_without_www_is_stored_and_asked_once(plain):
    paths = [f"/2026/11/0{day}/a-story-in-amp-number-{day}" for day in (1, 2)]
    for path in paths:
        page = article("en", path, canonical=plain.url(path)).replace(b"<html ", b"<html amp ")
        plain.put(path, page, "www.a.test")
        plain.put(path, site.redirect(plain.url(path, "www.a.test"), 301))
    plain.news("/feed.xml", [(path, HOUR) for path in paths], "www.a.test")
    plain.put("/feed.xml", plain.web.pages["www.a.test"]["/feed.xml"])
    assert plain.asked_in_a_crawl(plain.feeds("/feed.xml")) == ["/feed.xml", *paths]
    assert plain.stored() == paths


def test_two_pages_in_amp_that_name_each_other_as_the_full_one_are_not_asked_for_ever(plain):
    one, other = "/2026/11/05/one-half-of-a-circle/amp", "/2026/11/05/one-half-of-a-circle"
    plain.put(one, article("en", "circle", canonical=plain.url(other)))
    plain.put(other, site.redirect(one))
    plain.news("/feed.xml", [(one, HOUR)])
    assert plain.asked_in_a_crawl(plain.feeds("/feed.xml")) == ["/feed.xml", one, other, one]
    assert plain.stored() == [one]


def test_articles_that_lead_off_the_site_wait_longer_each_time_and_crowd_nobody_out(plain):
    away = [f"/2026/11/0{day}/a-story-that-went-away-{day}" for day in (1, 2)]
    for path in away:
        plain.put(path, site.redirect(plain.url(path, "b.test")))
    (good,) = stories(plain, 1, start=20)
    plain.news("/feed.xml", [*((path, HOUR) for path in away), (good, 9 * HOUR)])
    keys = plain.feeds("/feed.xml") + "\nmax_pages = 2"
    assert plain.asked_in_a_crawl(keys) == ["/feed.xml", *away]
    assert plain.asked_in_a_crawl() == ["/feed.xml", good]
    assert "b.test" not in {one.host for one in plain.web.log}  # not even for its robots.txt
    assert plain.sql("SELECT tries FROM crawl_pages WHERE state = 'new'") == [(1,), (1,)]


def test_an_address_with_trackers_behind_a_redirect_is_cleaned_and_no_second_record(plain, tmp_path):
    final = stories(plain, 2)
    for number, path in enumerate(final):
        page = plain.web.pages["a.test"][path].body
        plain.put(f"{path}?utm_source=rss&utm_medium=feed", page)
        plain.put(f"/r/2026/{number}0001", site.redirect(f"{path}?utm_source=rss&utm_medium=feed", 301))
    plain.news("/feed.xml", [(f"/r/2026/{number}0001", HOUR) for number in (0, 1)])
    keys = plain.feeds("/feed.xml")
    plain.asked_in_a_crawl(keys)
    assert plain.stored() == final
    links = [(path, f"A long headline for the story number {number}") for number, path in enumerate(final)]
    plain.put("/", site.listing(links))
    keys += f'\nstart = ["{plain.url()}"]'
    plain.asked_in_a_crawl(keys)
    plain.asked_in_a_crawl(keys)
    assert plain.stored() == final
    again = plain.replayed(tmp_path / "again")
    assert [(row["url"], row["record_id"]) for row in again] == [(row["url"], row["record_id"]) for row in plain.rows()]


def test_a_short_link_to_an_article_known_by_itself_is_only_another_name_of_it(plain):
    (final,) = stories(plain, 1)
    plain.put("/r/2026/10001", site.redirect(final, 301))
    plain.news("/feed.xml", [(final, HOUR)])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml"))
    plain.news("/feed.xml", [("/r/2026/10001", HOUR)])
    plain.asked_in_a_crawl()
    assert plain.stored() == [final]
    assert "/r/2026/10001" not in plain.asked_in_a_crawl()


def test_a_counter_in_the_bytes_of_a_page_is_no_change_of_the_article(plain):
    (path,) = stories(plain, 1)
    body, count = plain.web.pages["a.test"][path].body, itertools.count()

    def act(handler, _):
        handler.answer(Page(body.replace(b"<nav>", b"<script>n=%d</script><nav>" % next(count)), validators=False))

    plain.put(path, Page(b"", act=act))
    plain.news("/feed.xml", [(path, HOUR)])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml"))
    first = plain.sql("SELECT changed FROM crawl_pages")
    assert path in plain.asked_in_a_crawl()
    assert plain.sql("SELECT changed FROM crawl_pages") == first
    assert plain.sql("SELECT checks, changes FROM crawl_pages") == [(1, 0)]


def test_a_replay_takes_exactly_what_the_crawl_took_whatever_the_header_says(plain, tmp_path):
    forms = {
        "image": Page(article("en", "image"), content_type="image/jpeg"),
        "json": Page(article("en", "json"), content_type="application/json"),
        "longer": site.promises_more(site.packed(article("en", "longer"))),
        "script": Page(b"<html><script>location.replace('/2026/11/05/where-the-script-leads')</script></html>"),
        "status-203": Page(article("en", "203"), status=203),
        "refresh": Page(
            article("en", "r").replace(b"<head>", b'<head><meta http-equiv="refresh" content="5; url=/subscribe">')
        ),
    }
    paths = {name: f"/2026/11/05/a-story-that-is-of-the-form-{name}" for name in forms}
    for name, page in forms.items():
        plain.put(paths[name], page)
    plain.story("/2026/11/05/where-the-script-leads")
    plain.put("/subscribe", b"<html><body><h1>Subscribe</h1></body></html>")
    plain.news("/feed.xml", [(path, HOUR) for path in paths.values()])
    plain.asked_in_a_crawl(plain.feeds("/feed.xml"))
    taken = [paths[name] for name in ("image", "json", "longer", "status-203")]
    assert plain.stored() == sorted([*taken, "/2026/11/05/where-the-script-leads"])
    again = plain.replayed(tmp_path / "again")
    assert [row["record_id"] for row in again] == [row["record_id"] for row in plain.rows()]
