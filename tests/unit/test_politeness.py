"""robots.txt, Retry-After, backoff, bounded bodies: the small rules of a polite and safe crawl."""

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from crawler import pace, robots
from crawler.middlewares import BoundedCompression, retry_after
from crawler.pages.bounded import undo_encoding
from crawler.reading import conditions, validators_of
from crawler.state import Validators

from ..live import site

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 5 ", 5.0),
        (format_datetime(NOW + timedelta(minutes=2)).encode(), 120.0),
        (format_datetime(NOW - timedelta(minutes=2)).encode(), 0.0),
        (b"Thu, 01 Jan 2026 00:00:30 GMT", 30.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
        ("²".encode("latin-1"), None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after(value, NOW) == seconds


@given(st.binary(max_size=60))
def test_no_header_breaks_retry_after(value):
    wait = retry_after(value, NOW)
    assert wait is None or wait >= 0


def test_backoff_grows_and_ends():
    waits = [pace.backoff(tries) for tries in range(1, 12)]
    assert 1.5 <= waits[0] <= 2.5 and 3 <= waits[1] <= 5 and max(waits) <= 150


ROBOTS = b"""\xef\xbb\xbfUser-agent: polyglean
Disallow: /private/
Allow: /private/open
Crawl-delay: 2.5

User-agent: *
Disallow: /
Sitemap: https://e.org/s.xml
"""


def test_our_own_group_counts_and_the_longest_rule_wins():
    rules = robots.parse(ROBOTS, "https://e.org/robots.txt", 0.0)
    assert rules.allow("https://e.org/a", "polyglean") and not rules.allow("https://e.org/private/x", "polyglean")
    assert rules.allow("https://e.org/private/open", "polyglean") and not rules.allow("https://e.org/a", "otherbot")
    assert rules.parser.crawl_delay("polyglean") == 2.5 and rules.sitemaps == ("https://e.org/s.xml",)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("Crawl-delay: 10s", 10.0),
        ("Crawl-delay: 0,5", 0.5),
        ("Crawl-delay: 2.5 # please", 2.5),
        ("Request-rate: 1/10", 10.0),
        ("Crawl-delay: 3\nRequest-rate: 10/1m", 6.0),
        ("Crawl-delay: -5", 0.0),
        ("Crawl-delay: inf", 0.0),
        ("", 0.0),
    ],
)
def test_the_delay_a_site_asks_for_as_sites_write_it(said, seconds):
    rules = robots.parse(f"User-agent: *\n{said}\nDisallow: /x\n".encode(), "https://e.org/robots.txt", 0.0)
    assert robots.delay_of(rules, "polyglean") == seconds and not rules.allow("https://e.org/x", "polyglean")
    assert robots.delay_of(robots.Rules(), "polyglean") == 0.0


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: Polyglean/1.0 (news)\nDisallow: /x\n\nUser-agent: *\nDisallow:\n",
        "User-agent: *\nDisallow: /x\n".encode("utf-16"),
        gzip.compress(b"User-agent: *\nDisallow: /x\n", mtime=0),
    ],
)
def test_rules_that_name_a_version_or_come_in_another_form_are_kept(body):
    rules = robots.parse(body, "https://e.org/robots.txt", 0.0)
    assert not rules.allow("https://e.org/x", "polyglean") and rules.allow("https://e.org/y", "polyglean")


def test_unreachable_closes_and_missing_opens():
    assert not robots.Rules(closed=True).allow("https://e.org/", "polyglean")
    assert robots.Rules().allow("https://e.org/", "polyglean")


@pytest.mark.parametrize("pattern", ["/" + "*a" * 40 + "b", "/" + "*" * 5000 + "x$", "/a*b*c", "/plain"])
def test_a_pattern_keeps_few_stars_and_what_is_cut_covers_more(pattern):
    """Each star is a ``.*``: forty of them on a long address would match for years."""
    tame = robots._tame(pattern)
    assert tame.count("*") <= robots.MAX_STARS and (pattern.count("*") > robots.MAX_STARS or tame == pattern)
    rules = robots.parse(f"User-agent: *\nDisallow: {pattern}\n".encode(), "https://e.org/robots.txt", 0.0)
    covered = pattern.replace("*", "").rstrip("$")
    assert not rules.allow("https://e.org" + covered, "polyglean")
    rules.allow("https://e.org/" + "a" * 1900, "polyglean")


