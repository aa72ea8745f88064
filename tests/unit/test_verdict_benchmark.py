"""What the benchmark of verdicts makes of a page: the chrome stays, the article goes, the kind is what it is called."""

import pytest

from benchmarks.verdict.forms import ARTICLES, BARE, NO_ARTICLE
from benchmarks.verdict.make import CARDS, Maker, Story, story

BODY = [f"Paragraph {n} tells at some length what the council of the town has said about its bridge." for n in range(6)]
PAGE = (
    "<html><head><title>The bridge | The Daily</title><meta property='og:title' content='The bridge'>"
    '<script type=\'application/ld+json\'>{"articleBody": "all of it"}</script></head><body>'
    "<nav><a href='/'>Home page of the daily</a></nav><main><h1>The bridge</h1><div class='text'>"
    + "".join(f"<p>{line}</p>" for line in BODY)
    + "</div></main><footer>Imprint of the daily</footer></body></html>"
)
TRUTH = {
    "id": "x",
    "lang": "en",
    "url": "https://a.example/2026/bridge",
    "title": "The bridge",
    "body": "\n".join(BODY),
}
OTHERS = [Story(title=f"Headline {n}", teaser=f"Teaser {n}", paragraphs=(f"Teaser {n} of a story.",)) for n in range(5)]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return {page.kind: page.text for page in Maker(TRUTH, PAGE, OTHERS, "tune").every()}


def test_every_kind_is_made_and_is_the_same_every_time(made: dict[str, str]) -> None:
    kinds = {f"index_{form}" for form in CARDS} | {"stub_1", "stub_3", "not_found", "login", "consent", "gallery"}
    kinds |= {"gallery_unnamed", "comments", "video", *BARE, *NO_ARTICLE, *ARTICLES} - {"flash"}  # no line is so short
    assert set(made) == kinds
    assert {page.kind: page.text for page in Maker(TRUTH, PAGE, OTHERS, "tune").every()} == made


def test_the_chrome_stays_and_the_article_goes(made: dict[str, str]) -> None:
    for kind, text in made.items():
        if kind not in ("consent", *BARE):
            assert "Home page of the daily" in text and "Imprint of the daily" in text
        if kind in (*ARTICLES, "search"):
            continue
        kept = {"stub_1": 1, "stub_3": 3, "video": 1}.get(kind, 0)
        assert sum(line in text for line in BODY) == kept
        assert "articleBody" not in text


def test_the_halves_speak_in_words_of_their_own() -> None:
    tune, report = (
        {page.kind: page.text for page in Maker(TRUTH, PAGE, OTHERS, half).every()} for half in ("tune", "report")
    )
    for kind in ("stub_1", "not_found", "login", "consent"):
        assert tune[kind] != report[kind]
    assert tune["index_teaser"] == report["index_teaser"]


def test_a_page_without_a_title_or_body_gives_no_story() -> None:
    assert story({"title": None, "body": "text"}) is None and story({"title": "T", "body": None}) is None
