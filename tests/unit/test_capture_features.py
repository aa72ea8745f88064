"""What the line model is told of a line: every form it weighs stands in its column."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.capture.features import FAR, HIGH, features
from pipelines.capture.lines import read
from pipelines.pruning.shapes import shape

PAGE = """Home
News
Sport
Weather

Harbour bridge closes for repairs

By Anna Berg
12 March 2024

The harbour bridge closes on Monday for repairs that take three weeks. Buses go round by the market.

The city has looked for the money since autumn, and found it in the budget of the market. Repairs are dear.

Photo: the harbour bridge at night

“Buses go round by the market,” a driver said. Nobody had told the drivers how long the way round would be.

Related articles

Swimming hall stays open

Price of bread rises again
"""


def columns(text: str) -> tuple[list[str], dict[str, list[float]]]:
    lines = read(text)
    names, matrix = features(lines, [shape(line.text) for line in lines])
    return [line.text for line in lines], {name: matrix[:, at].tolist() for at, name in enumerate(names)}


@pytest.fixture(scope="module")
def page() -> tuple[list[str], dict[str, list[float]]]:
    return columns(PAGE)


def test_the_headline_is_the_line_whose_words_the_text_repeats(page: tuple[list[str], Any]) -> None:
    lines, found = page
    title = lines.index("Harbour bridge closes for repairs")
    assert found["ti_dist"][title] == 0 and found["ti_overlap"][title] == 1
    first = lines.index("12 March 2024") + 1
    assert found["ti_dist"][first] == 3 and found["ti_stamp"][first] == 1
    assert found["ti_overlap"][first] == 1 > found["ti_overlap"][-1]


def test_a_page_without_headline_says_so() -> None:
    _, found = columns("Home\nNews")
    assert found["ti_dist"] == [-9.0, -9.0] and found["ti_score"] == [-9.0, -9.0]


def test_a_run_of_short_lines_is_measured(page: tuple[list[str], Any]) -> None:
    lines, found = page
    assert found["run_size"][0] == found["run_size"][3] == 7  # the menu, the headline, the byline and the date
    assert [found["run_pos"][at] for at in range(3)] == [0, 1, 2]
    assert found["run_size"][lines.index("12 March 2024") + 1] == 0


def test_lines_between_blank_lines_are_a_group(page: tuple[list[str], Any]) -> None:
    _, found = page
    assert [found["gr_size"][at] for at in (0, 3, 4)] == [4, 4, 1]
    assert [found["gr_pos"][at] for at in (0, 3, 4)] == [0, 3, 0]
    assert found["gr_size-1"][0] == -1 and found["gr_size+1"][0] == 1


def test_signs_are_counted_above_and_below(page: tuple[list[str], Any]) -> None:
    lines, found = page
    heading = lines.index("Related articles")
    assert found["related_seen"][heading + 1] == 1 and found["related_back"][heading + 2] == 2
    assert found["related_seen"][heading] == 0 and found["related_back"][heading] == FAR
    assert found["related_ahead"][heading - 1] == 1
    assert found["first_stamp"][0] == -lines.index("12 March 2024")


def test_without_a_date_the_first_stamp_is_far() -> None:
    _, found = columns("Home\nNews")
    assert found["first_stamp"] == [HIGH, HIGH]


def test_a_quote_out_of_a_longer_line_is_known() -> None:
    quote = "Buses go round by the market"
    _, found = columns(PAGE + "\n" + quote + "\n\nTrams go round by the market")
    assert found["contained"][-2:] == [1.0, 0.0]


def test_lines_that_begin_or_end_alike_are_counted() -> None:
    _, found = columns("成人票原价：279元\n成人票原价：165元\n学生票原价：12元\n游客咨询电话：58036000")
    assert found["first3"] == [1, 1, 0, 0] and found["last2"] == [0, 0, 0, 0]
    _, found = columns("A first story … Read more\nThe second story … Read more\nNo story")
    assert found["last2"] == [1, 1, 0]


def test_scripts_are_told_apart() -> None:
    _, found = columns("港大桥星期一关闭维修，三个星期以后开放。\nHarbour Bridge\nМост закрыт")
    assert found["wide"] == [pytest.approx(0.95), 0, 0]  # a comma is no ideograph
    assert found["latin"] == [0, 2, 2] and found["capital"] == [0, 1, 0.5]


def test_a_line_is_held_against_the_text_of_the_page() -> None:
    text = "市议会星期一决定保留游泳馆，维修费用高于所有学校的费用。市民在一个星期内收集了四千个签名，投票结果公布时大家都很高兴。"
    _, found = columns(f"{text}\n\nSubscribe to our newsletter")
    assert found["wide_diff"][0] == pytest.approx(0) and found["wide_diff"][1] < -0.9


def test_topics_are_words_not_pieces_of_words() -> None:
    _, found = columns("We use cookies and set a cookie\nShe apologized for the aphid\n图为港大桥")
    assert found["topic_cookie"] == [2, 0, 0] and found["topic_photo"] == [0, 0, 1]
    assert found["topic_cookie_near"] == [2, 2, 2]
