"""A page of whole posts of other pages is an index; lists within an article, threads and live blogs are none."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pipelines.config import Config
from pipelines.html.posts import whole_posts
from pipelines.model import Article, RawPage, Rejected
from pipelines.process import clean
from tests.words import PROSE, WORDS

SITE = "https://blog.river.example"
TAG = f"{SITE}/tag/harbour/"
NAMES = ["The pump that nobody wanted", "A week without rain", "On rats", "Three letters from the lock keeper"]


def told(at: int) -> list[str]:
    """Return the paragraphs of a post, in words of its own."""
    words = WORDS[3 * at :] + WORDS[: 3 * at]
    return [
        f"In the year of the {words[n]} we went down to the {words[n + 1]} every morning, and what the {words[n + 2]} had"
        f" left behind was a {words[n + 3]} of mud. Nobody had asked for it, and nobody took it away again for weeks."
        for n in range(3)
    ]


def wordpress(at: int, href: str) -> str:
    text = "".join(f"<p>{line}</p>" for line in told(at))
    head = f"<h2 class='entry-title'><a href='{href}' rel='bookmark'>{NAMES[at]}</a></h2>"
    return f"<article class='post-{at} post hentry'>{head}<div class='meta'>March {at + 1}, 2024</div>{text}</article>"


def blogger(at: int, href: str) -> str:
    return (
        f"<div class='date-outer'><h2 class='date-header'>Monday, {at + 1} March 2024</h2><div class='post-outer'>"
        "<div class='post' itemscope itemtype='http://schema.org/BlogPosting'>"
        f"<h3 class='post-title'><a href='{href}'>{NAMES[at]}</a></h3><div class='post-body'>"
        f"{'<br><br>'.join(told(at))}</div><div class='post-footer'>Posted by Helen Marsh at 7:23 AM</div></div></div></div>"
    )


def plain(at: int, href: str, day: str = "<time>1 March 2024</time>") -> str:
    text = "".join(f"<p>{line}</p>" for line in told(at))
    return f"<article><header><h1><a href='{href}'>{NAMES[at]}</a></h1>{day}</header>{text}</article>"


def judged(posts: Sequence[str], url: str = TAG, head: str = "<h1>Tag: harbour</h1>") -> str | None:
    menu = "<header><a href='/'>Marsh Notes</a><nav><a href='/about'>About</a> <a href='/archive'>Archive</a></nav></header>"
    body = f"{menu}<main>{head}{''.join(posts)}<nav><a href='/tag/harbour/page/2/'>Older posts</a></nav></main>"
    html = f"<html><head><title>harbour – Marsh Notes</title></head><body>{body}<footer>© 2024 Marsh</footer></body></html>"
    day = datetime(2026, 11, 21, tzinfo=UTC)
    page = RawPage(url=url, body=html.encode(), content_type="text/html", source="x", fetched_at=day)
    outcome = clean(page, Config())
    assert isinstance(outcome, Article | Rejected)
    return outcome.reason if isinstance(outcome, Rejected) else None


def stories(count: int = 4) -> list[str]:
    return [f"{SITE}/2024/03/story-{at}.html" for at in range(count)]


@pytest.mark.parametrize("make", [wordpress, blogger, plain])
@pytest.mark.parametrize("url", [TAG, f"{SITE}/2024/03/", f"{SITE}/page/2/", f"{SITE}/?cat=4"])
def test_whole_posts_under_their_linked_headlines_are_an_index(make: Callable[[int, str], str], url: str) -> None:
    assert judged([make(at, href) for at, href in enumerate(stories())], url) == "index_page"


def test_two_posts_or_items_without_a_day_are_none() -> None:
    assert judged([wordpress(at, href) for at, href in enumerate(stories(2))]) is None
    assert judged([plain(at, href, "") for at, href in enumerate(stories())]) is None


def test_a_list_within_an_article_is_one() -> None:
    items = [wordpress(at, href) for at, href in enumerate(stories())]
    opening = f"<h1>Four stories from the river that stayed with us</h1><p>{PROSE[0]}</p>"
    url = f"{SITE}/2024/12/four-stories-from-the-river-that-stayed-with-us"
    assert judged([f"<article class='hentry'>{opening}{''.join(items)}</article>"], url, "") is None
    assert judged([opening, *items], url, "") is None


def test_links_to_other_sites_and_to_the_page_itself_are_no_posts_of_others() -> None:
    elsewhere = [f"https://paper-{at}.example/2024/03/a-long-story" for at in range(4)]
    assert judged([wordpress(at, href) for at, href in enumerate(elsewhere)]) is None
    live = f"{SITE}/2024/03/harbour-board-meets-as-it-happened"
    assert judged([plain(at, f"{live}?entry={at}") for at in range(4)], live) is None
    assert judged([plain(at, f"{live}/entry-{at}") for at in range(4)], live) is None


def test_an_article_with_the_next_ones_below_it_is_one() -> None:
    own = f"<article class='hentry'><h1>{NAMES[3]}</h1>{''.join(f'<p>{line}</p>' for line in told(3))}</article>"
    others = [wordpress(at, href) for at, href in enumerate(stories(3))]
    assert judged([own, *others], f"{SITE}/2024/03/three-letters-from-the-lock-keeper", "") is None


def test_a_thread_under_one_headline_is_none() -> None:
    posts = [wordpress(at, f"{SITE}/thread.php?p={at}").replace(NAMES[at], "Re: Mud at the lock") for at in range(4)]
    assert judged(posts, f"{SITE}/thread.php?t=7") is None


def test_thousands_of_posts_are_counted_in_one_go() -> None:
    posts = 20000
    leaf = SimpleNamespace(text=PROSE[0], level=0, links=0, link_chars=0)
    head = SimpleNamespace(text="", level=2, links=1, link_chars=99)
    element = SimpleNamespace(get={"class": "hentry"}.get)
    page = SimpleNamespace(
        leaves=[
            each
            for at in range(posts)
            for each in (SimpleNamespace(**{**vars(head), "text": f"On the weather of day {at}"}), leaf)
        ],
        containers=[SimpleNamespace(start=2 * at, end=2 * at + 2, tag="div", element=element) for at in range(posts)],
        links=[SimpleNamespace(block=2 * at, is_picture=False, url=f"/p/{at}") for at in range(posts)],
    )
    begun = time.process_time()
    assert whole_posts("hentry", page, [True] * (2 * posts), SITE, TAG) == posts  # type: ignore[arg-type]
    assert time.process_time() - begun < 20
