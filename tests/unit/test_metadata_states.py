"""Dates that stand in a script alone: page states, variables; and what of them is another article's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import lxml.html
import pytest

from pipelines.config import Config
from pipelines.metadata import from_tree, states
from pipelines.metadata.datelines import Context

FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
TITLE = "新渡轮码头今日启用 首日两百市民参观"
PROSE = "<p>" + "市议会星期一表示，新的渡轮码头已经启用，首日共有两百多名市民到场参观。" * 3 + "</p>"


def day(script: str, *, kind: str = "", title: str = TITLE, shown: str = "") -> str | None:
    page = (
        f"<html><head><title>{title}</title><script{kind}>{script}</script></head><body><h1>{title}</h1>{shown}{PROSE}"
    )
    meta = from_tree(
        lxml.html.fromstring(page + "</body></html>"),
        url="https://www.example.org/s/x",
        fetched_at=FETCHED,
        config=Config(),
    )
    return meta.published.at.date().isoformat() if meta.published else None


@pytest.mark.parametrize(
    "script",
    [
        'window.__STATE__={"id":9,"publish_time":1705630080,"title":"x"}',
        'window.DATA = {"pubtime":"2024-01-19 10:08:23"}',
        'Fusion.globalContent={"_id":"A","first_publish_date":"2024-01-19T09:58:00Z","last_updated_date":"2024-02-02"}',
        'var ct = "1705630080"; var msg = "x";',
        "var createTime = '2024-01-19 10:08';var n=1;",
        'self.__next_f.push([1,"{\\"publishedAt\\":\\"2024-01-19T09:58:00Z\\",\\"n\\":1}"])',
        'x={"publishTime":1705630080000}',
    ],
)
def test_a_state_or_variable_states_the_only_date(script: str):
    assert day(script) == "2024-01-19"


@pytest.mark.parametrize(
    "script",
    [
        'x={"ct":"1705630080","acct":1705630080}',  # two letters in a machine's object
        'x={"validUntil":"2024-01-19","updatedAt":"2024-01-19T10:00:00Z"}',
        'x={"publishTime":"2034-01-19"}',  # after the fetch
        'x={"publishTime":"soon"}',
    ],
)
def test_other_values_are_no_date_of_the_article(script: str):
    assert day(script) is None


def test_what_the_page_shows_comes_before_its_scripts():
    assert day('x={"publish_time":1705630080}', shown="<p>发布时间：2024-03-02 11:00</p>") == "2024-03-02"


def test_of_several_days_the_one_by_the_title_counts_and_without_the_title_none():
    others = ",".join(f'{{"title":"又一条新闻第{n}号","publishTime":"2023-05-{n:02d} 08:00:00"}}' for n in range(1, 9))
    own = f'{{"title":"{TITLE}","id":1,"publishTime":"2024-01-19 10:08:00"}}'
    far = '"x":"' + "-" * states.NEAR_TITLE + '"'
    assert day(f'x={{"list":[{others}],{far},"article":{own}}}') == "2024-01-19"
    escaped = own.encode("ascii", "backslashreplace").decode("ascii")
    assert day(f'x={{"list":[{others}],{far},"article":{escaped}}}') == "2024-01-19"
    assert day(f'x={{"list":[{others}]}}') is None
    podcast = f'x={{"title":"{TITLE}","episodes":[{others}]}}'
    assert day(podcast) is None  # the dates beside the title are those of what it lists


def test_the_day_of_creation_serves_where_nothing_says_when_it_was_out():
    assert day('x={"createTime":"2024-01-02 08:00","publishTime":"2024-01-19 08:00"}') == "2024-01-19"


def test_a_large_or_hostile_script_costs_little():
    context = Context(url="https://a.example/x", fetched_at=FETCHED, timezone=timezone(timedelta(hours=8)))
    for text in ("publish" * 200_000, 'publishTime:"' * 100_000, "x" * (states.MAX_SCRIPT + 1)):
        root = lxml.html.fromstring("<html><head><script></script></head><body></body></html>")
        next(root.iter("script")).text = text
        assert states.published(root, TITLE, context) is None
