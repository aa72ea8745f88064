"""Short lines of a capture above and below its running text."""

from __future__ import annotations

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

PROSE = (
    "The ferries of the northern line will run all winter, the port said on Monday after long talks with the crews.",
    "Two of the three boats are being fitted with heaters, and the third will follow before the end of November.",
)
RACES = [f"Race {number}, 10 March: Harbour Ring {number}" for number in range(1, 9)]
LINKS = [
    f"{word} training plan" for word in ("Boston", "Weekly", "Hill", "Sprint", "Marathon", "Trail", "Winter", "Relay")
]

PLANS = [f"Free {weeks} week plan" for weeks in range(8, 17)]


def kept(*texts: str, capture: bool = True) -> list[str]:
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in texts)
    draft = Draft(url="u", meta=Metadata(), blocks=blocks, is_capture=capture)
    return [block.text for block in prune(draft, Config()).blocks]


@pytest.mark.parametrize(
    "lines", [["Harbour news", "Ferries"], LINKS, RACES[:7], PLANS], ids=["few", "links", "few rows", "alike"]
)
def test_what_stands_outside_is_none_of_the_text(lines: list[str]) -> None:
    assert kept(*lines, *PROSE) == [*PROSE]
    assert kept(*PROSE, *lines) == [*PROSE]


@pytest.mark.parametrize(
    "lines",
    [
        RACES,
        [f"第{number}场 主讲人{name}教授" for number, name in zip("一二三四五六七八", "张王李赵陈杨黄周", strict=True)],
    ],
    ids=["calendar", "programme"],
)
def test_a_programme_is_the_texts(lines: list[str]) -> None:
    assert kept(*lines, *PROSE) == [*lines, *PROSE]
    assert kept(*PROSE, *lines) == [*PROSE, *lines]


@pytest.mark.parametrize(
    "line",
    [
        "去免税城买买买不是梦！",
        "为了贯彻落实发展规划，",
        "明白旨意的重要性；",
        "他会怎样处理呢？",
        "他来了。",
        "“走吧。”",
    ],
)
def test_what_somebody_says_is_no_menu(line: str) -> None:
    text = "市政府周日表示，大桥从周一起封闭三周进行维修，期间公交车绕行市场，轮渡班次增加一倍。"
    assert kept("首页", line, text, line.strip("“”。！？；，")) == [line, text]


def test_a_page_keeps_what_its_model_took() -> None:
    assert kept("Ferries", *PROSE, capture=False) == ["Ferries", *PROSE]
