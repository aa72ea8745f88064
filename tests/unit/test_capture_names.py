"""Who wrote the article of a capture, by the lines under its title."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from pipelines.capture.lines import read
from pipelines.capture.names import find
from pipelines.pruning.shapes import shape

TITLE = "Harbour bridge closes for three weeks"
TEXT = (
    "The harbour bridge closes on Monday for repairs that take three weeks, the city council said. Buses will go round"
    " by the market, and ferries run twice as often. The council has looked for the money since autumn."
)


def names(between: str, *, above: str = "Home\nNews", behind: str = "", lead: str = "") -> tuple[str, ...]:
    """Return the authors of a capture with these lines around its text; ``lead`` is text above them."""
    parts = [above, TITLE, lead, between, TEXT, TEXT + " " + TEXT, behind]
    lines = read("\n\n".join(part for part in parts if part))
    chosen = [line.text.startswith(TEXT) or line.text == lead for line in lines]
    title = next(at for at, line in enumerate(lines) if line.text == TITLE)
    found = find(lines, [shape(line.text) for line in lines], chosen, title, chosen.index(True))
    return found[1] if found else ()


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("Dan Jervis-Bardy\n20 November 2026", {"Dan Jervis-Bardy"}),
        ("20 November 2026\nShare\nJulia Carrie Wong and Sam Levin", {"Julia Carrie Wong", "Sam Levin"}),
        ("Mike Cason | mcason@example.org\nPublished: Nov. 20, 2026", {"Mike Cason"}),
        ("Marie Rövekamp • 20.11.2026, 17:19 Uhr", {"Marie Rövekamp"}),
        ("Edward Russell\n5 min read", {"Edward Russell"}),
        ("Андрей Сидорчик\n20 ноября 2026", {"Андрей Сидорчик"}),
    ],
    ids=["over the date", "under the date", "address", "before the date", "reading time", "cyrillic"],
)
def test_names_beside_the_date(between: str, expected: Collection[str]) -> None:
    assert set(names(between)) == expected


def test_a_byline_right_under_the_title_counts_however_far_the_text_is() -> None:
    gallery = "\n".join(f"Picture {number} of the harbour" for number in range(24))
    assert names(f"By Ann Lee, Harbour News\n20 November 2026\n{gallery}") == ("Ann Lee",)


def test_a_name_with_a_biography_needs_no_date() -> None:
    between = "Share this story\nBrinda Gulati"
    assert names(between, behind="Brinda Gulati is a writer who lives by the sea.") == ("Brinda Gulati",)


def test_a_name_that_stands_again_below() -> None:
    assert names("Share this story\nBrinda Gulati", behind="Brinda Gulati") == ("Brinda Gulati",)


def test_a_byline_above_the_title() -> None:
    assert names("", above="Home\nNews\nBy Ann Lee") == ("Ann Lee",)


def test_a_byline_where_no_title_is_known() -> None:
    lines = read(f"Home\n\nBy Ann Lee\n\n{TEXT}\n\n{TEXT} {TEXT}")
    chosen = [line.text.startswith(TEXT) for line in lines]
    assert find(lines, [shape(line.text) for line in lines], chosen, None, 2) == (1, ("Ann Lee",))


def test_a_name_right_under_the_title_needs_no_date() -> None:
    assert names("Brinda Gulati") == ("Brinda Gulati",)


def test_a_name_that_nothing_vouches_for() -> None:
    assert names("Share this story\nBrinda Gulati") == ()


def test_what_stands_again_more_often_is_a_menu() -> None:
    assert names("Share this story\nAdvanced Search", behind="Advanced Search\n\nContact\n\nAdvanced Search") == ()


def test_what_stands_again_among_the_lines_by_the_title_is_a_menu() -> None:
    assert names("Share this story\nFacebook Pinterest\nTop\nFacebook Pinterest") == ()


def test_a_byline_under_the_standfirst() -> None:
    assert names("By Ann Lee • 11/08/26 5:19pm", lead="Buses will go round by the market.") == ("Ann Lee",)


@pytest.mark.parametrize(
    ("above", "between"),
    [
        ("Home\nCar Reviews\nVideo", "Car Reviews\n20 November 2026"),
        ("Home", "Harbour Bridge\n20 November 2026"),
        ("Home", "Getty Images\n20 November 2026"),
        ("Home", "Three Weeks\n20 November 2026"),
        ("Home", "Market Buses\n20 November 2026"),
        ("Home", "Harold Market\n20 November 2026"),
        ("Home", "Share this story\n20 November 2026"),
        ("Home", "Related Stories\n20 November 2026"),
        ("Home", "Editor's Choice"),
    ],
    ids=[
        "a section of the menu",
        "words of the title",
        "an agency",
        "words of the text",
        "more of them",
        "half of them",
        "a button",
        "a heading of other stories",
        "another right under the title",
    ],
)
def test_what_is_made_like_a_name_and_is_none(above: str, between: str) -> None:
    assert names(between, above=above) == ()


@pytest.mark.parametrize(
    "line",
    ["Buy Photo", "Anna Berg, 20 November 2026 (Photo Lionel Marsh)", "Facebook Pinterest Linked in Tumblr"],
)
def test_buttons_and_captions_are_nobody(line: str) -> None:
    assert names(f"{line}\n20 November 2026") == ()


@pytest.mark.parametrize(
    "line",
    [
        "De Gazeta Portului\n20 November 2026",
        "Councillor HB Samuel Moor (ANTARA/Harbour/Moor)\n20 November 2026",
    ],
    ids=["a paper behind a word for the author", "a picture and its agencies"],
)
def test_what_is_made_like_a_name_beside_the_date(line: str) -> None:
    assert names(line) == ()


def test_many_authors_in_a_line_that_is_as_long_as_running_text() -> None:
    line = "By Dana A. Ford , James S.A. Corey, Chien-Ming Wang, and Tom Watkins, Harbour News and its partners"
    assert names(f"{line}\nNovember 28, 2013") == ("Dana A. Ford", "James S.A. Corey", "Chien-Ming Wang", "Tom Watkins")


def test_a_name_under_the_word_for_the_author() -> None:
    assert names("20 November 2026\nPosted by\nMichael Pick\nRelated reading\nPeter Schimke") == ("Michael Pick",)


def test_a_name_beside_a_date_of_either_order() -> None:
    assert names("Share this story\nJoão Boueri 10/01/2023 • 20:49") == ("João Boueri",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kevin Allen, HBC TODAY Sports 3:15 p.m. EDT July 18, 2026", ("Kevin Allen",)),
        ("TOM MAHON, Daily News Staff Writer mahon@example.org\n20 November 2026", ("Tom Mahon",)),
        ("Todd Halvorson, Harbour Today\n20 November 2026", ("Todd Halvorson",)),
        ("Ann Lee, CJ Ekman\n20 November 2026", ("Ann Lee", "CJ Ekman")),
        ("May 15, 2026 02:29 PM EDT | Michael Briggs", ("Michael Briggs",)),
        ("Episode Teaser Image:\n20 November 2026", ()),
    ],
    ids=["capitals", "role", "paper", "initials", "behind the date", "a label"],
)
def test_a_name_and_its_house_beside_the_date(line: str, expected: tuple[str, ...]) -> None:
    assert names(line) == expected


def test_a_byline_under_a_caption_far_below_the_title() -> None:
    more = "\n".join(f"Another headline about ferries, number {number}" for number in range(20))
    caption = "Passengers wait for the ferry in the rain because the bridge is closed, as they have done all week."
    lines = read(f"{TITLE}\n\n{more}\n\n{caption}\n\nBy Ann Lee and Bo Ekman\n\n{TEXT}")
    chosen = [line.text in (caption, TEXT) for line in lines]
    found = find(lines, [shape(line.text) for line in lines], chosen, 0, chosen.index(True))
    assert found is not None
    assert found[1] == ("Ann Lee", "Bo Ekman")


def test_a_button_behind_a_name() -> None:
    assert names("Marcus Guzman View More Articles\n20 November 2026") == ("Marcus Guzman",)


@pytest.mark.parametrize(
    ("above", "expected"),
    [("Tom Bennett\nNov 7, 2023 2:00 AM", ("Tom Bennett",)), ("Tom Bennett\nHome\nNews\nArchive", ())],
    ids=["dated", "not dated"],
)
def test_a_name_over_the_title_that_has_a_biography(above: str, expected: tuple[str, ...]) -> None:
    assert names("", above=above, behind="Tom Bennett is a freelance reporter.") == expected


def test_a_name_over_the_title_that_has_none() -> None:
    assert names("", above="Tom Bennett\nNov 7, 2023 2:00 AM") == ()
