"""Bylines with the date's preposition, the system's verb, a place or an agency, and date forms of local pages."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.metadata.authors import from_byline
from pipelines.metadata.moments import find
from tests.metadata_pages import article, page

# A line under the title, then the names it credits.
SIGNED = """
Beküldte Nagy Zoltán - 2024. május 14. 15:42 = Nagy Zoltán
Vložil Jan Novák dne Čt, 14. 5. 2024 - 15:42 = Jan Novák
Odeslal Jan Novák, 14. 5. 2024 = Jan Novák
Enviado por Juan Pérez el Jue, 14/05/2024 - 15:42 = Juan Pérez
Soumis par Claire Dumas le jeu, 14/05/2024 - 15:42 = Claire Dumas
Publié par Claire Dumas le 14 mai 2024 à 15h42 = Claire Dumas
Par Claire Dumas le jeudi 14 mai 2024 = Claire Dumas
Par Claire DUMAS et Jean MARTIN = Claire DUMAS;Jean MARTIN
Por Juan de la Cruz, 14/05/2024 = Juan de la Cruz
Por Juan Pérez el 14 de mayo de 2024 = Juan Pérez
Di Marco Rossi il 14 maggio 2024 = Marco Rossi
Ingediend door Pieter Jansen op do, 14/05/2024 = Pieter Jansen
Door Anna van den Berg = Anna van den Berg
Av Karin Ek den 14 maj 2024 = Karin Ek
Upplagd av Karin Ek kl. 15:42 = Karin Ek
Skrevet af Mette Jensen den 14. maj 2024 = Mette Jensen
Indsendt af Mette Jensen den tor, 14/05/2024 = Mette Jensen
Lähettänyt Antti Eintola 14.5.2024 - 15:42 = Antti Eintola
Kirjoitti Antti Eintola = Antti Eintola
Trimis de Mihai Ionescu la 14 mai 2024 - 15:42 = Mihai Ionescu
Postado por João Silva às 15:42 = João Silva
Публикувано от Иван Петров на 14.05.2024 = Иван Петров
От Иван Петров = Иван Петров
Опубликовал Пётр Иванов 14 мая 2024 = Пётр Иванов
Опублікував Петро Іваненко = Петро Іваненко
Від Петро Іваненко = Петро Іваненко
Objavila Ana Horvat 14.05.2024. = Ana Horvat
Przez Jan Nowak = Jan Nowak
Opublikowano przez Jan Nowak dnia 14 maja 2024 = Jan Nowak
Z Janem Nowakiem rozmawia Anna Wrona = Anna Wrona
Ahmet Yılmaz tarafından 14 Mayıs 2024 tarihinde yayınlandı = Ahmet Yılmaz
Haber: Ahmet YILMAZ / ANKARA = Ahmet YILMAZ
Közzétette: Kovács Dániel = Kovács Dániel
Αναρτήθηκε από Γιώργος Λιάλιος στις 14/05/2024 = Γιώργος Λιάλιος
Door onze redactie =
От Москвы до самых окраин =
"""
ROWS = [row.split(" =") for row in SIGNED.strip().splitlines()]


@pytest.mark.parametrize(("line", "names"), ROWS, ids=[row[0] for row in ROWS])
def test_no_name_takes_the_verb_before_it_or_the_preposition_behind(line: str, names: str) -> None:
    assert ";".join(from_byline(line)) == names.strip()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Claire Dumas avec AFP", ("Claire Dumas",)),
        ("Fatma AKSU/İSTANBUL", ("Fatma AKSU",)),
        ("Ahmet YILMAZ / ANKARA, (DHA)", ("Ahmet YILMAZ",)),
        ("Jan Novák, Olomouc", ("Jan Novák",)),
        ("Anna von der Au", ("Anna von der Au",)),
        ("Ask the Doctors", ("Ask the Doctors",)),
        ("Haber Merkezi", ()),
        ("Agencias", ()),
        ("ANKARA", ()),
        ("Door onze redactie", ()),
        ("Ministries of defence said", ()),
    ],
)
def test_an_element_called_byline_names_persons_alone(text: str, names: tuple[str, ...]) -> None:
    made = page(article("The bridge is closed again", f"<span class=byline>{text}</span>"))
    assert made.authors == names


@pytest.mark.parametrize("line", ["<span class=byline>De Mihai Ionescu</span>", "De Mihai Ionescu"])
def test_a_romanian_by_is_no_part_of_a_name(line: str) -> None:
    body = article("Podul este din nou închis", line, "14.05.2024")
    assert page(body, lang="ro").authors == ("Mihai Ionescu",)
    assert "De Wever Bart" in page(article("De brug is dicht", "<b class=author>De Wever Bart</b>"), lang="nl").authors


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("14 DE MAYO DE 2024 · 15:42", (15, 42)),
        ("14 DE MAIO DE 2024 ÀS 15:42", (15, 42)),
        ("14 de Mayo De 2024", (None, 0)),
        ("14 травня 2024 о 15:42", (15, 42)),
        ("14. maja 2024. godine u 15:42", (15, 42)),
        ("14 maja 2024 roku, godzina 15:42", (15, 42)),
        ("14 maggio 2024 | 15.42", (15, 42)),
        ("14 Mayıs 2024 Perşembe, 15.42", (15, 42)),
        ("發布日期：113-05-14", (None, 0)),
        ("發布日期：113/5/14 星期二", (None, 0)),
        # No times: a share behind the year, the day of another date.
        ("14. Mai 2024, 10.12 Euro", (None, 0)),
        ("14 maggio 2024 Roma, 15.42", (None, 0)),
    ],
)
def test_dates_as_local_pages_write_them(line: str, clock: tuple[int | None, int]) -> None:
    found = find(line)
    assert [(each.day, (each.hour, each.minute)) for each in found] == [(date(2024, 5, 14), clock)]


@pytest.mark.parametrize("line", ["Tel. 113-05-14", "Result 113-05-14", "電話：113-05-14"])
def test_numbers_without_a_label_of_a_date_are_none(line: str) -> None:
    assert find(line) == []
