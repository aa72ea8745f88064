"""Headlines among, before and above the kept lines of a page, and what stands behind them."""

from pipelines.html import outline
from pipelines.html.parse import parse
from pipelines.html.walk import Walker

URL = "https://www.a.example/news/"


def counted(markup: str, keep: list[str]) -> tuple[outline.Headlines, tuple[str, ...]]:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    marks = [any(leaf.text.startswith(start) for start in keep) for leaf in page.leaves]
    return outline.headlines(page, marks, outline.linked(page, URL, URL)), outline.after(page, marks)


def card(number: int, host: str = "") -> str:
    return f"<h3><a href='{host}/n/{number}'>What the council said, part {number}</a></h3><p>1 May</p><p>Teaser {number}</p>"


def test_a_headline_counts_once_and_has_its_teaser_within_two_lines():
    twice = card(1) + "<p><a href='/n/1'>What the council said, once more</a></p>"
    found, _ = counted(twice + card(2) + card(3), ["Teaser"])
    assert (found.among, found.teased, found.above) == (3, 3, 0)


def test_links_to_other_sites_to_the_page_itself_and_short_ones_are_no_headlines():
    other = card(1, "https://b.example") + f"<p><a href='{URL}#top'>Back to the top of this page</a></p>"
    found, _ = counted("<p>Text</p>" + other + "<p><a href='/tag/x'>Politics</a></p><p>Text</p>", ["Text"])
    assert found.among == 0


def test_a_list_over_the_text_is_above_and_what_follows_is_after():
    found, after = counted(
        "".join(map(card, range(5))) + "<p>-</p><p>-</p><p>Text</p><p>Log in to read on</p>", ["Text"]
    )
    assert (found.among, found.above) == (0, 5)
    assert after == ("Log in to read on",)
    assert counted("<p>Nothing</p>", []) == (outline.Headlines(), ("Nothing",))


def around(markup: str, keep: str, title: str | None) -> outline.Surroundings:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    return outline.surroundings(page, [leaf.text.startswith(keep) for leaf in page.leaves], title)


def test_the_gap_is_what_stands_between_the_headline_and_the_text():
    page = "<h1>The council votes</h1><p>Comment one</p><p>Comment two</p><p>Text</p>"
    assert around(page, "Text", "The council votes").gap == len("Comment oneComment two")
    assert around(page, "Text", "Another title").gap == len("Comment oneComment two")  # the heading of the first level
    assert around("<h4>The council votes</h4><p>Text</p>", "Text", "The council votes | Daily").gap == 0
    assert around("<p>Comment one</p><p>Text</p>", "Text", "The council votes").gap == -1


def test_linked_lines_of_the_whole_page_count_and_labels_of_sections_do_not():
    page = card(1) + "<p>Text</p>" + card(2) + "<p><a href='/politics'>Politics</a></p>"
    found = around(page, "Text", None)
    assert (found.linked_lines, found.linked_columns) == (2, 2 * len("What the council said, part 1"))


def test_a_digest_opens_with_words_of_its_own_above_its_headlines():
    own = "<p>Here is what the county talked about this week.</p>"
    assert counted(own + card(1) + card(2), ["Here", "Teaser"])[0].opened
    assert not counted(card(1) + own + card(2), ["Here", "Teaser"])[0].opened
    assert not counted(own + card(1) + card(2), ["Teaser"])[0].opened
    assert not counted("<h2>Here is the news</h2>" + card(1), ["Here", "Teaser"])[0].opened


def test_the_address_of_a_story_has_a_long_name_a_number_or_a_code():
    assert outline.is_story("https://www.a.example/news/the-week-in-review-floods-and-otters")
    assert outline.is_story("https://www.a.example/news/articles/cz0p9m3e2lno")
    assert not outline.is_story("https://www.a.example/topics/formula1") and not outline.is_story("https://a.example/x")
    assert not outline.is_story("https://a-very-long-name-of-a-site-2026.example/news/")
