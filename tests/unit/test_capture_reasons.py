"""Why a line of a capture is cut: its words, the heading above it, its form and place."""

from datetime import UTC, datetime

import pytest

from pipelines import capture
from pipelines.capture.reasons import reasons
from pipelines.config import Config
from pipelines.pruning.shapes import shape

TEXT = "The council decided on Monday that the ferries will keep their summer timetable until the end of October."


def why(*lines: str, start: int | None = None, used: dict[int, str] | None = None) -> list[str]:
    """Return the reasons of lines; those that are ``TEXT`` are the article."""
    chosen = [line == TEXT for line in lines]
    first = chosen.index(True) if start is None and any(chosen) else start or 0
    return reasons([shape(line) for line in lines], chosen, used or {}, first)


HEADLINES = ("The harbour gets a new pier next summer", "A second bridge is planned over the river")


@pytest.mark.parametrize(
    "heading", ["Related recommendations", "Extended Reading", "相关阅读", "Das könnte Sie auch interessieren"]
)
def test_what_stands_below_a_heading_is_what_it_says(heading: str) -> None:
    lines = (TEXT, heading, HEADLINES[0], "Visual siege", "2024-09-20 12:04:04", HEADLINES[1], "Harbour Post")
    assert why(*lines) == ["", *["related_links"] * 6]


def test_the_foot_of_the_page_ends_a_list() -> None:
    found = why(TEXT, "Related articles", HEADLINES[0], "© 2026 Harbour Post", HEADLINES[1])
    assert found == ["", "related_links", "related_links", "copyright", "outside_article"]
    assert why(TEXT, "Related articles", HEADLINES[0], "Contact us", HEADLINES[1])[3:] == [
        "navigation",
        "outside_article",
    ]


def test_the_next_heading_begins_another_list() -> None:
    found = why(
        TEXT,
        "Related articles",
        HEADLINES[0],
        "Leave a comment",
        "I was on it today, and it is a fine ferry indeed, with a good view of the river. Thank you for it!",
    )
    assert found == ["", "related_links", "related_links", "comment_form", "comment"]


def test_comments_end_where_nobody_speaks_any_more() -> None:
    menu = ("Sport", "Culture", "Weather", "Games", "Jobs", "Cars", "Houses")
    found = why(TEXT, "发表评论", "这艘渡轮非常好，我昨天坐过。", *menu)
    assert found[1:3] == ["comment_form", "comment"] and set(found[3:]) == {"navigation"}
    assert "comment" not in why("Comments", HEADLINES[0], TEXT)


def test_words_of_a_menu_above_the_article_stay_navigation() -> None:
    assert why("Latest news", "Ferries", HEADLINES[0], TEXT) == ["related_links", "navigation", "related_links", ""]


def test_a_legal_notice_goes_on_until_something_else_is_said() -> None:
    found = why(
        TEXT,
        "免责声明",
        "网站内所有项目均不构成任何投资建议，由此造成的损失由用户自行承担",
        "扫一扫关注我们",
        HEADLINES[0],
    )
    assert found[1:3] == ["legal_notice", "legal_notice"] and found[3:] == ["navigation", "outside_article"]
    assert why(TEXT, "Privacy policy", "Our apps", HEADLINES[0])[1:] == [
        "legal_notice",
        "navigation",
        "outside_article",
    ]


def test_dates_tell_a_list_of_headlines_without_a_heading() -> None:
    stamps = ("2024-09-20 12:04:04", "2024-09-20 13:59:19", "2024-09-19 19:55:49")
    found = why(
        TEXT, stamps[0], HEADLINES[0], HEADLINES[0], "Fat Whale", stamps[1], HEADLINES[1], stamps[2], HEADLINES[1]
    )
    assert found == ["", *["headline_list"] * 7, "outside_article"]
    assert why(TEXT, stamps[0], TEXT, stamps[1])[1:] == ["headline_list", "", "headline_list"]


def test_lines_read_for_the_metadata_keep_their_reason_and_end_a_list() -> None:
    found = why(
        "More news", HEADLINES[1], "Ferry fares rise", "A line of nothing in particular", TEXT, used={2: "title"}
    )
    assert found == ["related_links", "related_links", "title", "navigation", ""]


def test_a_capture_names_them() -> None:
    text = "\n\n".join(
        [
            "Home",
            "Ferry fares rise in spring",
            *[TEXT] * 1,
            TEXT.replace("Monday", "Tuesday"),
            "You may also like",
            *HEADLINES,
        ]
    )
    draft = capture.extract(text, url="", fetched_at=datetime(2026, 1, 1, tzinfo=UTC), config=Config())
    cut = {piece.text: piece.reason for piece in draft.removed}
    assert [cut[line] for line in ("You may also like", *HEADLINES)] == ["related_links"] * 3
