"""The mark of a quotation before every line of a text is no part of it; one before a paragraph is."""

import pytest

from pipelines import capture
from pipelines.capture.quoted import unquoted
from pipelines.config import Config
from pipelines.model import Kind
from tests.metadata_pages import FETCHED

LINES = [
    f"Passage {at}: the till says one thing at night and the bank another, and somebody finds out." for at in range(9)
]
TEXT = "\n\n".join(["The till and the bank", "By Ann Lee, 19 January 2024", *LINES])


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > ", "| ", "│ ", "  > ", "# ", "// "])
def test_the_mark_before_all_lines_goes(mark: str) -> None:
    quoted = "\n".join(mark + line if line else mark.rstrip() for line in TEXT.split("\n"))
    assert unquoted(quoted) == TEXT
    assert unquoted(f"Ann wrote:\n\n{quoted}") == f"Ann wrote:\n\n{TEXT}"


def test_a_quoted_article_reads_as_the_article_does() -> None:
    quoted = "".join(f"> {line}\n" for line in TEXT.split("\n"))
    found, plain = (capture.extract(text, url="", fetched_at=FETCHED, config=Config()) for text in (quoted, TEXT))
    assert found.blocks == plain.blocks and found.meta == plain.meta
    assert len(found.blocks) == 9 and not any(block.kind is Kind.QUOTE for block in found.blocks)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace("Passage 4", "> Passage 4"),
        "> One\n> Two\n> Three",
        "# Heading\n\n" + "\n\n".join(LINES),
        "\n".join(f"> {line}" for line in LINES[:4]) + "\n" + "\n".join(LINES),
        "\n".join(f"| {line} | {at} |" for at, line in enumerate(LINES)),
        "",
        ">",
        "\n\n",
    ],
)
def test_text_that_is_not_quoted_stays_as_it_is(text: str) -> None:
    assert unquoted(text) == text
