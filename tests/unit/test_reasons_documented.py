"""Every reason that the data or the names of elements can give is in the table of docs/records.md."""

import re
import tomllib
from pathlib import Path

import pytest

from pipelines.html import reasons
from pipelines.lexicon import BELOW

ROOT = Path(__file__).parents[2]
TABLE = set(
    re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (`.*?) \|", (ROOT / "docs/records.md").read_text("utf-8"), re.M)))
)


def data(name: str) -> dict[str, object]:
    return tomllib.loads((ROOT / "pipelines" / "data" / name).read_text("utf-8"))


def test_the_table_is_read() -> None:
    assert len(TABLE) > 25 and "related_links" in TABLE


@pytest.mark.parametrize("names", [reasons.NAMED, reasons.BRIEF, reasons.PLACED, tuple(BELOW.items())])
def test_reasons_of_elements_and_headings(names: tuple[tuple[str, str], ...]) -> None:
    assert {reason for _, reason in names} <= TABLE


def test_reasons_of_the_lexicon_and_the_notices() -> None:
    assert set(data("lexicon.toml")) - {"fold"} <= TABLE
    found = set(re.findall(r'^reason = "(\w+)"', (ROOT / "pipelines/data/notices.toml").read_text("utf-8"), re.M))
    assert len(found) > 5 and found <= TABLE


def test_reasons_that_are_spelled_out_where_something_is_cut() -> None:
    spelled = set()
    for path in (ROOT / "pipelines").rglob("*.py"):
        spelled |= set(re.findall(r'Removed\(reason="(\w+)"|\.drop\(\w+, "(\w+)"\)', path.read_text("utf-8")))
    found = {first or second for first, second in spelled}
    assert len(found) > 8 and found <= TABLE
