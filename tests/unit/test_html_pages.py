"""Articles over several pages: which link is the next page, and how pages are joined."""

import pytest

from pipelines.html.pages import join_pages, next_page
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.model import Block, Draft, Kind, Link, Metadata


def following(url: str, markup: str) -> str | None:
    root = parse(f"<html><head></head><body>{markup}</body></html>")
    assert root is not None
    return next_page(root, Walker().walk(root).links, url, url)


@pytest.mark.parametrize(
    ("url", "href", "text"),
    [
        ("http://a.cn/2024/n1.html", "/2024/n1_2.html", "下一页"),
        ("http://a.cn/2024/n1_2.html", "/2024/n1_3.html", "下一页>"),
        ("https://a.de/story", "https://a.de/story?page=2", "2"),
        ("https://a.de/story?page=2", "https://a.de/story?page=3", "Nächste Seite"),
        ("https://a.com/post/slug/", "/post/slug/page/2/", "Next page »"),
        ("https://a.com/post/slug", "/post/slug/2", "[2]"),
    ],
)
def test_a_pager_of_the_same_path_is_followed(url: str, href: str, text: str):
    found = following(url, f"<p>Text</p><a href='{href}'>{text}</a>")
    assert found is not None and found.endswith(href)


def test_rel_next_of_the_head_is_followed_on_the_same_path_only():
    assert following("https://a.com/s", "<link rel=next href='/s?page=2'>") == "https://a.com/s?page=2"
    assert following("https://a.com/s", "<link rel=next href='/other-post'>") is None


def test_the_next_post_of_a_blog_is_not_the_next_page():
    assert following("https://a.com/2024/one", "<a href='/2024/two'>Next</a>") is None


def test_a_numbered_link_without_a_pager_label_is_not_followed():
    assert following("https://a.com/story", "<a href='/story?page=2'>Read our comments</a>") is None


def draft(*lines: str, following: str | None = None) -> Draft:
    return Draft(
        url="https://a.com/s",
        meta=Metadata(title=lines[0]),
        blocks=tuple(Block(kind=Kind.PARAGRAPH, text=line) for line in lines),
        links=(Link(url="https://a.com/x", text="x"),),
        next_page=following,
    )


def test_joined_pages_keep_order_and_each_text_once():
    joined = join_pages([draft("Title", "One.", following="https://a.com/s?page=2"), draft("Title", "Two.", "Two.")])
    assert [block.text for block in joined.blocks] == ["Title", "One.", "Two.", "Two."]
    assert joined.next_page is None and len(joined.links) == 1 and joined.meta.title == "Title"


def test_no_pages_cannot_be_joined():
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])
