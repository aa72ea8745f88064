"""Adverts, offers, pointers, boxes and calls among the paragraphs go; articles about them keep them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipelines.model import Block, Kind
from tests.pruned import block, run
from tests.words import PROSE

DATA = Path(__file__).parents[2] / "pipelines" / "data"


DISGUISED = "Аdvеrtіѕе wіth thе most visited news site іn thе whole valley ~ Wе оffеr fullу flехіblе расkаgеѕ."


OFFER = "A word from our kitchen: every meal is cooked on the day. Get $10 off your first order with code: HELLOmeal."


@pytest.mark.parametrize("capture", [False, True])
def test_a_text_in_look_alike_letters_is_an_advert(capture: bool) -> None:
    kept, removed = run(*PROSE[:2], DISGUISED, *PROSE[2:], capture=capture)
    assert kept == PROSE
    assert removed == {DISGUISED: "advert"}


@pytest.mark.parametrize(
    "text",
    [
        "Die IT-компания hat ihren Namen nie übersetzt, und ihre Kunden schreiben ihn, wie sie wollen.",
        "Президент показал журналистам новый iPhone и сказал, что USB-кабель к нему не нужен, а Wi-Fi есть и в метро.",
        "The letters А and В of the Russian plates were read as Latin ones by the cameras of four cities.",
    ],
)
def test_two_alphabets_in_one_text_are_no_disguise(text: str) -> None:
    assert run(*PROSE[:2], text, *PROSE[2:])[1] == {}


@pytest.mark.parametrize("capture", [False, True])
@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        "Unser Partner schenkt Ihnen zum Abschied noch etwas, nämlich 20 % Rabatt mit dem Gutscheincode FREUDE20.",
        "Наш магазин дарит читателям скидку 15%: введите промокод ЧИТАТЕЛЬ или промокод READER15 при оплате заказа.",
        "本店为读者准备了一份小小的礼物，下单时输入优惠码 READER88 即可享受八折，也就是8折的优惠，欢迎前来选购。",
    ],
)
def test_an_offer_with_a_code_that_ends_the_page(offer: str, capture: bool) -> None:
    kept, removed = run(*PROSE, offer, capture=capture)
    assert kept == PROSE
    assert removed == {offer: "advert"}


def test_an_article_about_offers_keeps_them() -> None:
    offers = [
        OFFER,
        "The second shop gives 15% off on every first order with the code WINTER15, until the end of March.",
    ]
    assert run(*PROSE, *offers)[0] == [*PROSE, *offers]


def test_an_offer_inside_an_article_is_its_subject() -> None:
    assert run(PROSE[0], OFFER, *PROSE[1:])[1] == {}


def test_codes_and_cuts_of_other_kinds_stay() -> None:
    text = "The building code was rewritten in May, and the town now gives 20% off on the fee for a first permit."
    assert run(*PROSE, text)[1] == {}


def test_a_script_shown_as_text_is_dropped() -> None:
    script = "(function() { document.addEventListener('DOMContentLoaded', function() { var rating = JSON.parse('{}'); }) })();"
    kept, removed = run(*PROSE[:2], script, *PROSE[2:])
    assert kept == PROSE
    assert removed == {script: "script"}


def test_code_and_talk_of_code_stay() -> None:
    code = block("(function() { document.title = 'x'; })();", Kind.CODE)
    talk = "Wrap it in (function() { … })() and call document.querySelector() once, as the manual of the browser says."
    kept, _ = run(*PROSE[:2], code, talk, *PROSE[2:])
    assert kept == [*PROSE[:2], code.text, talk, *PROSE[2:]]


def test_a_link_behind_an_arrow_is_a_pointer() -> None:
    pointer = block(">> The vote on the swimming hall, hour by hour <<", link_density=0.9)
    kept, removed = run(*PROSE[:2], pointer, *PROSE[2:])
    assert kept == PROSE
    assert removed == {pointer.text: "related_links"}


@pytest.mark.parametrize(
    "item",
    [
        block("→ Bring a towel and a coin for the locker."),
        block("» Bring a towel and a coin for the locker.", Kind.LIST_ITEM, link_density=0.9),
        block("-> 3 degrees warmer than last year", link_density=0.9),
    ],
)
def test_steps_and_lists_behind_an_arrow_stay(item: Block) -> None:
    kept, _ = run(*PROSE[:2], item, *PROSE[2:])
    assert item.text in kept


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Dalsza część artykułu pod materiałem wideo", "advert"),
        ("Tekst gaat verder onder de video.", "advert"),
        ("Artikeln fortsätter under annonsen", "advert"),
        ("Juttu jatkuu mainoksen jälkeen", "advert"),
        ("La suite après cette publicité", "advert"),
        ("Članak se nastavlja nakon oglasa", "advert"),
        ("Lesen Sie nach der Anzeige weiter", "advert"),
        ("Der Text des Artikels wird Ihnen vorgelesen. Diese Funktion wird künstlich erzeugt.", "advert"),
        ("Нашли ошибку? Выделите текст и нажмите Ctrl+Enter", "advert"),
        ("点击阅读原文", "advert"),
        ("◎공감언론 강변통신 kim@river.example", "advert"),
        ("Síguenos en Google News", "subscription"),
        ("Подписывайтесь на наш Telegram-канал", "subscription"),
        ("Tilmeld dig vores nyhedsbrev", "subscription"),
        ("Iratkozzon fel hírlevelünkre!", "subscription"),
        ("Clique aqui para seguir o canal no WhatsApp", "subscription"),
        ("Follow us on WhatsApp, X and Facebook for the latest news.", "subscription"),
        ("Folgen Sie uns auf WhatsApp, um keine Nachricht zu verpassen.", "subscription"),
        ("Don’t miss a story — sign up for our free daily newsletter.", "subscription"),
        ("0:00 / 3:21", "navigation"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.PARAGRAPH, Kind.HEADING])
def test_lines_that_speak_of_the_page_between_paragraphs(line: str, reason: str, kind: Kind) -> None:
    """Where the text goes on, calls to follow or subscribe, players: dropped as whole sentences too."""
    kept, removed = run(*PROSE[:2], block(line, kind), *PROSE[2:])
    assert kept == PROSE
    assert removed == {line: reason}


@pytest.mark.parametrize(
    "sentence",
    [
        "“Follow us on Facebook,” the poster said, and nobody did.",
        "The club asks its members to sign up for the spring course by Friday.",
        "Sign up for the course at the desk of the hall, or by letter.",
        "The text continues below the line with a list of names.",
        "Melden Sie sich bei Facebook an und öffnen Sie die Einstellungen.",
        "Entre no WhatsApp e toque em Configurações.",
        "Follow us down the stairs, the guide said, and mind the third step.",
        "Abonnierte Zeitungen kamen früher mit der Post.",
        "Lea: I never read the newsletter of the club.",
        "Segui questi passaggi per installare WhatsApp sul tuo telefono.",
        "They scored at 3:21 and at 5:40.",
        "12:30 / 14:00",
        "Artikeln fortsätter att vara omstridd, säger hon.",
        "Juttu jatkuu pitkään, sanoi hän.",
        "La suite après la publicité est une expression que l'on connaît.",
        "Bizi Facebook'ta takip edenler arttı, dedi.",
        "Ontvang je geen nieuwsbrief? Kijk dan in de map met spam.",
        "Подписывайтесь под петицией, сказал он соседям.",
    ],
)
def test_sentences_that_call_for_other_things_stay(sentence: str) -> None:
    kept, removed = run(*PROSE[:2], sentence, *PROSE[2:])
    assert kept == [*PROSE[:2], sentence, *PROSE[2:]]
    assert removed == {}


@pytest.mark.parametrize(
    "box",
    [
        [
            "Empfohlener redaktioneller Inhalt",
            "An dieser Stelle finden Sie einen externen Inhalt von Instagram, der den Artikel ergänzt. Sie können ihn sich "
            "mit einem Klick anzeigen lassen und wieder ausblenden.",
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können personenbezogene Daten "
            "an Drittplattformen übermittelt werden. Mehr dazu in unserer Datenschutzerklärung.",
        ],
        ["Mit Ihrer Zustimmung wird hier ein externer Inhalt geladen."],
        ["This content is hosted by a third party. To view it you must accept cookies."],
        [
            "Allow Twitter content?",
            "This article contains content provided by Twitter. We ask for your permission before anything is loaded, as "
            "they may be using cookies and other technologies. To view this content, click ‘Accept and continue’.",
        ],
    ],
)
def test_boxes_that_ask_before_they_load(box: list[str]) -> None:
    kept, removed = run(*PROSE[:2], *box, *PROSE[2:])
    assert kept == PROSE
    assert list(removed) == box


def test_an_article_about_such_boxes_stays() -> None:
    text = (
        "Third-party content may not be loaded without consent, the court said. Publishers must accept that readers "
        "turn it down, and many do, as a count of the last year shows."
    )
    assert run(*PROSE[:2], text, *PROSE[2:])[1] == {}


@pytest.mark.parametrize(
    "line",
    [
        "Leggi anche Quanto costeranno i biglietti l’anno prossimo",
        "Revivez le direct du vote à l’Assemblée avec vos questions.",
        "Download the report by the harbour office",
        "LEGGI ANCHE – Quanto costeranno i biglietti",
        "Читайте также Сколько будет стоить проезд",
        "Läs också Så mycket kostar biljetterna nästa år",
        "À LIRE AUSSI Combien coûteront les billets",
    ],
)
def test_a_link_behind_the_words_for_it_is_a_pointer(line: str) -> None:
    kept, removed = run(*PROSE[:2], block(line, link_density=0.8), *PROSE[2:])
    assert kept == PROSE
    assert removed == {line: "related_links"}
    assert line in run(*PROSE[:2], f"{line}.", *PROSE[2:])[0][2]


def test_a_box_for_a_newsletter_inside_the_text() -> None:
    box = [
        "Sign up to Down by the Water",
        "Free weekly newsletter",
        "The most important stories of the valley. Get all the week's news - the good, the bad and the essential",
        "Enter your email address",
    ]
    kept, removed = run(*PROSE[:2], block(box[0], Kind.HEADING), *box[1:], *PROSE[2:])
    assert kept == PROSE
    assert set(removed) == set(box)


def test_steps_that_ask_for_an_address_stay() -> None:
    steps = ["Open the page of the hall.", "Enter your email address and the day.", "Wait for the answer."]
    assert run(*PROSE[:2], *steps, *PROSE[2:])[0] == [*PROSE[:2], *steps, *PROSE[2:]]


@pytest.mark.parametrize(
    "notice",
    [
        "Article réservé aux abonnés",
        "Cet article est réservé aux abonnés.",
        "Il vous reste 70 % de cet article à lire.",
    ],
)
def test_what_locks_an_article_is_left_to_the_verdict(notice: str) -> None:
    kept, _ = run(*PROSE[:2], notice, *PROSE[2:])
    assert notice in kept


def test_no_phrase_for_a_line_of_the_page_is_one_that_locks_an_article() -> None:
    tables = [tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")) for name in ("strays", "verdict")]
    phrases = [phrase for form in tables[0]["service"].values() for phrase in form]
    assert not [phrase for phrase in phrases if any(lock in phrase for lock in tables[1]["paywall"])]
