"""An element that is named as comments and holds the article loses the name; readers' comments keep it."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html.misnamed import unname
from pipelines.html.parse import parse
from pipelines.html.votes.words import GROUPS, named
from pipelines.html.walk import Walker
from pipelines.model import Article, RawPage
from pipelines.process import clean

COMMENT = GROUPS["comment"]
LINES = [
    f"Passage {at}: the till says one thing at night and the bank another, and somebody has to find out why."
    for at in range(8)
]
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
READERS = "".join(
    f"<li class='{{name}}'><b>Reader {at}</b><p>I do not believe a word of it, and I have kept tills for years.</p></li>"
    for at in range(12)
)


def names(body: str) -> list[str]:
    """Return the names of the elements that are named as comments."""
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    unname(page)
    return [each.element.get("class") for each in page.containers if each.own & COMMENT]


@pytest.mark.parametrize("name", ["kommentar", "tone-comment", "article--comment opinion", "post category-feedback"])
def test_the_article_is_no_comment(name: str) -> None:
    assert names(f"<h1>The till</h1><p>What the bank says.</p><article class='{name}'>{TEXT}</article>") == []


def test_elements_in_each_other_lose_the_name_together() -> None:
    assert names(f"<h1>The till</h1><div class='kommentar'><div class='kommentar-text'>{TEXT}</div></div>") == []


def test_what_holds_the_whole_page_is_no_list_of_comments() -> None:
    inside = READERS.format(name="comment")
    page = (
        f"<div class='with comments'><h1>The till</h1><article>{TEXT}</article><ul class='comments'>{inside}</ul></div>"
    )
    assert len(names(page)) == 13


def test_readers_comments_keep_their_name() -> None:
    inside = READERS.format(name="comment")
    assert len(names(f"<h1>The till</h1><article>{TEXT}</article><ul class='comments'>{inside}</ul>")) == 13
    assert names(f"<h1>Film</h1><p>A clip.</p><ul class='comments'>{READERS.format(name='x')}</ul>") == ["comments"]
    assert names(f"<h1>The till</h1><div>{TEXT}</div><div class='comments'>{TEXT}</div>") == ["comments"]


def test_comments_inside_of_the_article_keep_their_name() -> None:
    inside = READERS.format(name="reply")
    found = names(
        f"<h1>The till</h1><article class='kommentar'>{TEXT}{TEXT}<ul class='replies'>{inside}</ul></article>"
    )
    assert "kommentar" not in found and found.count("reply") == 12 and "replies" in found


@pytest.mark.parametrize(
    "name",
    ["kommentar", "post-8 post type-post status-publish hentry category-forum tag-coral", "tone-comment"],
)
def test_an_opinion_is_stored_as_any_article(name: str) -> None:
    html = (
        "<html><head><title>The till | The Daily</title></head><body><nav><a href='/a'>Home</a></nav>"
        f"<h1>The till</h1><article class='{name}'>{TEXT}</article><footer>The Daily</footer></body></html>"
    )
    at = datetime(2026, 1, 1, tzinfo=UTC)
    page = RawPage(
        url="https://daily.example.org/till", fetched_at=at, body=html.encode(), source="a", content_type="text/html"
    )
    found = clean(page, Config())
    assert isinstance(found, Article)
    assert [block.text for block in found.blocks] == LINES


def test_topics_of_a_wordpress_post_say_nothing_of_the_element() -> None:
    post = "post-8 post type-post status-publish format-standard hentry category-forum tag-coral tag-newsletter"
    assert named(post) == named("post-8 post type-post status-publish format-standard hentry")
    assert named("comment tag-coral") & COMMENT
    assert named("type-post status-publish") == named("type-post") | named("status-publish")
