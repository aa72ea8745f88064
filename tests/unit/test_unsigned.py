"""Pages that nobody signed: forms, goods, front pages; and the articles beside the same forms, prices and links."""

from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.model import Article, RawPage
from pipelines.process import clean

STORY = (
    "The harbour town opened its new ferry terminal on Monday after four years of work, the council said. "
    "Two hundred people came to see the first boat leave for the islands, among them the mayor and both pilots. "
    "Fares stay as they are until the spring, when the company wants to talk about them with the town again."
)
MENU = "".join(f'<li><a href="/area/{n}">Everything on the harbour, part {n}</a></li>' for n in range(9))
ACCOUNT = '<input name="user"><input type="password" name="one">'
SIGN_UP = '<input name="user"><input name="email"><input type="password" name="a"><input type="password" name="b">'
WRITE = '<input name="name"><input name="email"><input name="phone"><textarea name="text"></textarea>'


def page(
    body: str, *, title: str = "New ferry terminal opens in the harbour town", head: str = "", menu: str = MENU
) -> str:
    top = f"<html><head><title>{title}</title>{head}</head><body><nav><ul>{menu}</ul></nav>"
    return f"{top}<main>{body}</main></body></html>"


def verdict(html: str, url: str = "https://a.com/x") -> str | None:
    fetched = datetime(2024, 6, 1, tzinfo=UTC)
    found = clean(
        RawPage(url=url, fetched_at=fetched, body=html.encode(), source="x", content_type="text/html; charset=utf-8"),
        Config(),
    )
    return None if isinstance(found, Article) else found.reason


@pytest.mark.parametrize(
    ("title", "line", "fields", "reason"),
    [
        (
            "Forgot your password?",
            "Tell us your address and we will send you a link, with which you can set a new password within one hour. "
            "Look into the folder of unwanted letters before you ask for another one; ours are often found there.",
            '<input name="email">',
            "form",
        ),
        ("Crea il tuo profilo", "Inserisci i tuoi dati per ricevere offerte e scegliere i prodotti.", SIGN_UP, "login"),
        (
            "Kirjaudu sisään | Satama",
            "Tunnuksella näet lippusi ja voit muuttaa varauksiasi verkossa.",
            ACCOUNT,
            "login",
        ),
        (
            "Anna palautetta",
            "Kerro meille mielipiteesi sataman palveluista ja laivoista, vastaamme pian.",
            WRITE,
            "form",
        ),
        (
            "新規会員登録 - 港の店",
            "ご登録のメールアドレスに確認のメールをお送りします。届かない場合は店へお電話ください。",
            WRITE,
            "form",
        ),
    ],
)
def test_a_page_that_is_there_to_be_filled_in_is_a_form_in_any_language(
    title: str, line: str, fields: str, reason: str
):
    form = f"<h1>{title}</h1><p>{line}</p><form>{fields}<input type=submit></form>"
    assert verdict(page(form, title=title)) == f"{reason}_page"


def test_a_long_agreement_above_a_form_to_register_is_one_and_a_dated_page_only_by_its_name():
    rules = "".join(f"<p>Rule {n}. {STORY}</p>" for n in range(12))
    form = f"<form>{rules}{SIGN_UP}</form>"
    assert verdict(page(f"<h1>Registration</h1>{form}", title="Registration - Harbour forum")) == "login_page"
    dated = (
        f"<h1>Register</h1><p>It is now <time datetime='2024-05-30T10:00'>30 May 2024</time></p><form>{WRITE}</form>"
    )
    text = "<p>Fields with a star are needed, and your address is shown to nobody but the people of the office.</p>"
    assert verdict(page(dated + text, title="Register")) == "form_page"


def test_an_article_beside_a_log_in_a_search_and_a_form_for_comments_is_kept():
    log_in = f'<div class="header-login"><form>{ACCOUNT}</form></div><form><input name="query"></form>'
    comments = f'<div id="respond"><h3>Leave a reply</h3><form>{WRITE}</form></div>'
    letter = '<div class="newsletter-box"><form><input name="email"></form></div>'
    story = f"<h1>New ferry terminal opens in the harbour town</h1><p>{STORY}</p>"
    asked = '<div class="was-this-helpful"><form><input name="email"><textarea name="why"></textarea></form></div>'
    assert verdict(page(log_in + story + comments + letter + asked)) is None


