"""Sentences in links among the paragraphs of a text, and the names under its quotations, are the text's."""

import numpy as np
import pytest

from pipelines.html.among import with_among
from pipelines.html.parse import parse
from pipelines.html.votes.features import compute
from pipelines.html.votes.hints import Hints
from pipelines.html.walk import Walker

PROSE = (
    "<p>Passage {}: the candidate wants the rules to be looked at again, and says that nobody has asked him why.</p>"
)
TEXT = "".join(PROSE.format(number) for number in range(4))
LINKED = "<a href='/1'>Earlier this week the party announced plans for a trial period of five years</a> for everybody."


def taken(body: str, *, low: float = 0.4) -> list[str]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    sure = [leaf.text.startswith("Passage") for leaf in page.leaves]
    votes = np.array([0.95 if each else low for each in sure])
    keep = with_among(page, compute(page, Hints(root)), votes, sure)
    return [leaf.text for leaf, kept in zip(page.leaves, keep, strict=True) if kept and leaf.text[:7] != "Passage"]


@pytest.mark.parametrize("after", ["", PROSE.format(4)], ids=["at the end", "in the midst"])
def test_a_sentence_in_a_link_beside_taken_ones_is_taken(after: str) -> None:
    assert len(taken(f"<div>{TEXT}<p>{LINKED}</p>{after}</div>")) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{TEXT}<p><a href='/1'>Candidate wants a trial period of five years for everybody</a> today</p></div>",
        f"<div>{TEXT}<p>Read also <a href='/1'>what the party wants of everybody who has come this year</a>.</p></div>",
        f"<div>{TEXT}<p><a href='/1'>Earlier this week the party announced plans for everybody.</a></p></div>",
        f"<div>{TEXT}</div><div><p>{LINKED}</p></div>",
        f"<div>{TEXT}<p class='tease'>{LINKED}</p></div>",
    ],
    ids=["no sentence", "a pointer", "nothing but a link", "elsewhere", "of another make"],
)
def test_other_links_are_not(body: str) -> None:
    assert taken(body) == []


def test_the_last_paragraph_below_an_address_is_taken() -> None:
    text = TEXT.replace("<p>", "<p class='graf'>")
    last = "<p class='graf'><a href='/m'>pip@river.example</a></p><p class='graf graf--last'>We hope that all of you will do the same in time.</p>"
    assert taken(f"<div>{text}{last}</div>") == ["We hope that all of you will do the same in time."]
    assert taken(f"<div>{text}{last.replace('graf--last', 'x').replace('graf x', 'note')}</div>") == []


def test_without_a_vote_it_is_not() -> None:
    assert taken(f"<div>{TEXT}<p>{LINKED}</p></div>", low=0.2) == []


QUOTE = "<p>Passage 4: I learned yesterday that the problem had been solved.</p>"
NAME = "— Donald Knuth, <a href='/c'>Cycles</a>"


@pytest.mark.parametrize(
    "body",
    [
        f"<div><blockquote>{QUOTE}</blockquote><p class='cite'>{NAME}</p></div>",
        f"<div><blockquote>{QUOTE}{NAME}</blockquote></div>",
    ],
    ids=["below", "inside"],
)
def test_who_said_it_goes_with_the_quotation(body: str) -> None:
    assert taken(TEXT + body, low=0.2) == ["— Donald Knuth, Cycles"]


@pytest.mark.parametrize(
    "body",
    [
        f"<div><blockquote>{QUOTE}</blockquote></div><div><p>{NAME}</p></div>",
        f"<div><blockquote>{QUOTE}</blockquote><p>– more below</p></div>",
        f"<div>{QUOTE}<p>{NAME}</p></div>",
    ],
    ids=["in another box", "no name", "no quotation"],
)
def test_other_lines_behind_a_dash_do_not(body: str) -> None:
    assert taken(TEXT + body, low=0.2) == []
