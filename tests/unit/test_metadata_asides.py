"""Credits with something behind each of several names: roles, places, a house behind names in capitals."""

from __future__ import annotations

import pytest

from pipelines.metadata.authors import from_byline, from_text
from tests.metadata_pages import article, page

# A credit, then the names in it.
CREDITS = """
Jane Doe, Political Editor, and John Roe, Chief Reporter = Jane Doe;John Roe
Jane Doe, Political Editor and John Roe, Chief Reporter = Jane Doe;John Roe
Jane Doe, Transport Correspondent, and John Roe in Dover = Jane Doe;John Roe
Jane Doe, staff writer, and Ann van der Poe = Jane Doe;Ann van der Poe
JANE DOE, POLITICAL EDITOR, AND JOHN ROE, CHIEF REPORTER = Jane Doe;John Roe
Jane Doe in London and John Roe in Dover = Jane Doe;John Roe
Jane Doe in London, John Roe in Dover and Ann Poe in Paris = Jane Doe;John Roe;Ann Poe
Jana Muster in Berlin und Peter Beispiel in Hamburg = Jana Muster;Peter Beispiel
Claire Dumas à Paris et Jean Petit à Lyon = Claire Dumas;Jean Petit
Jane Doe and John Roe, Political Editor = Jane Doe;John Roe
"""
ALONE = """
Jane Doe, Staff Writer, and Sam Poe, Staff Photographer = Jane Doe
Jane Doe, Staff Writer and Food Critic = Jane Doe
Jane Doe, Senior Writer, and Los Angeles Bureau = Jane Doe
Jane Doe, Reporter and Columnist, Harbour Echo = Jane Doe
Jane Doe in London and Los Angeles = Jane Doe
"""
ROWS = [row.split(" = ") for row in CREDITS.strip().splitlines()]
BYLINES = [*ROWS, *(row.split(" = ") for row in ALONE.strip().splitlines())]


@pytest.mark.parametrize(("credit", "names"), BYLINES, ids=[row[0] for row in BYLINES])
def test_a_role_or_a_place_behind_the_first_name_does_not_end_the_credit(credit: str, names: str) -> None:
    assert ";".join(from_byline(f"By {credit}")) == names
    assert ";".join(page(article("The bridge is closed", f"By {credit}", "14 May 2024")).authors) == names


@pytest.mark.parametrize(("credit", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_neither_does_it_in_data(credit: str, names: str) -> None:
    assert ";".join(from_text(credit)) == names


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("JANE DOE Associated Press", ("Jane Doe",)),
        ("JANE DOE and JOHN ROE The Associated Press", ("Jane Doe", "John Roe")),
        ("JANE DOE AP National Writer", ("Jane Doe",)),
        ("JANE DOE Harbour Echo", ("Jane Doe",)),
        ("Jane Doe with additional reporting by John Roe", ("Jane Doe",)),
        ("Jane Doe and John Roe with additional reporting by Ann Poe", ("Jane Doe", "John Roe")),
        ("Harbour Associated Press", ()),
        ("JANE McDONALD", ("JANE McDONALD",)),
    ],
)
def test_no_house_and_no_helper_stands_behind_a_name_of_the_data(stated: str, names: tuple[str, ...]) -> None:
    assert from_text(stated) == names
    assert page(article("The bridge is closed"), head=f'<meta name="author" content="{stated}">').authors == names
