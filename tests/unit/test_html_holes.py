"""Boxes of prose between two sure parts of a body are taken though each of them looks like a card; other lists are not."""

import numpy as np
import pytest

from pipelines.html import outline
from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

LINE = "Coolant number {} is drained and filled again, and the old one, which by then is acid, goes to the workshop's tank."
BEFORE = "<p>Nothing makes a car last longer than what its maker asks for, says the head of the workshop, and it is cheap.</p>"
AFTER = "<p>A workshop may ask for more than that, she says, and then the owner should see what the book of the car says.</p>"


def boxes(of: str) -> str:
    return "".join(f"<li><h4>Service {n}</h4><span>PRICE: $3{n}</span>{of.format(n)}</li>" for n in range(6))


def taken(body: str, *, low: float = 0.1, url: str = "https://news.example.com/a/1234") -> str:
    """Return the text taken when only the first and the last paragraph have a sure vote."""
    root = parse(f"<html><body><div><h1>What a car needs</h1>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    features = compute(page, Hints(root))
    sure = np.array([leaf.text.startswith(("Nothing", "A workshop", "What a car")) for leaf in page.leaves])
    keep = choose(features, np.where(sure, 0.95, low), outline.stories(outline.linked(page, url, url)))
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


def test_boxes_of_prose_between_two_sure_parts_are_taken_with_their_headings_and_prices() -> None:
    text = taken(BEFORE + f"<ul>{boxes(f'<p>{LINE}</p>')}</ul>" + AFTER)
    assert all(f"Service {n}" in text and f"$3{n}" in text and f"number {n} " in text for n in range(6))


@pytest.mark.parametrize(
    "body",
    [
        BEFORE + f"<ul>{boxes('<p><a href=x>' + LINE + '</a></p>')}</ul>" + AFTER,
        BEFORE + f"<ul>{boxes('<p>Number {} of the list</p>')}</ul>" + AFTER,
        BEFORE + AFTER + f"<ul>{boxes(f'<p>{LINE}</p>')}</ul>",
    ],
    ids=["of links", "of labels", "after the end"],
)
def test_boxes_of_links_or_labels_and_boxes_after_the_end_are_not(body: str) -> None:
    assert "Service" not in taken(body)


def test_boxes_that_the_vote_is_sure_to_leave_out_stay_out() -> None:
    assert "Service" not in taken(BEFORE + f"<ul>{boxes(f'<p>{LINE}</p>')}</ul>" + AFTER, low=0.01)


def test_cards_of_other_articles_between_two_sure_parts_are_not_taken() -> None:
    each = (
        "<li><a href='/story-{0}-of-a-workshop-in-town'><h4>Service {0} of a workshop in town</h4></a><p>"
        + LINE * 3
        + "</p></li>"
    )
    river = "".join(each.replace("{0}", str(n)) for n in range(6))
    assert "Coolant" not in taken(BEFORE + f"<ul>{river}</ul>" + AFTER)
    elsewhere = river.replace("/story", "https://shop.example.org/story")
    assert "Coolant" in taken(BEFORE + f"<ul>{elsewhere}</ul>" + AFTER)


def test_captions_share_bars_and_transcripts_in_a_hole_stay_out() -> None:
    apart = (
        "<figure><figcaption>The tank in town, where the coolant is kept in a vessel of its own.</figcaption></figure>"
        "<div class='share-tools'><span>5347 connect 207 tweet</span></div>"
        "<div class='video-transcript'><p>00:01 But according to the workshop the tank is full, and it has to be.</p></div>"
    )
    text = taken(BEFORE + f"<ul>{boxes(f'<p>{LINE}</p>')}</ul>" + apart + AFTER)
    assert "Service 5" in text
    assert not any(words in text for words in ("The tank in", "5347", "00:01"))


def test_captions_between_the_lines_of_a_body_stay_out() -> None:
    step = (
        "<div><b>Step {0}</b></div><div><p>{1}</p><figure><figcaption>Step {0} (Lucy Akins)</figcaption></figure></div>"
    )
    lines = "".join(step.format(at, "Nothing but moss." if at % 3 else "Add the plants.") for at in range(24))
    text = taken(f"<h2>What a car needs</h2><p>Nothing is needed.</p>{lines}<p>A workshop helps.</p>", low=0.3)
    assert "Add the plants." in text
    assert "Lucy" not in text


def test_a_sentence_with_a_word_of_the_lexicon_among_its_like_is_taken() -> None:
    worded = "<p>By reversing a ban on the sale of old coolant, in a town. (Gizmodo)</p>"
    assert "By reversing" in taken(BEFORE + worded + AFTER, low=0.45)
    assert "By reversing" not in taken(BEFORE + worded + AFTER, low=0.2)
