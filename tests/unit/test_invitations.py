"""What papers ask of their readers under a text (write to us, follow us, say what you think) goes, services stay."""

import pytest

from pipelines.pruning import notices, strays

INVITATIONS = [
    ("Have an opinion on anything you’ve read today? Please email us your letter.", "comment_form"),
    ("We welcome letters but cannot answer individually. Email us at money@river.example.", "comment_form"),
    ("Letters may be edited for length and clarity. Please include your full name.", "comment_form"),
    (
        "Have you been affected by the flood? Share your experiences by emailing haveyoursay@river.example.",
        "comment_form",
    ),
    ("Comments on this piece are premoderated to ensure the discussion remains on topics.", "comment_form"),
    ("What do you think? Let us know in the comments below.", "comment_form"),
    ("Did you make this recipe? Leave a comment and a star rating.", "comment_form"),
    ("Follow the Long Read on X at @riverlongread, listen to our podcasts here.", "subscription"),
    ("Follow River Post Kent on Facebook, on X, and on Instagram.", "subscription"),
    ("Don’t miss an episode: subscribe to the podcast on Apple Podcasts or Spotify.", "subscription"),
    ("Our morning email breaks down the key stories of the day. Sign up here.", "subscription"),
    ("First Thing is delivered to thousands of inboxes. If you’re not signed up, subscribe now.", "subscription"),
    ("Contact Ann Lee at alee@river.example. Follow her on Twitter @annlee.", "byline"),
    ("Reach reporter Ann Lee at alee@river.example.", "byline"),
    ("AP tennis: https://apnews.com/hub/tennis", "related_links"),
    ("Our Standards: The Thomson Reuters Trust Principles.", "legal_notice"),
    ("All prices were correct at the time of publication.", "legal_notice"),
    ("Haben Sie Fragen an unsere Experten? Schreiben Sie uns an ratgeber@fluss.example.", "comment_form"),
    ("Leserbriefe geben die Meinung der Verfasser wieder. Die Redaktion behält sich Kürzungen vor.", "comment_form"),
    ("Alle bisherigen Folgen der Serie finden Sie hier.", "related_links"),
    ("¿Tienes alguna historia que contar? Escríbenos a pistas@rio.example.", "comment_form"),
    ("Sigue con nosotros la actualidad de Cádiz en WhatsApp, Facebook e Instagram.", "subscription"),
    ("Une correction, une précision ? Écrivez-nous à redaction@fleuve.example.", "comment_form"),
    ("Masz pytanie do eksperta? Napisz do nas: ekspert@rzeka.example.", "comment_form"),
    ("Присылайте ваши вопросы на почту vopros@reka.example.", "comment_form"),
    ("А что вы думаете об этом? Пишите в комментариях.", "comment_form"),
    ("Γράψτε μας τη γνώμη σας στα σχόλια.", "comment_form"),
]
SENTENCES = [
    "Follow these steps on Facebook to lock your account and change your password before midnight.",
    "Contact the library on 01482 555 0199 or at info@thornby.example to book a place.",
    "What do you think of the new bridge? “It is a bridge,” said Mr Pike, “and I can cross it.”",
    "Have a question about your pension? The free helpline is open from nine to five on weekdays.",
    "The album is out now; you can listen to it on Spotify and Apple Music.",
    "AP reported on Friday that the company had sold its last factory in the valley.",
    "Prices are 12% higher than a year ago, and the shop says they are subject to the weather.",
    "Haben Sie Hinweise auf den Täter? Die Polizei ist unter 0561 1234 erreichbar.",
    "Las cartas fueron halladas en un desván de Cuenca por la nieta del poeta.",
    "Une question a été envoyée par mail au ministère, qui n’a pas répondu.",
    "Prześlij wniosek na adres urzędu do końca listopada i zachowaj potwierdzenie nadania.",
    "Что вы думаете о новом мосте, спросили мы у прохожих на набережной.",
    "Γράψτε την αίτηση μέχρι την Παρασκευή και παραδώστε την στο δημαρχείο.",
]


def reason(line: str) -> str | None:
    return notices.find([line]).get(0) or strays.service(line)


@pytest.mark.parametrize(("line", "why"), INVITATIONS)
def test_what_readers_are_asked_goes(line: str, why: str) -> None:
    assert reason(line) == why


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_an_article_stays(line: str) -> None:
    assert reason(line) is None
