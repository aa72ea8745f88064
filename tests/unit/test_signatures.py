"""Lines around the text that hold nothing but who wrote it: the names that the page's data and bylines gave."""

import pytest

from pipelines.config import Config
from pipelines.model import Block, Draft, Kind, Metadata
from pipelines.pruning.prune import prune

PROSE = (
    "Совет города на заседании во вторник три часа говорил о мосте, школе и дороге к порту, но так ничего и не решил.",
    "Жители считают, что дорогу нужно чинить уже сейчас, и собрали под обращением больше двух тысяч подписей.",
    "Следующее заседание назначено на пятницу, и на него пригласили строителей моста и директора школы.",
)


def kept(*lines: str, authors: tuple[str, ...]) -> list[str]:
    blocks = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in lines)
    meta = Metadata(authors=authors, site="Фонтанка.ру")
    draft = prune(Draft(url="https://www.fontanka.ru/1/", meta=meta, blocks=blocks), Config())
    assert all(piece.reason == "byline" for piece in draft.removed)
    return [block.text for block in draft.blocks]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Дмитрий Кораблев", ("Дмитрий Кораблев",)),
        ("Дмитрий Кораблев, «Фонтанка.ру»", ("Дмитрий Кораблев",)),
        ("Дмитрий Кораблев, «Известия.рф»", ("Дмитрий Кораблев",)),
        ("Анна Иванова и Дмитрий Кораблев, корреспондент", ("Анна Иванова", "Дмитрий Кораблев")),
        ("Аутор: Милош Јовановић", ("Милош Јовановић",)),
        ("Napsala Jana Dvořáková, ČTK", ("Jana Dvořáková",)),
        ("Jana Dvořáková / ČTK", ("Jana Dvořáková",)),
        ("Anna Kowalczyk-Nowak, a.kowalczyk@gazeta.example.pl", ("Anna Kowalczyk-Nowak",)),
        ("Jane Doe for Fontanka", ("Jane Doe",)),
        ("FONTANKA.RU", ()),
    ],
)
def test_a_signature_above_or_below_the_text_is_a_byline(line: str, authors: tuple[str, ...]) -> None:
    assert kept(*PROSE, line, authors=authors) == list(PROSE)
    assert kept(line, *PROSE, authors=authors) == list(PROSE)


@pytest.mark.parametrize(
    "line",
    [
        "Дмитрий Кораблев родился в Омске",
        "Анна Иванова",
        "Дмитрий Кораблев, мэр города",
        "Фото Дмитрий Кораблев у моста",
    ],
)
def test_other_lines_with_a_name_stay(line: str) -> None:
    assert kept(*PROSE, line, authors=("Дмитрий Кораблев",))[-1] == line


def test_a_name_between_paragraphs_stays() -> None:
    lines = [PROSE[0], "Дмитрий Кораблев", *PROSE[1:]]
    assert kept(*lines, authors=("Дмитрий Кораблев",)) == lines


@pytest.mark.parametrize(
    "line",
    ["Paços do Concelho, 12 de setembro de 2024", "Warszawa, dnia 3 maja 2024 r.", "Mérida, 18 de enero de 2022"],
)
def test_the_place_and_day_of_a_document_are_its_own(line: str) -> None:
    assert kept(*PROSE, line, "A Presidente da Câmara", authors=()) == [*PROSE, line, "A Presidente da Câmara"]


def test_a_day_alone_below_the_text_is_not() -> None:
    made = tuple(Block(kind=Kind.PARAGRAPH, text=text) for text in (*PROSE, "Publicado: 12 de setembro de 2024"))
    draft = prune(Draft(url="https://www.fontanka.ru/1/", meta=Metadata(), blocks=made), Config())
    assert [block.text for block in draft.blocks] == list(PROSE)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Jane Doe is the business reporter for the River Post, and lives in Harwich with two dogs.", "Jane Doe"),
        ("Jane Doe can be reached at jane.doe@river.example.", "Jane Doe"),
        (
            "Jana Dvořáková est journaliste au bureau de Prague depuis douze ans, après trois années à Brno.",
            "Jana Dvořáková",
        ),
        ("Max Blum, whose books are read in schools, is an author and a founder of the River Post.", "Max Blum"),
    ],
)
def test_who_the_author_is_goes_where_it_ends_the_text(line: str, author: str) -> None:
    assert kept(*PROSE, line, authors=(author,)) == list(PROSE)
    assert kept(*PROSE[:2], line, PROSE[2], authors=(author,)) == [*PROSE[:2], line, PROSE[2]]
    assert kept(*PROSE, line, authors=("Anna Weiss",))[-1] == line


def test_a_last_paragraph_on_its_author_that_tells_no_trade_stays() -> None:
    line = "Jane Doe is still waiting for an answer from the harbour office, as are the two neighbours."
    assert kept(*PROSE, line, authors=("Jane Doe",))[-1] == line
