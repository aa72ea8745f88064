"""Lines that European houses put under or into every text: where more is found, whom to write to, whose news it is."""

import pytest

from pipelines import lexicon
from pipelines.pruning import strays


@pytest.mark.parametrize(
    "line",
    [
        "Więcej takich informacji znajdziesz na stronie głównej Onetu",
        "Więcej aktualnych informacji z kraju i ze świata na stronie głównej Gazeta.pl",
        "Masz newsa, zdjęcie lub filmik? Prześlij nam przez dziejesie.wp.pl",
        "Bekijk onze meest bekeken video’s in onderstaande playlist:",
        "Что думаешь? Оцени!",
        "Udostępnij stronę na Facebook",
    ],
)
def test_a_line_of_the_house_is_told_by_how_it_begins(line: str) -> None:
    assert strays.service(line) == "advert"


@pytest.mark.parametrize(
    "line",
    [
        "Więcej informacji znajdziesz na stronie głównej programu, a wnioski można składać do końca marca.",
        "Masz ciekawy temat na pracę magisterską, ale nie wiesz, od czego zacząć pisanie?",
        "Что думаешь о новой книге, спросил я у брата, и он пожал плечами.",
    ],
)
def test_a_sentence_of_an_article_is_none(line: str) -> None:
    assert strays.service(line) is None


@pytest.mark.parametrize(
    "line", ["Με πληροφορίες από ΑΠΕ-ΜΠΕ", "По материалам ТАСС", "Con información de EFE", "Com informações da Lusa"]
)
def test_whose_news_it_is_without_a_colon(line: str) -> None:
    found = lexicon.match(line)
    assert found is not None
    assert found.reason == "source_line"
