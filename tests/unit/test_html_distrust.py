"""What the choice distrusts however sure the vote is: comments beside a body, and the next article below."""

import numpy as np

from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

LINE = "The council said on Monday that the new terminal {} would open in spring, after four years of work on it."
OWN = "".join(f"<p>{LINE.format(n)}</p>" for n in range(4))
OTHER = "".join(f"<p>{LINE.format(n).replace('terminal', 'railway')}</p>" for n in range(30))
HEAD = "<head><title>Terminal opens - Example</title></head>"


def taken(body: str) -> str:
    """Return the text taken when the vote is for every block alike."""
    root = parse(f"<html>{HEAD}<body><div class='a'><h1>Terminal opens</h1>{body}</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    features = compute(page, Hints(root))
    keep = choose(features, np.full(len(page.leaves), 0.9))
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


def test_comments_that_outweigh_a_body_are_left_out() -> None:
    text = taken(f"<div class='b'>{OWN}</div><div id='comments'><h3>Comments</h3>{OTHER}</div>")
    assert "terminal 3" in text and "railway" not in text


def test_comments_with_the_word_inside_each_of_them_are_left_out() -> None:
    each = OTHER.replace("<p>", "<p><a name='comment' class='comment'>#</a> ")
    text = taken(f"<div class='b'>{OWN}</div><div id='comments'><h3>Comments</h3>{each}</div>")
    assert "terminal 3" in text and "railway" not in text


def test_a_link_to_the_comments_inside_a_paragraph_of_the_body_costs_nothing() -> None:
    own = OWN.replace("</p>", " <a class='comment' href='#c'>3</a></p>")
    text = taken(f"<div class='b'>{own}</div>")
    assert all(f"terminal {n}" in text for n in range(4))


def test_comments_without_a_body_beside_them_are_all_there_is() -> None:
    assert "railway" in taken(f"<div id='comments'>{OTHER}</div>")


def test_the_next_article_of_an_endless_page_is_left_out() -> None:
    head = "<h1>Another story altogether</h1><span class='time'>2023-06-01 00:48</span>"
    text = taken(f"<div class='b'>{OWN}</div><div class='b'>{head}<div>{OTHER}</div></div>")
    assert "terminal 3" in text and "railway" not in text


def test_sections_of_an_article_may_have_headlines_of_the_first_level() -> None:
    text = taken(f"<div class='b'>{OWN}</div><div class='b'><h1>What comes next for the town</h1>{OTHER}</div>")
    assert "terminal 3" in text and "railway" in text
