"""Links of a body are what its text points to: share buttons are none, pages of the same sites are."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html.addresses import is_share
from pipelines.html.draft import extract

BUTTONS = [
    "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fa.example%2F1",
    "https://www.facebook.com/share.php?u=x",
    "https://twitter.com/intent/tweet?url=x",
    "https://x.com/intent/post?text=x",
    "https://www.linkedin.com/shareArticle?mini=true&url=x",
    "https://www.linkedin.com/cws/share?url=x",
    "https://pinterest.co.uk/pin/create/button/?url=x",
    "https://www.reddit.com/submit?url=x",
    "https://t.me/share/url?url=x",
    "https://api.whatsapp.com/send?text=x",
    "https://wa.me/?text=x",
    "https://vk.com/share.php?url=x",
    "http://service.weibo.com/share/share.php?url=x",
    "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url=x",
    "https://connect.qq.com/widget/shareqq/index.html?url=x",
    "https://social-plugins.line.me/lineit/share?url=x",
    "https://b.hatena.ne.jp/entry/a.example/1",
    "https://www.addtoany.com/share",
    "https://connect.ok.ru/dk?st.cmd=addShare&st.s=1",
    "http://www.odnoklassniki.ru/dk?st.cmd=addShare&st.s=1",
]
PAGES = [
    "https://www.facebook.com/meta/posts/123",
    "https://x.com/someone/status/1748058",
    "https://www.linkedin.com/in/someone",
    "https://www.reddit.com/r/news/comments/1",
    "https://t.me/somechannel/12",
    "https://weibo.com/1234/Nabc",
    "https://a.example/share-prices-fall",
    "https://a.example/?u=https://www.facebook.com/sharer/",
]


@pytest.mark.parametrize("address", BUTTONS)
def test_buttons_that_post_the_page_somewhere_are_told(address: str) -> None:
    assert is_share(address)


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_the_same_sites_are_not(address: str) -> None:
    assert not is_share(address)


def test_links_of_a_body_leave_the_buttons_out() -> None:
    line = "The council said on Monday that the new terminal would open in spring, after four years of work on it."
    button = f"<a href='{BUTTONS[0]}'>Share</a>"
    body = f"<p>{line} <a href='{PAGES[1]}'>It said so here</a>. {button}</p>" + f"<p>{line} Number two.</p>" * 2
    draft = extract(
        f"<html><body><article><h1>Terminal opens</h1>{body}</article></body></html>",
        url="https://a.example/1", fetched_at=datetime(2026, 11, 1, tzinfo=UTC), config=Config(),
    )  # fmt: skip
    assert [link.url for link in draft.links] == [PAGES[1]]
