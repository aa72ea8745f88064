"""Pages of one article put together, in whatever order they come and whatever is missing."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from pipelines import bulk
from pipelines.config import Config
from pipelines.model import Article, Part, RawPage, Rejected
from pipelines.parts import MAX_PAGES, Joiner, goes_on
from pipelines.process import clean, clean_part, finish
from tests.words import WORDS

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def sentence(seed: str, number: int) -> str:
    words = [WORDS[(ord(char) + 3 * number + place) % len(WORDS)] for place, char in enumerate(seed)]
    return f"Paragraph {number} of {seed} tells how the {' and the '.join(words)} were talked about all night long."


def address(number: int) -> str:
    return "https://a.example/2026/11/story" + (f"?page={number}" if number > 1 else "")


def page(number: int, last: int = 3, *, text: str = "", hours: int = 0, name: str = "story") -> RawPage:
    lines = "".join(f"<p>{sentence(text or f'part{number}', n)}</p>" for n in range(6))
    numbers = "".join(f'<a href="{address(n)}">{n}</a> ' for n in range(1, last + 1) if n != number)
    html = (
        f"<html><head><title>The {name} of a winter</title></head><body><article><h1>The {name} of a winter</h1>"
        f'{lines}</article><div class="pages">{numbers}</div></body></html>'
    )
    at = DAY + timedelta(hours=hours)
    return RawPage(url=address(number), fetched_at=at, body=html.encode(), source=f"{number}", content_type="text/html")


def join(pages: list[RawPage]) -> list[Article | Rejected]:
    joiner = Joiner(lambda parts: finish(parts, Config()))
    made = []
    for one in pages:
        outcome = clean_part(one, Config())
        made.append(joiner.put(outcome) if isinstance(outcome, Part) else outcome)
    return [one for one in [*made, *joiner.rest()] if one is not None]


def missing(article: Article | Rejected) -> list[str]:
    assert isinstance(article, Article)
    return [cut.text for cut in article.removed if cut.reason == "missing_page"]


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_whatever_the_order_the_article_is_one_and_the_same(order: tuple[int, ...]) -> None:
    (article,) = join([page(number) for number in order])
    (straight,) = join([page(number) for number in (1, 2, 3)])
    assert article == straight
    assert isinstance(article, Article) and article.url == address(1)
    texts = [block.text for block in article.blocks]
    wanted = [sentence(f"part{number}", n) for number in (1, 2, 3) for n in range(6)]
    assert [text for text in texts if text in wanted] == wanted
    assert texts.count("The story of a winter") <= 1 and not missing(article)


@pytest.mark.parametrize(("there", "mark", "has"), [((1, 2), [3], (1, 2)), ((1, 3), [2], (1,)), ((2, 3), [1], (2, 3))])
def test_an_article_goes_as_far_as_its_pages_and_names_the_next(
    there: tuple[int, ...], mark: list[int], has: tuple[int, ...]
) -> None:
    (article,) = join([page(number) for number in there])
    assert missing(article) == [address(number) for number in mark]
    assert isinstance(article, Article)
    assert {number for number in (1, 2, 3) if sentence(f"part{number}", 0) in article.text} == set(has)


def test_the_first_page_alone_is_what_clean_makes_of_it_but_for_the_mark() -> None:
    (article,) = join([page(1)])
    alone = clean(page(1), Config())
    assert isinstance(article, Article) and isinstance(alone, Article)
    assert article.record_id == alone.record_id and missing(article) == [address(2)]


def test_an_article_fetched_twice_gives_both_and_pages_are_not_mixed() -> None:
    visits = [page(n, text=f"{visit}-{n}", hours=9 * visit + n) for visit in (1, 2) for n in (1, 2, 3)]
    for pages in (visits, [*visits[3:], *visits[:3]]):
        both = join(pages)
        assert len(both) == 2
        for article in both:
            assert isinstance(article, Article)
            visit = 1 if sentence("1-1", 0) in article.text else 2
            assert all(sentence(f"{visit}-{n}", 0) in article.text for n in (1, 2, 3))
            assert all(sentence(f"{3 - visit}-{n}", 0) not in article.text for n in (1, 2, 3))


def test_a_beginning_that_another_run_fetched_whole_gives_no_second_record() -> None:
    cut_short = [page(1, hours=0), page(2, hours=1)]
    whole = [page(n, hours=10 + n) for n in (1, 2, 3)]
    assert len(join([*cut_short, *whole])) == 1
    assert len(join([*whole, page(2, hours=20)])) == 1


def test_a_pager_without_end_is_cut() -> None:
    articles = join([page(number, last=30) for number in range(1, 26)])
    assert len(articles) == 1 and missing(articles[0]) == [address(MAX_PAGES + 1)]


def test_saved_pages_are_joined_by_the_addresses_that_they_name() -> None:
    saved = []
    for number in (2, 1):
        one = page(number, last=2)
        named = one.body.replace(b"<head>", f'<head><link rel="canonical" href="{address(number)}">'.encode())
        saved.append(RawPage(**{**_fields(one), "url": f"file:///folder/{number}.html", "body": named}))
    (article,) = join(saved)
    assert isinstance(article, Article) and article.url == "file:///folder/1.html" and not missing(article)
    assert all(sentence(f"part{number}", 0) in article.text for number in (1, 2))


def test_a_pager_of_comments_brings_nothing_new_and_ends_the_article() -> None:
    pages = [page(number, last=5, text="same") for number in (1, 2)]
    parts = [part for one in pages if isinstance(part := clean_part(one, Config()), Part)]
    assert len(parts) == 2 and goes_on(parts[:1]) == address(2) and goes_on(parts) is None
    (article,) = join(pages)
    assert not missing(article)


def test_pages_of_a_list_are_judged_each_by_itself() -> None:
    items = "".join(
        f'<li><a href="/n/{n}">The council has met on the {n}th day of the month</a></li>' for n in range(30)
    )
    pages = [
        RawPage(
            url=f"https://a.example/news?page={number}",
            fetched_at=DAY,
            body=f'<html><title>News</title><body><ul>{items}</ul><a href="/news?page={number + 1}">next</a>'.encode(),
            source=str(number),
            content_type="text/html",
        )
        for number in (1, 2)
    ]
    outcomes = [clean_part(one, Config()) for one in pages]
    assert all(isinstance(one, Rejected) and one.reason == "index_page" for one in outcomes)


def test_bulk_stores_one_record_with_one_and_with_two_workers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import pyarrow.dataset as ds

    pages = [page(3), page(1), RawPage(**{**_fields(page(1, last=1)), "url": "https://a.example/other"}), page(2)]
    found = []
    for workers in (1, 2):
        done = bulk.run(pages, tmp_path / str(workers), workers=workers, shard=1)
        assert done.articles == 2
        rows = ds.dataset(tmp_path / str(workers) / "articles", partitioning="hive").to_table().to_pylist()
        found.append(sorted(({**row, "run_id": ""} for row in rows), key=lambda row: row["url"]))
    assert found[0] == found[1]
    assert all(sentence(f"part{number}", 0) in found[0][0]["text"] for number in (1, 2, 3))


def _fields(one: RawPage) -> dict[str, object]:
    return {name: getattr(one, name) for name in RawPage.__slots__}
