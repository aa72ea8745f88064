"""The learned verdict: pages that show no sign the rules know, and articles that look like them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.config import Config
from pipelines.forms import weight
from pipelines.model import Article, Block, Draft, Kind, Metadata, RawPage, Removed, Stamp
from pipelines.process import clean
from pipelines.verdicts.evidence import NAMES, evidence
from pipelines.verdicts.learned import from_stored, is_open, load, unlike
from pipelines.verdicts.remnant import Relation
from pipelines.verdicts.verdict import by_rules, judge, running

SENTENCE = "The harbour town opened its new ferry terminal on Monday after four years of work, the council said. "
DAY = Stamp(at=datetime(2024, 5, 3, tzinfo=UTC), raw="2024-05-03", precision="day")
ITEMS = ("Size: 20 cm", "Colour: blue", "Weight: 3 kg", "Free delivery", "In stock", "Two years of warranty")


def lines(*texts: str, kind: Kind = Kind.PARAGRAPH, path: str = "div.text/p") -> tuple[Block, ...]:
    return tuple(Block(kind=kind, text=text, path=path) for text in texts)


def draft(*blocks: Block, url: str, title: str, cut: tuple[str, ...] = ()) -> Draft:
    removed = tuple(Removed(reason="navigation", text=text) for text in cut)
    return Draft(url=url, meta=Metadata(title=title), blocks=blocks, removed=removed)


GOODS = draft(
    *(block for at, text in enumerate(ITEMS) for block in lines(text, kind=Kind.LIST_ITEM, path=f"div.box{at}/ul/li")),
    url="https://a.com/shop/item.php?id=7",
    title="Lamp",
    cut=("Home", "Lamps", "Chairs", "Sale of the week", "Your basket is empty"),
)
SERVICE = draft(
    *lines("How to order", kind=Kind.HEADING, path="div.top/h2"),
    *lines("Choose what you want", "Tell us where to bring it", "Pay by card", path="div.steps/div/span"),
    *lines("Questions? Call us from Monday to Friday.", path="div.call/p"),
    url="https://a.com/service/",
    title="Customer service",
    cut=("Home", "Products", "About us", "Log in"),
)
ESSAY = draft(
    *lines(*[SENTENCE * 4] * 5),
    url="https://a.com/essays/ferries",
    title="How the harbour town got its new ferry terminal",
    cut=("Home", "Essays", "About me", "Letters"),
)


def doubt(page: Draft) -> str | None:
    total = sum(weight(block.text) for block in page.blocks)
    return unlike(page, total, running(page))


@pytest.mark.parametrize("page", [GOODS, SERVICE], ids=["goods", "service"])
def test_a_page_without_a_sign_the_rules_know_is_rejected_by_all_that_can_be_counted_on_it(page: Draft):
    total = sum(weight(block.text) for block in page.blocks)
    assert by_rules(page, Config(), total, running(page), Relation(page)) is None
    assert judge(page, Config()) == doubt(page) == "no_article"


def test_an_essay_without_date_author_and_types_is_an_article():
    assert judge(ESSAY, Config()) is None


@pytest.mark.parametrize(
    ("shown", "reason"),
    [({"secrets": 1}, "login_page"), ({"prices": 4}, "product_page"), ({"fields": 4}, "form_page")],
)
def test_the_reason_is_what_the_page_shows_most_of(shown: dict[str, int], reason: str):
    assert doubt(replace(SERVICE, screen=replace(SERVICE.screen, **shown))) == reason


def test_a_page_full_of_headlines_is_an_index_page():
    assert doubt(replace(SERVICE, headlines=9)) == "index_page"


def test_captures_fragments_parts_of_articles_and_dated_pages_that_say_they_are_articles_are_never_doubted():
    assert is_open(SERVICE, typed=False)
    dated = replace(SERVICE, meta=replace(SERVICE.meta, published=DAY))
    assert is_open(dated, typed=False)
    for page in (
        replace(SERVICE, is_capture=True),
        replace(SERVICE, next_page="https://a.com/service/2"),
        replace(SERVICE, first_page="https://a.com/service/"),
        replace(SERVICE, removed=SERVICE.removed[:3]),
        replace(dated, declared=frozenset({"og:article"})),
        replace(dated, declared=frozenset({"newsarticle"})),
    ):
        assert doubt(page) is None
    menu = tuple(f"Service {number}" for number in range(20))
    for lines, opened in ((menu, True), (menu[1:], False)):
        long = replace(SERVICE, removed=(Removed(reason="navigation", text="\n".join(lines)),))
        assert is_open(long, typed=False) == opened


def test_there_is_a_number_for_every_column_and_an_address_counts_only_if_it_is_of_the_web():
    row = dict(zip(NAMES, evidence(ESSAY, running(ESSAY), typed=False), strict=True))
    assert row["known"] == 1 and row["depth"] == 2 and row["words"] == 1 and row["dated"] == 0
    saved = replace(ESSAY, url="file:///pages/2024/01/02/a-long-name-of-a-story.html")
    row = dict(zip(NAMES, evidence(saved, running(saved), typed=True), strict=True))
    assert row["typed"] == 1
    assert not any(row[name] for name in ("known", "letters", "figures", "depth", "last", "words", "story", "days"))


def test_trees_of_other_columns_are_refused():
    stored = {"features": ["weight", "colour"], "threshold": 0.1, "trees": []}
    with pytest.raises(ValueError, match="other columns"):
        from_stored(stored)
    assert load().trees.names == NAMES


def read(html: str, url: str) -> str | None:
    page = RawPage(url=url, fetched_at=datetime(2024, 6, 1, tzinfo=UTC), body=html.encode(), source="x")
    found = clean(replace(page, content_type="text/html; charset=utf-8"), Config())
    return None if isinstance(found, Article) else found.reason


def test_numbers_of_a_script_are_no_text_and_a_film_is_what_the_page_declares():
    numbers = ",".join(str(24_000_000 + 7_919 * at) for at in range(80))
    top = '<html><head><title>Cup final: all the goals</title><meta property="og:type" content="{}"></head><body>'
    rest = f"<h1>Cup final: all the goals</h1><p>{numbers}</p></body></html>"
    assert read(top.format("video.other") + rest, "https://a.com/watch?v=a") == "video_page"
    assert read(top.format("website") + rest, "https://a.com/items/1") == "too_short"


def test_a_front_page_of_which_only_the_box_on_cookies_was_kept_is_an_index_page():
    told = "This website uses cookies to improve your experience while you navigate through the website."
    box = draft(
        *lines("We use cookies to remember you. " + told), url="https://a.com/area/ferry-terminal", title="News"
    )
    assert judge(box, Config()) == "consent_wall"
    front = replace(box, linked_lines=60, linked_columns=4_000)
    assert judge(front, Config()) == "index_page"