def test_an_article_on_passwords_with_a_date_and_a_writer_is_none_of_them():
    title = "How to choose a password"
    meta = '<meta name="author" content="Anna Lind"><meta property="article:published_time" content="2024-05-01">'
    story = f"<h1>{title}</h1><p>{STORY}</p><form>{SIGN_UP}</form>"
    assert verdict(page(story, title=title, head=meta)) is None
    assert verdict(page(story, title=title)) == "login_page"


def test_goods_by_their_markup_their_card_or_their_prices_beside_a_cart():
    text = f"<h1>Brass ship's lantern</h1><p>{STORY}</p>"
    title = "Brass ship's lantern"
    assert verdict(page(f'<div itemscope itemtype="https://schema.org/Product">{text}</div>', title=title)) == (
        "product_page"
    )
    card = '<meta property="product:price:amount" content="24.00">'
    assert verdict(page(text, title=title, head=card)) == "product_page"
    offer = "<ul><li>€ 24,00</li><li>€ 19,50</li></ul><form><input type=submit value='In den Warenkorb'></form>"
    assert verdict(page(text + offer, title=title)) == "product_page"
    prices = "<ul><li>€ 24,00</li><li>€ 19,50</li></ul>"
    assert verdict(page(f"<h1>New ferry terminal opens in the harbour town</h1><p>{STORY}</p>{prices}")) is None
    dated = '<meta property="article:published_time" content="2024-05-01T08:00:00Z">'
    assert verdict(page(text + offer, title=title, head=dated)) is None


def test_a_front_page_by_its_address_its_name_or_for_want_of_a_headline():
    welcome = f"<div><p>{STORY}</p></div>"
    named = page(f"<h1>New ferry terminal opens in the harbour town</h1>{welcome}")
    assert verdict(named) is None
    assert verdict(named, "https://a.com/") == "index_page"
    assert verdict(named, "https://a.com/index.html") == "index_page"
    assert verdict(named, "https://a.com/?p=1204") is None
    assert verdict(page(welcome, title="Fähren - Startseite")) == "index_page"
    assert verdict(page(welcome, title="Islands, boats, tickets")) == "index_page"
    # The address of a story speaks for it, and so does one who signs it.
    assert verdict(page(welcome, title="Islands, boats, tickets"), "https://a.com/2024/05/ferry-terminal-opens") is None
    signed = '<meta name="author" content="Anna Lind"><meta property="article:published_time" content="2024-05-01">'
    assert verdict(page(welcome, title="Islands, boats, tickets", head=signed)) is None
    assert verdict(page(f"<h1>The ferry terminal opens</h1>{welcome}", head=signed), "https://a.com/") == "index_page"
    assert verdict(page(f"<h1>The ferry terminal opens</h1>{welcome}", head=signed), "https://a.com/index.html") is None
    typed = '<script type="application/ld+json">{"@type": "NewsArticle"}</script>'
    assert verdict(page(welcome, title="Islands, boats, tickets", head=typed)) is None
    assert verdict(page(welcome, title="Islands, boats, tickets", head=typed), "https://a.com/") is None


def test_a_few_lines_among_links_are_too_few_and_a_flash_with_a_date_is_none():
    line = "<h1>Svømning</h1><p>Her får du gode råd af vores ekspert, så du kan komme i gang igen i vandet.</p>"
    few = MENU[: MENU.index("part 4")] + "</a></li>"
    assert verdict(page(line, title="Svømning", menu=few)) == "too_short"
    dated = '<meta property="article:published_time" content="2024-05-01T08:00:00Z">'
    flash = f"<h1>New ferry terminal opens in the harbour town</h1><p>{STORY[:100]}</p>"
    assert verdict(page(flash, head=dated)) is None


def test_a_page_called_contact_asks_for_a_message_or_is_a_review():
    story = f"<h1>Contact</h1><p>{STORY}</p>"
    dated = '<meta property="article:published_time" content="2024-05-01T08:00:00Z">'
    assert verdict(page(story + f"<form>{WRITE}</form>", title="Contact | Harbour", head=dated)) == "contact_page"
    assert verdict(page(story.replace("harbour", "film"), title="Contact - Films", head=dated)) is None
