"""A linked headline alone between two paragraphs leads to another article, with a label before or above it or without."""

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

PROSE = (
    "Awaria nastąpiła około ósmej rano, kiedy wagon linii numer trzynaście wjeżdżał na most od strony placu Pracy.",
    "Mieszkańcy uważają, że drogę trzeba naprawiać już teraz, i zebrali pod apelem ponad dwa tysiące podpisów w tydzień.",
    "Następne posiedzenie wyznaczono na piątek, a zaproszono na nie budowniczych mostu oraz dyrektorkę szkoły z sąsiedztwa.",
)
HEADLINE = "Most w Krasnymstawie zamknięty do wiosny"


def block(text: str, linked: str = "", kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(kind=kind, text=text, link_density=len(linked) / len(text))


def kept(*lines: Block) -> list[str]:
    blocks = (block(PROSE[0]), *lines, block(PROSE[1]), block(PROSE[2]))
    return [each.text for each in prune(Draft(url="https://a.pl/1", meta=Metadata(), blocks=blocks), Config()).blocks]


@pytest.mark.parametrize(
    "label", ["Pisaliśmy o tym:", "Ранее:", "Δείτε:", "Bu habere de bakın:", "» Se mer:", "(Mai multe:"]
)
def test_a_labelled_headline_is_dropped(label: str) -> None:
    assert kept(block(f"{label} {HEADLINE}", HEADLINE)) == list(PROSE)
    assert kept(block(label), block(HEADLINE, HEADLINE)) == list(PROSE)


def test_a_linked_headline_alone_is_dropped() -> None:
    assert kept(block(HEADLINE, HEADLINE)) == list(PROSE)


@pytest.mark.parametrize(
    "lines",
    [
        [block(f"Czas: {HEADLINE}")],
        [block("Strona: https://www.example.org/index.html", "https://www.example.org/index.html")],
        [block(f"Minister powiedział: {HEADLINE}, i wyszedł z sali bez słowa", HEADLINE)],
        [block(f"Raport: {HEADLINE}.", f"{HEADLINE}.")],
        [block(f"Film: {HEADLINE}", HEADLINE), block(f"Album: {HEADLINE} II", f"{HEADLINE} II")],
        [block("Oto jego słowa:"), block(HEADLINE)],
        [block(HEADLINE, HEADLINE), block(f"{HEADLINE} II", f"{HEADLINE} II")],
        [block("Raport komisji (PDF)", "Raport komisji (PDF)")],
        [block(f"{HEADLINE}, {PROSE[0][:-1]} i dalej do centrum", f"{HEADLINE}, {PROSE[0][:-1]} i dalej do centrum")],
        [block(f"Pisaliśmy: {HEADLINE}", HEADLINE, Kind.LIST_ITEM)],
    ],
    ids=[
        "no link",
        "an address",
        "a sentence",
        "a full stop",
        "a list",
        "a quotation",
        "links",
        "a document",
        "a paragraph",
        "an item",
    ],
)
def test_other_lines_stay(lines: list[Block]) -> None:
    assert kept(*lines) == [PROSE[0], *(each.text for each in lines), *PROSE[1:]]
