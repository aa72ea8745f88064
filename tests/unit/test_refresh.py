"""A page that reloads itself is that page; what leads elsewhere, or stands before another, is only passed through."""

import pytest
from scrapy.http import HtmlResponse, Request
from scrapy.settings import Settings

from crawler import refresh

URL = "https://e.org/2026/11/20/the-count-goes-on"
SETTINGS = Settings({"METAREFRESH_MAXDELAY": 10})


def sends_on(content, *, url=URL, cookies=False, came=(), headers=None):
    body = f'<html><head><meta http-equiv="refresh" content="{content}"></head><body>Words.</body></html>'.encode()
    request = Request(url, meta={"redirect_urls": list(came)})
    response = HtmlResponse(url, headers={"Content-Type": "text/html", **(headers or {})}, body=body)
    return refresh.sends_on(body, request, response, SETTINGS, cookies=cookies)


@pytest.mark.parametrize(
    "content",
    [
        f"5;url={URL}",
        f"5; URL='{URL}#live'",
        "1;url=/2026/11/20/the-count-goes-on",
        "9;url=the-count-goes-on",
        "5",
        "300;url=/",
    ],
)
def test_a_page_that_asks_for_itself_is_not_passed_through(content):
    assert not sends_on(content)


@pytest.mark.parametrize(
    "content", [f"0;url={URL}", "5;url=/", f"5;url={URL}?page=2", f"5;url={URL.replace('https', 'http')}"]
)
def test_one_that_leads_elsewhere_or_is_gone_at_once_is(content):
    assert sends_on(content)


def test_an_address_in_letters_of_its_own_is_still_the_same():
    assert not sends_on("5;url=/新闻/1?词=2", url="https://e.org/%E6%96%B0%E9%97%BB/1?%E8%AF%8D=2")


def test_where_cookies_are_kept_a_new_one_is_tried_once():
    said, fresh = f"5;url={URL}", {"Set-Cookie": "open=yes"}
    assert sends_on(said, cookies=True, headers=fresh)
    assert not sends_on(said, cookies=True, headers=fresh, came=[URL])
    assert not sends_on(said, cookies=True) and not sends_on(said, headers=fresh)
