"""What is kept where the article is missing: an author's life, a site's claim, a note on cookies or commissions."""

from dataclasses import replace

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.verdicts.remnant import Relation, is_remnant, words
from pipelines.verdicts.verdict import judge

ABOUT = "Yuki has written on home security for nine years and likes to cook, to travel and to take pictures of birds."
TITLE = "Which robotic lawnmower suits a small garden"


def page(text: str = ABOUT, *, path: str = "main/div.text/p", title: str | None = TITLE, **around: int) -> Draft:
    block = Block(kind=Kind.PARAGRAPH, text=text, path=path)
    return Draft(
        url="https://a.com/garden/which-robotic-lawnmower", meta=Metadata(title=title), blocks=(block,), **around
    )


def remnant(draft: Draft) -> bool:
    return is_remnant(draft, float(sum(len(block.text) for block in draft.blocks)), Relation(draft))


def test_a_text_that_is_not_on_the_title_and_stands_oddly_is_a_remnant():
    assert remnant(page(path="section/div.author-info/p"))
    assert remnant(
        page(path="section/div.author-info/p", gap=20)
    )  # an author's box is one right under the headline too
    assert remnant(page(gap=2_000))
    assert remnant(page(linked_lines=30, linked_columns=1_500))


@pytest.mark.parametrize(
    "draft",
    [
        page(),  # a headline that plays with words: no other sign
        page(linked_lines=30, linked_columns=200),  # few links beside so much text
        page(path="section/div.widget-text/p", gap=20),  # right under the headline
        page(path="div.has-sidebar/div.article-widgets/p"),
        page(title=None, path="section/div.author-info/p"),
        page("A robotic lawnmower in a small garden needs no wire any more.", path="div.author-info/p", gap=2_000),
        page(ABOUT * 30, path="section/div.author-info/p", gap=2_000),
        replace(page(gap=2_000), meta=Metadata(title=TITLE, description=ABOUT)),
    ],
)
def test_one_sign_alone_a_text_on_the_title_and_a_long_one_are_kept(draft: Draft):
    assert not remnant(draft)
    assert judge(draft, Config()) is None


def test_a_text_that_shares_a_word_with_the_title_needs_two_signs_of_its_place():
    text = ABOUT + " This garden is hers."
    assert not remnant(page(text, gap=2_000))
    assert remnant(page(text, gap=2_000, path="section/div.author-info/p"))
    assert remnant(page(text, path="section/div.author-info/p", linked_lines=30, linked_columns=1_500))


def test_a_short_text_outside_the_boxes_is_kept_however_long_they_are():
    poem = Block(
        kind=Kind.PARAGRAPH, text="The tide goes out and leaves a line of light along the sand. " * 3, path="main/p"
    )
    boxed = page(ABOUT * 6, path="section/div.author-info/p", gap=20, title="Outgoing waters")
    assert remnant(boxed)
    assert not remnant(replace(boxed, blocks=(poem, *boxed.blocks)))


def test_words_that_inflect_and_pairs_of_ideographs_are_the_same():
    assert words("Burmistrza") & words("burmistrzowi") and words("Правительство") & words("правительства")
    assert words("新渡轮码头启用") & words("市议会表示码头已经启用")
    assert words("ΝΕΟΣ ΤΕΡΜΑΤΙΚΟΣ ΣΤΟ ΛΙΜΑΝΙ") & words("στο λιμάνι της πόλης")
    assert words("ท่าเรือใหม่เปิด") & words("เมืองเปิดท่าเรือแห่งใหม่") and words("새 여객터미널") & words("여객터미널은")
    assert words("नया समाचार") & words("समाचारों के अनुसार") and words("افتتاح الميناء") & words("تم افتتاح")
    assert not words("The new one, 2024") - {"the", "new"}


def test_a_title_of_one_long_word_is_open_where_the_text_inflects_it():
    assert not remnant(page("The council banned cars from the square.", title="US bans AI", gap=2_000))
    assert remnant(page("The council closed the square to all cars.", title="US bans AI", gap=2_000))


def test_a_remnant_is_what_its_page_says():
    boxed = page(path="section/div.author-info/p")
    assert judge(boxed, Config()) == "too_short"
    assert judge(replace(boxed, linked_lines=20, linked_columns=900), Config()) == "index_page"
    assert judge(replace(boxed, url="https://a.com/video/lawn"), Config()) == "video_page"
    assert judge(replace(boxed, url="https://a.com/gallery/lawn"), Config()) == "gallery"
