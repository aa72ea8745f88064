"""What recurs along a capture, and what its words are worth: the columns of lists, comments and notes on authors."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipelines.capture.features import columns
from pipelines.capture.lines import read
from pipelines.capture.stats import Array
from pipelines.capture.worth import NAMES, known, worths
from pipelines.pruning.shapes import shape

COMMENTS = """The hall was closed for good

By Cecily Maurane

The council has voted to close the hall for good, and the vote was close. Nobody had expected that.

Rating: 36 Votes
I never liked the place much, and the water was too cold for swimming anyway. Good riddance.
Rating: 4 Votes
What about the children of the town? Who asked them? Nobody ever asks the ones it is about!
Rating: 125 Votes
They should have built a new one ten years ago, as everybody said at the time. Now it is late.

Cecily Maurane writes about towns and their money for the paper, and lives near the sea with a dog."""


def told(text: str) -> dict[str, Array]:
    lines = read(text)
    found = columns(lines, [shape(line.text) for line in lines])
    return {name: found.matrix[:, index] for index, name in enumerate(found.names)}


def test_lines_alike_but_for_their_numbers_part_a_list() -> None:
    found = told(COMMENTS)
    assert found["alike_whole"].tolist() == [1, 1, 1, 3, 1, 3, 1, 3, 1, 1]
    assert found["numbered_seen"].tolist() == [0, 0, 0, 0, 1, 1, 2, 2, 3, 3]
    assert found["numbered_left"].tolist() == [3, 3, 3, 2, 2, 1, 1, 0, 0, 0]
    assert found["numbered_back"].tolist()[4:] == [1, 2, 1, 2, 1, 2]
    assert found["numbered_ahead"].tolist()[:3] == [3, 2, 1]


def test_two_lines_alike_are_no_list() -> None:
    assert not told("Step 1: water\n\nStep 2: flour and a little salt\n\nBake it.")["part_near"].any()


def test_a_note_on_the_author_names_who_is_in_the_byline() -> None:
    assert told(COMMENTS)["named"].tolist()[1:3] == [2, 0]
    assert told(COMMENTS)["named"].tolist()[-1] == 2


def test_the_tone_of_the_text_around_a_line() -> None:
    found = told(COMMENTS)
    assert found["asks"].tolist()[6] == 2
    assert found["exclaims"].tolist()[6] == 1
    assert found["asks_around"].tolist()[6] > 0
    assert found["address"].tolist() == [0] * 10


def test_short_lines_count_as_a_whole_and_long_ones_by_their_words() -> None:
    lines = read("Read more\n\nThe Swimming hall\n\n游泳馆关门")
    tokens = columns(lines, [shape(line.text) for line in lines]).tokens
    assert tokens[0] == {"read", "more", "=readmore"}
    assert tokens[1] == {"the", "swimming", "hall", "=theswimminghall"}
    assert tokens[2] == {"游泳", "泳馆", "馆关", "关门", "=游泳馆关门"}


def test_the_worths_of_a_lines_words() -> None:
    table = {"hall": 100, "swimming": 300, "menu": -200}
    flat, counts = known([{"swimming", "hall", "unheard"}, set(), {"menu", "hall"}], table)
    assert (sorted(flat.tolist()), counts.tolist()) == ([-200, 100, 100, 300], [2, 0, 2])
    found = dict(zip(NAMES, worths(flat, counts).T.tolist(), strict=True))
    assert found["worth"] == pytest.approx([1.0, 0.0, -0.25])
    assert found["worth_least"] == [1.0, 0.0, -2.0]
    assert found["worth_most"] == [3.0, 0.0, 1.0]
    assert found["worth_known"] == pytest.approx([math.log(3), 0.0, math.log(3)])
    assert found["worth_against"] == [0.0, 0.0, -2.0]
    assert found["worth_2"] == pytest.approx([1.5 / 7] * 3)
    assert found["worth_above"] == pytest.approx([0.0, 0.4, 0.4])
    assert found["worth_below"] == pytest.approx([-0.1, -0.1, 0.0])


def test_a_page_in_an_unknown_language_gets_nothing_from_the_table() -> None:
    flat, counts = known([{"słowo"}, {"inne", "słowa"}], {"hall": 100})
    assert not worths(flat, counts).any()
    assert worths(np.zeros(0), np.zeros(0, np.int64)).shape == (0, len(NAMES))
