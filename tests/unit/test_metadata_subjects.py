"""Articles in a page's data that are other pages': what they say of their author and date is not the page's."""

from __future__ import annotations

import json
from datetime import UTC

import pytest

from pipelines.metadata import subjects
from pipelines.model import Metadata
from tests.metadata_pages import PROSE, PROSE_ZH, article, page

TITLE = "Old swing bridge to stay closed for six weeks"
URL = "https://www.example.com/news/12345-old-swing-bridge"
OWN = ('<p>By <a rel="author" href="/author/jane">Jane Doe</a></p>', '<time datetime="2024-03-14">14 March 2024</time>')


def node(headline: str, **fields: object) -> dict[str, object]:
    """Return the node of an article by Ann Poe of 2023."""
    author = {"@type": "Person", "name": "Ann Poe"}
    made = {"@type": "NewsArticle", "headline": headline, "datePublished": "2023-01-02T10:00:00Z", "author": author}
    return made | fields


def read(value: object, *, title: str = TITLE, lang: str = "en", prose: str = "") -> Metadata:
    head = f'<title>{title} - Harbour Echo</title><script type="application/ld+json">{json.dumps(value)}</script>'
    body = article(title, *OWN, prose=prose) if prose else article(title, *OWN)
    return page(body, head=head, url=URL, lang=lang)


def told(made: Metadata) -> tuple[tuple[str, ...], int | None]:
    return made.authors, made.published.at.astimezone(UTC).year if made.published else None


@pytest.mark.parametrize(
    "value",
    [
        {"@type": "ItemList", "itemListElement": [{"item": node("Fishing quotas cut again")}]},
        node("Fishing quotas cut again"),
        [node("Fishing quotas cut again", url="https://www.example.com/news/12001-fishing-quotas")],
        node("渔业配额再次削减引发渔民不满") | {"headline": "Fishing quotas: how ministers decided"},
        {"@type": "WebPage", "mentions": {"@type": "Article", "name": "Fishing quotas cut again", "author": "Ann Poe"}},
    ],
)
def test_an_article_that_shares_no_word_with_the_page_is_another(value: object) -> None:
    assert told(read(value)) == (("Jane Doe",), 2024)


def test_of_two_articles_the_one_with_a_word_of_the_title() -> None:
    own = node("Why the swing bridge needs new bearings", author={"@type": "Person", "name": "Jane Doe"})
    other = node("Fishing quotas cut again")
    assert told(read([other, own])) == (("Jane Doe",), 2023)


@pytest.mark.parametrize(
    "value",
    [
        # Headlines for search engines are others than the title.
        node("Harbour bridge closure: what drivers need to know"),
        # No word in common, but the address is the page's, or has its number.
        node("What drivers need to know", url=URL),
        node("What drivers need to know", mainEntityOfPage={"@type": "WebPage", "@id": f"{URL}/?page=1"}),
        node("What drivers need to know", url="https://example.com/n/12345"),
        # Another script: nothing can be compared.
        node("旧旋转桥将关闭六个星期"),
        node(""),
    ],
)
def test_an_article_of_another_headline_that_is_the_page_s_own(value: object) -> None:
    assert told(read(value)) == (("Ann Poe",), 2023)


def test_chinese_headlines_are_compared_by_pairs_of_characters() -> None:
    title = "旧旋转桥将关闭六个星期"
    assert told(read(node("港口旋转桥关闭，司机注意"), title=title, lang="zh", prose=PROSE_ZH))[1] == 2023
    assert told(read(node("渔业配额再次削减"), title=title, lang="zh", prose=PROSE_ZH))[1] == 2024


def test_addresses_that_are_none_prove_nothing() -> None:
    assert subjects.is_foreign("Fishing quotas", [TITLE], ["http://[", "/", ""], ["http://[", "https://example.com/"])


@pytest.mark.parametrize("heading", [f"<h2>{TITLE}</h2>", f"<div class=headline>{TITLE}</div>"])
@pytest.mark.parametrize("above", ["", "<h1>The Weekly Journal</h1>"])
def test_the_data_of_an_article_whose_title_stands_in_its_text_alone_is_its_own(heading: str, above: str) -> None:
    head = f'<title>The Weekly Journal</title><script type="application/ld+json">{json.dumps(node(TITLE))}</script>'
    made = page(f"{above}{heading}<p>{PROSE}</p><p>{PROSE}</p>", head=head, url=URL)
    assert told(made) == (("Ann Poe",), 2023)
    assert made.title == ("The Weekly Journal" if above else TITLE)
    other = page(f"{heading}<p>{PROSE}</p><h3>Fishing quotas cut</h3>", head=head.replace(TITLE, "Fishing quotas cut"))
    assert told(other) == ((), None)
