"""The dialogue about cookies over a page that was copied with it."""

from __future__ import annotations

import pytest

from pipelines.capture.consent import silence
from pipelines.capture.lines import read

TEXT = "The harbour bridge closes on Monday for repairs that take three weeks, the city council said."
WALL = (
    "On this website we use cookies and similar functions to process information of your device.",
    "Store and/or access information on a device",
    "Cookies, device or similar online identifiers can be stored or read on your device each time you come.",
    "Settings",
    "Precise geolocation data, and identification through device scanning",
)
WORDINGS = (
    (
        "Wir verwenden Cookies, um Inhalte zu zeigen.",
        "Genaue Standortdaten und Identifikation durch Scannen von Geräten",
    ),
    (
        "Nous et nos partenaires stockons des données.",
        "Données de géolocalisation précises et identification par analyse",
    ),
    ("Utilizamos cookies para mejorar la página.", "Publicidad y contenido personalizados, medición de publicidad"),
    ("本网站使用 Cookie 以改善体验。", "我们使用 Cookie 记录您的选择。"),
)


def left(*lines: str, odds: float = 0.8) -> list[str]:
    page = read("\n".join(lines))
    found = [odds] * len(page)
    silence(page, found)
    return [line.text for line, value in zip(page, found, strict=True) if value]


def test_a_dialogue_is_none_of_the_article() -> None:
    assert left(*WALL, TEXT) == [TEXT]


@pytest.mark.parametrize("wall", WORDINGS, ids=["de", "fr", "es", "zh"])
def test_wordings_of_other_languages(wall: tuple[str, ...]) -> None:
    assert left(*wall, TEXT) == [TEXT]


def test_one_sentence_about_cookies_is_an_articles() -> None:
    assert left(TEXT, WALL[0], TEXT) == [TEXT, WALL[0], TEXT]


def test_what_stands_far_from_the_next_line_is_not_of_the_dialogue() -> None:
    between = [f"{TEXT} {number}" for number in range(5)]
    assert left(WALL[1], *between, WALL[2]) == between
