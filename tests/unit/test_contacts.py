"""Whom to ask is no text of a release; what an article says of contacts and telephones is."""

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune
from tests.words import PROSE


def kept(*lines: str) -> list[str]:
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in lines)
    return [block.text for block in prune(Draft(url="u", meta=Metadata(), blocks=blocks), Config()).blocks]


@pytest.mark.parametrize(
    "lines",
    [
        ["Media Contact", "Lou Garza", "press@harrowbio.example.com", "+1-218-555-0144"],
        ["Pressekontakt", "Jens Okun", "Telefon: 0202 555-1234", "E-Mail: presse@talwerk.example.de"],
        ["Media contact: Luz Ortega, l@openrivers.example.org, (555) 010-4477"],
        ["Contatti stampa: Anna Riva, tel. 041 555 1234"],
        ["Контакты для СМИ:", "Ольга Петрова", "+7 495 555-12-34"],
        ["Kontakt dla mediów – Jan Kot, prasa@urzad.example.pl"],
        [
            "Contact Information",
            "Investors",
            "Kay Little",
            "Vice President",
            "Harrow Bio plc",
            "Ireland, + 353 1 555 7887",
            "U.S., + 1 650 555 2717",
            "Media",
            "Lou Hurley",
            "Corporate Affairs",
            "Harrow plc",
            "Ireland, + 353 1 555 7894",
        ],
        ["###"],
        ["# # #", "Media Contact Lou Garza press@harrowbio.example.com"],
        ["-30-"],
        ["- ENDS -"],
    ],
)
def test_under_the_text_they_go(lines: list[str]) -> None:
    assert kept(*PROSE, *lines) == PROSE


@pytest.mark.parametrize(
    "line",
    [
        "Contacts with the harbour were lost in 1912 and found again in 1921, forty miles from where she went down.",
        "Press office staff had tried to reach the mayor on 0202 555-1234 all day, as the paper wrote on Tuesday.",
        "The bell hung on the foredeck from 1898-1912.",
        "Pressestellen der Stadt und des Landes schwiegen.",
    ],
)
def test_other_lines_stay(line: str) -> None:
    assert line in kept(*PROSE, line)


def test_in_the_first_half_they_stay() -> None:
    lines = ["Press office: 0202 555-1234", *PROSE]
    assert kept(*lines) == lines


def test_the_text_goes_on_below() -> None:
    more = "Swimmers wrote to the association again in May, and this time it answered them within the week."
    assert kept(*PROSE, "Media contact: Luz Ortega, l@example.org", more) == [*PROSE, more]
