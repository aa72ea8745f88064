"""Names set in capitals: two of them joined by an "and" in capitals, and the I of Turkish."""

from __future__ import annotations

import pytest

from pipelines.metadata.authors import from_byline, from_text
from tests.metadata_pages import article, page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("PAR CLAIRE DUMAS ET JEAN PETIT", ("Claire Dumas", "Jean Petit")),
        ("POR LUCÍA PÉREZ Y JUAN GARCÍA", ("Lucía Pérez", "Juan García")),
        ("POR MARIA SILVA E ANA COSTA", ("Maria Silva", "Ana Costa")),
        ("BY CLAIRE DUMAS, ANNE PETIT ET JEAN ROUX", ("Claire Dumas", "Anne Petit", "Jean Roux")),
        ("DOOR JAN JANSEN EN ANNE BERG", ("Jan Jansen", "Anne Berg")),
        ("AV KARIN BERG OCH SVEN EK", ("Karin Berg", "Sven Ek")),
        ("AF METTE JENSEN OG LARS HOLM", ("Mette Jensen", "Lars Holm")),
        ("AUTOR: JAN KOWALSKI I ANNA WRONA", ("Jan Kowalski", "Anna Wrona")),
        ("AUTOR: JANA NOVÁKOVÁ A PETR SVOBODA", ("Jana Nováková", "Petr Svoboda")),
        ("АВТОР: АННА ИВАНОВА И ПЁТР СИДОРОВ", ("Анна Иванова", "Пётр Сидоров")),
        ("YAZAN: AYŞE YILMAZ VE ALİ DEMİR", ("Ayşe Yılmaz", "Ali Demir")),
        # Initials and particles join nobody.
        ("BY JANE E DOE", ("Jane E Doe",)),
        ("BY JOHN A VAN DOE", ("John A Van Doe",)),
        ("POR JUAN ORTEGA Y GASSET", ("Juan Ortega Y Gasset",)),
    ],
)
def test_an_and_in_capitals_joins_two_names(text: str, names: tuple[str, ...]) -> None:
    assert from_byline(text) == names
    assert from_text(text) == names
    assert page(article("Le pont du village est fermé", text, "14/05/2024"), lang="fr").authors == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ALİ DEMİR", "Ali Demir"),
        ("İBRAHİM IŞIK", "İbrahim Işık"),
        ("AYŞE YILMAZ", "Ayşe Yılmaz"),
        ("YAĞIZ ÇELİK", "Yağız Çelik"),
        ("ŞERBAN IONIŢĂ", "Şerban Ioniţă"),  # Romanian
        ("MICHAEL FISCHER", "Michael Fischer"),
        ("JÖRG FISCHER", "Jörg Fischer"),
    ],
)
def test_a_turkish_name_in_capitals_keeps_its_letters(text: str, name: str) -> None:
    assert from_text(text) == (name,)


@pytest.mark.parametrize(
    ("lang", "name", "author"),
    [
        ("tr", "GÖKÇE AKIN", "Gökçe Akın"),
        ("tr-TR", "MICHAEL FISCHER", "Michael Fischer"),
        ("tr", "Gökçe Akin", "Gökçe Akin"),
        ("de", "GÖKÇE AKIN", "Gökçe Akin"),
        ("ro", "CRISTIAN ŞERBAN", "Cristian Şerban"),
    ],
)
def test_the_language_of_the_page_tells_how_an_i_is_meant(lang: str, name: str, author: str) -> None:
    body = article("Eski köprü altı hafta kapalı kalacak", "14.05.2024")
    assert page(body, head=f'<meta name="author" content="{name}">', lang=lang).authors == (author,)
