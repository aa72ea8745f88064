"""Bylines and data as European templates write them: relative times, glued elements, agencies, data without a type."""

import pytest

from pipelines.metadata.authors import from_byline, from_text
from tests.metadata_pages import PROSE, article, page

TITLE = "Most w Krasnymstawie zamknięty do wiosny"


def test_data_without_a_type_is_an_article_by_what_it_states() -> None:
    head = (
        f"<title>{TITLE} – Kurier</title><script type='application/ld+json'>"
        f'{{"headline":"{TITLE}","datePublished":"2024-03-26 06:15","author":"Johan Bergström"}}</script>'
    )
    made = page(article(TITLE), head=head, url="https://www.example.se/1")
    assert made.authors == ("Johan Bergström",)
    assert made.published is not None
    assert made.published.raw == "2024-03-26 06:15"


def test_data_without_a_type_that_states_no_article_is_none() -> None:
    head = '<script type="application/ld+json">{"headline":"Kurier","name":"Anna Nowak"}</script>'
    assert page(article(TITLE), head=head).authors == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("<div><span>Marek Wilczyński</span></div>", '<time datetime="2023-11-15T08:22:00Z">dzisiaj, 09:22</time>'),
        ("<p>Marek Wilczyński</p>", "<p>ZAMOŚĆ.</p>", "<p>Niedziela, 10 marca 2024, 01:00</p>"),
        ("<span>Tekst: Marek Wilczyński</span><span>Opublikowano 7 marca 2024</span>",),
        ("<span>Opublikowano: 17.04.2024 r., 14:05 h</span><span>Autor: Marek Wilczyński</span>",),
        ("<span>7 marca 2024</span><span>Marek Wilczyński / PAP</span>",),
        ("<p>Marek Wilczyński, ČTK</p>",),
    ],
)
def test_a_name_by_the_time_is_the_author(lines: tuple[str, ...]) -> None:
    made = page(article(TITLE, *lines), head=f"<title>{TITLE}</title>", lang="pl")
    assert made.authors == ("Marek Wilczyński",)


def test_a_label_of_two_forms_names_the_author_below_the_text() -> None:
    below = "<ul><li><strong>Datum</strong> 04.03.2024</li><li><strong>Autorin/Autor</strong> Anna Fil</li></ul>"
    links = "".join(f"<p><a href='/{n}'>Mehr zum Thema {n}</a></p>" for n in range(12))
    made = page(article(TITLE, prose=PROSE) + links + below, head=f"<title>{TITLE}</title>", lang="de")
    assert made.authors == ("Anna Fil",)


@pytest.mark.parametrize("name", ["Bankier.pl", "in.gr", "Novinky.cz", "fakti.bg", "pravda.com.ua", "TVN24.pl"])
def test_an_address_is_no_author(name: str) -> None:
    assert from_text(name) == ()
    head = f'<title>{TITLE}</title><meta name="author" content="{name}">'
    byline = '<p class="author">Anna Kowalczyk-Nowak</p>'
    assert page(article(TITLE, byline), head=head).authors == ("Anna Kowalczyk-Nowak",)


def test_a_house_behind_a_name_is_no_second_author() -> None:
    assert from_text("Γιώργος Παπαδόπουλος, CNN Greece") == ("Γιώργος Παπαδόπουλος",)
    assert from_text("Jan Kowalski, BBC News, Anna Nowak") == ("Jan Kowalski", "Anna Nowak")
    assert from_text("ANNA NOWAK, JAN KOWALSKI") == ("Anna Nowak", "Jan Kowalski")


@pytest.mark.parametrize("field", ["Aktualności - Akademia Zamojska", "Новости | НГТУ", "Δελτία Τύπου", "News"])
@pytest.mark.parametrize("heading", ["<h2 class=tytul>{}</h2>", "<h1>Aktualności</h1><h2>{}</h2>", "<h1>{}</h1>"])
def test_a_page_titled_by_its_section_has_the_heading_above_its_text(field: str, heading: str) -> None:
    menu = "<h2>Wyszukiwarka na stronie głównej</h2><ul><li><a href='/a'>Aktualności</a></li></ul>"
    below = "<h2>Zobacz także inne wiadomości</h2><p><a href='/b'>Dworzec w Zamościu</a></p>"
    body = f"{menu}{heading.format(TITLE)}<p>{PROSE}</p><p>{PROSE}</p>{below}"
    assert page(body, head=f"<title>{field}</title>", lang="pl").title == TITLE


def test_a_section_before_the_title_is_no_title() -> None:
    made = page(article(TITLE), head=f"<title>Aktualności - {TITLE} - Akademia</title>", lang="pl")
    assert made.title == TITLE


def test_a_single_word_behind_the_title_is_no_author_unless_a_byline_repeats_it() -> None:
    head = f"<title>{TITLE} | Новости | Известия | 16.02.2024</title><meta name=author content=Известия>"
    assert page(article(TITLE), head=head).authors == ()
    assert page(article(TITLE, "Автор: <a>Анна Иванова</a>"), head=head).authors == ("Анна Иванова",)
    own = f"<title>{TITLE} - Kasia</title><meta name=author content=Kasia>"
    assert page(article(TITLE, "Autor: Kasia"), head=own).authors == ("Kasia",)


BYLINES = """
Tekst i zdjęcia: Anna Nowak = Anna Nowak
Opublikowane przez Jan Kowalski w dniu 3 lutego 2024 = Jan Kowalski
Текст и фото: Анна Иванова = Анна Иванова
Материал подготовил: Иван Петров = Иван Петров
Обозреватель Иван Петров = Иван Петров
Γράφουν οι Νίκος Παππάς και Άννα Παπά = Νίκος Παππάς;Άννα Παπά
Κείμενο - Φωτογραφίες: Νίκος Παππάς = Νίκος Παππάς
Авторка: Наталія Бойчук = Наталія Бойчук
Připravila Jana Dvořáková = Jana Dvořáková
Articol de Andreea Popescu = Andreea Popescu
Репортер: Христо Димитров = Христо Димитров
Text och foto: Johan Bergström = Johan Bergström
Teksti ja kuvat: Minna Heikkinen = Minna Heikkinen
Tekst en foto's: Sanne de Vries = Sanne de Vries
Texto y fotos: Lucía Fernández = Lucía Fernández
Testo e foto: Giulia Ferrari = Giulia Ferrari
Обозреватель заявил о планах на год =
Tekst i zdjęcia z archiwum miasta =
Των Ελλήνων Ευρωβουλευτών =
"""


@pytest.mark.parametrize("entry", BYLINES.strip().splitlines())
def test_labels_of_text_and_pictures_and_of_trades_introduce_names(entry: str) -> None:
    line, _, names = entry.partition(" =")
    assert ";".join(from_byline(line)) == names.strip()
