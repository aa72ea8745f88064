"""Articles over several pages: which link is the next page, and how pages are joined."""

import pytest

from pipelines.html.pages import first_page, join_pages, next_page, place_of, split
from pipelines.html.parse import parse
from pipelines.html.walk import Walker
from pipelines.model import Block, Draft, Kind, Link, Metadata


def following(url: str, markup: str) -> str | None:
    root = parse(f"<html><head></head><body>{markup}</body></html>")
    assert root is not None
    links = Walker().walk(root).links
    return next_page(root, links, url, url, first=first_page(root, links, url, url))


@pytest.mark.parametrize(
    ("url", "href", "text"),
    [
        ("http://a.cn/2024/n1.html", "/2024/n1_2.html", "下一页"),
        ("https://a.de/story?page=2", "https://a.de/story?page=3", "Seite 3"),
        ("http://a.cn/2024/n1-100.html", "/2024/n1-100_2.html", "第2页"),
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


@pytest.mark.parametrize(
    "back", ["<a href='n1.html'>上一页</a>", "<a href='n1.html'>1</a>", "<a href='n1.html'>首页</a>"]
)
def test_a_numbered_file_is_a_page_if_it_points_to_its_first(back: str):
    found = following("http://a.cn/2024/n1_2.html", f"{back}<a href='n1_3.html'>下一页></a>")
    assert found == "http://a.cn/2024/n1_3.html"


@pytest.mark.parametrize(
    "url", ["http://a.cn/book/chapter_10.html", "http://a.cn/book/chapter_1.html", "http://a.cn/b/4"]
)
def test_chapters_of_a_book_are_no_pages_of_an_article(url: str):
    number = int(url.removesuffix(".html").rpartition("_" if "_" in url else "/")[2])
    base = url.removesuffix(".html").removesuffix(str(number))
    following_one = f"{base}{number + 1}" + (".html" if url.endswith("html") else "")
    markup = f"<a href='http://a.cn/book/'>Contents</a><a href='{following_one}'>Next</a>"
    assert following(url, markup) is None


@pytest.mark.parametrize(
    ("url", "markup", "canonical"),
    [
        ("https://a.de/story?page=2", "<a href='/story'>zurück</a>", None),
        ("https://a.de/story/2/", "<a href='/story/'>1</a>", None),
        ("https://a.de/story/page/3", "<link rel=prev href='/story/page/2'>", "https://a.de/story"),
        ("http://a.cn/n1_2.html", "<link rel=prev href='/n1.html'>", None),
    ],
)
def test_a_later_page_names_its_first(url: str, markup: str, canonical: str | None):
    root = parse(f"<html><head></head><body>{markup}</body></html>")
    assert root is not None
    found = first_page(root, Walker().walk(root).links, url, url, canonical)
    assert found is not None
    key, number = place_of(Draft(url=url, meta=Metadata(), blocks=(), first_page=found)) or ("", 0)
    assert number in (2, 3) and key in found


def test_an_address_that_only_ends_in_a_number_is_no_later_page():
    root = parse("<html><body><a href='https://a.de/other'>1</a><a href='/'>first</a></body></html>")
    assert root is not None
    assert first_page(root, Walker().walk(root).links, "https://a.de/", "https://a.de/story-2/") is None


def test_authors_and_dates_that_the_first_page_lacks_are_those_of_the_last():
    one = draft("Title", "One.")
    two = Draft(url=one.url, meta=Metadata(title="Other", authors=("张三",)), blocks=())
    joined = join_pages([one, two])
    assert joined.meta.authors == ("张三",) and joined.meta.title == "Title"


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


def test_an_address_of_no_host_has_no_pages():
    assert split("http://[::1") == ("http://[::1", 1, False)
