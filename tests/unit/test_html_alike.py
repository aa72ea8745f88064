"""Blocks made like taken ones are taken: the rest of a list, the headings of entries, short texts among long ones."""

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

OPENING = "<p>Sure: we drove the new car for 1,400 kilometres, over cobbles, through snow and once through a hedge.</p>"


def taken(body: str, *, low: float, sure: float = 0.95) -> str:
    """Return what is taken of a body whose lines that begin with "Sure" have a sure vote, all others a low one."""
    root = parse(f"<html><body><div class='text'>{body}</div><div class='foot'>About us</div></body></html>")
    assert root is not None
    page = Walker().walk(root)
    votes = np.array([sure if leaf.text.startswith("Sure") else low for leaf in page.leaves])
    votes[-1] = 0.01
    keep = choose(compute(page, Hints(root)), votes, [])
    return "\n".join(leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept)


def table(surely: int, doubtful: int) -> str:
    rows = [f"<tr><td>Sure: part {n}</td><td>{n} %</td></tr>" for n in range(surely)]
    return f"<table>{''.join(rows)}{'<tr><td>Boot</td><td>385 l</td></tr>' * doubtful}</table>"


def test_the_rest_of_a_table_is_taken_with_its_part() -> None:
    assert "Boot | 385 l" in taken(OPENING + table(2, 1), low=0.25)


@pytest.mark.parametrize(
    "body",
    [
        OPENING + table(0, 3),
        OPENING + table(2, 1).replace("Boot", "<a href='/boot'>Boot</a>"),
        OPENING + table(2, 12),
    ],
    ids=["nothing of it is taken", "with links", "next to nothing of it is taken"],
)
def test_another_table_is_not(body: str) -> None:
    assert "Boot" not in taken(body, low=0.25)


def entries(texts: list[str], date: str = "") -> str:
    """Return entries with a heading, a date in which # stands for their number, and a text."""
    return "".join(
        f"<div class='sign'><h3>Sign {n}</h3>{date.replace('#', str(n))}<p>{text}</p></div>"
        for n, text in enumerate(texts)
    )


SAID = [f"Sure: number {n} finds money in an old coat and gives it to a man with a trumpet." for n in range(5)]


@pytest.mark.parametrize("date", ["", "<p class='date'>21 March to 19 April</p>"])
def test_headings_of_one_make_over_taken_texts_are_taken(date: str) -> None:
    found = taken(OPENING + entries(SAID, date), low=0.12)
    assert all(f"Sign {n}" in found for n in range(5))


@pytest.mark.parametrize(
    "body",
    [
        OPENING + entries(SAID[:2]),
        OPENING + entries([*SAID[:2], *["Home.", "Away.", "Back."]]),
        OPENING + entries(SAID).replace("<p>", "<h4>Offer</h4><p>"),
    ],
    ids=["two of them", "most over nothing", "over other headings"],
)
def test_other_headings_are_not(body: str) -> None:
    assert "Sign" not in taken(body, low=0.12, sure=0.5)


def test_headings_right_above_every_text_are_taken_with_next_to_no_vote() -> None:
    assert all(f"Sign {n}" in taken(OPENING + entries(SAID), low=0.05) for n in range(5))
    assert "Sign" not in taken(OPENING + entries(SAID, "<p class='date'>House # of the sun</p>"), low=0.05)


def test_a_likely_block_right_above_the_text_is_taken() -> None:
    body = "".join(OPENING.replace("1,400", str(n)) for n in range(9))
    ask = "<div class='question'>And what will you do tomorrow?</div>"
    assert "tomorrow" in taken(body + ask + OPENING, low=0.45)
    assert "tomorrow" not in taken(body + ask.replace("question", "related") + OPENING, low=0.45)


LINKS = [f"<a href='/news/part-{n}-of-the-story'>Sign {n}</a>" for n in range(5)]


def test_linked_headings_of_a_digest_are_taken_right_above_their_texts() -> None:
    digest = OPENING + entries(SAID) + OPENING.replace("1,400", "20")
    for number, link in enumerate(LINKS):
        digest = digest.replace(f"Sign {number}", link)
    assert all(f"Sign {n}" in taken(digest, low=0.12) for n in range(5))
    assert "Sign" not in taken(digest.replace("<p>Sure: number", "<p class='date'>1 May</p><p>Sure: number"), low=0.12)


def test_a_short_text_of_a_make_that_is_taken_is_taken() -> None:
    assert "Home wants you." in taken(OPENING + entries([*SAID[:3], "Home wants you.", SAID[4]]), low=0.12)


def test_the_last_entry_is_taken_though_its_vote_is_low() -> None:
    assert "A little." in taken(OPENING + entries([*SAID, "A little."]), low=0.12)


def test_two_lists_of_a_few_words_end_a_review() -> None:
    points = "<h3>Sure: the facts</h3><ul><li>Sure: 450 watts</li><li>Sure: 2 kg</li></ul>" + OPENING
    points += "<h3>Sure: how it cleans</h3>" + OPENING.replace("1,400", "300")
    found = taken(
        OPENING.replace("1,400", "20") + points + "<h3>For</h3><ul><li>quiet</li><li>light</li></ul>", low=0.12
    )
    assert found.endswith("For\nquiet\nlight")


@pytest.mark.parametrize(
    "end",
    [
        "<h3>For</h3>",
        "<div class='tip'><p>A hint for all.</p></div><ul><li>quiet</li></ul>",
        "<ul><li>quiet, <a href='/deals'>now half the price</a></li></ul>",
    ],
    ids=["a heading over nothing", "behind something else", "with links"],
)
def test_what_ends_otherwise_is_not_taken(end: str) -> None:
    points = "<h3>Sure: the facts</h3><ul><li>Sure: 450 watts</li><li>Sure: 2 kg</li></ul><h3>Sure: the rest</h3>"
    found = taken(points + OPENING + end, low=0.12)
    assert found.endswith("through a hedge.")


BOX = "<div class='{}'><div>DAX</div><div>19.214,33</div><div>+0,42 %</div></div>"


def test_a_box_of_short_blocks_between_two_sure_ones_is_taken() -> None:
    assert "DAX\n19.214,33\n+0,42 %" in taken(OPENING + BOX.format("rates") + OPENING.replace("1,400", "20"), low=0.25)


@pytest.mark.parametrize(
    "body",
    [
        OPENING + BOX.format("caption") + OPENING.replace("1,400", "20"),
        OPENING + f"<aside>{BOX.format('rates')}</aside>" + OPENING.replace("1,400", "20"),
        OPENING + BOX.format("rates").replace("DAX", "<a href='/dax'>DAX</a>") + OPENING.replace("1,400", "20"),
        OPENING + BOX.format("rates"),
    ],
    ids=["a caption", "an aside", "links", "below the body"],
)
def test_another_box_is_not(body: str) -> None:
    assert "19.214,33" not in taken(body, low=0.25)


def test_a_date_in_every_entry_is_taken_and_a_single_one_is_not() -> None:
    dated = OPENING + entries(SAID, "<p class='date'>House # of the sun</p>").replace("<h3>Sign", "<h3>Sure: sign")
    assert taken(dated, low=0.25).count("of the sun") == 5
    assert "of the sun" not in taken(OPENING + "<p class='date'>House 1 of the sun</p>" + table(3, 0), low=0.25)
