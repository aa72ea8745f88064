"""Which line above the text of a capture is its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from pipelines.capture.head import read_head
from pipelines.capture.lines import read
from pipelines.capture.stats import words_of
from pipelines.shapes import shape

TEXT = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said. Buses will go round"
    " by the market, and ferries run twice as often. The council has looked for the money since autumn."
)
TITLE = "Harbour bridge closes for three weeks"
MENU = "\n".join(f"Section {number}" for number in range(25))


def title(head: str, text: str = TEXT, chosen: Collection[str] = ()) -> str | None:
    lines = read(f"{head}\n\n{text}")
    found = read_head(
        lines,
        [shape(line.text) for line in lines],
        len(lines) - 1,
        fetched_at=datetime(2024, 10, 1, tzinfo=UTC),
        timezone=None,
        chosen=[line.text in chosen for line in lines],
        told=Counter(words_of(text)),
    )
    return found.title


@pytest.mark.parametrize(
    "between",
    ["Read aloud, and rest your eyes a little", "CITY NEWSLETTERS", "People who stand in the rain in the evening"],
    ids=["button", "promotion", "caption"],
)
def test_a_line_nearer_the_text_that_speaks_of_nothing_in_it(between: str) -> None:
    assert title(f"Home\nNews\n\n{TITLE}\n\n{between}") == TITLE


def test_a_headline_of_another_page_is_no_title() -> None:
    assert title(f"{TITLE}\nSwimming hall stays open, voters of the south decide at last") == TITLE


def test_a_headline_with_a_full_stop() -> None:
    assert title(f"Home\nNews\n\n{TITLE}.\n\nCity desk") == f"{TITLE}."


def test_a_headline_with_a_phrase_of_templates() -> None:
    head = "Harbour bridge closes: share this story of repairs"
    assert title(f"Home\nNews\n\n{head}\n\nCity desk") == head


def test_a_headline_above_a_long_menu() -> None:
    assert title(f"{TITLE}\n{MENU}") == TITLE


def test_a_headline_over_its_standfirst() -> None:
    standfirst = "Council sends buses round by the market from Monday on"
    assert title(f"Home\n\n{TITLE}\n\n{standfirst}") == TITLE


def test_a_kicker_is_not_the_headline_over_a_standfirst() -> None:
    assert title(f"Seven things that you did not know\n\n{TITLE} this autumn") == f"{TITLE} this autumn"


def test_in_ideographs() -> None:
    text = "市议会星期一决定保留游泳馆，维修费用高于所有学校的费用。市民在一个星期内收集了四千个签名，投票结果公布时大家都很高兴。"
    assert title("首页\n新闻\n市议会决定保留游泳馆\n语音播报文章，释放双眼", text) == "市议会决定保留游泳馆"


def test_no_line_that_could_be_one() -> None:
    assert title("2024-01-02\nRelated articles") is None


def test_a_line_of_the_text_is_no_title() -> None:
    question = "Since when does the harbour bridge close for weeks?"
    assert title(f"{TITLE}\n2024-09-30\n\n{question}", chosen={question}) == TITLE


def test_a_line_of_the_text_is_the_title_where_no_other_can_be() -> None:
    assert title(TITLE, chosen={TITLE}) == TITLE


@pytest.mark.parametrize("name", ["Samuel Whitcombe", "ELEANOR VANCE"])
def test_a_name_under_the_headline_is_no_title(name: str) -> None:
    about = f"{TEXT} {name.title()} writes about the harbour. {name.title()} lives there."
    assert (
        title(f"Home\nNews\n\nWhat a town does without its crossing\n{name}", about)
        == "What a town does without its crossing"
    )
