"""Which pictures are the article's: behind its last paragraph, in links, and shown without scripts alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.html import extract
from pipelines.html.walk import Walker
from tests.unit.test_html_body import PARAGRAPHS, page

AT = datetime(2025, 1, 1, tzinfo=UTC)
BLANK = "<img src='data:image/gif;base64,R0lG'>"
BOAT = "<figure><img src='/i/boat.jpg'><figcaption>The new boat at the quay</figcaption></figure>"


def shown(text: str) -> list[str]:
    """Return the names of the pictures of a page."""
    draft = extract(text, url="https://news.example.com/town/ferry", fetched_at=AT, config=Config())
    return [image.url.rpartition("/")[2] for image in draft.images]


def amid(markup: str) -> str:
    """Return a page with a piece of mark-up behind its first paragraph."""
    return page(PARAGRAPHS.replace("</p>", f"</p>{markup}", 1))


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{BLANK}<noscript><img src='/i/boat.jpg'></noscript></figure>",
        f"<div class='wrap'>{BLANK}<noscript><picture><source srcset='/x.webp'><img src='/i/boat.jpg'></picture></noscript></div>",
        "<figure><noscript><img src='/i/boat.jpg'></noscript></figure>",
        "<p><img class='lazy' data-src='/i/boat.jpg'><noscript><img src='/i/boat-large.jpg'></noscript></p>",
        "<p><noscript><img src='/i/boat-large.jpg'></noscript><img class='lazy' data-src='/i/boat.jpg'></p>",
    ],
)
def test_a_picture_for_readers_without_scripts_is_one_where_no_other_stands_beside(markup: str) -> None:
    assert shown(amid(markup)) == ["boat.jpg"]


def test_text_for_readers_without_scripts_is_none_and_leaves_the_blocks_as_they_are() -> None:
    told = amid("<noscript>Please switch on scripts. <img src='/i/boat.jpg'></noscript>")
    draft = extract(told, url="https://news.example.com/town/ferry", fetched_at=AT, config=Config())
    assert "switch on" not in " ".join(block.text for block in draft.blocks)


@pytest.mark.parametrize("inner", [True, False])
def test_pictures_behind_the_last_paragraph_are_the_articles_up_to_its_end(inner: bool) -> None:
    gallery = "".join(BOAT.replace("boat.jpg", f"boat-{n}.jpg") for n in range(4))
    foot = "<div class='partners'><img src='/i/partner.jpg'></div>"
    main = f"<div>{PARAGRAPHS}{gallery}</div>" if inner else f"<div>{PARAGRAPHS}</div>{gallery}"
    assert shown(page(main, after=foot)) == [f"boat-{n}.jpg" for n in range(4)]


@pytest.mark.parametrize(
    "behind",
    [
        "<a href='/town/school'><img src='/i/school.jpg'></a>",
        "<h3>More news</h3><img src='/i/school.jpg'>",
        "<img src='/themes/app-icon.png'>",
        "<img src='/authors/jane-doe.jpg'>",
        "<p class='author-bio'>Jane Doe writes about boats.</p><img src='/i/jane.jpg'>",
    ],
)
def test_teasers_and_portraits_behind_the_last_paragraph_are_not(behind: str) -> None:
    assert shown(page(f"{PARAGRAPHS}{behind}")) == []


def test_a_picture_that_leads_to_its_larger_copy_is_the_articles() -> None:
    assert shown(page(f"{PARAGRAPHS}<a href='/i/boat-large.jpg'><img src='/i/boat.jpg'></a>")) == ["boat.jpg"]


def test_the_sign_of_a_button_that_shares_the_page_is_no_picture() -> None:
    share = "<a href='https://www.facebook.com/sharer/sharer.php?u=x'><img src='/i/blue.png'></a>"
    assert shown(page(f"<div>{share}</div>{PARAGRAPHS}")) == []


def test_the_sum_over_a_deep_page_is_made_once() -> None:
    import lxml.html

    from pipelines.html.pictures import _article

    deep = "<div>" * 200 + "".join(f"<p>{n} words of text</p>" for n in range(3_000)) + "<img src='/i/boat.jpg'>"
    found = Walker().walk(lxml.html.document_fromstring(f"<html><body>{deep}</body></html>"))
    keep = [index < 2_000 for index in range(len(found.leaves))]
    own = _article(found, keep, 1_999)
    assert found.containers[own.start].tag == "div" and own.stop == len(found.containers)


@pytest.mark.parametrize(
    "counter",
    [
        "<p><img src='//stats.example.com/matomo.php?idsite=1&amp;rec=1' style='border:0' alt=''></p>",
        "<div><img src='https://mc.yandex.ru/watch/12345678' style='position:absolute; left:-9999px' alt=''></div>",
        "<img src='https://sb.scorecardresearch.com/p?c1=2&amp;c2=123&amp;cv=2.0'>",
    ],
)
def test_a_counter_for_readers_without_scripts_is_no_picture(counter: str) -> None:
    counter = f"<noscript>{counter}</noscript>"
    assert shown(amid(counter)) == shown(page(f"{PARAGRAPHS}{counter}")) == []


@pytest.mark.parametrize(
    "tag", ["<img src='/i/12345/w600' alt='A boat'>", "<img src='/_next/image?url=%2Fboat.jpg&w=9'>"]
)
def test_a_picture_without_an_ending_for_readers_without_scripts_is_one(tag: str) -> None:
    assert len(shown(amid(f"<figure>{BLANK}<noscript>{tag}</noscript></figure>"))) == 1


@pytest.mark.parametrize(
    "behind",
    [
        "<div class=box><div class=photo><img src='/i/jane.jpg'></div><div><p>Jane Doe writes on boats.</p></div></div>",
        "<section class=writer><figure><img src='/i/jane.jpg'></figure><p>Jane Doe</p></section>",
        "<ul><li><div class=pic><img src='/i/school.jpg'></div><a href='/town/school'>The school opens again</a></li></ul>",
        "<div class=letter><div><img src='/i/letter.jpg'></div><p>Sign up for our newsletter</p></div>",
        "<div class=slot><img src='/ads/2026/garden.jpg'></div>",
        "<div><img src='/i/qrcode_for_app.jpg'></div>",
    ],
)
def test_a_picture_in_a_frame_of_its_own_belongs_to_the_text_beside_it(behind: str) -> None:
    assert shown(page(f"{PARAGRAPHS}{behind}")) == []


@pytest.mark.parametrize("tag", ["<div><div>{}</div></div>", "<div>{}</div><p class=tags>Boats, harbour</p>", "{}"])
def test_a_gallery_in_frames_behind_the_last_paragraph_is_the_articles(tag: str) -> None:
    assert shown(page(PARAGRAPHS + tag.format(BOAT))) == ["boat.jpg"]
