"""What programs leave in the text they make of a page: Markdown, numbers of links, drawn headings, addresses."""

from __future__ import annotations

import textwrap

import pytest

from pipelines import capture
from pipelines.capture.joins import join
from pipelines.capture.lines import read
from pipelines.capture.markup import is_markdown, plain
from pipelines.config import Config
from pipelines.model import Kind
from tests.metadata_pages import FETCHED

PARAGRAPH = (
    "The harbour of the old town was closed for the [third time](https://example.org/a-very-long/address/of-a-page) in "
    "a week after a barge carrying gravel struck the **northern pier** and sank within minutes. Nobody was hurt, but the "
    '[port authority](/wiki/Port_(sea) "Port (sea)") said that the wreck would have to be lifted before ferries could '
    "use the basin again, which may take until the *end of the month*, as the paper `Harbour` wrote."
)
SEEN = (
    "The harbour of the old town was closed for the third time in a week after a barge carrying gravel struck the "
    "northern pier and sank within minutes. Nobody was hurt, but the port authority said that the wreck would have to "
    "be lifted before ferries could use the basin again, which may take until the end of the month, as the paper "
    "Harbour wrote."
)


def texts(capture: str) -> list[str]:
    return [line.text for line in join(read(capture))]


def test_links_and_stress_of_markdown_are_no_text() -> None:
    assert texts(f"# Harbour closed\n\n![A barge](barge.jpg)\n\n{PARAGRAPH}") == ["Harbour closed", SEEN]


def test_a_wrapped_page_is_joined_where_it_was_broken_with_its_marks() -> None:
    wrapped = "\n".join(textwrap.wrap(PARAGRAPH, 78, break_long_words=False, break_on_hyphens=False))
    assert texts("\n\n".join([wrapped] * 3)) == [SEEN] * 3


def test_an_address_broken_at_a_hyphen() -> None:
    page = "[Home](/)\n\n![A picture of a\nbarge](https://example.org/pictures/a-\nbarge.jpg)\n\n[News](/news)\n\n[More](/m)"
    assert texts(page) == ["Home", "News", "More"]


def test_links_over_several_lines() -> None:
    assert texts('[a](/a) [b](/b)\n\n[\n\nBridge closed\n\n](/bridge "Bridge")\n\nText.') == [
        "a b",
        "Bridge closed",
        "Text.",
    ]


def test_links_by_name() -> None:
    page = "# A\n\n## B\n\n## C\n\nRead [the report][1] and [Lee] [sic].\n\n[1]: https://example.org/report\n"
    assert texts(page) == ["A", "B", "C", "Read the report and [Lee] [sic]."]


def test_headings_that_are_underlined() -> None:
    page = "[a](/a) [b](/b) [c](/c)\n\nHarbour closed\n==============\n\nText.\n\nWhat next\n---------\n\nMore."
    found = {line.text: line.level for line in read(page) if line.kind is Kind.HEADING}
    assert found == {"Harbour closed": 1, "What next": 2}


def test_a_heading_that_was_wrapped() -> None:
    wrapped = "\n".join(textwrap.wrap(PARAGRAPH, 78, break_long_words=False, break_on_hyphens=False))
    title = "Harbour of the old town closed for the third time in a week after a barge has\nstruck the northern pier"
    assert texts(f"# {title}\n\n{wrapped}\n\n{wrapped}")[0] == title.replace("\n", " ")


def test_tables_keep_their_cells() -> None:
    page = "[a](/a) [b](/b) [c](/c)\n\n| Day | Ferry |\n| --- | :---: |\n| Monday | 9 am |\n\nText."
    assert [line.row for line in read(page)][1:3] == ["Day | Ferry", "Monday | 9 am"]


def test_cells_that_a_browser_parts_with_tabs() -> None:
    page = f"Ferries of the harbour\n\n{SEEN}\n\nDay\tFerry\tPier\nMonday\t9 am\t2\nFriday\t10 am\t3\n\n{SEEN} Today.\n"
    found = capture.extract(page, url="", fetched_at=FETCHED, config=Config())
    rows = [block.text for block in found.blocks if block.kind is Kind.TABLE_ROW]
    assert rows == ["Day | Ferry | Pier", "Monday | 9 am | 2", "Friday | 10 am | 3"]


def test_escaped_marks_rules_and_tags() -> None:
    page = "[a](/a) [b](/b) [c](/c)\n\n* * *\n\nIt cost 5 \\* 3 \\[marks\\].<br>Or<sup>2</sup> more.\n\n---\n\n1\\. Not a list"
    assert texts(page)[1:] == ["It cost 5 * 3 [marks].Or2 more.", "1. Not a list"]


