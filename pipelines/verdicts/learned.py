"""Says of a page that passed every rule whether it is an article all the same: trees over what can be counted on it.

The rules ask for signs that hardly an article has. What is left are pages without any of them: services, goods, lists,
forms that explain themselves at length. Learned from public pages by ``benchmarks/verdict/train.py``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pipelines.html.votes.model import Model, from_data
from pipelines.model import Block, Draft
from pipelines.verdicts.evidence import NAMES, evidence
from pipelines.verdicts.remnant import is_listed
from pipelines.verdicts.unsigned import MANY_FIELDS, is_home, is_typed

MODEL = "verdict.json"
"""Its trees and its ``threshold``: the chance of being an article below which a page is taken for none."""
PIECES, LINES = 4, 20
"""Pieces or lines that were cut from a page, from which it is a whole one: fragments and prints, of which hardly any
were there to learn from, have fewer, and so have the plainest pages; so have 6 of the 201 public articles that the
trees could be asked about."""
HEADLINES, PRICES = 3, 2
"""Headlines among the text, and lines with a price, that name what kind of page it is."""


def is_open(draft: Draft, *, typed: bool) -> bool:
    """Say whether a page may be doubted: no capture, no part of an article, nothing dated that says it is one.

    The trees have learned from whole pages. Of 1,019 public articles two thirds are dated and say so, of 112 other
    pages that pass the rules (forms, shops, lists of 90 sites) three do.
    """
    if draft.is_capture or draft.first_page or draft.next_page:
        return False
    if len(draft.removed) < PIECES and draft.cut_lines < LINES:
        return False
    return not (draft.meta.published is not None and (typed or "og:article" in draft.declared))


def unlike(draft: Draft, total: float, running: Sequence[Block]) -> str | None:
    """Return what a page is that looks like no article, None for any other; never for a capture."""
    typed = is_typed(draft)
    if not is_open(draft, typed=typed):
        return None
    row = np.array([evidence(draft, running, typed=typed)], dtype=np.float32)
    learned = load()
    return _kind(draft, total) if learned.trees.of(row)[0] < learned.threshold else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Trees over the columns of ``evidence``, and the chance below which a page is taken for no article."""

    trees: Model
    threshold: float


@cache
def load() -> Learned:
    """Return what the package holds, read once in a process."""
    return from_stored(json.loads(resources.files("pipelines").joinpath(f"data/{MODEL}").read_text("utf-8")))


def from_stored(data: dict[str, Any]) -> Learned:
    """Return trees and threshold from their stored form; a ValueError where they are of other columns."""
    if tuple(data["features"]) != NAMES:
        raise ValueError("the trees were grown on other columns: train them anew")
    return Learned(trees=from_data(data), threshold=data["threshold"])


def _kind(draft: Draft, total: float) -> str:
    """Name the kind of a page that is no article by what it shows most of."""
    shown = draft.screen
    if shown.secrets:
        return "login_page"
    if shown.has_goods or shown.prices >= PRICES:
        return "product_page"
    if shown.fields >= MANY_FIELDS:
        return "form_page"
    if is_home(draft.url) or draft.headlines >= HEADLINES or is_listed(draft, total):
        return "index_page"
    return "no_article"
