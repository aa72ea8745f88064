"""Which line of a capture is its title."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from pipelines.capture import extract
from pipelines.capture.headline import Candidates, find, first_below, whole
from pipelines.capture.lines import read
from pipelines.config import Config
from pipelines.pruning.shapes import shape

TEXT = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said. Buses will go round"
    " by the market, and ferries run twice as often. The council has looked for the money since autumn."
)
TITLE = "Harbour bridge closes for three weeks"
MENU = "\n".join(f"Section {number}" for number in range(25))


def title(head: str, text: str = TEXT, chosen: Collection[str] = (), url: str = "") -> str | None:
    lines = read(f"{head}\n\n{text}")
    own = [line.text in chosen or line is lines[-1] for line in lines]
    found = find(Candidates(lines, [shape(line.text) for line in lines], own, len(lines) - 1, url))
    return None if found is None else lines[found].text


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


def test_a_headline_over_a_standfirst_that_tells_more_of_the_text() -> None:
    head = "Detours by the market hall"
    standfirst = "Harbour bridge closes on Monday for three weeks, buses go round by the market, ferries run more often"
    assert title(f"Home\nNews\n\n{head}\n{standfirst}") == head


@pytest.mark.parametrize("head", ["City news", "- Detours by the market hall", "Detours by the market, 5 May 2024"])
def test_what_stands_over_the_headline_and_is_none(head: str) -> None:
    wide = "Harbour bridge closes on Monday for three weeks, buses go round by the market"
    assert title(f"Home\nNews\n\n{head}\n{wide}") == wide


@pytest.mark.parametrize(
    ("date", "found"), [("2024-05-05 10:00", "本市大桥周一封闭三周，公交车绕行！"), ("城市新闻", None)]
)
def test_a_headline_that_was_taken_for_the_text_is_told_by_its_date(date: str, found: str | None) -> None:
    text = "市政府周日表示，大桥从周一起封闭三周进行维修，期间公交车绕行市场，轮渡班次增加一倍。"
    page = read(f"首页\n\n本市大桥周一封闭三周，公交车绕行！\n{date}\n\n{text}")
    shapes, chosen = [shape(line.text) for line in page], [at in (1, 3) for at in range(4)]
    at = find(Candidates(page, shapes, chosen, first_below(shapes, chosen, 1), ""))
    assert (None if at is None else page[at].text) == found


def test_the_title_that_a_text_had_elsewhere_is_not_its_title() -> None:
    assert title(f"本文原标题：《大桥封闭三周》\n{TITLE}", chosen=()) == TITLE
    text = "市政府周日表示，大桥从周一起封闭三周进行维修，期间公交车绕行市场，轮渡班次增加一倍。"
    assert title("（原标题：大桥封闭三周进行维修）", text) is None


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
    about = f"{TEXT} A town without its crossing has to wait. {name.title()} writes about the harbour. {name.title()} lives there."
    assert (
        title(f"Home\nNews\n\nWhat a town does without its crossing\n{name}", about)
        == "What a town does without its crossing"
    )


def test_the_copy_without_the_steps_of_a_menu_before_it() -> None:
    assert title(f"Home / News / {TITLE}\n{TITLE}\nCity desk") == TITLE


def test_the_words_of_the_address_tell_which_of_two() -> None:
    other = "Council looks for money for the repairs"
    assert title(f"{other}\n{TITLE}", url="https://example.org/2024/harbour-bridge-closes-three-weeks.html") == TITLE
    assert title(f"{other}\n{TITLE}", url="https://example.org/council-looks-for-money-for-repairs") == other


def test_a_caption_is_no_title() -> None:
    assert title(f"Home\nNews\n\n{TITLE}\n\nThe harbour bridge closes on Monday (Photo: Ann Lee)") == TITLE


def test_a_page_saved_without_its_title_has_none() -> None:
    assert title("2024-01-02\nPhoto: Ann Lee") is None


def test_a_title_right_under_the_lead() -> None:
    lead = "Buses go round by the market, and ferries run twice as often as they did before."
    lines = read(f"{lead}\n\n# {TITLE}\n\n{TEXT}")
    shapes = [shape(line.text) for line in lines]
    assert find(Candidates(lines, shapes, [True, False, True], 0, "")) == 1


def test_a_short_line_of_the_text_is_not_taken_out_of_it() -> None:
    lines = read(f"{TEXT}\n\n{TITLE}\n\n{TEXT}")
    shapes = [shape(line.text) for line in lines]
    assert find(Candidates(lines, shapes, [True, True, True], 0, "")) is None


def test_addresses_that_cannot_be_split() -> None:
    assert title(f"Home\n\n{TITLE}", url="http://[example.org/a-b-c") == TITLE


def test_a_title_that_was_cut_short_is_taken_in_full() -> None:
    text = "市政府周日表示，大桥从周一起封闭三周进行维修，期间公交车绕行市场，轮渡班次增加一倍。资金从去年秋天找起。"
    page = f"首页\n\n大桥周一封闭三周，公交车绕行市场，轮渡...\n2024-05-05 10:00\n\n本文原标题：《大桥周一封闭三周，公交车绕行市场，轮渡班次加倍》\n\n{text}\n\n{text[8:]}"
    draft = extract(page, url="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    assert draft.meta.title == "大桥周一封闭三周，公交车绕行市场，轮渡班次加倍"


PLAYER = "\n".join(f"What the mayor said of film {number}\n1:{number}\nNow playing" for number in range(10, 34))


@pytest.mark.parametrize("length", [3, 24])
def test_the_title_stands_over_the_byline_however_many_films_are_below(length: int) -> None:
    films = "\n".join(PLAYER.split("\n")[: 3 * length])
    teaser = "Harbour bridge repairs: the council said on Monday that ferries run"
    assert title(f"Home\n{TITLE}\nBy Ann Lee, Harbour News\nShare\n{films}\n{teaser}\n1:52") == TITLE


def test_buttons_between_the_title_and_its_byline() -> None:
    buttons = "\n".join(["Share on Facebook", "Share via Email", "Print", "Comments", "Resize Text"])
    teaser = "At least three weeks without a harbour bridge, the council said"
    assert title(f"Home\n{TITLE}\n{buttons}\nBy Ann Lee March 18 at 3:57 PM\nFull Screen\n{teaser}\nClose") == TITLE


@pytest.mark.parametrize(
    "above",
    ["Cars to hire for people on the road\nBy role", "Eleven kinds of tea that wake you up\nBy Ann Lee"],
    ids=["a menu", "nothing of it in the text"],
)
def test_what_stands_over_another_byline_is_no_title(above: str) -> None:
    assert title(f"{above}\nLog in\n{TITLE}\nCity desk") == TITLE


def test_a_byline_is_no_title() -> None:
    assert title("By Ann Lee and the council of the harbour bridge\nBy Ann Lee\nHome") != "By Ann Lee"
    assert title("By Ann Lee\nHome\nArchive") is None


def test_a_title_of_sentences_over_its_date() -> None:
    head = "The harbour bridge looks great. So should your ferries and all the buses."
    assert (
        title(f"Home\nNews\n{head}\n20 November 2026\nBy\nAnn Lee\nRelated reading\nA new design of harbours") == head
    )


@pytest.mark.parametrize("mark", ["[종합]", "【独家】"])
def test_the_kind_of_news_before_a_headline_tells_it_from_its_standfirst(mark: str) -> None:
    head = f"{mark} harbour bridge closes"
    assert title(f"Home\n\n{head}\n\nHarbour bridge closes for three weeks\n\nBy Ann Lee\n2026-11-20") == head


def test_a_headline_whose_first_half_ends_in_a_colon() -> None:
    page = f"The Harbour Report: {TITLE}\n\nShare this\n\nHarbour Report:\n\n{TITLE}\n\n{TEXT}\n\n{TEXT[10:]}"
    lines = read(page)
    at = [line.text for line in lines].index(TITLE)
    shapes = [shape(line.text) for line in lines]
    assert whole(lines, shapes, at) == [at - 1, at]
    assert whole(lines[:1] + lines[at:], shapes[:1] + shapes[at:], 1) == [1]
