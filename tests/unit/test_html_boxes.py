"""Boxes that are called what they are, beside a body, are not the text; an article under such a name is."""

import pytest

from pipelines.html.boxes import without_boxes
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

TEXT = "".join(
    f"<p>Passage {at}: the till says one thing at night and the bank another, and somebody has to find out why.</p>"
    for at in range(4)
)


def kept(body: str) -> list[str]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    keep = without_boxes(page, [True] * len(page.leaves))
    return [leaf.text for leaf, taken in zip(page.leaves, keep, strict=True) if taken]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="author-card"><p class="author-card__name">Joelle Tan</p><p>Joelle kept the books.</p></div>',
        '<section class="newsletter"><div><p>Monthly tips for people who would rather be selling.</p></div></section>',
        '<div class="about-the-author"><p>Joelle kept the books.</p></div>',
    ],
)
def test_such_a_box_goes(box: str) -> None:
    assert [text[:7] for text in kept(f"<main>{TEXT}{box}</main>")] == ["Passage"] * 4


def test_an_article_of_such_a_name_stays() -> None:
    assert len(kept(f'<article class="newsletter-post post">{TEXT}</article>')) == 4
    assert len(kept(f'<div class="author-note">{TEXT}</div>')) == 4


def test_an_article_on_authors_stays() -> None:
    assert kept(f'<main>{TEXT}<h2 class="author">Joelle Tan</h2></main>')[-1] == "Joelle Tan"
