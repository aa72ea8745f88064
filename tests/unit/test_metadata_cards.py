"""Bylines behind the article: those of cards that lead to other articles are not its own."""

from __future__ import annotations

import pytest

from tests.metadata_pages import PROSE, article, page

TITLE = "The bridge of the little town closes again"
HEADLINE = '<h4><a href="/quotas">Fishing quotas are cut again</a></h4>'
BYLINES = ["By Ann Poe", "By: Ann Poe", "Text: Ann Poe", "Von Anna Muster", "Par Claire Dumas", "Por Lucía Pérez"]
BETWEEN = [
    '<div class="share"><a href="#">Share</a></div>',
    '<p>Tags: <a href="/tag/port">Port</a> <a href="/tag/road">Road</a></p>',
    "<form><p>Sign up to our newsletter</p></form>",
]
NOTE = '<p>Read also: <a href="/quotas">Fishing quotas are cut again</a></p>'
BOX = '<h3><a href="/author/jane-doe">Jane Doe</a></h3><p>Jane Doe is a reporter in the little town.</p>'


def authors(behind: str, *lines: str) -> tuple[str, ...]:
    """Return the authors of a page with these lines under its title and this behind its last paragraph."""
    return page(article(TITLE, *lines, "14 May 2024", prose=PROSE).removesuffix("</div>") + behind + "</div>").authors


@pytest.mark.parametrize("byline", BYLINES)
@pytest.mark.parametrize(
    "cards",
    [
        '<section class="related-posts"><h3>Related</h3><article>{0}<span class=byline>{1}</span></article></section>',
        "<div class=cards><article>{0}<span class=byline>{1}</span></article></div>",
        "<div><div>{0}<p>14 May 2024</p><p>{1}</p></div></div>",
        '<a href="/quotas"><h3>Fishing quotas are cut again</h3><p>{1}</p></a>',
        '<ul><li><a href="/quotas">Fishing quotas are cut again</a><p>{1}</p></li></ul>',
        "<ul><li><p class=byline>{1}</p>{0}</li></ul>",
        "<div class=sidebar><p>{1}</p></div>",
    ],
)
def test_the_byline_of_a_card_behind_the_article_is_not_its_own(cards: str, byline: str) -> None:
    assert authors(cards.format(HEADLINE, byline), "By Reuters") == ()
    assert all(authors(each + cards.format(HEADLINE, byline)) == () for each in BETWEEN)


@pytest.mark.parametrize(
    "behind",
    [
        "<p>Text: Jane Doe</p>",
        f"<p>By Jane Doe</p><section class=related>{HEADLINE}<p>By Ann Poe</p></section>",
        f"{NOTE}<p>Author: Jane Doe</p>",
        f"<div class=author-box>{BOX}</div><div class=cards>{HEADLINE}<p>By Ann Poe</p></div>",
        "<aside class=author><p>About the author</p><p>Jane Doe</p></aside>",
        f"<footer>{BETWEEN[1]}<p>Written by Jane Doe</p></footer><div class=more>{HEADLINE}</div>",
        f"{HEADLINE}<ul><li>Autorin/Autor Jane Doe</li></ul>",
    ],
)
def test_a_signature_at_the_end_of_the_article_is_its_own(behind: str) -> None:
    assert authors(behind) == ("Jane Doe",)


def test_the_footer_of_an_entry_signs_it_behind_cards_too() -> None:
    signed = "<footer><div><div class='author vcard'>Jane Doe</div></div></footer>"
    text = f"<h1>{TITLE}</h1><p>14 May 2024</p>" + f"<p>{PROSE}</p>" * 9
    entry = f"<article class=hentry>{text}<div>{HEADLINE}</div>{signed}</article>"
    other = f"<article class=hentry>{text}</article><article class=hentry>{HEADLINE}{signed}</article>"
    assert page(entry).authors == ("Jane Doe",)
    assert page(other).authors == ()


def test_a_reporter_on_a_card_of_a_korean_page_is_none() -> None:
    text = "<h1>작은 마을의 다리가 다시 닫혔다</h1><p>2024.05.14</p>" + f"<p>{PROSE}</p>" * 2
    card = '<ul><li><a href="/q">어획 할당량이 올해도 다시 줄었다</a><p>김철수 기자</p></li></ul>'
    assert page(f"<div>{text}<p>홍길동 기자 hong@example.com</p></div>{card}", lang="ko").authors == ("홍길동",)
    assert page(f"<div>{text}</div>{card}", lang="ko").authors == ()


@pytest.mark.parametrize("frame", ["aside class=sidebar", "div class='col related'", "div class=latest"])
def test_an_authors_box_in_a_frame_for_others_is_the_articles_unless_it_holds_a_headline(frame: str) -> None:
    kept, end = f"<{frame}><div class=author-box><p>Written by Jane Doe</p></div>", f"</{frame.split()[0]}>"
    assert authors(kept + end) == authors(f"{kept}<div>{HEADLINE}</div>{end}") == ("Jane Doe",)
    assert authors(f"<{frame}><div class=author-box>{HEADLINE}<p>Written by Jane Doe</p></div>{end}") == ()
    assert authors("<div class=comment><div class=author-info><p>Written by Jane Doe</p></div></div>") == ()