@pytest.mark.parametrize("piece", [b"\n", b" \n", b"\t ", b"Crawl-delay:\n", b"Sitemap: \n", b"User-agent: x/"])
def test_half_a_megabyte_of_nothing_is_read_before_the_crawl_is_old(piece):
    """Where a pattern looked past the end of its line, this took hours, and the whole crawl stood still."""
    rules = robots.parse(piece * (500_000 // len(piece)), "https://e.org/robots.txt", 0.0)
    assert rules.allow("https://e.org/x", "polyglean") and rules.sitemaps == ()


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_line_that_is_cut_at_the_limit_is_none(end, pack):
    """A shop lists each of its goods; where the file is cut behind ``Disallow: /``, the site would be closed."""
    head = end.join(["User-agent: *", "Sitemap: https://e.org/s.xml", "Disallow: /first", "Disallow: /goods/"])
    for cut in ("Disallow: /", "Sitemap: https://e.org/m"):
        text = head + "#" * (robots.MAX_BYTES - len(head) - len(end + cut)) + end + cut
        assert len(text) == robots.MAX_BYTES
        rules = robots.parse(pack(f"{text}ap.xml{end}Disallow: /".encode()), "https://e.org/robots.txt", 0.0)
        assert rules.allow("https://e.org/x", "polyglean") and not rules.allow("https://e.org/first", "polyglean")
        assert not rules.allow("https://e.org/goods/1", "polyglean") and rules.sitemaps == ("https://e.org/s.xml",)
        whole = robots.parse(pack(text.encode()), "https://e.org/robots.txt", 0.0)
        assert whole.allow("https://e.org/x", "polyglean") is cut.startswith("Sitemap")


@given(st.binary(max_size=300))
def test_no_bytes_break_robots(body):
    robots.parse(body, "https://e.org/robots.txt", 0.0).allow("https://e.org/x", "polyglean")


def compression(limit=1_000_000):
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": limit, "REMOTE_CONTROL_ENABLED": False})
    return BoundedCompression.from_crawler(crawler)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_each_encoding_is_undone_and_bounded(encoding):
    middleware, request = compression(), Request("https://e.org/")
    small = site.bomb(encoding, 1_100_000 // 2 * 2)
    headers = {"Content-Type": "text/html", "Content-Encoding": encoding}
    body = site.bomb_bytes(encoding, 1_100_000)
    with pytest.raises(IgnoreRequest, match="too_large"):
        middleware.process_response(request, Response(request.url, headers=headers, body=body))
    done = compression(2_000_000).process_response(request, Response(request.url, headers=headers, body=body))
    assert isinstance(done, HtmlResponse) and done.body.startswith(b"<p>boom</p>")
    assert "Content-Encoding" not in done.headers and small.headers["Content-Encoding"] == encoding


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_torn_body_is_no_page(encoding):
    body = site.bomb_bytes(encoding, 1_100_000)
    response = Response("https://e.org/", headers={"Content-Encoding": encoding}, body=body[: len(body) // 2])
    with pytest.raises(IgnoreRequest, match="truncated"):
        compression(5_000_000).process_response(Request("https://e.org/"), response)


def test_a_page_sent_as_gzip_without_a_word_is_unpacked_but_no_file():
    """Servers that send the files of their cache forget the header; a gzipped sitemap is unpacked by who reads it."""
    request, body = Request("https://e.org/"), gzip.compress(b"<p>Nachricht</p>")
    page = Response(request.url, headers={"Content-Type": "text/html"}, body=body)
    done = compression().process_response(request, page)
    assert isinstance(done, HtmlResponse) and done.body == b"<p>Nachricht</p>"
    file = Response(request.url, headers={"Content-Type": "application/gzip"}, body=body)
    assert compression().process_response(request, file) is file
    with pytest.raises(IgnoreRequest, match="truncated"):
        compression().process_response(request, page.replace(body=body[:-4]))


def test_a_body_is_undone_as_a_replay_undoes_it():
    body = site.bomb_bytes("br", 1_100_000)
    response = Response("https://e.org/", headers={"Content-Encoding": "br"}, body=body)
    live = compression(5_000_000).process_response(Request("https://e.org/"), response).body
    assert live == undo_encoding(body, "br", 5_000_000)


def test_validators_are_sent_as_they_came_and_bad_ones_never():
    given = Response(
        "https://e.org/",
        headers={"ETag": 'W/"x-1"', "Last-Modified": "Thu, 01 Jan 2026 00:00:30 GMT"},
        body=b"abc",
    )
    one = validators_of(given)
    assert conditions(one) == {"If-None-Match": 'W/"x-1"', "If-Modified-Since": "Thu, 01 Jan 2026 00:00:30 GMT"}
    bad = Response("https://e.org/", headers={"ETag": b'"a\x07b"', "Last-Modified": "x" * 600})
    assert validators_of(bad) == Validators()
    unset = Response("https://e.org/", headers={"Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"})
    assert validators_of(unset) == Validators()


def test_every_live_setting_is_one_that_scrapy_or_we_read():
    from scrapy.settings import default_settings

    from crawler import live_settings

    ours = {"STATIC_HOSTS", "CONTACT", "COMMIT_SECONDS", "MAX_RUN_SECONDS", "MAX_RUN_PAGES", "MAX_RUN_BYTES"}
    ours |= {"HEALTH_MIN_SHARE", "HEALTH_MAX_ERRORS", "HEALTH_MAX_EMPTY", "PROMETHEUS_FILE"}
    named = {name for name in vars(live_settings) if name.isupper()}
    assert named - ours <= set(vars(default_settings)) and ours <= named
    assert Settings().getbool("ROBOTSTXT_OBEY") is False  # Scrapy's own default, which is why ours is set