def test_code_stays_as_it_is() -> None:
    page = "[a](/a) [b](/b) [c](/c)\n\n```\nx = a[0](1) ** b\n```\n\nText."
    assert texts(page)[1:] == ["x = a[0](1) ** b", "Text."]


@pytest.mark.parametrize(
    "page",
    [
        "The note [1] says it (p. 4).\n# 3 in the list\nIt is 2 ** 3 ** 4, said f[0](x).",
        "She wrote *never* and **always** and _often_.",
        "See [the page](https://example.org/) for more.",
    ],
)
def test_what_an_author_wrote_stays(page: str) -> None:
    assert not is_markdown(page)
    assert plain(page) == page


DUMP = """   #[1]Feed

   [2]Home [3]News [4]Sport

   The harbour was closed [5]for a week, said the report.[[6]1] [barge.jpg] (BUTTON) Share

   [2019] was a quiet year.

References

   Visible links:
   1. https://example.org/feed
   2. https://example.org/
   3. https://example.org/news
   4. mailto:a@example.org?body=A sentence
      and%20more
   5. https://example.org/week

   Hidden links:
   6. https://example.org/note
"""


def test_numbers_of_links_and_their_addresses() -> None:
    assert texts(DUMP) == [
        "#Feed",
        "Home News Sport",
        "The harbour was closed for a week, said the report.[1] Share",
        "[2019] was a quiet year.",
    ]


@pytest.mark.parametrize(
    "picture",
    ["[timg?size=b&amp;\n   di=32e1e17664c48]", "[gif;base64,iVBORw0KGgo\n   AAAANSUhEUg==]", "[640?wx_fmt=jpeg]"],
)
def test_addresses_of_pictures_in_a_dump(picture: str) -> None:
    said = "The harbour was closed [5]for a week, said the report."
    page = DUMP.replace("   [2019]", f"   {said} {picture}\n\n   {picture}\n\n   [2019? I ask]")
    assert texts(page)[3:] == ["The harbour was closed for a week, said the report.", "[2019? I ask] was a quiet year."]


def test_notes_of_an_article_stay() -> None:
    page = "The harbour was closed.[1] It opened again.[2] Nobody came.[3]\n\n1. Lee, Harbours, p. 4\n2. Ek, Piers\n3. Ibid.\n"
    assert plain(page) == page


def test_headings_between_asterisks() -> None:
    page = "***** Harbour_closed *****\n\nThe_report says so.\n\n***** What next *****\n\nText.\n\n***** Links *****\n"
    assert texts(page) == ["Harbour closed", "The report says so.", "What next", "Text.", "Links"]


def test_addresses_behind_linked_words() -> None:
    page = "View online ( https://example.org/v/1 )\n\nThe report <https://example.org/r> is out [https://example.org/x].\n"
    assert texts(page) == ["View online", "The report is out."]


def test_lines_are_found_where_they_were() -> None:
    assert [line.number for line in read(DUMP)] == [0, 2, 4, 6]


def test_a_centred_headline_over_two_lines() -> None:
    text = "\n".join(textwrap.wrap(SEEN, 78))
    title = " Harbour of the old town closed for the third time in a week after a barge has\n" + " " * 36 + "struck"
    assert texts(f"{title}\n\n{text}\n\n{text}")[0] == " ".join(title.split())


def test_code_does_not_hide_that_the_text_is_wrapped() -> None:
    wrapped = "\n".join(textwrap.wrap(SEEN, 72))
    code = "docker run --name portal -p 8080:8080 -e DATASOURCE=jdbc:mysql://localhost:3306/portal -v /etc:/etc:ro " * 3
    assert texts(f"{wrapped}\n\n{code}\n\n{code.upper()}\n\n{wrapped}\n\n{code}")[0] == SEEN


@pytest.mark.parametrize("piece", [r"\[\]", "[", "![", "[a](", "[a](b ", "**a", "`a", "<a ", "[[a]", "- ", "-- |"])
def test_marks_that_never_end_are_read_before_the_day_is_over(piece: str) -> None:
    """Where a character could begin in two ways, forty of the first took longer than anybody lives."""
    page = "[a](/b.c) [a](/b.c) [a](/b.c)\n# x\n[" + piece * (60_000 // len(piece))
    assert len(plain(page)) == len(page)
