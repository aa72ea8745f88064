"""Bylines and data as European templates write them: relative times, glued elements, agencies, data without a type."""

import pytest

from pipelines.metadata.authors import from_text
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
