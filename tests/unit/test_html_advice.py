"""Trafilatura's advice: who is asked about, what the second model sees, and that a pointed-at block gains by it."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.html.parse import parse
from pipelines.html.votes import advice, second
from pipelines.html.votes.features import Features, compute
from pipelines.html.votes.hints import Hints
from pipelines.html.votes.model import load
from pipelines.html.votes.second import marked
from pipelines.html.walk import Walker

LINE = "The garden opens in May, and every bed is planted by the people who live in the streets around it. "


def read(body: str) -> tuple[Features, list]:
    root = parse(f"<html><body>{body}</body></html>")
    assert root is not None
    page = Walker().walk(root)
    return compute(page, Hints(root)), page.leaves


def asked(monkeypatch: pytest.MonkeyPatch, body: str, vote: list[float]) -> int:
    calls: list[str] = []
    monkeypatch.setattr(second, "trafilatura_extract", lambda text, **_: calls.append(text))
    features, leaves = read(body)
    votes = np.array(vote)
    assert advice.advised(features, votes, body, leaves) is votes
    return len(calls)


def test_only_a_doubtful_page_is_asked_about(monkeypatch: pytest.MonkeyPatch):
    body = f"<p>{LINE * 10}</p><p>{LINE * 9}</p>"
    assert asked(monkeypatch, body, [0.99, 0.98]) == 0
    assert asked(monkeypatch, body, [0.3, 0.4]) == 1


def test_a_page_of_a_few_lines_is_not_asked_about(monkeypatch: pytest.MonkeyPatch):
    assert asked(monkeypatch, f"<p>{LINE}</p><p>{LINE * 2}</p>", [0.3, 0.4]) == 0


def test_a_page_in_chinese_or_japanese_is_not_asked_about(monkeypatch: pytest.MonkeyPatch):
    assert (
        asked(monkeypatch, f"<p>{'五月花园开放，' * 90}</p><p>{'每个花坛都由附近的居民种植。' * 90}</p>", [0.3, 0.4])
        == 0
    )


def test_a_page_beyond_any_article_is_not_asked_about(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(second, "MAX_CHARS", 20)
    assert asked(monkeypatch, f"<p>{LINE * 9}</p><p>{LINE * 9}</p>", [0.3, 0.4]) == 0


def test_lists_and_tables_of_an_answer_are_found_among_our_blocks():
    _, leaves = read("<ul><li>Roses</li><li>Tulips</li></ul><table><tr><td>May</td><td>12</td></tr></table><p>Menu</p>")
    assert marked("- Roses\n- Tulips\n| May | 12 |", leaves) == [True, True, True, False]


def test_the_second_model_sees_votes_and_marks_of_a_single_block_page():
    features, _ = read(f"<p>{LINE}</p>")
    columns = advice.columns(features, np.array([1.0]), np.array([1.0]))
    assert columns.shape == (1, len(advice.NAMES)) and np.isfinite(columns).all()
    seen = dict(zip(advice.NAMES, columns[0].tolist(), strict=True))
    assert seen["mark"] == seen["near_mark"] == 1 and seen["advised_vote"] == pytest.approx(1, abs=0.01)


def test_a_doubtful_block_gains_by_standing_in_a_good_answer():
    items = "".join(
        f"<li>{word} beds, benches and paths in the old part</li>" for word in ("New", "Wide", "Low", "Two")
    )
    features, leaves = read(
        f"<article><p>{LINE * 3}</p><ul>{items}</ul><p>{LINE * 3}</p></article><p>Menu and more</p>"
    )
    vote = np.array([0.9, 0.2, 0.2, 0.2, 0.2, 0.9, 0.02])
    assert len(leaves) == len(vote)
    model = load("body_advice.json")
    all_taken = model.of(advice.columns(features, vote, np.array([1.0, 1, 1, 1, 1, 1, 0])))
    none_taken = model.of(advice.columns(features, vote, np.array([1.0, 0, 0, 0, 0, 1, 0])))
    assert (all_taken[1:5] > none_taken[1:5] + 0.2).all()
    assert all_taken[6] < 0.3


@pytest.mark.parametrize(("own", "taken"), [(0.85, False), (0.5, True)], ids=["sure", "doubtful"])
def test_teasers_below_a_short_text_that_the_vote_is_sure_of_are_not_taken(own: float, taken: bool):
    features, _ = read(f"<p>{LINE * 3}</p>" + f"<p>{LINE * 2}</p>" * 20)
    vote = np.array([own] + [0.05] * 20)
    voted = np.array([0.9] + [0.3] * 20)
    assert advice.is_too_much(features, vote, voted) is not taken
    assert not advice.is_too_much(features, vote, np.array([0.9, 0.8] + [0.05] * 19))
